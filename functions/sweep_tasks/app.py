"""Tells the staff what waits for them too long."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.TASKS)
