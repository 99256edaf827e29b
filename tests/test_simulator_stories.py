"""Seeds 0 to 199: the real handlers, a clock that is moved, and everything that can break."""

import pytest

from tests.simulator.generator import story
from tests.simulator.play import play
from tests.simulator.stage import stage
from tests.simulator.stories import failing

CHUNK = 10


@pytest.mark.parametrize("first", range(0, 200, CHUNK))
def test_no_promise_is_broken_in_any_story(first: int) -> None:
    for told in failing(range(first, first + CHUNK)):
        pytest.fail(told, pytrace=False)


def test_a_story_is_told_twice_alike_whatever_breaks_and_whoever_comes_in_between() -> None:
    first, second = (play(stage(), story(30)).cloud for _ in range(2))
    assert [str(call) for call in first.wire.calls] == [str(call) for call in second.wire.calls]
    assert [(each.id, each.to, each.at) for each in first.providers.taken] == [
        (each.id, each.to, each.at) for each in second.providers.taken
    ]
    assert {**first.table.items} == {**second.table.items}


def test_a_seed_is_the_same_story_each_time() -> None:
    assert str(story(7)) == str(story(7))
    assert story(7) != story(8)
