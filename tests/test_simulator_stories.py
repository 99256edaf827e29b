"""Seeds 0 to 199: the real handlers, a clock that is moved, and everything that can break."""

import pytest

from tests.simulator.generator import story
from tests.simulator.stories import failing

CHUNK = 10


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_no_promise_is_broken_in_any_story(first: int) -> None:
    for told in failing(range(first, first + CHUNK)):
        pytest.fail(told, pytrace=False)


def test_a_seed_is_the_same_story_each_time() -> None:
    assert str(story(7)) == str(story(7))
    assert story(7) != story(8)
