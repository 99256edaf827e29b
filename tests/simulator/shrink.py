"""Finds the shortest story that still breaks a promise: leaves out whatever can be left out."""

from collections.abc import Callable, Iterator

from tests.simulator.judges import broken
from tests.simulator.play import play
from tests.simulator.stage import stage
from tests.simulator.story import Story

Breaks = Callable[[Story], bool]


def judged(story: Story) -> list[str]:
    """Plays a story; the promises that it broke. A play that does not even end breaks one, too."""
    try:
        return broken(play(stage(), story))
    except AssertionError as error:
        return [f"no_end: {error}"]


def shortest(story: Story, breaks: Breaks) -> Story:
    """Halves, quarters, … single acts are left out while the promise is still broken."""
    size = len(story.acts) // 2
    while size:
        shorter = next((each for each in _shorter(story, size) if breaks(each)), None)
        if shorter is None:
            size //= 2
        else:
            story, size = shorter, min(size, len(shorter.acts))
    return story


def _shorter(story: Story, size: int) -> Iterator[Story]:
    for start in range(0, len(story.acts), size):
        yield story.without(set(range(start, start + size)))


def report(story: Story, lines: list[str]) -> str:
    """The shortest story that breaks the first of these promises, and how."""
    judge = lines[0].split(":")[0]
    short = shortest(story, lambda each: any(line.startswith(f"{judge}:") for line in judged(each)))
    said = "\n".join(f"  {line}" for line in judged(short))
    return f"{short}\nbreaks\n{said}"
