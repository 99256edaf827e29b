"""A shop's configuration: its document, checked, and the shop that comes of it."""
