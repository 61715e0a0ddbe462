"""Makes arguments of any command from its own payload type: right ones, and ones with something wrong somewhere.

Ids are places to be filled in by whoever sends them ("@customer_id:3"), since what exists is known only then.
"""

from __future__ import annotations

import copy
from typing import Any, Final

import msgspec
from hypothesis import strategies as st

from roundsman.core.domain import Command

Made = st.SearchStrategy[Any]

JUNK: Final = (
    *(None, True, -1, 0, 2**31, 2**53, 2**63, -(2**63) - 1, 10**30, 0.5, 1e300),
    *("", " ", "x" * 5000, "\0", "\ud800", "😀\u202e", "@new", "9999-99-99", "2026-02-30", "2026-01-01"),
    *([], {}, [[]], [None], {"": None}, {"a": {"a": {"a": []}}}),
)
"""What nobody writes on purpose."""
WORDS: Final = st.sampled_from(
    ["", "x", "甲", "和平便利店", "flag", "photo", "note", "form", "any", "SECRET1"]
) | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def arguments_of(command: Command) -> Made:
    """JSON values: mostly objects of the command's shape, one in three with one thing wrong, a few nothing like it."""
    (schema,), parts = msgspec.json.schema_components([command.payload], ref_template="{name}")
    right = _value(schema, parts, "")
    return st.one_of(right, right, right, right, st.builds(spoilt, right, st.integers(0, 2**32)),
                     st.builds(spoilt, right, st.integers(0, 2**32)), st.sampled_from(JUNK))  # fmt: skip


def filled(value: Any, ids: dict[str, list[str]], new: Any) -> Any:
    """The value with its places filled: `ids` by the name of the field that holds them, `new` makes one nobody has."""
    if isinstance(value, dict):
        return {key: filled(one, ids, new) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, ids, new) for one in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    name, _, place = value[1:].partition(":")
    known = ids.get(name) or []
    return known[int(place or 0) % len(known)] if known else new()


def _value(schema: dict[str, Any], parts: dict[str, Any], name: str) -> Made:
    if "$ref" in schema:
        return _value(parts[schema["$ref"]], parts, name)
    if "anyOf" in schema:
        return st.one_of([_value(one, parts, name) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "object" and "properties" in schema:
        return _struct(schema, parts)
    if kind == "object":
        inner = schema.get("additionalProperties")
        values = _value(inner, parts, name) if isinstance(inner, dict) else _anything()
        return st.dictionaries(WORDS.filter(bool), values, max_size=3)
    if kind == "array":
        return _list(schema, parts, name)
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        low, high = schema.get("minimum", -(2**40)), schema.get("maximum", 2**40)
        return st.sampled_from([low, high]) | st.integers(low, high) | st.integers(low, min(high, low + 9))
    return {"boolean": st.booleans(), "null": st.none()}.get(kind or "", _anything())


def _struct(schema: dict[str, Any], parts: dict[str, Any]) -> Made:
    needed = set(schema.get("required", ()))
    fields = {key: _value(one, parts, key) for key, one in schema["properties"].items()}
    return st.fixed_dictionaries(
        {key: one for key, one in fields.items() if key in needed},
        optional={key: one for key, one in fields.items() if key not in needed},
    )


def _list(schema: dict[str, Any], parts: dict[str, Any], name: str) -> Made:
    if "prefixItems" in schema:
        return st.tuples(*(_value(one, parts, name) for one in schema["prefixItems"])).map(list)
    most = min(schema.get("maxItems", 3), 3)
    return st.lists(
        _value(schema.get("items", {}), parts, name), min_size=schema.get("minItems", 0), max_size=most
    )


def _text(schema: dict[str, Any], name: str) -> Made:
    pattern = schema.get("pattern", "")
    if "[89ab]" in pattern or name == "uuid":
        own = name.removesuffix("s")
        return st.sampled_from(
            [*(f"@{own}:{place}" for place in range(6)), "@new", "@new", "@customer_id", "@person_id"]
        )
    if pattern:
        return st.from_regex(pattern, fullmatch=True)
    low, high = schema.get("minLength", 0), schema.get("maxLength", 200)
    return WORDS.filter(lambda text: low <= len(text) <= high) | st.sampled_from(
        ["x" * high, "😀" * max(low, high // 2)]
    )


def _anything() -> Made:
    return st.recursive(
        st.none() | st.booleans() | st.integers(-3, 3) | WORDS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
        max_leaves=4,
    )


def spoilt(value: Any, dice: int) -> Any:
    """One thing of it taken away, replaced by junk, doubled, or added."""
    made = copy.deepcopy(value)
    places: list[tuple[Any, Any]] = []
    _collect(made, places)
    if not places:
        return JUNK[dice % len(JUNK)]
    holder, key = places[dice % len(places)]
    how = (dice >> 8) % 6
    if how == 0:
        del holder[key]
    elif how == 1 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif how == 2 and isinstance(holder, dict):
        holder["unknown 未知"] = JUNK[(dice >> 16) % len(JUNK)]
    else:
        holder[key] = JUNK[(dice >> 16) % len(JUNK)]
    return made


def _collect(value: Any, places: list[tuple[Any, Any]]) -> None:
    for key, one in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        places.append((value, key))
        if isinstance(one, dict | list):
            _collect(one, places)
