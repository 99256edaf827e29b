"""The table of an order in a letter: its lines add up to its total, however many there are, and it never grows long."""

from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.commands.samples import any_shop
from shopbell.domain.journeys import KINDS
from shopbell.domain.letter_context.common import order_context
from shopbell.domain.letter_context.delivery import delivery_context
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.rendering.long_lists import MOST_LINES, fitting, sum_of
from tests.rendering.languages import SAMPLES_OF
from tests.rendering.letters import LOCALES, RENDERER, every_locale
from tests.rendering.parts import item_context
from tests.rendering.reader import Reader
from tests.rendering.reading_sums import Table, text_sums
from tests.rendering.samples import many
from tests.rendering.usual import usual
from tests.world import MONDAY

CLIPPED = 102_000
"""Bytes above which Gmail shows a letter in part."""
TEXTS = {"cyrillic": "Ї" * 1000, "markup": "&" * 1000, "quotes": '"' * 1000, "pictures": "\N{SUNFLOWER}" * 1000}
WITH_LISTS = [kind for kind in KINDS if usual(kind, "en")["order"] is not None]

PRICES = st.decimals(min_value=Decimal("0.01"), max_value=9_999, places=2).map(str)
ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "sku": st.just("MUG"),
            "name": st.just("Mug"),
            "quantity": st.sampled_from(["1", "2", "12"]),
            "unit_price": PRICES,
        },
        optional={"total": PRICES},
    ),
    min_size=1,
    max_size=4,
).flatmap(lambda few: st.sampled_from([few, few * 40]))
CHANGES = st.lists(
    st.fixed_dictionaries({"name": st.just("VAT"), "amount": st.decimals(-99, 99, places=2).map(str)}), max_size=3
)
ORDERS = st.fixed_dictionaries(
    {
        "items": ITEMS,
        "total": PRICES,
        "adjustments": CHANGES,
        "currency": st.sampled_from(["UAH", "KWD", "JPY", "HUF"]),
    },
    optional={
        "delivery.price": PRICES | st.just("0.00"),
        "discount_total": PRICES,
        "url": st.just("https://s.example/o"),
    },
)


def told(order: dict[str, Any], kind: str, locale: str) -> Any:
    whole = {"number": "1001", "payment.method": "bank_transfer", **order}
    record = Record({name: FieldVersion(value, "2026-03-02T10:00:00.000000Z|evt") for name, value in whole.items()})
    facts = Facts(any_shop(), Customer("id:7"), order=Order("1001", record))
    delivery = delivery_context(facts, Trigger("", MONDAY), MONDAY)
    context = order_context(Order("1001", record), any_shop(), delivery)
    content = usual(kind, locale) | {"order": context, "coupon": None, "pay_by": None}
    return RENDERER.render(kind, locale, "email", content)


@settings(max_examples=60)
@given(ORDERS, st.sampled_from(LOCALES))
def test_the_lines_that_a_letter_shows_add_up_to_the_total_that_it_shows(order: dict[str, Any], locale: str) -> None:
    letter = told(order, "order_received", locale)
    for lines, total in (Table(letter.html, locale).sums(), text_sums(letter.text, locale)):
        assert sum(lines) == total == Decimal(order["total"])


def test_what_costs_something_else_is_not_said_to_be_reckoned() -> None:
    mug = {"sku": "MUG", "name": "Mug", "quantity": "2", "unit_price": "15.00", "total": "28.00"}
    letter = told({"items": [mug], "total": "28.00", "currency": "GBP"}, "order_received", "en")
    assert "× 2: £28.00" in letter.text
    assert "15.00" not in letter.text + letter.html


@every_locale
@pytest.mark.parametrize("kind", WITH_LISTS)
def test_of_a_long_order_fifty_things_are_told_and_how_many_more(kind: str, locale: str) -> None:
    letter = RENDERER.render(kind, locale, "email", many(kind, locale, 137))
    shorter = RENDERER.render(kind, locale, "email", many(kind, locale, 50))
    if shorter.text == letter.text:
        return  # it lists nothing
    for part in (letter.text, Reader(letter.html).text):
        assert "87" in part
    assert "https://shop.example/o/1001" in letter.text
    assert "https://shop.example/o/1001" in letter.html
    assert sum(map(letter.text.count, SAMPLES_OF[locale].goods.values())) <= 2 * MOST_LINES


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_order_makes_a_letter_that_mail_programs_cut(kind: str, text: str) -> None:
    letter = RENDERER.render(kind, "uk", "email", filled(kind, TEXTS[text]))
    assert len(letter.html.encode()) < CLIPPED


def filled(kind: str, text: str) -> dict[str, Any]:
    """Five hundred things, and every text as long as a shop may send it."""
    said, url, name = usual(kind, "uk"), "https://shop.example/" + "&" * 900, text[:200]
    thing = item_context("uk", name, "14.90", "2", options=[(text[:128], text)], sku=text[:128], url=url)
    thing.__dict__.update(beside=name, learnt=True)
    if order := said["order"]:
        fee = Part(name=name, amount=Decimal(1))
        order.__dict__.update(items=[thing] * 500, adjustments=[fee] * 10, rest=Decimal(3), url=url, number=text[:128])
        order.payment.__dict__.update(details=text, title=name, url=url, alternatives=[text] * 3)
        order.delivery.__dict__.update(
            address=text, tracking_url=url, **dict.fromkeys(("title", "carrier", "courier"), name)
        )
    lists = {each: [thing] * 500 for each in ("companions", "alternatives") if said.get(each)}
    for part in ("delay", "refund", "repriced", "complaint"):
        for field, value in vars(said.get(part) or Part()).items():
            setattr(said[part], field, text if isinstance(value, str) else value)
    return said | lists | {each: text for each in ("reason",) if each in said} | {"full": True}


def test_a_list_that_is_too_long_has_its_first_things_at_the_least() -> None:
    huge = item_context("en", "x" * 200_000, "1.00")
    assert len(fitting([huge] * 9)) == 1
    assert len(fitting([item_context("en", "Mug", "1.00")] * 500)) == MOST_LINES
    assert sum_of([item_context("en", "Mug", "1.00"), Part(amount=None)]) is None
