"""The log: JSON lines that hold ids and keyed hashes, never a person's name, address or number."""

import logging
from functools import cache

from aws_lambda_powertools import Logger

from shopbell.domain.model.ids import loggable

IDS = frozenset({"shop", "event", "order", "customer", "subject", "message", "place", "item"})
"""Facts that hold an id, which its shop, or a stranger at the door, chose."""
RESERVED = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime"})
"""Attributes of a log record: `logging` raises KeyError for an `extra` of such a name."""


@cache
def logger() -> Logger:
    return Logger()


def note(message: str, facts: dict[str, object]) -> None:
    """Writes one line. The message "alarm" is an error, so that somebody looks."""
    extra = {f"{name}_id" if name in RESERVED else name: _told(name, value) for name, value in facts.items()}
    (logger().error if message == "alarm" else logger().info)(message, extra=extra)


def _told(name: str, value: object) -> object:
    return loggable(value) if name in IDS and isinstance(value, str) else value
