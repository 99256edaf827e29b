"""What an event makes of an order or a complaint: merged, made out whose it is, decided, saved."""

from dataclasses import replace
from typing import Any

from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.model.events import Event, EventType
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import Record
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.subject import Entity, Subject
from shopbell.domain.rules.consent_question import asked, is_to_be_asked
from shopbell.domain.rules.erasure import began_since
from shopbell.service.subjects.advance import advance, save
from shopbell.service.subjects.bonuses import keep_bonus
from shopbell.service.subjects.customers import advance_customer, record_dropped
from shopbell.service.subjects.forgotten import erased_since, forget_contacts, record_forgotten, redacted_event
from shopbell.service.subjects.identity import CustomerContacts, facts_about, resolve_customer, save_person
from shopbell.service.subjects.pointers import point
from shopbell.service.subjects.repetition import record_repetition
from shopbell.service.subjects.wishes import count_ordered, note_sold_out
from shopbell.service.subjects.work import Work

NOTHING_MORE = Record()


def merge_subject(
    work: Work, event: Event, before: Subject[Any], owner: str = "", more: Record = NOTHING_MORE
) -> list[SendRequest]:
    """`owner`: the key of whose it is where it does not know it itself. `more`: what else is known of it now."""
    owner = before.customer or owner
    erased_at = erased_since(work, event, before.entity, owner)
    if erased_at:
        forget_contacts(work, event, erased_at)
        record_forgotten(work, event, before.name)
    entity = _merged(work, before.entity, event, erased_at, more)
    to_remember = SUBJECTS[entity.kind].for_customer(entity, work.shop)
    person = resolve_customer(work, redacted_event(event, erased_at), owner, to_remember)
    if isinstance(entity, Order) and person and not erased_at:
        person = _asked(work, before.entity, entity, person)
    after = replace(before, entity=entity, customer=person.customer.key if person else owner)
    if isinstance(entity, Order) and entity.happened(EventType.ORDER_PLACED) and person:
        keep_bonus(work, event, entity, person.customer)
    if isinstance(entity, Order) and work.shop.counted:
        count_ordered(work, entity)
        note_sold_out(work, event)
    requests = _advanced(work, before, after, person)
    if not erased_at:
        record_repetition(work, event, before, entity, person)
    record_dropped(work, event, before.name, person)
    return requests + advance_customer(work, person)


def _asked(work: Work, before: Order, order: Order, person: CustomerContacts) -> CustomerContacts:
    """Noted with the order, so that of several which come at once only one asks."""
    is_new = order.happened(EventType.ORDER_PLACED) and not before.happened(EventType.ORDER_PLACED)
    if not is_new or not person.email or not is_to_be_asked(facts_about(work.shop, person, person.subject), work.now):
        return person
    customer, email = asked(person.customer, person.email, order.id, work.now)
    after = replace(person, subject=replace(person.subject, entity=customer), email=email)
    save_person(work.session, person, after)
    return after


def _merged(work: Work, entity: Entity, event: Event, erased_at: str, more: Record) -> Entity:
    kind = SUBJECTS[entity.kind]
    merged: Entity = kind.merged(entity, event, work.shop)
    merged = replace(merged, record=merged.record.merged(more))
    if not erased_at:
        return merged
    if began_since(entity, kind.begins_with, erased_at):
        return entity  # a stray word from before is not about the order of whoever came back
    redacted: Entity = kind.redacted(merged, erased_at)
    return redacted


def _advanced(
    work: Work, before: Subject[Any], after: Subject[Any], person: CustomerContacts | None
) -> list[SendRequest]:
    """News of what is not known well enough yet is kept, and decided when it is."""
    if after != before:
        point(work, before, after)
        _keep_customer(work, person)
    if SUBJECTS[after.entity.kind].waits(after.entity, after.customer):
        save(work, before, after)
        return []
    return advance(work, before, after, person)


def _keep_customer(work: Work, person: CustomerContacts | None) -> None:
    """Who may be forgotten meanwhile, and this is not known to be theirs yet; and they are kept as long as it."""
    if person is None or person.has_news:
        return
    if work.session.needs_another_end(person.subject.expires_at):
        work.session.save(person.subject, has_new_facts=False)
    else:
        work.session.check(person.subject)
