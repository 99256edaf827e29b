"""Someone who knows the local stack's address and HTTP, nothing else."""

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.log_watch import overhear

ROOT = Path(__file__).parents[2]
FIXTURE = Path(__file__).parent / "fixture_stack"
HANGS = 600
"""Seconds after which something never ends; far more than anything here takes, however busy the machine is."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Knows an address and HTTP, nothing else."""

    base_url: str

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Reply:
        """Sends bytes as they are and anything else as JSON."""
        data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        every = {"Content-Type": "application/json", **(headers or {})}
        request = urllib.request.Request(self.base_url + path, data, every, method=method)
        try:
            with urllib.request.urlopen(request, timeout=HANGS) as answer:
                return Reply(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return Reply(refused.code, dict(refused.headers), refused.read())

    def move(self, **told: str) -> Any:
        return self.ask("POST", "/local/clock", told).json()

    def messages(self, query: str = "") -> Any:
        return self.ask("GET", f"/local/messages{query}").json()


def environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join((str(ROOT / "layers" / "core"), str(ROOT)))
    return {**os.environ, "PYTHONPATH": path, **more}


def command(template: Path) -> list[str]:
    return [sys.executable, "-m", "tests.local.fixture_stack.serve", str(template)]


@contextmanager
def running(now: str) -> Iterator[str]:
    """The address of a stack of the product, as `make local` starts it, whose clock stands at `now`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local"],
        cwd=ROOT,
        env=environment(PORT="0", LOCAL_NOW=now, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    reader = overhear(process.stdout)
    try:
        yield found[0]
    finally:
        process.terminate()
        ended = process.wait(HANGS)
        reader.join()
    assert ended == 0
