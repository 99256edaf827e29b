"""`python -m local`: starts the stack on 127.0.0.1 and stays until Ctrl-C or SIGTERM."""

import os
import signal
import sys
import threading
from contextlib import redirect_stdout
from datetime import UTC, datetime
from types import FrameType

from local.cloudformation import UnknownInTemplate
from local.http import Server
from local.instants import instant, text
from local.stack import Stack

ADDRESSES = (
    ("/", "the messages, the clock"),
    ("/v1/shops/{shop}/events", "the door: signed events"),
    ("/local/shops/{shop}", "PUT a shop"),
    ("/local/clock", "GET, POST the clock"),
    ("/local/messages", "what was sent"),
    ("/local/decisions", "why, and why not"),
)


def main() -> int:
    """Reads PORT and LOCAL_NOW; the process's exit code."""
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, end)
    try:
        return _serve(Server(_port()), _beginning(), ended)
    except (OSError, UnknownInTemplate, ValueError) as error:
        print(f"local: {error}", file=sys.stderr)
        return 1


def _port() -> int:
    given = os.environ.get("PORT") or "8700"
    if not given.isdigit() or int(given) > 65535:
        raise ValueError(f"PORT is a number up to 65535, not {given!r}")
    return int(given)


def _beginning() -> datetime:
    given = os.environ.get("LOCAL_NOW")
    try:
        return instant(given) if given else datetime.now(UTC).replace(microsecond=0)
    except ValueError as error:
        raise ValueError(f"LOCAL_NOW: {error}") from error


def _serve(server: Server, beginning: datetime, ended: threading.Event) -> int:
    # What the handlers print is the local log: beside the addresses it would be in the way of whoever reads them.
    with redirect_stdout(sys.stderr), server, Stack(beginning, base_url=server.base_url) as server.stack:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _announce(server.base_url, beginning)
        ended.wait()
        server.shutdown()
    return 0


def _announce(base_url: str, beginning: datetime) -> None:
    lines = [f"The local stack is ready at {base_url}; it is {text(beginning)} and stays so until it is told."]
    lines += [f"  {base_url}{path}  {what}" for path, what in ADDRESSES]
    print(*lines, "Ctrl-C ends it.", sep="\n", file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
