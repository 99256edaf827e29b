"""A claimed letter is handed to its provider and marked at once; what a failure means for it, and for its channel."""

from contextlib import suppress
from datetime import timedelta
from hashlib import blake2b

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import Conflict, Healths, Message
from shopbell.domain.model.vocabulary import Reason, Status
from shopbell.service.delivery.attempt import Ready
from shopbell.service.delivery.channel_health import at_fault, next_try
from shopbell.service.delivery.claim import OneLetter
from shopbell.service.delivery.mailroom import FIRST_PAUSE, Mailroom, TimeLeft
from shopbell.service.delivery.reroute import Why

MOST_DOUBLINGS = 6
"""Of the pause after which a letter is tried again: from a second to a minute, or from a minute to an hour."""


def hand_over(mailroom: Mailroom, one: OneLetter, time_left: TimeLeft) -> bool:
    """Whether the provider took it. Nothing stands between the look and the call, but that the claim took too long."""
    letter = one.whole or one.first.letter
    if not time_left.to_call():
        put_back(mailroom, one)
        return False
    try:
        provider_id = mailroom.channels[letter.channel].send(letter)
    except DeliveryError as error:
        _failed(mailroom, one, error)
        return False
    for each in one.messages:
        with suppress(Conflict):  # a report of the provider's was faster
            mailroom.ledger.sent(each.attempt.sending, each.attempt.now, provider_id)
    mailroom.healths.answered(one.healths)
    return True


def put_back(mailroom: Mailroom, one: OneLetter) -> None:
    """It may leave at once."""
    for each in one.messages:
        mailroom.put_back(each, each.attempt.now)


def _failed(mailroom: Mailroom, one: OneLetter, error: DeliveryError) -> None:
    """What it means for the messages is written first, then what it means for the others of the channel."""
    now = one.first.attempt.now
    for each in one.messages:
        with suppress(Conflict):
            _put_off(mailroom, each, one.healths, error)
    is_parked = mailroom.healths.failed(one.healths, error.failure, now)
    _note(mailroom, one, error, is_parked=is_parked)


def _put_off(mailroom: Mailroom, ready: Ready, healths: Healths, error: DeliveryError) -> None:
    """In doubt it stays claimed: the lease runs out, and its class decides."""
    message, now = ready.attempt.sending, ready.attempt.now
    if error.failure is FailureKind.PERMANENT:
        _refused(mailroom, ready, error)
    elif error.failure is FailureKind.TOO_FAST:
        mailroom.hold(message, now + _turn_away(message), now)
    elif error.failure is FailureKind.TEMPORARY:
        mailroom.hold(message, now + FIRST_PAUSE * 2 ** min(message.attempts, MOST_DOUBLINGS), now)
    elif faulty := at_fault(healths, error.failure):
        mailroom.hold(message, next_try(faulty, now), now)


def _turn_away(message: Message) -> timedelta:
    """Until a letter comes again that came too fast: a second, longer each time, and of ten that were turned away
    together each at another moment."""
    share = int(blake2b(message.id.encode(), digest_size=1).hexdigest(), 16) / 256
    seconds: float = 2 ** min(message.attempts - 1, MOST_DOUBLINGS) * (1 + share)
    return timedelta(seconds=seconds)


def _note(mailroom: Mailroom, one: OneLetter, error: DeliveryError, *, is_parked: bool) -> None:
    letter = one.first.letter
    facts: dict[str, object] = {"shop": letter.shop, "message": letter.id, "channel": str(letter.channel)}
    if is_parked:
        mailroom.log("alarm", facts | {"failure": error.failure.name, "code": error.code})
    elif error.failure is FailureKind.UNKNOWN:
        mailroom.log("in_doubt", facts | {"code": error.code})


def _refused(mailroom: Mailroom, ready: Ready, error: DeliveryError) -> None:
    attempt, message = ready.attempt, ready.attempt.sending
    mailroom.reroute(message, Why.REFUSED, attempt.now)
    mailroom.places.give_back(mailroom.store.session(message.shop), attempt.facts, message)
    # `refused`, by the provider: it came back from nobody (`bounced`), and a contact there is (`no_contact`).
    why = message.given_up(Reason.REFUSED, f"the provider does not take it: {error.code}", attempt.now)
    mailroom.ledger.close(message, Status.FAILED, why)
