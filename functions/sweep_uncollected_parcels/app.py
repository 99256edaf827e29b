"""Reminds of parcels that wait to be collected."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.UNCOLLECTED_PARCELS)
