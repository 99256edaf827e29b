"""Pause a shop, and let it go on."""

from datetime import datetime
from typing import Protocol

from shopbell.domain.model.shop import Paused
from shopbell.domain.model.vocabulary import Reason
from shopbell.service.operators.wake_held import WakeHeld

HELD = frozenset({Reason.PAUSED})


class Pauses(Protocol):
    def save_pause(self, shop: str, paused: Paused) -> None: ...


def pause(shop: str, paused: Paused, pauses: Pauses, wake_held: WakeHeld, now: datetime) -> int:
    """Holds back what `paused` says, and that alone; returns for how many messages the waiting is over.

    Order news that a sender has in hand at this moment still leaves. What is held is looked at every hour until its
    window closes.
    """
    pauses.save_pause(shop, paused)
    return 0 if paused is Paused.EVERYTHING else wake_held(shop, HELD, now)
