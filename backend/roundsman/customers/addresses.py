"""Splits a Chinese address line into province, city, county and street, by the tree of divisions in divisions.csv.

The tree is china-division 2.7.0 (WTFPL): GB/T 2260 codes, two digits a level. What is not sure stays in the street:
a wrong county is worse than none. Hong Kong, Macao and Taiwan are not in the tree and stay unsplit.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Beijing, Tianjin, Shanghai, Chongqing: the province is the city."""

_ENDINGS = re.compile(
    r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|土家族苗族自治州|自治州|地区|新区|省|市|盟|区|县)$"
)
_NO_NAME_BEFORE = frozenset("路街道弄巷区县镇乡村桥站")
"""After one of these a short name was something else: 牡丹江路, 朝阳区."""

_BETWEEN = re.compile(r"^[\s,，、;；/|·\-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address in full names; empty where unknown."""

    province: str
    city: str
    county: str
    street: str


@dataclass(slots=True)
class _Division:
    code: str
    name: str
    below: list[_Division] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        """Ways it is written, longest first; a county only by its full name, since short ones are also words."""
        if len(self.code) == 6:
            return (self.name,)
        short = _ENDINGS.sub("", self.name)
        return (self.name, short) if len(short) >= 2 else (self.name,)


@functools.cache
def _tree() -> dict[str, _Division]:
    """All divisions by code, each with those below it."""
    text = resources.files(__package__).joinpath("divisions.csv").read_text("utf-8")
    divisions = {
        row["code"]: _Division(row["code"], row["name"]) for row in csv.DictReader(text.splitlines())
    }
    for code, division in divisions.items():
        if len(code) > 2:
            divisions[code[:-2]].below.append(division)
    return divisions


@functools.cache
def _counties_by_name() -> dict[str, list[_Division]]:
    found: dict[str, list[_Division]] = {}
    for code, division in _tree().items():
        if len(code) == 6:
            found.setdefault(division.name, []).append(division)
    return found


def split_address(text: str, province: str = "", city: str = "") -> Address:
    """Split one line; `province` and `city` are hints from other columns of a sheet, in short or full names.

    A line that names only a county is completed upwards when that county's name exists once in the country, or once
    under the hints.
    """
    rest = _BETWEEN.sub("", " ".join(text.split()))
    found_province, rest = _take(rest, _provinces())
    if found_province is None and province:
        found_province, _ = _take(province, _provinces())
    found_city: _Division | None = None
    if found_province is not None and found_province.code in MUNICIPALITIES:
        again, shorter = _take(rest, iter([found_province]))
        rest = shorter if again is not None else rest
    else:
        found_city, rest = _take(rest, _cities(found_province))
        if found_city is None and city:
            found_city, _ = _take(city, _cities(found_province))
            if found_city is None and found_province is None:
                found_province, _ = _take(city, (one for one in _provinces() if one.code in MUNICIPALITIES))
        if found_city is not None:
            # Data with the city written twice ("南京市南京市玄武区") or once in its own column.
            again, shorter = _take(rest, iter([found_city]))
            rest = shorter if again is not None else rest
    county, rest = _take_county(rest, found_province, found_city)
    if county is not None:
        found_city = _tree()[county.code[:4]]
    if found_city is not None:
        found_province = _tree()[found_city.code[:2]]
    return Address(
        province=found_province.name if found_province else "",
        city=_city_name(found_province, found_city),
        county=county.name if county else "",
        street=rest,
    )


def _city_name(province: _Division | None, city: _Division | None) -> str:
    if province is not None and province.code in MUNICIPALITIES:
        return province.name
    if city is None or "直辖" in city.name:
        return ""
    return city.name


def _provinces() -> Iterator[_Division]:
    return (division for code, division in _tree().items() if len(code) == 2)


def _cities(province: _Division | None) -> Iterator[_Division]:
    if province is not None:
        return iter(province.below)
    return (division for code, division in _tree().items() if len(code) == 4)


def _take(text: str, among: Iterator[_Division]) -> tuple[_Division | None, str]:
    """The division whose longest written name `text` begins with, and what follows; (None, text) without one."""
    best: tuple[int, _Division] | None = None
    for division in among:
        for name in division.names:
            if not text.startswith(name) or (best is not None and len(name) <= best[0]):
                continue
            if name == division.name or text[len(name) : len(name) + 1] not in _NO_NAME_BEFORE:
                best = (len(name), division)
    if best is None:
        return None, text
    return best[1], _BETWEEN.sub("", text[best[0] :])


def _take_county(
    text: str, province: _Division | None, city: _Division | None
) -> tuple[_Division | None, str]:
    if city is not None:
        return _take(text, iter(city.below))
    if province is not None:
        return _take(text, (county for one in province.below for county in one.below))
    for length in range(min(len(text), 15), 1, -1):
        counties = _counties_by_name().get(text[:length], [])
        if len(counties) == 1:
            return counties[0], _BETWEEN.sub("", text[length:])
    return None, text
