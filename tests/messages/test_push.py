"""messages.subscribe, messages.unsubscribe and what is then pushed, read by an implementation that is not ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from roundsman.core import db
from roundsman.core.config import Config
from roundsman.core.times import DAY, HOUR, MINUTE, SECOND, now_ms, start_of_day
from roundsman.messages import rules
from roundsman.messages.commands import Told, tell_each
from roundsman.messages.jobs import contact_of
from roundsman.messages.push_keys import push_keys
from roundsman.messages.push_service import LARGEST, Fate, PushService
from roundsman.messages.sending import AT_ONCE, JOB, send_to
from tests.cast import Cast
from tests.messages.push_mock import Browser, MockService
from tests.phone import Phone, assert_stale_equals_fresh

NOON = start_of_day("2026-12-01") + 12 * HOUR


async def public(_host: str) -> list[str]:
    return ["142.250.1.1"]


@pytest.fixture
def mock() -> MockService:
    return MockService()


@pytest.fixture
async def service(cast: Cast, mock: MockService) -> AsyncIterator[PushService]:
    keys = await push_keys()
    mock.known_key = keys.shown
    made = PushService(keys, contact_of(Config()), transport=mock, resolving=public)
    yield made
    await made.aclose()


async def subscribed(cast: Cast, name: str, browser: Browser, **more: Any) -> Phone:
    """A phone of somebody that is pushed to."""
    phone = await cast.phone(name)
    uuid = phone.act("messages.subscribe", {**browser.subscription(), **more})
    await phone.sync()
    assert phone.status(uuid) == "applied", phone.code(uuid)
    return phone


async def told(cast: Cast, name: str, *keys: str, at: int = 0) -> None:
    async with db.unit_of_work():
        await tell_each([Told(cast.people[name], "comment", "/x", key) for key in keys], at or now_ms())


async def waiting() -> int:
    count: int = await db.fetch_value("SELECT count(*) FROM push_deliveries")
    return count


async def jobs() -> list[int]:
    return [row["run_at"] for row in await db.fetch("SELECT run_at FROM jobs WHERE name = $1", JOB)]


async def test_what_is_told_arrives_readable_and_says_nothing_secret(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    browser = mock.browser()
    phone = await subscribed(cast, "rep", browser, language="en")
    await told(cast, "rep", "a")
    assert len(await jobs()) == 1
    assert await send_to(phone.replica, service, now_ms()) == 1
    message_id = await db.fetch_value("SELECT id FROM messages")
    payload = {"id": message_id, "kind": "comment", "unread": 1, "language": "en"}
    assert mock.received == [(browser.endpoint, payload)]
    assert await waiting() == await send_to(phone.replica, service, now_ms()) == 0, "once"
    assert list(phone.rows("push_subscriptions")) == [phone.replica]
    assert browser.endpoint not in str(phone.everything())
    await phone.sync()
    await assert_stale_equals_fresh(phone)


async def test_only_his_own_phones_hear_and_muted_or_read_is_not_sent(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    mine, other = mock.browser("mine"), mock.browser("other")
    phone = await subscribed(cast, "rep", mine)
    await subscribed(cast, "manager", other)
    await cast.done("rep", "messages.mute", kind="comment", is_muted=True)
    await told(cast, "rep", "muted")
    assert await waiting() == 0
    await cast.done("rep", "messages.mute", kind="comment", is_muted=False)
    await told(cast, "rep", "read", "heard")
    read = await db.fetch_value("SELECT id FROM messages WHERE key = 'read'")
    await cast.done("rep", "messages.read", message_ids=[read])
    assert await send_to(phone.replica, service, now_ms()) == 1
    assert [endpoint for endpoint, _ in mock.received] == [mine.endpoint]
    assert await waiting() == 0


async def test_unsubscribed_signed_out_or_shut_out_phones_hear_nothing(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    phone = await subscribed(cast, "rep", mock.browser("a"))
    phone.act("messages.unsubscribe", {})
    await phone.sync()
    await told(cast, "rep", "a")
    assert (await waiting(), phone.rows("push_subscriptions")) == (0, {})
    lost = await subscribed(cast, "rep", mock.browser("b"))
    await told(cast, "rep", "b")
    await cast.done("administrator", "identity.revoke_replica", replica_id=lost.replica)
    assert await send_to(lost.replica, service, now_ms()) == await waiting() == 0
    assert mock.asked == []


async def test_whoever_has_the_browser_now_takes_it_over(cast: Cast, mock: MockService) -> None:
    browser = mock.browser()
    await subscribed(cast, "rep", browser)
    phone = await subscribed(cast, "other_rep", browser)
    rows = await db.fetch("SELECT id, person_id FROM push_subscriptions")
    assert rows == [{"id": phone.replica, "person_id": cast.people["other_rep"]}]


async def test_quiet_hours_hold_back_until_they_are_over(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await cast.done("rep", "messages.set_quiet_hours", quiet_from=22 * 60, quiet_until=7 * 60)
    night = NOON + 11 * HOUR + 20 * SECOND
    await told(cast, "rep", "a", at=night)
    assert await send_to(phone.replica, service, night) == 0
    assert (await waiting(), mock.asked) == (1, [])
    morning = NOON + 19 * HOUR
    assert morning in await jobs()
    assert await send_to(phone.replica, service, morning) == 1


@pytest.mark.parametrize("status", [404, 410, 403])
async def test_what_is_gone_is_removed(
    cast: Cast, mock: MockService, service: PushService, status: int
) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await told(cast, "rep", "a", "b")
    mock.answers.append(httpx.Response(status))
    assert await send_to(phone.replica, service, now_ms()) == 0
    assert await db.fetch("SELECT id FROM push_subscriptions") == []
    assert (await waiting(), len(mock.asked)) == (0, 1)
    await phone.sync()
    assert phone.rows("push_subscriptions") == {}


async def test_a_busy_service_is_left_alone_as_long_as_it_asked(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await told(cast, "rep", "a", "b", at=NOON)
    mock.answers.append(httpx.Response(429, headers={"retry-after": "120"}))
    assert await send_to(phone.replica, service, NOON) == 0
    assert NOON + 120 * SECOND in await jobs()
    await told(cast, "rep", "c", at=NOON)
    assert await send_to(phone.replica, service, NOON + MINUTE) == 0
    assert len(mock.asked) == 1, "not asked meanwhile"
    assert await send_to(phone.replica, service, NOON + 120 * SECOND) == 3
    assert await db.fetch_value("SELECT failure_count FROM push_subscriptions") == 0


async def test_it_goes_on_failing_ever_more_slowly_and_gives_up_what_is_old(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await told(cast, "rep", "a", at=NOON)
    waits, now = [], NOON
    for _ in range(4):
        mock.answers.append(httpx.Response(503))
        await send_to(phone.replica, service, now)
        until = await db.fetch_value("SELECT paused_until FROM push_subscriptions")
        waits.append(until - now)
        now = until
    assert waits == [5 * SECOND, 10 * SECOND, 20 * SECOND, 40 * SECOND]
    assert await send_to(phone.replica, service, NOON + DAY) == await waiting() == 0


async def test_of_many_only_the_newest_ring(cast: Cast, mock: MockService, service: PushService) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    for number in range(AT_ONCE + 3):
        await told(cast, "rep", str(number), at=NOON + number)
    assert await send_to(phone.replica, service, NOON + MINUTE) == AT_ONCE
    assert await waiting() == 0
    newest = await db.fetch_value("SELECT id FROM messages ORDER BY at DESC LIMIT 1")
    assert mock.received[-1][1] == {
        "id": newest,
        "kind": "comment",
        "unread": AT_ONCE + 3,
        "language": "zh-CN",
    }


async def test_several_workers_at_once_send_once(cast: Cast, mock: MockService, service: PushService) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await told(cast, "rep", "a", "b", "c")
    now = now_ms()
    tries = [db.start_task(send_to(phone.replica, service, now)) for _ in range(4)]
    sent = await asyncio.gather(*tries, return_exceptions=True)
    # On PostgreSQL who comes too late may be told to try again, as a job is.
    assert sum(one for one in sent if isinstance(one, int)) == len(mock.received) == 3


async def test_a_dropped_delivery_is_taken_up_again(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    phone = await subscribed(cast, "rep", mock.browser())
    await told(cast, "rep", "a", at=NOON)
    async with db.unit_of_work():
        await db.execute("UPDATE push_deliveries SET leased_until = $1", NOON + 50 * SECOND)
    assert await send_to(phone.replica, service, NOON) == 0
    assert await send_to(phone.replica, service, NOON + MINUTE) == 1


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["142.250.1.1", "10.0.0.5"], ["::ffff:169.254.169.254"], []]
)
async def test_nothing_is_sent_to_an_address_that_is_not_public(
    cast: Cast, mock: MockService, addresses: list[str]
) -> None:
    async def resolving(_host: str) -> list[str]:
        return addresses

    service = PushService(await push_keys(), "a@b.cn", transport=mock, resolving=resolving)
    subscription = mock.browser().subscription()
    assert (await service.hand_over(subscription, {}, "t")).fate is Fate.LATER
    await service.aclose()
    assert mock.asked == []


async def test_a_redirect_is_not_followed_and_what_is_too_large_not_sent(
    cast: Cast, mock: MockService, service: PushService
) -> None:
    subscription = mock.browser().subscription()
    mock.answers.append(httpx.Response(307, headers={"location": "http://127.0.0.1/"}))
    assert (await service.hand_over(subscription, {}, "t")).fate is Fate.REFUSED
    assert len(mock.asked) == 1
    room = LARGEST - len('{"a":""}')
    assert (await service.hand_over(subscription, {"a": "x" * room}, "t")).fate is Fate.SENT
    assert (await service.hand_over(subscription, {"a": "x" * (room + 1)}, "t")).fate is Fate.REFUSED
    assert len(mock.asked) == 2


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"endpoint": "https://127.0.0.1:6379/"}, "messages.push_service_unknown"),
        ({"endpoint": "http://fcm.googleapis.com/x"}, "messages.push_service_unknown"),
        ({"p256dh": "A" * 87}, "messages.push_keys_unusable"),
        ({"auth": "A" * 20}, "messages.push_keys_unusable"),
    ],
)
async def test_subscribe_refuses_what_cannot_be_pushed_to(
    cast: Cast, mock: MockService, changed: dict[str, str], code: str
) -> None:
    phone = await cast.phone("rep")
    uuid = phone.act("messages.subscribe", {**mock.browser().subscription(), **changed})
    await phone.sync()
    assert (phone.status(uuid), phone.code(uuid)) == ("rejected", code)
    assert await db.fetch("SELECT id FROM push_subscriptions") == []


async def test_subscribe_is_a_phones(cast: Cast, mock: MockService) -> None:
    answer = await cast.do("clerk", "messages.subscribe", **mock.browser().subscription())
    assert (answer.status_code, answer.json()["code"]) == (422, "messages.no_phone")


async def test_the_key_is_one_for_all_and_only_for_whoever_is_signed_in(cast: Cast) -> None:
    keys = [
        (await (await cast.client(name)).get("/api/messages/push_key")).json() for name in ("rep", "clerk")
    ]
    assert keys == [{"key": (await push_keys()).shown}] * 2
    assert (await cast.anybody().get("/api/messages/push_key")).status_code == 401


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b", "fcm.googleapis.com"),
        ("https://updates.push.services.mozilla.com/wpush/v2/x", "updates.push.services.mozilla.com"),
        ("https://web.push.apple.com/x", "web.push.apple.com"),
        ("https://fcm.googleapis.com:443/x", "fcm.googleapis.com"),
        ("https://fcm.googleapis.com:8443/x", None),
        ("https://fcm.googleapis.com.evil.cn/x", None),
        ("https://evilpush.apple.com.cn/x", None),
        ("https://user@fcm.googleapis.com/x", None),
        ("https://127.0.0.1\\@fcm.googleapis.com/x", None),
        ("https://fcm.googleapis.com:x/", None),
        ("https://[::1/", None),
        ("ftp://fcm.googleapis.com/x", None),
        ("https://fcm.googleapis.com/" + "x" * 1000, None),
    ],
)
def test_push_host(endpoint: str, host: str | None) -> None:
    assert rules.push_host(endpoint) == host


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("142.250.1.1", True),
        ("2607:f8b0::1", True),
        *(
            (bad, False)
            for bad in ("10.1.2.3", "100.64.0.1", "0.0.0.0", "224.0.0.1", "fe80::1%eth0", "fd00::1")
        ),
        *(
            (bad, False)
            for bad in ("::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b:1::1", "64:ff9b::a00:1")
        ),
    ],
)
def test_is_public(address: str, expected: bool) -> None:
    assert rules.is_public(address) is expected


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", 120_000),
        ("999999999999", DAY),
        ("Tue, 01 Dec 2026 04:01:00 GMT", MINUTE),
        ("Tue, 01 Dec 2025 04:01:00 GMT", 0),
        ("", 0),
        ("soon", 0),
        ("-5", 0),
    ],
)
def test_retry_after(header: str, wait: int) -> None:
    assert rules.retry_after_ms(header, NOON) == wait
