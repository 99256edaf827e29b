"""Remembers who ordered once: what runs out, what was agreed, who has not been here for long, holidays."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.BETWEEN_ORDERS)
