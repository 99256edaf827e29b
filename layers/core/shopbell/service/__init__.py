"""One module a use case; each takes what it needs as arguments."""
