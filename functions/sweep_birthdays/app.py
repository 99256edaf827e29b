"""Remembers birthdays."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.BIRTHDAYS)
