"""A plugin of pytest: whatever the product logs in a test is searched, and a name, address or number fails the test."""

import threading
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from typing import IO, Any

import pytest

from shopbell.observability import logger
from tests.personal import named


@dataclass
class Watch:
    """`heard` waits for the end of the test; the counts are of the whole run."""

    heard: list[str] = field(default_factory=list)
    lines: int = 0
    tests: int = 0
    naming: int = 0

    def search(self, beside: Iterable[str] = ()) -> list[str]:
        """The lines since the last search that name somebody, each with whom."""
        texts, self.heard = self.heard, []
        lines = {line for text in (*texts, *beside) for line in text.splitlines()}
        self.tests, self.lines = self.tests + 1, self.lines + len(lines)
        found = [line for line in lines if any(named(line))] if any(named("\n".join(lines))) else []
        self.naming += len(found)
        return [f"{', '.join(named(line))}: {line}" for line in found]


WATCH = Watch()


def heard(said: str) -> str:
    """Takes down what was logged."""
    WATCH.heard.append(said)
    return said


def overhear(stream: IO[str]) -> threading.Thread:
    """Takes down what another process says, and so it never waits for a reader."""
    reader = threading.Thread(target=lambda: [heard(line) for line in stream], daemon=True)
    reader.start()
    return reader


def pytest_collection_finish() -> None:
    """Where the product's lines are made, so that it does not matter where they go."""
    formatter: Any = logger().handlers[0].formatter
    plain = formatter.format
    formatter.format = lambda record: heard(plain(record))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The last look at a test: its fixtures are gone, and their processes too."""
    report = yield
    printed = (said for title, said in report.sections if not title.startswith("Captured log"))
    if call.when == "teardown" and (found := WATCH.search(printed)):
        report.outcome = "failed"
        report.longrepr = "\n".join(["The log of this test names somebody.", *found[:5]])
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["watch"] = (WATCH.lines, WATCH.tests, WATCH.naming)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker of xdist counted."""
    lines, tests, naming = getattr(node, "workeroutput", {}).get("watch", (0, 0, 0))
    WATCH.lines, WATCH.tests, WATCH.naming = WATCH.lines + lines, WATCH.tests + tests, WATCH.naming + naming


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(said(WATCH))


def said(watch: Watch) -> str:
    return f"logs: {watch.lines} lines of {watch.tests} tests searched, {watch.naming} name somebody"
