"""What a template declares, as the local stack needs it: functions, routes, queue mappings, schedules, event rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function; `timeout` in seconds, `memory` in MB."""

    name: str
    code: Path
    handler: str
    timeout: int
    memory: int


@dataclass(frozen=True, slots=True)
class Route:
    """An HTTP route of the API, its path with API Gateway's {parameters}; `function` is the function's name."""

    function: str
    method: str
    path: str

    @property
    def key(self) -> str:
        """API Gateway's name of the route: "POST /v1/shops/{shop}/events"."""
        return f"{self.method} {self.path}"

    def parameters(self, path: str) -> dict[str, str] | None:
        """The parameters' values in `path` (as sent, percent-encoded); None: it is not this route's."""
        pattern = re.sub(r"\\\{(\w+)(\\\+)?\\\}", _group, re.escape(self.path))
        match = re.fullmatch(pattern, path, re.DOTALL)
        return {k: unquote(v, errors="replace") for k, v in match.groupdict().items()} if match else None


def _group(match: re.Match[str]) -> str:
    return f"(?P<{match[1]}>{'.+' if match[2] else '[^/]+'})"


@dataclass(frozen=True, slots=True)
class QueueMapping:
    """A queue whose messages a function gets, up to `batch` at once; `partial`: the function answers which records of
    a batch failed."""

    function: str
    queue: str
    batch: int
    partial: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """A function called every so often, counted from midnight UTC, for what `sweep` has in the due index; `payload` is
    the template's `Input`, None for EventBridge's own event."""

    function: str
    sweep: str
    every: timedelta
    payload: str | None


@dataclass(frozen=True, slots=True)
class EventRule:
    """A rule of the default event bus: what fits its pattern goes into its queues."""

    pattern: Mapping[str, Any]
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventDestination:
    """A configuration set of SES whose events of these types go to the default event bus."""

    configuration_set: str
    event_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Resource:
    """Anything declared, its properties resolved."""

    name: str
    type: str
    properties: Mapping[str, Any]
