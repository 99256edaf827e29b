"""What the mail provider reports: it settles doubts, stops contacts, and lets undelivered news go another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.model.campaign import campaign_of
from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.state import Conflict, Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.rules.feedback import TELLING, Feedback, Report, heard, reported, stopped, withdrawn_by
from shopbell.pool import Failed, Pool, attempted
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import Campaigns, ContactKey, Ledger, Log, Reads, Session, Store
from shopbell.service.subjects.identity import CustomerContacts, load
from shopbell.service.subjects.retry import retry_on_conflict
from shopbell.service.subjects.told import grouped
from shopbell.service.subjects.work import keep_until

UNDELIVERED: Mapping[Report, Why] = {Report.BOUNCE: Why.BOUNCED, Report.REJECT: Why.REFUSED}
STOPPING = frozenset({Report.BOUNCE, Report.COMPLAINT})


@dataclass(frozen=True, slots=True)
class RecordFeedback:
    """The use case. A report may come twice, in any order, and before our own "sent"."""

    store: Store
    ledger: Ledger
    reroute: Reroute
    contact_key: ContactKey
    log: Log
    pool: Pool
    campaigns: Campaigns

    def __call__(self, reports: Sequence[Feedback], now: datetime) -> list[Exception | None]:
        """Why each could not be taken down, if so. Those of one message come one after another."""
        reads = self.store.reads()
        for report in reports:
            self.ledger.expect_tagged(reads, report.shop, report.subject, report.message)
        groups = grouped([[f"{each.shop}#{each.message}"] for each in reports])
        done = self.pool.each(lambda group: self._group(reports, group, reads, now), groups)
        results: dict[int, Exception | None] = {}
        for group, errors in zip(groups, done, strict=True):
            results |= dict.fromkeys(group, errors.error) if isinstance(errors, Failed) else errors
        return [results[number] for number in range(len(reports))]

    def _group(
        self, reports: Sequence[Feedback], group: Sequence[int], reads: Reads, now: datetime
    ) -> dict[int, Exception | None]:
        """The first is of the message as the batch has read it, the others of what the former made of it."""
        done = {
            number: attempted(partial(self._report, now=now, reads=None if place else reads), reports[number])
            for place, number in enumerate(group)
        }
        return {number: each.error if isinstance(each, Failed) else None for number, each in done.items()}

    def _report(self, feedback: Feedback, now: datetime, reads: Reads | None) -> None:
        """What is done twice is done once; so the note that it was done comes last. Raises Conflict."""
        message = self._message(feedback, reads)
        if message is None or not message.attempts:
            self.log("feedback_on_nothing_sent", {"shop": feedback.shop, "message": feedback.message})
            return
        for subject, other in message.along:
            self._along(message, replace(feedback, subject=subject_tag(subject), message=other), now)
        self._record(message, feedback, now)

    def _along(self, said_in: Message, feedback: Feedback, now: datetime) -> None:
        """What else the letter said fares as it does, unless it left by another since."""
        message = self._message(feedback)
        if message is not None and message.letter == said_in.id:
            self._record(message, feedback, now)

    def _record(self, message: Message, feedback: Feedback, now: datetime) -> None:
        is_first, is_ours = feedback.report not in message.reported, message.channel is not ChannelName.STAFF
        if is_first and is_ours and feedback.report in TELLING and feedback.address:
            retry_on_conflict(lambda: self._hear(message, feedback, now))
        if feedback.report in STOPPING and message.channel is not ChannelName.STAFF:
            retry_on_conflict(lambda: self._stop(message, feedback, now))
        if feedback.report in UNDELIVERED and feedback.report not in message.reported:
            self.reroute(message, UNDELIVERED[feedback.report], now)
        try:
            self._note(message, feedback)
        except Conflict:
            retry_on_conflict(lambda: self._note(self._message(feedback), feedback))

        if is_first and message.name == CAMPAIGN and feedback.report in STOPPING:
            self.campaigns.add(message.shop, campaign_of(message.occurrence_id), {feedback.report: 1})

    def _hear(self, message: Message, feedback: Feedback, now: datetime) -> None:
        """What it says of the contact."""
        shop = self.store.shop(feedback.shop)
        session = self.store.session(feedback.shop, keep_until(shop, now) if shop else None)
        state = session.contact(self.contact_key(feedback.shop, feedback.address))
        if (contact := heard(state.contact, message, feedback)) != state.contact:
            session.save_contact(replace(state, contact=contact))
            session.commit()

    def _message(self, feedback: Feedback, reads: Reads | None = None) -> Message | None:
        return self.ledger.message_tagged(feedback.shop, feedback.subject, feedback.message, reads)

    def _note(self, message: Message | None, feedback: Feedback) -> None:
        if message is not None and (after := reported(message, feedback)) != message:
            self.ledger.report(message, after)

    def _stop(self, message: Message, feedback: Feedback, now: datetime) -> None:
        shop = self.store.shop(message.shop)
        session = self.store.session(message.shop, keep_until(shop, now) if shop else None)
        person = load(session, message.shop, message.customer, self.contact_key)
        _stop_customer(session, person, feedback)
        self._stop_contacts(session, person, feedback)
        session.commit()

    def _stop_contacts(self, session: Session, person: CustomerContacts, feedback: Feedback) -> None:
        """The address it went to, which need not be the customer's any more; a withdrawal holds for all they have."""
        address = self.contact_key(feedback.shop, feedback.address) if feedback.address else ""
        own = [contact.key for contact in (person.email, person.phone) if contact]
        for key in dict.fromkeys(filter(None, (address, *own))):
            state = session.contact(key)
            contact = stopped(state.contact, feedback) if key == address else state.contact
            contact = replace(contact, withdrawn=withdrawn_by(feedback, contact.withdrawn))
            if contact != state.contact:
                session.save_contact(replace(state, contact=contact))


def _stop_customer(session: Session, person: CustomerContacts, feedback: Feedback) -> None:
    customer = replace(person.customer, withdrawn=withdrawn_by(feedback, person.customer.withdrawn))
    if customer != person.customer:
        session.save(replace(person.subject, entity=customer), has_new_facts=True)
