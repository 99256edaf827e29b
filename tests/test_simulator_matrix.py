"""A crash before, inside and after each AWS call that the code makes, by class and channel."""

import re
from pathlib import Path

import pytest

from tests.simulator.lives import LIVES
from tests.simulator.matrix import calls_of, walk

SOURCES = Path(__file__).parents[1] / "layers" / "core" / "shopbell"
OPERATORS = frozenset(
    {
        *("put_parameter", "delete_parameter", "get_queue_url"),
        *("receive_message", "delete_message_batch", "scan", "get_parameters_by_path"),
    }
)
"""Calls that no function makes: an operator at a terminal sees them fail."""


@pytest.mark.parametrize("life", LIVES)
def test_whatever_crashes_nothing_is_lost_and_only_what_may_be_is_sent_again(life: str) -> None:
    before = list(LIVES)[: list(LIVES).index(life)]
    outcomes = list(walk(LIVES[life], map(LIVES.__getitem__, before)))
    assert len(outcomes) > 15
    assert [str(outcome) for outcome in outcomes if outcome.broken] == []
    if life.startswith("transactional"):
        assert [str(outcome) for outcome in outcomes if outcome.missing] == []
        assert all(sum(outcome.again.values()) <= 1 for outcome in outcomes)
    if life.startswith("marketing"):
        assert [str(outcome) for outcome in outcomes if outcome.again] == []


def test_the_lives_make_every_call_that_stands_in_the_code() -> None:
    source = "".join(path.read_text() for room in ("storage", "channels") for path in (SOURCES / room).glob("*.py"))
    written = set(re.findall(r"client\.(\w+)\(", source)) | {"get_parameter"}
    walked = {call.operation for story in LIVES.values() for call in calls_of(story)}
    assert walked == written - OPERATORS
