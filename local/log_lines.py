"""Records the product's log lines, which say more about a request than its answer does."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LogLine:
    """`facts` are the attributes of the log record, what was given as `extra` among them."""

    message: str
    facts: Mapping[str, Any]


@contextmanager
def recorded(log: logging.Logger) -> Iterator[list[LogLine]]:
    """The lines written while this lasts, oldest first."""
    recorder = _Recorder()
    log.addHandler(recorder)
    try:
        yield recorder.lines
    finally:
        log.removeHandler(recorder)


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[LogLine] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(LogLine(record.getMessage(), vars(record)))
