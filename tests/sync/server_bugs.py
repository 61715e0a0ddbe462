"""Mistakes made in the real server, as switches by name: the model's (tests/sync/model/bugs.py) where the server has a
counterpart, and some of its own. Each must be noticed by the machine (test_machine.py) or by a story
(test_broken_server.py).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from roundsman.core import db
from roundsman.sync import pull as pulling
from roundsman.sync import push as pushing
from roundsman.sync.dispatch import applied, perform
from roundsman.sync.feed_sql import PUT
from roundsman.sync.pull import answer, reading
from roundsman.sync.push import deciding
from roundsman.sync.wire import Pull

Switch = Callable[[pytest.MonkeyPatch], Coroutine[Any, Any, None]]


def _telling(patch: pytest.MonkeyPatch, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Every page says something else."""
    text = pulling.answer_of
    patch.setattr(
        pulling, "answer_of", lambda *arguments: json.dumps(change(json.loads(text(*arguments)))).encode()
    )


async def no_removals(patch: pytest.MonkeyPatch) -> None:
    """A page leaves removals out."""
    _telling(patch, lambda page: {**page, "entries": [entry for entry in page["entries"] if entry[4] == PUT]})


async def foreign_bucket(patch: pytest.MonkeyPatch) -> None:
    """Everybody is given a territory that is not his."""
    buckets = pulling._buckets

    async def with_a_foreign_one(*arguments: Any) -> Any:
        held, notices = await buckets(*arguments)
        return [*dict.fromkeys([*held, "terr:c"])], notices

    patch.setattr(pulling, "_buckets", with_a_foreign_one)


async def changed_answer(patch: pytest.MonkeyPatch) -> None:
    """A pull tells another result than the push."""
    text = answer.result_text
    patch.setattr(answer, "result_text", lambda number, *rest, **more: text(7, *rest, **more))


async def head_of_page(patch: pytest.MonkeyPatch) -> None:
    """A bucket's cursor jumps to the head although its page was full."""
    entries = reading._entries

    async def cut_short(group: Any, tables: Any, most: int) -> Any:
        found = await entries(group, tables, most)
        return {at: news[: most - 1] for at, news in found.items()}

    patch.setattr(reading, "_entries", cut_short)


async def no_dedupe(patch: pytest.MonkeyPatch) -> None:
    """A command delivered twice is executed twice."""
    take = pushing.take

    async def once_more(registry: Any, batch: Any, command: Any) -> None:
        known = batch.known.get(command.uuid)
        if known is not None and known.status == "applied":
            ctx = deciding._circumstances(batch, command)
            with suppress(Exception):
                async with db.savepoint():
                    await perform(registry.commands[command.name], ctx, command.v, bytes(command.args))
        await take(registry, batch, command)

    patch.setattr(pushing, "take", once_more)


async def eat_transient(patch: pytest.MonkeyPatch) -> None:
    """A passing trouble counts as done: the number is consumed."""
    decide = deciding._decision

    async def swallowing(registry: Any, batch: Any, command: Any) -> Any:
        decision = await decide(registry, batch, command)
        if decision is None and batch.failed is None:
            batch.stop = None
            return applied(None)
        return decision

    patch.setattr(deciding, "_decision", swallowing)


async def result_not_stored(patch: pytest.MonkeyPatch) -> None:
    """The log keeps that a command was applied, not what it answered."""
    row = deciding.row_of

    def without_result(batch: Any, command: Any, hash_: str, decision: Any) -> Any:
        bare = replace(decision, outcome='{"status":"applied"}') if decision.code is None else decision
        return row(batch, command, hash_, bare)

    patch.setattr(deciding, "row_of", without_result)


async def no_results(patch: pytest.MonkeyPatch) -> None:
    """A checkpoint does not tell what was decided."""

    async def nothing(*_: Any) -> str:
        return ""

    patch.setattr(pulling, "results_of", nothing)


async def number_not_consumed(patch: pytest.MonkeyPatch) -> None:
    """A decision leaves no trace of its number."""
    write = pushing.write_batch

    async def without_numbers(batch: Any, request: Any) -> None:
        batch.aliases.clear()
        await write(batch, request)

    patch.setattr(pushing, "write_batch", without_numbers)


async def drop_not_sent(patch: pytest.MonkeyPatch) -> None:
    """A phone is not told that it lost a bucket."""
    _telling(patch, lambda page: {**page, "drop": []})


async def reset_not_sent(patch: pytest.MonkeyPatch) -> None:
    """A bucket is read again from zero, but what stands no more is not swept."""
    _telling(patch, lambda page: {**page, "reset": []})


async def gen_not_echoed(patch: pytest.MonkeyPatch) -> None:
    """Every page bears the newest generation the server has seen of the phone, not that of its request."""
    newest: dict[str, int] = {}
    text = pulling.answer_of

    def with_another(page: Any, request: Pull, *rest: Any) -> bytes:
        newest[request.replica] = max(newest.get(request.replica, 0), request.gen)
        return text(page, msgspec.structs.replace(request, gen=newest[request.replica] + 1), *rest)

    patch.setattr(pulling, "answer_of", with_another)


async def split_snapshot(patch: pytest.MonkeyPatch) -> None:
    """The head is read after the rows: it already counts a change that they do not show."""
    read = pulling.read_page

    async def and_then_the_head(*arguments: Any) -> Any:
        page = await read(*arguments)
        return replace(page, replica=replace(page.replica, head=page.replica.head + 1))

    patch.setattr(pulling, "read_page", and_then_the_head)


async def no_floor(patch: pytest.MonkeyPatch) -> None:
    """A read from zero forgets the head at which it began."""
    read = pulling.read_page

    async def from_now(registry: Any, buckets: Any, request: Pull, replica: Any) -> Any:
        cursors = {
            bucket: (at, replica.head if at < floor else floor)
            for bucket, (at, floor) in request.cursors.items()
        }
        return await read(registry, buckets, msgspec.structs.replace(request, cursors=cursors), replica)

    patch.setattr(pulling, "read_page", from_now)


async def gc_no_reset(patch: pytest.MonkeyPatch) -> None:
    """A cursor older than the collected removals is not reset."""
    probe = reading._probe

    async def without_marks(buckets: Any) -> Any:
        newest, _ = await probe(buckets)
        return newest, {}

    patch.setattr(reading, "_probe", without_marks)


async def no_move_out(_: pytest.MonkeyPatch) -> None:
    """A row that moves writes no removal into the bucket it left."""
    async with db.unit_of_work():
        await db.execute("DROP TRIGGER sync_notes_move")


async def poison_blocks(patch: pytest.MonkeyPatch) -> None:
    """A command whose handler always crashes is never quarantined."""
    patch.setattr(deciding, "POISON_TRIES", 10**9)


async def no_epoch(patch: pytest.MonkeyPatch) -> None:
    """The name of the history is not compared."""
    read, decide = pulling._read, pushing._decide

    async def of_any(request: Any) -> Any:
        return msgspec.structs.replace(request, epoch=await db.fetch_value("SELECT epoch FROM sync_meta"))

    async def reading_any(registry: Any, session: Any, request: Any, now: int, **how: Any) -> Any:
        return await read(registry, session, await of_any(request), now, **how)

    async def deciding_any(registry: Any, session: Any, request: Any, now: int) -> Any:
        return await decide(registry, session, await of_any(request), now)

    patch.setattr(pulling, "_read", reading_any)
    patch.setattr(pushing, "_decide", deciding_any)


def _switch(*made: Switch) -> dict[str, Switch]:
    return {one.__name__: one for one in made}  # type: ignore[attr-defined]


QUICK = _switch(
    *(no_removals, foreign_bucket, changed_answer, result_not_stored, no_results, number_not_consumed),
    *(drop_not_sent, gen_not_echoed, split_snapshot, no_move_out),
)
"""The machine notices them in a second or two."""
SLOW = _switch(head_of_page, no_dedupe, eat_transient, gc_no_reset, reset_not_sent)
"""It notices them too, but a story does so at once."""
HIDDEN = _switch(no_floor, poison_blocks, no_epoch)
"""Only a story does."""
