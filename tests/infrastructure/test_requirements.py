"""What is installed is said exactly, once, and from no address."""

import re

import pytest

from tests.infrastructure.stack import ROOT

RUN_TIME = "layers/dependencies/requirements.in"
HASHED = "layers/dependencies/requirements.txt"
FILES = [
    RUN_TIME,
    "requirements-operator.txt",
    "requirements-dev.txt",
    "requirements-browser.txt",
    "requirements-sam.txt",
]
PINNED = re.compile(r"([A-Za-z0-9._-]+)(\[[a-z0-9,]+\])?==[0-9][A-Za-z0-9.+]*")
INCLUDED = re.compile(r"-r ([a-z/-]+\.(?:txt|in))")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
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


@pytest.mark.parametrize("file", [*FILES, HASHED])
def test_no_address_stands_in_a_requirement_file(file: str) -> None:
    assert "://" not in (ROOT / file).read_text("utf-8")


def test_developing_installs_what_runs_and_what_operators_use() -> None:
    included = [match[1] for line in lines("requirements-dev.txt") if (match := INCLUDED.fullmatch(line))]
    assert included == [RUN_TIME, "requirements-operator.txt"]


def test_no_package_is_pinned_twice() -> None:
    together = [name for file in FILES[:4] for name in names(file)]
    assert sorted(together) == sorted(set(together))


def test_nothing_heavy_ships_to_lambda() -> None:
    assert set(names(RUN_TIME)) & NOT_ON_LAMBDA == set()


def hashed() -> dict[str, list[str]]:
    """What is pinned, in small letters, with the hashes that its files may have."""
    words = " ".join(lines(HASHED)).replace("\\", "").lower().split()
    pinned = [word for word in words if not HASH.fullmatch(word)]
    starts = [words.index(word) for word in pinned] + [len(words)]
    return {word: words[at + 1 : end] for word, at, end in zip(pinned, starts, starts[1:], strict=False)}


def test_what_runs_is_installed_by_the_hashes_of_the_same_versions() -> None:
    spelled = {line.lower().replace("_", "-") for line in lines(RUN_TIME)}
    assert {pinned.replace("_", "-") for pinned in hashed()} == spelled


def test_every_version_has_its_hashes() -> None:
    assert [pinned for pinned, hashes in hashed().items() if not hashes] == []


@pytest.mark.parametrize("file", ["Makefile", "layers/dependencies/Makefile"])
def test_pip_is_told_to_want_them(file: str) -> None:
    assert re.search(r"--require-hashes (--no-deps )?--requirement", (ROOT / file).read_text("utf-8"))
