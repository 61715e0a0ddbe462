"""Splits a Chinese address line into province, city, county and street, by the tree of divisions in divisions.csv.

The tree is china-division 2.7.0 (WTFPL): GB/T 2260 codes, two digits a level. What is not sure stays in the street:
a wrong county is worse than none. Hong Kong, Macao and Taiwan are not in the tree and stay unsplit.
The phone's twin is pwa/src/customers/addresses.ts; both run tests/vectors/customers/addresses.json.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from importlib import resources

MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Beijing, Tianjin, Shanghai, Chongqing: the province is the city."""

_ENDINGS = re.compile(r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|新区|省|市|盟|区|县)$")
_PREFECTURE = re.compile(
    r"(?:(?:朝鲜|土家|苗|藏|羌|彝|布依|侗|哈尼|壮|傣|白|景颇|傈僳|回|蒙古|哈萨克|柯尔克孜)族?)+自治州$"
)
"""What an autonomous prefecture is called after its name: 大理 白族自治州."""
_ROAD = re.compile(r"[东南西北中]?(?:[一二三四五六七八九十]?[路街]|大[路街道])")
_NO_NAME_BEFORE = re.compile(_ROAD.pattern + r"|[东南西北中]?站|大厦|[省市州盟旗道弄巷区县镇乡村桥]")
"""Before one of these a short name was something else: 牡丹江路, 南京东路, 中山北一路, 朝阳区, 大理市."""

_BETWEEN = re.compile(r"^[\s,，、;；/|·\-]+")


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address in full names; empty where unknown."""

    province: str
    city: str
    county: str
    street: str


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    name: str

    @property
    def names(self) -> tuple[str, ...]:
        """Ways it is written; a county only by its full name, since short ones are also words."""
        if len(self.code) == 6:
            return (self.name,)
        if self.name.endswith("自治州"):
            short = _PREFECTURE.sub("", self.name)
            return (self.name, f"{short}州", short)
        short = _ENDINGS.sub("", self.name)
        return (self.name, short) if len(short) >= 2 else (self.name,)

    def stands_before(self, name: str, text: str, end: int) -> bool:
        """Whether `name`, one of the ways it is written, means it in `text`, where it ends at `end`."""
        if name == self.name:
            return not (name.endswith("市") and text.startswith("场", end))
        return not _NO_NAME_BEFORE.match(text, end)


@functools.cache
def _tree() -> dict[str, _Division]:
    """All divisions by code, in the order of their codes."""
    text = resources.files(__package__).joinpath("divisions.csv").read_text("utf-8")
    return {row["code"]: _Division(row["code"], row["name"]) for row in csv.DictReader(text.splitlines())}


_PROVINCE, _CITY, _COUNTY = 2, 4, 6
"""Digits of a division's code."""


@functools.cache
def _written(level: int, under: str) -> tuple[int, dict[str, list[_Division]]]:
    """The divisions of a level below a code by every way they are written, and the longest such name's length."""
    found: dict[str, list[_Division]] = {}
    for code, division in _tree().items():
        if len(code) == level and code.startswith(under):
            for name in division.names:
                found.setdefault(name, []).append(division)
    return max(map(len, found), default=0), found


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
    found_province, rest = _take(rest, _PROVINCE)
    if found_province is None and province:
        found_province, _ = _take(province, _PROVINCE)
    found_city: _Division | None = None
    is_municipality = found_province is not None and found_province.code in MUNICIPALITIES
    if not is_municipality:
        under = found_province.code if found_province else ""
        found_city, rest = _take(rest, _CITY, under)
        if found_city is None and city:
            found_city, _ = _take(city, _CITY, under)
            if found_city is None and found_province is None:
                named, _ = _take(city, _PROVINCE)
                found_province = named if named and named.code in MUNICIPALITIES else None
                is_municipality = found_province is not None
    county, rest = _take_county(rest, found_province, found_city)
    if county is None and (above := found_city or (found_province if is_municipality else None)):
        # Written twice ("南京市南京市玄武区"), once in its own column, or as in the list ("上海市 市辖区 黄浦区").
        _, shorter = _take(rest, len(above.code), above.code)
        if is_municipality:
            _, shorter = _take(shorter, _CITY, above.code)
        if shorter != rest:
            county, rest = _take_county(shorter, found_province, found_city)
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


def _take(text: str, level: int, under: str = "") -> tuple[_Division | None, str]:
    """The division whose longest written name `text` begins with, among those of a level below a code, and what
    follows; (None, text) without one.
    """
    longest, written = _written(level, under)
    for length in range(min(longest, len(text)), 1, -1):
        name = text[:length]
        for division in written.get(name, ()):
            if division.stands_before(name, text, length):
                return division, _BETWEEN.sub("", text[length:])
    return None, text


def _take_county(
    text: str, province: _Division | None, city: _Division | None
) -> tuple[_Division | None, str]:
    above = city or province
    if above is not None:
        return _take(text, _COUNTY, above.code)
    for length in range(min(len(text), 15), 1, -1):
        counties = _counties_by_name().get(text[:length], [])
        if len(counties) != 1 or _ROAD.match(text, length):
            continue
        if counties[0].stands_before(counties[0].name, text, length):
            return counties[0], _BETWEEN.sub("", text[length:])
    return None, text
