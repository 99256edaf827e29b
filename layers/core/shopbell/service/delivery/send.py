"""Send one message: look again whether it is still true, render, claim, call, mark."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import StepDecision, held, judge
from shopbell.domain.deciding.reminders import asks_of_others
from shopbell.domain.deciding.unheard import NO_WAY
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.letter import DeliveryError, FailureKind, Letter
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import (
    SOON,
    ChannelHealth,
    Conflict,
    CouponState,
    Decision,
    Healths,
    Message,
    looked_at,
)
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason, Status
from shopbell.errors import where
from shopbell.service.delivery.allowance import TRIAL, Allowance, at_fault, next_try
from shopbell.service.delivery.attempt import Attempt, Ready
from shopbell.service.delivery.compose import Links, compose
from shopbell.service.delivery.counting import Counted
from shopbell.service.delivery.digest import companions, gathered
from shopbell.service.delivery.late_facts import LateFactsReader, handed_out
from shopbell.service.delivery.own_letters import ShopsRenderer
from shopbell.service.delivery.reroute import Reroute, Why
from shopbell.service.ports import Channel, ContactKey, Enqueue, Ledger, LetterRenderer, Log, OwnLetters, Session, Store
from shopbell.service.subjects.other_orders import with_others
from shopbell.service.subjects.planning import decision_of, request_when_due, trigger_of
from shopbell.service.subjects.reading import read_subject
from shopbell.service.subjects.work import keep_until

Named = Sequence[tuple[str, str]]
"""Messages by their subject and id."""
IsTime = Callable[[], bool]
"""Whether enough of the invocation is left for a call that nobody answers."""
FIRST_PAUSE = timedelta(minutes=1)
UNCLAIMED = frozenset({Status.PLANNED, Status.HELD})


@dataclass(frozen=True, slots=True)
class Send:
    """The use case. `links` makes the links of a letter; `late_facts` looks up what only some letters say; `outages`:
    what is raised while the table cannot be had."""

    store: Store
    ledger: Ledger
    renderer: LetterRenderer
    channels: Mapping[ChannelName, Channel]
    contact_key: ContactKey
    links: Links
    late_facts: LateFactsReader
    allowance: Allowance
    reroute: Reroute
    enqueue: Enqueue
    log: Log
    own_letters: OwnLetters
    outages: tuple[type[Exception], ...]

    def __call__(
        self,
        shop_id: str,
        subject: str,
        message_id: str,
        now: datetime,
        more: Named = (),
        is_time: IsTime = lambda: True,
    ) -> bool:
        """Does nothing for a message that has left, is not due, or is not there; `more` are to leave with it.

        False where there was no time for it: then nothing was claimed.
        """
        shop = self.store.shop(shop_id)
        if shop is None:
            self.log("no_such_shop", {"shop": shop_id, "message": message_id})
            return True
        ready = self._all_ready(shop, ((subject, message_id), *more), now)
        return self._leave(self._with_companions(shop, ready, now), is_time)

    def _all_ready(self, shop: Shop, named: Iterable[tuple[str, str]], now: datetime) -> list[Ready]:
        looked_at = (self._ready(shop, *each, now) for each in named)
        return [ready for ready in looked_at if ready is not None]

    def _with_companions(self, shop: Shop, ready: list[Ready], now: datetime) -> list[Ready]:
        """A reminder takes along those of the customer's other orders that wait, in the order of their triggers: so
        whoever takes any of them begins with the same one."""
        first = ready[0] if ready else None
        if first is None or not first.attempt.is_reminder:
            return ready
        others = self._all_ready(shop, companions(first.attempt.facts, now), now)
        along = [each for each in others if each.counted.letter.to == first.counted.letter.to]
        self._give_back([each for each in others if each not in along])
        return sorted([*ready, *along], key=lambda each: (each.message.triggered_at, each.message.id))

    def _ready(self, shop: Shop, subject: str, message_id: str, now: datetime) -> Ready | None:
        """A message that may leave now; what becomes of any other is written down."""
        message = self.ledger.message(shop.id, subject, message_id)
        if message is None or message.status not in UNCLAIMED or message.due_at > now:
            return None
        try:
            return self._decide(self._attempt(message, shop, now))
        except Conflict:
            return None  # somebody else has it; if not, the outbox asks again

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
            if step_decision.reason in NO_WAY:
                self.reroute(message, Why(step_decision.reason), now)
            self.ledger.close(message, Status.EXPIRED, decision)
        else:
            repeated = message.decisions[-1:] and message.decisions[-1].reason is step_decision.reason
            self._hold(message, step_decision.due_at, now, None if repeated else decision)
        return None

    def _hold(self, message: Message, until: datetime, now: datetime, decided: Decision | None = None) -> None:
        """Asked for again at its moment where that is soon, else by the outbox."""
        self.ledger.hold(message, until, looked_at(until, now), decided)
        if until <= now + SOON:
            self.enqueue([request_when_due(replace(message, due_at=until), now)])

    def _leave(self, ready: Sequence[Ready], is_time: IsTime) -> bool:
        """Rendered, then claimed, then sent; several in one letter."""
        if not ready:
            return True
        letter, first = self._gathered(ready), ready[0].attempt
        if not is_time():
            self._give_back(ready)
            return False
        healths = self.allowance.alone(first.healths, first.now)
        if healths is None:
            self._stand_back(ready)
        else:
            claimed = self._claims(ready)
            letter = self._gathered(claimed) if 0 < len(claimed) < len(ready) else letter
            self._hand_over([each.attempt for each in claimed], letter, healths, is_time)
        return True

    def _gathered(self, ready: Sequence[Ready]) -> Letter:
        return gathered([each.counted.letter for each in ready], [each.order for each in ready], self.renderer)

    def _claims(self, ready: Sequence[Ready]) -> list[Ready]:
        """What is not claimed is not said. Where the first of several reminders is taken, somebody else says them."""
        claimed: list[Ready] = []
        for number, each in enumerate(ready):
            if self._claimed(each.named_by(claimed or ready[number:])):
                claimed.append(each)
            elif not claimed and each.attempt.is_reminder:
                self._give_back(ready[number + 1 :])
                break
        return claimed

    def _give_back(self, ready: Sequence[Ready]) -> None:
        for each in ready:
            self.allowance.give_back(each.counted, each.attempt.now)

    def _stand_back(self, ready: Sequence[Ready]) -> None:
        """Somebody else tries whether the channel serves again."""
        self._give_back(ready)
        for each in ready:
            with suppress(Conflict):
                self._hold(each.attempt.message, each.attempt.now + TRIAL, each.attempt.now)

    def _allowed(self, attempt: Attempt, due: StepDecision) -> tuple[StepDecision, Counted | None]:
        """The letter where it may leave now, else the verdict that says why not."""
        facts, now = attempt.facts, attempt.now
        waits = self.allowance.channel(attempt.healths, attempt.message, due, now)
        waits = waits or self.allowance.place(attempt.session, facts, due, now)
        if waits:
            return waits, None
        try:
            letter, coupon = self._letter(attempt)
        except self.outages:
            raise
        except Exception as error:
            return self._unmade(attempt, due, error), None
        if coupon:
            self.store.issue(facts.shop.id, coupon)
        counted = self.allowance.limits(attempt.session, facts, attempt.message, letter, due, now)
        return (due, counted) if isinstance(counted, Counted) else (counted, None)

    def _unmade(self, attempt: Attempt, due: StepDecision, error: Exception) -> StepDecision:
        """A letter that cannot be made steps aside, longer each time, and somebody is woken."""
        message, failed = attempt.message, where(error)
        self.log("alarm", {"shop": message.shop, "message": message.id, "kind": message.kind, **failed})
        born = message.decisions[0].at if message.decisions else message.due_at
        wait = max(FIRST_PAUSE, attempt.now - born)
        return held(due, Reason.MISSING_FACTS, attempt.now + wait, f"the letter could not be made: {failed['error']}")

    def _claimed(self, ready: Ready) -> bool:
        """Order news goes whatever was written meanwhile; all else only while what was read still stands."""
        attempt, message, session = ready.attempt, ready.attempt.message, ready.attempt.session
        decided = any(each.outcome is Outcome.SENT for each in message.decisions)
        checks = [*session.pending(), *([] if attempt.journey.order_news else session.seen())]
        try:
            self.ledger.claim(message, attempt.now, None if decided else ready.decision, checks)
        except Conflict:
            self.allowance.give_back(ready.counted, attempt.now)
            return False
        except Exception:  # whatever became of it: without its answer nothing leaves
            self.allowance.give_back(ready.counted, attempt.now)
            raise
        return True

    def _attempt(self, message: Message, shop: Shop, now: datetime) -> Attempt:
        session = self.store.session(shop.id, keep_until(shop, now), renews=False, now=now, sends=True)
        facts, trigger = self._facts(session, shop, message, now)
        healths = self.allowance.parking.of(shop.id, message.channel)
        return Attempt(message, session, facts, trigger, healths, now)

    def _facts(self, session: Session, shop: Shop, message: Message, now: datetime) -> tuple[Facts, Trigger]:
        subjects = [message.subject, *([f"customer/{message.customer}"] if message.customer else [])]
        session.prefetch(subjects=dict.fromkeys(subjects))
        read = read_subject(session, shop, message.subject, self.contact_key, message.customer)
        facts = read.facts(shop).without(message.instead_of)
        if asks_of_others(BY_NAME[message.name]):  # nothing that a claim has to check
            facts = with_others(self.store.session(shop.id), facts)
        return facts, trigger_of(facts, message, now)

    def _letter(self, attempt: Attempt) -> tuple[Letter, CouponState | None]:
        """With the personal code that it hands out. What is looked up late is nothing that a claim has to check."""
        journey, shop = attempt.journey, attempt.facts.shop
        facts = self.late_facts(self.store.session(shop.id), attempt.facts, journey, attempt.trigger)
        context = letter_context(facts, journey, attempt.trigger, attempt.now)
        renderer = ShopsRenderer(shop, self.renderer, self.own_letters, self.log)
        links = self.links(attempt.message, attempt.now)
        return compose(facts, attempt.message, {**context, **links}, renderer), handed_out(facts, journey, context)

    def _hand_over(self, claimed: Sequence[Attempt], letter: Letter, healths: Healths, is_time: IsTime) -> None:
        """Nothing stands between the claim and the call, but that the claim took too long."""
        if not claimed:
            return
        if not is_time():
            self._put_back(claimed)
            return
        try:
            provider_id = self.channels[letter.channel].send(letter)
        except DeliveryError as error:
            self._failed(claimed, letter, healths, error)
        else:
            for attempt in claimed:
                with suppress(Conflict):  # a report of the provider's was faster
                    self.ledger.sent(attempt.sending, attempt.now, provider_id)
            self.allowance.answered(healths)

    def _put_back(self, claimed: Sequence[Attempt]) -> None:
        """It is known not to have left, and may do so at once."""
        for attempt in claimed:
            with suppress(Conflict):
                self._hold(attempt.sending, attempt.now, attempt.now)

    def _failed(self, claimed: Sequence[Attempt], letter: Letter, healths: Healths, error: DeliveryError) -> None:
        """What it means for the messages is written first, then what it means for the others of the channel."""
        now, parked = claimed[0].now, at_fault(healths, error.failure)
        until = next_try(parked, now) if parked else now
        self._note(letter, error, parked)
        for attempt in claimed:
            with suppress(Conflict):
                self._put_off(attempt, attempt.sending, error, until)
        self.allowance.failed(healths, error.failure, now)

    def _note(self, letter: Letter, error: DeliveryError, parked: ChannelHealth | None) -> None:
        facts: dict[str, object] = {"shop": letter.shop, "message": letter.id, "channel": str(letter.channel)}
        if parked:
            self.log("alarm", facts | {"failure": error.failure.name, "code": error.code})
        elif error.failure is FailureKind.UNKNOWN:
            self.log("in_doubt", facts | {"code": error.code})

    def _put_off(self, attempt: Attempt, message: Message, error: DeliveryError, until: datetime) -> None:
        """In doubt it stays claimed: the lease runs out, and its class decides."""
        if error.failure is FailureKind.PERMANENT:
            self.reroute(message, Why.REFUSED, attempt.now)
            # `refused`, by the provider: it came back from nobody (`bounced`), and a contact there is (`no_contact`).
            why = message.given_up(Reason.REFUSED, f"the provider does not take it: {error.code}", attempt.now)
            self.ledger.close(message, Status.FAILED, why)
        elif error.failure is FailureKind.TEMPORARY:
            self._hold(message, attempt.now + FIRST_PAUSE * 2 ** min(message.attempts, 6), attempt.now)
        elif error.failure is not FailureKind.UNKNOWN:
            self._hold(message, until, attempt.now)


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
