"""Asks how it is, some days after the parcel or the complaint."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.FOLLOW_UPS)
