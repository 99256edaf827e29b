"""Whether a shop tells of deliveries: what became of its last ten parcels whose day is over."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.order import Order
from shopbell.domain.model.shop import RECENT_DELIVERIES
from shopbell.domain.rules.days import end_of
from shopbell.domain.rules.parcels import Parcel, parcel_named, parcels


class Outcome(NamedTuple):
    """When a parcel's day was over ("2026-03-05T19:00:00+00:00"), the parcel by a hash, and whether it was told as
    delivered."""

    at: str
    parcel: str
    told: bool


def counted(known: Sequence[Outcome], new: Outcome) -> Sequence[Outcome]:
    """The newest ten, whatever order they came in: a parcel stands once, and what was told late was told. One more of
    ten that are all alike changes nothing, and is not worth a write."""
    by_parcel = {each.parcel: each for each in known}
    before = by_parcel.get(new.parcel)
    if before is None and len(known) >= RECENT_DELIVERIES and all(each.told == new.told for each in known):
        return known
    by_parcel[new.parcel] = new._replace(told=new.told or (before is not None and before.told))
    return tuple(sorted(by_parcel.values())[-RECENT_DELIVERIES:])


def newly_delivered(facts: Facts, before: Order) -> Iterator[Outcome]:
    """Parcels with a day of which an event told that they were delivered."""
    for parcel in parcels(facts.order) if facts.order else ():
        was = parcel_named(before, parcel.name)
        if parcel.is_delivered and not (was and was.is_delivered):
            yield from _outcome(facts, parcel, told=True)


def not_told(facts: Facts, arrivals: Iterable[Trigger]) -> Iterator[Outcome]:
    """Parcels whose day is over in silence."""
    for trigger in arrivals:
        parcel = parcel_named(facts.order, trigger.parcel) if facts.order else None
        if parcel:
            yield Outcome(trigger.at.isoformat(), _hashed(facts, parcel), False)


def _outcome(facts: Facts, parcel: Parcel, *, told: bool) -> Iterator[Outcome]:
    day = parcel.day("arrives_by", facts.shop)
    if day is not None:
        over: datetime = end_of("arrives_by", day, facts, parcel)
        yield Outcome(over.isoformat(), _hashed(facts, parcel), told)


def _hashed(facts: Facts, parcel: Parcel) -> str:
    return blake2b(f"{facts.order_id}\n{parcel.name}".encode(), digest_size=6).hexdigest()
