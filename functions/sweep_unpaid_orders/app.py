"""Reminds, once and politely, of orders not paid yet."""

from shopbell.domain.model.vocabulary import Sweep
from shopbell.entry import sweep

handler = sweep(Sweep.UNPAID_ORDERS)
