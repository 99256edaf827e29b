"""`python -m local`: starts the stack on 127.0.0.1 and stays until Ctrl-C or SIGTERM."""

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime
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
    ("/local/events", "what the door took"),
)
CATCH_UP_SECONDS = 1.0
"""How often the stack runs what has fallen due while its clock runs."""


def main() -> int:
    """Reads the variables PORT and LOCAL_NOW; returns the process's exit code."""
    ended = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
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


def _beginning() -> datetime | None:
    """None: the clock starts at the real time and runs with it."""
    given = os.environ.get("LOCAL_NOW")
    try:
        return instant(given) if given else None
    except ValueError as error:
        raise ValueError(f"LOCAL_NOW: {error}") from error


def _serve(server: Server, beginning: datetime | None, ended: threading.Event) -> int:
    # What the handlers print is the local log; standard output is for the addresses.
    with redirect_stdout(sys.stderr), server, Stack(beginning, base_url=server.base_url) as server.stack:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _announce(server.base_url, server.stack)
        keep_up(server.stack.catch_up, ended, CATCH_UP_SECONDS if server.stack.running else None)
        server.shutdown()
    return 0


def keep_up(catch_up: Callable[[], None], ended: threading.Event, seconds: float | None) -> None:
    """Blocks until `ended` is set, and calls `catch_up` every so many seconds; None: never, for the clock stands.

    What one call raises is printed, and the next is made all the same.
    """
    while not ended.wait(seconds):
        try:
            catch_up()
        except Exception:  # noqa: BLE001  # is printed, and the clock goes on
            traceback.print_exc()


def _announce(base_url: str, stack: Stack) -> None:
    clock = "the clock runs" if stack.running else "the clock stands until it is told"
    lines = [f"The local stack is ready at {base_url}; it is {text(stack.now())}, and {clock}."]
    lines += [f"  {base_url}{path}  {what}" for path, what in ADDRESSES]
    print(*lines, "Ctrl-C ends it.", sep="\n", file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    sys.exit(main())
