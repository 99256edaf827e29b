"""Reminds of parcels that wait to be collected."""

from shopbell.entry import sweep

handler = sweep("uncollected_parcels")
