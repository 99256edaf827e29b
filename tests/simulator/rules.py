"""What each kind promises, written down a second time and by other means than the product's own table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulator.books import payment_name
from tests.simulator.story import ZONES, Person, Story, Tell

GOING = frozenset({"order.handed_over", "order.shipped", "order.ready_for_pickup", "order.delivered"})
NOTHING_SENT = "none"
OVER = frozenset({"order.ready_for_pickup", "order.delivered"})
ENDS_WAITING = frozenset({"order.delivered"})
PREPAID = frozenset({"bank_transfer", "card", "other"})
BY_CHECKOUT = frozenset({"card", "other"})
REMINDERS = frozenset({"order_unpaid_first", "order_unpaid_final"})
PROMISED = frozenset({"order_delayed.unannounced", "order_delayed.not_arrived"})
BIRTHDAY = {"birthday_week": -7, "birthday_soon": -3, "birthday_today": 0}
CARD, CARD_DAYS = "holiday_card", frozenset({(3, 8), (12, 31)})
"""The holidays of shops that say nothing of them."""
DAYS = {
    "order_unpaid_first": 2,
    "order_unpaid_final": 7,
    "parcel_uncollected": 4,
    "review_request": 3,
    "profile_completion": 14,
    "complaint_followup": 7,
    **BIRTHDAY,
}
"""How many days after its occasion each comes: the shops of the stories say so, whatever the product's table does."""
WORKING_DAYS = frozenset({"order_unpaid_first"})
HANDED_OVER_HOURS = 2
FIRST, LAST = time(9), time(21)


@dataclass(frozen=True, slots=True)
class Ends:
    """Of what the clock brings: the event from which it is counted, and those after which it is untrue."""

    start: str
    types: frozenset[str]


# A kind that stands neither here nor in NEWS is judged by what holds for all: once, in the send hours, to whom it may.
ENDS = {
    **{kind: Ends("order.placed", GOING) for kind in REMINDERS},
    "parcel_uncollected": Ends("order.ready_for_pickup", ENDS_WAITING),
    "review_request": Ends("order.placed", frozenset({"review.posted"})),
}


@dataclass(frozen=True, slots=True)
class News:
    """`past` makes it stale when not older; `replaced` at any moment; `newest`: only the last of its kind counts;
    `when_off`: told of an order that was called off as well."""

    event: str
    days: int
    past: frozenset[str] = frozenset()
    replaced: frozenset[str] = frozenset()
    newest: bool = False
    waits: timedelta = timedelta()
    disabled: bool = False
    many: bool = False
    """It may come again, about something else: another parcel, another price."""
    when_off: bool = False
    together: frozenset[str] = frozenset()
    """Events whose own letter may say this as well."""


ACCEPTED, PAID = frozenset({"order.accepted"}), frozenset({"order.paid"})
NEWS = {
    "order_received": News("order.placed", 2, GOING, ACCEPTED),
    "order_accepted": News("order.accepted", 2, GOING, many=True, together=PAID),
    "payment_received": News("order.paid", 3, GOING, many=True, when_off=True, together=ACCEPTED | {"order.placed"}),
    "payment_failed": News("order.payment_failed", 2, GOING | PAID, many=True),
    "order_handed_over": News(
        "order.handed_over", 1, OVER, frozenset({"order.shipped"}), waits=timedelta(hours=HANDED_OVER_HOURS)
    ),
    "order_shipped": News("order.shipped", 3, OVER, many=True),
    "order_delayed": News("order.delayed", 2, GOING, newest=True, many=True),
    "parcel_ready": News("order.ready_for_pickup", 3, ENDS_WAITING, newest=True, many=True),
    "order_delivered": News("order.delivered", 2, disabled=True),
    "order_cancelled": News("order.cancelled", 3, many=True, when_off=True),
    "order_refunded": News("order.refunded", 7, many=True, when_off=True, together=frozenset({"order.cancelled"})),
    "order_repriced": News("order.repriced", 3, GOING, newest=True, many=True),
    "item_unavailable": News("order.item_unavailable", 3, GOING, many=True),
}
AT_ONCE = frozenset({*NEWS, "complaint_received", "complaint_resolved"})
"""What an event causes; whatever else a customer hears, the clock brings."""
OCCURRENCE_ID = {
    "order.shipped": ("order", "delivery", "tracking_number"),
    "order.delayed": ("delay", "new_date"),
    "order.payment_failed": ("payment", "id"),
    "order.refunded": ("refund", "id"),
    "order.repriced": ("repriced", "new_total"),
    "order.item_unavailable": ("sku",),
}
"""Where an event says what makes it another one of its kind."""
BY_TURNS = frozenset({"order_accepted", "order_cancelled"})
"""One of them is news again after the other: by the number of the order's life."""
MINUTE = timedelta(minutes=1)
Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Order:
    """An order as its story tells it: each event once, by type."""

    shop: str
    id: str
    person: Person
    events: dict[str, list[Tell]] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(ZONES[self.shop])

    @property
    def placed(self) -> Tell:
        return self.events["order.placed"][0]

    @property
    def prepaid(self) -> bool:
        return str(self.placed.data["order"]["payment"]["method"]) in PREPAID

    @property
    def tells(self) -> list[Tell]:
        return [tell for tells in self.events.values() for tell in tells]

    @property
    def waits_a_minute(self) -> bool:
        """For the checkout's word that it was paid."""
        payment = self.placed.data["order"]["payment"]
        free = Decimal(self.placed.data["order"]["total"]) == 0
        return payment["method"] in BY_CHECKOUT and not payment.get("paid_at") and not free

    def happened(self, types: frozenset[str]) -> Iterator[Tell]:
        yield from (tell for kind, tells in self.events.items() if kind in types for tell in tells)

    def past(self, kind: str, since: datetime) -> frozenset[str]:
        """What makes news untrue. Of several parcels one that is there says nothing of another; a delay of what has
        left is over when it is there."""
        several = len(self.events.get("order.shipped", ())) > 1
        had_left = any(tell.happened < since for tell in self.happened(GOING))
        past = OVER if kind == "order_delayed" and had_left else NEWS[kind].past
        of_one = several and (kind == "order_shipped" or had_left)
        return past - {"order.ready_for_pickup"} if of_one and kind in ("order_shipped", "order_delayed") else past

    def told(self, kind: str, occurrence_id: str) -> list[Tell]:
        """The events that occasion a piece of news, oldest first; an order may be accepted twice."""
        tells = [
            tell
            for tell in self.events.get(NEWS[kind].event, [])
            if kind in BY_TURNS or occurrence_id_of(tell) in ("", occurrence_id)
        ]
        return sorted(tells, key=lambda tell: tell.happened)

    @property
    def in_parcels(self) -> bool:
        """Whether the shop tells what is in which parcel: three things, in two."""
        return any(parcel_of(tell) for tell in self.tells)

    @property
    def delivered_at(self) -> datetime | None:
        """When all of it was there."""
        told = self.events.get("order.delivered", ())
        if not self.in_parcels:
            return min((tell.happened for tell in told), default=None)
        by_parcel = {parcel_of(tell): tell.happened for tell in told}
        whole = by_parcel.pop("", None)
        return whole or (max(by_parcel.values()) if len(by_parcel) == PARCELS else None)

    def pickup_ends(self, tell: Tell) -> datetime:
        """The end of the working hours on the last day."""
        said = tell.data.get("parcel") or tell.data["order"]["delivery"]
        return datetime.combine(date.fromisoformat(said["pickup_until"]), time(18), self.zone)

    def between(self, kind: str, occurrence_id: str) -> Window:
        """From the opening of the first window to the end of the last."""
        windows = [self.window(kind, tell) for tell in self.told(kind, occurrence_id)]
        assert windows, f"{kind} of {self.id} tells of {occurrence_id!r}, which never happened"
        return windows[0][0], max(end for _, end in windows)

    def window(self, kind: str, tell: Tell) -> Window:
        start = tell.happened + NEWS[kind].waits
        if kind == "order_received" and self.waits_a_minute:
            start += MINUTE
        end = _days(start, NEWS[kind].days, self.zone)
        kept = self.pickup_ends(tell) if kind == "parcel_ready" else end
        return start, min(end, kept) if kept > start else end  # a day that was over before it was told bounds nothing

    def reminder(self, kind: str, first_decided: datetime | None, since: datetime | None = None) -> Window:
        """`first_decided`: when the first reminder was decided, unless that was to leave it out. `since`: when the
        order was brought back, where it was."""
        if kind == "parcel_uncollected":
            return self._uncollected()
        if kind == "review_request":
            delivered = self.delivered_at
            assert delivered, f"{self.id} is not delivered"
            start = self._due(kind, delivered)
            return start, _days(start, 4, self.zone)
        placed = since or self.placed.happened
        start = self._due(kind, placed)
        if kind == "order_unpaid_final" and first_decided:
            start = max(start, _days(first_decided, 3, self.zone))
        return start, _days(start, 3, self.zone)

    def _due(self, kind: str, occasion: datetime) -> datetime:
        later = _working_days if kind in WORKING_DAYS else _days
        return later(occasion, DAYS[kind], self.zone)

    def _uncollected(self) -> Window:
        """Of several parcels that wait, about each of them."""
        windows = [self._waiting(tell) for tell in self.events["order.ready_for_pickup"]]
        return min(start for start, _ in windows), max(end for _, end in windows)

    def _waiting(self, tell: Tell) -> Window:
        ready, last = tell.happened, self.pickup_ends(tell)
        morning = datetime.combine(last.date() - timedelta(days=1), FIRST, zone_of(self.person))
        start = self._due("parcel_uncollected", ready)
        if last <= ready:  # a day that was over before it was told bounds nothing
            return start, _days(start, 3, self.zone)
        start = max(min(start, morning), ready + timedelta(hours=11))
        return start, min(_days(start, 3, self.zone), last)


def zone_of(person: Person) -> ZoneInfo:
    return ZoneInfo(person.zone or ZONES[person.shop])


def _days(moment: datetime, count: int, zone: ZoneInfo) -> datetime:
    """The same time of day, so many days later."""
    return moment.astimezone(zone) + timedelta(days=count)


def _working_days(moment: datetime, count: int, zone: ZoneInfo) -> datetime:
    local = moment.astimezone(zone)
    while count:
        local += timedelta(days=1)
        count -= local.weekday() < 5
    return local


PARCELS = 2
"""So many, where the stories tell what is in each."""


def parcel_of(tell: Tell) -> str:
    return str((tell.data.get("parcel") or {}).get("id", ""))


def occurrence_id_of(tell: Tell) -> str:
    if tell.type == "order.paid":
        return payment_name(tell)
    if parcel := parcel_of(tell):
        return parcel
    value: Any = tell.data
    for name in OCCURRENCE_ID.get(tell.type, ()):
        value = value.get(name, "")
        if not value:
            break
    return value if isinstance(value, str) else ""


def open_for(start: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """How long the shop was open between two moments: Monday to Friday, nine to six."""
    found, day = timedelta(), start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if day.weekday() < 5:
            opens, closes = (datetime.combine(day, time(hour), zone) for hour in (9, 18))
            found += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return found


def orders_of(story: Story) -> dict[tuple[str, str], Order]:
    """Every order that was placed; a repeated webhook is the same event."""
    people = {(person.shop, person.name): person for person in story.people}
    found: dict[tuple[str, str], Order] = {}
    once = {(tell.shop, tell.id): tell for tell in story.tells() if tell.order}
    for tell in once.values():
        if tell.type == "order.placed":
            name = tell.data["order"]["customer"]["name"]
            person = people.get((tell.shop, name)) or _whose(story, tell)
            found[tell.shop, tell.order] = Order(tell.shop, tell.order, person)
    for tell in once.values():
        if (tell.shop, tell.order) in found:
            found[tell.shop, tell.order].events.setdefault(tell.type, []).append(tell)
    return found


def _whose(story: Story, placed: Tell) -> Person:
    """Who bears no name: an order is called by the number of whose it is."""
    return next(each for each in story.people if (each.shop, each.name[-1]) == (placed.shop, placed.order[0]))


def is_by_clock(kind: str) -> bool:
    """Whether this is a letter to a customer, not an event such as `order.paid`, and waits for the send hours."""
    return kind not in AT_ONCE and not kind.startswith("staff_") and "." not in kind


@dataclass
class Complaint:
    """A complaint as its story tells it."""

    shop: str
    id: str
    person: Person
    opened: Tell | None = None
    resolved: Tell | None = None


def complaints_of(story: Story) -> dict[tuple[str, str], Complaint]:
    people = {(person.shop, person.name): person for person in story.people}
    found: dict[tuple[str, str], Complaint] = {}
    for tell in story.tells():
        if tell.type in ("complaint.opened", "complaint.resolved"):
            said = tell.data["complaint"]
            person = people[tell.shop, said["text"].partition(": ")[0]]
            known = found.setdefault((tell.shop, said["id"]), Complaint(tell.shop, said["id"], person))
            setattr(known, tell.type.removeprefix("complaint."), tell)
    return found
