"""Sends the e-mails whose doorbell rang."""

from shopbell.entry import records, send

handler = records(send)
