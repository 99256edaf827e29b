"""Walks the table: every kind, by every channel it may take, in every language, through the code that really sends."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.journeys import JOURNEYS, KINDS
from shopbell.domain.journeys.row import Journey, Sms
from shopbell.domain.model.holiday import USUAL, HolidayMode
from shopbell.domain.model.order import LACKING, UNDELIVERED
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.model.shop import Coupon, DeliveriesTold, Figures, PaymentTerms, Sleeping
from shopbell.domain.model.vocabulary import MessageClass
from shopbell.domain.rules.moments import OnHoliday
from shopbell.service.operators.days import begin_days
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, a_shop, an_order

ROOT = Path(__file__).parent.parent
TOLD = [journey for journey in JOURNEYS if not journey.ends and not journey.takes_along]
"""The letter of a day is told of others: tests/service/test_day.py."""
WORST_NAME = '<b>{{7*7}}</b> "Olena"\r\nBcc: x@evil.example 🌻' + " von und zu" * 10
EMAIL = OLENA | {"name": WORST_NAME, "consent.email_marketing": {"granted": True}}
SMS = {"name": WORST_NAME, "phone": "+380445550101", "consent.sms_marketing": {"granted": True}}
RICH = an_order(
    items=[
        {"sku": "MUG-1", "name": "Mug " + "very long " * 20, "options": {"Colour": "Blue"}, "quantity": "2"},
        *({"sku": f"S{n}", "name": f"Thing {n}", "quantity": "1.5", "unit_price": "3.20"} for n in range(49)),
    ],
    **{
        "discount_total": "10.00",
        "delivery.address": "Pryvitna 1\nKyiv",
        "delivery.courier": "Taras",
        "delivery.arrives_by": "2026-03-09",
        "delivery.pickup_until": "2026-03-20",
        "delivery.storage_fee": "40.00",
        "delivery.tracking_number": "2045",
        "delivery.tracking_url": "https://carrier.example/2045",
        "payment.url": "https://dobra.example/pay?order=1001&x=<y>",
    },
)
ORDERS = {"plain": an_order(**{"delivery.courier": "Taras"}), "rich": RICH}
EXTRA: dict[str, dict[str, Any]] = {
    "order.delayed": {"delay": {"reason": "Snow", "remedy": "We sent another van", "new_date": "2026-03-12"}},
    "order.refunded": {"refund": {"id": "r1", "amount": "100.00", "reason": "Broken"}},
    "order.repriced": {"repriced": {"old_total": "1499.00", "new_total": "1600.00", "reason": "The maker's price"}},
    "order.item_unavailable": {"sku": "MUG-1", "alternatives": [{"sku": "MUG-2", "name": "Mug 2"}]},
    "order.cancelled": {"reason": "You asked us to"},
    "review.posted": {"rating": "5"},
    "callback.agreed": {"at": "2026-03-03T13:00:00Z", "note": "The blue mug?"},
    "call.missed": {"at": "2026-03-02T07:55:00Z", "phone": "+380445550101"},
    "complaint.opened": {"complaint": {"id": "k-7", "order": "1001", "text": "It came <b>cracked</b>"}},
    "complaint.resolved": {"complaint": {"id": "k-7", "text": "A new one is on its way"}},
    UNDELIVERED: {"news": "order_received", "channel": "email", "why": "bounced"},
}


BEFORE: dict[str, tuple[str, ...]] = {
    "promise": ("order.paid",),
    "settled": ("order.paid",),
    "called_off": ("order.paid", "order.cancelled"),
    "money_left_over": ("order.paid", "order.cancelled"),
    "customer.received": ("order.delivered",),
    "complaint.resolved": ("complaint.opened",),
    "order.refunded": ("order.paid",),
}
"""What is told beside the order first; what nobody tells comes of it."""
SHIPPED: dict[str, dict[str, str]] = {
    "order_delayed.not_arrived": {"delivery.arrives_by": "2026-03-09"},
    "staff_parcel_overdue": {"delivery.arrives_by": "2026-03-09"},
    "staff_promise_at_risk.impossible": {"delivery.arrives_by": "2026-02-09"},
}
"""What is told of the parcel of which these speak."""
BOUGHT = {"runs_out": None, "wanted_again": "2026-03-12", "to_replace": None}
"""What comes of a purchase alone, and for when the next one was agreed on."""
BOUGHT_AGAIN = {
    **{"sku": "WATER-19", "name": "Water " + "very long " * 9, "quantity": "1", "unit_price": "3.20"},
    **{"lasts_days": 20, "renews_after_days": 20},
}
COUPONS = {"birthday": Coupon(Decimal(10), code="BDAY10"), "winback": Coupon(Decimal(15), unique=True)}
BY_PHONE_ALONE = "staff_call_satisfaction.instead_of_review"
AGREED_TO_SMS: dict[str, dict[str, Any]] = {"back_in_stock": {"consent.sms_service": {"granted": True}}}
HOLIDAYS = {"holiday_card": HolidayMode.CARD}
ON_RECEIPT = {"payment.method": "cash_on_delivery"}
WITHOUT_WAY_TO_PAY: dict[str, dict[str, PaymentTerms]] = {LACKING: {"payment": PaymentTerms()}}


def told(journey: Journey, customer: dict[str, Any], locale: str, order: dict[str, Any]) -> World:
    """A world in which this kind has just been told."""
    more: dict[str, Any] = {**WITHOUT_WAY_TO_PAY.get(journey.event_type, {})}
    order = order | {"payment.url": None} if more else order
    on = dict.fromkeys((journey.kind, "staff_pack"), Figures(enabled=True))  # what is not packed nobody stops packing
    more |= {"sleeping": Sleeping(floor_days=3), "coupons": COUPONS}
    world = World(
        shop=a_shop(locale=locale, journeys=on, deliveries_told=DeliveriesTold.ALWAYS, **more), pages=RENDERER
    )
    world.send = world.sending_with(RENDERER)
    OCCASIONS.get(journey.event_type, happen)(world, journey, customer, order)
    if journey.name in SHIPPED:
        world.tell("order.shipped", SHIPPED[journey.name])
    for day in range(2, 31):
        if any(message.name == journey.name for message in world.sent()):
            break
        world.until(MONDAY.replace(day=day))
    return world


def happen(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    """To an order."""
    world.tell("order.placed", order | (ON_RECEIPT if journey.step == "accepted" else {}), customer)
    for event_type in (*BEFORE.get(journey.event_type, ()), journey.event_type):
        if event_type not in ("order.placed", LACKING) and "." in event_type:
            world.tell(event_type, None, customer, said=EXTRA.get(event_type))


def buy_again(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    bought = {"items": [BOUGHT_AGAIN], "planned_repeat_on": BOUGHT[journey.event_type]}
    world.tell("order.placed", order | ON_RECEIPT | bought, customer)


def restock(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    customer |= AGREED_TO_SMS.get(journey.kind, {})
    world.tell("product.wanted", None, customer, customer_id="7", sku="WATER-19")
    world.tell("product.restocked", None, product=BOUGHT_AGAIN)


def have_birthday(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    world.tell("customer.updated", None, customer | {"birthday": "1990-03-20"}, customer_id="7")


def keep_womens_day(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    day = replace(USUAL["womens_day"], mode=HOLIDAYS.get(journey.kind, HolidayMode.OFFER))
    coupons = {"holiday": Coupon(Decimal(10), code="FEST10")}
    world.shop = replace(world.shop, holidays={day.name: day}, coupons=coupons)
    gender = "male" if journey.moment == OnHoliday(-5) else "female"
    world.tell("customer.updated", None, customer | {"gender": gender}, customer_id="7")


def fall_asleep(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    """Who ordered day by day is asleep a week later, where six days are two usual times, and has spent the most."""
    known = Rhythm(learnt_at=MONDAY.replace(year=2027), since=MONDAY, big_from=Decimal(0))
    world.store.save_rhythm("dobra", known)
    for day in (2, 3, 4):
        world.until(MONDAY.replace(day=day))
        world.tell(
            "order.placed", order | ON_RECEIPT | {"number": str(day), "placed_at": None}, customer, order_id=str(day)
        )


def run_campaign(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    """Asked for once, and asked for in earnest; what stops one is told as though it had happened."""
    world.tell("customer.updated", None, customer, customer_id="7")
    block = {
        "is": "offer",
        "text": "Come <b>and</b> see",
        "items": [{"name": BOUGHT_AGAIN["name"], "url": "https://dobra.example/1"}],
    }
    content = {world.shop.locale: {"subject": "Spring {{7*7}}", "blocks": [block]}}
    for _ in range(2):
        said = {"id": "spring", "segment": ["all"], "content": content, "coupon": "birthday"}
        world.tell("campaign.requested", campaign=said)
        world.until(world.now + timedelta(hours=1))
    if journey.step == "stopped":
        world.campaigns.add("dobra", "spring", {"sent": 1_000, "bounce": 20})
        world.tell("campaign.requested", campaign={**said, "id": "summer"})
        world.tell("campaign.requested", campaign={**said, "id": "summer"})
        world.campaigns.add("dobra", "summer", {"sent": 1_000, "bounce": 20})
    world.until(MONDAY.replace(day=5))


def end_month(world: World, journey: Journey, customer: dict[str, Any], order: dict[str, Any]) -> None:
    world.tell("order.placed", order, customer)
    begin_days(world.workplace, world.shop, world.now)
    world.until(MONDAY.replace(month=4, day=3))


OCCASIONS: Mapping[str, Callable[[World, Journey, dict[str, Any], dict[str, Any]], None]] = {
    **dict.fromkeys(BOUGHT, buy_again),
    "product.restocked": restock,
    "birthday": have_birthday,
    "holiday": keep_womens_day,
    "sleeps": fall_asleep,
    "month": end_month,
    **dict.fromkeys(("customer.chosen", "campaign.counted", "campaign.stopped", "campaign.ended"), run_campaign),
}
"""What happens, by what a kind waits for: to an order, where nothing else is said."""


def cases() -> Iterator[tuple[Journey, str, str, str]]:
    """A plain order in one language is enough: the samples of the letters go through all."""
    for journey in TOLD:
        for locale in sorted(RENDERER.locales()):
            for order in ("plain", "rich") if locale == "en" else ("rich",):
                yield from ((journey, locale, channel, order) for channel in channels(journey))


def channels(journey: Journey) -> tuple[str, ...]:
    if journey.message_class is MessageClass.STAFF:
        return ("staff",)
    return ("email",) if journey.sms is Sms.NEVER else ("email", "sms")


def customer(journey: Journey, channel: str) -> dict[str, Any]:
    if journey.name == "staff_callback.back_in_stock":
        return {name: SMS[name] for name in ("name", "phone")}
    if channel == "sms" or journey.name == BY_PHONE_ALONE:
        return SMS
    return EMAIL | ({"phone": SMS["phone"]} if channel == "staff" else {})


@pytest.mark.parametrize(
    ("journey", "locale", "channel", "order"), list(cases()), ids=lambda case: getattr(case, "name", case)
)
def test_every_kind_is_told_by_every_channel_in_every_language(
    journey: Journey, locale: str, channel: str, order: str
) -> None:
    world = told(journey, customer(journey, channel), locale, ORDERS[order])
    ours = {message.id for message in world.sent() if message.name == journey.name}
    letters = [letter for letter in getattr(world, channel).taken if letter.id in ours]
    assert len(letters) == len({letter.id for letter in letters}) >= 1
    letter = letters[0]
    assert letter.locale == locale
    assert not re.search(r"\bNone\b|\{\{(?!7\*7)|\{%|Undefined", letter.html + letter.text)
    assert "<b>{{7" not in letter.html
    assert "\n" not in letter.subject
    if channel == "staff":
        status, page = world.visit(world.link(journey.name))
        assert (status, re.findall(r"\bNone\b|Undefined", page)) == (200, [])


OF_EVENTS = {"campaign"}
"""Kinds that bear the name of what an event brings."""


def test_no_kind_is_named_outside_the_table() -> None:
    names = re.compile("|".join(rf'"{kind}["|]' for kind in {*KINDS} - OF_EVENTS))
    sources = [*ROOT.glob("functions/**/*.py"), *ROOT.glob("layers/core/shopbell/**/*.py")]
    named = [path.name for path in sources if "journeys" not in path.parts and names.search(path.read_text())]
    assert named == []


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_each_row_answers_a_requirement(journey: Journey) -> None:
    assert re.fullmatch(r"R\d{3}([–,] ?R\d{3})*", journey.answers)
