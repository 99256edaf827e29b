"""A local stack in a process of its own, driven over HTTP as an outsider would."""

import subprocess
import threading
from collections.abc import Iterator

import pytest

from tests.local.outsider import FIXTURE, HANGS, ROOT, Outsider, command, environment, running


@pytest.fixture(scope="session")
def served() -> Iterator[str]:
    """The address of the fixture's stack."""
    process = subprocess.Popen(
        command(FIXTURE / "template.yaml"),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    address = process.stdout.readline().strip()
    assert address, process.stderr.read()
    # Its handlers are the fixture's own, and customers stand in its paths: what it says is read, and not searched.
    for stream in (process.stdout, process.stderr):
        threading.Thread(target=stream.read, daemon=True).start()
    yield address
    process.terminate()
    process.wait(HANGS)


@pytest.fixture
def passer_by(served: str) -> Outsider:
    """Someone who changes nothing that others see: no reset."""
    return Outsider(served)


@pytest.fixture
def outsider(served: str) -> Outsider:
    """An outsider in front of a stack just reset: Monday 2 March 2026, 10:00 UTC."""
    outsider = Outsider(served)
    assert outsider.ask("POST", "/local/reset").status == 204
    return outsider


@pytest.fixture(scope="session")
def product() -> Iterator[str]:
    """The address of the product itself, as `make local` starts it; its clock starts on Monday 2 March 2026."""
    with running("2026-03-02T08:00:00Z") as address:
        yield address
