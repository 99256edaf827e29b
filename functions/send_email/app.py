"""Sends the e-mails that the queues ask for."""

from shopbell.entry import send

handler = send()
