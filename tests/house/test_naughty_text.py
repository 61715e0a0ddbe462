"""Texts nobody expects, through the door and back by the feed: each is refused or kept exactly, never a crash."""

from __future__ import annotations

import json
from typing import Any

import pytest

from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import clocks, make_visit
from tests.real_data import needs_shared, shared

AWKWARD = [
    "\u0000",
    "a\u0000b",
    "\\u0000",
    "\\\\u0000",
    "\ud800",
    "a\udfffb",
    "\ud83d\ude00",
    "😀𠮷野家",
    "\ufeff\u202e\u200b",
    "\u0001\u001f\u007f\u0085",
    "'; DROP TABLE customers; --",
    "%_\\",
    "$1 ?1 :a {b}",
    "e\u0301 ﬃ Å",
    "٣१",
]
CUSTOMER_FIELDS = (
    *("name", "short_name", "code", "phone", "contact_name", "address"),
    *("province", "city", "county", "street", "remark"),
)


def is_storable(text: str) -> bool:
    """No U+0000 and, once surrogate pairs are joined, no half of one."""
    try:
        joined = text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeError:
        return False
    return "\0" not in joined


async def send(cast: Cast, name: str, args: dict[str, Any]) -> int:
    """Send as plain ASCII JSON, which can also say what is no text. The status."""
    client = await cast.client("rep")
    headers = {"idempotency-key": new_id(), "content-type": "application/json"}
    answer = await client.post(f"/api/commands/{name}", content=json.dumps(args), headers=headers)
    assert answer.status_code < 500, (name, args, answer.text)
    return answer.status_code


async def send_by_phone(cast: Cast, name: str, args: dict[str, Any]) -> str | None:
    phone = await cast.phone("rep")
    return phone.status(await phone.do(name, args))


@pytest.mark.parametrize("field", CUSTOMER_FIELDS)
async def test_awkward_texts_in_every_field_of_a_customer(cast: Cast, field: str) -> None:
    sent: dict[str, str] = {}
    for text in AWKWARD:
        customer_id = new_id()
        args = {"customer_id": customer_id, "name": "甲", "territory_id": cast.territories["north"]}
        if field == "contact_name":
            args["contact_id"] = new_id()
        status = await send(cast, "customers.add", {**args, field: text})
        assert status == (200 if is_storable(text) else 422) or not text.strip(), (field, text)
        if status == 200:
            sent[customer_id] = text.encode("utf-16", "surrogatepass").decode("utf-16")
    phone = await cast.phone("rep")
    rows = phone.rows("customers")
    assert set(rows) == set(sent)
    contacts = {row["customer_id"]: row["name"] for row in phone.rows("contacts").values()}
    for id, text in sent.items():
        if field == "contact_name":
            assert contacts[id] == text.strip()
        elif field == "address":
            assert rows[id]["street"] == " ".join(text.split()).lstrip(" ,，、;；/|·-")
        else:
            assert rows[id][field].strip() == text.strip()


async def test_awkward_texts_by_a_phone(cast: Cast) -> None:
    for text in AWKWARD:
        args = {"customer_id": new_id(), "name": f"甲{text}", "territory_id": cast.territories["north"]}
        status = await send_by_phone(cast, "customers.add", args)
        # Half a character becomes the sign for one that is lost: a batch must never stick in the phone for it.
        assert status == ("rejected" if "\0" in text else "applied"), repr(text)
    names = {row["name"] for row in (await cast.phone("rep")).rows("customers").values()}
    assert {"甲\ufffd", "甲a\ufffdb", "甲😀𠮷野家", "甲😀", "甲\\u0000"} <= names


async def test_awkward_texts_where_a_list_is_searched(cast: Cast) -> None:
    await make_customer(cast)
    for who in ("rep", "administrator"):
        client = await cast.client(who)
        for text in AWKWARD:
            if any("\ud800" <= character <= "\udfff" for character in text):
                continue  # no address can say it
            for path in ("/api/customers", "/api/visits", "/api/identity/people"):
                for name in ("search", "after", "territory", "owner", "person", "day"):
                    answer = await client.get(path, params={name: text})
                    assert answer.status_code < 500, (path, name, text, answer.text)
        for path in ("/api/files/photos/a%00b", "/api/identity/sessions/%00", "/api/files/photos/%ff"):
            answer = await client.request("DELETE" if "sessions" in path else "GET", path)
            assert answer.status_code < 500, (path, answer.text)


async def test_awkward_texts_where_one_signs_in(cast: Cast) -> None:
    for text in AWKWARD:
        for field in ("login", "password"):
            body = {"login": "rep", "password": "x", field: text}
            answer = await cast.anybody().post(
                "/api/identity/sign_in",
                content=json.dumps(body),
                headers={"content-type": "application/json"},
            )
            assert answer.status_code in (403, 422, 503), (text, answer.text)


@needs_shared
@pytest.mark.shared
async def test_naughty_strings_come_back_as_they_were_sent(cast: Cast) -> None:
    texts: list[str] = json.loads(shared("protocol", "blns.json").read_text("utf-8"))
    assert len(texts) == 515
    visit_id = await make_visit(cast, await make_customer(cast))
    photo = {"photo_id": new_id(), "sha256": "a" * 64, "taken_at": now_ms(), "size": 1}
    sent: dict[str, dict[str, str]] = {}
    for start in range(0, len(texts), 50):
        answers = {
            f"k{number}": text for number, text in enumerate(texts[start : start + 50]) if len(text) <= 4000
        }
        step_id = new_id()
        args = {"step_id": step_id, "visit_id": visit_id, "kind": "note", "clocks": clocks()}
        status = await send(cast, "visits.record_step", {**args, "answers": answers})
        assert (status == 200) == all(map(is_storable, answers.values()))
        if status == 200:
            sent[step_id] = answers
        for text in answers.values():
            if 0 < len(text) <= 40:
                titled = {
                    **args,
                    "step_id": new_id(),
                    "title": text,
                    "photos": [{**photo, "photo_id": new_id(), "kind": text}],
                }
                assert await send(cast, "visits.record_step", titled) == (
                    200 if is_storable(text) else 422
                ), text
    phone = await cast.phone("rep")
    rows = phone.rows("visit_steps")
    assert sent
    for step_id, answers in sent.items():
        assert rows[step_id]["answers"] == answers
