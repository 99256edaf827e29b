"""What a customer showed an interest in, and what they are never to be recommended."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from shopbell.domain.model.complaint import OPENED
from shopbell.domain.model.customer import ABOUT, Customer
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.purchases import Purchase, given_back, purchases
from shopbell.domain.model.record import Occurrence, Record, moment_of_version, version_at

ORDERED, IN_CART, SEEN, BAD = 1.0, 0.3, 0.1, -1.0
EARLIER, HALVES_IN = 0.1, timedelta(days=30)
"""What was ordered before the last order counts so much less: of many orders the sum of all would say the usual."""
KEPT = timedelta(days=90)
"""Carts, views and reviews say nothing of what somebody likes after that."""
GOOD_FROM, BAD_UNTIL = 4, 2
SIGNALS = {EventType.CART_UPDATED: IN_CART, EventType.PRODUCT_VIEWED: SEEN}
MOST_IN_CART = 20
MOST_LOOKED_UP = 20
"""The table gives a hundred items in one call, and an order may have five hundred."""


def signals_of(event: Event) -> Record:
    """What an event tells of interests, a product each. Of one day it says the same however often it comes."""
    day = event.at.replace(hour=0, minute=0, second=0, microsecond=0)
    skus = [event.extra.get("sku"), *(item.get("sku") for item in (event.extra.get("items") or ())[:MOST_IN_CART])]
    seen = {str(sku): Occurrence(day, version_at(day, "")) for sku in skus if sku}
    return Record(occurrences={event.type: seen} if seen else {})


def without_old_signals(record: Record, now: datetime) -> Record:
    if not any(signal in record.occurrences for signal in SIGNALS):
        return record
    young: dict[str, Mapping[str, Occurrence]]
    young = {name: _young(record.occurrences.get(name, {}), now) for name in SIGNALS}
    occurrences = {name: young.get(name, named) for name, named in record.occurrences.items()}
    return Record(record.fields, {name: named for name, named in occurrences.items() if named})


def _young(named: Mapping[str, Occurrence], now: datetime) -> dict[str, Occurrence]:
    return {sku: each for sku, each in named.items() if moment_of_version(each.version) > now - KEPT}


def interests(customer: Customer, now: datetime) -> dict[str, float]:
    """By their codes, how much products say of what a customer likes; the most first."""
    complained_of = _complained_of(customer)
    ordered = [each for each in purchases(customer) if not each.refunded and each.order not in complained_of]
    liked = defaultdict[str, float](float, of_orders(ordered, now))
    for signal, weight in SIGNALS.items():
        for sku in _young(customer.record.occurrences.get(signal, {}), now):
            liked[sku] += weight
    return foremost(liked)


def of_orders(ordered: Sequence[Purchase], now: datetime) -> dict[str, float]:
    """Of those, the oldest first."""
    liked: dict[str, float] = {}
    for purchase in reversed(ordered):
        is_last = purchase is ordered[-1]
        weight = ORDERED if is_last else EARLIER * 0.5 ** ((ordered[-1].at - purchase.at) / HALVES_IN)
        opinion = _opinion(purchase, now)
        for sku in purchase.skus:
            liked[sku] = BAD if opinion == BAD else max(liked.get(sku, BAD), weight + opinion)
    return liked


def foremost(liked: Mapping[str, float]) -> dict[str, float]:
    """Of what says the most, so much as is looked up."""
    return dict(sorted(liked.items(), key=lambda each: (-abs(each[1]), each[0]))[:MOST_LOOKED_UP])


def _opinion(purchase: Purchase, now: datetime) -> float:
    if purchase.rating is None or purchase.rated_at is None or purchase.rated_at <= now - KEPT:
        return 0.0
    if purchase.rating <= BAD_UNTIL:
        return BAD
    return SEEN if purchase.rating >= GOOD_FROM else 0.0


def never_again(customer: Customer) -> frozenset[str]:
    """What they own, unless it is used up; what they gave back, or complained about."""
    return frozenset(_owned(customer)) | given_back(customer) | frozenset(_disliked(customer))


def _owned(customer: Customer) -> Iterator[str]:
    yield from (item.sku for each in purchases(customer) for item in each.items if not item.lasts_days)


def _disliked(customer: Customer) -> Iterator[str]:
    complained_of = _complained_of(customer)
    for purchase in purchases(customer):
        is_bad = purchase.rating is not None and purchase.rating <= BAD_UNTIL
        yield from purchase.skus if is_bad or purchase.order in complained_of else ()


def _complained_of(customer: Customer) -> frozenset[str]:
    """The orders about which they ever complained."""
    opened = customer.record.occurrences.get(OPENED, {}).values()
    return frozenset(str(each.facts[ABOUT]) for each in opened if each.facts.get(ABOUT))
