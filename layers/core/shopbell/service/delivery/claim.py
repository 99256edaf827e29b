"""A letter is counted and claimed, its place taken before: each by a conditional update of its own."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import Conflict, Healths, SendRequest
from shopbell.service.delivery.attempt import Ready
from shopbell.service.delivery.digest import gathered
from shopbell.service.delivery.judge import end
from shopbell.service.delivery.mailroom import FIRST_PAUSE, Mailroom


@dataclass(frozen=True, slots=True, eq=False)
class OneLetter:
    """Messages that leave in one letter, by the first one's name: usually one. `request`: what asked for it; `healths`:
    how its channel serves; `whole`: the letter of all of them, made before they are claimed."""

    request: SendRequest
    messages: tuple[Ready, ...]
    healths: Healths
    whole: Letter | None = None

    @property
    def first(self) -> Ready:
        return self.messages[0]

    @property
    def is_order_news(self) -> bool:
        return all(each.attempt.journey.order_news for each in self.messages)

    def of(self, messages: Sequence[Ready]) -> "OneLetter":
        return replace(self, messages=tuple(messages))


def claimed(mailroom: Mailroom, one: OneLetter) -> OneLetter | None:
    """As far as nothing keeps it and nobody else has it. Raises Conflict where it is to be decided anew."""
    whole = _whole(mailroom, one.messages)
    ours = _claims(mailroom, _counted(mailroom, one.messages))
    if not ours:
        return None
    return replace(one.of(ours), whole=whole if len(ours) == len(one.messages) else _whole(mailroom, ours))


def _whole(mailroom: Mailroom, messages: Sequence[Ready]) -> Letter:
    return gathered([each.letter for each in messages], [each.order for each in messages], mailroom.renderer)


def _counted(mailroom: Mailroom, messages: Sequence[Ready]) -> list[Ready]:
    counted: list[Ready] = []
    try:
        for each in messages:
            if ready := _with_place(mailroom, each):
                counted.append(ready)  # noqa: PERF401  # what was counted before one raises is given back
    except Exception:
        for each in counted:
            mailroom.give_back(each)
        raise
    return counted


def _with_place(mailroom: Mailroom, ready: Ready) -> Ready | None:
    """Counted, and its place taken; what waits for its turn is written down."""
    attempt = ready.attempt
    counted = mailroom.limits.count(
        attempt.session, attempt.facts, attempt.message, ready.letter, ready.due, attempt.now
    )
    if isinstance(counted, StepDecision):
        end(mailroom, attempt, counted)
        return None
    done = replace(ready, counted=counted)
    try:
        if ready.place:
            attempt.session.save_places(ready.place.person, ready.place.places)
    except Exception:
        mailroom.give_back(done)
        raise
    return done


def _claims(mailroom: Mailroom, ready: Sequence[Ready]) -> list[Ready]:
    """What is not claimed is not said. Where the first of several reminders is taken, somebody else says them."""
    ours: list[Ready] = []
    for number, each in enumerate(ready):
        named, rest = each.named_by(ours or ready[number:]), ready[number + 1 :]
        try:
            is_ours = _is_claimed(mailroom, named)
        except Exception:
            _undo(mailroom, [*ours, named], rest)
            raise
        if is_ours:
            ours.append(named)
        elif not ours and each.attempt.takes_along:
            _undo(mailroom, [], rest)
            break
    return ours


def _undo(mailroom: Mailroom, claimed: Sequence[Ready], counted: Sequence[Ready]) -> None:
    """Nothing of it leaves. Nobody knows whether the last claim was written; if so that is no doubt all the same."""
    for each in claimed:
        with suppress(Exception):
            mailroom.put_back(each, each.attempt.now + FIRST_PAUSE)
    for each in counted:
        mailroom.give_back(each)


def _is_claimed(mailroom: Mailroom, ready: Ready) -> bool:
    try:
        mailroom.ledger.claim(ready.message, ready.attempt.now, ready.new_decision)
    except Conflict:
        mailroom.give_back(ready, is_taken=True)
        _give_place_back(mailroom, ready)
        return False
    return True


def _give_place_back(mailroom: Mailroom, ready: Ready) -> None:
    """Where the message has ended meanwhile: whoever ended it gave back what was not taken yet."""
    message = ready.message
    now = mailroom.ledger.message(message.shop, message.subject, message.id) if ready.place else None
    if now is not None and now.look_at is None and now.sent_at is None:
        session = mailroom.store.session(message.shop)
        mailroom.places.give_back(session, ready.attempt.facts, now)
