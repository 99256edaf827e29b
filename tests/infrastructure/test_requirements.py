"""What is installed is said exactly, once, and from no address."""

import re

import pytest

from tests.infrastructure.stack import ROOT

RUN_TIME = "layers/dependencies/requirements.txt"
FILES = [RUN_TIME, "requirements-operator.txt", "requirements-dev.txt", "requirements-sam.txt"]
PINNED = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z0-9,]+\])?==[0-9][A-Za-z0-9.+]*")
INCLUDED = re.compile(r"-r ([a-z/-]+\.txt)")
# Each would make every function start later, or ship what only people use.
NOT_ON_LAMBDA = {"boto3", "moto", "pydantic", "pytest", "pyyaml", "rich", "s3transfer", "typer"}


def lines(file: str) -> list[str]:
    """The file's lines that say something to pip."""
    found = (line.partition("#")[0].strip() for line in (ROOT / file).read_text("utf-8").splitlines())
    return [line for line in found if line]


def names(file: str) -> list[str]:
    """The packages that the file itself pins, as the index spells them."""
    found = (PINNED.fullmatch(line) for line in lines(file))
    return [re.sub(r"[-_.]+", "-", match[1].lower()) for match in found if match]


@pytest.mark.parametrize("file", FILES)
def test_every_line_pins_one_version_or_includes_a_file(file: str) -> None:
    assert [line for line in lines(file) if not (PINNED.fullmatch(line) or INCLUDED.fullmatch(line))] == []


@pytest.mark.parametrize("file", FILES)
def test_no_address_stands_in_a_requirement_file(file: str) -> None:
    assert "://" not in (ROOT / file).read_text("utf-8")


def test_developing_installs_what_runs_and_what_operators_use() -> None:
    included = [match[1] for line in lines("requirements-dev.txt") if (match := INCLUDED.fullmatch(line))]
    assert included == [RUN_TIME, "requirements-operator.txt"]


def test_no_package_is_pinned_twice() -> None:
    together = [name for file in FILES[:3] for name in names(file)]
    assert sorted(together) == sorted(set(together))


def test_nothing_heavy_ships_to_lambda() -> None:
    assert set(names(RUN_TIME)) & NOT_ON_LAMBDA == set()
