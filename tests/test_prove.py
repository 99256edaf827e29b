"""The table of figures is whole, and what can be reached at once is reached on every run."""

import pytest

from tests.prove.__main__ import FIGURES

AT_ONCE = (2, 4, 5, 7, 12, 13, 15, 19, 20, 23, 25, 36)
"""The others take longer; what they count is what other tests assert, and `make prove` runs them all."""


def test_there_is_a_figure_for_each_thing_that_can_go_wrong() -> None:
    assert sorted(FIGURES) == [*range(1, 33), 35, 36, 37]


@pytest.mark.parametrize("number", AT_ONCE)
def test_a_figure_is_reached(number: int) -> None:
    reached = FIGURES[number].reach()
    assert reached.holds, reached.text
