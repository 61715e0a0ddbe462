"""visits.ask_follow_up, visits.withdraw_follow_up and the steps that answer: what a manager asks of the next visit to a
customer stands on the phone of whoever goes there, and the answer beside it.
"""

from __future__ import annotations

from typing import Any

from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import Cast
from tests.make.customers import make_customer
from tests.make.visits import clocks, make_visit
from tests.phone import Phone, assert_stale_equals_fresh


async def ask(cast: Cast, customer_id: str, text: str = " 拍一下冰柜 ", **fields: Any) -> str:
    follow_up_id = new_id()
    given = {"follow_up_id": follow_up_id, "customer_id": customer_id, "text": text, **fields}
    await cast.done("manager", "visits.ask_follow_up", **given)
    return follow_up_id


def step(visit_id: str, follow_up_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "step_id": new_id(),
        "visit_id": visit_id,
        "follow_up_id": follow_up_id,
        "kind": "note",
        "title": "拍一下冰柜",
        "clocks": clocks(),
        **fields,
    }


def says(visit_id: str, follow_up_id: str, text: str, **fields: Any) -> dict[str, Any]:
    return step(visit_id, follow_up_id, answers={"text": text}, **fields)


async def one(phone: Phone, follow_up_id: str) -> dict[str, Any]:
    await phone.sync()
    return phone.rows("follow_ups")[follow_up_id]


async def test_what_is_asked_stands_on_the_phones_of_the_rep_and_his_managers_only(cast: Cast) -> None:
    phones = {name: await cast.phone(name) for name in ("rep", "manager", "administrator")}
    strangers = [await cast.phone(name) for name in ("stranger", "other_rep", "clerk", "agent")]
    customer_id = await make_customer(cast, owner_id=cast.people["rep"])
    follow_up_id = await ask(cast, customer_id)
    for phone in phones.values():
        row = await one(phone, follow_up_id)
        assert (row["state"], row["text"], row["person_id"]) == ("open", "拍一下冰柜", cast.people["rep"])
        await assert_stale_equals_fresh(phone)
    for phone in strangers:
        await phone.sync()
        assert not phone.rows("follow_ups")
    # The same once more, as when the first answer was lost.
    again = {"follow_up_id": follow_up_id, "customer_id": customer_id, "text": "别的"}
    await cast.done("manager", "visits.ask_follow_up", **again)
    assert (await one(phones["rep"], follow_up_id))["text"] == "拍一下冰柜"


async def test_only_who_answers_for_the_customer_may_ask(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    await cast.assign("manager", "west")
    far = await make_customer(cast, "stranger", territory_id=cast.territories["west"])
    for who, where, status in (
        ("rep", customer_id, 403),
        ("stranger", customer_id, 403),
        ("clerk", customer_id, 403),
        ("manager", far, 404),
        ("administrator", far, 200),
    ):
        asked = {"follow_up_id": new_id(), "customer_id": where, "text": "x"}
        assert (await cast.do(who, "visits.ask_follow_up", **asked)).status_code == status, who
    empty = {"follow_up_id": new_id(), "customer_id": customer_id, "text": "  "}
    answer = await cast.do("manager", "visits.ask_follow_up", **empty)
    assert (answer.status_code, answer.json()["code"]) == (422, "visits.follow_up_empty")
    theirs = await ask(cast, customer_id)
    taken = {"follow_up_id": theirs, "customer_id": customer_id, "text": "x"}
    assert (await cast.do("administrator", "visits.ask_follow_up", **taken)).status_code == 404
    assert (
        await cast.do("administrator", "visits.withdraw_follow_up", follow_up_id=theirs)
    ).status_code == 404


async def test_a_step_answers_and_may_say_it_better(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    follow_up_id, visit_id = await ask(cast, customer_id), await make_visit(cast, customer_id)
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    first = says(visit_id, follow_up_id, " 冰柜坏了 ")
    assert phone.status(await phone.do("visits.record_step", first)) == "applied"
    row = await one(manager, follow_up_id)
    assert (row["state"], row["answer"], row["visit_id"]) == ("answered", "冰柜坏了", visit_id)
    assert manager.rows("visit_steps")[first["step_id"]]["follow_up_id"] == follow_up_id
    await phone.do("visits.record_step", {**first, "answers": {"text": "修好了"}})
    assert (await one(manager, follow_up_id))["answer"] == "修好了"
    for each in (phone, manager):
        await assert_stale_equals_fresh(each)


async def test_of_two_answers_the_later_stands_in_whatever_order_they_arrive(cast: Cast) -> None:
    customer_id, now = await make_customer(cast), now_ms()
    follow_up_id, visit_id = await ask(cast, customer_id), await make_visit(cast, customer_id)
    phone = await cast.phone("rep")
    await phone.do("visits.record_step", says(visit_id, follow_up_id, "后来", clocks=clocks(now)))
    await phone.do("visits.record_step", says(visit_id, follow_up_id, "先前", clocks=clocks(now - 60_000)))
    assert (await one(phone, follow_up_id))["answer"] == "后来"
    assert len(phone.rows("visit_steps")) == 2


async def test_skipped_with_a_reason_it_stays_open_for_the_next_visit(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    follow_up_id, visit_id = await ask(cast, customer_id), await make_visit(cast, customer_id)
    phone, manager = await cast.phone("rep"), await cast.phone("manager")
    skipped = step(visit_id, follow_up_id, reason=" 店主不在 ")
    assert phone.status(await phone.do("visits.skip_step", skipped)) == "applied"
    row = await one(manager, follow_up_id)
    assert (row["state"], row["skip_reason"]) == ("open", "店主不在")
    assert manager.rows("visits")[visit_id]["flags"] == ["step_skipped"]
    uuid = await phone.do("visits.skip_step", {**skipped, "follow_up_id": None, "step_id": new_id()})
    assert (phone.status(uuid), phone.code(uuid)) == ("rejected", "invalid")
    # He found him after all; then takes it back while he is still there.
    done = {name: value for name, value in skipped.items() if name != "reason"} | {"answers": {"text": "好"}}
    await phone.do("visits.record_step", done)
    row = await one(manager, follow_up_id)
    assert (row["state"], row["skip_reason"]) == ("answered", "")
    await phone.do("visits.skip_step", skipped)
    row = await one(manager, follow_up_id)
    assert (row["state"], row["answer"], row["answered_at"]) == ("open", "", None)


async def test_an_answer_is_kept_though_the_question_was_withdrawn_meanwhile(cast: Cast) -> None:
    customer_id = await make_customer(cast)
    follow_up_id, visit_id = await ask(cast, customer_id), await make_visit(cast, customer_id)
    phone = await cast.phone("rep")
    await cast.done("manager", "visits.withdraw_follow_up", follow_up_id=follow_up_id)
    assert (await one(phone, follow_up_id))["state"] == "withdrawn"
    await phone.do("visits.skip_step", step(visit_id, follow_up_id, reason="x"))
    assert (await one(phone, follow_up_id))["state"] == "withdrawn"
    await phone.do("visits.record_step", says(visit_id, follow_up_id, "看过了"))
    await cast.done("manager", "visits.withdraw_follow_up", follow_up_id=follow_up_id)
    row = await one(phone, follow_up_id)
    assert (row["state"], row["answer"]) == ("answered", "看过了")


async def test_a_step_that_answers_what_nobody_asked_here_is_kept_all_the_same(cast: Cast) -> None:
    here, elsewhere = await make_customer(cast), await make_customer(cast)
    follow_up_id, visit_id = await ask(cast, elsewhere), await make_visit(cast, here)
    phone = await cast.phone("rep")
    for asked in (follow_up_id, new_id()):
        given = says(visit_id, asked, "好")
        assert phone.status(await phone.do("visits.record_step", given)) == "applied"
        assert phone.rows("visit_steps")[given["step_id"]]["follow_up_id"] is None
    assert (await one(phone, follow_up_id))["state"] == "open"


async def test_it_goes_with_the_customer(cast: Cast) -> None:
    customer_id = await make_customer(cast, owner_id=cast.people["rep"])
    rep, other, manager = await cast.phone("rep"), await cast.phone("other_rep"), await cast.phone("manager")
    follow_up_id = await ask(cast, customer_id)
    assert follow_up_id in rep.rows("follow_ups") or await one(rep, follow_up_id)
    move = {"customer_id": customer_id, "territory_id": cast.territories["south"]}
    await cast.done("manager", "customers.assign", **move, owner_id=cast.people["other_rep"])
    assert (await one(other, follow_up_id))["state"] == "open"
    await cast.done("manager", "customers.assign", **move, owner_id=None)
    assert (await one(other, follow_up_id))["person_id"] == ""
    assert follow_up_id in manager.rows("follow_ups") or await one(manager, follow_up_id)
    await rep.sync()
    assert not rep.rows("follow_ups")
    for phone in (rep, other, manager):
        await assert_stale_equals_fresh(phone)


async def test_a_step_of_an_older_app_is_still_read(cast: Cast) -> None:
    visit_id = await make_visit(cast, await make_customer(cast))
    phone = await cast.phone("rep")
    given = {"step_id": new_id(), "visit_id": visit_id, "kind": "note", "clocks": clocks()}
    uuid = await phone.do("visits.record_step", {**given, "answers": {"text": "好"}}, version=1)
    assert phone.status(uuid) == "applied"
