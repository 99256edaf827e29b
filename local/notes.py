"""Listens to the product's log: what the door found out about a request and tells nobody stands there."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the log; `facts` holds what stands in it beside the message."""

    message: str
    facts: Mapping[str, Any]


@contextmanager
def noted(log: logging.Logger) -> Iterator[list[Note]]:
    """The notes made while this lasts, oldest first."""
    listener = _Listener()
    log.addHandler(listener)
    try:
        yield listener.notes
    finally:
        log.removeHandler(listener)


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.notes: list[Note] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.notes.append(Note(record.getMessage(), vars(record)))
