"""Named conditions of the journeys: "" while one holds, else why it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from shopbell.domain.model.complaint import ASKED_AFTER, RESOLVED
from shopbell.domain.model.customer import ABOUT
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.holiday import HolidayMode
from shopbell.domain.model.order import LEFT
from shopbell.domain.model.told import told_name
from shopbell.domain.model.vocabulary import CouponKind, Kind, Outcome, Reason
from shopbell.domain.rules.account import Payment, account_in, new_price, occurrence_of
from shopbell.domain.rules.days import DISPATCH, delay_of
from shopbell.domain.rules.holidays import holiday_of
from shopbell.domain.rules.paid_instead import paid_instead
from shopbell.domain.rules.parcels import all_left, is_sent, parcels, waiting_parcels
from shopbell.domain.rules.promises import open_promises
from shopbell.domain.rules.refunds import amount_to_tell
from shopbell.domain.time.calendar import format_instant, local_day
from shopbell.domain.time.span import working_days

CALL_DONE, CALLBACK, REVIEW = EventType.CALL_DONE, EventType.CALLBACK_AGREED, EventType.REVIEW_POSTED
REACHED = frozenset({"reached", "refused", "accepted", "done"})
OUTCOMES = REACHED | {"no_answer"}

ASK_AGAIN = timedelta(hours=1)
"""How long a message waits for a missing fact, the end of a pause or of a complaint, before it is looked at anew."""
Check = Callable[[Facts, Trigger], str]


@dataclass(frozen=True, slots=True)
class Condition:
    """`check` answers "" while it holds; `reason` is the decision's where it does not. `for_good`: once it fails it
    fails for ever, or the subject's own news says otherwise; else it is only asked when the step is due. `settles`:
    once it fails, a task that was asked for is over. `waits`: while it fails the step waits, as long as its window
    lasts, and is looked at again after `looks_again`."""

    check: Check
    reason: Reason = Reason.NO_LONGER_TRUE
    for_good: bool = True
    settles: bool = True
    waits: bool = False
    looks_again: timedelta = ASK_AGAIN

    def __call__(self, facts: Facts, trigger: Trigger) -> str:
        return self.check(facts, trigger)


def _unpaid(facts: Facts, trigger: Trigger) -> str:
    """Still to be paid beforehand: what the shop sends without payment it does not wait for, and what it had and lost
    again its people ask for."""
    account = account_in(facts)
    if account.reversed:
        return f"{account.reversed} went back to the payer"
    return _to_be_paid(facts, trigger) or _any_of(facts, LEFT)


def _to_be_paid(facts: Facts, trigger: Trigger) -> str:
    if facts.order is None or not facts.order.prepaid:
        return "not to be paid beforehand"
    account = account_in(facts)
    if account.called_off_at:
        return f"called off at {format_instant(account.called_off_at)}"
    since = f" since {format_instant(account.settled_at)}" if account.settled_at else ""
    return "" if account.due else f"nothing is due{since}"


def _nothing_paid_instead(facts: Facts, trigger: Trigger) -> str:
    other = paid_instead(facts)
    return f"order {other.order.id} with the same things was paid at {format_instant(other.at)}" if other else ""


def no_later_payment(name: Kind) -> Condition:
    """Nor was a payment told, by that letter, that came after it."""
    return Condition(lambda facts, trigger: _later_payment(facts, name, trigger))


def _later_payment(facts: Facts, name: Kind, trigger: Trigger) -> str:
    for payment in account_in(facts).payments.values():
        told = facts.agenda.decided.get(f"{name}|{payment.id}")
        if payment.at >= trigger.at and told is not None and told.outcome is not Outcome.SKIPPED:
            return f"{EventType.ORDER_PAID} at {format_instant(payment.at)}"
    return ""


def _paid_in_full(facts: Facts, trigger: Trigger) -> str:
    account = account_in(facts)
    return f"{account.due} is due" if account.due else ""


def _something_came(facts: Facts, trigger: Trigger) -> str:
    payment = _payment(facts, trigger)
    return "a payment of 0.00" if payment is not None and not payment.amount else ""


def _not_called_off_since(facts: Facts, trigger: Trigger) -> str:
    """Money that comes for an order already called off is another matter."""
    account, payment = account_in(facts), _payment(facts, trigger)
    if account.called_off_at and payment is not None and not payment.called_off:
        return f"called off at {format_instant(account.called_off_at)}"
    return ""


def _payment(facts: Facts, trigger: Trigger) -> Payment | None:
    return account_in(facts).payments.get(trigger.occurrence_id)


def something_given_back(name: Kind) -> Condition:
    """More than that letter told of other refunds; what names no sum waits for it."""
    return Condition(lambda facts, trigger: _nothing_given_back(facts, name, trigger), Reason.NOTHING_TO_TELL)


def _nothing_given_back(facts: Facts, name: Kind, trigger: Trigger) -> str:
    amount = amount_to_tell(facts, name, trigger.occurrence_id)
    named = (trigger.facts.get("refund") or {}).get("amount")
    if amount is None or amount or named is None:
        return ""
    return f"a refund of {named}, where {amount} was paid and not given back"


def _kept_money(facts: Facts, trigger: Trigger) -> str:
    given_back = account_in(facts).given_back
    return f"{given_back} was given back" if given_back else ""


def _to_give_back(facts: Facts, trigger: Trigger) -> str:
    """More is kept than the order costs, or more was given back than was paid."""
    account = account_in(facts)
    beyond = any(
        refund.beyond and refund.cause == first_of(trigger.occurrence_id) for refund in account.refunds.values()
    )
    return "" if account.surplus or beyond else "nothing is to be given back"


def still_lacked(*when_called_off: Kind) -> Condition:
    """The facts are asked for of an order that was called off only where the news is one of these."""
    return Condition(lambda facts, trigger: _called_off_since(facts, trigger, when_called_off))


def _called_off_since(facts: Facts, trigger: Trigger, kinds: tuple[Kind, ...]) -> str:
    at = account_in(facts).called_off_at
    return f"called off at {format_instant(at)}" if at and trigger.facts.get("news") not in kinds else ""


def _called_off(facts: Facts, trigger: Trigger) -> str:
    """By this cancellation, or by this life's end."""
    account = account_in(facts)
    if account.called_off and trigger.occurrence_id == occurrence_of(account.life):
        return ""
    return "brought back since"


def asked_for(*steps: Kind) -> Condition:
    """The staff were asked for one of these, in this life of the order."""
    return Condition(lambda facts, trigger: _asked_for(facts, steps, trigger))


def _asked_for(facts: Facts, steps: tuple[Kind, ...], trigger: Trigger) -> str:
    names = [f"{step}|{trigger.occurrence_id}" for step in steps]
    decided = [facts.agenda.decided[name] for name in names if name in facts.agenda.decided]
    asked = any(step.outcome is not Outcome.SKIPPED for step in decided)
    return "" if asked else f"nobody was asked for {' or '.join(steps)}"


def not_since(*event_types: EventType) -> Condition:
    """None of these came after what occasions it."""
    return Condition(lambda facts, trigger: _since(facts, trigger, event_types))


def untold(name: Kind) -> Condition:
    """Nor was the same told since it happened: a late word of what was before it is no news of it."""
    return Condition(lambda facts, trigger: _told_since(facts, name, trigger), Reason.ALREADY_SENT)


def _told_since(facts: Facts, name: Kind, trigger: Trigger) -> str:
    for occurrence_id, step in facts.agenda.not_skipped(name):
        if occurrence_id != trigger.occurrence_id and step.at >= trigger.at:
            return f"told at {format_instant(step.at)}"
    return ""


def never(*event_types: EventType) -> Condition:
    """None of these ever came."""
    return Condition(lambda facts, trigger: _any_of(facts, event_types))


def uncalled(*kinds: Kind) -> Condition:
    """Nobody told what came of any of these tasks."""
    return Condition(lambda facts, trigger: _called(facts, kinds, trigger, OUTCOMES), settles=False)


def unanswered(*kinds: Kind) -> Condition:
    """None of these calls reached the customer."""
    return Condition(lambda facts, trigger: _called(facts, kinds, trigger, REACHED))


def not_reached(*kinds: Kind) -> Condition:
    """None of these calls has said by then what a letter would say."""
    return Condition(lambda facts, trigger: _called(facts, kinds, trigger, REACHED), for_good=False)


def _called(facts: Facts, kinds: tuple[Kind, ...], trigger: Trigger, outcomes: frozenset[str]) -> str:
    for call in facts.history.record.occurrences.get(CALL_DONE, {}).values():
        outcome, about = str(call.facts.get("outcome", "")), str(call.facts.get("occurrence", ""))
        if call.facts.get("kind") in kinds and outcome in outcomes and first_of(about) in map(first_of, trigger.names):
            return f"the call: {outcome}, at {format_instant(call.at)}"
    return ""


def _something_counted(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.tallies.get(trigger.occurrence_id) else "nothing happened"


STILL_NEW = working_days(2)
"""A task that nobody did is told on the next morning too, then once a week: a list that never changes is not read."""


def _something_open(facts: Facts, trigger: Trigger) -> str:
    if not facts.staff_tasks:
        return "no task is open"
    calendar, newest = facts.shop.calendar, max(task.message.due_at for task in facts.staff_tasks)
    is_new = calendar.plus(newest, STILL_NEW) > trigger.at
    return "" if is_new or _begins_a_week(facts, trigger.at) else f"nothing new since {format_instant(newest)}"


def _begins_a_week(facts: Facts, at: datetime) -> bool:
    last = facts.shop.calendar.last_morning_before(local_day(at, facts.shop.zone))
    return local_day(last, facts.shop.zone).isocalendar().week != local_day(at, facts.shop.zone).isocalendar().week


IN_HAND = (
    EventType.ORDER_DELAYED,
    EventType.ORDER_REPRICED,
    EventType.ORDER_ITEM_UNAVAILABLE,
    EventType.ORDER_REFUNDED,
    EventType.ORDER_CANCELLED,
)
"""Whoever says so has looked at the order."""


def _not_in_hand(facts: Facts, trigger: Trigger) -> str:
    """So too whoever books a transfer; a card's payment the checkout tells by itself."""
    by_transfer = facts.order is not None and facts.order.text("payment.method") == "bank_transfer"
    return _any_of(facts, (*IN_HAND, EventType.ORDER_PAID) if by_transfer else IN_HAND)


def _not_by_phone(facts: Facts, trigger: Trigger) -> str:
    by_phone = facts.order is not None and facts.order.text("channel") == "phone"
    return "taken by phone: the call was the order" if by_phone else ""


def _has_birthday(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.customer.birthday else "no birthday known"


def _has_phone(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.customer.text("phone") else "no phone number known"


def by_call(letter: Kind, call: Kind) -> Condition:
    """The shop has that letter said on the phone, or there is no address to write it to."""
    return Condition(lambda facts, trigger: _written(facts, letter, call), for_good=False)


def _written(facts: Facts, letter: Kind, call: Kind) -> str:
    is_written = _can_be_written_to(facts) and not facts.shop.calls_instead_of(letter, call)
    return "there is an e-mail address" if is_written else ""


def _can_be_written_to(facts: Facts) -> bool:
    return facts.email is not None and facts.email.unusable() is None


def by_letter(letter: Kind, call: Kind) -> Condition:
    """The shop has it written, or there is no number to ring."""
    return Condition(lambda facts, trigger: _said(facts, letter, call), Reason.SUPERSEDED, for_good=False)


def _said(facts: Facts, letter: Kind, call: Kind) -> str:
    by_phone = facts.shop.calls_instead_of(letter, call) and facts.customer.text("phone")
    return f"by call: {call} asks on the phone" if by_phone else ""


def _no_complaint(facts: Facts, trigger: Trigger) -> str:
    return "a complaint is open" if facts.customer.open_complaint else ""


def _no_complaint_about_it(facts: Facts, trigger: Trigger) -> str:
    complaint = facts.customer.open_complaint_about(facts.order_id)
    return f"complaint {complaint} about this order is open" if complaint else ""


def not_followed_up(letter: Kind) -> Condition:
    """Nor is the customer asked by that letter about a complaint of this order."""
    return Condition(lambda facts, trigger: _followed_up(facts, letter, trigger), Reason.SUPERSEDED, for_good=False)


def _followed_up(facts: Facts, letter: Kind, trigger: Trigger) -> str:
    """Nor is, nor was it in the week before, asked by letter whether all is well with what was put right about it."""
    phone = facts.customer.text("phone")
    can_be_asked = _can_be_written_to(facts) or (phone and phone in facts.shop.sms.numbers)
    if not can_be_asked or facts.shop.figures(letter).enabled is False:
        return ""
    for name, resolved in facts.customer.resolved_complaints():
        asked_at = facts.shop.calendar.plus(resolved.at, ASKED_AFTER)
        if asked_at >= trigger.at and resolved.facts.get(ABOUT, facts.order_id) == facts.order_id:
            return f"{letter} of complaint {name} at {format_instant(asked_at)}"
    return ""


def _unreviewed(facts: Facts, trigger: Trigger) -> str:
    """Nor did they say a word that names no order, since they have this one."""
    at = facts.customer.history.last_told(REVIEW)
    return f"{REVIEW} at {format_instant(at)}" if at and at >= trigger.at else ""


GOOD = (Decimal(4), Decimal(5))
"""Of five."""


def _well_reviewed(facts: Facts, trigger: Trigger) -> str:
    rating = trigger.facts.get("rating")
    if rating is None:
        return "a review without a rating"
    least, most = GOOD
    return "" if least <= Decimal(str(rating)) <= most else f"a rating of {rating}"


def _known_courier(facts: Facts, trigger: Trigger) -> str:
    courier = told_name(facts.order.text("delivery.courier")) if facts.order else ""
    return "" if courier else "no courier is named"


def _still_agreed(facts: Facts, trigger: Trigger) -> str:
    """What was agreed last counts, were it the time that was agreed first."""
    agreed = facts.history.record.occurrences.get(CALLBACK, {})
    newest = max(agreed, key=lambda name: agreed[name].version, default="")
    return "" if newest == first_of(trigger.occurrence_id) else f"another time was agreed: {newest}"


def _dearer(facts: Facts, trigger: Trigger) -> str:
    price = new_price(facts, trigger)
    return "" if price and (price.increase or price.borne) else "the price did not rise"


def _worth_telling(facts: Facts, trigger: Trigger) -> str:
    price = new_price(facts, trigger)
    borne = price is not None and price.borne
    return f"the shop bears an increase of up to {facts.shop.payment.absorb_increase}" if borne else ""


def _price_changed(facts: Facts, trigger: Trigger) -> str:
    price = new_price(facts, trigger)
    return "the price is what it was" if price and price.before == price.after else ""


def _prepaid(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.order and facts.order.prepaid else "paid on receipt"


def _paid_on_receipt(facts: Facts, trigger: Trigger) -> str:
    return "packed once it is paid" if facts.order and facts.order.prepaid else ""


PROFILE = ("birthday", "gender", "phone")
"""What the customer's page asks for where it is not known (R093)."""


def lacking(facts: Facts) -> list[str]:
    return [name for name in PROFILE if not facts.customer.text(name)]


def _incomplete(facts: Facts, trigger: Trigger) -> str:
    return "" if lacking(facts) else "nothing is missing"


def _celebrated(facts: Facts, trigger: Trigger) -> str:
    holiday = holiday_of(facts, trigger)
    is_off = holiday is None or holiday.mode is HolidayMode.OFF
    return f"{trigger.occurrence_id.partition('/')[0]} is off" if is_off else ""


def _with_offer(facts: Facts, trigger: Trigger) -> str:
    holiday = holiday_of(facts, trigger)
    return "" if holiday and holiday.mode is HolidayMode.OFFER else "the shop makes no offer on that day any more"


def not_told_as(name: Kind) -> Condition:
    """The same occasion was not told by that letter: whoever told us since whose day it is had theirs."""
    return Condition(lambda facts, trigger: _told_as(facts, name, trigger), Reason.ALREADY_SENT, for_good=False)


def _told_as(facts: Facts, name: Kind, trigger: Trigger) -> str:
    step = facts.agenda.decided.get(f"{name}|{trigger.occurrence_id}")
    is_told = step is not None and step.outcome is not Outcome.SKIPPED
    return f"{name} at {format_instant(step.at)}" if step and is_told else ""


def no_birthday(letter: Kind) -> Condition:
    """It is not the customer's birthday, on which that letter greets them."""
    return Condition(lambda facts, trigger: _birthday_of(facts, letter, trigger), Reason.SUPERSEDED, for_good=False)


def _birthday_of(facts: Facts, letter: Kind, trigger: Trigger) -> str:
    """A letter that is turned off, or lacks its present, greets nobody."""
    day, birthday = local_day(trigger.at, facts.zone), facts.customer.birthday
    coupon, own = facts.shop.coupon(CouponKind.BIRTHDAY), facts.shop.figures(letter)
    greets = own.enabled is not False and coupon is not None and coupon.has_code
    is_theirs = birthday is not None and birthday.in_year(day.year) == day
    return f"their birthday: {letter} greets them" if greets and is_theirs else ""


def _sent(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.order and is_sent(facts.order) else "nothing of it is sent"


def _deliveries_told(facts: Facts, trigger: Trigger) -> str:
    return "" if facts.shop.tells_deliveries else "the shop does not tell of deliveries: silence is no lateness"


def _uncollected(facts: Facts, trigger: Trigger) -> str:
    """Waits still: the parcel it is about, or any of them."""
    waiting = waiting_parcels(facts.order) if facts.order else []
    waits = any(trigger.parcel is None or parcel.name == trigger.parcel for parcel in waiting)
    return "" if waits else f"{EventType.ORDER_DELIVERED} since"


def unreminded(name: Kind) -> Condition:
    """No reminder went since this parcel is there: it named all that waited."""
    return Condition(lambda facts, trigger: _reminded_since(facts, name, trigger), Reason.ALREADY_SENT, for_good=False)


def _reminded_since(facts: Facts, name: Kind, trigger: Trigger) -> str:
    for occurrence_id, step in facts.agenda.not_skipped(name):
        if occurrence_id not in trigger.names and step.at >= trigger.at:
            return f"named in the reminder of {format_instant(step.at)}"
    return ""


def _still_late(facts: Facts, trigger: Trigger) -> str:
    """A delay of leaving is over when all has left, one of arriving when all that was on its way has arrived."""
    order = facts.order
    if order is None:
        return ""
    if delay_of(order, trigger.at) == DISPATCH:
        return "all of it has left" if all_left(order) else ""
    late = [parcel for parcel in parcels(order) if parcel.left_at <= trigger.at]
    return "what was on its way is there" if all(parcel.has_arrived for parcel in late) else ""


def _kept_word(facts: Facts, trigger: Trigger) -> str:
    """A promise that a newer one replaced is no promise any more."""
    still_open = {name for promise in open_promises(facts) for name in promise.occurrence_ids}
    return "" if first_of(trigger.occurrence_id) in still_open else "kept, or another date was told"


unpaid, to_be_paid = Condition(_unpaid), Condition(_to_be_paid)
nothing_paid_instead = Condition(_nothing_paid_instead, Reason.SUPERSEDED, for_good=False)
not_called_off_since = Condition(_not_called_off_since)
paid_in_full = Condition(_paid_in_full, for_good=False)
something_came = Condition(_something_came, Reason.NOTHING_TO_TELL)
kept_money, to_give_back = Condition(_kept_money), Condition(_to_give_back)
called_off = Condition(_called_off)
price_changed = Condition(_price_changed, Reason.NOTHING_TO_TELL)
celebrated = Condition(_celebrated, Reason.DISABLED, for_good=False)
with_offer = Condition(_with_offer, for_good=False)
has_birthday, has_phone = Condition(_has_birthday), Condition(_has_phone, for_good=False)
no_complaint = Condition(_no_complaint, Reason.COMPLAINT_OPEN, for_good=False)
no_complaint_about_it = Condition(_no_complaint_about_it, Reason.COMPLAINT_OPEN, for_good=False, waits=True)
unreviewed = Condition(_unreviewed)
well_reviewed = Condition(_well_reviewed, Reason.NOTHING_TO_TELL)
known_courier = Condition(_known_courier, Reason.NOTHING_TO_TELL)
still_agreed = Condition(_still_agreed, Reason.SUPERSEDED)
dearer, worth_telling = Condition(_dearer), Condition(_worth_telling, Reason.ABSORBED)
prepaid, paid_on_receipt = Condition(_prepaid), Condition(_paid_on_receipt)
incomplete = Condition(_incomplete)
still_promised = Condition(_kept_word)
not_in_hand, not_by_phone = Condition(_not_in_hand), Condition(_not_by_phone, Reason.NOTHING_TO_TELL)
something_counted = Condition(_something_counted, Reason.NOTHING_TO_TELL, for_good=False)
something_open = Condition(_something_open, Reason.NOTHING_TO_TELL, for_good=False)
unresolved = not_since(RESOLVED)
sent = Condition(_sent, Reason.NOTHING_TO_TELL, for_good=False)
deliveries_told = Condition(_deliveries_told, Reason.NOTHING_TO_TELL, for_good=False)
uncollected = Condition(_uncollected)
still_late = Condition(_still_late, Reason.SUPERSEDED)


def _any_of(facts: Facts, event_types: tuple[EventType, ...]) -> str:
    return next(filter(None, (_happened(facts, kind) for kind in event_types)), "")


def _happened(facts: Facts, event_type: EventType) -> str:
    at = facts.history.first(event_type)
    return "" if at is None else f"{event_type} at {format_instant(at)}"


def _since(facts: Facts, trigger: Trigger, event_types: tuple[EventType, ...]) -> str:
    for event_type in event_types:
        at = facts.history.last(event_type)
        if at is not None and at >= trigger.at:
            return f"{event_type} at {format_instant(at)}"
    return ""
