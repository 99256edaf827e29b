"""When the outbox has to look for what another sweep left lying."""

from datetime import datetime

from shopbell.domain.model.vocabulary import Sweep
from shopbell.service.subjects.overdue import OVERDUE


def with_overdue(moments: dict[str, datetime]) -> dict[str, datetime]:
    """Each sweep's earliest moment, the outbox's no later than that of what any other is late with."""
    left_lying = [moment + OVERDUE for sweep, moment in moments.items() if sweep != Sweep.OUTBOX]
    outbox = min([*left_lying, *(moment for sweep, moment in moments.items() if sweep == Sweep.OUTBOX)], default=None)
    return moments if outbox is None else {**moments, Sweep.OUTBOX: outbox}
