"""Contacts as a page shows them: their owner recognises them, whoever got the link forwarded cannot use them."""

from shopbell.rendering.phones import spaced

HIDDEN = "…"


def masked_email(address: str) -> str:
    """ "olena@customer.example" as "o…a@customer.example"; a short name gives away its first letter at most."""
    if not address:
        return ""
    name, at, domain = address.rpartition("@")
    # Of "ann", "a…n" would leave one letter to guess; of "a", "a…" none.
    first = name[:1] if len(name) > 1 else ""
    last = name[-1:] if len(name) > 3 else ""
    return f"{first}{HIDDEN}{last}{at}{domain}"


def masked_name(name: str) -> str:
    """ "Olena Petrenko" as "O… P…"."""
    return " ".join(f"{word[0]}{HIDDEN}" for word in name.split())


def masked_phone(phone: str, space: str = "\N{NO-BREAK SPACE}") -> str:
    """ "+380445550101" as "+380 … 01"."""
    if not phone:
        return ""
    country = spaced(phone, space).split(space)[0]
    return space.join((country, HIDDEN, phone[-2:]))
