"""What letters say of money that comes back, is still to come, or was never there: sums of the account alone, in every
language by every channel the same."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any

import pytest

from tests.rendering.facts import same, spellings
from tests.rendering.languages import TONE_OF
from tests.rendering.letters import LOCALES, RENDERER
from tests.rendering.parts import goods, money, money_back, order, paid, payment, repriced, shop
from tests.rendering.reader import Reader
from tests.rendering.usual import usual

every_locale = pytest.mark.parametrize("locale", LOCALES)

TEN, REST, ALL = "10.00", "36.10", "46.10"
CANCELLED: Mapping[str, tuple[str, str]] = {
    "never paid": ("", ""),
    "to be given back": ("", ALL),
    "given back at once": (ALL, ""),
    "given back in part": (TEN, REST),
}
"""What was given back, and what is still to come."""
DEARER, CHEAPER = "52.00", "40.00"
MORE, LESS = "5.90", "6.10"
BY_TRANSFER: Mapping[str, Any] = {"method": "bank_transfer"}
BY_CARD: Mapping[str, Any] = {"method": "card", "details": ""}
AT_THE_DOOR: Mapping[str, Any] = {"method": "cash_to_courier", "prepaid": False, "details": "", "url": ""}


def cancelled(locale: str, given: str, to_come: str, **changed: Any) -> dict[str, Any]:
    sums = {"given_back": given, "refund_expected": to_come}
    said = {name: money(locale, sum_) if sum_ else None for name, sum_ in sums.items()}
    of = order(locale, cancelled=True, payment=payment(locale, due=None))
    return {**usual("order_cancelled", locale), "order": of, **said, **changed}


def dearer(locale: str, **paying: Any) -> dict[str, Any]:
    """It had been paid when the price rose."""
    pays = payment(locale, **{"due": money(locale, MORE), "paid": money(locale, ALL), **paying})
    told = {
        "repriced": repriced(locale, rest=money(locale, MORE)),
        "order": order(locale, total=money(locale, DEARER), payment=pays),
    }
    return {**usual("order_repriced", locale), **told}


def cheaper(locale: str, *, was_paid: bool) -> dict[str, Any]:
    new = money(locale, CHEAPER)
    back = money(locale, LESS) if was_paid else None
    of = paid(locale, total=new) if was_paid else order(locale, total=new, payment=payment(locale, due=new))
    told = {"repriced": repriced(locale, new_total=new, back=back), "companions": goods(locale), "order": of}
    return {**usual("order_repriced", locale), **told}


def parts(said: dict[str, Any]) -> tuple[str, str, str]:
    """The text, the page as it is read, and the SMS."""
    kind, locale = said["kind"], said["locale"]
    letter = RENDERER.render(kind, locale, "email", said)
    text = f"{letter.subject}\n{letter.preheader}\n{letter.text}"
    return same(text), same(Reader(letter.html).text), same(RENDERER.render(kind, locale, "sms", said).text)


def tells(text: str, pounds: str, said: dict[str, Any]) -> bool:
    value = money(said["locale"], pounds)
    ways = [*spellings(value, said, short=False), *spellings(value, said, short=True)]
    return any(re.search(rf"(?<![\d.,])(?<!\d ){re.escape(same(way))}(?!\d)", text) for way in ways)


@every_locale
@pytest.mark.parametrize("state", CANCELLED)
def test_who_hears_of_a_cancellation_hears_where_their_money_is(locale: str, state: str) -> None:
    given, to_come = CANCELLED[state]
    said = cancelled(locale, given, to_come)
    text, page, sms = parts(said)
    for part in (text.partition(said["order"].items[0].name)[0], sms):
        assert [sum_ for sum_ in (TEN, REST, ALL) if tells(part, sum_, said)] == sorted(filter(None, (given, to_come)))
    for part in (text, page):
        assert bool(re.search(TONE_OF[locale].working_days, part)) is bool(given or to_come)
    assert bool(re.search(TONE_OF[locale].working_days, sms)) is bool(given)


@every_locale
def test_a_cancellation_is_told_of_an_order_of_which_nothing_more_is_known(locale: str) -> None:
    bare = order(locale, cancelled=True, total=None, items=[], url="", payment=payment(locale, method="", due=None))
    for said in (
        cancelled(locale, "", "", order=bare, reason="", shop=shop(locale, phone="", email="", site="")),
        cancelled(locale, "", "", order=Part(**{**vars(bare), "items": goods(locale)})),
    ):
        for part in parts(said):
            assert "1001" in part
            assert not re.search(r"None|: *$", part)


@every_locale
@pytest.mark.parametrize(("amount", "of_all"), [("9.50", False), (ALL, True)])
def test_a_refund_says_how_much_of_it_and_when_it_comes(locale: str, amount: str, *, of_all: bool) -> None:
    refund = Part(amount=money(locale, amount), is_all=amount == ALL, reason="")
    said = {**usual("order_refunded", locale), "refund": refund, "order": paid(locale, cancelled=of_all)}
    for part in parts(said):
        assert tells(part, amount, said)
        assert re.search(TONE_OF[locale].working_days, part)
    both = [
        parts({**said, "refund": Part(amount=money(locale, sum_), is_all=sum_ == ALL, reason="")})[0]
        for sum_ in ("9.50", ALL)
    ]
    assert both[0] != both[1].replace(ALL, "9.50")


@every_locale
@pytest.mark.parametrize("paying", [BY_TRANSFER, BY_CARD, {**BY_CARD, "url": ""}, AT_THE_DOOR])
def test_a_price_that_rose_after_payment_names_the_rest_and_the_way_to_pay_it(
    locale: str, paying: Mapping[str, Any]
) -> None:
    said = dearer(locale, **paying)
    details = usual("order_received", locale)["order"].payment.details.splitlines()[-1]
    letter = RENDERER.render("order_repriced", locale, "email", said)
    text, page, sms = parts(said)
    for part in (text, page, sms):
        assert [sum_ for sum_ in (ALL, DEARER, MORE) if tells(part, sum_, said)] == [ALL, DEARER, MORE]
        assert (details in part) is (paying["method"] == "bank_transfer")
    pays_there = bool(said["order"].payment.url)
    assert (said["order"].payment.url in Reader(letter.html).links) is pays_there or not pays_there
    assert ("https://shop.example/pay/1001" in text) is pays_there
    assert re.search(TONE_OF[locale].sorry, text, re.IGNORECASE)


@every_locale
def test_who_pays_by_card_and_has_no_link_is_told_whom_to_ask(locale: str) -> None:
    with_link, without = (parts(dearer(locale, **BY_CARD, url=url))[0] for url in ("https://shop.example/pay/1001", ""))
    at_the_door = parts(dearer(locale, **AT_THE_DOOR))[0]
    assert len({with_link, without, at_the_door}) == 3


@every_locale
@pytest.mark.parametrize("was_paid", [True, False])
def test_a_lower_price_is_good_news_without_apology_or_offer(locale: str, *, was_paid: bool) -> None:
    said = cheaper(locale, was_paid=was_paid)
    text, page, sms = parts(said)
    for part in (text, page, sms):
        assert tells(part, CHEAPER, said)
        assert tells(part, LESS, said) is was_paid
        assert not re.search(TONE_OF[locale].sorry, part, re.IGNORECASE)
        assert said["coupon"].code not in part
    assert bool(re.search(TONE_OF[locale].working_days, text)) is was_paid


@every_locale
@pytest.mark.parametrize("kind", ["order_cancelled", "order_refunded"])
def test_where_there_is_nothing_to_do_there_is_no_button(kind: str, locale: str) -> None:
    assert 'class="button"' not in RENDERER.render(kind, locale, "email", usual(kind, locale)).html


OWED: Mapping[str, Mapping[str, Any]] = {
    "paid more": {"why": "paid"},
    "now cheaper": {"why": "total"},
    "called off": {"why": "cancelled", "cancelled": True},
    "paid after it was called off": {"why": "paid", "cancelled": True},
    "given back too much": {"why": "refunded", "amount": None, "beyond": Decimal("7.00")},
    "nothing any more": {"amount": None},
}


@every_locale
def test_the_staff_are_told_why_money_is_to_go_back(locale: str) -> None:
    told = set()
    for changed in OWED.values():
        owed = {name: value for name, value in changed.items() if name != "cancelled"}
        of = paid(locale, cancelled=changed.get("cancelled", False))
        said = {**usual("staff_money_back", locale), "money_back": money_back(locale, **owed), "order": of}
        letter = RENDERER.render("staff_money_back", locale, "staff", said)
        assert "None" not in letter.subject + letter.preheader + letter.text
        told.add(letter.text.partition("order.refunded")[0])
    assert len(told) == len(OWED)


@every_locale
def test_the_staff_are_told_how_to_give_it_back_by_the_way_it_came(locale: str) -> None:
    told = set()
    for method in ("bank_transfer", "card", "cash_on_delivery"):
        of = paid(locale, payment=payment(locale, method=method, due=None))
        said = {**usual("staff_money_back", locale), "order": of}
        told.add(RENDERER.render("staff_money_back", locale, "staff", said).text)
    assert len(told) == 3


@every_locale
def test_nobody_is_rung_about_a_payment_taken_back_from_an_order_that_is_called_off(locale: str) -> None:
    said = usual("staff_payment_reversed", locale)
    due = RENDERER.render("staff_payment_reversed", locale, "staff", said)
    said["order"] = order(locale, cancelled=True, payment=payment(locale, due=None))
    off = RENDERER.render("staff_payment_reversed", locale, "staff", said)
    assert "order.cancelled" in due.text
    assert "order.cancelled" not in off.text
    assert off.subject in due.subject


@every_locale
def test_a_page_asks_for_no_stop_once_the_order_was_brought_back(locale: str) -> None:
    said = usual("staff_stop_packing", locale)
    off = RENDERER.render("staff_stop_packing", locale, "staff", said)
    back = RENDERER.render("staff_stop_packing", locale, "staff", {**said, "order": paid(locale)})
    assert said["reason"] in off.text
    assert said["reason"] not in back.text
    assert "order.shipped" in off.text
    assert "order.shipped" not in back.text
