"""What pull promises: a checkpoint equals the person's scope, rows leave with their buckets, and nothing
changed costs little."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import MINUTE, FixedClock, use_clock
from roundsman.domains import gather
from roundsman.sync import pull as pull_module
from roundsman.sync.collection import collect, mark_restored, refuse_restored, rotate_epoch, status
from roundsman.sync.feed_sql import bucket_of
from roundsman.sync.pull import reading, understood
from roundsman.sync.pull.understood import name_of_tables
from tests.phone import Phone, assert_stale_equals_fresh
from tests.sync.domain_notes import TABLES
from tests.sync.world import World


async def write(territory: str | None, author: str | None = None, body: str = "x", pk: str = "") -> str:
    pk = pk or new_id()
    async with db.unit_of_work():
        await db.execute(
            "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
            "VALUES ($1, $2, $3, $4, $5, $6, 0, 'hidden')",
            pk,
            territory,
            author,
            body,
            True,
            '{"a": [1, "ü", null]}',
        )
    return pk


async def move(pk: str, territory: str | None) -> None:
    async with db.unit_of_work():
        await db.execute("UPDATE notes SET territory_id = $2 WHERE id = $1", pk, territory)


async def remove(pk: str) -> None:
    async with db.unit_of_work():
        await db.execute("DELETE FROM notes WHERE id = $1", pk)


async def test_a_row_has_the_feeds_fields_in_json(world: World) -> None:
    await world.give("wang", "north")
    pk = await write("north", None, 'quote " backslash \\ 你好 \n')
    phone = world.phone("wang")
    await phone.pull()
    assert phone.rows("notes") == {
        pk: {
            "id": pk,
            "territory_id": "north",
            "author_id": None,
            "body": 'quote " backslash \\ 你好 \n',
            "is_pinned": True,
            "extra": {"a": [1, "ü", None]},
            "rank": 0,
        }
    }


async def test_strangers_never_see_it(world: World) -> None:
    await world.give("wang", "north")
    await world.give("li", "south")
    pk = await write("north", "zhao")
    li, zhao = world.phone("li"), world.phone("zhao")
    text = json.dumps(await li.pull())
    assert pk not in text
    await zhao.pull()
    assert list(zhao.rows("notes")) == [pk]


async def test_a_row_that_moves_leaves_and_comes(world: World) -> None:
    await world.give("wang", "north")
    await world.give("li", "south")
    await world.give("both", "north", "south")
    wang, li, both = world.phone("wang"), world.phone("li"), world.phone("both")
    pk = await write("north")
    for phone in (wang, li, both):
        await phone.pull()
    await move(pk, "south")
    for phone in (wang, li, both):
        await assert_stale_equals_fresh(phone)
    assert (list(wang.rows("notes")), list(li.rows("notes")), list(both.rows("notes"))) == ([], [pk], [pk])
    await remove(pk)
    for phone in (wang, li, both):
        await assert_stale_equals_fresh(phone)
        assert phone.rows("notes") == {}


async def test_a_territory_that_changes_hands_takes_its_rows_along(world: World) -> None:
    await world.give("wang", "north")
    own = await write("north", "wang")
    foreign = await write("north", "li")
    wang, zhao = world.phone("wang"), world.phone("zhao")
    await wang.pull()
    await zhao.pull()
    before = await db.fetch_value("SELECT max(seq) FROM sync_feed")
    await world.take_away("wang", "north")
    await world.give("zhao", "north")
    assert await db.fetch_value("SELECT max(seq) FROM sync_feed") == before, "no row was touched"
    pages = await wang.pull()
    assert pages[-1]["drop"] == ["terr:north"]
    assert list(wang.rows("notes")) == [own]
    await zhao.pull()
    assert sorted(zhao.rows("notes")) == sorted([own, foreign])
    await world.give("wang", "north")
    await assert_stale_equals_fresh(wang)


async def test_lost_and_regained_during_a_paged_pull(world: World) -> None:
    await world.give("wang", "north")
    for _ in range(5):
        await write("north")
    wang = world.phone("wang", page=2)
    await wang.pull()
    first = await write("north")
    for _ in range(4):
        await write("north")
    assert not wang.take_pull(await wang.post("pull", wang.pull_request()))
    await world.take_away("wang", "north")
    await write(None, "wang")
    await write(None, "wang")
    await write(None, "wang")
    assert not wang.take_pull(await wang.post("pull", wang.pull_request()))
    await world.give("wang", "north")
    await remove(first)
    await wang.pull()
    assert first not in wang.rows("notes")
    await assert_stale_equals_fresh(wang)


async def test_pages_by_rows_and_by_bytes(world: World) -> None:
    await world.give("wang", "north")
    for _ in range(9):
        await write("north", "wang", "x" * 1000)
    by_rows = world.phone("wang", page=4)
    pages = await by_rows.pull()
    assert [len(page["entries"]) for page in pages] == [4, 4, 4, 4, 2]
    assert all(page["more"] for page in pages[:-1])
    assert all(not page["results"] for page in pages[:-1])
    by_bytes = world.phone("wang")
    by_bytes.bytes = 3000
    pages = await by_bytes.pull()
    assert len(pages) >= 5
    assert max(len(json.dumps(page)) for page in pages) < 6000
    by_bytes.bytes = 1
    await assert_stale_equals_fresh(by_bytes)
    assert by_rows.everything() == by_bytes.everything()


async def test_a_page_is_as_large_as_asked_in_bytes_not_in_characters(world: World) -> None:
    await world.give("wang", "north")
    for _ in range(30):
        await write("north", None, "汉" * 300)
    phone = world.phone("wang")
    phone.bytes = 12_000
    pages = await phone.pull()
    sizes = [len(json.dumps(page, ensure_ascii=False).encode()) for page in pages]
    assert max(sizes) < 12_800
    assert min(sizes[:-1]) > 9_000
    assert len(phone.rows("notes")) == 30


async def test_a_page_is_filled_from_many_buckets_and_each_row_comes_once_in_it(
    world: World, statements: list[str]
) -> None:
    territories = [f"t{n:02}" for n in range(20)]
    await world.give("wang", *territories)
    for at, territory in enumerate(territories):
        for _ in range(40 if at == 3 else 1):
            await write(territory, "wang")
    phone = world.phone("wang", page=59)
    await phone.ready()
    statements.clear()
    pages = await phone.pull()
    assert [len(page["entries"]) for page in pages] == [59, 59]
    assert [len(page["rows"]["notes"]) for page in pages] == [
        len({entry[2] for entry in page["entries"]}) for page in pages
    ]
    assert len([sql for sql in statements if "asked" in sql]) <= 10
    assert len(phone.rows("notes")) == 59
    await assert_stale_equals_fresh(phone)


async def test_a_write_while_paging_comes_in_a_later_page(world: World) -> None:
    await world.give("wang", "north", "south")
    pks = [await write("north") for _ in range(6)]
    phone = world.phone("wang", page=2)
    await phone.ready()
    assert not phone.take_pull(await phone.post("pull", phone.pull_request()))
    await move(pks[0], "south")
    await remove(pks[1])
    await remove(pks[5])
    await phone.pull()
    assert sorted(phone.rows("notes")) == sorted([pks[0], *pks[2:5]])
    await assert_stale_equals_fresh(phone)


async def test_tombstones_collected_behind_a_phone_make_it_read_again(world: World) -> None:
    await world.give("wang", "north", "south")
    gone = await write("north")
    stays = await write("north")
    phone, current = world.phone("wang"), world.phone("wang")
    await phone.pull()
    await current.pull()
    await remove(gone)
    await write("south")
    await current.pull()
    assert await collect(kept=-10_000) == 1
    assert await collect(kept=-10_000) == 0
    pages = await current.pull()
    assert (pages[-1]["reset"], pages[-1]["entries"]) == ([], [])
    pages = await phone.pull()
    assert pages[0]["reset"] == pages[0]["restarted"] == ["terr:north"]
    assert gone not in phone.rows("notes")
    assert stays in phone.rows("notes")
    await assert_stale_equals_fresh(phone)


async def test_collection_during_a_slow_first_sync_restarts_only_when_needed(world: World) -> None:
    await world.give("wang", "north")
    early = await write("north")
    pks = [await write("north") for _ in range(4)]
    await remove(early)
    phone = world.phone("wang", page=1)
    await phone.ready()
    phone.take_pull(await phone.post("pull", phone.pull_request()))
    assert await collect(kept=-10_000) == 0, "the newest entry stays, so that head never goes back"
    await write("south")
    assert await collect(kept=-10_000) == 1
    page = await phone.post("pull", phone.pull_request())
    assert page["restarted"] == [], "what was collected lay before the reading began"
    phone.take_pull(page)
    await remove(pks[0])
    await write("south")
    assert await collect(kept=-10_000) == 1
    page = await phone.post("pull", phone.pull_request())
    assert page["restarted"] == ["terr:north"]
    phone.take_pull(page)
    await phone.pull()
    assert sorted(phone.rows("notes")) == sorted(pks[1:])


async def test_a_new_epoch_brings_everything_back_once(world: World) -> None:
    await world.give("wang", "north")
    phone = world.phone("wang")
    args = {"note_id": new_id(), "territory_id": "north", "body": "x"}
    uuid = await phone.do("notes.add", args, version=2)
    async with db.unit_of_work():
        # What a backup from before the command looks like.
        for sql in (
            "DELETE FROM notes",
            "DELETE FROM effects",
            "DELETE FROM sync_feed",
            "DELETE FROM sync_command",
            "DELETE FROM sync_number",
            "UPDATE sync_replica SET last_number = 0",
        ):
            await db.execute(sql)
    await mark_restored("monday.backup")
    with pytest.raises(RuntimeError, match="rotate-epoch"):
        await refuse_restored()
    await rotate_epoch()
    await refuse_restored()
    before = phone.replica
    await phone.sync()
    await phone.sync()
    assert phone.replica != before
    assert phone.status(uuid) == "applied"
    assert list(phone.rows("notes")) == [args["note_id"]]
    assert await db.fetch_value("SELECT count(*) FROM effects") == 1
    await assert_stale_equals_fresh(phone)


async def test_a_phone_that_knows_more_is_believed_once_a_day(world: World) -> None:
    """Otherwise anybody signed in could make all phones read everything again, as often as he likes."""
    phone, other = world.phone("wang"), world.phone("li")
    await phone.pull()
    await other.pull()
    page = await phone.post("pull", phone.pull_request(cursors={"org": [10**9, 10**9]}))
    assert page["refused"] == "epoch"
    first = page["epoch"]
    assert first != phone.core.epoch
    phone.take_pull(page)
    await phone.pull()
    await phone.ready()
    page = await phone.post("pull", phone.pull_request(cursors={"org": [10**9, 10**9]}))
    assert {"code": "head_behind"} in page["notices"]
    assert (page["epoch"], page["head"] < 10**9) == (first, True)
    await other.pull()
    await other.ready()
    told = {"epoch": first, "replica": other.replica, "head": 0, "acked_number": 7}
    for lie in ({}, {**told, "epoch": "x"}, {**told, "replica": phone.replica}, {**told, "acked_number": 0}):
        await other.post("report", {"kind": "went_back", "body": lie})
    assert await db.fetch_value("SELECT epoch FROM sync_meta") == first
    await other.post("report", {"kind": "went_back", "body": told})
    assert await db.fetch_value("SELECT epoch FROM sync_meta") != first
    reports = await db.fetch(
        "SELECT person_id, body FROM sync_report WHERE kind = 'restore_noticed' ORDER BY id"
    )
    assert [row["person_id"] for row in reports] == ["wang", "li"]
    assert [json.loads(row["body"])["head"] for row in reports] == [10**9, 0]


async def test_digests_are_of_what_stands(world: World) -> None:
    await world.give("wang", "north")
    pks = [await write("north") for _ in range(3)]
    phone = world.phone("wang")
    await phone.pull()
    await remove(pks[0])
    await phone.pull()
    page = await phone.post("pull", phone.pull_request(want_digest=True))
    held = {
        bucket: [held.b[bucket] for held in phone.core.rows.values() if bucket in held.b]
        for bucket in phone.buckets
    }
    assert page["digest"] == {
        bucket: {"n": len(seqs), "s": str(sum(seqs) % (2**61 - 1))} for bucket, seqs in held.items()
    }
    page = await phone.post("pull", phone.pull_request())
    assert "digest" not in page


async def test_a_build_gets_only_tables_it_knows_and_reads_new_ones_again(world: World) -> None:
    await world.give("wang", "north")
    await world.add_stock("tea", 3)
    pks = [await write("north", "wang") for _ in range(3)]
    phone = world.phone("wang", page=2)
    phone.tables = {"stock": 1}
    await phone.pull()
    assert {table for table, _ in phone.everything()} == {"stock"}
    phone.tables = {"stock": 1, "notes": 1}
    await remove(pks[0])
    backfill: dict[str, Any] = {"notes": {bucket: [0, 0] for bucket in phone.buckets}}
    got: dict[str, Any] = {}
    for _ in range(20):
        page = await phone.post("pull", phone.pull_request(backfill=backfill))
        for index, table, pk, _seq, op in page["entries"]:
            if table == "notes" and op == 1:
                got[pk, page["buckets"][index]] = page["rows"]["notes"][pk]
        backfill = page["backfill"]
        phone.take_pull(page)
        if not page["more"]:
            break
    assert {pk for pk, _ in got} == set(pks[1:])
    assert all(tuple(at) == (page["head"], page["head"]) for at in backfill["notes"].values())


async def test_more_buckets_than_a_phone_can_hold_are_cut_off_and_said_aloud(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "MAX_BUCKETS", 4)
    await world.give("wang", "a", "b")
    phone = world.phone("wang")
    assert all("notices" not in page for page in await phone.pull())
    await world.give("wang", "c")
    pages = await phone.pull()
    assert pages[-1]["notices"] == [{"code": "too_many_buckets"}]
    assert phone.buckets == {"org", "user:wang", "terr:a", "terr:b"}


async def test_a_full_page_asks_no_further_bucket(world: World, statements: list[str]) -> None:
    territories = [f"t{n}" for n in range(30)]
    await world.give("wang", *territories)
    for territory in territories:
        await write(territory)
    phone = world.phone("wang", page=3)
    await phone.ready()
    statements.clear()
    page = await phone.post("pull", phone.pull_request())
    assert (len(page["entries"]), page["more"]) == (3, True)
    # Sessions, replica, buckets, probe, three buckets that fill the page, rows.
    assert len(statements) <= 8, statements
    phone.take_pull(page)
    await assert_stale_equals_fresh(phone)
    assert len(phone.rows("notes")) == 30


async def test_senseless_requests_are_refused(world: World) -> None:
    phone = world.phone("wang")
    await phone.pull()
    answer = await phone.client.post("/api/sync/pull", json=phone.pull_request(ask=["x"] * 201))
    assert answer.status_code == 422
    for body in (b"", b"null", b'{"cursors": {"org": 1}}'):
        assert (await phone.client.post("/api/sync/pull", content=body)).status_code == 422
    answer = await phone.client.post("/api/sync/pull", json=phone.pull_request(replica="nobody"))
    assert (answer.status_code, answer.json()["code"]) == (410, "sync.replica_unknown")
    anonymous = await phone.client.post("/api/sync/pull", json={}, headers={"authorization": "Basic x"})
    assert anonymous.status_code == 401
    assert (await phone.client.post("/api/sync/pull", json=phone.pull_request())).headers[
        "cache-control"
    ] == "no-store"


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that snapshots ran."""
    found: list[str] = []
    fetch = db.Snapshot.fetch

    async def counted(self: Any, sql: str, arguments: Any) -> Any:
        found.append(sql)
        return await fetch(self, sql, arguments)

    monkeypatch.setattr(db.Snapshot, "fetch", counted)
    return found


async def test_unchanged_costs_few_statements_and_few_bytes(world: World, statements: list[str]) -> None:
    await world.give("wang", *(f"t{n}" for n in range(50)))
    for n in range(50):
        await write(f"t{n}")
    phone = world.phone("wang")
    await phone.pull()
    await phone.pull()
    statements.clear()
    answer = await phone.client.post("/api/sync/pull", json=phone.pull_request())
    assert len(statements) <= 4, statements
    assert len(answer.content) < 2500


async def test_nothing_new_in_ten_buckets_is_said_in_a_kilobyte_and_a_half(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With names as long as the product's, all its tables of today and seqs of a company with years behind it."""
    tables = {name: feed.version for name, feed in gather().feeds.items()} | dict.fromkeys(TABLES, 1)
    monkeypatch.setattr(understood, "_versions", lambda registry: tables)
    person, territories = new_id(), [f"{new_id()}:202611" for _ in range(8)]
    await world.give(person, *territories)
    async with db.unit_of_work():
        if db.current().dialect == "postgres":
            await db.fetch("SELECT setval('sync_seq', 100000000)")
        else:
            await db.execute("UPDATE sync_head SET seq = 100000000")
    for territory in territories:
        await write(territory)
    phone = world.phone(person)
    phone.tables = tables
    await phone.pull()
    await phone.pull()
    request = json.dumps(phone.pull_request(), separators=(",", ":"))
    sizes = {}
    for encoding in ("identity", "zstd", "br"):
        headers = {"accept-encoding": encoding}
        async with phone.client.stream("POST", "/api/sync/pull", content=request, headers=headers) as answer:
            sizes[encoding] = sum([len(part) async for part in answer.aiter_raw()])
    assert len(phone.buckets) == 10
    assert max(len(request), *sizes.values()) < 1400, (len(request), sizes)
    assert len(request) + max(sizes["zstd"], sizes["br"]) < 1500, (len(request), sizes)


async def test_a_build_leaves_its_list_of_tables_out_once_it_has_a_name(world: World) -> None:
    await world.give("wang", "north")
    phone = world.phone("wang")
    (first,) = await phone.pull()
    assert phone.pull_request()["tables"] == first["tables"] == name_of_tables(world.registry)
    await write("north")
    (second,) = await phone.pull()
    assert len(second["rows"]["notes"]) == 1
    assert "tables" not in second
    # A build that understands other tables, or other versions of them, has no name and goes on as it always did.
    for tables in ({"notes": 1}, {**phone.tables, "notes": 2}, {**phone.tables, "later": 1}):
        phone.tables = tables
        assert "tables" not in (await phone.pull())[-1]


async def test_a_name_of_another_release_is_answered_with_a_question(world: World) -> None:
    await world.give("wang", "north")
    phone = world.phone("wang")
    await phone.pull()
    await write("north")
    phone.core.tables_name = "of another release"
    refused, page = await phone.pull()
    assert refused == {"epoch": phone.core.epoch, "gen": page["gen"], "refused": "tables"}
    assert len(page["rows"]["notes"]) == 1
    await assert_stale_equals_fresh(phone)
    digest = await phone.post("pull", phone.pull_request(want_digest=True))
    assert digest["digest"]["terr:north"]["n"] == 1, digest["digest"]


async def test_the_newest_entry_of_a_bucket_is_found_without_a_look_at_others(world: World) -> None:
    """PostgreSQL, once it knows how much there is, takes the index of all seqs for a way to the greatest of one bucket;
    for a bucket that lies far back, or is empty, it would walk everybody's entries at every pull."""
    if db.current().dialect != "postgres":
        pytest.skip("SQLite takes the bucket's own index")
    async with db.unit_of_work():
        await db.execute(
            "INSERT INTO sync_feed (bucket, tbl, pk, seq, op, at) SELECT 'terr:t' || (n % 40), 'notes', "
            "md5(n::text), nextval('sync_seq'), 1, 0 FROM generate_series(1, 60000) AS n"
        )
        await db.execute("ANALYZE sync_feed")
    held = [*(f"terr:t{n}" for n in range(5)), "staff", "user:wang", "terr:far"]
    probe = reading._PROBE.format(source="unnest($1::text[]) AS b(value)")
    plan = await db.fetch(f"EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) {probe}", held)
    lines = "\n".join(str(next(iter(line.values()))) for line in plan)
    walked = sum(int(count) for count in re.findall(r"Removed by Filter: (\d+)", lines))
    assert walked < 100, lines
    newest, _ = await reading._probe(held)
    assert newest == {f"terr:t{n}": 60_000 - 40 + n + (40 if n == 0 else 0) for n in range(5)}


async def test_grace_reaches_back_to_the_last_committed_checkpoint(world: World) -> None:
    async def entitled() -> int | None:
        return await db.fetch_value(
            "SELECT coalesce(entitled_since, served_at) FROM sync_replica WHERE id = $1", phone.replica
        )

    with use_clock(FixedClock(1_790_000_000_000)) as clock:
        assert isinstance(clock, FixedClock)
        start = clock.at
        phone = world.phone("wang")
        await phone.pull()
        assert await entitled() == start
        clock.advance(30 * MINUTE)
        lost_answer = await phone.post("pull", phone.pull_request())
        assert lost_answer["more"] is False
        assert await entitled() == start, "served is not committed"
        clock.advance(30 * MINUTE)
        await phone.pull()
        clock.advance(30 * MINUTE)
        await phone.pull()
        assert await entitled() == start + 60 * MINUTE


async def test_hello_notices_a_store_that_was_evicted(world: World) -> None:
    await world.give("wang", "north")
    phone = world.phone("wang")
    await phone.pull()
    for _ in range(3):
        args = {"note_id": new_id(), "territory_id": "north", "body": "x"}
        phone.act("notes.add", args, version=2)
    phone.batch = 1
    request = phone.push_request()
    assert request is not None
    await phone.post("push", request)
    assert (
        "HttpOnly" in str(phone.client.cookies.jar)
        or phone.client.cookies.get("roundsman_replica") == phone.replica
    )
    reborn = Phone(phone.client, phone.tables, person="wang")
    welcome = await reborn.post("hello", {"replica": None, "schema": 1})
    assert welcome["suspected_loss"] == {"replica": phone.replica, "count": 2}, "one of three was received"
    assert await db.fetch_value("SELECT count(*) FROM sync_report WHERE kind = 'suspected_loss'") == 1
    again = await reborn.post("hello", {"replica": welcome["replica"], "schema": 1})
    assert "suspected_loss" not in again
    assert again["replica"] == welcome["replica"]


async def test_reports_are_kept_and_status_counts(world: World) -> None:
    phone = world.phone("wang")
    await phone.pull()
    answer = await phone.client.post("/api/sync/report", json={"kind": "quota", "body": {"used": 1}})
    assert answer.status_code == 202
    numbers = await status()
    assert (numbers["reports"], numbers["replicas"]) == (1, 1)


@given(st.text("ab_", min_size=1, max_size=8))
def test_a_bucket_template_is_plain_concatenation(word: str) -> None:
    assert bucket_of(f"t:{{{word}}}:x", "NEW") == f"'t:' || CAST(NEW.{word} AS text) || ':x'"
    assert bucket_of("staff") == "'staff'"
