"""What a letter says: the facts of a kind as plain values for its templates; no language, no format."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Part
from typing import Any

from shopbell.domain.journeys.row import Journey
from shopbell.domain.letter_context.by_event import (
    call_part,
    complaint_part,
    lacking_part,
    profile_part,
    promise_part,
    review_part,
)
from shopbell.domain.letter_context.common import (
    amount_due,
    bonus_part,
    coupon_part,
    customer_part,
    order_part,
    shop_part,
    thing,
)
from shopbell.domain.model.complaint import OPENED, RESOLVED
from shopbell.domain.model.events import Json
from shopbell.domain.model.facts import Facts, Occasion
from shopbell.domain.model.history import day_in
from shopbell.domain.model.order import LACKING, UNDELIVERED, absorbs
from shopbell.domain.model.vocabulary import MessageClass, Outcome
from shopbell.domain.rules.consent import consent
from shopbell.domain.rules.promises import DISPATCH_DAYS, dispatch_by, opens_next
from shopbell.domain.time.calendar import local_day

Content = dict[str, Any]
AFTER_BIRTHDAY = timedelta(days=3)
"""How long the birthday present stays good (R097)."""
USUAL_DAYS = 30
"""How long a coupon is good where the shop does not say (R041)."""


def content(facts: Facts, journey: Journey, occasion: Occasion, now: datetime) -> Content:
    """Everything the templates of this kind may name."""
    common: Content = {
        "kind": journey.kind,
        "step": journey.step,
        "again": occasion.again,
        "today": local_day(now, facts.shop.zone),
        "happened_at": occasion.at.astimezone(facts.shop.zone),
        "shop": shop_part(facts.shop),
        "customer": customer_part(facts),
        "order": order_part(facts.order, facts.shop) if facts.order else None,
        "coupon": _coupon(facts, journey, occasion, now),
    }
    own = _OWN.get(journey.event_type)
    return common | (own(facts, occasion, now) if own else {})


def missing(facts: Facts, journey: Journey, occasion: Occasion, now: datetime) -> list[str]:
    """The facts that the journey requires and that are not there."""
    said = content(facts, journey, occasion, now) if journey.requires else {}
    return [name for name in journey.requires if not _THERE[name](said)]


def _coupon(facts: Facts, journey: Journey, occasion: Occasion, now: datetime) -> Part | None:
    """For those who agreed to promotion; and on the card in the parcel."""
    coupon, staff = facts.shop.coupons.get(journey.coupon), journey.message_class is MessageClass.STAFF
    if coupon is None or not (staff or journey.message_class is MessageClass.MARKETING or _agreed(facts)):
        return None
    return coupon_part(coupon, good_until(facts, journey, occasion, now), facts.extras)


def _agreed(facts: Facts) -> bool:
    agreed = bool(facts.email and consent(facts.customer, facts.email, "email_marketing"))
    return agreed and not facts.customer.open_complaint


def good_until(facts: Facts, journey: Journey, occasion: Occasion, now: datetime) -> date:
    """The last day of the coupon that a letter hands out now."""
    if journey.series:  # a birthday's: bound to the day itself
        return local_day(occasion.at, facts.zone) + AFTER_BIRTHDAY
    coupon = facts.shop.coupons[journey.coupon]
    return local_day(now, facts.shop.zone) + timedelta(days=coupon.days or USUAL_DAYS)


def _placed(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"answer_by": opens_next(facts.shop, now)}


def _accepted(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    order = facts.order
    waits = order is not None and order.prepaid and not order.happened("order.paid")
    received = facts.told.get("order_received|")
    return {
        "ships_by": None if waits and not _named(facts) else dispatch_by(facts, occasion.at),
        "dispatch_days_after_payment": DISPATCH_DAYS,
        "full": received is None or received.outcome is Outcome.SKIPPED,
    }


def _named(facts: Facts) -> bool:
    return facts.order is not None and facts.order.text("delivery.ships_by") != ""


def _paid(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    total = facts.order.amount("total") if facts.order else None
    return {"ships_by": dispatch_by(facts, occasion.at), "amount": total, "bonus": bonus_part(facts)}


def _shipped(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    said = facts.order.day("delivery.shipped_on", facts.shop) if facts.order else None
    return {"shipped_on": said or local_day(occasion.at, facts.shop.zone)}


def _delayed(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    said = _object(occasion, "delay")
    new_date = day_in(said.get("new_date"), facts.shop)
    delay = Part(reason=_text(said, "reason"), remedy=_text(said, "remedy"), new_date=new_date)
    return {"delay": delay, "promise": None}


def _ready(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"amount_due": amount_due(facts.order)}


def _cancelled(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    paid = facts.order is not None and facts.order.happened("order.paid")
    return {"reason": _text(occasion.facts, "reason"), "refund_expected": paid}


def _refunded(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    said = _object(occasion, "refund")
    return {"refund": Part(amount=_amount(said, "amount"), reason=_text(said, "reason"))}


def _repriced(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    said = _object(occasion, "repriced")
    old, new = _amount(said, "old_total"), _amount(said, "new_total")
    absorbed = absorbs(said, facts.shop.payment.absorb_increase)
    return {
        "repriced": Part(old_total=old, new_total=new, reason=_text(said, "reason"), absorbed=absorbed),
        "companions": [thing(each) for each in facts.extras.companions],
        "item": None,
        "alternatives": [],
    }


def _unavailable(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    """What is not to be had is no alternative to itself."""
    items = facts.order.items if facts.order else []
    gone = occasion.occurrence
    item = next((thing(each) for each in items if each.get("sku") == gone), None)
    offered = [each for each in occasion.facts.get("alternatives") or [] if each.get("sku") != gone]
    return {"item": item, "alternatives": [thing(each) for each in offered], "repriced": None, "companions": []}


def _undelivered(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    said = {name: _text(occasion.facts, name) for name in ("news", "channel", "why")}
    return {"undelivered": Part(**said)}


def _lacking(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"lacking": lacking_part(occasion)}


def _delivered(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"review": review_part(facts)}


def _promised(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    promise = promise_part(facts, occasion)
    remedy = Part(reason="", remedy="", new_date=promise.next_date)
    return {"promise": promise, "delay": remedy}


def _complained(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"complaint": complaint_part(facts, now)}


def _called(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"call": call_part(facts, occasion)}


def _received(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"profile": profile_part(facts)}


def _birthday(facts: Facts, occasion: Occasion, now: datetime) -> Content:
    return {"birthday": local_day(occasion.at, facts.zone)}


_OWN: Mapping[str, Callable[[Facts, Occasion, datetime], Content]] = {
    "order.placed": _placed,
    "order.accepted": _accepted,
    "order.paid": _paid,
    "order.shipped": _shipped,
    "order.delayed": _delayed,
    "order.ready_for_pickup": _ready,
    "order.cancelled": _cancelled,
    "order.refunded": _refunded,
    "order.repriced": _repriced,
    "order.item_unavailable": _unavailable,
    "order.delivered": _delivered,
    UNDELIVERED: _undelivered,
    LACKING: _lacking,
    OPENED: _complained,
    RESOLVED: _complained,
    "callback.agreed": _called,
    "call.missed": _called,
    "customer.received": _received,
    "promise": _promised,
    "birthday": _birthday,
}


def _way_to_pay(said: Content) -> bool:
    """Requisites or a link, where payment is expected beforehand."""
    payment = said["order"].payment
    return not payment.prepaid or payment.due is None or bool(payment.details or payment.url)


def _requisites(said: Content) -> bool:
    """The same while the order is new, but for a card: it is usually taken at the checkout."""
    return said["order"].payment.method == "card" or _way_to_pay(said)


_THERE: Mapping[str, Callable[[Content], bool]] = {
    "items": lambda said: bool(said["order"].items),
    "total": lambda said: said["order"].total is not None,
    "requisites": _requisites,
    "way_to_pay": _way_to_pay,
    "refund_amount": lambda said: said["refund"].amount is not None,
    "old_total": lambda said: said["repriced"].old_total is not None,
    "new_total": lambda said: said["repriced"].new_total is not None,
    "item": lambda said: said["item"] is not None,
    "coupon": lambda said: said["coupon"] is not None,
}


def _object(occasion: Occasion, name: str) -> Mapping[str, Json]:
    value = occasion.facts.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(said: Mapping[str, Json], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _amount(said: Mapping[str, Json], name: str) -> Decimal | None:
    value = said.get(name)
    return Decimal(value) if isinstance(value, str) else None
