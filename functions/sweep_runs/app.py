"""Tells many customers the same, page by page: that what they asked for is there again, or a campaign."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.RUNS)
