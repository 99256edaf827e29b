"""Whoever never said whether they want the shop's news is asked in the letter about an order, at most once in half a
year (R035)."""

from dataclasses import replace
from datetime import datetime

from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import FieldVersion, Record, version_at
from shopbell.domain.rules.consent import NEWS, consent
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.domain.time.span import months

ASKED = "consent_question"
"""Where a customer's record keeps in the letter about which order they were asked last, and when."""
AT_MOST_EVERY = months(6)


def is_to_be_asked(facts: Facts, now: datetime) -> bool:
    """Whoever has the address is one person, under however many ids; and so is a customer with another address."""
    shop, word = facts.shop, facts.customer.record.get(ASKED)
    last = max(word["at"] if isinstance(word, dict) else "", facts.email.asked_at if facts.email else "")
    is_soon = bool(last) and shop.calendar.plus(parse_instant(last), AT_MOST_EVERY) > now
    return bool(shop.marketing.per_month) and not is_soon and _is_open(facts)


def asked(customer: Customer, email: Contact, order: str, now: datetime) -> tuple[Customer, Contact]:
    """Both as they are then."""
    at = format_instant(now)
    word = FieldVersion({"order": order, "at": at}, version_at(now, order))
    record = customer.record.merged(Record({ASKED: word}))
    return replace(customer, record=record), replace(email, asked_at=at)


def asks(facts: Facts) -> bool:
    """Whether the letter about this order asks; whoever has answered meanwhile is left alone."""
    last = facts.customer.record.get(ASKED)
    is_of_this = isinstance(last, dict) and facts.order is not None and last["order"] == facts.order.id
    return is_of_this and _is_open(facts)


def _is_open(facts: Facts) -> bool:
    """Nobody said either way, and they can be written to and have nothing else on their mind."""
    customer, email = facts.customer, facts.email
    if email is None or email.unusable() or customer.refused_at or customer.open_complaint:
        return False
    contacts = {"email_marketing": email, NEWS: email, "sms_marketing": facts.phone}
    return all(consent(customer, contact, purpose) is None for purpose, contact in contacts.items())
