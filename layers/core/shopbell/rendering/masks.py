"""Contacts as a page shows them: enough to know one's own, too little for whoever got the link forwarded."""

from shopbell.rendering.phones import spaced

HIDDEN = "…"


def masked_email(address: str) -> str:
    """ "olena@customer.example" as "o…a@customer.example"; a short name gives away its first letter at most."""
    name, at, domain = address.rpartition("@")
    last = name[-1:] if len(name) > 3 else ""
    return f"{name[:1] if len(name) > 1 else ''}{HIDDEN}{last}{at}{domain}" if address else ""


def masked_phone(phone: str, space: str = "\N{NO-BREAK SPACE}") -> str:
    """ "+380445550101" as "+380 … 01"."""
    return space.join((spaced(phone, space).split(space)[0], HIDDEN, phone[-2:])) if phone else ""
