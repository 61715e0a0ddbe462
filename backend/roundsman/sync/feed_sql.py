"""SQL made from the registry's feeds: which buckets a row stands in, and a row as JSON. Pure text, nothing
runs here."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from piccolo.columns import JSON, JSONB, Boolean, Column

from roundsman.core.db import DialectName
from roundsman.core.db.dialect import any_of_text
from roundsman.core.domain import Feed

PUT: Final = 1
REMOVE: Final = 2
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


def bucket_of(template: str, row: str = "") -> str:
    """SQL text for one bucket template over a row alias ("NEW", "OLD", "" for plain columns); NULL when a
    column is NULL."""
    prefix = f"{row}." if row else ""
    parts: list[str] = []
    at = 0
    for found in _PLACEHOLDER.finditer(template):
        if found.start() > at:
            parts.append(f"'{template[at : found.start()]}'")
        parts.append(f"CAST({prefix}{found[1]} AS text)")
        at = found.end()
    if at < len(template):
        parts.append(f"'{template[at:]}'")
    return " || ".join(parts)


def bucket_columns(feed: Feed) -> list[str]:
    """The columns the feed's buckets are made of, each once, in order."""
    return list(dict.fromkeys(name for template in feed.buckets for name in _PLACEHOLDER.findall(template)))


def watched_columns(feed: Feed) -> list[str]:
    """The columns whose change is a change of the feed: its fields and what its buckets are made of."""
    return list(dict.fromkeys((*feed.fields, *bucket_columns(feed))))


def members_of(feed: Feed) -> str:
    """A SELECT of (bucket, pk): where every row of the table should stand now, each pair once."""
    arms = [f"SELECT {bucket_of(template)} AS bucket, id AS pk FROM {feed.name}" for template in feed.buckets]
    return f"SELECT bucket, pk FROM ({' UNION '.join(arms)}) AS places WHERE bucket IS NOT NULL"


@lru_cache
def entries_of(count: int, dialect: DialectName) -> str:
    """A SELECT of (at, entries) for so many buckets: of each, the oldest $1 entries of the tables in the list $2 as one
    JSON text of `[at, tbl, pk, seq, op]`, or NULL. For each bucket four more arguments: a number to know it by, its
    name, the seq after which entries count, and that after which removals do."""
    asked = ", ".join(
        f"(CAST(${at} AS bigint), CAST(${at + 1} AS text), CAST(${at + 2} AS bigint), CAST(${at + 3} AS bigint))"
        for at in range(3, 3 + 4 * count, 4)
    )
    array, pair = (
        ("json_agg", "json_build_array") if dialect == "postgres" else ("json_group_array", "json_array")
    )
    return (
        f"WITH asked (at, bucket, since, floor) AS (VALUES {asked}) SELECT at, (SELECT CAST({array}({pair}(asked.at, "
        f"tbl, pk, seq, op)) AS text) FROM (SELECT tbl, pk, seq, op FROM sync_feed WHERE bucket = asked.bucket "
        f"AND seq > asked.since AND tbl {any_of_text(dialect, '$2', 'text')} AND (op = {PUT} OR seq > asked.floor) "
        f"ORDER BY seq LIMIT $1) AS news) AS entries FROM asked"
    )


@lru_cache(maxsize=512)
def rows_by_id(feeds: tuple[Feed, ...], dialect: DialectName) -> str:
    """A SELECT of (tbl, n, rows) for each of the feeds: how many of the ids in the list $1 (the second feed: $2, …)
    there are, and `"id":{…}` of each, the feed's fields in their order, joined by commas; NULL when there is none."""
    return " UNION ALL ".join(_rows_of_one(feed, dialect, f"${at}") for at, feed in enumerate(feeds, start=1))


def _rows_of_one(feed: Feed, dialect: DialectName, ids: str) -> str:
    wanted = f"id {any_of_text(dialect, ids, 'text')}"
    if dialect == "postgres":
        made = "string_agg(to_json(id)::text || ':' || row_to_json(part)::text, ',')"
        source = f"(SELECT {', '.join(feed.fields)} FROM {feed.name} WHERE {wanted}) AS part"
        return f"SELECT '{feed.name}' AS tbl, count(*) AS n, {made} AS rows FROM {source}"
    columns = {column._meta.name: column for column in feed.table._meta.columns}
    made = f"group_concat(json_quote(id) || ':' || {_json_object(feed.fields, columns)})"
    return f"SELECT '{feed.name}' AS tbl, count(*) AS n, {made} AS rows FROM {feed.name} WHERE {wanted}"


def _json_object(fields: Sequence[str], columns: dict[str, Column]) -> str:
    # A function of SQLite takes 127 arguments at most; json_patch would reorder, so long rows are joined as
    # text.
    parts = [fields[at : at + 60] for at in range(0, len(fields), 60)]
    objects = [
        "json_object(" + ", ".join(f"'{n}', {_sqlite_value(columns[n])}" for n in part) + ")"
        for part in parts
    ]
    if len(objects) == 1:
        return objects[0]
    inner = " || ',' || ".join(f"substr({made}, 2, length({made}) - 2)" for made in objects)
    return f"'{{' || {inner} || '}}'"


def _sqlite_value(column: Column) -> str:
    name = column._meta.name
    if isinstance(column, Boolean):
        return f"CASE {name} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END"
    if isinstance(column, JSON | JSONB):
        return f"json({name})"
    return name
