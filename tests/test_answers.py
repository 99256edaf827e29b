"""Every row of the requirements is answered by something that is there, and docs/requirements.md says by what."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from shopbell.domain.journeys import JOURNEYS, KINDS
from tests.requirements import KINDS_OF, REQUIREMENTS, named

ROOT = Path(__file__).parent.parent
TOLD = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")


def shown() -> dict[str, str]:
    """Of the document: what answers each row."""
    rows = [line for line in TOLD.splitlines() if line.startswith("| R")]
    return {row[2:6]: row.rsplit(" | ", 1)[1].removesuffix(" |") for row in rows}


def is_there(rule: str) -> bool:
    """A test by its name, or a module or a name in one."""
    path, _, test = rule.partition("::")
    if test:
        return f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")
    room, _, name = f"shopbell.{rule}".rpartition(".")
    return hasattr(room_of(room), name)


def room_of(path: str) -> Any:
    """The module or the class of that name."""
    room, _, name = path.rpartition(".")
    try:
        return import_module(path)
    except ModuleNotFoundError:
        return getattr(room_of(room), name) if room else None


def test_each_row_stands_in_the_table_once() -> None:
    assert [asked.number for asked in REQUIREMENTS] == list(range(1, 141))


def test_what_a_notification_says_it_answers_stands_in_the_table_and_nothing_else() -> None:
    said = {(f"R{number:03d}", journey.kind) for journey in JOURNEYS for number in named(journey.answers)}
    found = {(row, kind) for row, answer in shown().items() for kind in re.findall(r"`(\w+)`", answer) if kind in KINDS}
    assert found == said


def test_each_row_is_answered() -> None:
    assert [each.name for each in REQUIREMENTS if not (KINDS_OF.get(each.number) or each.rules)] == []


def test_each_rule_that_answers_a_row_is_in_the_code() -> None:
    assert [rule for each in REQUIREMENTS for rule in each.rules if not is_there(rule)] == []


@pytest.mark.parametrize(
    "rule", ["domain.nowhere", "domain.rules.promises.NOTHING", "tests/test_answers.py::test_none"]
)
def test_a_rule_that_is_not_in_the_code_is_noticed(rule: str) -> None:
    assert not is_there(rule)
