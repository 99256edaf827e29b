"""Presents, units, prices, calls and complaints from outside: the product in a process of its own, over HTTP alone."""

import json
import re
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from standardwebhooks import Webhook

from tests.local.outsider import Reply
from tests.local.test_contract import OLENA, ORDER, SECRET, SHOP, Shop, order

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
YES = {"consent": {"email_marketing": True}}
FRIEND = OLENA | YES
TERMS: dict[str, Any] = {
    "locale": "en",
    "contacts": SHOP["contacts"] | {"hours": "9-18"},
    "staff": {"email": "team@dobra.example", "owner": "owner@dobra.example"},
    "payment": SHOP["payment"] | {"absorb_increase": "50.00"},
    "links": {"review": "https://dobra.example/reviews?from=shopbell"},
    "coupons": {
        "birthday": {"percent": 10, "code": "BDAY10"},
        "thank_you": {"percent": 5, "days": 30, "unique": True},
    },
}


@pytest.fixture
def shop(product: str) -> Shop:
    """A shop that gives personal codes, on Monday 2 March 2026, 10:00 in Kyiv."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", SHOP | TERMS).status == 204
    return shop


def about(**more: Any) -> dict[str, Any]:
    """The data of an event about the order; `more` stands beside it."""
    return {"order": {"id": ORDER["id"]}, **more}


def kinds(shop: Shop) -> list[str]:
    """What anybody got, the staff as well."""
    return [message["kind"] for message in shop.messages()]


def one(shop: Shop, kind: str) -> Any:
    (message,) = shop.messages(f"?kind={kind}")
    return message


def coupon(shop: Shop, code: str, secret: str = SECRET, body: str = "") -> Reply:
    """Asks at the door what a code is worth, signed over an empty body."""
    now = datetime.fromisoformat(shop.ask("GET", "/local/clock").json()["now"])
    headers = {
        "webhook-id": "ask_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("ask_1", now, body),
    }
    return shop.ask("GET", f"/v1/shops/dobra/coupons/{quote(code, safe='')}", None, headers)


def code_in(message: Any) -> str:
    """The personal code in a letter: eight letters and figures on their own, as the checkout knows them."""
    found = set(re.findall(r"\b[A-Z2-9]{8}\b", message["text"]))
    assert len(found) == 1
    return str(found.pop())


def task_link(shop: Shop, kind: str) -> str:
    message = shop.messages(f"?kind={kind}")[-1]
    found = re.search(r"https?://\S+(/t/[\w.-]+)", message["text"])
    assert found
    return found[1]


def test_thanks_come_with_a_code_that_the_checkout_can_ask_for_and_redeem(shop: Shop) -> None:
    shop.say("order.placed", order(customer=FRIEND))
    code = code_in(one(shop, "order_received"))
    known = {"kind": "thank_you", "percent": 5, "valid_until": "2026-04-01", "redeemed": False}
    for spelling in (code, code.lower(), f"{code[:4]}-{code[4:].lower()}", f" {code[:4]} {code[4:]} "):
        answer = coupon(shop, spelling)
        assert (answer.status, answer.json()) == (200, known)
    assert shop.say("coupon.redeemed", {"code": code.lower(), "order": "of-a-friend"}).status == 200
    assert shop.say("coupon.redeemed", {"code": code}).status == 200
    assert coupon(shop, code).json() == known | {"redeemed": True}


def test_a_code_is_told_to_the_shop_alone(shop: Shop) -> None:
    shop.say("order.placed", order(customer=FRIEND))
    code = code_in(one(shop, "order_received"))
    stranger = "whsec_" + "c" * 32
    assert [coupon(shop, code, stranger).status, coupon(shop, code, body="{}").status] == [401, 401]
    assert shop.ask("GET", f"/v1/shops/dobra/coupons/{code}").status == 401
    assert shop.ask("GET", f"/v1/shops/nobody/coupons/{code}").status == 401


def test_a_code_that_nobody_got_is_unknown_whatever_its_letters(shop: Shop) -> None:
    strange = ("AAAAAAAA", "-", "%", "ї", "a/b", "..", "#head", "x" * 3000, "\u0000", "%ED%A0%80", "ÿ", "🎁" * 200)
    assert {code: coupon(shop, code).status for code in strange} == dict.fromkeys(strange, 404)


def test_a_code_of_the_checkout_is_answered_too(shop: Shop) -> None:
    assert coupon(shop, "bday10").json() == {"kind": "birthday", "percent": 10, "valid_until": None, "redeemed": False}


def test_without_consent_the_letter_has_no_promotion_and_no_code(shop: Shop) -> None:
    shop.say("order.placed", order())
    message = one(shop, "order_received")
    assert not re.search(r"\b[A-Z2-9]{8}\b", message["text"])
    assert "5%" not in message["html"]


def test_a_second_try_carries_the_same_code(shop: Shop) -> None:
    shop.ask("POST", "/local/faults", {"target": "email", "fault": "timeout_after", "times": 1})
    shop.say("order.placed", order(customer=FRIEND))
    shop.move(advance="PT1H")
    messages = shop.messages("?kind=order_received")
    assert len(messages) == 2
    assert len({code_in(message) for message in messages}) == 1


def test_a_call_is_told_by_the_id_of_the_staffs_letter(shop: Shop) -> None:
    shop.say("order.placed", order())
    task = one(shop, "staff_confirm_order")
    assert (task["channel"], task["to"], task["class"]) == ("staff", "team@dobra.example", "staff")
    assert "tel:+380505550101" in task["html"]
    for _ in range(2):
        assert shop.say("call.done", {"task": task["id"], "outcome": "accepted"}).status == 200
    shop.move(advance="P1D")
    assert kinds(shop) == ["order_received", "staff_confirm_order", "order_accepted"]
    assert shop.say("call.done", {"task": "0" * 32, "outcome": "reached"}).status == 200


def test_the_link_of_a_task_shows_it_and_only_an_answer_closes_it(shop: Shop) -> None:
    shop.say("order.placed", order())
    path = task_link(shop, "staff_confirm_order")
    for _ in range(2):
        page = shop.ask("GET", path)
        assert (page.status, page.headers["cache-control"]) == (200, "no-store")
    assert "1001" in page.body.decode()
    assert shop.ask("POST", path, b"outcome=eaten", URLENCODED).status == 400
    assert shop.ask("POST", path[:-2] + "xx", b"outcome=accepted", URLENCODED).status == 404
    shop.move(advance="PT45M")
    assert kinds(shop).count("staff_order_late") == 1
    assert shop.ask("POST", path, b"outcome=accepted", URLENCODED).status == 200
    assert shop.ask("POST", path, b"outcome=accepted", URLENCODED).status == 200
    shop.move(advance="P1D")
    assert kinds(shop).count("staff_order_late") == 1
    assert kinds(shop).count("order_accepted") == 1


def test_a_customers_link_opens_no_task_and_a_tasks_link_no_customer(shop: Shop) -> None:
    shop.say("order.placed", order(customer=FRIEND))
    path = task_link(shop, "staff_confirm_order")
    assert shop.ask("GET", path.replace("/t/", "/u/")).status == 404


def test_a_complaint_is_answered_at_once_and_the_staff_have_an_hour(shop: Shop) -> None:
    shop.say("order.placed", order(customer=FRIEND))
    complaint = {"id": "k/1", "kind": "complaint", "customer": {"id": "7"}, "order": ORDER["id"], "text": "Cracked."}
    for _ in range(2):
        assert shop.say("complaint.opened", {"complaint": complaint}).status == 200
    received, task = one(shop, "complaint_received"), one(shop, "staff_complaint")
    assert (received["class"], received["order"], received["customer"]) == ("service", ORDER["id"], "7")
    assert "Cracked." in task["text"]
    assert not re.search(r"\b[A-Z2-9]{8}\b", received["text"])
    shop.move(advance="PT1H5M")
    assert [message["to"] for message in shop.messages("?kind=staff_complaint")][-1] == "owner@dobra.example"
    shop.say("complaint.resolved", {"complaint": {"id": "k/1", "text": "A new one is on its way."}})
    assert "A new one is on its way." in one(shop, "complaint_resolved")["text"]
    shop.move(advance="P8D")
    assert kinds(shop).count("complaint_followup") == 1


def test_a_small_increase_is_the_shops_and_a_larger_one_the_customers_choice(shop: Shop) -> None:
    shop.say("order.placed", order())
    small = {"old_total": "1499.00", "new_total": "1549.00", "reason": "Maker's price"}
    shop.move(advance="PT1M")
    shop.say("order.repriced", about(repriced=small))
    assert shop.decisions("order_repriced") == ["skipped absorbed"]
    assert "please charge the old price" in one(shop, "staff_refusal_risk")["subject"]
    shop.move(advance="PT1M")
    shop.say("order.repriced", about(repriced=small | {"new_total": "1549.01"}))
    told = one(shop, "order_repriced")
    assert "1,549.01" in told["text"]
    assert "1,499.00" in told["text"]
    assert "sorry" in told["text"]
    assert len(shop.messages("?kind=staff_refusal_risk")) == 2


def buy(shop: Shop, name: str, total: str) -> Any:
    bought = ORDER | {"id": name, "number": name, "total": total}
    shop.say("order.placed", {"order": bought})
    shop.say("order.paid", {"order": {"id": name}})
    return shop.messages(f"?kind=payment_received&order={name}")[-1]["text"]


def test_units_are_earned_told_spent_and_taken_back(shop: Shop) -> None:
    terms = {"earned_per_1": 1, "worth_of_unit": "0.01", "tiers": [{"from_spent": "1000", "earned_per_1": 2}]}
    assert shop.ask("PUT", "/local/shops/dobra", SHOP | TERMS | {"bonus": terms}).status == 204
    first = buy(shop, "b1", "500.00")
    assert "500" in first
    assert "5.00" in first
    assert shop.say("bonus.spent", {"customer": {"id": "7"}, "units": 120, "order": "b2"}).status == 200
    assert shop.say("bonus.spent", {"customer": {"id": "7"}, "units": 120, "order": "b2"}).status == 200
    assert "400" in buy(shop, "b2", "20.00")  # 500 − 120 + 20
    shop.say("order.refunded", {"order": {"id": "b1"}, "refund": {"id": "r1", "amount": "100.00"}})
    shop.say("order.cancelled", {"order": {"id": "b2"}})
    assert "1,280" in buy(shop, "b3", "1000.00")  # 400 − 100 − 20 + 1000
    assert "1,480" in buy(shop, "b4", "100.00")  # twice as many from a thousand on


def test_where_no_units_are_given_no_letter_speaks_of_them(shop: Shop) -> None:
    assert shop.ask("PUT", "/local/shops/dobra", SHOP | TERMS | {"bonus": {"earned_per_1": "0"}}).status == 204
    assert "bonus" not in buy(shop, "b1", "500.00").casefold()


def test_a_review_is_asked_for_three_days_after_delivery_by_a_link_that_says_of_what(shop: Shop) -> None:
    shop.say("order.placed", order(delivery=ORDER["delivery"] | {"courier": "courier 5"}))
    shop.move(advance="P2D")
    shop.say("order.delivered", about())
    shop.move(advance="P2DT23H")
    assert shop.messages("?kind=review_request") == []
    shop.move(advance="PT1H5M")
    asked = one(shop, "review_request")
    assert asked["sent_at"] == "2026-03-07T08:00:00Z"
    link = "https://dobra.example/reviews?" + urlencode(
        {"from": "shopbell", "order": ORDER["id"], "courier": "courier 5"}
    )
    assert link in asked["text"]
    shop.say("review.posted", {"order": ORDER["id"], "rating": 5})
    shop.move(advance="P10D")
    assert not [kind for kind in kinds(shop) if kind == "staff_call_satisfaction"]


def test_who_is_to_be_rung_is_rung_at_exactly_that_time(shop: Shop) -> None:
    agreed = {"customer": OLENA, "at": "2026-03-03T15:30:00+02:00", "phone": "050 555 99 99", "note": "About a teapot"}
    assert shop.say("callback.agreed", agreed).status == 200
    assert shop.say("callback.agreed", agreed).status == 200
    shop.move(to="2026-03-03T13:24:00Z")
    assert shop.messages() == []
    shop.move(to="2026-03-03T13:30:00Z")
    task = one(shop, "staff_callback")
    assert "2026-03-03T13:25:00Z" <= task["sent_at"] <= "2026-03-03T13:30:00Z"
    for said in ("15:30", "tel:+380505559999", "About a teapot"):
        assert said in task["html"]


def test_a_missed_call_is_a_task_each_time(shop: Shop) -> None:
    for _ in range(2):
        assert shop.say("call.missed", {"phone": "050 555 01 01"}).status == 200
        shop.move(advance="PT2H")
    assert len(shop.messages("?kind=staff_missed_call")) == 2


def test_a_customer_tells_of_themselves_once_asked_for_it(shop: Shop) -> None:
    shop.say("order.placed", order(customer={"id": "7", "email": OLENA["email"], **YES}))
    shop.say("order.delivered", about())
    shop.move(advance="P15D")
    path = one(shop, "profile_completion")["headers"]["List-Unsubscribe"].strip("<>").removeprefix(shop.base_url)
    form = {"profile": "yes", "birthday_day": "31", "birthday_month": "2", "gender": "female", "phone": "050 555 01 01"}
    answer = shop.ask("POST", path, urlencode(form).encode(), URLENCODED)
    page = answer.body.decode()
    assert answer.status == 400
    assert 'name="birthday_day"' in page
    assert 'name="gender"' not in page
    right = form | {"birthday_day": "29", "birthday_month": "3"}
    assert shop.ask("POST", path, urlencode(right).encode(), URLENCODED).status == 200
    assert 'name="profile"' not in shop.ask("GET", path).body.decode()
    shop.move(to="2026-05-01T00:00:00Z")
    assert kinds(shop).count("profile_completion") == 1
    assert "birthday_week" in kinds(shop)


def test_whoever_is_forgotten_leaves_no_word_of_a_complaint_a_call_or_a_note(shop: Shop) -> None:
    shop.say("order.placed", order(customer=FRIEND))
    complaint = {"id": "k-1", "customer": {"id": "7"}, "order": ORDER["id"], "text": "Grandmother's vase"}
    shop.say("complaint.opened", {"complaint": complaint})
    shop.say("complaint.resolved", {"complaint": {"id": "k-1", "text": "Grandmother was rung"}})
    shop.say("callback.agreed", {"customer": {"id": "7"}, "at": "2026-03-02T08:10:00Z", "note": "Deaf in one ear"})
    shop.say("call.missed", {"phone": "050 555 01 01"})
    shop.move(advance="PT10M")
    links = [task_link(shop, kind) for kind in ("staff_complaint", "staff_callback", "staff_confirm_order")]
    assert shop.say("customer.erased", {"customer": {"id": "7"}}).status == 200
    shop.move(advance="P20D")
    heard = json.dumps([shop.messages(), shop.ask("GET", "/local/decisions").json()], ensure_ascii=False)
    pages = [shop.ask("GET", path) for path in links]
    assert [page.status for page in pages] == [410] * 3
    everything = heard + "".join(page.body.decode() for page in pages)
    for word in ("Grandmother", "Deaf", "olena@", "Олена", "5550101", "555 01 01"):
        assert word not in everything


COURTESY = [
    ("coupon.redeemed", {}, "#/data/code"),
    ("bonus.spent", {"customer": {"id": "7"}}, "#/data/units"),
    ("bonus.spent", {"units": 5}, "#/data/customer"),
    ("callback.agreed", {"customer": {"id": "7"}, "at": "later"}, "#/data/at"),
    ("call.missed", {}, "#/data/phone"),
    ("call.done", {"task": "1", "outcome": "maybe"}, "#/data/outcome"),
    ("complaint.opened", {"complaint": {"id": "1"}}, "#/data/complaint/customer"),
    ("complaint.resolved", {"complaint": {}}, "#/data/complaint/id"),
]


def test_what_is_wrong_is_named_and_leaves_nothing(shop: Shop) -> None:
    for event_type, data, pointer in COURTESY:
        answer = shop.say(event_type, data)
        assert (answer.status, [error["pointer"] for error in answer.json()["errors"]]) == (400, [pointer])
    assert shop.messages() == []
