"""Every key of the table. Ids are encoded, so that no separator in one reaches another's key."""

import re
from hashlib import blake2b

from shopbell.domain.identity import encoded as encoded

Key = tuple[str, str]
"""Partition and sort key."""

HEAD, LINES = "head", "lines"
DUE, MESSAGE, DECISION, ORDER = "due#", "message#", "decision#", "order#"
PLACES, COUNT, CHANNEL = "places", "count#", "channel#"

_TAG = re.compile(r"(order|customer)([-_])([A-Za-z0-9_-]+)")


def shop_partition(shop: str) -> str:
    return f"{shop}#shop"


def pause_partition(shop: str) -> str:
    """Beside the shop, not in its item: putting a configuration and pausing never overwrite each other."""
    return f"{shop}#pause"


def letters_partition(shop: str) -> str:
    """The shop's own letters, by "<locale>/<kind>", and a head that names them."""
    return f"{shop}#letters"


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


def tagged_partition(shop: str, tag: str) -> str:
    """The same, from what domain.identity.subject_tag made of it; "" for a tag that is not ours."""
    found = _TAG.fullmatch(tag)
    return f"{shop}#{found[1]}#{'~' if found[2] == '_' else ''}{found[3]}" if found else ""


def is_of(shop: str, partition: str) -> bool:
    return partition.startswith(f"{shop}#")


def is_due(sort: str) -> bool:
    return sort.startswith(DUE)


def due(sweep: str) -> str:
    return DUE + sweep


def message(message_id: str) -> str:
    return MESSAGE + message_id


def decision(at: str, said: str) -> str:
    return f"{DECISION}{at}#{blake2b(said.encode(), digest_size=6).hexdigest()}"


def due_partition(sweep: str, partition: str, shards: int) -> str:
    """The index partition in which a subject's moment stands."""
    shard = int.from_bytes(blake2b(partition.encode(), digest_size=4).digest(), "big") % shards
    return f"{sweep}#{shard}"
