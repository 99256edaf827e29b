"""Advance a subject: decide what is due, store what came of it, and say when to look next.

Whoever looks, looks so: an event, a sweep, the operators' replan, news that goes another way.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shopbell.domain.deciding.agenda import Decisions, decide_all
from shopbell.domain.deciding.counting import counted
from shopbell.domain.journeys.staff import PARCEL_OVERDUE
from shopbell.domain.model.order import Order
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.subject import Subject
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules.deliveries import newly_delivered, not_told
from shopbell.errors import where
from shopbell.service.subjects.identity import CustomerContacts, facts_about
from shopbell.service.subjects.open_tasks import with_open_tasks
from shopbell.service.subjects.other_orders import with_others_where_due
from shopbell.service.subjects.planning import carry_out
from shopbell.service.subjects.work import Work

ALARM_AT = 5
"""Failures in a row, of a subject or of one of the table's rows, after which the log says so as an error."""


def advance(
    work: Work, before: Subject[Any], after: Subject[Any], person: CustomerContacts | None, *, is_tick: bool = False
) -> list[SendRequest]:
    """`before` is the subject as it is stored, `after` what an event made of it. Returns what the senders may send now.

    `is_tick`: its moment in the index has come, so that a new one must be written whatever it is.
    """
    facts = with_others_where_due(work.session, facts_about(work.shop, person, after), work.now)
    facts = with_open_tasks(work.session, facts, work.contact_key, work.now)
    earlier = facts_about(work.shop, person, before) if after.entity != before.entity else None
    decisions = decide_all(facts, work.now, earlier)
    _log_raised(work, after.name, decisions.raised, decisions.facts.agenda.put_off)
    _note_outcomes(work, before, decisions)
    about_customer = after.entity.kind is SubjectKind.CUSTOMER
    agenda = person.subject.agenda if person and not about_customer else decisions.facts.agenda
    work.figures.extend(counted(decisions.facts, before.entity, decisions.step_decisions, agenda, work.now))
    requests = carry_out(work.session, decisions.facts, decisions.step_decisions, work.now)
    save(work, before, replace(after, entity=decisions.facts.entity, agenda=decisions.facts.agenda), is_tick=is_tick)
    return requests


def _note_outcomes(work: Work, before: Subject[Any], decisions: Decisions) -> None:
    """Which parcels were told as delivered, and whose day was over in silence."""
    if not isinstance(before.entity, Order):
        return
    overdue = (step.trigger for step in decisions.step_decisions if step.journey.kind == PARCEL_OVERDUE)
    silent = [trigger for trigger in overdue if not trigger.again]
    work.outcomes.extend((*newly_delivered(decisions.facts, before.entity), *not_told(decisions.facts, silent)))


def save(work: Work, before: Subject[Any], after: Subject[Any], *, is_tick: bool = False) -> None:
    """Where something of it is new."""
    has_new_facts = (after.entity, after.customer) != (before.entity, before.customer)
    if has_new_facts or before.version == 0 or _has_new_agenda(before, after, is_tick):
        work.session.save(after, has_new_facts=has_new_facts)


def _has_new_agenda(before: Subject[Any], after: Subject[Any], is_tick: bool) -> bool:
    """A customer's step that only moves later is not worth a write: the tick that comes too early writes the moment."""
    if after.agenda == before.agenda:
        return False
    same_but_next = replace(after.agenda, next=before.agenda.next) == before.agenda
    if is_tick or not same_but_next or after.entity.kind is not SubjectKind.CUSTOMER:
        return True
    sooner, later = before.agenda.next, after.agenda.next
    return sooner is None or later is None or later.at < sooner.at


def _log_raised(work: Work, subject: str, raised: Mapping[str, Exception], put_off: Mapping[str, object]) -> None:
    """A row that could not be judged; the others were."""
    for row, error in raised.items():
        failures = getattr(put_off[row], "failures", 0)
        facts = {"shop": work.shop.id, "subject": subject, "row": row, "failures": failures}
        work.log("alarm" if failures >= ALARM_AT else "put_off", {**facts, **where(error)})
