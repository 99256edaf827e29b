"""What a letter says: the facts of a kind as plain values for its templates; no language, no format."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.row import Journey
from shopbell.domain.letter_context.again import (
    restocked_context,
    running_out_context,
    to_replace_context,
    wanted_again_context,
)
from shopbell.domain.letter_context.by_event import (
    call_context,
    complaint_context,
    lacking_context,
    last_complaint_context,
    open_complaint_context,
    paid_instead_context,
    profile_context,
)
from shopbell.domain.letter_context.campaign import campaign_context, campaign_report_context
from shopbell.domain.letter_context.common import (
    companions_context,
    coupon_context,
    currency_of,
    customer_context,
    item_context,
    order_context,
    recommended_context,
    shop_context,
)
from shopbell.domain.letter_context.day import day_context
from shopbell.domain.letter_context.delivery import (
    delayed_context,
    delivered_context,
    delivery_context,
    impossible_context,
    left_context,
    promised_context,
    ready_context,
    shipped_context,
)
from shopbell.domain.letter_context.money import (
    accepted_context,
    called_off_context,
    cancelled_context,
    failed_context,
    left_over_context,
    paid_context,
    placed_context,
    refunded_context,
    repriced_context,
    reversed_context,
    settled_context,
)
from shopbell.domain.letter_context.month import month_context
from shopbell.domain.letter_context.opening import for_a_reader_in, week_for_a_reader_in
from shopbell.domain.letter_context.sleeping import sleeps_context
from shopbell.domain.letter_context.words import object_in, text_in
from shopbell.domain.model.customer import AS_WRITTEN
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, StaffTask, Trigger
from shopbell.domain.model.order import LACKING, UNDELIVERED
from shopbell.domain.model.told import LONGEST_WORDS, told_name, told_words
from shopbell.domain.model.vocabulary import CouponKind, LateFact, MessageClass, Series
from shopbell.domain.rules.consent import consent
from shopbell.domain.rules.holidays import holiday_of
from shopbell.domain.rules.unheard import unheard_kinds
from shopbell.domain.time.calendar import local_day

LetterContext = dict[str, Any]
AFTER_BIRTHDAY = timedelta(days=3)
"""How long the birthday present stays good (R097)."""
USUAL_DAYS = 30
"""How long a coupon is good where the shop does not say (R041)."""


def letter_context(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> LetterContext:
    """Everything the templates of this kind may name."""
    common: LetterContext = {
        "kind": journey.kind,
        "step": journey.step,
        "again": trigger.again,
        "today": local_day(now, facts.shop.zone),
        "happened_at": trigger.at.astimezone(facts.shop.zone),
        "shop": shop_context(facts.shop),
        "customer": customer_context(facts),
        "order": _order(facts, trigger, now),
        "coupon": _coupon(facts, journey, trigger, now),
    }
    if facts.complaint:
        for_staff = journey.message_class is MessageClass.STAFF
        common["complaint"] = complaint_context(facts, now, for_staff=for_staff)
    if journey.is_task:
        common |= {"open_complaint": open_complaint_context(facts), "paid_instead": paid_instead_context(facts)}
        if LateFact.COMPLAINT in journey.late_facts:
            common["last_complaint"] = last_complaint_context(facts)
        if LateFact.COMPANIONS in journey.late_facts:
            common |= _told_on_the_phone(facts, now)
    own = _BY_EVENT.get(journey.event_type)
    said = common | (own(facts, trigger, now) if own else {})
    if LateFact.RECOMMENDED in journey.late_facts:
        said["recommended"] = recommended_context(facts, _told_of(said)) if _agreed(facts) else []
    return said if journey.message_class is MessageClass.STAFF else _on_two_clocks(said, facts, now)


def _told_of(said: LetterContext) -> set[str]:
    """The codes of what a letter speaks of."""
    order, blocks = said["order"], said["mailing"].blocks if "mailing" in said else ()
    lists = (said.get("things", ()), order.items if order else (), *(block.things for block in blocks))
    return {each.sku for things in lists for each in things}


def _on_two_clocks(said: LetterContext, facts: Facts, now: datetime) -> LetterContext:
    """Times of day for a customer who may live by another clock than the shop."""
    shop = said["shop"]
    if not isinstance(shop.hours, str):
        shop.hours = week_for_a_reader_in(facts.zone, shop.hours, now.astimezone(facts.shop.zone))
    if complaint := said.get("complaint"):
        complaint.answer_by = for_a_reader_in(facts.zone, complaint.answer_by)
    if answer_by := said.get("answer_by"):
        said["answer_by"] = for_a_reader_in(facts.zone, answer_by)
    return said


def _order(facts: Facts, trigger: Trigger, now: datetime) -> Context | None:
    if facts.order is None:
        return None
    return order_context(facts.order, facts.shop, delivery_context(facts, trigger, now))


def missing_facts(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> list[str]:
    """The facts that the journey requires and that are not there."""
    context = letter_context(facts, journey, trigger, now) if journey.requires else {}
    return [name for name in journey.requires if not _IS_PRESENT[name](context)]


def _coupon(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> Context | None:
    """For those who agreed to promotion; and on the card in the parcel."""
    coupon, staff = facts.shop.coupon(journey.coupon), journey.message_class is MessageClass.STAFF
    if coupon is None or not (staff or journey.message_class is MessageClass.MARKETING or _agreed(facts)):
        return None
    return coupon_context(coupon, good_until(facts, journey, trigger, now), facts.late_facts)


def _told_on_the_phone(facts: Facts, now: datetime) -> LetterContext:
    """What goes with the order, and what the shop offers to whoever buys. A code of one's own comes by letter alone, to
    those who agreed."""
    coupon = facts.shop.coupon(CouponKind.THANK_YOU)
    offered = coupon is not None and bool(coupon.code or (coupon.unique and _agreed(facts)))
    if coupon is None or not offered or facts.customer.open_complaint:
        offer = None
    else:
        until = local_day(now, facts.shop.zone) + timedelta(days=coupon.days or USUAL_DAYS)
        offer = Context(percent=coupon.percent, code=coupon.code or "", until=until if coupon.code else None)
    return {"companions": companions_context(facts), "offer": offer}


def _agreed(facts: Facts) -> bool:
    agreed = bool(facts.email and consent(facts.customer, facts.email, "email_marketing"))
    return agreed and not facts.customer.open_complaint


def good_until(facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> date:
    """The last day of the coupon that a letter hands out now."""
    if journey.series is Series.BIRTHDAY:  # bound to the day itself
        return local_day(trigger.at, facts.zone) + AFTER_BIRTHDAY
    coupon = facts.shop.coupon(journey.coupon)
    usual = coupon.days if coupon else None
    last = local_day(now, facts.shop.zone) + timedelta(days=usual or USUAL_DAYS)
    # Presents are bought before the day.
    return max(last, local_day(trigger.at, facts.zone)) if journey.series is Series.HOLIDAY else last


def _unavailable(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """What is not to be had is no alternative to itself."""
    items = facts.order.items if facts.order else []
    gone = trigger.occurrence_id
    currency = currency_of(facts)
    item = next((item_context(offer, currency) for offer in items if offer.get("sku") == gone), None)
    offered = [offer for offer in trigger.facts.get("alternatives") or [] if offer.get("sku") != gone]
    return {
        "item": item,
        "alternatives": [item_context(offer, currency) for offer in offered],
        "repriced": None,
        "companions": [],
    }


def _undelivered(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    words = {name: text_in(trigger.facts, name) for name in ("channel", "why")}
    return {"undelivered": Context(news=unheard_kinds(trigger), **words)}


def _lacking(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"lacking": lacking_context(trigger)}


def _called(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    customer = customer_context(facts)
    written = object_in(trigger, AS_WRITTEN).get("phone") or customer.phone_written
    customer = Context(**{**vars(customer), "phone_written": written})
    return {"call": call_context(facts, trigger), "customer": customer, "wished": [], "currency": facts.shop.currency}


def _received(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"profile": profile_context(facts)}


def _reviewed(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    rating, words = trigger.facts.get("rating"), text_in(trigger.facts, "text")
    courier = told_name(facts.order.text("delivery.courier")) if facts.order else ""
    stars = None if rating is None else Decimal(str(rating))
    return {"opinion": Context(rating=stars, text=told_words(words, LONGEST_WORDS), courier=courier)}


def _birthday(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"birthday": local_day(trigger.at, facts.zone)}


def _holiday(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`name`: of a day of the shop's own, as the customer's language or the shop's calls it."""
    kept, name = holiday_of(facts, trigger), trigger.occurrence_id.partition("/")[0]
    named = kept.named(facts.customer.text("locale"), facts.shop.locale) if kept else ""
    return {"holiday": Context(id="" if named else name, name=named, day=local_day(trigger.at, facts.zone))}


def _day(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"day": day_context(facts, now, content_of(now))}


def content_of(now: datetime) -> Callable[[StaffTask], LetterContext]:
    """What the letters of tasks say now."""
    return lambda task: letter_context(task.facts, BY_NAME[task.message.name], task.trigger, now)


_BY_EVENT: Mapping[str, Callable[[Facts, Trigger, datetime], LetterContext]] = {
    EventType.ORDER_PLACED: placed_context,
    EventType.ORDER_ACCEPTED: accepted_context,
    EventType.ORDER_PAID: paid_context,
    EventType.ORDER_PAYMENT_FAILED: failed_context,
    EventType.ORDER_PAYMENT_REVERSED: reversed_context,
    EventType.SETTLED: settled_context,
    EventType.CALLED_OFF: called_off_context,
    EventType.MONEY_LEFT_OVER: left_over_context,
    EventType.ORDER_HANDED_OVER: left_context,
    EventType.ORDER_SHIPPED: shipped_context,
    EventType.ORDER_DELAYED: delayed_context,
    EventType.ORDER_READY_FOR_PICKUP: ready_context,
    EventType.ORDER_CANCELLED: cancelled_context,
    EventType.ORDER_REFUNDED: refunded_context,
    EventType.ORDER_REPRICED: repriced_context,
    EventType.ORDER_ITEM_UNAVAILABLE: _unavailable,
    EventType.ORDER_DELIVERED: delivered_context,
    UNDELIVERED: _undelivered,
    LACKING: _lacking,
    EventType.CALLBACK_AGREED: _called,
    EventType.CALL_MISSED: _called,
    EventType.CUSTOMER_RECEIVED: _received,
    EventType.REVIEW_POSTED: _reviewed,
    EventType.PROMISE: promised_context,
    EventType.IMPOSSIBLE_DAY: impossible_context,
    EventType.BIRTHDAY: _birthday,
    EventType.HOLIDAY: _holiday,
    EventType.MORNING: _day,
    EventType.MONTH: month_context,
    EventType.RUNS_OUT: running_out_context,
    EventType.WANTED_AGAIN: wanted_again_context,
    EventType.TO_REPLACE: to_replace_context,
    EventType.PRODUCT_RESTOCKED: restocked_context,
    EventType.SLEEPS: sleeps_context,
    EventType.CUSTOMER_CHOSEN: campaign_context,
    EventType.CAMPAIGN_COUNTED: campaign_report_context,
    EventType.CAMPAIGN_STOPPED: campaign_report_context,
    EventType.CAMPAIGN_ENDED: campaign_report_context,
}


def _way_to_pay(context: LetterContext) -> bool:
    """Whoever pays by transfer needs the bank's details, or a link; whoever pays otherwise is told whom to ask."""
    payment = context["order"].payment
    by_transfer = payment.method == "bank_transfer" and payment.due is not None
    return not by_transfer or bool(payment.details or payment.url)


_IS_PRESENT: Mapping[str, Callable[[LetterContext], bool]] = {
    "items": lambda context: bool(context["order"].items),
    "total": lambda context: context["order"].total is not None,
    "way_to_pay": _way_to_pay,
    "refund_amount": lambda context: context["refund"].amount is not None,
    "old_total": lambda context: context["repriced"].old_total is not None,
    "new_total": lambda context: context["repriced"].new_total is not None,
    "item": lambda context: context["item"] is not None,
    "coupon": lambda context: context["coupon"] is not None,
    "things": lambda context: bool(context["things"]) and all(each.name for each in context["things"]),
}
