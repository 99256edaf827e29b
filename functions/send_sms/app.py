"""Sends the text messages that the queue asks for."""

from shopbell.entry import send

handler = send()
