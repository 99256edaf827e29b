"""The names of things before they exist: the same step always has the same message id."""

from hashlib import blake2b


def message_id(shop: str, kind: str, step: str, subject: str, occurrence: str, channel: str) -> str:
    """32 hexadecimal digits, safe in tags, keys and URLs."""
    parts = "".join(f"{len(part)}:{part}" for part in (shop, kind, step, subject, occurrence, channel))
    return blake2b(parts.encode(), digest_size=16).hexdigest()
