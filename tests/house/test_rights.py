"""Rights as a literal table, role × command, and the proof through the door: whoever is not of the team gets
nothing of it and changes nothing in it."""

from __future__ import annotations

from typing import Any, Final

from roundsman.core import db
from roundsman.core.access import ROLES
from roundsman.core.http.document import public_routes
from roundsman.core.ids import new_id
from roundsman.core.times import now_ms
from tests.cast import PASSWORD, Cast, the_registry
from tests.house.test_routes import LETS_LOCKED_IN
from tests.make.customers import DOOR, make_class, make_customer
from tests.make.files import make_jpeg, sha256_of, upload
from tests.make.orders import a_line, an_order, make_goods, make_order, move_to
from tests.make.receivables import collection, make_collection, make_debt
from tests.make.visits import check_in, clocks, make_route, make_visit
from tests.questions import readings_of

EVERYBODY: Final = " ".join(ROLES)
COMMANDS: Final = {
    "agents.approve": "clerk manager administrator",
    "agents.ask_upgrade": "agent",
    "agents.decide_upgrade": "clerk manager administrator",
    "agents.end": "clerk manager administrator",
    "agents.invite": "rep agent clerk manager administrator",
    "agents.move_upline": "clerk manager administrator",
    "agents.refuse": "clerk manager administrator",
    "agents.revoke_invitation": "rep agent clerk manager administrator",
    "agents.set_level": "clerk manager administrator",
    "agents.set_profile": "agent",
    "catalog.add_product": "clerk manager administrator",
    "catalog.edit_product": "clerk manager administrator",
    "catalog.import_rows": "clerk administrator",
    "catalog.put_on_sale": "clerk manager administrator",
    "catalog.set_category": "clerk manager administrator",
    "catalog.set_pictures": "clerk manager administrator",
    "catalog.set_price_list": "clerk manager administrator",
    "catalog.set_prices": "clerk manager administrator",
    "catalog.set_variants": "clerk manager administrator",
    "catalog.use_starter": "clerk manager administrator",
    "customers.add": "rep clerk manager administrator",
    "customers.archive": "clerk manager administrator",
    "customers.ask_pin": "rep clerk manager administrator",
    "customers.assign": "clerk manager administrator",
    "customers.decide_pin": "manager administrator",
    "customers.edit": "rep clerk manager administrator",
    "customers.import_rows": "clerk administrator",
    "customers.remove_contact": "rep clerk manager administrator",
    "customers.set_class": "manager administrator",
    "customers.set_contact": "rep clerk manager administrator",
    "customers.set_level": "clerk manager administrator",
    "customers.set_price_level": "manager administrator",
    "figures.set_policy": "administrator",
    "files.give_up_photo": "manager administrator",
    "identity.add_person": "administrator",
    "identity.add_territory": "administrator",
    "identity.assign": "administrator",
    "identity.change_password": EVERYBODY,
    "identity.deactivate_person": "administrator",
    "identity.edit_person": "administrator",
    "identity.edit_territory": "administrator",
    "identity.move_territory": "administrator",
    "identity.reactivate_person": "administrator",
    "identity.revoke_replica": "administrator",
    "identity.set_password": "administrator",
    "identity.unassign": "administrator",
    "identity.wipe_replica": "administrator",
    "inventory.adjust": "clerk administrator",
    "inventory.import_rows": "clerk administrator",
    "inventory.receive": "clerk administrator",
    "inventory.set_warehouse": "clerk administrator",
    "messages.mute": EVERYBODY,
    "messages.read": EVERYBODY,
    "messages.set_quiet_hours": EVERYBODY,
    "messages.subscribe": EVERYBODY,
    "messages.unsubscribe": EVERYBODY,
    "orders.allocate": "clerk manager",
    "orders.amend": "clerk manager",
    "orders.ask_return": "rep agent clerk manager",
    "orders.cancel": "rep agent clerk manager",
    "orders.close": "clerk manager",
    "orders.discard_draft": "rep agent clerk manager",
    "orders.import_rows": "clerk administrator",
    "orders.pack": "courier clerk",
    "orders.place": "rep agent clerk manager",
    "orders.receive_return": "clerk manager",
    "orders.refuse_return": "clerk manager",
    "orders.review": "clerk manager",
    "orders.save_draft": "rep agent clerk manager",
    "orders.set_policy": "administrator",
    "orders.ship": "courier clerk",
    "orders.sign": "courier clerk",
    "orders.submit": "rep agent clerk manager",
    "receivables.collect": "rep clerk manager",
    "receivables.open_balance": "clerk administrator",
    "receivables.set_terms": "clerk administrator",
    "receivables.void_collection": "clerk administrator",
    "sync.reject_quarantined": "administrator",
    "sync.replay_quarantined": "administrator",
    "targets.import_rows": "clerk administrator",
    "targets.remove": "manager administrator",
    "targets.set": "manager administrator",
    "targets.split": "manager administrator",
    "visits.arrange_stops": "rep manager administrator",
    "visits.ask_follow_up": "manager administrator",
    "visits.check_in": "rep manager",
    "visits.check_out": "rep manager",
    "visits.end_route": "rep manager administrator",
    "visits.plan_route": "rep manager administrator",
    "visits.record_step": "rep manager",
    "visits.set_holidays": "clerk administrator",
    "visits.set_steps": "manager administrator",
    "visits.skip": "rep manager",
    "visits.skip_step": "rep manager",
    "visits.withdraw_follow_up": "manager administrator",
}

STRANGERS: Final = ("stranger", "other_manager", "agent", "courier")
OF_THE_COMPANY: Final = {"customers.set_class", "customers.set_price_level", "visits.set_steps"}
"""What any manager may do, since it is nobody's in particular."""
TABLES: Final = (
    *("customers", "contacts", "customer_pins", "customer_placements", "customer_classes"),
    "price_levels",
    *("accounts", "receivable_items", "collections", "allocations"),
    *("routes", "route_stops", "visits", "visit_steps", "follow_ups", "photos", "step_templates", "holidays"),
    *(
        "order_policy",
        "order_numbers",
        "orders",
        "order_lines",
        "order_moves",
        "order_returns",
        "order_return_lines",
    ),
    *("stocks", "stock_movements", "stock_reservations"),
)


def test_every_command_is_for_the_roles_of_the_table() -> None:
    registry = the_registry()
    found = {
        name: {
            role
            for role in ROLES
            if command.permission is None or command.permission in registry.permissions_of([role])
        }
        for name, command in registry.commands.items()
    }
    assert found == {name: set(roles.split()) for name, roles in COMMANDS.items()}


class Day:
    """Everything one rep has: a customer with contact and asked pin, a route, an open visit with a photo, and orders:
    a draft, one that is placed, and one that was shipped and of which something shall come back.
    """

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.contact_id, self.pin_id, self.step_id, self.photo_id, self.follow_up_id = (
            new_id() for _ in range(5)
        )
        self.content = make_jpeg(120, 80)

    async def live(self) -> None:
        cast = self.cast
        cast.people["other_manager"] = new_id()
        person = {
            "name": "Other Manager",
            "phone": "13911110000",
            "login": "other_manager",
            "password": PASSWORD,
        }
        person_id = cast.people["other_manager"]
        await cast.done(
            "administrator", "identity.add_person", person_id=person_id, roles=["manager"], **person
        )
        await cast.assign("other_manager", "west", "manager")
        self.class_id = await make_class(cast)
        self.customer_id = await make_customer(
            cast,
            name="秘密便利店",
            code="SECRET1",
            phone="13866667777",
            class_id=self.class_id,
            contact_id=self.contact_id,
            contact_name="秘密老板",
        )
        asked = {"latitude_e7": DOOR[0], "longitude_e7": DOOR[1], "accuracy_m": 5, "reason": "搬了"}
        await cast.done("rep", "customers.ask_pin", pin_id=self.pin_id, customer_id=self.customer_id, **asked)
        self.item_id = await make_debt(cast, self.customer_id, 8_765_432, number="秘密单")
        self.collection_id = await make_collection(cast, self.customer_id, 1_234_567, note="秘密")
        self.route_id = await make_route(cast, [self.customer_id])
        self.stop_id = await db.fetch_value("SELECT id FROM route_stops")
        self.visit_id = await make_visit(cast, self.customer_id, reason="秘密")
        photo = {
            "photo_id": self.photo_id,
            "sha256": sha256_of(self.content),
            "kind": "shelf",
            "taken_at": now_ms(),
            "size": len(self.content),
        }
        step = {"step_id": self.step_id, "visit_id": self.visit_id, "kind": "photo", "clocks": clocks()}
        await cast.done("rep", "visits.record_step", **step, answers={"say": "秘密"}, photos=[photo])
        assert (await upload(await cast.client("rep"), self.content)).status_code == 200
        asked = {"follow_up_id": self.follow_up_id, "customer_id": self.customer_id, "text": "秘密"}
        await cast.done("manager", "visits.ask_follow_up", **asked)
        await self.order()

    async def order(self) -> None:
        cast, customer_id = self.cast, self.customer_id
        (self.variant_id,) = await make_goods()
        self.line_id = new_id()
        line = a_line(self.variant_id, line_id=self.line_id)
        self.order_id = await make_order(cast, customer_id, line, note="秘密")
        self.draft_id = new_id()
        draft = {"order_id": self.draft_id, "customer_id": customer_id, "lines": [a_line(self.variant_id)]}
        await cast.done("rep", "orders.save_draft", **draft)
        sent = a_line(self.variant_id)
        self.shipped_id, self.return_id = await make_order(cast, customer_id, sent), new_id()
        await move_to(cast, self.shipped_id, "shipped")
        self.back = {"line_id": sent["line_id"], "quantity_e3": 1000}
        asked = {
            "return_id": self.return_id,
            "lines": [{"return_line_id": new_id(), **self.back}],
            "reason": "破",
        }
        await cast.done("rep", "orders.ask_return", order_id=self.shipped_id, **asked)

    def secrets(self) -> list[str]:
        """What must not be in anything a stranger gets."""
        ids = (self.customer_id, self.contact_id, self.pin_id, self.route_id, self.stop_id)
        orders = (self.order_id, self.draft_id, self.shipped_id, self.return_id, self.line_id)
        money = (self.item_id, self.collection_id, "8765432", "1234567")
        own = (*ids, *orders, *money, self.visit_id, self.step_id, self.photo_id)
        return [*own, "秘密", "SECRET1", "13866667777"]

    def acts(self) -> dict[str, list[dict[str, Any]]]:
        """Well-formed arguments of every command that is about a customer's things, here this rep's."""
        cast, customer_id, visit_id = self.cast, self.customer_id, self.visit_id
        north = cast.territories["north"]
        place = {"latitude_e7": DOOR[0], "longitude_e7": DOOR[1], "accuracy_m": 5}
        step = {"visit_id": visit_id, "kind": "note", "clocks": clocks()}
        stop = {"stop_id": new_id(), "customer_id": customer_id}
        route = {"name": "x", "weekdays": 1, "from_on": "2026-01-01"}
        west = {"person_id": cast.people["stranger"], "territory_id": cast.territories["west"]}
        row = {"row": 2, "customer_id": new_id(), "name": "x", "code": "SECRET1"}
        photo = {"photo_id": self.photo_id, "sha256": "a" * 64, "kind": "x", "taken_at": 1, "size": 1}
        line = a_line(self.variant_id)
        draft = {"order_id": self.draft_id, "customer_id": customer_id, "lines": [a_line(self.variant_id)]}
        move = {"order_id": self.order_id, "expect": "submitted", "reason": "x"}
        back = {"return_line_id": new_id(), **self.back}
        about = {"return_id": self.return_id, "reason": "x"}
        past = {"row": 2, "order_id": new_id(), "number": "X1", "placed_at": 1, "goods_e4": 1}
        return {
            "orders.place": [an_order(customer_id, line)],
            "orders.save_draft": [draft, {**draft, "order_id": new_id()}],
            "orders.discard_draft": [{"order_id": self.draft_id}],
            "orders.submit": [{"order_id": self.draft_id, "expect": "draft"}],
            "orders.review": [{**move, "accept_holds": True}],
            **{f"orders.{verb}": [move] for verb in ("allocate", "pack", "ship", "sign", "close", "cancel")},
            "orders.amend": [{**move, "lines": [{"line_id": self.line_id, "quantity_e3": 2000}]}],
            "orders.ask_return": [
                {"return_id": new_id(), "order_id": self.shipped_id, "lines": [back], "reason": "x"}
            ],
            "orders.receive_return": [about],
            "orders.import_rows": [{"rows": [past], "customer_id": customer_id}],
            "orders.refuse_return": [about],
            "orders.set_policy": [{"tolerance_permille": 1, "on_difference": "hold", "list_age_days": 1}],
            "figures.set_policy": [{"basis": "signed", "peers": "amount"}],
            "customers.add": [{"customer_id": new_id(), "name": "x", "territory_id": north}],
            "customers.edit": [{"customer_id": customer_id, "changes": {"name": ["秘密便利店", "x"]}}],
            "customers.assign": [{"customer_id": customer_id, "territory_id": cast.territories["west"]}],
            "customers.archive": [{"customer_id": customer_id}],
            "customers.set_contact": [
                {"contact_id": self.contact_id, "customer_id": customer_id, "name": "x"},
                {"contact_id": new_id(), "customer_id": customer_id, "name": "x"},
            ],
            "customers.remove_contact": [{"contact_id": self.contact_id}],
            "customers.ask_pin": [{"pin_id": new_id(), "customer_id": customer_id, "reason": "x", **place}],
            "customers.decide_pin": [{"pin_id": self.pin_id, "is_approved": True}],
            "customers.set_class": [{"class_id": self.class_id, "name": "x"}],
            "customers.set_level": [{"customer_id": customer_id, "level_id": None}],
            "customers.set_price_level": [{"level_id": new_id(), "name": "x"}],
            "customers.import_rows": [{"rows": [row], "territory_id": cast.territories["west"]}],
            "receivables.collect": [collection(customer_id, 100)],
            "receivables.open_balance": [
                {"item_id": new_id(), "customer_id": customer_id, "amount": 1, "day_on": "2026-01-01"}
            ],
            "receivables.set_terms": [{"customer_id": customer_id}],
            "receivables.void_collection": [{"collection_id": self.collection_id, "reason": "x"}],
            "visits.plan_route": [
                {"route_id": new_id(), **route, **west, "stops": [stop]},
                {"route_id": self.route_id, **route, **west, "stops": []},
                {"route_id": new_id(), **route, **west, "territory_id": north, "stops": []},
                {
                    "route_id": new_id(),
                    **route,
                    "person_id": cast.people["rep"],
                    "territory_id": north,
                    "stops": [],
                },
            ],
            "visits.end_route": [{"route_id": self.route_id}],
            "visits.arrange_stops": [{"route_id": self.route_id, "stop_ids": [self.stop_id]}],
            "visits.check_in": [check_in(customer_id)],
            "visits.record_step": [
                {"step_id": self.step_id, **step},
                {"step_id": new_id(), **step, "photos": [photo]},
            ],
            "visits.skip_step": [{"step_id": self.step_id, "template_id": new_id(), "reason": "x", **step}],
            "visits.check_out": [{"visit_id": visit_id, "clocks": clocks()}],
            "visits.skip": [
                {"visit_id": new_id(), "customer_id": customer_id, "day_on": "2026-01-01", "reason": "x"}
            ],
            "visits.ask_follow_up": [{"follow_up_id": new_id(), "customer_id": customer_id, "text": "x"}],
            "visits.withdraw_follow_up": [{"follow_up_id": self.follow_up_id}],
            "visits.set_steps": [{"class_id": self.class_id, "templates": []}],
            "visits.set_holidays": [{"year": 2026, "holidays": []}],
        }


async def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of the domains' tables."""
    return {table: await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}


async def test_whoever_is_not_of_the_team_changes_nothing(cast: Cast) -> None:
    day = Day(cast)
    await day.live()
    before = await everything()
    acts = day.acts()
    assert set(acts) == {
        name
        for name in the_registry().commands
        if name.split(".")[0] in ("customers", "receivables", "visits", "orders", "figures")
    }
    for name, payloads in acts.items():
        for args in payloads:
            for who in STRANGERS:
                if who == "other_manager" and name in OF_THE_COMPANY:
                    continue
                answer = await cast.do(who, name, **args)
                assert answer.status_code in (403, 404), (who, name, answer.status_code, answer.text)
                assert not [
                    secret for secret in day.secrets() if secret in answer.text and secret not in str(args)
                ]
            headers = {"idempotency-key": new_id()}
            answer = await cast.anybody().post(f"/api/commands/{name}", json=args, headers=headers)
            assert answer.status_code == 401, name
    assert await everything() == before
    # The same acts of those who may are fine: the payloads are no nonsense that everybody is refused for.
    allowed = {"customers.edit", "customers.set_contact", "visits.record_step", "visits.arrange_stops"}
    for name in (*sorted(allowed), "orders.place", "orders.save_draft", "orders.submit", "orders.ask_return"):
        assert (await cast.do("rep", name, **acts[name][0])).status_code == 200, name


async def test_whoever_is_not_of_the_team_acts_in_vain_by_his_phone_too(cast: Cast) -> None:
    day = Day(cast)
    await day.live()
    before = await everything()
    for who in STRANGERS:
        phone = await cast.phone(who)
        acts = {name: payloads for name, payloads in day.acts().items() if name not in OF_THE_COMPANY}
        uuids = [phone.act(name, args) for name, payloads in acts.items() for args in payloads]
        await phone.sync()
        assert {phone.status(uuid) for uuid in uuids} == {"rejected"}, who
    assert await everything() == before


async def test_whoever_is_not_of_the_team_gets_nothing_by_any_way(cast: Cast) -> None:
    day = Day(cast)
    await day.live()
    filled = {
        "photo_id": day.photo_id,
        "session_id": new_id(),
        "customer_id": day.customer_id,
        "visit_id": day.visit_id,
        "order_id": day.order_id,
        "agent_id": new_id(),
        "product_id": new_id(),
        "token": "x" * 43,
    }
    queries: list[dict[str, str]] = [
        {},
        {"search": "秘密"},
        {"search": "mmbld"},
        {"q": "秘密"},
        {"by": "customer"},
        {"by": "territory"},
        {"key": cast.people["rep"]},
        {"person": cast.people["rep"]},
        {"territory": cast.territories["north"]},
        {"size": "thumb"},
    ]
    asked = {reading.path.format_map(filled): reading.questions(queries) for reading in readings_of(cast.app)}
    assert f"/api/files/photos/{day.photo_id}" in asked
    assert {"/api/visits", "/api/customers", f"/api/receivables/statement/{day.customer_id}"} <= asked.keys()
    for who in (*STRANGERS, "other_rep", None):
        client = cast.anybody() if who is None else await cast.client(who)
        for path, questions in asked.items():
            for query in questions:
                answer = await client.get(path, params=query)
                assert answer.status_code in (200, 401, 403, 404, 422), (who, path, answer.text)
                assert not answer.headers.get("content-type", "").startswith("image/"), (who, path)
                told = [one for one in day.secrets() if one in answer.text and one not in path]
                assert not told, (who, path, query)
        if who is not None:
            phone = await cast.phone(who)
            held = str(phone.everything())
            assert not [secret for secret in day.secrets() if secret in held], who
    for path, needle in (
        ("/api/customers", day.customer_id),
        ("/api/visits", day.visit_id),
        ("/api/receivables/debts", day.customer_id),
    ):
        assert needle in (await (await cast.client("manager")).get(path)).text


async def test_a_blob_of_another_is_not_told_of(cast: Cast) -> None:
    day = Day(cast)
    await day.live()
    sha256 = sha256_of(day.content)
    offer = {"sha256": sha256, "size": len(day.content), "mime": "image/jpeg", "part_size": 65_536}
    answer = await (await cast.client("stranger")).post("/api/files/blobs", json=offer)
    assert answer.json()["state"] == "partial", "somebody else's picture is not one's own"


async def test_the_phone_of_somebody_let_go_gets_nothing_of_his_by_any_way(cast: Cast) -> None:
    day = Day(cast)
    await day.live()
    client = await cast.client("rep")
    phone = await cast.phone("rep")
    before = await everything()
    await cast.done("administrator", "identity.deactivate_person", person_id=cast.people["rep"])
    public = set(public_routes(cast.app))
    asked = set()
    for route in cast.app.routes:
        for method in sorted(getattr(route, "methods", ())):
            parts = [_filled(part, day.photo_id) for part in route.path.split("/")]
            path = "/".join(parts)
            if method in ("HEAD", "OPTIONS") or (method, route.path) in public or path in LETS_LOCKED_IN:
                continue
            if not path.startswith("/api/"):
                continue
            asked.add(route.path)
            answer = await client.request(method, path, headers={"idempotency-key": new_id()}, json={})
            assert (answer.status_code, answer.json()["code"]) == (403, "session_locked"), (method, path)
    families = {path.split("/")[2] for path in asked}
    assert families >= {"commands", "customers", "files", "identity", "sync", "visits"}
    for name, payloads in day.acts().items():
        headers = {"idempotency-key": new_id()}
        answer = await client.post(f"/api/commands/{name}", json=payloads[0], headers=headers)
        assert answer.json()["code"] == "session_locked", name
    bodies: dict[str, dict[str, Any]] = {
        "hello": {"replica": phone.replica},
        "pull": {**phone.pull_request(), "ask": [new_id()]},
        "push": {"epoch": phone.core.epoch, "replica": phone.replica, "commands": []},
    }
    assert {f"/api/sync/{name}" for name in bodies} == set(LETS_LOCKED_IN)
    uuids = [phone.act(name, args) for name, payloads in day.acts().items() for args in payloads]
    await phone.push()
    assert {phone.status(uuid) for uuid in uuids} == {"quarantined"}
    for name, body in bodies.items():
        answer = await client.post(f"/api/sync/{name}", json=body)
        assert answer.status_code == (200 if name == "hello" else 403), name
        assert not [secret for secret in day.secrets() if secret in answer.text], name
    assert await everything() == before


def _filled(part: str, id: str) -> str:
    if not part.startswith("{"):
        return part
    return "1" if part.endswith(":int}") else id
