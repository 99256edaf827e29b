"""Whoever never said whether they want the shop's news is asked in the letter about an order, at most once in half a
year (R035)."""

from dataclasses import replace
from datetime import datetime

from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import FieldVersion, Record, version_at
from shopbell.domain.model.shop import Shop
from shopbell.domain.rules.consent import NEWS, consent
from shopbell.domain.time.calendar import format_instant, parse_instant
from shopbell.domain.time.span import months

ASKED = "consent_question"
"""Where a customer's record keeps in the letter about which order they were asked last, and when."""
AT_MOST_EVERY = months(6)


def is_to_be_asked(customer: Customer, email: Contact | None, shop: Shop, now: datetime) -> bool:
    last = customer.record.get(ASKED)
    is_soon = isinstance(last, dict) and shop.calendar.plus(parse_instant(last["at"]), AT_MOST_EVERY) > now
    return bool(shop.marketing.per_month) and not is_soon and _is_open(customer, email)


def asked(customer: Customer, order: str, now: datetime) -> Customer:
    word = FieldVersion({"order": order, "at": format_instant(now)}, version_at(now, order))
    return replace(customer, record=customer.record.merged(Record({ASKED: word})))


def asks(facts: Facts) -> bool:
    """Whether the letter about this order asks; whoever has answered meanwhile is left alone."""
    last = facts.customer.record.get(ASKED)
    is_of_this = isinstance(last, dict) and facts.order is not None and last["order"] == facts.order.id
    return is_of_this and _is_open(facts.customer, facts.email)


def _is_open(customer: Customer, email: Contact | None) -> bool:
    """Nobody said either way, and they can be written to and have nothing else on their mind."""
    if email is None or email.unusable() or customer.refused_at or customer.open_complaint:
        return False
    return all(consent(customer, email, purpose) is None for purpose in ("email_marketing", NEWS))
