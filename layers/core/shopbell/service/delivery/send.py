"""Send a batch of messages: gather, decide and render, count and claim, look once more, call, mark."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from shopbell.domain.deciding.counting import left, month_of
from shopbell.domain.journeys.campaign import CAMPAIGN
from shopbell.domain.model.campaign import campaign_of
from shopbell.domain.model.figures import Figure
from shopbell.domain.model.state import Conflict, Message, SendRequest
from shopbell.pool import SIZE, Failed, batches
from shopbell.service.delivery.attempt import Attempt, Ready
from shopbell.service.delivery.channel_health import TRIAL, needs_a_trial
from shopbell.service.delivery.claim import OneLetter, claimed
from shopbell.service.delivery.digest import companions
from shopbell.service.delivery.gather import Named, attempts, expect, names_of
from shopbell.service.delivery.hand_over import hand_over
from shopbell.service.delivery.judge import ready_or_ended
from shopbell.service.delivery.mailroom import LOOK_AGAIN, NO_HURRY, Mailroom, TimeLeft
from shopbell.service.ports import Reads
from shopbell.service.subjects.retry import ATTEMPTS

FRESH = timedelta(seconds=1)
"""What was gathered longer ago is gathered again before it is claimed: once, for a slow machine gets no faster."""
R = TypeVar("R")


@dataclass(slots=True)
class Sent:
    """What came of a batch of requests. `letters`: how many the provider took; `left`: for which no time was left;
    `failed`: what went wrong with which."""

    letters: int = 0
    left: list[SendRequest] = field(default_factory=list)
    failed: list[tuple[SendRequest, Exception]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Send:
    """The use case."""

    mailroom: Mailroom

    def __call__(self, requests: Sequence[SendRequest], time_left: TimeLeft = NO_HURRY) -> Sent:
        """Does nothing for a message that has left, is not due, or is not there. No more is claimed than has a thread,
        and nothing while there is no time for it."""
        sent = Sent()
        for different in batches(dict.fromkeys(requests), SIZE):
            self._send(different, time_left, sent)
        self.mailroom.figures.write(self.mailroom.store, self.mailroom.clock())
        return sent

    def _send(self, requests: Sequence[SendRequest], time_left: TimeLeft, sent: Sent) -> None:
        """Whoever is always in between of something is asked for again by the outbox."""
        for number in range(ATTEMPTS):
            if not requests:
                return
            if not time_left.to_begin():
                sent.left += requests
                return
            turn = Turn(self.mailroom, requests, time_left, sent, self.mailroom.clock(), is_first=not number)
            turn.take()
            requests = turn.again


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a batch; `again`: what is to be gathered anew, because somebody wrote in between or goes alone."""

    mailroom: Mailroom
    requests: Sequence[SendRequest]
    time_left: TimeLeft
    sent: Sent
    now: datetime
    is_first: bool
    again: list[SendRequest] = field(default_factory=list)

    def take(self) -> None:
        letters = self._with_codes(self._on_trial(self._letters()))
        ours = self._looked(self._claimed(letters))
        taken = self._each(lambda one: one if hand_over(self.mailroom, one, self.time_left) else None, ours)
        self.sent.letters += sum(one is not None for one in taken)
        gone = [one for one in taken if one]
        self._count_campaigns([each.message for one in gone for each in one.messages])
        for one in gone:
            self.mailroom.figures.add(one.first.message.shop, _figures(one))

    def _count_campaigns(self, messages: Sequence[Message]) -> None:
        """What stops one that too many complain about; a letter more or less harms nobody."""
        ours = Counter((each.shop, campaign_of(each.occurrence_id)) for each in messages if each.name == CAMPAIGN)
        for (shop, campaign), letters in ours.items():
            with suppress(Exception):
                self.mailroom.campaigns.add(shop, campaign, {"sent": letters})

    def _letters(self) -> list[OneLetter]:
        """Those that nothing keeps from leaving, made; what becomes of the others is written down."""
        reads = self.mailroom.store.reads()
        expect(self.mailroom, reads, self.requests)
        asked = [(request, named) for request in self.requests for named in names_of(request)]
        ready = self._ready(reads, asked)
        alone = [_one(request, mine) for request in self.requests if (mine := ready.get(request))]
        return _each_once(self._with_companions(reads, alone))

    def _ready(self, reads: Reads, asked: Sequence[tuple[SendRequest, Named]]) -> dict[SendRequest, list[Ready]]:
        found = attempts(self.mailroom, reads, [named for _, named in asked], self.now)
        looked_at = [(request, each) for (request, _), each in zip(asked, found, strict=True) if each is not None]
        judged = self.mailroom.pool.each(self._judged, [each for _, each in looked_at])
        ready: dict[SendRequest, list[Ready]] = {}
        for (request, _), each in zip(looked_at, judged, strict=True):
            if isinstance(each, Failed):
                self.sent.failed.append((request, each.error))
            elif each is not None:
                ready.setdefault(request, []).append(each)
        return ready

    def _judged(self, attempt: Attempt | Failed) -> Ready | None:
        if isinstance(attempt, Failed):
            raise attempt.error
        try:
            return ready_or_ended(self.mailroom, attempt)
        except Conflict:
            return None  # somebody else has it; if not, the outbox asks again

    def _with_companions(self, reads: Reads, letters: Sequence[OneLetter]) -> list[OneLetter]:
        """A reminder takes along those of the customer's other orders that wait, in the order of their triggers: so
        whoever takes any of them begins with the same one. The letter of a day takes along what waits for it."""
        taking = [one for one in letters if one.first.attempt.takes_along]
        asked = [(one.request, named) for one in taking for named in _companions(one, self.now)]
        others = self._ready(reads, asked) if asked else {}
        return [_together(one, others.get(one.request, ())) for one in letters]

    def _on_trial(self, letters: Sequence[OneLetter]) -> list[OneLetter]:
        """After a parking one goes alone, and the others are looked at again when it is back: whoever was in doubt most
        seldom goes, for a third doubt is the last."""
        well = [one for one in letters if not needs_a_trial(one.healths)]
        doubtful = sorted(
            (one for one in letters if needs_a_trial(one.healths)), key=lambda one: one.first.message.doubts
        )
        self.again.extend(one.request for one in doubtful[1:])
        return [*well, *(went for one in doubtful[:1] if (went := self._alone(one)))]

    def _alone(self, one: OneLetter) -> OneLetter | None:
        """None where somebody else tries whether the channel serves again."""
        healths = self.mailroom.healths.alone(one.healths, self.now)
        if healths is not None:
            return replace(one, healths=healths)
        for each in one.messages:
            with suppress(Conflict):
                self.mailroom.hold(each.message, self.now + TRIAL, self.now)
        return None

    def _with_codes(self, letters: Sequence[OneLetter]) -> Sequence[OneLetter]:
        """Their personal codes are written down before anything is claimed: done twice it is done once."""
        codes = [(each.message.shop, each.code) for one in letters for each in one.messages if each.code]
        try:
            self.mailroom.store.issue(codes)
        except Exception as error:  # noqa: BLE001  # each is rung again
            self.sent.failed += [(one.request, error) for one in letters]
            return ()
        return letters

    def _claimed(self, letters: Sequence[OneLetter]) -> list[OneLetter]:
        if not self.time_left.to_call():
            self.sent.left += [one.request for one in letters]
            return []
        return [one for one in self._each(self._claim, letters) if one]

    def _claim(self, one: OneLetter) -> OneLetter | None:
        if self.is_first and self.mailroom.clock() - self.now > FRESH:
            raise Conflict("it was gathered too long ago")
        return claimed(self.mailroom, one)

    def _looked(self, letters: Sequence[OneLetter]) -> list[OneLetter]:
        """Order news may cross within a second. All else leaves only where what it was decided on is still so, as one
        read says that begins after the claims were answered."""
        asked = [(one, each.attempt) for one in letters if not one.is_order_news for each in one.messages]
        if not asked:
            return list(letters)
        try:
            stands = self.mailroom.store.still_so([(each.session, each.facts.shop) for _, each in asked])
        except Exception as error:  # noqa: BLE001  # none was called, each is rung again
            self.sent.failed += [(one.request, error) for one in letters if not one.is_order_news]
            stands = [False for _ in asked]
        stopped = [one for (one, _), still_so in zip(asked, stands, strict=True) if not still_so]
        self._put_back([one for one in letters if one in stopped])
        return [one for one in letters if one not in stopped]

    def _put_back(self, letters: Sequence[OneLetter]) -> None:
        """They are known not to have left, and are looked at again in a moment."""
        messages = [each for one in letters for each in one.messages]
        for each in messages:
            self.mailroom.log("overtaken", {"shop": each.message.shop, "message": each.message.id})
        self.mailroom.pool.each(lambda each: self.mailroom.put_back(each, self.now + LOOK_AGAIN), messages)

    def _each(self, work: Callable[[OneLetter], R], letters: Sequence[OneLetter]) -> list[R]:
        """What came of those that did not fail; what somebody wrote in between of is gathered anew."""
        results = self.mailroom.pool.each(work, letters)
        for one, result in zip(letters, results, strict=True):
            if isinstance(result, Failed) and isinstance(result.error, Conflict):
                self.again.append(one.request)
            elif isinstance(result, Failed):
                self.sent.failed.append((one.request, result.error))
        return [result for result in results if not isinstance(result, Failed)]


def _one(request: SendRequest, messages: Sequence[Ready]) -> OneLetter:
    return OneLetter(request, tuple(messages), messages[0].attempt.healths)


def _figures(one: OneLetter) -> list[Figure]:
    """Of a letter that left."""
    letter, attempt = one.whole or one.first.letter, one.first.attempt
    return left(letter, month_of(attempt.now, attempt.facts.shop))


def _companions(one: OneLetter, now: datetime) -> list[Named]:
    facts, known = one.first.attempt.facts, {each.message.id for each in one.messages}
    return [Named(facts.shop.id, *each) for each in companions(facts, now) if each[1] not in known]


def _together(one: OneLetter, others: Sequence[Ready]) -> OneLetter:
    along = [each for each in others if each.letter.to == one.first.letter.to]
    if not along:
        return one
    if one.first.attempt.journey.takes_along:
        return one.of([*one.messages, *along])
    return one.of(sorted([*one.messages, *along], key=lambda each: (each.message.triggered_at, each.message.id)))


def _each_once(letters: Sequence[OneLetter]) -> list[OneLetter]:
    """A message that another letter of the batch says already is left out."""
    said: set[str] = set()
    once = []
    for one in letters:
        fresh = [each for each in one.messages if each.message.id not in said]
        said |= {each.message.id for each in fresh}
        once += [one.of(fresh)] if fresh else []
    return once
