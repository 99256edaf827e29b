"""The only maker of loggers: ids and keyed hashes, never a name, an address or a number."""

from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    return Logger()


def note(message: str, facts: dict[str, object]) -> None:
    """One line of what happened; `alarm` is a line that wakes somebody."""
    (logger().error if message == "alarm" else logger().info)(message, extra=facts)
