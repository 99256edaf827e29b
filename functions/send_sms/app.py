"""Sends the text messages whose doorbell rang."""

from shopbell.entry import records, send

handler = records(send)
