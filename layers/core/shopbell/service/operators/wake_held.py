"""Have what is held looked at now, not when it was to be: after a pause, or when a configuration changed."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.model.state import ASKED_AGAIN, Conflict, Message
from shopbell.domain.model.vocabulary import Outcome, Reason, Status, Sweep
from shopbell.service.ports import Enqueue, Ledger, Store
from shopbell.service.subjects.planning import send_request_of


@dataclass(frozen=True, slots=True)
class WakeHeld:
    """The senders decide anew: what must still wait is held once more, what is too late expires."""

    store: Store
    ledger: Ledger
    enqueue: Enqueue

    def __call__(self, shop: str, reasons: Container[Reason], now: datetime) -> int:
        """All messages of a shop that are held for one of these reasons; returns how many."""
        places = [place for place in self.store.waiting(Sweep.OUTBOX, shop) if place.is_message]
        messages = (self.ledger.message_at(place.key) for place in places)
        return sum(self.now(message, now) for message in messages if message and held_for(message) in reasons)

    def now(self, message: Message, now: datetime) -> bool:
        """False where a sender has it in hand."""
        try:
            self.ledger.move(message, now, now + ASKED_AGAIN)
        except Conflict:
            return False
        self.enqueue([send_request_of(message)])
        return True


def held_for(message: Message) -> Reason | None:
    """Why a message waits, where a rule holds it; None where a provider does, or nothing."""
    last = message.decisions[-1] if message.decisions else None
    if message.status is not Status.HELD or last is None or last.outcome is not Outcome.HELD:
        return None
    return last.reason
