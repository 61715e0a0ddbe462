"""Paths of the tree, mobiles and invitations; pure."""

from __future__ import annotations

import pytest

from roundsman.agents import rules


def test_a_path_names_everybody_above() -> None:
    top = rules.path_under("", "a")
    assert (top, rules.path_under(top, "b")) == ("/a/", "/a/b/")
    assert [rules.is_below("/a/b/", one) for one in ("a", "b", "c", "")] == [True, True, False, False]


def test_the_digest_is_the_phones() -> None:
    # pwa/src/agents/commands.test.ts knows the same pair.
    assert rules.token_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("12812345678", None),
        ("1381234567", None),
        ("021-61234567", None),
        ("", None),
    ],
)
def test_a_mobile_is_eleven_digits_of_the_mainland(text: str, digits: str | None) -> None:
    assert rules.mobile_of(text) == digits


@pytest.mark.parametrize(
    ("is_revoked", "uses_left", "expires_at", "code"),
    [
        (False, 1, 11, None),
        (True, 1, 11, "agents.invitation_revoked"),
        (False, 1, 10, "agents.invitation_expired"),
        (False, 0, 11, "agents.invitation_used"),
    ],
)
def test_an_invitation_is_good_until(
    is_revoked: bool, uses_left: int, expires_at: int, code: str | None
) -> None:
    found = rules.invitation_fault(is_revoked=is_revoked, uses_left=uses_left, expires_at=expires_at, now=10)
    assert found == code
