"""Do again what somebody else's write came in between of."""

from collections.abc import Callable
from typing import TypeVar

from shopbell.domain.model.state import Conflict

ATTEMPTS = 5
T = TypeVar("T")


def retry_on_conflict(step: Callable[[], T], pause: Callable[[int], None] = lambda attempt: None) -> T:
    """What `step`, which reads anew each time, returns; raises its Conflict after several attempts."""
    for attempt in range(ATTEMPTS - 1):
        try:
            return step()
        except Conflict:
            pause(attempt)
    return step()
