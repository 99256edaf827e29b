"""Rings again for whatever was planned and has not left."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.OUTBOX)
