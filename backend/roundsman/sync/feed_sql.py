"""SQL made from the registry's feeds: which buckets a row stands in, and a row as JSON. Pure text, nothing
runs here."""

import re
from collections.abc import Sequence
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


def rows_by_id(feed: Feed, dialect: DialectName) -> str:
    """A SELECT of (pk, body) for the ids in $1, `body` being the row's JSON text in the order of the feed's
    fields."""
    columns = {column._meta.name: column for column in feed.table._meta.columns}
    if dialect == "postgres":
        names = ", ".join(feed.fields)
        return (
            f"SELECT part.id AS pk, row_to_json(part)::text AS body "
            f"FROM (SELECT {names} FROM {feed.name} WHERE id = ANY($1::text[])) AS part"
        )
    return (
        f"SELECT id AS pk, {_json_object(feed.fields, columns)} AS body "
        f"FROM {feed.name} WHERE id IN (SELECT value FROM json_each($1))"
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
        return f"json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"
    if isinstance(column, JSON | JSONB):
        return f"json({name})"
    return name
