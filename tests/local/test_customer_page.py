"""The customer's page over HTTP: a browser without scripts, and a mail provider without cookies."""

import re
from urllib.parse import urlencode

import pytest

from tests.browser import Page
from tests.local.outsider import Reply
from tests.local.test_contract import OLENA, SHOP, Shop

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
CONSENT = {"email_marketing": True, "sms_service": True}


@pytest.fixture
def shop(product: str) -> Shop:
    """A shop whose customer 7 has agreed to letters and has a birthday on 20 March."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", SHOP).status == 204
    shop.say("customer.updated", {"customer": OLENA | {"birthday": "--03-20", "consent": CONSENT}})
    shop.move(to="2026-03-14T00:00:00Z")
    return shop


def link(shop: Shop) -> str:
    letter = shop.messages("?kind=birthday_week")[0]
    return str(letter["headers"]["List-Unsubscribe"].strip("<>").removeprefix(shop.base_url))


def post(shop: Shop, path: str, form: dict[str, str]) -> Reply:
    return shop.ask("POST", path, urlencode(form).encode(), URLENCODED)


def test_a_customer_looks_changes_their_mind_and_changes_it_back(shop: Shop) -> None:
    path = link(shop)
    answer = shop.ask("GET", path)
    page = Page(answer.body.decode())
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert (page.locale, page.boxes) == (
        "uk",
        {"email_marketing": True, "email_news": False, "sms_service": True, "sms_marketing": False},
    )
    answer = post(shop, path, page.forms[0].posted(email_marketing=False, sms_service=False))
    page = Page(answer.body.decode())
    assert (answer.status, set(page.boxes.values())) == (200, {False})
    shop.say("customer.updated", {"customer": OLENA | {"consent": CONSENT}})
    shop.move(to="2026-03-18T00:00:00Z")
    assert shop.decisions("birthday_soon") == ["skipped unsubscribed"]
    assert set(Page(shop.ask("GET", path).body.decode()).boxes.values()) == {False}
    post(shop, path, page.forms[0].posted(email_marketing=True))
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week", "birthday_today"]


def test_a_mail_provider_posts_one_click_in_parts(shop: Shop) -> None:
    part = b'--edge\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--edge--\r\n'
    path, parts = link(shop), {"Content-Type": "multipart/form-data; boundary=edge"}
    assert post(shop, path, {"anything": "else"}).status == 400
    assert shop.ask("POST", path[:-1], part, parts).status == 404
    assert shop.ask("POST", "/u/%ED%A0%80%D1%97", part, parts).status == 404
    assert shop.ask("POST", path, part, parts).status == 200
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week"]


@pytest.mark.parametrize("fault", ["throttle", "error", "down", "timeout_before", "timeout_after"])
def test_a_mail_provider_s_one_click_is_not_lost_while_the_table_is_in_trouble(shop: Shop, fault: str) -> None:
    path = link(shop)
    break_(shop, "table", fault)
    break_(shop, "queue", fault)
    answers = [post(shop, path, ONE_CLICK).status, post(shop, path, {"was.email_marketing": "yes"}).status]
    assert (answers, shop.ask("GET", path).status) == ([503, 503], 503)
    break_(shop, "queue", fault, times=0)
    assert post(shop, path, ONE_CLICK).status == 202
    break_(shop, "table", fault, times=0)
    shop.move(advance="PT20M")
    assert not Page(shop.ask("GET", path).body.decode()).boxes["email_marketing"]
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week"]


def break_(shop: Shop, target: str, fault: str, times: int = 1000) -> None:
    shop.ask("POST", "/local/faults", {"target": target, "fault": fault, "times": times})


def test_asked_for_the_head_a_page_says_what_it_would_and_nothing_more(shop: Shop) -> None:
    shop.say("callback.agreed", {"customer": OLENA, "at": "2026-03-16T10:00:00Z", "phone": "+380445550101"})
    shop.move(to="2026-03-17T00:00:00Z")
    task = next(each for each in shop.messages() if each["channel"] == "staff")
    found = re.search(r"/t/[\w.-]+", task["text"])
    assert found
    for path in (link(shop), found[0], "/u/none", "/t/none"):
        whole, head = (shop.ask(method, path) for method in ("GET", "HEAD"))
        for answer in (whole, head):
            answer.headers.pop("Date")
        assert (head.status, head.headers, head.body) == (whole.status, whole.headers, b"")
        assert whole.body


def test_every_answer_of_a_page_keeps_strangers_out(shop: Shop) -> None:
    path = link(shop)
    answers = [shop.ask("GET", path), shop.ask("HEAD", path), shop.ask("GET", "/u/none"), shop.ask("GET", "/t/none")]
    answers += [post(shop, path, {"no": "form"}), post(shop, "/t/none", {}), post(shop, path, ONE_CLICK)]
    break_(shop, "table", "down")
    answers += [post(shop, path, ONE_CLICK), shop.ask("GET", path)]
    break_(shop, "table", "down", times=0)
    assert [each.status for each in answers] == [200, 200, 404, 404, 400, 404, 200, 202, 503]
    for answer in answers:
        policy = set(answer.headers["content-security-policy"].split("; "))
        assert policy >= {"default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"}
        assert answer.headers["referrer-policy"] == "no-referrer"
        keeps_to_itself(answer)


def test_every_answer_of_the_door_is_taken_for_what_it_is_and_kept_by_nobody(shop: Shop) -> None:
    taken = shop.say("customer.updated", {"customer": OLENA})
    wrong, strange = shop.say("customer.updated", {"customer": {}}), shop.ask("POST", "/v1/shops/dobra/events", b"{}")
    large, code = shop.post(b"x" * 300_000), shop.ask("GET", "/v1/shops/dobra/coupons/A")
    assert [each.status for each in (taken, wrong, strange, large, code)] == [200, 400, 401, 413, 401]
    for answer in (taken, wrong, strange, large, code):
        keeps_to_itself(answer)


def keeps_to_itself(answer: Reply) -> None:
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["strict-transport-security"].startswith("max-age=")
