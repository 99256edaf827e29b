"""Seeds 100 to 199, in a file of their own: each file has its own worker."""

import pytest

from tests.simulator.stories import failing

CHUNK = 10


@pytest.mark.parametrize("first", range(100, 200, CHUNK))
def test_no_promise_is_broken_in_any_story(first: int) -> None:
    for told in failing(range(first, first + CHUNK)):
        pytest.fail(told, pytrace=False)
