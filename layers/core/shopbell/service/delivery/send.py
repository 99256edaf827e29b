"""Send one message: look again whether it is still true, render, claim, call, mark."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import StepDecision, held, judge
from shopbell.domain.journeys import BY_NAME, Journey
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.letter import DeliveryError, FailureKind, Letter
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict, Decision, Message, Parked
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason, Status
from shopbell.service.delivery.allowance import Allowance
from shopbell.service.delivery.compose import Links, compose
from shopbell.service.delivery.counting import Counted
from shopbell.service.delivery.digest import gathered
from shopbell.service.delivery.late_facts import LateFactsReader, hand_out
from shopbell.service.delivery.own_letters import ShopsRenderer
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import Channel, ContactKey, Ledger, LetterRenderer, Log, OwnLetters, Session, Store
from shopbell.service.subjects.planning import decision_of, trigger_of
from shopbell.service.subjects.reading import read_subject
from shopbell.service.subjects.work import keep_until

Named = Sequence[tuple[str, str]]
"""Messages by their subject and id."""
FIRST_PAUSE = timedelta(minutes=1)
UNCLAIMED = frozenset({Status.PLANNED, Status.HELD})


@dataclass(frozen=True, slots=True)
class Attempt:
    """One look at one message: what it is about as it stands now. `parked`: its channel served nobody lately."""

    message: Message
    session: Session
    facts: Facts
    trigger: Trigger
    parked: Parked | None
    now: datetime

    @property
    def journey(self) -> Journey:
        return BY_NAME[self.message.name]

    @property
    def sending(self) -> Message:
        """The message as its claim leaves it."""
        return replace(self.message, status=Status.SENDING, attempts=self.message.attempts + 1)


@dataclass(frozen=True, slots=True)
class Ready:
    """A message with its letter, which nothing keeps from leaving."""

    attempt: Attempt
    decision: Decision
    counted: Counted


@dataclass(frozen=True, slots=True)
class Send:
    """The use case. `links` makes the links of a letter; `late_facts` looks up what only some letters say."""

    store: Store
    ledger: Ledger
    renderer: LetterRenderer
    channels: Mapping[ChannelName, Channel]
    contact_key: ContactKey
    links: Links
    late_facts: LateFactsReader
    allowance: Allowance
    reroute: Reroute
    log: Log
    own_letters: OwnLetters

    def __call__(self, shop_id: str, subject: str, message_id: str, now: datetime, more: Named = ()) -> None:
        """Does nothing for a message that has left, is not due, or is not there; `more` are to leave with it."""
        shop = self.store.shop(shop_id)
        if shop is not None:
            found = (self._ready(shop, *named, now) for named in ((subject, message_id), *more))
            self._leave([ready for ready in found if ready is not None])

    def _ready(self, shop: Shop, subject: str, message_id: str, now: datetime) -> Ready | None:
        """A message that may leave now; what becomes of any other is written down."""
        message = self.ledger.message(shop.id, subject, message_id)
        if message is None or message.status not in UNCLAIMED or message.due_at > now:
            return None
        try:
            return self._decide(self._attempt(message, shop, now))
        except Conflict:
            return None  # somebody else has it; if not, the outbox rings again

    def _decide(self, attempt: Attempt) -> Ready | None:
        message, now = attempt.message, attempt.now
        step_decision = _verdict(attempt.facts, message, attempt.trigger, now)
        counted = None
        if step_decision.outcome is Outcome.SENT:
            step_decision, counted = self._allowed(attempt, step_decision)
        decision = decision_of(attempt.facts, step_decision, now)
        if counted is not None:
            return Ready(attempt, decision, counted)
        if step_decision.outcome is Outcome.SKIPPED:
            self.ledger.close(message, Status.EXPIRED, decision)
        else:
            known = message.decisions[-1:] and message.decisions[-1].reason is step_decision.reason
            self.ledger.hold(message, step_decision.due_at, None if known else decision)
        return None

    def _leave(self, ready: Sequence[Ready]) -> None:
        """Rendered, then claimed, then sent; several in one letter."""
        if ready:
            letter = gathered([each.counted.letter for each in ready], self.renderer)
            self._hand_over([each.attempt for each in ready if self._claimed(each)], letter)

    def _allowed(self, attempt: Attempt, due: StepDecision) -> tuple[StepDecision, Counted | None]:
        """The letter where it may leave now, else the verdict that says why not."""
        facts, now = attempt.facts, attempt.now
        waits = self.allowance.channel(attempt.parked, due, now)
        waits = waits or self.allowance.place(attempt.session, facts, due, now)
        if waits:
            return waits, None
        links = self.links(attempt.message, now)
        told = self.late_facts(attempt.session, facts, attempt.journey, attempt.trigger)
        try:
            letter = self._letter(attempt, told, links)
        except Exception as error:
            return self._unmade(attempt, due, error), None
        counted = self.allowance.limits(facts, attempt.message, letter, due, now)
        return (due, counted) if isinstance(counted, Counted) else (counted, None)

    def _unmade(self, attempt: Attempt, due: StepDecision, error: Exception) -> StepDecision:
        """A letter that cannot be made steps aside, longer each time, and somebody is woken."""
        message, name = attempt.message, type(error).__name__
        self.log("alarm", {"shop": message.shop, "message": message.id, "kind": message.kind, "error": name})
        born = message.decisions[0].at if message.decisions else message.due_at
        wait = max(FIRST_PAUSE, attempt.now - born)
        return held(due, Reason.MISSING_FACTS, attempt.now + wait, f"the letter could not be made: {name}")

    def _claimed(self, ready: Ready) -> bool:
        """Order news goes whatever was written meanwhile; all else only while what was read still stands."""
        attempt, message, session = ready.attempt, ready.attempt.message, ready.attempt.session
        decided = any(each.outcome is Outcome.SENT for each in message.decisions)
        checks = [*session.pending(), *([] if attempt.journey.order_news else session.seen())]
        try:
            self.ledger.claim(message, attempt.now, None if decided else ready.decision, checks)
        except Conflict:
            self.allowance.give_back(ready.counted)
            return False
        except Exception:  # whatever became of it: without its answer nothing leaves
            self.allowance.give_back(ready.counted)
            raise
        return True

    def _attempt(self, message: Message, shop: Shop, now: datetime) -> Attempt:
        session = self.store.session(shop.id, keep_until(shop, now), renews=False)
        facts, trigger = self._facts(session, shop, message, now)
        parked = self.allowance.parking.of(shop.id, message.channel)
        return Attempt(message, session, facts, trigger, parked, now)

    def _facts(self, session: Session, shop: Shop, message: Message, now: datetime) -> tuple[Facts, Trigger]:
        subjects = [message.subject, *([f"customer/{message.customer}"] if message.customer else [])]
        session.prefetch(subjects=dict.fromkeys(subjects))
        read = read_subject(session, shop, message.subject, self.contact_key, message.customer)
        facts = read.facts(shop).without(message.instead_of)
        return facts, trigger_of(facts, message, now)

    def _letter(self, attempt: Attempt, facts: Facts, links: Mapping[str, str]) -> Letter:
        said = letter_context(facts, attempt.journey, attempt.trigger, attempt.now)
        hand_out(attempt.session, facts, attempt.journey, said)
        renderer = ShopsRenderer(facts.shop, self.renderer, self.own_letters, self.log)
        return compose(facts, attempt.message, {**said, **links}, renderer)

    def _hand_over(self, claimed: Sequence[Attempt], letter: Letter) -> None:
        """Nothing stands between the claim and the call."""
        if not claimed:
            return
        try:
            provider_id = self.channels[letter.channel].send(letter)
        except DeliveryError as error:
            for attempt in claimed:
                with suppress(Conflict):  # a report of the provider's was faster
                    self._failed(attempt, attempt.sending, error)
        else:
            for attempt in claimed:
                with suppress(Conflict):
                    self.ledger.sent(attempt.sending, attempt.now, provider_id)
            if parked := next((each for each in claimed if each.parked), None):
                self.allowance.parking.open(parked.message.shop, letter.channel)

    def _failed(self, attempt: Attempt, message: Message, error: DeliveryError) -> None:
        facts: dict[str, object] = {
            "shop": message.shop,
            "message": message.id,
            "trouble": error.failure.name,
            "code": error.code,
        }
        if error.failure is FailureKind.PERMANENT:
            self.reroute(message, Why.REFUSED, attempt.now)
            self.ledger.close(message, Status.FAILED, None)
        elif error.failure is FailureKind.PARKED:
            self.log("alarm", facts)
            self.ledger.hold(message, self.allowance.park(message, attempt.parked, attempt.now), None)
        elif error.failure is FailureKind.TEMPORARY:
            self.ledger.hold(message, attempt.now + FIRST_PAUSE * 2 ** min(message.attempts, 6), None)
        else:  # in doubt: the lease runs out and the class decides
            self.log("in_doubt", facts)


def _verdict(facts: Facts, message: Message, trigger: Trigger, now: datetime) -> StepDecision:
    """The step, looked at again for this channel."""
    step_decisions = judge(facts, BY_NAME[message.name], trigger, now)
    ours = next((each for each in step_decisions if each.channel in (None, message.channel)), None)
    if ours is None:
        reason = Reason.NO_CONTACT if message.channel is ChannelName.EMAIL else Reason.NO_CONSENT
        return replace(step_decisions[0], outcome=Outcome.SKIPPED, reason=reason, channel=message.channel)
    if ours.reason is Reason.STALE_EVENT:
        return replace(ours, reason=Reason.WINDOW_PASSED)
    return ours
