"""The only maker of loggers: ids and keyed hashes, never a name, an address or a number."""

import logging
from functools import cache

from aws_lambda_powertools import Logger

TAKEN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime"})
"""Names that a log record has for itself: logging raises KeyError for a fact that is called so."""


@cache
def logger() -> Logger:
    return Logger()


def note(message: str, facts: dict[str, object]) -> None:
    """One line of what happened; `alarm` is a line that wakes somebody."""
    named = {f"{name}_id" if name in TAKEN else name: value for name, value in facts.items()}
    (logger().error if message == "alarm" else logger().info)(message, extra=named)
