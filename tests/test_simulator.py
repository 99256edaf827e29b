"""Two hundred stories on every run: the real handlers, a clock that is moved, and everything that can break."""

import pytest

from tests.simulator.generator import story
from tests.simulator.mutants import MUTANTS, Mutant, broken_on_purpose, ignores_the_send_hours
from tests.simulator.shrink import judged, report

SEEDS = 200
CHUNK = 10
WITHIN = 200
"""Of so many stories one at least must notice a broken guarantee."""
TELLING = {"claims_whatever_was_written_meanwhile": 115, "forgets_who_withdrew": 62}
"""The seeds that notice what few do: they go first, to save time."""


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_no_promise_is_broken_in_any_story(first: int) -> None:
    for seed in range(first, first + CHUNK):
        told = story(seed)
        if lines := judged(told):
            pytest.fail(report(told, lines), pytrace=False)


def test_a_seed_is_the_same_story_each_time() -> None:
    assert str(story(7)) == str(story(7))
    assert story(7) != story(8)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_guarantee_broken_on_purpose_is_noticed(mutant: Mutant) -> None:
    first = TELLING.get(mutant.__name__, 0)
    with broken_on_purpose(mutant):
        assert any(judged(story(seed)) for seed in sorted(range(WITHIN), key=lambda seed: seed != first))


def test_a_failing_seed_is_told_as_the_shortest_story_that_shows_it() -> None:
    with broken_on_purpose(ignores_the_send_hours):
        told = report(story(0), judged(story(0)))
    assert len(told.splitlines()) < len(str(story(0)).splitlines()) / 2
    assert "for the customer" in told
