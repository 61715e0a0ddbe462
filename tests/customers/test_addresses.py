"""Splitting address lines as sheets have them."""

from __future__ import annotations

import pytest

from roundsman.customers.addresses import split_address


@pytest.mark.parametrize(
    ("text", "hints", "parts"),
    [
        ("上海市黄浦区四川北路1689号", ("", ""), ("上海市", "上海市", "黄浦区", "四川北路1689号")),
        ("南京市南京市玄武区中山路1号", ("", ""), ("江苏省", "南京市", "玄武区", "中山路1号")),
        ("玄武区中山路1号", ("江苏", "南京"), ("江苏省", "南京市", "玄武区", "中山路1号")),
        ("黄浦区, 汇暻生活广场", ("", "上海市"), ("上海市", "上海市", "黄浦区", "汇暻生活广场")),
        ("牡丹江路5号", ("上海", ""), ("上海市", "上海市", "", "牡丹江路5号")),
        ("吉林路8号", ("", ""), ("", "", "", "吉林路8号")),
        ("县前街5号", ("", ""), ("", "", "", "县前街5号")),
        ("县城东路1号", ("江苏省", ""), ("江苏省", "", "", "县城东路1号")),
        ("", ("", "重庆"), ("重庆市", "重庆市", "", "")),
    ],
)
def test_split_address(text: str, hints: tuple[str, str], parts: tuple[str, str, str, str]) -> None:
    address = split_address(text, *hints)
    assert (address.province, address.city, address.county, address.street) == parts
