"""Remembers birthdays."""

from shopbell.entry import sweep

handler = sweep("birthdays")
