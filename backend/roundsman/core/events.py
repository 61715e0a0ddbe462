"""Announcing up: a lower domain says what happened, higher ones answer. Subscribers are found by the
event's type.

`@on` subscribers run at once, in the same unit of work, and may refuse the whole act. `@after` subscribers
run once the outermost unit of work is durable; what they raise is logged and stops nobody: work that must
happen is a job instead.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog

from roundsman.core import db
from roundsman.core.context import Ctx

Event = TypeVar("Event")
Subscriber = Callable[[Ctx, Event], Awaitable[None]]

_log = structlog.get_logger()
_within: dict[type, list[Subscriber[Any]]] = {}
_afterwards: dict[type, list[Subscriber[Any]]] = {}


def on(event: type[Event]) -> Callable[[Subscriber[Event]], Subscriber[Event]]:
    """Run `async def f(ctx, event)` in the unit of work that announces the event. Subscribers run in the
    order they were declared.
    """

    def subscribe(subscriber: Subscriber[Event]) -> Subscriber[Event]:
        _within.setdefault(event, []).append(subscriber)
        return subscriber

    return subscribe


def after(event: type[Event]) -> Callable[[Subscriber[Event]], Subscriber[Event]]:
    """Run `async def f(ctx, event)` after the commit of the unit of work that announced the event; never
    when it rolled back.
    """

    def subscribe(subscriber: Subscriber[Event]) -> Subscriber[Event]:
        _afterwards.setdefault(event, []).append(subscriber)
        return subscriber

    return subscribe


async def announce(ctx: Ctx, event: object) -> None:
    """Say inside a unit of work what happened. Raises whatever an `@on` subscriber raises."""
    for subscriber in _within.get(type(event), ()):
        await subscriber(ctx, event)
    for subscriber in _afterwards.get(type(event), ()):
        db.after_commit(_guarded(subscriber, ctx, event))


def _guarded(subscriber: Subscriber[Any], ctx: Ctx, event: object) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await subscriber(ctx, event)
        except Exception:
            _log.exception("subscriber failed", subscriber=subscriber.__qualname__, told=type(event).__name__)

    return run
