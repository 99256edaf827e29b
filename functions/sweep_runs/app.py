"""Tells many customers the same, page by page: that what they asked for is there again."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.RUNS)
