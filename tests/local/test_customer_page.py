"""The customer's page over HTTP: a browser without scripts, and a mail provider without cookies."""

from urllib.parse import urlencode

import pytest

from tests.browser import Page
from tests.local.outsider import Reply
from tests.local.test_contract import OLENA, SHOP, Shop

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
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
    assert (page.locale, page.boxes) == ("uk", {"email_marketing": True, "sms_service": True, "sms_marketing": False})
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
    assert shop.ask("HEAD", path).status in (404, 405)
    assert post(shop, path, {"anything": "else"}).status == 400
    assert shop.ask("POST", path[:-1], part, parts).status == 404
    assert shop.ask("POST", "/u/%ED%A0%80%D1%97", part, parts).status == 404
    shop.ask("POST", "/local/faults", {"target": "table", "fault": "down", "times": 1000})
    assert shop.ask("POST", path, part, parts).status == 503
    shop.ask("POST", "/local/faults", {"target": "table", "fault": "down", "times": 0})
    assert Page(shop.ask("GET", path).body.decode()).boxes["email_marketing"]
    assert shop.ask("POST", path, part, parts).status == 200
    shop.move(to="2026-03-30T00:00:00Z")
    assert shop.kinds() == ["birthday_week"]
