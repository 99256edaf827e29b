"""What letters say of an order's delivery and of its parcels: one parcel's number, days and contents, and the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any
from urllib.parse import urlencode

from shopbell.domain.letter_context.common import amount_due, currency_of, item_context, review_context
from shopbell.domain.letter_context.order_table import LONGEST_NAME, shortened
from shopbell.domain.letter_context.words import object_in, text_in
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.history import day_in
from shopbell.domain.model.order import Order
from shopbell.domain.model.told import LONGEST_ADDRESS, told_words
from shopbell.domain.rules.account import account_in
from shopbell.domain.rules.days import ARRIVAL, DISPATCH, FETCHED, Days, days_to_tell, delay_of, is_over
from shopbell.domain.rules.parcels import (
    READY,
    SHIPPED,
    Contents,
    Parcel,
    all_left,
    delivered_at,
    is_sent,
    parcel_named,
    parcels,
    rest,
    waiting_parcels,
)
from shopbell.domain.time.calendar import local_day, parse_day

LetterContext = dict[str, Any]
NAMES = ("method", "title", "carrier", "courier", "tracking_number", "time_window")
OF_A_PARCEL = ("tracking_number", "tracking_url")


def delivery_context(facts: Facts, trigger: Trigger, now: datetime) -> Context:
    """Of the parcel that the letter is about, or of an order that has one, or none yet; where there are several, no
    number and no day is that of the order."""
    order = facts.order
    assert order is not None, "an order's letter is about an order"
    parcel, every = _parcel(order, trigger), parcels(order)
    texts = {name: shortened(_text(order, parcel, name), LONGEST_NAME) for name in NAMES}
    texts["address"] = told_words(_text(order, parcel, "address"), LONGEST_ADDRESS)
    texts["tracking_url"] = _text(order, parcel, "tracking_url")
    if parcel is None and every:
        texts |= dict.fromkeys(OF_A_PARCEL, "")
    if not is_sent(order):
        texts |= {"method": "", "title": ""}
    days = days_to_tell(facts, now, parcel) if parcel or not every else Days()
    return Context(
        **texts,
        **{each.name: getattr(days, each.name) for each in fields(days)},
        progress=progress_context(facts, parcel, days),
        price=order.amount("delivery.price"),
        map_url=map_of(texts["address"]),
        storage_fee=parcel.amount("storage_fee") if parcel else order.amount("delivery.storage_fee"),
    )


def progress_context(facts: Facts, parcel: Parcel | None, days: Days) -> list[Context]:
    """The steps of an order's way, or of the parcel's, up to the one that is reached, `present`, and those ahead whose
    day may be told. None of an order that was called off, or of which nothing is sent."""
    order, account = facts.order, account_in(facts)
    if order is None or account.called_off or not is_sent(order):
        return []
    fetched = order.text("delivery.method") == FETCHED
    left = all_left(order) if parcel is None else not fetched
    ready = parcel is not None and READY in parcel.at
    reached = [_step("received")]
    if account.is_settled and account.kept > 0:
        reached.append(_step("paid"))
    if left and not fetched:
        reached.append(_step("sent", last=_sent_on(facts, parcel, days)))
    if ready:
        reached.append(_step("ready", last=days.pickup_until))
    reached[-1].present = True
    ahead = [
        _step("gets_ready" if fetched else "leaves", last=None if left or ready else days.ships_by),
        _step("arrives", days.arrives_from, None if ready or fetched else days.arrives_by),
    ]
    return [*reached, *(step for step in ahead if step.last)]


def _step(name: str, first: date | None = None, last: date | None = None) -> Context:
    return Context(name=name, first=None if first == last else first, last=last, present=False)


def _sent_on(facts: Facts, parcel: Parcel | None, days: Days) -> date | None:
    """As the letter that it was sent told it; None where that is not known, or it was told late."""
    if parcel is None or parcel.day("shipped_on", facts.shop):
        return days.shipped_on
    told_at, arrived_at = parcel.at.get(SHIPPED), parcel.at.get(READY)
    late = told_at is None or (arrived_at is not None and arrived_at < told_at)
    return None if late or told_at is None else local_day(told_at, facts.shop.zone)


def _parcel(order: Order, trigger: Trigger) -> Parcel | None:
    """The one that news are about; of an order that has but one, and nothing more to come, that one."""
    if trigger.parcel is not None:
        return parcel_named(order, trigger.parcel)
    every = parcels(order)
    return every[0] if len(every) == 1 and all_left(order) else None


def _text(order: Order, parcel: Parcel | None, name: str) -> str:
    if parcel is None or (name not in parcel.fields and name not in OF_A_PARCEL):
        return order.text(f"delivery.{name}")
    return parcel.text(name)


def map_of(address: str) -> str:
    """A search for an address on a map that any telephone opens (Google's documented Maps URLs)."""
    line = ", ".join(part.strip() for part in address.splitlines() if part.strip())
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': line})}" if line else ""


def parcel_context(facts: Facts, trigger: Trigger) -> Context:
    """`partial`: it is not all of the order; `items`: what is in it, None where nobody said; `to_come`: what is in no
    parcel yet."""
    order = facts.order
    assert order is not None, "a parcel is an order's"
    parcel, left_over = _parcel(order, trigger), rest(order)
    partial = parcel is not None and (len(parcels(order)) > 1 or bool(left_over))
    in_it = parcel.items if parcel else None
    if not partial and any(item.get("digital") for item in order.items):
        in_it = None  # what is not sent is in the order, and in no parcel
    return Context(
        partial=partial,
        items=_things(facts, in_it) if in_it else None,
        to_come=_things(facts, left_over) if left_over and parcels(order) else [],
    )


def _things(facts: Facts, contents: Contents) -> list[Context]:
    return list(_each_thing(facts, contents))


def _each_thing(facts: Facts, contents: Contents) -> Iterator[Context]:
    items = facts.order.items if facts.order else []
    for sku, number in contents.items():
        ordered = next((item for item in items if item.get("sku") == sku), {"sku": sku, "name": sku})
        yield item_context({**ordered, "quantity": str(number), "total": None}, currency_of(facts))


def left_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"parcel": parcel_context(facts, trigger), **_dues(facts, trigger)}


def _dues(facts: Facts, trigger: Trigger) -> dict[str, Decimal | None]:
    """`amount_due`: to be paid on receipt; `order_due`: the same of an order that comes in parts, once for all."""
    due, partial = amount_due(facts), parcel_context(facts, trigger).partial
    return {"amount_due": None if partial else due, "order_due": due if partial else None}


def shipped_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {**left_context(facts, trigger, now), "shipped_on": _shipped_on(facts, trigger, now)}


def _shipped_on(facts: Facts, trigger: Trigger, now: datetime) -> date | None:
    """As the shop says, else when it told; None where the day that it names has not come."""
    parcel = _parcel(facts.order, trigger) if facts.order else None
    named = parcel.day("shipped_on", facts.shop) if parcel else None
    return days_to_tell(facts, now, parcel).shipped_on if named else local_day(trigger.at, facts.shop.zone)


def ready_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`waiting`: each parcel that can be collected, the one that is kept the shortest first; with the `address` where
    they wait at several."""
    return {**left_context(facts, trigger, now), "waiting": _waiting(facts, now)}


def _waiting(facts: Facts, now: datetime) -> list[Context]:
    parcels_there = waiting_parcels(facts.order) if facts.order else []
    waiting = [_waiting_parcel(facts, parcel, now) for parcel in parcels_there]
    if len({each.address for each in waiting}) == 1:
        for each in waiting:
            each.address = ""
    return sorted(waiting, key=lambda each: each.pickup_until or date.max)


def _waiting_parcel(facts: Facts, parcel: Parcel, now: datetime) -> Context:
    assert facts.order is not None, "a parcel is an order's"
    address = told_words(_text(facts.order, parcel, "address"), LONGEST_ADDRESS)
    return Context(
        number=parcel.text("tracking_number"),
        url=parcel.text("tracking_url"),
        pickup_until=days_to_tell(facts, now, parcel).pickup_until,
        storage_fee=parcel.amount("storage_fee"),
        address=address,
        items=_things(facts, parcel.items) if parcel.items else None,
    )


def delivered_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """Of the last parcel it is the order that is delivered."""
    parcel = parcel_context(facts, trigger)
    if facts.order and delivered_at(facts.order):
        parcel.partial = False
    return {"review": review_context(facts), "parcel": parcel}


def delayed_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`of`: whether the new date is one of leaving or of arriving, "" where nothing is sent."""
    words, order = object_in(trigger, "delay"), facts.order
    assert order is not None, "a delay is an order's"
    of = delay_of(order, trigger.at) if is_sent(order) else ""
    day = day_in(words.get("new_date"), facts.shop)
    name = "arrives_by" if of == ARRIVAL else "ships_by"
    new_date = None if day is None or is_over(facts, name, day, now) else day
    delay = Context(reason=text_in(words, "reason"), remedy=text_in(words, "remedy"), new_date=new_date, of=of)
    return {"delay": delay, "promise": None, "parcel": _late_part(facts, of)}


def _late_part(facts: Facts, of: str) -> Context:
    """What is late of an order some of which has left."""
    order = facts.order
    left_over = rest(order) if order and of == DISPATCH and parcels(order) else None
    return Context(
        partial=bool(left_over), items=None, to_come=_things(facts, left_over) if order and left_over else []
    )


def promised_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    promise = promise_context(facts, trigger, now)
    remedy = Context(reason="", remedy="", new_date=promise.next_date, of=ARRIVAL)
    parcel = parcel_context(facts, trigger) if promise.what == ARRIVAL else _late_part(facts, DISPATCH)
    return {"promise": promise, "delay": remedy, "parcel": parcel, "impossible": None, "said_on": None}


def promise_context(facts: Facts, trigger: Trigger, now: datetime) -> Context:
    """`next_date`: when what has not left is to arrive, where that is known and still to come."""
    what, day = _promised(trigger)
    arrives = days_to_tell(facts, now).arrives_by if what == DISPATCH else None
    return Context(what=what, day=day, next_date=arrives if arrives and arrives > day else None)


def _promised(trigger: Trigger) -> tuple[str, date]:
    """Of a promise that is over its name is all that is left."""
    what, day = [*first_of(trigger.occurrence_id).split(" ", 2), ""][:2]
    return str(trigger.facts.get("what", what)), parse_day(str(trigger.facts.get("day", day)))


def impossible_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`name`, `day`: what was said and cannot be; `before`, `before_day`: what it would have to come before."""
    parts = [text_in(trigger.facts, name) for name in ("name", "day", "before", "before_day")]
    if not parts[0]:
        parts = _parts_of(first_of(trigger.occurrence_id).split(" "))
    name, day, before, before_day = parts
    impossible = Context(
        name=name, day=parse_day(day), before=before, before_day=parse_day(before_day) if before else None
    )
    said_on = local_day(trigger.at, facts.shop.zone)
    return {"impossible": impossible, "said_on": said_on, "promise": None, "parcel": parcel_context(facts, trigger)}


def _parts_of(words: Sequence[str]) -> list[str]:
    """Of what is over its name is all that is left: "ships_by 2026-03-20 arrives_by 2026-03-12"."""
    has_other = len(words) >= 4 and words[2] in {each.name for each in fields(Days)}
    return [*words[:2], *(words[2:4] if has_other else ("", ""))]
