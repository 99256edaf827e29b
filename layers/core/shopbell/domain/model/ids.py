"""Ids that are computed, not drawn by lot: the same step always gets the same message id."""

import re
from hashlib import blake2b

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def message_id(shop: str, kind: str, step: str, subject: str, occurrence_id: str, channel: str) -> str:
    """32 hexadecimal digits, safe in tags, keys and URLs."""
    parts = "".join(f"{len(part)}:{part}" for part in (shop, kind, step, subject, occurrence_id, channel))
    return blake2b(parts.encode(), digest_size=16).hexdigest()


def task_id(subject: str, message: str) -> str:
    """Of a task: it says what it is about, so that who tells what came of it need name nothing else."""
    return f"{subject_tag(subject)}-{message}"


def encoded(text: str) -> str:
    """An id of letters, digits, - and _ as it is; any other as "~" and its hash, which no such id begins with."""
    return text if _PLAIN.fullmatch(text) else "~" + blake2b(text.encode(), digest_size=20).hexdigest()


def loggable(text: str) -> str:
    """An id as the log may have it: shops choose ids, and some take an address, a number or a name. What could be one
    is its hash: the same id is found by the same hash."""
    return (
        text
        if _SAYS_NOBODY.fullmatch(text)
        else "~" + blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()
    )


_SAYS_NOBODY = re.compile(r"[A-Za-z0-9_.:/#~|-]*")
"""No "@", no "+", no space, no letter beyond ASCII."""


def subject_tag(subject: str) -> str:
    """A subject as the value of a tag, which holds letters, digits, - and _ alone.

    "order/1001" is "order-1001"; an id with other characters becomes "order_<hash>".
    """
    kind, _, subject_id = subject.partition("/")
    safe_id = encoded(subject_id)
    return f"{kind}_{safe_id[1:]}" if safe_id.startswith("~") else f"{kind}-{safe_id}"
