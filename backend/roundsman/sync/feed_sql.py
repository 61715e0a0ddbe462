"""SQL made from the registry's feeds: which buckets a row stands in, and a row as JSON. Pure text, nothing
runs here."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from piccolo.columns import JSON, JSONB, Boolean, Column

from roundsman.core.db import DialectName
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


def row_text(feed: Feed, dialect: DialectName, key: str) -> str:
    """A SELECT of the JSON text, the feed's fields in their order, of the row whose id is `key`, a column of the
    statement around it."""
    if dialect == "postgres":
        part = f"(SELECT {', '.join(feed.fields)} FROM {feed.name} WHERE id = {key}) AS part"
        return f"SELECT row_to_json(part)::text FROM {part}"
    columns = {column._meta.name: column for column in feed.table._meta.columns}
    return f"SELECT {_json_object(feed.fields, columns)} FROM {feed.name} WHERE id = {key}"


@lru_cache
def entries_with_rows(feeds: tuple[Feed, ...], dialect: DialectName, condition: str) -> str:
    """A SELECT of (tbl, pk, seq, row) from the feed's entries where `condition` holds, in their order, $1 at most.
    `row` is the text of `row_text`, NULL where there is none (any more)."""
    arms = " ".join(f"WHEN '{feed.name}' THEN ({row_text(feed, dialect, 'sync_feed.pk')})" for feed in feeds)
    return (
        f"SELECT tbl, pk, seq, CASE WHEN op = {PUT} THEN CASE tbl {arms} END END AS row "
        f"FROM sync_feed WHERE {condition} ORDER BY seq LIMIT $1"
    )


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
