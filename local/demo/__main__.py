"""`python -m local.demo [folder]`: plays the story, shows every message, leaves them under out/ or the folder."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console

from local.cloudformation import UnknownInTemplate
from local.demo import story as stories
from local.demo.door import Door, Refused
from local.demo.pages import leave
from local.demo.play import Played, play
from local.demo.promises import broken
from local.demo.show import shown
from local.demo.terminal import Bar, print_calendar
from local.http import Server
from local.stack import Stack

OUT = Path(__file__).parents[2] / "out"
LETTERS = "https://letters.example"
"""Where the letters' own links lead: the stack is gone when they are read, and its port is never the same."""


def main(told: Path = stories.TOLD, out: Path = OUT) -> int:
    """0; 1 when anything was refused or is missing."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Cyrillic shows the rest all the same
    console = Console(file=sys.stdout, highlight=False)
    story = stories.read(told)
    out.mkdir(parents=True, exist_ok=True)
    try:
        played = _played(story, out / "log.txt", console)
    except (Refused, OSError, UnknownInTemplate) as error:
        return _failed(console, [str(error)], out)
    seen = shown(story, played)
    index = leave(story, seen, out)
    print_calendar(console, story, seen)
    if failures := broken(story, played):
        return _failed(console, failures, out)
    console.print(f"\nEvery message is under [bold]{index.parent}[/]; to read them, open\n[bold]{index.as_uri()}[/]")
    return 0


def _played(story: stories.Story, log: Path, console: Console) -> Played:
    """The stack lives only for this; what its handlers print goes into the log."""
    with (
        Bar(console, story) as bar,
        _logged(log),
        Server(0) as server,
        Stack(story.begins, base_url=LETTERS) as server.stack,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            return play(story, Door(server.base_url.removeprefix("http://")), bar.moved)
        finally:
            server.shutdown()


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    with path.open("w", encoding="utf-8") as log, redirect_stdout(log), redirect_stderr(log):
        yield


def _failed(console: Console, failures: list[str], out: Path) -> int:
    for failure in failures:
        console.print("demo:", failure, style="red", markup=False)
    console.print(f"The log of the stack and its handlers is {out / 'log.txt'}")
    return 1


if __name__ == "__main__":
    sys.exit(main(out=Path(sys.argv[1]) if sys.argv[1:] else OUT))
