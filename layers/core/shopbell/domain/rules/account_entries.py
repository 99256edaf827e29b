"""What events say of an order's money and life, one entry each, in the order of their moments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from shopbell.domain.model.events import FAST_CLOCK, EventType, Json
from shopbell.domain.model.history import BY_TURNS, ERASED
from shopbell.domain.model.record import Occurrence, Record, moment_of_version
from shopbell.domain.time.calendar import parse_instant

RANKS = (
    EventType.ORDER_TOTAL,
    EventType.ORDER_PAID,
    EventType.ORDER_PAYMENT_REVERSED,
    EventType.ORDER_REFUNDED,
    EventType.ORDER_CANCELLED,
    EventType.ORDER_ACCEPTED,
)
"""Of one moment the price counts first, then what was paid of it."""

OBJECT = {
    EventType.ORDER_PAID: "payment",
    EventType.ORDER_PAYMENT_REVERSED: "payment",
    EventType.ORDER_REFUNDED: "refund",
}
"""Where the amount of each stands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`amount` None: all of it. `payment`: the id of the payment that went back, as named. `borne_up_to`: what the shop
    bore of an increase when this price was told, None where that was not kept."""

    event_type: EventType
    id: str
    at: datetime
    moment: datetime
    version: str
    amount: Decimal | None
    facts: Mapping[str, Json]
    borne_up_to: Decimal | None = None
    payment: str = ""

    @property
    def cause(self) -> str:
        """Names it among the entries of its order."""
        name = self.id if self.event_type is not EventType.ORDER_TOTAL else str(self.amount)
        return f"{self.event_type.removeprefix('order.')} {name}".strip()


def entries_of(record: Record) -> list[Entry]:
    entries = [*_prices(record), *_told(record)]
    payments = (entry for entry in entries if entry.event_type is EventType.ORDER_PAID)
    paid = {entry.id: entry.moment for entry in sorted(payments, key=lambda entry: entry.moment, reverse=True)}
    placed = [_not_before(entry, paid) for entry in entries]
    return sorted(placed, key=lambda entry: (entry.moment, RANKS.index(entry.event_type), entry.version))


def _not_before(entry: Entry, paid: Mapping[str, datetime]) -> Entry:
    """A payment goes back after it came, whatever the clocks say."""
    if not entry.payment or entry.payment not in paid:
        return entry
    return replace(entry, moment=max(entry.moment, paid[entry.payment]))


def _prices(record: Record) -> Iterator[Entry]:
    """Each word about the total; the first holds from the beginning. While there was only one, it is the field's; so
    too where a person was forgotten, with all that was said of their orders."""
    told = record.occurrences.get(EventType.ORDER_TOTAL, {})
    words = {name: word for name, word in told.items() if "amount" in word.facts}
    last = record.fields.get("total")
    if not words and last is not None and isinstance(last.value, str):
        at = moment_of_version(last.version)
        yield Entry(EventType.ORDER_TOTAL, "", at, _BEGINNING, last.version, Decimal(last.value), {})
    first = min(words, key=lambda name: (_moment(words[name]), name), default="")
    for name, word in words.items():
        moment = _BEGINNING if name == first else _moment(word)
        borne = word.facts.get("borne_up_to")
        yield Entry(
            EventType.ORDER_TOTAL,
            "",
            word.at,
            moment,
            word.version,
            Decimal(word.facts["amount"]),
            {},
            borne_up_to=Decimal(borne) if borne else None,
        )


def _told(record: Record) -> Iterator[Entry]:
    forgotten = ERASED in record.occurrences  # the forgetting says none of it anew
    for event_type in RANKS[1:]:
        for name, occurrence in record.occurrences.get(event_type, {}).items():
            entry = _entry(event_type, name, occurrence)
            yield entry
            is_anew = event_type in BY_TURNS or (event_type is EventType.ORDER_PAID and name == "")
            if is_anew and not forgotten:
                yield from _told_again(entry, occurrence)


def _told_again(entry: Entry, occurrence: Occurrence) -> Iterator[Entry]:
    """What says "all of it", "called off", "taken on" says so anew each time that it is told."""
    last = moment_of_version(occurrence.version)
    if last - occurrence.at > FAST_CLOCK:
        yield replace(entry, at=last, moment=last)


def _entry(event_type: EventType, name: str, occurrence: Occurrence) -> Entry:
    named = occurrence.facts.get(OBJECT.get(event_type, "")) or {}
    amount = named.get("amount")
    return Entry(
        event_type,
        name,
        occurrence.at,
        _moment(occurrence),
        occurrence.version,
        Decimal(amount) if isinstance(amount, str) else None,
        occurrence.facts,
        payment=str(named.get("id") or "") if event_type is EventType.ORDER_PAYMENT_REVERSED else "",
    )


def _moment(occurrence: Occurrence) -> datetime:
    """When it happened by the sender's clock: two events of a clock that is fast keep their order."""
    told = moment_of_version(occurrence.version)
    return told if timedelta() <= told - occurrence.at <= FAST_CLOCK else occurrence.at


_BEGINNING = parse_instant("1900-01-01T00:00:00Z")
