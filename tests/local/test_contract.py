"""docs/contract.md from outside: the product itself in a process of its own, driven over HTTP alone."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.local.outsider import Outsider, Reply
from tests.world import CADENCES, TASKS

START = "2026-03-02T08:00:00Z"
SECRET = "whsec_" + base64.b64encode(b"a secret of the example shop").decode()
SHOP: dict[str, Any] = {
    "name": "Добра Крамниця",
    "contacts": {"email": "hello@dobra.example", "phone": "+380441234567", "site": "https://dobra.example"},
    "sender": {"email": "hello@dobra.example", "name": "Добра Крамниця", "sms_id": "DOBRA"},
    "locale": "uk",
    "payment": {"details": "IBAN UA00 0000", "alternatives": ["карткою на сайті"]},
    "coupons": {"birthday": {"percent": 10, "code": "BDAY10"}, "thank_you": {"percent": 5, "days": 30, "code": "TY5"}},
    "holidays": {"new_year": "off", "womens_day": "off"},  # tests/local/test_holidays.py
    "webhooks": {"native": [SECRET]},
    "journeys": {kind: {"after": str(figures.after)} for kind, figures in CADENCES.items()},
}
NO_TASKS = SHOP | {"journeys": SHOP["journeys"] | {kind: {"enabled": False} for kind in sorted(TASKS)}}
"""One whose people need not be asked for anything: what customers get, and the machinery under it."""
OLENA = {"id": "7", "name": "Олена", "email": "olena@customer.example", "phone": "050 555 01 01"}
ORDER: dict[str, Any] = {
    "id": "a/1#x",
    "number": "1001",
    "placed_at": START,
    "currency": "UAH",
    "total": "1499.00",
    "items": [{"sku": "MUG-1", "name": "Чашка", "quantity": 1, "unit_price": "1499.00", "options": {"колір": "синій"}}],
    "payment": {"method": "bank_transfer"},
    "delivery": {"method": "pickup_point", "address": "Відділення 5"},
    "customer": OLENA,
}


class Shop(Outsider):
    """A shop that signs what it says."""

    def say(self, event_type: str, data: Any, at: str | None = None, **signing: Any) -> Reply:
        now = self.ask("GET", "/local/clock").json()["now"]
        body = json.dumps({"type": event_type, "timestamp": at or now, "data": data}).encode()
        return self.post(body, **signing)

    def post(self, body: bytes, *, secret: str = SECRET, shop: str = "dobra", name: str = "", late: int = 0) -> Reply:
        now = datetime.fromisoformat(self.ask("GET", "/local/clock").json()["now"])
        at = now - timedelta(seconds=late)
        name = name or f"msg_{base64.b32encode(body[-40:]).decode()}"
        signature = Webhook(secret).sign(name, at, body.decode("utf-8", "surrogateescape")) if body else "v1,"
        headers = {
            "webhook-id": name,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature,
        }
        return self.ask("POST", f"/v1/shops/{shop}/events", body, headers)

    def letters(self, query: str = "") -> list[Any]:
        """What customers got; the staff's tasks are beside them."""
        return [message for message in self.messages(query) if message["channel"] != "staff"]

    def kinds(self) -> list[str]:
        return [message["kind"] for message in self.letters()]

    def decisions(self, kind: str) -> list[str]:
        rows = self.ask("GET", "/local/decisions?shop=dobra").json()
        return [f"{row['outcome']} {row['reason']}" for row in rows if row["kind"] == kind]


@pytest.fixture
def shop(product: str) -> Shop:
    """A shop just put into an empty stack, on Monday 2 March 2026, 10:00 in Kyiv."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", SHOP).status == 204
    return shop


def order(**changes: Any) -> dict[str, Any]:
    return {"order": ORDER | changes}


def test_an_order_becomes_a_letter_in_the_customers_language(shop: Shop) -> None:
    assert shop.say("order.placed", order()).status == 200
    (message,) = shop.messages("?shop=dobra&order=a%2F1%23x&customer=7&channel=email&kind=order_received")
    assert message["to"] == "olena@customer.example"
    assert (message["locale"], message["class"], message["status"]) == ("uk", "transactional", "sent")
    for said in ("1001", "Чашка", "MUG-1", "синій", "1\xa0499,00", "IBAN UA00 0000", "olena@customer.example"):
        assert said in message["html"]
        assert said in message["text"]
    assert message["sent_at"] == START


def test_fields_that_mean_nothing_refuse_no_order(shop: Shop) -> None:
    """As exports write what they do not have: "" and 0000-00-00."""
    item = ORDER["items"][0] | {"url": ""}
    customer = OLENA | {"birthday": "0000-00-00", "gender": "unknown", "phone": "no phone"}
    delivery = ORDER["delivery"] | {"arrives_by": "", "tracking_url": "", "pickup_untill": "2026-03-09"}
    answer = shop.say("order.placed", order(items=[item], customer=customer, delivery=delivery))
    assert answer.status == 200
    assert [(note["pointer"].removeprefix("#/data/order/"), note["code"]) for note in answer.json()["notes"]] == [
        ("items/0/url", "unreadable"),
        ("delivery/arrives_by", "unreadable"),
        ("delivery/tracking_url", "unreadable"),
        ("delivery/pickup_untill", "unknown_field"),
        ("customer/birthday", "unreadable"),
        ("customer/gender", "unreadable"),
        ("customer/phone", "unreadable"),
    ]
    assert shop.kinds() == ["order_received"]
    assert shop.decisions("order.placed") == ["skipped unreadable"] * 6


def test_a_shops_fast_clock_delays_nothing(shop: Shop) -> None:
    fast = "2026-03-02T08:04:00Z"
    assert shop.say("order.placed", order(placed_at=fast), at=fast).status == 200
    shop.move(to="2026-03-04T08:00:00Z")
    assert [(letter["kind"], letter["sent_at"]) for letter in shop.letters()] == [
        ("order_received", START),
        ("order_unpaid_first", "2026-03-04T08:00:00Z"),
    ]


def test_a_number_is_read_in_the_country_where_the_shop_is_now(shop: Shop) -> None:
    def notes() -> list[str]:
        answer = shop.say("customer.updated", {"customer": OLENA | {"phone": "1 268 1234"}})
        return [note["pointer"] for note in answer.json()["notes"]]

    assert notes() == ["#/data/customer/phone"]
    shop.ask("PUT", "/local/shops/dobra", SHOP | {"country": "HU"})
    assert notes() == []


def test_the_page_for_people_shows_letters_and_tasks_of_the_shop(shop: Shop) -> None:
    """Also when letters were counted and a channel was looked at: those stand beside the shop's configuration."""
    shop.say("order.placed", order())
    answer = shop.ask("GET", "/?shop=dobra&channel=staff&open=0")
    assert answer.status == 200
    html = answer.body.decode()
    assert 'class="badge staff"' in html
    assert "staff_confirm_order" in html
    assert ">Добра Крамниця</option>" in html
    assert "1 message" in html


def test_a_task_is_listed_with_the_path_of_its_page(shop: Shop) -> None:
    shop.say("order.placed", order())
    (letter,) = shop.letters("?order=a%2F1%23x")
    (task,) = shop.messages("?channel=staff")
    page = shop.ask("GET", task["page"])
    assert (letter["page"], page.status) == ("", 200)
    assert "<form" in page.body.decode()


def test_the_unpaid_are_reminded_on_working_days_and_then_lost(shop: Shop) -> None:
    shop.say("order.placed", order())
    shop.move(to="2026-03-13T08:00:00Z")
    sent = [(m["kind"], m["sent_at"]) for m in shop.letters("?order=a%2F1%23x")]
    assert sent[1:] == [
        ("order_unpaid_first", "2026-03-04T08:00:00Z"),
        ("order_unpaid_final", "2026-03-09T08:00:00Z"),
    ]
    assert shop.decisions("order_unpaid_final") == ["sent due", "skipped lost"]


def test_an_unpaid_order_is_paid_and_nobody_reminds(shop: Shop) -> None:
    shop.say("order.placed", order())
    shop.move(advance="P1D")
    shop.say("order.paid", {"order": {"id": ORDER["id"]}})
    shop.say("order.shipped", {"order": {"id": ORDER["id"]}})
    shop.move(advance="P30D")
    assert shop.kinds() == ["order_received", "payment_received", "order_shipped"]


def test_the_birthday_is_remembered_and_one_click_ends_it(shop: Shop) -> None:
    customer = OLENA | {"birthday": "1990-03-20", "consent": {"email_marketing": True}}
    shop.say("customer.updated", {"customer": customer})
    shop.move(to="2026-03-14T00:00:00Z")
    (letter,) = shop.messages("?kind=birthday_week")
    assert "BDAY10" in letter["text"]
    link = letter["headers"]["List-Unsubscribe"].strip("<>")
    path = link.removeprefix(shop.base_url)
    assert shop.ask("GET", path).status == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert shop.ask("POST", path, b"List-Unsubscribe=One-Click", form).status == 200
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week"]
    assert shop.decisions("birthday_today") == ["skipped unsubscribed"]


def test_looking_at_the_page_changes_nothing(shop: Shop) -> None:
    customer = OLENA | {"birthday": "1990-03-20", "consent": {"email_marketing": True}}
    shop.say("customer.updated", {"customer": customer})
    shop.move(to="2026-03-14T00:00:00Z")
    link = shop.messages()[0]["headers"]["List-Unsubscribe"].strip("<>").removeprefix(shop.base_url)
    page = shop.ask("GET", link)
    assert "Не надсилати" in page.body.decode()
    assert shop.ask("GET", link[:-2] + "xx").status == 404
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week", "birthday_soon", "birthday_today"]


def test_an_sms_waits_for_the_morning(shop: Shop) -> None:
    shop.move(to="2026-03-02T22:00:00Z")
    shop.say("order.placed", order(customer={"phone": "050 555 01 01"}))
    assert shop.letters() == []
    (held,) = shop.ask("GET", "/local/messages?status=held&channel=sms").json()
    assert held["due_at"] == "2026-03-03T07:00:00Z"
    shop.move(advance="PT12H")
    (message,) = shop.letters()
    assert (message["to"], message["sent_at"]) == ("+380505550101", "2026-03-03T07:00:00Z")
    assert message["segments"] <= 3


def test_a_forgotten_customer_leaves_entries_without_a_trace(shop: Shop) -> None:
    shop.say("order.placed", order())
    assert shop.say("customer.erased", {"customer": {"id": "7"}}).status == 200
    assert len(shop.messages()) == 2
    for message in shop.messages():
        assert (message["id"] != "", message["to"], message["html"], message["text"]) == (True, "", "", "")


@pytest.mark.parametrize(
    ("fault", "seconds_off", "signing"),
    [
        ("signature", 0, {"secret": "whsec_" + base64.b64encode(b"another secret, a wrong one").decode()}),
        ("shop", 0, {"shop": "nobody"}),
        ("shop", 301, {"shop": "nobody", "late": 301}),
        ("timestamp", 301, {"late": 301}),
        ("timestamp", -3600, {"late": -3600}),
    ],
)
def test_only_the_shop_itself_is_believed_and_locally_one_hears_why(
    shop: Shop, fault: str, seconds_off: int, signing: dict[str, Any]
) -> None:
    answer = shop.say("order.placed", order(), **signing)
    assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")
    wrong = answer.json()
    assert (wrong["title"], wrong["status"]) == ("Unauthorized", 401)
    assert (wrong["fault"], wrong["seconds_off"]) == (fault, seconds_off)
    assert fault in wrong["detail"]


@pytest.mark.parametrize("seconds", [299, -299])
def test_a_clock_that_is_five_minutes_off_is_believed(shop: Shop, seconds: int) -> None:
    assert shop.say("order.placed", order(), late=seconds).status == 200


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_header_that_is_missing_is_said_to_be(shop: Shop, missing: str) -> None:
    at = datetime.fromisoformat(START)
    headers = {
        "webhook-id": "evt_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("evt_1", at, "{}"),
    }
    answer = shop.ask("POST", "/v1/shops/dobra/events", b"{}", headers | {missing: ""})
    wrong = answer.json()
    assert (answer.status, wrong["fault"], "seconds_off" in wrong) == (401, "headers", False)
    assert missing in wrong["detail"]


def test_the_door_for_coupons_says_so_too(shop: Shop) -> None:
    answer = shop.ask("GET", "/v1/shops/dobra/coupons/TY5")
    assert (answer.status, answer.json()["fault"]) == (401, "headers")


def test_every_wrong_field_is_named(shop: Shop) -> None:
    wrong = order(total="-5", placed_at="2026-02-30T10:00:00Z", items=[{"sku": "A", "quantity": 0}], currency="грн")
    answer = shop.say("order.placed", wrong)
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")
    assert {(error["pointer"], error["code"]) for error in answer.json()["errors"]} >= {
        ("#/data/order/total", "negative"),
        ("#/data/order/items/0/name", "missing"),
        ("#/data/order/items/0/unit_price", "missing"),
    }
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert {"#/data/order/placed_at", "#/data/order/currency", "#/data/order/items/0/quantity"} <= pointers


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b"{"),
        (400, b"\xff\xfe\x00"),
        (400, b'{"type": NaN}'),
        (400, b"[" * 100_000),
        (400, b"\xef\xbb\xbf{}"),
        (413, b'{"a": "' + b"x" * 262_144 + b'"}'),
    ],
    ids=["half", "bytes", "nan", "deep", "bom", "large"],
)
def test_hostile_bodies_have_a_clear_answer(shop: Shop, status: int, body: bytes) -> None:
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    at = str(int(datetime.fromisoformat(START).timestamp()))
    mac = hmac.digest(key, b"m1." + at.encode() + b"." + body, hashlib.sha256)
    signature = "v1," + base64.b64encode(mac).decode()
    headers = {"webhook-id": "m1", "webhook-timestamp": at, "webhook-signature": signature}
    assert shop.ask("POST", "/v1/shops/dobra/events", body, headers).status == status


def test_while_the_queue_is_down_nothing_is_taken_and_the_second_try_is_one_letter(shop: Shop) -> None:
    shop.ask("POST", "/local/faults", {"target": "queue", "fault": "down", "times": 10})
    assert shop.say("order.placed", order(), name="evt_1").status == 503
    shop.ask("POST", "/local/faults", {"target": "queue", "fault": "down", "times": 0})
    assert shop.say("order.placed", order(), name="evt_1").status == 200
    assert shop.say("order.placed", order(), name="evt_1").status == 200
    assert shop.kinds() == ["order_received"]


@pytest.mark.parametrize("fault", ["throttle", "error", "timeout_before", "timeout_after", "down"])
@pytest.mark.parametrize("target", ["email", "table", "queue"])
def test_a_service_that_fails_for_a_while_loses_no_letter(shop: Shop, target: str, fault: str) -> None:
    shop.ask("POST", "/local/faults", {"target": target, "fault": fault, "times": 2})
    while shop.say("order.placed", order(), name="evt_1").status == 503:
        pass
    shop.move(advance="P1D")
    doubtful = target == "email" and fault == "timeout_after"
    assert set(shop.kinds()) == {"order_received"}
    again = len(shop.messages()) - len({message["id"] for message in shop.messages()})
    assert again == (2 if doubtful else 0)  # one extra for each moment of doubt


@pytest.mark.parametrize(("fault", "minute"), [("throttle", "08:01:0"), ("error", "08:03:00")])
def test_a_letter_that_was_refused_for_now_leaves_at_its_moment_and_waits_for_no_tick(
    shop: Shop, fault: str, minute: str
) -> None:
    """What came too fast may come again in the next seconds."""
    shop.ask("POST", "/local/faults", {"target": "email", "fault": fault, "times": 1})
    shop.move(advance="PT1M")
    shop.say("order.placed", order(), name="evt_1")
    assert shop.kinds() == []
    shop.move(advance="PT2M")
    (letter,) = shop.letters()
    assert letter["sent_at"].startswith(f"2026-03-02T{minute}")


def test_shops_do_not_see_each_other(shop: Shop) -> None:
    other = "whsec_" + base64.b64encode(b"the other shop's own secret").decode()
    shop.ask("PUT", "/local/shops/other", SHOP | {"webhooks": {"native": [other]}, "locale": "hu"})
    shop.say("order.placed", order())
    assert shop.say("order.placed", order(), shop="other").status == 401
    assert shop.say("order.placed", order(), shop="other", secret=other).status == 200
    assert [(m["shop"], m["locale"]) for m in shop.letters()] == [("dobra", "uk"), ("other", "hu")]
    assert len({m["id"] for m in shop.messages()}) == 4


def test_of_a_large_order_fifty_things_are_told_and_how_many_more(shop: Shop) -> None:
    items = [{"sku": f"S{n}", "name": f"Товар {n}", "quantity": 1, "unit_price": "1.00"} for n in range(500)]
    assert shop.say("order.placed", order(items=items)).status == 200
    letter = shop.letters()[0]
    for part in (letter["html"], letter["text"]):
        assert "S49" in part
        assert "S50" not in part
        assert "і ще 450 товарів" in part.replace("\xa0", " ")
    assert len(letter["html"].encode()) < 102_000
    assert shop.say("order.placed", order(items=[*items, items[0]])).status == 400
