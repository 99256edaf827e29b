"""A part of figure 27, on every run: each type of event before and after the placing and the forgetting."""

from itertools import islice

import pytest

from tests.prove.erasure import PEOPLE, found, play, singles
from tests.prove.telling import MONDAY
from tests.simulator.play import live

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_of_a_person_is_left_when_they_are_forgotten(part: int) -> None:
    """Each part has every person and every type."""
    told = list(islice(singles(), part, None, PARTS * len(PEOPLE) - 1))
    left = []
    for each in told:
        with live(MONDAY, quiet=False) as world:
            play(world, each)
            left += [f"{each}: {word}" for word in found(world)]
    assert len(told) > 20
    assert left == []
