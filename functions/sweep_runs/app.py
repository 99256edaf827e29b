"""Tells many customers the same, page by page: that what they asked for is there again."""

from shopbell.entry import runs

handler = runs()
