"""The documents behind a figure: their sum is that figure."""

from __future__ import annotations

from roundsman.core import db
from roundsman.figures.queries.rankings import (
    OF_A_FACT,
    VALUE_OF_FACTS,
    Question,
    Sight,
    kinds_of,
    place_of_territories,
    territories_meant,
    whose_of,
)


async def documents_of(
    question: Question, key: str, sight: Sight, *, after: tuple[str, str] | None, limit: int
) -> list[db.Row]:
    """The documents that make the value of `key`, the newest first, each with what it adds; an order and what came back
    of it are documents of their own. Of whom only the order is told, there are none.
    """
    day = f"{question.basis}_on"
    arguments: list[object] = [question.from_on, question.until_on]
    if sight.is_amount_hidden:
        sight = Sight(frozenset(), sight.person_id)
    condition = whose_of(await territories_meant(question, sight), sight, arguments)
    if question.by == "territory":
        places = await place_of_territories(question, sight)
        arguments.append([id for id, place in places.items() if place == key] or [key])
        condition += f" AND territory_id {db.any_of(f'${len(arguments)}')}"
    else:
        arguments.append(key)
        condition += f" AND {OF_A_FACT[question.by]} = ${len(arguments)}"
    below = ""
    if after is not None:
        arguments += after
        below = f"WHERE (found.day_on, found.document_id) < (${len(arguments) - 1}, ${len(arguments)})"
    arguments.append(limit)
    return await db.fetch(
        f"""
        SELECT found.*, customers.name AS customer_name, coalesce(orders.number, '') AS number
        FROM (
            SELECT document_id, root_id, kind, customer_id, {day} AS day_on,
                   CAST(sum({VALUE_OF_FACTS[question.metric]}) AS bigint) AS value
            FROM figure_facts
            WHERE {day} BETWEEN $1 AND $2 AND {kinds_of(question.metric)} AND {condition}
            GROUP BY document_id, root_id, kind, customer_id, {day}
        ) AS found
        JOIN customers ON customers.id = found.customer_id LEFT JOIN orders ON orders.id = found.root_id
        {below} ORDER BY found.day_on DESC, found.document_id DESC LIMIT ${len(arguments)}
        """,
        *arguments,
    )
