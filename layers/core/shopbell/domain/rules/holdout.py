"""Who gets no marketing of one sort, for comparison: a share of a shop's customers, the same ones always."""

from hashlib import blake2b

from shopbell.domain.model.facts import Facts


def is_held_out(facts: Facts, journey: str) -> bool:
    """By a hash of who it is, a contact under whatever id, and of the series or the kind; other ones for each."""
    percent = facts.shop.marketing.holdout_percent
    contact = facts.email or facts.phone
    person = contact.key if contact else facts.customer.key
    drawn = int.from_bytes(blake2b(f"{facts.shop.id}|{journey}|{person}".encode(), digest_size=8).digest(), "big")
    return drawn * 100 < percent << 64
