"""A local stack in a process of its own, driven over HTTP as an outsider would."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.local.outsider import FIXTURE, ROOT, Outsider, command, environment


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the fixture's stack."""
    log = tmp_path_factory.mktemp("stack") / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            command(FIXTURE / "template.yaml"),
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, log.read_text()
        # What the handlers print is read, so that they never wait for a reader.
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield address
        process.terminate()
        process.wait(10)


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
    process = subprocess.Popen(
        [sys.executable, "-m", "local"],
        cwd=ROOT,
        env=environment(PORT="0", LOCAL_NOW="2026-03-02T08:00:00Z", PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    threading.Thread(target=process.stdout.read, daemon=True).start()
    yield found[0]
    process.terminate()
    assert process.wait(10) == 0
