"""What the mail provider reports: it settles doubts, stops contacts, and lets undelivered news go another way."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.rules.feedback import Feedback, Report, reported, stopped, withdrawn_by
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import ContactKey, Ledger, Log, Session, Store
from shopbell.service.subjects.identity import CustomerContacts, load
from shopbell.service.subjects.retry import retry_on_conflict
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

    def __call__(self, feedback: Feedback, now: datetime) -> None:
        """What is done twice is done once; so the note that it was done comes last. Raises Conflict."""
        message = self._message(feedback)
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
        if feedback.report in STOPPING and message.channel is not ChannelName.STAFF:
            retry_on_conflict(lambda: self._stop(message, feedback, now))
        if feedback.report in UNDELIVERED and feedback.report not in message.reported:
            self.reroute(message, UNDELIVERED[feedback.report], now)
        retry_on_conflict(lambda: self._note(feedback))

    def _message(self, feedback: Feedback) -> Message | None:
        return self.ledger.message_tagged(feedback.shop, feedback.subject, feedback.message)

    def _note(self, feedback: Feedback) -> None:
        message = self._message(feedback)
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
