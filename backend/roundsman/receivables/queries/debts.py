"""Who owes how much, by customer, by who looks after him, and in all, of the accounts a person sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from roundsman.core import db
from roundsman.core.context import Person
from roundsman.core.search import containing_all, search_words
from roundsman.core.times import add_days
from roundsman.customers.queries import territories_seen_by

# A partial index serves a question only when its condition is among the question's own words.
_OPEN: Final = "open_amount <> 0 AND open_amount > 0"
AGES: Final = (30, 60, 90)
"""Days past due that part one age from the next."""
OVERDUE: Final = ("overdue_30", "overdue_60", "overdue_90", "overdue_more")
"""What is called what is overdue for up to so many days, and for more."""


@dataclass(slots=True)
class Which:
    """Whose accounts are meant, as SQL over `customers` and `accounts`; the parameters come with it."""

    arguments: list[object] = field(default_factory=list)
    where: list[str] = field(default_factory=list)

    def add(self, value: object) -> str:
        """The place of one more parameter."""
        self.arguments.append(value)
        return f"${len(self.arguments)}"

    def copy(self) -> Which:
        """The same, for one more statement with parameters of its own."""
        return Which([*self.arguments], [*self.where])

    @property
    def condition(self) -> str:
        """What follows WHERE."""
        return " AND ".join(self.where)


async def accounts_seen_by(
    person: Person,
    now: int,
    day: str,
    *,
    search: str = "",
    owner_id: str | None = None,
    territory_id: str | None = None,
    is_overdue: bool = False,
    is_owing: bool = True,
) -> Which:
    """The accounts a person may see, and of these the ones that fit. `day` is today for what is overdue."""
    which = Which()
    seen, own = which.add(sorted(await territories_seen_by(person, now))), which.add(person.id)
    which.where.append(f"(customers.territory_id {db.any_of(seen)} OR customers.owner_id = {own})")
    for column, value in (("owner_id", owner_id), ("territory_id", territory_id)):
        if value is not None:
            which.where.append(f"customers.{column} = {which.add(value)}")
    which.where += containing_all("customers.search", search_words(search), which.arguments)
    if is_owing:
        which.where.append("accounts.debt <> 0")
    if is_overdue:
        which.where.append(
            f"EXISTS (SELECT 1 FROM receivable_items WHERE customer_id = customers.id AND {_OPEN}"
            f" AND due_on < {which.add(day)})"
        )
    return which


def _tables(which: Which) -> str:
    # Who never had anything to do with money has no account and is still found when everybody is asked for.
    join = "JOIN" if "accounts.debt <> 0" in which.where else "LEFT JOIN"
    return f"customers {join} accounts ON accounts.id = customers.id"


async def debts_of(which: Which, day: str, after: tuple[int, str] | None, limit: int) -> list[db.Row]:
    """Accounts, the largest debt first, after a key (debt, customer id); at most `limit`; one statement."""
    which = which.copy()
    today = which.add(day)
    where = list(which.where)
    if after is not None:
        debt, id = which.add(after[0]), which.add(after[1])
        where.append(f"(coalesce(accounts.debt, 0), customers.id) < ({debt}, {id})")
    overdue = f"FROM receivable_items WHERE customer_id = customers.id AND {_OPEN} AND due_on < {today}"
    return await db.fetch(
        f"""
        SELECT customers.id AS customer_id, customers.code, customers.name, customers.phone, customers.territory_id,
               customers.owner_id, people.name AS owner_name, coalesce(accounts.debt, 0) AS debt,
               coalesce(committed, 0) AS committed, credit_limit, coalesce(credit_days, 0) AS credit_days,
               coalesce(policy, 'none') AS policy,
               (SELECT coalesce(sum(open_amount), 0) {overdue}) AS overdue,
               (SELECT min(due_on) {overdue}) AS overdue_since
        FROM {_tables(which)} LEFT JOIN people ON people.id = customers.owner_id
        WHERE {" AND ".join(where)}
        ORDER BY coalesce(accounts.debt, 0) DESC, customers.id DESC LIMIT {which.add(limit)}
        """,
        *which.arguments,
    )


async def debts_by_owner(which: Which, day: str, after: tuple[int, str] | None, limit: int) -> list[db.Row]:
    """The same accounts summed by who looks after the customers, the largest debt first, after a key (debt, owner id
    or ''); at most `limit`; one statement.
    """
    which = which.copy()
    today = which.add(day)
    where = ""
    if after is not None:
        where = f"WHERE (debt, owner_key) < ({which.add(after[0])}, {which.add(after[1])})"
    return await db.fetch(
        f"""
        WITH seen AS (
            SELECT customers.id, customers.owner_id, accounts.debt,
                   (SELECT coalesce(sum(open_amount), 0) FROM receivable_items
                    WHERE customer_id = customers.id AND {_OPEN} AND due_on < {today}) AS overdue
            FROM {_tables(which)} WHERE {which.condition}
        ),
        summed AS (
            SELECT owner_id, coalesce(owner_id, '') AS owner_key, count(*) AS customer_count,
                   coalesce(sum(debt), 0) AS debt, coalesce(sum(overdue), 0) AS overdue
            FROM seen GROUP BY owner_id
        )
        SELECT summed.*, people.name AS owner_name FROM summed LEFT JOIN people ON people.id = owner_id
        {where} ORDER BY debt DESC, owner_key DESC LIMIT {which.add(limit)}
        """,
        *which.arguments,
    )


async def totals_of(which: Which, day: str) -> db.Row:
    """How many accounts, what they owe together, what was paid ahead, and how old what is open is; one statement."""
    which = which.copy()
    today, *older = [which.add(add_days(day, -age)) for age in (0, *AGES)]
    ages = {"not_due": f"due_on >= {today}"}
    for name, since, until in zip(OVERDUE, [today, *older], [*older, None], strict=True):
        ages[name] = f"due_on < {since}" + (f" AND due_on >= {until}" if until else "")
    sums = ", ".join(
        f"coalesce(sum(CASE WHEN {age} THEN open_amount END), 0) AS {name}" for name, age in ages.items()
    )
    rows = await db.fetch(
        f"""
        WITH seen AS (SELECT customers.id, accounts.debt FROM {_tables(which)} WHERE {which.condition}),
        aged AS (
            SELECT {sums} FROM receivable_items JOIN seen ON seen.id = customer_id WHERE {_OPEN}
        ),
        summed AS (
            SELECT count(*) AS customer_count, coalesce(sum(CASE WHEN debt > 0 THEN debt END), 0) AS debt,
                   coalesce(-sum(CASE WHEN debt < 0 THEN debt END), 0) AS paid_ahead
            FROM seen
        )
        SELECT * FROM summed CROSS JOIN aged
        """,
        *which.arguments,
    )
    return rows[0]
