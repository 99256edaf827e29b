"""The real handlers, loaded as Lambda loads them, with clients that are ours: the one place where that is done."""

import importlib.util
import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from botocore.config import Config

from local.cloudformation import load
from shopbell import bootstrap, observability, settings
from shopbell.domain.model.letter import Letter
from shopbell.pool import Failed, attempted
from tests.simulator.cloud import Cloud
from tests.simulator.wire import Client, Invocation, Wire

T = TypeVar("T")
R = TypeVar("R")
ROOT = Path(__file__).parents[2]
VARIABLES = load(ROOT / "template.yaml")["Globals"]["Function"]["Environment"]["Variables"]
OWN = {
    "TABLE_NAME": "shopbell",
    "DUE_SHARDS": "1",
    "MAIL_CONCURRENCY": "0",
    "KEY_PARAMETER": "key",
    "PUBLIC_URL_PARAMETER": "public-url",
    "TEMPLATES_DIR": str(ROOT / "templates"),
}
ENVIRONMENT = {name: OWN.get(name, name) for name in VARIABLES}
"""What has no value of its own here is called by its name: a queue's URL is that of its variable."""


RESOURCES = load(ROOT / "template.yaml")["Resources"]


def _fed() -> Iterator[tuple[str, str, str]]:
    """Each queue that feeds a function, by its URL and its name in the template, with the function's folder."""
    named = {value["Ref"]: name for name, value in VARIABLES.items() if isinstance(value, dict) and "Ref" in value}
    for resource in RESOURCES.values():
        for event in resource.get("Properties", {}).get("Events", {}).values():
            if event["Type"] == "SQS":
                queue = event["Properties"]["Queue"]["Fn::GetAtt"][0]
                yield named.get(queue, queue), queue, Path(resource["Properties"]["CodeUri"]).name


QUEUES = {url: function for url, _, function in _fed()}
HIDDEN = {url: timedelta(seconds=RESOURCES[name]["Properties"]["VisibilityTimeout"]) for url, name, _ in _fed()}
"""How long a queue hides what it has given out."""
TIMEOUTS = {
    Path(resource["Properties"]["CodeUri"]).name: resource["Properties"]["Timeout"] * 1_000.0
    for resource in RESOURCES.values()
    if resource["Type"] == "AWS::Serverless::Function"
}
"""Milliseconds after which a function is ended."""
REMEMBERED = 300
"""So many letters at most."""
SWEEPS = tuple(folder.name for folder in sorted((ROOT / "functions").glob("sweep_*")))
BACKENDS: Mapping[str, Callable[[Cloud], Any]] = {
    "dynamodb": lambda cloud: cloud.table,
    "sqs": lambda cloud: cloud.queues,
    "sesv2": lambda cloud: cloud.providers,
    "sns": lambda cloud: cloud.providers,
    "ssm": lambda cloud: cloud.parameters,
}


@dataclass
class Noting:
    """A channel that notes the letter in hand: an SMS does not say which message it is."""

    channel: Any
    cloud: Callable[[], Cloud]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.channel, name)

    def send(self, letter: Letter) -> str:
        self.cloud().wire.stack[-1].letter = letter
        return str(self.channel.send(letter))


@dataclass
class Remembering:
    """A renderer that makes the same letter once: the plays of a life differ in little else than what breaks. What it
    makes a letter of is noted."""

    renderer: Any
    cloud: Callable[[], Cloud]
    known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.renderer, name)

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Any:
        key = (kind, locale, channel, repr(content), own)
        if key not in self.known:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[key] = self.renderer.render(kind, locale, channel, content, own)
        made = self.known[key]
        if stack := self.cloud().wire.stack:
            stack[-1].contents[kind, made.text] = {"kind": kind, **content}
        return made


@dataclass
class Shuffled:
    """A pool that works one after another, in an order drawn from the seed, so that a story is told twice alike; it
    takes as long as the longest of them."""

    wire: Callable[[], Wire]

    def each(self, work: Callable[[T], R], items: Sequence[T]) -> list[R | Failed]:
        order = self.wire().chance.sample(range(len(items)), len(items))
        running = self.wire().stack[-1] if self.wire().stack else Invocation("", 0)
        begun, left, done = running.left, [running.left], {}
        for number in order:
            running.left = begun
            done[number] = attempted(work, items[number])
            left.append(running.left)
        running.left = min(left)
        return [done[number] for number in range(len(items))]


@dataclass
class Stage:
    """There is one a process; whatever cloud is on it is what the handlers see."""

    handlers: dict[str, ModuleType] = field(default_factory=dict)
    log: io.StringIO = field(default_factory=io.StringIO)
    _cloud: Cloud | None = None

    def __post_init__(self) -> None:
        # What is slow to make and knows no world outlives the plays.
        self._renderer = cache(lambda: Remembering(_RENDERER(), self.cloud))
        self._customer_page = cache(bootstrap.customer_page.__wrapped__)

    def cloud(self) -> Cloud:
        assert self._cloud is not None
        return self._cloud

    @contextmanager
    def playing(self, cloud: Cloud) -> Iterator[None]:
        """A cold start with these clients; everything is as before afterwards."""
        kept = {name: getattr(bootstrap, name) for name in self._replaced()}
        streams = [(handler, handler.stream) for handler in observability.logger().handlers]  # type: ignore[attr-defined]
        before = dict(os.environ)
        self._cloud = cloud
        try:
            self._set(self._replaced(), [(handler, self.log) for handler, _ in streams])
            os.environ.update(ENVIRONMENT)
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
            self._set(kept, streams)
            self._cloud = None

    def _set(self, makers: Mapping[str, Any], streams: list[tuple[Any, Any]]) -> None:
        for name, maker in makers.items():
            setattr(bootstrap, name, maker)
        for handler, stream in streams:
            handler.stream = stream
        self.log.seek(0)
        self.log.truncate()
        for maker in self._makers():
            maker.cache_clear()

    def _makers(self) -> Iterator[Any]:
        for module in (bootstrap, settings, *self.handlers.values()):
            for maker in vars(module).values():
                if hasattr(maker, "cache_clear") and maker not in (self._renderer, self._customer_page):
                    yield maker

    def _replaced(self) -> dict[str, Any]:
        return {
            "client": self._client,
            "now": lambda: self.cloud().now,
            "renderer": self._renderer,
            "customer_page": self._customer_page,
            "react": cache(lambda: replace(_REACT(), pause=lambda seconds: None)),
            "pool": cache(lambda: Shuffled(lambda: self.cloud().wire)),
            "channels": cache(lambda: {name: Noting(each, self.cloud) for name, each in _CHANNELS().items()}),
        }

    def _client(self, service: str, config: Config = bootstrap.ORDINARY) -> Client:
        attempts = config.retries["total_max_attempts"]
        patience = (config.connect_timeout + config.read_timeout) * 1_000
        return Client(service, lambda: self.cloud().wire, lambda: BACKENDS[service](self.cloud()), attempts, patience)

    def invoke(self, name: str, event: Any, time_left: float = 1e9) -> Any:
        """The answer of a function; None where its process died or the call of it failed."""
        if name not in self.handlers:
            self.handlers[name] = _module(ROOT / "functions" / name)
        return self.cloud().invoke(name, self.handlers[name].handler, event, time_left)


_REACT, _CHANNELS = bootstrap.react.__wrapped__, bootstrap.channels.__wrapped__
_RENDERER = bootstrap.renderer.__wrapped__


def _module(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"_simulated_{folder.name}", folder / "app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def stage() -> Stage:
    return Stage()
