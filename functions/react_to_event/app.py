"""Merges an event into its order and decides what the customer hears."""

from shopbell.entry import react

handler = react()
