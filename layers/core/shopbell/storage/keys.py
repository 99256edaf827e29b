"""Every key of the table. Ids are encoded, so that no separator in one reaches another's key."""

import re
from hashlib import blake2b

Key = tuple[str, str]
"""Partition and sort key."""

HEAD, LINES = "head", "lines"
DUE, MESSAGE, DECISION, ORDER = "due#", "message#", "decision#", "order#"
PLACES, COUNT, CHANNEL = "places", "count#", "channel#"

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def encoded(text: str) -> str:
    """Plain ids as they are; all others as "~" and a hash, which no plain id begins with."""
    return text if _PLAIN.fullmatch(text) else "~" + blake2b(text.encode(), digest_size=20).hexdigest()


def shop_partition(shop: str) -> str:
    return f"{shop}#shop"


def order_partition(shop: str, order: str) -> str:
    return f"{shop}#order#{encoded(order)}"


def customer_partition(shop: str, customer: str) -> str:
    return f"{shop}#customer#{encoded(customer)}"


def contact_partition(shop: str, contact: str) -> str:
    return f"{shop}#contact#{contact}"


def subject_partition(shop: str, subject: str) -> str:
    """The partition of "order/<id>" or "customer/<key>"."""
    kind, _, name = subject.partition("/")
    return order_partition(shop, name) if kind == "order" else customer_partition(shop, name)


def due(sweep: str) -> str:
    return DUE + sweep


def message(message_id: str) -> str:
    return MESSAGE + message_id


def due_partition(sweep: str, partition: str, shards: int) -> str:
    """The index partition in which a subject's moment stands."""
    shard = int.from_bytes(blake2b(partition.encode(), digest_size=4).digest(), "big") % shards
    return f"{sweep}#{shard}"
