"""The names of things before they exist: the same step always has the same message id."""

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
    """Plain ids as they are; all others as "~" and a hash, which no plain id begins with."""
    return text if _PLAIN.fullmatch(text) else "~" + blake2b(text.encode(), digest_size=20).hexdigest()


def subject_tag(subject: str) -> str:
    """Names a subject with letters, digits, - and _ alone, as tags want it.

    "order/1001" is "order-1001"; an id that is not plain becomes "order_<hash>".
    """
    kind, _, name = subject.partition("/")
    known = encoded(name)
    return f"{kind}_{known[1:]}" if known.startswith("~") else f"{kind}-{known}"
