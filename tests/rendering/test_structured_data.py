"""What a letter tells mail programs of its order and parcel is what it tells its reader: the same sums and days."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.vocabulary import OrderState
from shopbell.rendering import Rendered
from shopbell.rendering.combined_letter import combine_html
from shopbell.rendering.structured_data import MOST_OFFERS, structured_data
from shopbell.rendering.typesetting import without_controls
from tests.rendering.facts import plain_templates, same, spellings
from tests.rendering.letters import RENDERER, every_locale, every_sample, letter
from tests.rendering.money import states
from tests.rendering.reader import Reader
from tests.rendering.reading_sums import read_money
from tests.rendering.samples import HOSTILE, SAMPLES, many
from tests.rendering.usual import TO_CUSTOMERS, TO_STAFF, usual

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
OF_ORDERS = [kind for kind in TO_CUSTOMERS if usual(kind, "en")["order"] is not None]
OF_PARCELS = ("order_shipped", "parcel_ready")
State = Callable[[str, str], dict[str, Any]]


def data_of(html: str) -> list[dict[str, Any]]:
    """The nodes of a letter, each of whose elements is one alone."""
    found = SCRIPT.findall(html)
    assert len(found) <= 1
    return list(json.loads(found[0])) if found else []


def node(html: str, kind: str) -> dict[str, Any]:
    return next((each for each in data_of(html) if each["@type"] == kind), {})


def values(data: Any, names: frozenset[str]) -> Iterator[str]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from [value] if name in names else values(value, names)
    elif isinstance(data, list):
        for each in data:
            yield from values(each, names)


def told_total(said: Rendered, locale: str) -> Decimal | None:
    words: Any = plain_templates(locale).environment.globals["w"]
    found = re.search(rf"^{words.total}: (.+)$", said.text, re.MULTILINE)
    return read_money(found[1], locale) if found else None


@every_locale
@pytest.mark.parametrize("kind", OF_ORDERS)
@every_sample
def test_its_sums_and_days_are_those_of_the_letter(kind: str, locale: str, sample: str) -> None:
    says_the_same(letter(kind, locale, sample), SAMPLES[sample](kind, locale))


@every_locale
@pytest.mark.parametrize(("kind", "state"), tuple(states()))
def test_in_every_state_of_the_money_too(kind: str, state: State, locale: str) -> None:
    content = state(kind, locale)
    says_the_same(RENDERER.render(kind, locale, "email", content), content)


def says_the_same(said: Rendered, content: dict[str, Any]) -> None:
    order, locale = content["order"], content["locale"]
    text, page = same(said.text), same(Reader(said.html).text)
    told = node(said.html, "Order")
    assert told["orderNumber"] == order.number
    assert told["merchant"]["name"] == without_controls(content["shop"].name)
    if "price" in told:
        assert (Decimal(told["price"]), told["priceCurrency"]) == (order.total, order.currency)
    if (total := told_total(said, locale)) is not None:
        assert Decimal(told["price"]) == total
    if "discount" in told:
        assert Decimal(told["discount"]) == order.discount
    for offer in told.get("acceptedOffer", []):
        item = next(item for item in order.items if without_controls(item.name) == offer["itemOffered"]["name"])
        assert Decimal(offer.get("price", item.unit_price)) == item.unit_price
        assert Decimal(offer["eligibleQuantity"]["value"]) == item.quantity
    for day in values(data_of(said.html), frozenset({"expectedArrivalFrom", "expectedArrivalUntil"})):
        both = (order.delivery.arrives_from, order.delivery.arrives_by)
        assert date.fromisoformat(day) in both
        ways = [same(way) for way in spellings(both if both[0] else both[1], content, short=False)]
        assert any(way in text for way in ways)
        assert any(way in page for way in ways)


@pytest.mark.parametrize("kind", OF_PARCELS)
@pytest.mark.parametrize("locale", ["en", "uk"])
def test_a_parcel_has_its_number_its_way_and_whose_it_is(kind: str, locale: str) -> None:
    parcel = node(letter(kind, locale, "usual").html, "ParcelDelivery")
    assert parcel["trackingNumber"] == "20451234567890"
    assert parcel["trackingUrl"] == "https://parcel.example/20451234567890"
    assert parcel["carrier"] == {"@type": "Organization", "name": "Parcel Post"}
    assert parcel["partOfOrder"]["orderNumber"] == "1001"
    days = (parcel.get("expectedArrivalFrom"), parcel.get("expectedArrivalUntil"))
    assert days == (("2026-03-06", "2026-03-07") if kind == "order_shipped" else (None, None))


@pytest.mark.parametrize(
    ("arrives_from", "arrives_by", "told"),
    [
        (None, None, {}),
        (None, date(2026, 3, 7), {"expectedArrivalUntil": "2026-03-07"}),
        (date(2026, 3, 6), None, {}),
        (
            *(date(2026, 3, 6), date(2026, 3, 7)),
            {"expectedArrivalFrom": "2026-03-06", "expectedArrivalUntil": "2026-03-07"},
        ),
    ],
)
def test_a_day_that_the_letter_leaves_out_is_left_out(
    arrives_from: date | None, arrives_by: date | None, told: dict[str, str]
) -> None:
    content = usual("order_shipped", "en")
    content["order"].delivery.arrives_from, content["order"].delivery.arrives_by = arrives_from, arrives_by
    parcel = node(RENDERER.render("order_shipped", "en", "email", content).html, "ParcelDelivery")
    assert {name: day for name, day in parcel.items() if name.startswith("expected")} == told


def test_of_one_parcel_of_several_only_its_own_things_are_in_it() -> None:
    parcel = node(letter("order_shipped", "en", "in_parts").html, "ParcelDelivery")
    assert [item["name"] for item in parcel["itemShipped"]] == [usual("order_shipped", "en")["order"].items[0].name]
    assert "itemShipped" not in node(letter("order_shipped", "en", "of_unknown_parts").html, "ParcelDelivery")


@pytest.mark.parametrize("kind", OF_PARCELS)
def test_what_is_fetched_from_the_shop_is_no_parcel(kind: str) -> None:
    assert [each["@type"] for each in data_of(letter(kind, "en", "collected").html)] == ["Order"]


@pytest.mark.parametrize("kind", [kind for kind in TO_CUSTOMERS if kind not in OF_ORDERS] + list(TO_STAFF))
def test_a_letter_about_no_order_and_one_to_the_staff_have_none(kind: str) -> None:
    assert "ld+json" not in letter(kind, "en", "usual").html


@pytest.mark.parametrize("state", OrderState)
def test_each_state_of_an_order_has_a_status_of_schema_org(state: OrderState) -> None:
    content = usual("order_received", "en")
    content["order"].state = state
    (told,) = data_of(RENDERER.render("order_received", "en", "email", content).html)
    assert told["orderStatus"] == "https://schema.org/Order" + "".join(map(str.capitalize, state.split("_")))


def test_a_price_that_is_no_longer_the_orders_is_not_said_to_be() -> None:
    content = usual("order_repriced", "en")
    content["repriced"].new_total += 1
    told = node(RENDERER.render("order_repriced", "en", "email", content).html, "Order")
    assert "price" not in told
    assert "acceptedOffer" not in told


def test_it_names_the_first_of_many_things() -> None:
    (told,) = data_of(RENDERER.render("order_received", "en", "email", many("order_received", "en", 40)).html)
    assert len(told["acceptedOffer"]) == MOST_OFFERS


@pytest.mark.parametrize("text", [HOSTILE, "</script><script>alert(1)</script>", "<!--", "]]>", "\u2028", '"\\'])
def test_no_name_ends_the_element_that_it_stands_in(text: str) -> None:
    content = usual("order_shipped", "en")
    content["shop"].name, content["order"].items[0].name = text, text
    content["order"].delivery.address = content["order"].delivery.carrier = text
    data = structured_data(content)
    assert not re.search("[<>&\u2028]", data)
    order, parcel = data_of(RENDERER.render("order_shipped", "en", "email", content).html)
    assert order["merchant"]["name"] == without_controls(text)
    assert parcel["carrier"]["name"] == without_controls(text)


def test_of_two_reminders_in_one_letter_each_order_is_told() -> None:
    html = letter("order_unpaid_first", "en", "usual").html
    combined = combine_html([html, html.replace('"1001"', '"1002"')], "Orders", "")
    assert [json.loads(each)[0]["orderNumber"] for each in SCRIPT.findall(combined)] == ["1001", "1002"]
