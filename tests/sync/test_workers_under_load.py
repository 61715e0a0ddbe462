"""Phones at work over real HTTP while what serves them is killed: workers with SIGKILL, and PostgreSQL as if the power
had failed. At the end nothing is lost, nothing happened twice, and every phone holds what the server would give it.

`ROUNDSMAN_WORKERS_SECONDS` lengthens it.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from PIL import Image

from roundsman.core import db
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from roundsman.domains import gather
from tests.cast import PASSWORD
from tests.databases import Cluster, debian_cluster, has_debian
from tests.make.files import make_jpeg, offer, parts_of, send_part, sha256_of
from tests.make.visits import check_in, clocks, fix
from tests.phone import Phone, assert_stale_equals_fresh
from tests.serving import Serving, patiently

SECONDS = float(os.environ.get("ROUNDSMAN_WORKERS_SECONDS", "2"))
WORKERS = 4 if SECONDS > 10 else 2
"""Each takes longer to start than the short form lasts."""
PHONES = 4
CUSTOMERS = 6
REGISTRY = gather()


@dataclass
class Site:
    """The processes that serve one company, and what can be killed of it."""

    servers: list[Serving]
    database_url: str
    cluster: Cluster | None = None
    kills: int = 0
    crashes: int = 0
    errors: list[str] = field(default_factory=list)

    def client(self, number: int) -> httpx.AsyncClient:
        """A client of one of the servers; it notes every answer a phone would not know what to make of."""

        async def look(answer: httpx.Response) -> None:
            if answer.status_code == 503 and int(answer.headers.get("retry-after", "0")) > 0:
                return
            if answer.status_code >= 500:
                await answer.aread()
                self.errors.append(f"{answer.request.url.path} {answer.status_code} {answer.text}")

        address = self.servers[number % len(self.servers)].address
        return httpx.AsyncClient(base_url=address, timeout=60, event_hooks={"response": [look]})

    async def kill_one(self, chance: random.Random) -> None:
        """One worker, or a whole server that has none; the first comes back by itself."""
        serving = chance.choice(self.servers)
        self.kills += 1
        if serving.workers == 1:
            serving.kill()
            await asyncio.to_thread(serving.start)
            return
        before = serving.worker_ids()
        os.kill(chance.choice(sorted(before)), signal.SIGKILL)
        until = time.monotonic() + 20
        while len(serving.worker_ids() - before) < 1:
            assert time.monotonic() < until, "the supervisor starts no other worker"
            await asyncio.sleep(0.05)

    async def crash(self) -> None:
        """The database goes at once and comes back a moment later."""
        assert self.cluster is not None
        self.crashes += 1
        await asyncio.to_thread(self.cluster.crash)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(self.cluster.start)


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.sqlite),
        pytest.param("postgres", marks=pytest.mark.postgres),
    ]
)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Two servers on one SQLite file, or one with several workers on a PostgreSQL server of its own."""
    with ExitStack() as stack:
        cluster = None
        if request.param == "postgres":
            if not has_debian():
                pytest.skip("a PostgreSQL server that may be crashed needs Debian's package")
            cluster = stack.enter_context(debian_cluster())
            url, shapes = cluster.url, [WORKERS]
        else:
            url, shapes = f"sqlite:///{tmp_path}/company.db", [1, 1]
        servers = [stack.enter_context(Serving(tmp_path, url, workers=workers)) for workers in shapes]
        made = Site(servers, url, cluster)
        yield made
        for serving in servers:
            if made.errors:
                print(serving.log[-20_000:])
            serving.stop()


async def command(client: httpx.AsyncClient, name: str, /, **args: Any) -> None:
    answer = await client.post(f"/api/commands/{name}", json=args, headers={"idempotency-key": new_id()})
    assert answer.json().get("status") == "applied", answer.text


@dataclass
class Rep:
    """A phone, what was tapped on it by uuid, and the photos it has to send."""

    phone: Phone
    done: dict[str, str] = field(default_factory=dict)
    visits: list[str] = field(default_factory=list)
    photos: dict[str, bytes] = field(default_factory=dict)

    def act(self, name: str, args: dict[str, Any]) -> None:
        self.done[self.phone.act(name, args)] = name


@pytest.fixture
async def reps(site: Site) -> AsyncIterator[tuple[list[Rep], list[str]]]:
    """Representatives of one territory, each signed in on a phone, and its customers."""
    admin = site.client(0)
    first = {"company": "Trial", "name": "Ada", "login": "ada", "password": PASSWORD}
    assert (await admin.post("/api/identity/first_run", json=first)).status_code == 200
    territory = new_id()
    await command(admin, "identity.add_territory", territory_id=territory, parent_id=None, name="North")
    customers = [new_id() for _ in range(CUSTOMERS)]
    for n, customer in enumerate(customers):
        await command(admin, "customers.add", customer_id=customer, name=f"Shop {n}", territory_id=territory)
    found = []
    for n in range(PHONES):
        person, login = new_id(), {"login": f"rep{n}", "password": PASSWORD}
        made = {"person_id": person, "name": f"Rep {n}", "phone": f"1380000000{n}", "roles": ["rep"]}
        await command(admin, "identity.add_person", **made, **login)
        membership = {"membership_id": new_id(), "territory_id": territory, "kind": "member"}
        await command(admin, "identity.assign", person_id=person, **membership)
        client = site.client(n)
        assert (await client.post("/api/identity/sign_in", json=login)).status_code == 200
        found.append(Rep(Phone(client, REGISTRY.feeds, person=person)))
    yield found, customers
    for rep in found:
        await rep.phone.client.aclose()
    await admin.aclose()


async def until_done(work: Any) -> httpx.Response:
    """Send until there is an answer that is one."""
    for _ in range(400):
        with suppress(httpx.TransportError):
            answer: httpx.Response = await work()
            if answer.status_code not in (429, 503):
                return answer
        await asyncio.sleep(0.05)
    raise AssertionError("the server does not come back for a photo")


async def send(client: httpx.AsyncClient, content: bytes) -> None:
    """A photo in its parts, as a phone sends it: what the server says it lacks is sent again."""
    sha256 = sha256_of(content)
    for _ in range(20):
        offered = await until_done(lambda: offer(client, content))
        assert offered.status_code == 200, offered.text
        if offered.json()["state"] == "complete":
            return
        for n, part in enumerate(parts_of(content)):
            if n not in offered.json()["have"]:
                await until_done(lambda n=n, part=part: send_part(client, sha256, n, part))
        answer = await until_done(lambda: client.post(f"/api/files/blobs/{sha256}/complete"))
        if answer.status_code == 200:
            return
    raise AssertionError(f"a photo cannot be completed: {answer.text}")


async def work(rep: Rep, customers: list[str], chance: random.Random, until: float) -> None:
    """Visits with a note and a photo, edits of customers everybody edits, and a look at what the others did."""
    turn = 0
    while time.monotonic() < until:
        turn += 1
        for _ in range(chance.randint(1, 4)):
            customer = chance.choice(customers)
            begin = check_in(customer, fix=fix(chance.randrange(500)))
            visit = str(begin["visit_id"])
            rep.visits.append(visit)
            rep.act("visits.check_in", begin)
            given: dict[str, Any] = {"step_id": new_id(), "visit_id": visit, "title": "n", "clocks": clocks()}
            if chance.random() < 0.2:
                content = make_jpeg(160, 120, seed=chance.randrange(1 << 30))
                photo = {"photo_id": new_id(), "sha256": sha256_of(content), "kind": "shelf"}
                photo |= {"taken_at": now_ms(), "size": len(content)}
                rep.photos[photo["photo_id"]] = content
                rep.act("visits.record_step", {**given, "kind": "photo", "answers": {}, "photos": [photo]})
            else:
                rep.act(
                    "visits.record_step", {**given, "kind": "note", "answers": {"text": "n"}, "photos": []}
                )
            if chance.random() < 0.3:
                rep.act("customers.edit", {"customer_id": customer, "changes": {"remark": ["", f"{turn}"]}})
            rep.act("visits.check_out", {"visit_id": visit, "clocks": clocks(), "fix": None})
        await patiently(rep.phone, "push")
        if rep.photos and chance.random() < 0.5:
            await send(rep.phone.client, chance.choice(list(rep.photos.values())))
        if turn % 3 == 0:
            await patiently(rep.phone, "pull")
        await asyncio.sleep(0.15)


async def harm(site: Site, chance: random.Random, until: float) -> None:
    """Kill one after another; every third time the whole database where it can be had back."""
    while time.monotonic() < until or site.kills < 2:
        await asyncio.sleep(chance.uniform(0.3, 1.5))
        if site.cluster is not None and (site.kills + site.crashes) % 3 == 1:
            await site.crash()
        else:
            await site.kill_one(chance)


@pytest.mark.slow(SECONDS + 12)
async def test_nothing_is_lost_or_doubled_while_workers_and_databases_die(
    site: Site, reps: tuple[list[Rep], list[str]]
) -> None:
    phones, customers = reps
    for rep in phones:
        await patiently(rep.phone, "pull")
    await assert_a_commit_wakes_the_phones_of_every_worker(site, phones, customers)
    until = time.monotonic() + SECONDS
    async with asyncio.TaskGroup() as group:
        group.create_task(harm(site, random.Random(5), until))
        for n, rep in enumerate(phones):
            group.create_task(work(rep, customers, random.Random(n), until))
    assert site.errors == []
    for rep in phones:
        await patiently(rep.phone, "sync")
        for content in rep.photos.values():
            await send(rep.phone.client, content)
    for rep in phones:
        await patiently(rep.phone, "sync")
        assert not rep.phone.core.outbox, "something waits for ever"
        await assert_stale_equals_fresh(rep.phone)
        refused = {uuid: rep.phone.results[uuid] for uuid in rep.done if rep.phone.status(uuid) != "applied"}
        assert refused == {}
        own = {id for id, row in rep.phone.rows("visits").items() if row["person_id"] == rep.phone.core.user}
        assert own == set(rep.visits)
        for photo_id in rep.photos:
            kept = await rep.phone.client.get(f"/api/files/photos/{photo_id}?size=full")
            # It is drawn anew, upright and bare, so only the picture is the same.
            assert kept.status_code == 200, kept.text
            assert Image.open(io.BytesIO(kept.content)).size == (160, 120)
    sent = {uuid: name for rep in phones for uuid, name in rep.done.items()}
    async with db.connect_to(site.database_url) as database:
        with db.use(database):
            # The ledger: every tap once, and what it does once.
            rows = await db.fetch("SELECT uuid, name, status FROM sync_command WHERE replica_id IS NOT NULL")
            assert sorted((row["uuid"], row["name"], row["status"]) for row in rows) == sorted(
                (uuid, name, "applied") for uuid, name in sent.items()
            )
            assert await db.fetch_value("SELECT count(*) FROM sync_number") == len(sent)
            made = await db.fetch("SELECT id, state FROM visits")
            assert sorted(row["id"] for row in made) == sorted(id for rep in phones for id in rep.visits)
            assert {row["state"] for row in made} == {"done"}
            steps = sum(name == "visits.record_step" for name in sent.values())
            assert await db.fetch_value("SELECT count(*) FROM visit_steps") == steps
            photos = await db.fetch("SELECT id, state FROM photos")
            assert {row["id"]: row["state"] for row in photos} == {
                id: "stored" for rep in phones for id in rep.photos
            }
            assert await db.fetch_value("SELECT count(*) FROM sync_attempt") == 0
            assert await db.fetch_value("SELECT count(*) FROM jobs WHERE state = 'parked'") == 0
    print(f"{len(sent)} commands, {site.kills} workers killed, {site.crashes} databases crashed")
    assert site.kills >= 2
    assert site.cluster is None or site.crashes >= 1


async def assert_a_commit_wakes_the_phones_of_every_worker(
    site: Site, phones: list[Rep], customers: list[str]
) -> None:
    """Several phones listen, at more than one process: all hear of what one of them does."""
    heard: dict[int, asyncio.Event] = {}
    heads: dict[int, int] = {}

    async def listen(number: int) -> None:
        rep = phones[number % PHONES]
        async with site.client(number) as client:
            client.cookies = rep.phone.client.cookies
            path = f"/api/sync/events?replica={rep.phone.replica}"
            async with client.stream("GET", path) as stream:
                assert stream.status_code == 200
                async for line in stream.aiter_lines():
                    if line.startswith("data:"):
                        heads[number] = json.loads(line[5:])["head"]
                        heard[number].set()

    listeners = []
    try:
        for number in range(8):
            heard[number] = asyncio.Event()
            listeners.append(asyncio.create_task(listen(number)))
            await asyncio.wait_for(heard[number].wait(), 20)
        assert len(processes_with_streams(site)) > 1, "all streams went to one process"
        before = dict(heads)
        for event in heard.values():
            event.clear()
        began = time.monotonic()
        phones[0].act("customers.edit", {"customer_id": customers[0], "changes": {"remark": ["", "open"]}})
        await phones[0].phone.push()
        for event in heard.values():
            await asyncio.wait_for(event.wait(), 10)
        assert time.monotonic() - began < 3
        assert all(heads[number] > before[number] for number in before)
    finally:
        for listener in listeners:
            listener.cancel()
        await asyncio.gather(*listeners, return_exceptions=True)


def processes_with_streams(site: Site) -> set[int]:
    """Which processes hold an open connection from a phone."""
    found = set()
    for serving in site.servers:
        for pid in serving.worker_ids() or {serving.process.pid}:
            port = int(serving.address.rpartition(":")[2])
            for connection in psutil.Process(pid).net_connections("tcp"):
                if connection.status == psutil.CONN_ESTABLISHED and connection.laddr.port == port:
                    found.add(pid)
    return found
