"""Groups that go quiet together: the regular customers of one employee, or of one product. It has a cause."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from math import exp, lgamma
from typing import NamedTuple

from shopbell.domain.model.purchases import Purchase
from shopbell.domain.model.rhythm import QuietGroup

OF_LATE = timedelta(days=60)
"""Who fell asleep within so many days did so together."""
LEAST_ASLEEP = 5
ORDERS = 3
"""Who ordered so often, and half of it of the same, is tied to it."""
CHANCE = 0.01
"""So likely at most may it be that chance did it, of all groups together."""
MOST_TOLD = 5


class Seen(NamedTuple):
    """A customer: what they bought, and the day from which on they are asleep."""

    purchases: Sequence[Purchase]
    asleep_on: date


def quiet_groups(customers: Iterable[Seen], today: date) -> tuple[QuietGroup, ...]:
    """Those of which more fell asleep of late than chance would have it, the surest first. Who was asleep before is not
    asked."""
    asked = [each for each in customers if each.asleep_on > today - OF_LATE]
    members: dict[tuple[str, str], list[bool]] = {}
    for each in asked:
        for tie in _ties(each.purchases):
            members.setdefault(tie, []).append(each.asleep_on <= today)
    number, asleep = len(asked), sum(each.asleep_on <= today for each in asked)
    found = []
    for (by, name), group in members.items():
        others, others_asleep = number - len(group), asleep - sum(group)
        if sum(group) < LEAST_ASLEEP or not others:
            continue
        chance = at_least(sum(group), len(group), asleep, number) * len(members)
        if chance <= CHANCE:
            percent = round(100 * others_asleep / others)
            found.append((chance, QuietGroup(by, name, len(group), sum(group), percent)))
    return tuple(group for _, group in sorted(found)[:MOST_TOLD])


def _ties(purchases: Sequence[Purchase]) -> Iterator[tuple[str, str]]:
    if len(purchases) < ORDERS:
        return
    names = {purchase.staff for purchase in purchases if purchase.staff}
    yield from (("staff", name) for name in names if _half(sum(each.staff == name for each in purchases), purchases))
    skus = {sku for purchase in purchases for sku in purchase.skus}
    yield from (("sku", sku) for sku in skus if _half(sum(sku in each.skus for each in purchases), purchases))


def _half(number: int, purchases: Sequence[Purchase]) -> bool:
    return 2 * number >= len(purchases)


def at_least(seen: int, drawn: int, marked: int, of: int) -> float:
    """How likely it is that of so many drawn at least so many are marked (the hypergeometric distribution)."""
    most = min(drawn, marked)
    return min(1.0, sum(exp(_exactly(number, drawn, marked, of)) for number in range(seen, most + 1)))


def _exactly(seen: int, drawn: int, marked: int, of: int) -> float:
    if drawn - seen > of - marked:
        return float("-inf")
    return _ways(marked, seen) + _ways(of - marked, drawn - seen) - _ways(of, drawn)


def _ways(of: int, chosen: int) -> float:
    """The logarithm of how many there are to choose."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1)
