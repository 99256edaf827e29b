"""The door: what is authentic and in order is in the queue before the answer is yes; all else is told apart."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from shopbell.dialects.examples import EXAMPLES
from shopbell.dialects.native import check, unreadable_contacts
from shopbell.dialects.signatures import sign, verify
from shopbell.domain.model.problems import Problem
from shopbell.domain.model.shop import Shop
from shopbell.service.door.check_coupon import CheckCoupon
from shopbell.service.door.receive import LARGEST_BODY, Answer, Receive, Request
from shopbell.storage.store import Store
from tests.log_watch import heard
from tests.memory_table import MemoryTable

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
OLD = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
NEW = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PAID = json.dumps(EXAMPLES["order.paid"]).encode()


class OutageError(Exception):
    """What a client raises when nobody answers."""


@dataclass
class Vault:
    """Secrets by shop: those remembered, and those that are now true."""

    remembered: Mapping[str, Sequence[str]]
    true: Mapping[str, Sequence[str]]
    asked: int = 0
    refreshed: int = 0
    down: bool = False

    def of(self, shop: str, scheme: str) -> tuple[str, ...]:
        self.asked += 1
        if self.down:
            raise OutageError
        assert scheme == "native"
        return tuple(self.remembered.get(shop, ()))

    def refresh(self, shop: str, scheme: str) -> tuple[str, ...]:
        self.refreshed += 1
        return tuple(self.true.get(shop, ()))


@dataclass
class Queue:
    bodies: list[str] = field(default_factory=list)
    shops: list[str] = field(default_factory=list)
    down: bool = False

    def put(self, body: str, shop: str) -> None:
        if self.down:
            raise OutageError
        self.bodies.append(body)
        self.shops.append(shop)


@dataclass
class Door:
    vault: Vault = field(default_factory=lambda: Vault({"dobra": [OLD]}, {"dobra": [OLD]}))
    queue: Queue = field(default_factory=Queue)
    past_queue: Queue = field(default_factory=Queue)
    logged: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    table_down: bool = False

    def post(self, body: bytes, shop: str = "dobra", *, secret: str = OLD, sent: datetime = NOW) -> Answer:
        headers = sign(secret, "msg_1", sent, body)
        return self.knock(body, headers, shop)

    def knock(self, body: bytes, headers: dict[str, str], shop: str = "dobra") -> Answer:
        def log(message: str, facts: dict[str, object]) -> None:
            heard(f"{message} {facts}")
            self.logged.append((message, facts))

        receive = Receive(
            secrets=self.vault,
            queue=self.queue,
            past_queue=self.past_queue,
            verify=verify,
            check=check,
            contact_notes=self.contact_notes,
            log=log,
            outages=(OutageError,),
        )
        return receive(Request(shop, headers, body, NOW))

    def contact_notes(self, shop: str, body: Mapping[str, Any]) -> Sequence[Problem]:
        if self.table_down:
            raise OutageError
        return unreadable_contacts(body, lambda: "UA", {"uk", "en"})


def problem(answer: Answer) -> Any:
    assert answer[1] == "application/problem+json"
    return json.loads(answer[2])


def test_an_authentic_event_is_queued_and_answered_yes() -> None:
    door = Door()
    status, content_type, body = door.post(PAID)
    assert (status, content_type) == (200, "application/json")
    assert json.loads(body) == {"status": "accepted", "id": "msg_1", "notes": []}
    (queued,) = map(json.loads, door.queue.bodies)
    assert (queued["shop"], queued["id"], queued["dialect"]) == ("dobra", "msg_1", "native")
    assert (queued["body"], queued["dropped"]) == (check(PAID, NOW).body, {})


def test_the_same_event_again_is_answered_yes_again() -> None:
    door = Door()
    assert [door.post(PAID)[0] for _ in range(2)] == [200, 200]
    assert door.queue.bodies[0] == door.queue.bodies[1]


@pytest.mark.parametrize(
    ("happened", "is_past"),
    [
        (NOW + timedelta(minutes=4), False),
        (NOW, False),
        (NOW - timedelta(hours=1), False),
        (NOW - timedelta(hours=1, seconds=1), True),
        (NOW - timedelta(days=700), True),
    ],
)
def test_what_happened_more_than_an_hour_ago_stands_in_a_queue_of_its_own(happened: datetime, is_past: bool) -> None:
    door = Door()
    told = happened.astimezone(timezone(timedelta(hours=2))).isoformat()
    assert door.post(json.dumps({**EXAMPLES["order.paid"], "timestamp": told}).encode())[0] == 200
    assert (len(door.queue.bodies), len(door.past_queue.bodies)) == (not is_past, is_past)
    assert [*door.queue.shops, *door.past_queue.shops] == ["dobra"]


NO_SUCH_DAY = 'there is no such day in the calendar (a birthday is "YYYY-MM-DD" or "--MM-DD")'


def placed(**changes: Any) -> bytes:
    content = json.loads(json.dumps(EXAMPLES["order.placed"]))
    content["data"]["order"] |= changes
    return json.dumps(content).encode()


def test_the_answer_says_what_was_left_out_and_the_queue_what_could_not_be_read() -> None:
    door = Door()
    customer = {"phone": "call me", "birthday": "0000-00-00", "frist_name": "Olena"}
    status, _, body = door.post(placed(url="", customer=customer))
    assert (status, json.loads(body)["notes"]) == (
        200,
        [
            {"pointer": "#/data/order/url", "code": "unreadable", "detail": "is empty"},
            {
                "pointer": "#/data/order/customer/birthday",
                "code": "unreadable",
                "detail": NO_SUCH_DAY,
            },
            {
                "pointer": "#/data/order/customer/frist_name",
                "code": "unknown_field",
                "detail": 'there is no such field; is "first_name" meant?',
            },
            {"pointer": "#/data/order/customer/phone", "code": "unreadable", "detail": "is not a phone number"},
        ],
    )
    (queued,) = map(json.loads, door.queue.bodies)
    assert queued["dropped"] == {
        "order.url": "is empty",
        "order.customer.birthday": NO_SUCH_DAY,
    }
    assert queued["body"]["data"]["order"]["customer"] == {"phone": "call me"}


def test_without_the_table_an_event_is_taken_and_nothing_is_said_of_its_contacts() -> None:
    door = Door(table_down=True)
    status, _, body = door.post(placed(customer={"phone": "call me", "gender": "unknown"}))
    assert (status, len(door.queue.bodies)) == (200, 1)
    assert [note["pointer"] for note in json.loads(body)["notes"]] == ["#/data/order/customer/gender"]
    (logged,) = [facts for name, facts in door.logged if name == "contacts_not_read"]
    assert (logged["shop"], logged["error"]) == ("dobra", "OutageError")


def test_what_is_queued_is_ascii() -> None:
    door = Door()
    door.post(json.dumps(EXAMPLES["order.placed"], ensure_ascii=False).encode())
    assert door.queue.bodies[0].isascii()


@pytest.mark.parametrize("shop", ["drohoi", "", "../dobra", "dobra/native", "DOBRA", "x" * 5000, "🎁"])
def test_an_unknown_shop_is_a_bare_401(shop: str) -> None:
    door = Door()
    assert door.post(PAID, shop) == (401, "text/plain", "")
    assert door.queue.bodies == []


def test_a_wrong_signature_is_a_bare_401() -> None:
    door = Door()
    assert door.post(PAID, secret=NEW) == (401, "text/plain", "")
    assert door.knock(PAID, {}) == (401, "text/plain", "")
    assert door.queue.bodies == []


@pytest.mark.parametrize("seconds", [301, -301, 90 * 86_400])
def test_a_stale_event_is_a_bare_401_and_the_log_says_how_far_off_it_was(seconds: int) -> None:
    door = Door()
    assert door.post(PAID, sent=NOW - timedelta(seconds=seconds)) == (401, "text/plain", "")
    assert door.logged == [("not_authentic", {"shop": "dobra", "fault": "timestamp", "seconds_off": seconds})]


FIT = sign(OLD, "msg_1", NOW, PAID)
STRANGERS = {
    "no headers": {},
    "one header": {"webhook-id": "msg_1"},
    "no id": FIT | {"webhook-id": ""},
    "no number": FIT | {"webhook-timestamp": "now"},
    "no signature": FIT | {"webhook-signature": ""},
    "a signature that is none": FIT | {"webhook-signature": "v1,AAAA"},
    "another version": FIT | {"webhook-signature": FIT["webhook-signature"].replace("v1", "v2")},
    "stale": sign(OLD, "msg_1", NOW - timedelta(hours=1), PAID),
    "of tomorrow": sign(OLD, "msg_1", NOW + timedelta(days=1), PAID),
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_costs_no_call(headers: dict[str, str]) -> None:
    door = Door()
    door.vault.down = True
    assert door.knock(PAID, headers) == (401, "text/plain", "")
    assert (door.vault.asked, door.vault.refreshed) == (0, 0)


def test_a_secret_that_was_just_changed_lets_in_at_once() -> None:
    door = Door(Vault({"dobra": [OLD]}, {"dobra": [NEW, OLD]}))
    assert door.post(PAID, secret=NEW)[0] == 200


def test_one_shops_secret_opens_no_other_shops_door() -> None:
    known = {"dobra": [OLD], "susidy": [NEW]}
    door = Door(Vault(known, known))
    assert [door.post(PAID, shop, secret=secret)[0] for shop in known for secret in (OLD, NEW)] == [200, 401, 401, 200]


def test_wrong_fields_are_named_in_problem_details() -> None:
    door = Door()
    body = json.dumps(
        {**EXAMPLES["order.paid"], "data": {"order": {"id": "1", "total": "-5.00", "number": "1" * 129}}}
    ).encode()
    answer = door.post(body)
    assert answer[0] == 400
    said = problem(answer)
    assert {name: said[name] for name in ("type", "title", "status", "detail")} == {
        "type": "about:blank",
        "title": "The event cannot be taken",
        "status": 400,
        "detail": "2 fields are missing or wrong.",
    }
    assert [(error["pointer"], error["code"]) for error in said["errors"]] == [
        ("#/data/order/total", "negative"),
        ("#/data/order/number", "too_long"),
    ]
    assert all(error["detail"] for error in said["errors"])
    assert door.queue.bodies == []


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"NaN", b"\x00"])
def test_what_is_no_json_is_400_for_those_who_may_come_in_and_401_for_all_others(body: bytes) -> None:
    door = Door()
    answer = door.post(body)
    assert (answer[0], problem(answer)["errors"][0]["code"]) == (400, "not_json")
    assert door.post(body, secret=NEW)[0] == 401


def test_256_kib_are_taken_and_a_byte_more_is_413() -> None:
    door = Door()
    assert door.post(PAID.ljust(LARGEST_BODY))[0] == 200
    answer = door.post(PAID.ljust(LARGEST_BODY + 1))
    assert (answer[0], problem(answer)["status"]) == (413, 413)
    assert len(door.queue.bodies) == 1


def test_a_body_that_is_too_large_is_413_for_strangers_too() -> None:
    assert Door().knock(b"x" * 6_000_000, {})[0] == 413


def test_a_queue_that_is_down_is_503_and_nothing_is_kept() -> None:
    door = Door(queue=Queue(down=True))
    answer = door.post(PAID)
    assert (answer[0], problem(answer)["status"]) == (503, 503)
    door.queue.down = False
    assert door.post(PAID)[0] == 200
    assert len(door.queue.bodies) == 1


def test_secrets_that_cannot_be_had_are_503_and_not_401() -> None:
    door = Door()
    door.vault.down = True
    assert door.post(PAID)[0] == 503


def test_the_log_names_fields_and_never_what_stands_in_them() -> None:
    door = Door()
    placed = json.loads(json.dumps(EXAMPLES["order.placed"]))
    placed["data"]["order"]["total"] = "olena-secret"
    door.post(json.dumps(placed).encode())
    door.post(json.dumps(EXAMPLES["order.placed"]).encode())
    assert [message for message, _ in door.logged] == ["event_refused", "event_taken"]
    for personal in ("olena", "Олена", "044", "secret"):
        assert personal not in str(door.logged)


def test_the_log_names_no_option_of_an_item_and_the_answer_to_the_sender_does() -> None:
    door = Door()
    item = {"sku": "A", "name": "Mug", "quantity": 1, "unit_price": "1.00", "options": {"For Olena/2": "x" * 1001}}
    answer = door.post(placed(items=[item]))
    assert [error["pointer"] for error in problem(answer)["errors"]] == [
        "#/data/order/items/0/options/For Olena~12",
    ]
    assert door.logged == [
        ("event_refused", {"shop": "dobra", "wrong": ["#/data/order/items/0/options too_long"]}),
    ]


@pytest.mark.parametrize(
    ("event_type", "data", "order"),
    [
        ("order.paid", {"order": {"id": "a/1#x"}}, "a/1#x"),
        ("review.posted", {"order": "1001"}, "1001"),
        ("complaint.opened", {"complaint": {"id": "c1", "order": "1001"}}, "1001"),
        ("complaint.opened", {"complaint": {"id": "c1", "customer": {"id": "7"}}}, ""),
        ("customer.updated", {"customer": {"id": "7"}}, ""),
    ],
)
def test_the_log_says_what_was_taken_and_of_which_order(event_type: str, data: Any, order: str) -> None:
    door = Door()
    body = {"type": event_type, "timestamp": "2026-03-02T09:30:00+02:00", "data": data}
    assert door.post(json.dumps(body).encode())[0] == 200
    (noted,) = door.logged
    when = {"at": "2026-03-02T07:30:00.000000Z"}
    about = {"shop": "dobra", "event": "msg_1", "type": event_type, "order": order, "platform": "native"}
    assert noted == ("event_taken", {**about, **when})


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
def test_nor_does_a_stranger_at_the_door_of_coupons(headers: dict[str, str]) -> None:
    vault = Vault({"dobra": [OLD]}, {"dobra": [OLD]}, down=True)
    check_coupon = CheckCoupon(vault, Store(MemoryTable(), 1, no_shop), verify, no_log, (OutageError,))
    assert check_coupon("CODE", Request("dobra", headers, b"", NOW)) == (401, "text/plain", "")
    assert (vault.asked, vault.refreshed) == (0, 0)


def no_shop(shop: str, document: str) -> Shop:
    raise AssertionError("no shop is read for a stranger")


def no_log(message: str, facts: dict[str, object]) -> None:
    heard(f"{message} {facts}")
