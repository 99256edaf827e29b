"""Stories judged: what a test of some seeds, and `make prove`, do with each."""

from collections.abc import Iterable

from tests.simulator.generator import story
from tests.simulator.shrink import judged, report


def failing(seeds: Iterable[int]) -> list[str]:
    """Of each seed that broke a promise, the shortest story that shows it."""
    return [report(story(seed), lines) for seed in seeds if (lines := judged(story(seed)))]
