"""The product's handlers on a virtual AWS: its clients, its clocks and its pool are ours meanwhile."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any
from unittest.mock import patch

from shopbell import bootstrap, entry, settings
from shopbell.rendering import Renderer
from tests.simulator.cloud import KEY, PUBLIC_URL
from tests.simulator.providers import FakeParameters
from tests.simulator.stage import ENVIRONMENT, ROOT
from tests.virtual_time.aws import Aws, Index, Provider, Table
from tests.virtual_time.clock import Clock, SideBySide
from tests.virtual_time.feeds import feeds
from tests.virtual_time.queues import Queues
from tests.virtual_time.world import World


@dataclass(frozen=True, slots=True)
class OneOfAKind:
    """A renderer that makes each kind of letter once, whomever it is for: nobody reads them here."""

    renderer: Renderer
    known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.renderer, name)

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Any:
        key = (kind, locale, channel, own)
        if key not in self.known:
            self.known[key] = self.renderer.render(kind, locale, channel, content, own)
        return self.known[key]


@contextmanager
def world(start: datetime, rate: float, mail_concurrency: int) -> Iterator[World]:
    """A cold start on an empty table, with a provider that takes so many letters a second; then all is as before."""
    clock = Clock(start)
    parameters = FakeParameters({ENVIRONMENT["KEY_PARAMETER"]: KEY, ENVIRONMENT["PUBLIC_URL_PARAMETER"]: PUBLIC_URL})
    table = Table(ENVIRONMENT["TABLE_NAME"], index=Index())
    aws = Aws(clock, table, Queues(clock), Provider(clock, rate), parameters)
    environment = ENVIRONMENT | {"MAIL_CONCURRENCY": str(mail_concurrency), "LOG_LEVEL": "ERROR"}
    with ExitStack() as changes:
        changes.enter_context(patch.dict(os.environ, environment, clear=True))
        for name, ours in _ours(aws).items():
            changes.enter_context(patch.object(bootstrap, name, ours))
        changes.enter_context(patch.object(entry, "time", clock))
        for module in (entry, _door()):
            changes.enter_context(patch.object(module, "note", aws.note))
        _forget()
        changes.callback(_forget)
        yield World(aws, feeds(mail_concurrency))


def _ours(aws: Aws) -> Mapping[str, Any]:
    return {
        "client": lambda service, config=None: aws.client(service),
        "now": aws.clock.now,
        "pause": aws.clock.wait,
        "pool": lambda: SideBySide(aws.clock),
        "renderer": cache(lambda: OneOfAKind(Renderer(ROOT / "templates"))),
        "note": aws.note,
    }


def _door() -> ModuleType:
    return import_module("functions.receive_webhook.app")


def _forget() -> None:
    """Drops what the product makes once a process."""
    for module in (bootstrap, settings, _door()):
        for maker in vars(module).values():
            if hasattr(maker, "cache_clear"):
                maker.cache_clear()
