"""What a task's page takes beside what came of it: the fields of a form become the events that a shop would have told,
read by the door's own rules. All of them are taken, or none."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.events import Event, EventType, Json
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import Asked
from shopbell.domain.rules.days import FETCHED, TOLD, delay_of, is_over
from shopbell.domain.rules.parcels import is_sent
from shopbell.domain.time.calendar import at_local, format_instant, format_stamp, local_day, parse_day, parse_instant
from shopbell.service.ports import ContactKey

AsTold = Callable[[Mapping[str, Json], Shop, datetime], Event]
"""The event of a native body, as the door reads it; raises Refused."""

PLACES: Mapping[Asked, tuple[EventType, str]] = {
    Asked.NEW_DATE: (EventType.ORDER_DELAYED, "delay.new_date"),
    Asked.REASON: (EventType.ORDER_DELAYED, "delay.reason"),
    Asked.REMEDY: (EventType.ORDER_DELAYED, "delay.remedy"),
    Asked.AT: (EventType.CALLBACK_AGREED, "at"),
    Asked.NOTE: (EventType.CALLBACK_AGREED, "note"),
    Asked.TEXT: (EventType.COMPLAINT_OPENED, "complaint.text"),
    Asked.PLANNED_REPEAT_ON: (EventType.CUSTOMER_UPDATED, "order.planned_repeat_on"),
    Asked.EMAIL: (EventType.CUSTOMER_UPDATED, "customer.email"),
    Asked.PHONE: (EventType.CUSTOMER_UPDATED, "customer.phone"),
    Asked.SKU: (EventType.ORDER_ITEM_UNAVAILABLE, "sku"),
    Asked.TRACKING_NUMBER: (EventType.ORDER_SHIPPED, "order.delivery.tracking_number"),
}
"""Of which event each field is a part, and where it stands in its `data`."""

CANNOT_LACK: Mapping[EventType, Asked] = {
    EventType.ORDER_DELAYED: Asked.NEW_DATE,
    EventType.CALLBACK_AGREED: Asked.AT,
}
"""The field without which the others of an event say nothing."""


class FieldError(ValueError):
    """What is wrong with a value that can be read, as a code."""


@dataclass(frozen=True, slots=True)
class Filled:
    """The events that a form tells, and by its fields' names what is wrong with those that cannot be taken: "past",
    "missing", "not_ordered", "too_long", "unreadable". Where anything is wrong there are no events."""

    events: tuple[Event, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a form is filled in about."""

    task: str
    shop: Shop
    facts: Facts
    journey: Journey
    trigger: Trigger
    contact_key: ContactKey

    def named(self, *said: Json) -> str:
        """The same for the same words, and by it nobody finds them who has no key: a number is soon guessed."""
        digest = sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
        return self.contact_key(self.shop.id, digest)


def shown_fields(about: Occasion) -> tuple[Asked, ...]:
    """What the page asks for as things stand now; what its form had before is taken all the same."""
    asks = (each for each in about.journey.asks if _data(about, _type_of(each, about), "") is not None)
    return tuple(each for each in asks if _is_wanted(each, about))


def _is_wanted(asked: Asked, about: Occasion) -> bool:
    facts, order = about.facts, about.facts.order
    if asked is Asked.SKU:
        return bool(skus(facts))
    if asked is Asked.TRACKING_NUMBER:
        return order is not None and is_sent(order) and order.text("delivery.method") != FETCHED
    if asked in (Asked.EMAIL, Asked.PHONE) and about.journey.event_type == EventType.ORDER_PLACED:
        contact = facts.email if asked is Asked.EMAIL else facts.phone
        return contact is None or contact.unusable() is not None
    return True


def skus(facts: Facts) -> list[str]:
    items = facts.order.items if facts.order else []
    return [str(item["sku"]) for item in items if item.get("sku")]


def read_form(form: Mapping[str, str], about: Occasion, told: AsTold, now: datetime) -> Filled:
    wrong: dict[str, str] = {}
    given: dict[EventType, dict[Asked, str]] = {}
    for asked in about.journey.asks:
        if text := _written(form.get(asked, "")):
            of_type = given.setdefault(_type_of(asked, about), {})
            try:
                of_type[asked] = _value(asked, text, about, now)
            except FieldError as error:
                wrong[asked] = str(error)
            except ValueError:
                wrong[asked] = "unreadable"
    events = []
    for event_type, fields in given.items():
        if not fields:
            continue
        event, problems = _event(event_type, fields, about, told, now)
        wrong |= problems
        events += [event] if event else []
    for event_type, asked in CANNOT_LACK.items():
        if event_type in given and asked not in given[event_type]:
            wrong.setdefault(asked, "missing")
    return Filled(wrong=wrong) if wrong else Filled(tuple(events))


def _written(text: str) -> str:
    """ "" where there is nothing in it that anybody could see."""
    return text.strip() if any(map(str.isprintable, "".join(text.split()))) else ""


def _value(asked: Asked, text: str, about: Occasion, now: datetime) -> str:
    """As a native event has it, times read in the shop's zone; raises ValueError."""
    zone = about.shop.zone
    if asked is Asked.AT:
        moment = _moment(text, zone)
        return _unless(moment <= now, format_instant(moment))
    if asked is Asked.PLANNED_REPEAT_ON:
        day = _day(text, zone)
        return _unless(day < local_day(now, zone), day.isoformat())
    if asked is Asked.NEW_DATE:
        day, is_day = _day(text, zone), len(text) <= len("2026-03-02")
        over = _is_over(about.facts, day, now) or not (is_day or _moment(text, zone) > now)
        return _unless(over, text if is_day else format_instant(_moment(text, zone)))
    if asked is Asked.SKU and text not in skus(about.facts):
        raise FieldError("not_ordered")
    return text


def _unless(past: bool, value: str) -> str:
    if past:
        raise FieldError("past")
    return value


def _is_over(facts: Facts, day: date, now: datetime) -> bool:
    """By the hours of what the date would be one of: of leaving, or of arriving."""
    return facts.order is None or is_over(facts, TOLD[delay_of(facts.order, now)], day, now)


def _day(text: str, zone: ZoneInfo) -> date:
    return parse_day(text) if len(text) <= len("2026-03-02") else local_day(_moment(text, zone), zone)


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """With an offset, or as the browser's own control has it: by the shop's clocks."""
    try:
        return parse_instant(text)
    except ValueError:
        day, clock = parse_day(text[:10]), time.fromisoformat(text[11:])
    if text[10:11] not in ("T", " ") or clock.tzinfo:
        raise ValueError("must be a moment")
    return at_local(day, clock, zone)


def _type_of(asked: Asked, about: Occasion) -> EventType:
    """Words about a complaint say what was done about it, all others what somebody complains of."""
    if asked is Asked.TEXT and about.facts.complaint:
        return EventType.COMPLAINT_RESOLVED
    return PLACES[asked][0]


def _event(
    event_type: EventType, fields: Mapping[Asked, str], about: Occasion, told: AsTold, now: datetime
) -> tuple[Event | None, dict[str, str]]:
    data = _data(about, event_type, fields.get(Asked.TEXT, ""))
    if data is None:
        return None, dict.fromkeys(fields, "unreadable")
    for asked, value in fields.items():
        _put(data, PLACES[asked][1].split("."), value)
    try:
        event = told({"type": event_type, "timestamp": format_stamp(now), "data": data}, about.shop, now)
    except Refused as refused:
        return None, dict(_refused(refused, fields))
    dropped = {each.path for each in event.dropped}
    problems: dict[str, str] = {asked: "unreadable" for asked in fields if PLACES[asked][1] in dropped}
    name = about.named(event.order_id, event.order, event.customer_id, event.customer, event.extra)
    return replace(event, id=f"~task.{about.task}.{event_type}.{name}"), problems


def _refused(refused: Refused, fields: Mapping[Asked, str]) -> Iterator[tuple[str, str]]:
    """A problem of what the page itself put in is laid to the first of the fields; what cannot be lacking is asked for
    by its own."""
    by_pointer = {f"#/data/{PLACES[asked][1].replace('.', '/')}": asked for asked in fields}
    for problem in refused.problems:
        if problem.code == "missing":
            continue
        asked = by_pointer.get(problem.pointer, next(iter(fields)))
        yield asked, "too_long" if problem.code == "too_long" else "unreadable"


def _put(data: dict[str, Any], path: Sequence[str], value: str) -> None:
    for name in path[:-1]:
        data = data.setdefault(name, {})
    data[path[-1]] = value


def _data(about: Occasion, event_type: EventType, text: str) -> dict[str, Any] | None:
    """What an event is about; None where it can be about nothing, or nobody."""
    facts, who = about.facts, _who(about)
    order = {"id": facts.order.id} if facts.order else None
    match event_type:
        case EventType.COMPLAINT_RESOLVED:
            return {"complaint": {"id": facts.complaint.id}} if facts.complaint else None
        case EventType.COMPLAINT_OPENED:
            whose = {"order": order["id"]} if order else {"customer": who}
            name = about.named(about.task, " ".join(text.split()))
            return {"complaint": {"id": name, **whose}} if order or who else None
        case EventType.CALLBACK_AGREED:
            phone = _phone(about)
            return {"customer": who, **({"phone": phone} if phone else {})} if who else None
        case EventType.CUSTOMER_UPDATED if order is None and about.trigger.facts.get("order"):
            return {"order": {"id": about.trigger.facts["order"]}}  # of the customer's last order
    return {"order": order} if order else None


def _who(about: Occasion) -> dict[str, str] | None:
    """By as little as names them: what is said of a customer is news of them."""
    customer, phone = about.facts.customer, _phone(about)
    if customer.id:
        return {"id": customer.id}
    if phone:
        return {"phone": phone}
    return {"email": customer.text("email")} if customer.text("email") else None


def _phone(about: Occasion) -> str:
    """The number that the task says to ring."""
    return str(about.trigger.facts.get("phone") or "") or about.facts.customer.text("phone")


def was_taken(event: Event, facts: Facts) -> bool:
    """Whether nothing newer was said of the same: a form may be posted twice."""
    records = (facts.history.record, facts.customer.record)
    told = (each for record in records for each in record.occurrences.get(event.type, {}).values())
    return any(each.version.endswith(f"|{event.id}") for each in told)
