"""The engine's test bed: a domain small enough to see through, with rows that move, stock that runs out,
territories that change
hands, and handlers that crash on demand. Not part of the product.
"""

from dataclasses import dataclass, field

from piccolo.columns import JSON, BigInt, Boolean, Integer, Text
from piccolo.table import Table

from roundsman.core import db
from roundsman.core.context import Ctx, Person, Session
from roundsman.core.domain import Answer, Domain, Feed, Payload, command
from roundsman.core.errors import Conflict, Forbidden, NotFound

STATEMENTS = [
    """
    CREATE TABLE notes (
        id text PRIMARY KEY, territory_id text, author_id text, body text NOT NULL, is_pinned {bool} NOT NULL,
        extra {json} NOT NULL, rank integer NOT NULL, secret text NOT NULL
    )
    """,
    "CREATE TABLE stock (id text PRIMARY KEY, name text NOT NULL, amount bigint NOT NULL CHECK (amount >= 0))",
    """
    CREATE TABLE takings (
        id text PRIMARY KEY, stock_id text NOT NULL, person_id text NOT NULL, amount bigint NOT NULL
    )
    """,
    """
    CREATE TABLE holdings (
        person_id text NOT NULL, territory_id text NOT NULL, PRIMARY KEY (person_id, territory_id)
    )
    """,
    "CREATE TABLE effects (place {pk_bigserial}, uuid text NOT NULL, replica_id text)",
    # Looked at only in the commit.
    "CREATE TABLE debts (uuid text PRIMARY KEY, owed text REFERENCES debts (uuid) DEFERRABLE INITIALLY DEFERRED)",
]
ROLES = {"rep": frozenset({"rep"}), "boss": frozenset({"administrator"})}


class Note(Table, tablename="notes"):
    """A row that can stand in two buckets and move between them."""

    id = Text(primary_key=True, default=None)
    territory_id = Text(null=True, default=None)
    author_id = Text(null=True, default=None)
    body = Text()
    is_pinned = Boolean()
    extra = JSON()
    rank = Integer()
    secret = Text()


class Stock(Table, tablename="stock"):
    """What can run out."""

    id = Text(primary_key=True, default=None)
    name = Text()
    amount = BigInt()


class Taking(Table, tablename="takings"):
    """Who took what; nobody but its author sees it."""

    id = Text(primary_key=True, default=None)
    stock_id = Text()
    person_id = Text()
    amount = BigInt()


FEEDS = (
    Feed(
        Note,
        fields=("id", "territory_id", "author_id", "body", "is_pinned", "extra", "rank"),
        buckets=("terr:{territory_id}", "user:{author_id}"),
    ),
    Feed(Stock, fields=("id", "name", "amount"), buckets=("org",)),
    Feed(Taking, fields=("id", "stock_id", "person_id", "amount"), buckets=("user:{person_id}",)),
)
TABLES = {"notes": 1, "stock": 1, "takings": 1}


@dataclass
class Faults:
    """Uuids of commands whose handlers are broken, and how."""

    poisoned: set[str] = field(default_factory=set)
    unavailable: set[str] = field(default_factory=set)
    breaks_commit: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """Everything works again."""
        for broken in (self.poisoned, self.unavailable, self.breaks_commit):
            broken.clear()


FAULTS = Faults()


async def _record(ctx: Ctx) -> None:
    """Every handler leaves one mark, so that twice and out of order can be seen."""
    await db.execute("INSERT INTO effects (uuid, replica_id) VALUES ($1, $2)", ctx.uuid, ctx.replica_id)
    if ctx.uuid in FAULTS.breaks_commit:
        await db.execute("INSERT INTO debts (uuid, owed) VALUES ($1, 'nobody')", ctx.uuid)
    if ctx.uuid in FAULTS.unavailable:
        raise db.Unavailable("the disk is full")
    if ctx.uuid in FAULTS.poisoned:
        raise ZeroDivisionError(ctx.uuid)


async def _require_held(ctx: Ctx, territory_id: str) -> None:
    held = await db.fetch_value(
        "SELECT 1 FROM holdings WHERE person_id = $1 AND territory_id = $2", ctx.person.id, territory_id
    )
    if held is None:
        raise Forbidden("notes.not_yours", territory_id=territory_id)


class AddNote(Payload, frozen=True):
    """A new note in a territory."""

    note_id: str
    territory_id: str
    body: str
    rank: int = 0


class Added(Answer, frozen=True):
    """Where the note stands."""

    note_id: str


@command(
    "notes.add", permission="notes.write", version=2, upcasters={1: lambda old: {**old, "body": old["text"]}}
)
async def add_note(ctx: Ctx, cmd: AddNote) -> Added:
    """Write a note."""
    await _record(ctx)
    await _require_held(ctx, cmd.territory_id)
    await db.execute(
        "INSERT INTO notes (id, territory_id, author_id, body, is_pinned, extra, rank, secret) "
        "VALUES ($1, $2, $3, $4, $5, '{}', $6, 'never sent')",
        cmd.note_id,
        cmd.territory_id,
        ctx.person.id,
        cmd.body,
        False,
        cmd.rank,
    )
    return Added(note_id=cmd.note_id)


class EditNote(Payload, frozen=True):
    """New text for a note."""

    note_id: str
    body: str


@command("notes.edit", permission="notes.write")
async def edit_note(ctx: Ctx, cmd: EditNote) -> None:
    """Replace a note's text."""
    await _record(ctx)
    if not await db.execute("UPDATE notes SET body = $2 WHERE id = $1", cmd.note_id, cmd.body):
        raise NotFound("notes.unknown")


class MoveNote(Payload, frozen=True):
    """Another territory for a note."""

    note_id: str
    territory_id: str | None


@command("notes.move", permission="notes.write")
async def move_note(ctx: Ctx, cmd: MoveNote) -> None:
    """Put a note elsewhere; it leaves the phones of those who do not hold the new territory."""
    await _record(ctx)
    if not await db.execute(
        "UPDATE notes SET territory_id = $2 WHERE id = $1", cmd.note_id, cmd.territory_id
    ):
        raise NotFound("notes.unknown")


class RemoveNote(Payload, frozen=True):
    """Which note."""

    note_id: str


@command("notes.remove", permission="notes.write")
async def remove_note(ctx: Ctx, cmd: RemoveNote) -> None:
    """Delete a note."""
    await _record(ctx)
    if not await db.execute("DELETE FROM notes WHERE id = $1", cmd.note_id):
        raise NotFound("notes.unknown")


class Take(Payload, frozen=True):
    """Some of the stock."""

    taking_id: str
    stock_id: str
    amount: int


class Taken(Answer, frozen=True):
    """What is left."""

    left: int


@command("notes.take", permission="notes.write")
async def take(ctx: Ctx, cmd: Take) -> Taken:
    """Take from the stock; never more than there is."""
    await _record(ctx)
    left = await db.fetch_value(f"SELECT amount FROM stock WHERE id = $1{db.for_update()}", cmd.stock_id)
    if left is None or left < cmd.amount:
        raise Conflict("notes.out_of_stock", left=left)
    await db.execute("UPDATE stock SET amount = amount - $2 WHERE id = $1", cmd.stock_id, cmd.amount)
    await db.execute(
        "INSERT INTO takings (id, stock_id, person_id, amount) VALUES ($1, $2, $3, $4)",
        cmd.taking_id,
        cmd.stock_id,
        ctx.person.id,
        cmd.amount,
    )
    return Taken(left=left - cmd.amount)


class Nothing(Payload, frozen=True):
    """No fields."""


@command("notes.boss_only", permission="notes.rule")
async def boss_only(ctx: Ctx, cmd: Nothing) -> None:
    """For testing permissions."""
    await _record(ctx)


async def buckets_of(person: Person, now: int) -> list[str]:
    """Everyone holds the stock, his own and his territories."""
    rows = await db.fetch(
        "SELECT territory_id FROM holdings WHERE person_id = $1 ORDER BY territory_id", person.id
    )
    return ["org", f"user:{person.id}", *(f"terr:{row['territory_id']}" for row in rows)]


async def load_person(person_id: str) -> Person | None:
    """Anybody with an id exists; an id that starts with "boss" is an administrator."""
    return Person(person_id, person_id, ROLES["boss" if person_id.startswith("boss") else "rep"], frozenset())


async def authenticate(token: str) -> Session | None:
    """The token is the person's id."""
    person = await load_person(token)
    return Session(id=token, person=person) if person is not None else None


DOMAIN = Domain(
    name="notes",
    tables=(Note, Stock, Taking),
    commands=(add_note, edit_note, move_note, remove_note, take, boss_only),
    feeds=FEEDS,
    permissions={"notes.write": ("rep", "administrator"), "notes.rule": ("administrator",)},
    buckets=buckets_of,
    load_person=load_person,
    authenticate=authenticate,
)


async def make_tables() -> None:
    """Create the domain's tables in the database in use."""
    async with db.unit_of_work():
        for sql in STATEMENTS:
            await db.execute(db.column_words(sql, db.current().dialect))
