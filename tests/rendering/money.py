"""The states of an order's money, as the letters about it meet them."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any

from tests.rendering.languages import SAMPLES_OF
from tests.rendering.parts import THURSDAY, bonus, delivery, money, payment
from tests.rendering.usual import usual

Content = dict[str, Any]
State = Callable[[str, str], Content]

PLACED = ("order_received", "order_accepted")
REMINDERS = ("order_unpaid_first", "order_unpaid_final")
UNPAID = (*PLACED, *REMINDERS, "payment_failed")
PAID = "payment_received"
UNSENT = {"method": "none", "address": "", "ships_by": None, "arrives_from": None, "arrives_by": None}
FETCHED = {"method": "self_pickup", "address": "", "carrier": "", "tracking_number": "", "tracking_url": ""}


def _with(kind: str, locale: str, paying: Mapping[str, Any], **facts: Any) -> Content:
    said = usual(kind, locale) | facts
    said["order"].payment = Part(**{**vars(said["order"].payment), **paying})
    return said


def by_transfer(kind: str, locale: str) -> Content:
    return _with(kind, locale, {"method": "bank_transfer", "details": SAMPLES_OF[locale].payment_details, "url": ""})


def by_card(kind: str, locale: str) -> Content:
    return _with(kind, locale, {"method": "card", "details": "", "other_details": SAMPLES_OF[locale].payment_details})


def by_card_without_a_link(kind: str, locale: str) -> Content:
    return _with(
        kind,
        locale,
        {"method": "card", "details": "", "other_details": SAMPLES_OF[locale].payment_details, "url": ""},
    )


def part_paid(kind: str, locale: str) -> Content:
    came = {
        "due": money(locale, "26.10"),
        "paid": money(locale, "20.00"),
        "url": "",
        "details": SAMPLES_OF[locale].payment_details,
    }
    said = _with(kind, locale, came | {"method": "bank_transfer"})
    if kind == PAID:
        said |= {"amount": money(locale, "20.00"), "rest": money(locale, "26.10"), "ships_by": None, "bonus": None}
        said["order"].paid = False
    return said


def paid(kind: str, locale: str) -> Content:
    """At the checkout."""
    came = {"method": "card", "details": "", "url": "", "due": None, "paid": money(locale, "46.10")}
    said = _with(kind, locale, came, ships_by=THURSDAY, bonus=bonus(locale))
    said["order"].paid = True
    return said | {name: None for name in ("pay_by",) if name in said}


def paid_in_parts(kind: str, locale: str) -> Content:
    return paid(kind, locale) | {"amount": money(locale, "26.10"), "came_before": money(locale, "20.00")}


def paid_too_much(kind: str, locale: str) -> Content:
    said = paid(kind, locale) | {"too_much": money(locale, "5.00")}
    said["order"].payment.paid = money(locale, "51.10")
    return said | {name: money(locale, "51.10") for name in ("amount",) if name in said}


def called_off(kind: str, locale: str) -> Content:
    return paid(kind, locale) | {
        "called_off": True,
        "too_much": money(locale, "46.10"),
        "ships_by": None,
        "bonus": None,
    }


def paid_and_accepted(kind: str, locale: str) -> Content:
    return paid(kind, locale) | {name: True for name in ("accepted", "full") if name in usual(kind, locale)}


def for_nothing(kind: str, locale: str) -> Content:
    said = paid(kind, locale) | {"bonus": None}
    said["order"].total, said["order"].payment.paid = Decimal("0.00"), None
    return said


def paid_and_not_sent(kind: str, locale: str) -> Content:
    return _not_sent(paid(kind, locale) | {"ships_by": None}, locale)


def unpaid_and_not_sent(kind: str, locale: str) -> Content:
    said = by_transfer(kind, locale)
    return _not_sent(said | {name: None for name in ("ships_by", "pay_by") if name in said}, locale)


def _not_sent(said: Content, locale: str) -> Content:
    said["order"].sent, said["order"].delivery = False, delivery(locale, **UNSENT)
    return said


def paid_and_fetched(kind: str, locale: str) -> Content:
    said = paid(kind, locale)
    said["order"].delivery = delivery(locale, **FETCHED)
    return said


def cash_on_delivery(kind: str, locale: str) -> Content:
    said = usual(kind, locale)
    said["order"].payment = payment(locale, method="cash_on_delivery", prepaid=False, details="", url="")
    return said | {name: None for name in ("pay_by",) if name in said}


def cash_after_a_deposit(kind: str, locale: str) -> Content:
    rest, came = money(locale, "26.10"), money(locale, "20.00")
    said = cash_on_delivery(kind, locale) | {"amount": came, "rest": rest, "ships_by": None, "bonus": None}
    said["order"].payment.due, said["order"].payment.paid, said["order"].paid = rest, came, False
    return said


STATES: Mapping[str, tuple[State, ...]] = {
    **dict.fromkeys(UNPAID, (by_transfer, by_card, by_card_without_a_link, part_paid, unpaid_and_not_sent)),
    PAID: (
        *(part_paid, paid, paid_in_parts, paid_too_much, called_off, paid_and_accepted),
        *(paid_and_not_sent, paid_and_fetched, cash_after_a_deposit),
    ),
}
WHEN_PLACED: tuple[State, ...] = (
    *(paid, paid_too_much, paid_and_accepted, for_nothing),
    *(paid_and_not_sent, paid_and_fetched, cash_on_delivery),
)


def states() -> Iterator[tuple[str, State]]:
    for kind, known in STATES.items():
        yield from ((kind, state) for state in (*known, *(WHEN_PLACED if kind in PLACED else ())))
