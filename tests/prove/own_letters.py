"""Figure 35: letters of shops' own that would run, cover, hide or tell, and the work of those that are taken."""

import sys
import time
from types import FrameType
from typing import Any

from shopbell.commands.letter_trial import try_letter
from shopbell.commands.samples import any_shop
from shopbell.domain.model.problems import Refused
from shopbell.rendering.sendable import UnsendableError
from tests.prove.figure import Figure, Reached
from tests.rendering.hostile_letters import HEAVY, HOSTILE_LETTERS
from tests.rendering.letters import RENDERER
from tests.rendering.parts import item_context
from tests.rendering.usual import usual

MOST_CALLS = 1_000_000
"""Of functions, Python's own ones as well, to make a letter: a busy machine makes no more of them than an idle one."""
NAME = "en/order_received"
TRIES = 5


def own_letters() -> Reached:
    taken = [name for name, source in HOSTILE_LETTERS.items() if _is_taken(source) or _leaves(source)]
    said = _long_order()
    made = [name for name, source in HEAVY.items() if _is_made(said, source)]
    calls = max(_calls(said, HEAVY[name]) for name in made)
    slowest = max(_seconds(said, HEAVY[name]) for name in made)
    text = (
        f"of {len(HOSTILE_LETTERS)} hostile letters accepted {len(taken)}; of {len(HEAVY)} heavy ones {len(made)} made"
    )
    work = f"with at most {calls} calls, the slowest in {slowest * 1000:.0f} ms"
    return Reached(f"{text} {work}", not taken and calls <= MOST_CALLS)


def _is_taken(source: str) -> bool:
    try:
        try_letter(RENDERER, any_shop(), NAME, source)
    except Refused:
        return False
    return True


def _leaves(source: str) -> bool:
    try:
        RENDERER.render("order_received", "en", "email", usual("order_received", "en"), source)
    except (Refused, UnsendableError):
        return False
    return True


def _long_order() -> dict[str, Any]:
    """What is said of one of 500 things with fifty options each."""
    said = usual("order_received", "en")
    options = [(f"Option {number}", "x" * 30) for number in range(50)]
    said["order"].items = [item_context("en", "Mug", "14.90", "2", options=options) for _ in range(500)]
    return said


def _make(said: dict[str, Any], source: str) -> None:
    RENDERER.render("order_received", "en", "email", said, source)


def _is_made(said: dict[str, Any], source: str) -> bool:
    try:
        _make(said, source)
    except (Refused, UnsendableError):
        return False
    return True


def _calls(said: dict[str, Any], source: str) -> int:
    """Counted the second time: the first compiles, once a process."""
    calls = 0

    def count(_frame: FrameType, event: str, _what: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        _make(said, source)
    finally:
        sys.setprofile(before)
    return calls


def _seconds(said: dict[str, Any], source: str) -> float:
    """The least of some tries: the others are slowed by whatever else the machine does."""
    return min(_seconds_once(said, source) for _ in range(TRIES))


def _seconds_once(said: dict[str, Any], source: str) -> float:
    began = time.perf_counter()
    _make(said, source)
    return time.perf_counter() - began


FIGURES = (
    Figure(
        35,
        "own letters",
        "60 hostile letters, and such as make all the work they can for 500 things",
        "accepted 0, at most 1 000 000 calls",
        own_letters,
    ),
)
