"""Looks after the dates that customers were told."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.PROMISES)
