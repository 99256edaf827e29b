"""Whom a campaign is for: named groups of customers, each a question to what one bought."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.purchases import Purchase, purchases
from shopbell.domain.rules.regulars import always_orders, is_loyal, kept
from shopbell.domain.time.calendar import WorkingCalendar

SILENT_MONTHS = 3
GIVEN_UP = timedelta(days=7)
"""So long after an order the last reminder to pay for it goes; then it counts as lost."""

Test = Callable[[Customer, tuple[Purchase, ...], datetime, WorkingCalendar], bool]
Named = Callable[[tuple[Purchase, ...], str], bool]


def _loyal(customer: Customer, bought: tuple[Purchase, ...], at: datetime, calendar: WorkingCalendar) -> bool:
    return is_loyal(bought)


def _silent(customer: Customer, bought: tuple[Purchase, ...], at: datetime, calendar: WorkingCalendar) -> bool:
    """Bought once, and ordered nothing since, paid for or not."""
    return bool(bought) and bought[-1].at <= calendar.add_months(at, -SILENT_MONTHS)


def _same_items(customer: Customer, bought: tuple[Purchase, ...], at: datetime, calendar: WorkingCalendar) -> bool:
    return always_orders(bought) is not None


def _lost_payers(customer: Customer, bought: tuple[Purchase, ...], at: datetime, calendar: WorkingCalendar) -> bool:
    """An order of theirs was never paid for, and they bought nothing since."""
    lost = bool(bought) and bought[-1].unpaid
    return lost and bought[-1].at + GIVEN_UP <= at


def _not_yet(bought: tuple[Purchase, ...], channel: str) -> bool:
    return all(purchase.channel.casefold() != channel for purchase in bought)


def _bought(bought: tuple[Purchase, ...], category: str) -> bool:
    return any(item.category.casefold() == category for purchase in kept(bought) for item in purchase.items)


WORDS: Mapping[str, Test] = {
    "all": lambda customer, bought, at, calendar: True,
    "loyal": _loyal,
    "silent": _silent,
    "same_items": _same_items,
    "lost_payers": _lost_payers,
    "female": lambda customer, bought, at, calendar: customer.text("gender") == "female",
    "male": lambda customer, bought, at, calendar: customer.text("gender") == "male",
}
NAMED: Mapping[str, Named] = {"not_yet": _not_yet, "bought": _bought}
"""Followed by what they ask for: "not_yet:app", "bought:kitchen"."""


def is_segment(word: str) -> bool:
    name, colon, what = word.partition(":")
    return word in WORDS or (name in NAMED and bool(colon and what.strip()))


def outside(customer: Customer, segment: Iterable[str], at: datetime, calendar: WorkingCalendar) -> str:
    """The first of these groups that the customer is not in, "" for one who is in all of them. `at`: the moment that
    three months are counted back from; what was bought since counts as well."""
    bought = purchases(customer)
    return next((word for word in segment if not _is_in(word, customer, bought, at, calendar)), "")


def _is_in(
    word: str, customer: Customer, bought: tuple[Purchase, ...], at: datetime, calendar: WorkingCalendar
) -> bool:
    if word in WORDS:
        return WORDS[word](customer, bought, at, calendar)
    name, _, what = word.partition(":")
    return NAMED[name](bought, what.strip().casefold())
