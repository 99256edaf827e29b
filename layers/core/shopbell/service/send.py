"""Send one message: look again whether it is still true, render, claim, call, mark."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.content import content
from shopbell.domain.customer import Customer
from shopbell.domain.decide import Verdict, judge
from shopbell.domain.delivery import DeliveryError, Letter, Trouble
from shopbell.domain.facts import Facts, Occasion
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.shop import Shop
from shopbell.domain.state import Conflict, Message
from shopbell.domain.words import ChannelName, Outcome, Reason, Status
from shopbell.service.letters import compose
from shopbell.service.people import load
from shopbell.service.planning import decision_of
from shopbell.service.ports import Channel, ContactKey, Ledger, Renderer, Session, Store

FIRST_PAUSE = timedelta(minutes=1)
WAITING = frozenset({Status.PLANNED, Status.HELD})


@dataclass(frozen=True, slots=True)
class Send:
    """The use case. `unsubscribe_url` makes the link for a customer of a shop."""

    store: Store
    ledger: Ledger
    renderer: Renderer
    channels: Mapping[ChannelName, Channel]
    contact_key: ContactKey
    unsubscribe_url: Callable[[str, str, datetime], str]

    def __call__(self, shop_id: str, subject: str, message_id: str, now: datetime) -> None:
        """Does nothing for a message that has left, is not due, or is not there."""
        message = self.ledger.message(shop_id, subject, message_id)
        shop = self.store.shop(shop_id)
        if message is None or shop is None or message.status not in WAITING or message.due_at > now:
            return
        try:
            self._decide(message, shop, now)
        except Conflict:
            return  # somebody else has it; if not, the outbox rings again

    def _decide(self, message: Message, shop: Shop, now: datetime) -> None:
        session = self.store.session(shop.id)
        facts, occasion = self._facts(session, shop, message, now)
        verdict = _verdict(facts, message, occasion, now)
        decision = decision_of(facts, verdict, now)
        if verdict.outcome is Outcome.SKIPPED:
            self.ledger.close(message, Status.EXPIRED, decision)
        elif verdict.outcome is Outcome.HELD:
            known = message.decisions[-1:] and message.decisions[-1].reason is verdict.reason
            self.ledger.hold(message, verdict.due_at, None if known else decision)
        else:
            letter = self._letter(facts, message, occasion, now)
            decided = any(each.outcome is Outcome.SENT for each in message.decisions)
            checks = () if BY_NAME[message.name].order_news else session.seen()
            self.ledger.claim(message, now, None if decided else decision, checks)
            self._hand_over(replace(message, status=Status.SENDING, attempts=message.attempts + 1), letter, now)

    def _facts(self, session: Session, shop: Shop, message: Message, now: datetime) -> tuple[Facts, Occasion]:
        session.prefetch(order=message.order, customers=[message.customer])
        state = session.order(message.order) if message.order else None
        key = state.customer if state else message.customer
        facts = Facts(shop, Customer(""), order=state.order if state else None, told=state.told if state else {})
        if key:
            person = load(session, shop.id, key, self.contact_key)
            facts = replace(facts, customer=person.customer, email=person.email, phone=person.phone)
        known = BY_NAME[message.name].on(facts, now)
        occasion = next((each for each in known if each.occurrence == message.occurrence), None)
        return facts, occasion or Occasion(message.occurrence, message.occasion_at)

    def _letter(self, facts: Facts, message: Message, occasion: Occasion, now: datetime) -> Letter:
        said = content(facts, BY_NAME[message.name], occasion, now)
        link = self.unsubscribe_url(message.shop, message.customer, now)
        return compose(facts, message, said, self.renderer, link)

    def _hand_over(self, message: Message, letter: Letter, now: datetime) -> None:
        """Nothing stands between the claim and the call."""
        try:
            provider_id = self.channels[message.channel].send(letter)
        except DeliveryError as error:
            self._failed(message, error, now)
        else:
            self.ledger.sent(message, now, provider_id)

    def _failed(self, message: Message, error: DeliveryError, now: datetime) -> None:
        if error.trouble is Trouble.PERMANENT:
            self.ledger.close(message, Status.FAILED, None)
        elif error.trouble is not Trouble.UNKNOWN:  # else the lease runs out and the class decides
            pause = FIRST_PAUSE * 2 ** min(message.attempts, 6)
            self.ledger.hold(message, now + pause, None)


def _verdict(facts: Facts, message: Message, occasion: Occasion, now: datetime) -> Verdict:
    """The step, looked at again for this channel."""
    verdicts = judge(facts, BY_NAME[message.name], occasion, now)
    ours = next((each for each in verdicts if each.channel in (None, message.channel)), None)
    if ours is None:
        reason = Reason.NO_CONTACT if message.channel is ChannelName.EMAIL else Reason.NO_CONSENT
        return replace(verdicts[0], outcome=Outcome.SKIPPED, reason=reason, channel=message.channel)
    if ours.reason is Reason.STALE_EVENT:
        return replace(ours, reason=Reason.WINDOW_PASSED)
    return ours
