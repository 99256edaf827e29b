"""What the letters about an order's money and life say: placed, accepted, paid, repriced, refunded, called off."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.journeys.names import ACCEPTED, RECEIVED, REFUNDED
from shopbell.domain.letter_context.by_event import ANSWER_WITHIN
from shopbell.domain.letter_context.common import bonus_context, companions_context
from shopbell.domain.letter_context.words import amount_in, object_in, text_in
from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger, first_of
from shopbell.domain.model.vocabulary import Outcome
from shopbell.domain.rules.account import account_in, new_price, occurrence_of
from shopbell.domain.rules.consent_question import asks
from shopbell.domain.rules.days import DISPATCH_DAYS, days_to_tell, ships_by
from shopbell.domain.rules.moments import after_checkout
from shopbell.domain.rules.promises import opens_next
from shopbell.domain.rules.refunds import amount_to_tell
from shopbell.domain.time.calendar import local_day

LetterContext = dict[str, Any]


def placed_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`ships_by`: once it is paid; `pay_by`: until when it is to be, so that a day which the shop named can be kept."""
    return {
        "answer_by": opens_next(facts.shop, now),
        "pay_by": _pay_by(facts, _named_day(facts, now), now),
        "too_much": account_in(facts).surplus or None,
        **_question(facts),
        **_once_paid(facts, now),
    }


def _question(facts: Facts) -> LetterContext:
    """`agree_url` comes with the letter's other links."""
    return {"asks_consent": asks(facts), "agree_url": ""}


def _pay_by(facts: Facts, ships_by: date | None, now: datetime) -> date | None:
    """The working day before the order is to leave, or today; None where nothing is due or no day is known."""
    today = local_day(now, facts.shop.zone)
    if ships_by is None or ships_by < today or not account_in(facts).due:
        return None
    return max(today, local_day(facts.shop.calendar.last_morning_before(ships_by), facts.shop.zone))


def _named_day(facts: Facts, now: datetime) -> date | None:
    order = facts.order
    return days_to_tell(facts, now).ships_by if order is not None and order.prepaid else None


def _once_paid(facts: Facts, now: datetime) -> LetterContext:
    """What is said as soon as all is paid: when the order leaves, and what it earned."""
    settled_at = account_in(facts).settled_at
    if settled_at is None or facts.order is None or not facts.order.prepaid:
        return {"ships_by": None, "bonus": None}
    return {"ships_by": ships_by(facts, settled_at, now), "bonus": bonus_context(facts)}


def accepted_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    order = facts.order
    if order is not None and order.prepaid and account_in(facts).is_settled:
        days = _once_paid(facts, now)
    else:
        waits = order is not None and order.prepaid
        days = {"ships_by": None if waits and not _named(facts) else ships_by(facts, trigger.at, now), "bonus": None}
    full = _is_first_letter(facts, trigger)
    first = {} if full else {"coupon": None, "asks_consent": False}
    return {
        **_question(facts),
        **days,
        "pay_by": _pay_by(facts, _named_day(facts, now), now),
        "too_much": account_in(facts).surplus or None,
        "answer_by": _answered_by(facts, trigger.at),
        "dispatch_days_after_payment": DISPATCH_DAYS,
        "full": full,
        **first,
    }


def _is_first_letter(facts: Facts, accepted: Trigger) -> bool:
    """Nothing was told of the order before: then this letter says all that the first one would have said."""
    received = facts.agenda.decided.get(f"{RECEIVED}|")
    if received is None or received.outcome is Outcome.SKIPPED:
        return True
    placed = facts.order.first(EventType.ORDER_PLACED) if facts.order else None
    leaves = after_checkout(facts, Trigger("", placed)) if placed else None
    return leaves is not None and accepted.at < leaves


def _named(facts: Facts) -> bool:
    return facts.order is not None and facts.order.text("delivery.ships_by") != ""


def paid_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`amount`: what came; `came_before`: what had come before it; `rest`: what is still to be paid; `too_much`: what
    came beyond what was due. `accepted`: the order was accepted, and no other letter said so."""
    account = account_in(facts)
    payment = account.payments.get(trigger.occurrence_id)
    amount = payment.amount if payment else account.paid
    accepted = facts.agenda.decided.get(f"{ACCEPTED}|{occurrence_of(account.life)}")
    return {
        "amount": amount,
        "came_before": account.paid - amount or None,
        "rest": account.due or None,
        "too_much": account.surplus or None,
        "called_off": account.called_off,
        "accepted": accepted is not None and accepted.outcome is Outcome.SKIPPED,
        "answer_by": _answered_by(facts, trigger.at),
        **_once_paid(facts, now),
    }


def _answered_by(facts: Facts, at: datetime) -> datetime:
    """By when somebody writes about money that is to be given back."""
    return facts.shop.calendar.plus(at, ANSWER_WITHIN).astimezone(facts.shop.zone)


def failed_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`reason`: "" where it is a code between machines, as "card_declined"."""
    reason = text_in(object_in(trigger, "payment"), "reason").strip()
    return {"reason": reason if " " in reason and "_" not in reason else ""}


def reversed_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`amount`: what went back; None where no payment is known that could have."""
    amount = account_in(facts).reversals.get(first_of(trigger.occurrence_id))
    words = object_in(trigger, "payment")
    return {"reversal": Context(amount=amount or amount_in(words, "amount"), reason=text_in(words, "reason"))}


def left_over_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`amount`: what is to be given back; `beyond`: what was given back and had never been paid; `why`: what made it
    so, "paid", "total" (the price), "cancelled" or "refunded"."""
    account = account_in(facts)
    why = first_of(trigger.occurrence_id).partition(" ")[0]
    beyond = sum((refund.beyond for refund in account.refunds.values()), Decimal(0))
    money_back = Context(
        amount=account.surplus or None, beyond=beyond or None, paid=account.paid, given_back=account.given_back, why=why
    )
    return {"money_back": money_back}


def called_off_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    turns = account_in(facts).cancellations
    return {"reason": text_in(turns[-1].facts, "reason") if turns else ""}


def settled_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    return {"ships_by": ships_by(facts, trigger.at, now)}


def cancelled_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`refund_expected`: what is still to be given back; `given_back`: what already was."""
    account = account_in(facts)
    return {
        "reason": text_in(trigger.facts, "reason"),
        "refund_expected": account.kept if account.kept > 0 else None,
        "given_back": account.given_back or None,
    }


def refunded_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    words = object_in(trigger, "refund")
    amount = amount_to_tell(facts, REFUNDED, trigger.occurrence_id) if words.get("amount") else None
    account = account_in(facts)
    is_all = amount is not None and amount >= account.paid + account.reversed
    return {"refund": Context(amount=amount, is_all=is_all, reason=text_in(words, "reason"))}


def repriced_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    """`rest`: what is to be paid on top of what came before; `back`: what of it is given back."""
    words, account = object_in(trigger, "repriced"), account_in(facts)
    price = new_price(facts, trigger)
    return {
        "repriced": Context(
            old_total=price.before if price and words.get("old_total") else None,
            new_total=price.after if price and words.get("new_total") else None,
            reason=text_in(words, "reason"),
            absorbed=price is not None and price.borne,
            rest=account.due if account.paid and account.due else None,
            back=account.surplus or None,
        ),
        "companions": [each for each in companions_context(facts) if each.url],
        "item": None,
        "alternatives": [],
    }
