"""Holidays from outside: what a shop that says nothing of them sends, what an offer is, and what is refused."""

from typing import Any

import pytest

from tests.local.test_contract import NO_TASKS, OLENA, Shop

AGREED = {"consent": {"email_marketing": True}}
USUAL = {name: value for name, value in NO_TASKS.items() if name != "holidays"}
FEST = {"holiday": {"percent": 10, "days": 5, "code": "FEST10"}}
OURS = {"on": "05-20", "as": "card", "name": {"uk": "День крамниці", "en": "Our day"}}


def told(product: str, configuration: dict[str, Any], **customer: Any) -> Shop:
    """Olena is known to a shop just put into an empty stack, on Monday 2 March 2026, 10:00 in Kyiv."""
    shop = Shop(product)
    assert shop.ask("POST", "/local/reset").status == 204
    assert shop.ask("PUT", "/local/shops/dobra", configuration).status == 204
    shop.say("customer.updated", {"customer": OLENA | AGREED | customer})
    return shop


def left(shop: Shop) -> list[tuple[str, str]]:
    return [(each["kind"], each["sent_at"]) for each in shop.messages()]


def test_everyone_gets_a_card_of_a_shop_that_says_nothing_of_holidays(product: str) -> None:
    shop = told(product, USUAL)
    shop.move(to="2027-03-01T00:00:00Z")
    assert left(shop) == [("holiday_card", "2026-03-08T08:00:00Z"), ("holiday_card", "2026-12-31T08:00:00Z")]
    card = shop.messages()[0]
    assert (card["class"], card["subject"]) == ("greeting", "Теплі побажання до 8 Березня")
    assert "https://dobra.example" not in card["html"] + card["text"]
    assert card["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "skipped disabled" in shop.decisions("holiday_card")


@pytest.mark.parametrize(
    ("gender", "expected"),
    [
        ("female", [("holiday_offer", "2026-03-08T08:00:00Z")]),
        ("male", [("holiday_gift_reminder", "2026-03-03T08:00:00Z")]),
        (None, [("holiday_card", "2026-03-08T08:00:00Z")]),
    ],
)
def test_an_offer_is_for_women_a_word_before_it_for_men_and_a_card_for_whoever_did_not_say(
    product: str, gender: str | None, expected: list[tuple[str, str]]
) -> None:
    holidays = {"womens_day": "offer", "new_year": "off"}
    shop = told(product, USUAL | {"holidays": holidays, "coupons": FEST}, gender=gender)
    shop.move(to="2026-03-20T00:00:00Z")
    assert left(shop) == expected
    text = shop.messages()[0]["text"]
    assert ("FEST10" in text) is (gender is not None)


def test_a_shop_greets_on_a_day_of_its_own(product: str) -> None:
    shop = told(product, USUAL | {"holidays": {"anniversary": OURS, "womens_day": "off"}})
    shop.move(to="2026-06-01T00:00:00Z")
    assert left(shop) == [("holiday_card", "2026-05-20T07:00:00Z")]
    assert shop.messages()[0]["subject"] == "День крамниці"


def test_a_wrong_holiday_is_named(product: str) -> None:
    shop = told(product, USUAL)
    wrong = {"easter": "card", "new_year": "party", "ours": OURS | {"on": "20-05"}, "bare": {"on": "05-20"}}
    reply = shop.ask("PUT", "/local/shops/dobra", USUAL | {"holidays": wrong})
    assert reply.status == 400
    assert {problem["pointer"] for problem in reply.json()["errors"]} == {
        *("#/holidays/easter", "#/holidays/new_year", "#/holidays/ours/on", "#/holidays/bare/name"),
    }
