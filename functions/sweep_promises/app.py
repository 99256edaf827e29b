"""Looks after the dates that customers were told."""

from shopbell.entry import sweep

handler = sweep("promises")
