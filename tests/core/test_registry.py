"""What the registry refuses when the process starts, and what it knows afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from piccolo.columns import Text
from piccolo.table import Table

from roundsman.core.context import Ctx, Person, Session
from roundsman.core.domain import Answer, Command, Domain, Feed, Job, Payload, command
from roundsman.core.errors import Forbidden, Invalid
from roundsman.core.registry import Registry, RegistryError


class Shelf(Table, tablename="shelves"):
    id = Text(primary_key=True, default=None)
    territory_id = Text(null=True, default=None)


class Move(Payload, kw_only=True):
    shelf_id: str
    metres: int = 0


class Moved(Answer, kw_only=True):
    metres: int


@command("shelves.move", permission="shelves.move")
async def move(ctx: Ctx, cmd: Move) -> Moved:
    """Move a shelf.

    Further down nobody reads."""
    return Moved(metres=cmd.metres)


async def work(arguments: Any) -> None: ...


async def nobody(token: str) -> Session | None:
    return None


PERMISSIONS = {"shelves.move": ("rep", "clerk")}
FEED = Feed(Shelf, fields=("id", "territory_id"), buckets=("terr:{territory_id}", "staff"))


def renamed(name: str, permission: str | None = None) -> Command:
    made: Command = move.command
    return Command(name, made.version, permission, made.payload, made.answer, made.handler)


def test_what_domains_hand_over_is_found_by_name() -> None:
    registry = Registry(
        [Domain("shelves", (Shelf,), (move,), (FEED,), permissions=PERMISSIONS, authenticate=nobody)]
    )
    assert registry.commands["shelves.move"].payload is Move
    assert registry.commands["shelves.move"].answer is Moved
    assert registry.commands["shelves.move"].description == "Move a shelf."
    assert registry.feeds["shelves"] is FEED
    assert registry.tables["shelves"] is Shelf
    assert registry.permissions_of(["rep"]) == {"shelves.move"}
    assert registry.permissions_of(["agent", "unheard_of"]) == frozenset()


async def test_permissions_follow_from_the_roles_where_all_domains_meet() -> None:
    async def ada(token: str) -> Session | None:
        return Session("s", Person("p", "Ada", frozenset({"clerk"}), frozenset({"everything"})))

    registry = Registry([Domain("shelves", permissions=PERMISSIONS, authenticate=ada)])
    assert registry.authenticate is not None
    session = await registry.authenticate("token")
    assert session is not None
    assert session.person.permissions == {"shelves.move"}


@pytest.mark.parametrize(
    ("domains", "words"),
    [
        ([Domain("Shelves")], "no name for a domain"),
        ([Domain("shelves"), Domain("shelves")], "two domains"),
        ([Domain("shelves", commands=(renamed("shelves.a"), renamed("shelves.a")))], "two commands"),
        ([Domain("shelves", commands=(renamed("move"),))], "is not named shelves.<verb>"),
        ([Domain("shelves", commands=(renamed("orders.move"),))], "is not named shelves.<verb>"),
        ([Domain("shelves", commands=(renamed("shelves.Move"),))], "is not named shelves.<verb>"),
        ([Domain("shelves", commands=(move,))], "which no role holds"),
        ([Domain("shelves", permissions={"shelves.move": ()})], "no role holds"),
        ([Domain("shelves", permissions={"shelves.move": ("king",)})], "unknown role"),
        ([Domain("shelves", permissions={"orders.move": ("rep",)})], "is not named shelves.<verb>"),
        ([Domain("shelves", feeds=(FEED,))], "does not own"),
        ([Domain("shelves", (Shelf,), feeds=(FEED, FEED))], "two feeds"),
        (
            [Domain("shelves", (Shelf,), feeds=(Feed(Shelf, ("territory_id",), ("staff",)),))],
            "lacks the field 'id'",
        ),
        ([Domain("shelves", (Shelf,), feeds=(Feed(Shelf, ("id", "colour"), ("staff",)),))], "'colour'"),
        ([Domain("shelves", (Shelf,), feeds=(Feed(Shelf, ("id",), ()),))], "no bucket"),
        ([Domain("shelves", (Shelf,), feeds=(Feed(Shelf, ("id",), ("terr:{land}",)),))], "ill-made bucket"),
        ([Domain("shelves", (Shelf,), feeds=(Feed(Shelf, ("id",), ("Terr",)),))], "ill-made bucket"),
        ([Domain("shelves", (Shelf,)), Domain("racks", (Shelf,))], "two tables"),
        ([Domain("shelves", jobs=(Job("racks.count", work),))], "is not named shelves.<verb>"),
        ([Domain("shelves", jobs=(Job("shelves.count", work, every=0),))], "without a pause"),
        ([Domain("a", authenticate=nobody), Domain("b", authenticate=nobody)], "supplied by a and b"),
    ],
)
def test_what_cannot_stand_together_is_refused(domains: list[Domain], words: str) -> None:
    with pytest.raises(RegistryError, match=words):
        Registry(domains)


def test_an_old_version_needs_the_way_up_to_the_present() -> None:
    made = move.command
    old = Command("shelves.move", 3, None, made.payload, made.answer, made.handler, {2: lambda args: args})
    with pytest.raises(RegistryError, match=r"cannot read its versions \[1\]"):
        Registry([Domain("shelves", commands=(old,))])


def test_arguments_of_old_versions_are_brought_up() -> None:
    upcasters = {
        1: lambda args: {**args, "metres": args["feet"] // 3},
        2: lambda args: {**args, "shelf_id": args["shelf"]},
    }
    made = move.command
    known = Command("shelves.move", 3, None, made.payload, made.answer, made.handler, upcasters)
    assert known.decode(b'{"shelf": "a", "feet": 9}', 1) == Move(shelf_id="a", metres=3)
    assert known.decode('{"shelf_id": "a", "unheard_of": true}') == Move(shelf_id="a")
    assert (known.knows(1), known.knows(3), known.knows(4)) == (True, True, False)
    with pytest.raises(Invalid) as refused:
        known.decode(b"{}", 4)
    assert refused.value.code == "invalid_version"
    with pytest.raises(Invalid) as refused:
        known.decode(b'{"shelf_id": 5}')
    assert refused.value.details["field"] == "shelf_id"
    for text in (b"{", b"\xff", b"[]", b""):
        with pytest.raises(Invalid):
            known.decode(text)


def test_a_function_of_another_shape_is_no_command() -> None:
    with pytest.raises(TypeError, match="async def"):

        @command("shelves.move", permission=None)  # type: ignore[arg-type]
        def not_async(ctx: Ctx, cmd: Move) -> None: ...

    with pytest.raises(TypeError, match="Payload"):

        @command("shelves.move", permission=None)  # type: ignore[type-var]
        async def no_payload(ctx: Ctx, cmd: dict[str, int]) -> None: ...

    with pytest.raises(TypeError, match="Answer"):

        @command("shelves.move", permission=None)  # type: ignore[type-var]
        async def no_answer(ctx: Ctx, cmd: Move) -> int:
            return 1


def test_a_context_knows_who_may_and_when_it_was() -> None:
    person = Person("p", "Ada", frozenset({"rep"}), frozenset({"shelves.move"}))
    ctx = Ctx(person, now=1000)
    ctx.require("shelves.move")
    with pytest.raises(Forbidden) as refused:
        ctx.require("shelves.burn")
    assert refused.value.details == {"permission": "shelves.burn"}
    assert ctx.true_at == 1000
    assert Ctx(person, now=1000, captured_at=700).true_at == 700
    assert Ctx(person, now=1000, captured_at=700, skew_ms=100).true_at == 800
    assert Ctx(person, now=1000, captured_at=700, skew_ms=900).true_at == 1000
