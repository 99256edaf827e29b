"""Tells the staff what waits for them too long."""

from shopbell.entry import sweep

handler = sweep("tasks")
