"""`python -m local` as a person starts and ends it, with the product's own template."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.local.outsider import HANGS, ROOT, Outsider, environment


def start(**more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "local"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=environment(**more), text=True, **quiet)  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def running() -> Iterator["subprocess.Popen[str]"]:
    """A stack on a free port that begins on a leap day, even where AWS is set up for somebody else."""
    process = start(
        PORT="0",
        LOCAL_NOW="2028-02-29T08:00:00+02:00",
        AWS_PROFILE="somebody-elses",
        AWS_ENDPOINT_URL="http://127.0.0.1:9",
    )
    yield process
    process.kill()
    process.wait(HANGS)


@pytest.fixture
def left_to_itself() -> Iterator["subprocess.Popen[str]"]:
    """A stack that nobody told what time it is."""
    process = start(PORT="0", LOCAL_NOW="")
    yield process
    process.kill()
    process.wait(HANGS)


def address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    return found[0]


def test_it_begins_when_it_is_told(running: "subprocess.Popen[str]") -> None:
    outsider = Outsider(address(running))
    assert outsider.ask("GET", "/local/health").json() == {"status": "ok", "now": "2028-02-29T06:00:00Z"}


LATE = ("babel", "docker", "email_validator", "holidays", "moto.ec2", "phonenumbers", "rich", "typer")
STARTED = f"""
import sys
from datetime import UTC, datetime
from local.__main__ import Server
from local.stack import Stack
with Stack(datetime(2026, 3, 2, tzinfo=UTC)):
    print(*[name for name in {LATE} if name in sys.modules])
"""


def test_it_is_ready_before_it_has_loaded_what_only_letters_and_commands_need() -> None:
    found = subprocess.run(
        [sys.executable, "-c", STARTED], env=environment(), capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == []


def test_nobody_tells_it_when_to_begin_and_its_clock_runs(left_to_itself: "subprocess.Popen[str]") -> None:
    assert Outsider(address(left_to_itself)).ask("GET", "/local/clock").json()["running"] is True


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_as_cleanly_while_its_clock_runs(left_to_itself: "subprocess.Popen[str]", sign: signal.Signals) -> None:
    assert Outsider(address(left_to_itself)).ask("GET", "/local/clock").status == 200
    left_to_itself.send_signal(sign)
    assert left_to_itself.wait(HANGS) == 0


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_it_is_told_to(running: "subprocess.Popen[str]", sign: signal.Signals) -> None:
    outsider = Outsider(address(running))
    assert outsider.ask("GET", "/local/clock").status == 200
    running.send_signal(sign)
    assert running.wait(HANGS) == 0


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"PORT": "no"}, "PORT is a number"),
        ({"PORT": "70000"}, "PORT is a number"),
        ({"PORT": "0", "LOCAL_NOW": "yesterday"}, "LOCAL_NOW"),
        ({"PORT": "0", "LOCAL_NOW": "2026-03-02"}, "LOCAL_NOW"),
    ],
)
def test_what_it_is_started_with_is_checked(given: dict[str, str], named: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "local"],
        cwd=ROOT,
        env=environment(**given),
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert ended.returncode == 1
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_port_in_use_is_said_and_not_taken(running: "subprocess.Popen[str]") -> None:
    port = address(running).rsplit(":", 1)[1]
    second = subprocess.run(
        [sys.executable, "-m", "local"],
        cwd=ROOT,
        env={**os.environ, **environment(PORT=port)},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert second.returncode == 1
    assert "in use" in second.stderr
