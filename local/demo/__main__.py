"""`python -m local.demo [folder]`: plays the story, prints every message, writes them into out/ or the folder."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console

from local.cloudformation import UnknownInTemplate
from local.demo.client import Refused, StackClient
from local.demo.expectations import unmet
from local.demo.pages import write_pages
from local.demo.play import Played, play
from local.demo.story import STORY, Story, read
from local.demo.terminal import Bar, print_calendar
from local.demo.view import view_of
from local.http import Server
from local.stack import Stack

OUT = Path(__file__).parents[2] / "out"
LETTERS = "https://letters.example"
"""Where the letters' own links lead, nowhere: when they are read the stack is gone, and its port was any free one."""


def main(folder: Path = STORY, out: Path = OUT) -> int:
    """Plays the story of `folder` into `out`. Returns 0, or 1 where an event was refused or a message is missing."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without Cyrillic shows the rest all the same
    console = Console(file=sys.stdout, highlight=False)
    story = read(folder)
    out.mkdir(parents=True, exist_ok=True)
    try:
        played = _played(story, out / "log.txt", console)
    except (Refused, OSError, UnknownInTemplate) as error:
        return _failed(console, [str(error)], out)
    view = view_of(story, played)
    index = write_pages(story, view, out)
    print_calendar(console, story, view)
    if failures := unmet(story, played):
        return _failed(console, failures, out)
    console.print(f"\nEvery message is under [bold]{index.parent}[/]; to read them, open\n[bold]{index.as_uri()}[/]")
    return 0


def _played(story: Story, log: Path, console: Console) -> Played:
    """Runs the stack for as long as the story lasts; what its handlers print goes into the log."""
    with (
        Bar(console, story) as bar,
        _logged(log),
        Server(0) as server,
        Stack(story.begins, base_url=LETTERS) as server.stack,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            return play(story, StackClient(server.base_url.removeprefix("http://")), bar.advance)
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
