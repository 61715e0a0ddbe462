"""What the sync engine hands to the app: its door, its own commands and its housekeeping; and `prepare`, for
every database."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from roundsman.core.domain import Domain, Job
from roundsman.core.registry import Registry
from roundsman.sync import commands, triggers
from roundsman.sync.collection import collect, collect_commands, collect_reports
from roundsman.sync.dispatch import use_registry
from roundsman.sync.routes import ROUTER
from roundsman.sync.tables import TABLES


async def _collect(_arguments: Mapping[str, Any]) -> None:
    await collect()


async def _collect_commands(_arguments: Mapping[str, Any]) -> None:
    await collect_commands()


async def _collect_reports(_arguments: Mapping[str, Any]) -> None:
    await collect_reports()


def prepare(registry: Registry) -> Callable[[], Awaitable[None]]:
    """What must have run on a database, after its migrations, before anything works on it; a server also
    wants `refuse_restored`.
    """

    async def run() -> None:
        await triggers.install(registry.feeds.values())
        use_registry(registry)

    return run


DOMAIN = Domain(
    name="sync",
    tables=TABLES,
    commands=(
        commands.replay_quarantined,
        commands.reject_quarantined,
    ),
    routes=(ROUTER,),
    permissions={
        "sync.see_replicas": ("administrator",),
        "sync.see_commands": ("administrator",),
        "sync.keep_commands": ("administrator",),
    },
    jobs=(
        Job("sync.collect", _collect, every=24 * 3600, has_unit=False),
        Job("sync.collect_commands", _collect_commands, every=24 * 3600, has_unit=False),
        Job("sync.collect_reports", _collect_reports, every=24 * 3600, has_unit=False),
    ),
)
