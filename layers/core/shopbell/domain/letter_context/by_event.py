"""What the letters around a call and a complaint say beside the order's own facts."""

from datetime import datetime
from types import SimpleNamespace as Context

from shopbell.domain.model.complaint import OPENED, RESOLVED, Complaint
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.told import LONGEST_WORDS, told_number, told_words
from shopbell.domain.rules.conditions import lacking
from shopbell.domain.rules.paid_instead import paid_instead
from shopbell.domain.time.calendar import local_day, parse_instant
from shopbell.domain.time.span import working_hours

ANSWER_WITHIN = working_hours(1)
"""How soon somebody is to answer a complaint (R133)."""


def call_context(facts: Facts, trigger: Trigger) -> Context:
    """Whom to ring, when (in the shop's zone), and what was noted down."""
    at, agreed = trigger.facts.get("at"), trigger.facts
    moment = parse_instant(at) if isinstance(at, str) else trigger.at
    phone = str(agreed.get("phone") or "") or facts.customer.text("phone")
    return Context(at=moment.astimezone(facts.shop.zone), phone=phone, note=str(agreed.get("note") or ""))


def complaint_context(facts: Facts, now: datetime, *, for_staff: bool) -> Context:
    """`text`: what was said, to the staff as it was written.

    `concede`: the shop would lose so little that it had better give in at once (R135)."""
    case, shop = facts.complaint, facts.shop
    assert case is not None, "a complaint's letter is about a complaint"
    opened_at, said = case.first(OPENED) or now, _words_of(facts, OPENED)
    total = case.amount("order_total")
    return Context(
        id=case.id,
        is_question=case.is_question,
        text=said if for_staff else told_words(said, LONGEST_WORDS),
        outcome=_words_of(facts, RESOLVED),
        opened_on=local_day(opened_at, shop.zone),
        answer_by=shop.calendar.plus(opened_at, ANSWER_WITHIN).astimezone(shop.zone),
        order=told_number(case.text("order_number"), case.about) if case.about else "",
        total=total,
        currency=case.text("order_currency") or shop.currency,
        concede=total is not None and not case.is_question and total <= shop.complaints.concede_up_to,
        concede_up_to=shop.complaints.concede_up_to,
        owner=shop.staff.owner,
    )


FIRST_WORDS = 160
"""Characters of a complaint that a task about something else quotes."""


def open_complaint_context(facts: Facts) -> Context | None:
    """What whoever gets in touch with the customer has to know of; `text`: how it begins."""
    case = facts.late_facts.complaint
    if case is None:
        return None
    opened_at = next((opened.at for name, opened in facts.customer.open_complaints() if name == case.id), None)
    return Context(
        id=case.id,
        is_question=case.is_question,
        text=_first_words(_words_in(case, OPENED)),
        since=local_day(opened_at, facts.shop.zone) if opened_at else None,
        order=told_number(case.text("order_number"), case.about) if case.about else "",
    )


def last_complaint_context(facts: Facts) -> Context | None:
    """The last one, which was resolved: what was said, and what was done."""
    case = facts.late_facts.resolved
    if case is None:
        return None
    resolved_at = next(
        (resolved.at for name, resolved in facts.customer.resolved_complaints() if name == case.id), None
    )
    return Context(
        id=case.id,
        is_question=case.is_question,
        text=_first_words(_words_in(case, OPENED)),
        outcome=_first_words(_words_in(case, RESOLVED)),
        resolved_on=local_day(resolved_at, facts.shop.zone) if resolved_at else None,
        order=told_number(case.text("order_number"), case.about) if case.about else "",
    )


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= FIRST_WORDS:
        return words
    return f"{words[:FIRST_WORDS].rpartition(' ')[0] or words[:FIRST_WORDS]}…"


def paid_instead_context(facts: Facts) -> Context | None:
    """The other order with the same things that was paid since."""
    other = paid_instead(facts)
    if other is None:
        return None
    number = told_number(other.order.text("number"), other.order.id)
    currency = other.order.text("currency") or facts.shop.currency
    return Context(number=number, paid=other.paid, currency=currency, on=local_day(other.at, facts.shop.zone))


def _words_of(facts: Facts, event_type: str) -> str:
    return _words_in(facts.complaint, event_type) if facts.complaint else ""


def _words_in(case: Complaint, event_type: str) -> str:
    occurrences = [occurrence for _, occurrence in case.occurrences(event_type)]
    words = (occurrences[-1].facts.get("complaint") or {}) if occurrences else {}
    return str(words.get("text") or "")


def profile_context(facts: Facts) -> Context:
    """What is not known of the customer, and may be filled in on their page."""
    return Context(**dict.fromkeys(("birthday", "gender", "phone"), False) | dict.fromkeys(lacking(facts), True))


def lacking_context(trigger: Trigger) -> Context:
    """Which news waits, and for which facts."""
    named = trigger.facts.get("facts") or []
    return Context(news=str(trigger.facts.get("news", "")), facts=[str(name) for name in named])
