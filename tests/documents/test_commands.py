"""The commands, modules and files that the documents name are there."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from typer.main import get_command

from shopbell.commands import app
from tests.documents.reading import ROOT, code, documents, told, tracked

TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
CITED = re.compile(r"\b(?:docs|infrastructure/decisions)/[\w-]+\.md|\b[A-Z]{5,}\.md")
PATHS = re.compile(r"(?:docs|functions|infrastructure|layers|local|templates|tests|benchmarks)/[\w./-]*")
COMMAND = get_command(app)


def codes() -> Iterator[tuple[str, str]]:
    """What stands as code in a document, and its name."""
    for document in documents():
        if "decisions" not in document.parts and document.name != "CHANGELOG.md":
            yield from ((document.name, each) for each in code(document.read_text("utf-8")))


def named(pattern: str) -> set[tuple[str, str]]:
    return {(document, match) for document, each in codes() for match in re.findall(pattern, each)}


def subcommands(group: Any) -> Iterator[str]:
    """Every command, by all its words."""
    for name, command in getattr(group, "commands", {}).items():
        below = [f"{name} {each}" for each in subcommands(command)]
        yield from below or [name]


def is_command(words: str) -> bool:
    first, *rest = words.split()
    return first in COMMANDS or any(f"{first} {each}" in COMMANDS for each in rest[:1])


COMMANDS = set(subcommands(COMMAND))


def test_every_target_of_make_that_they_name_is_one() -> None:
    found = named(r"\bmake ([a-z][a-z-]*)")
    assert len(found) > 10
    assert {(document, target) for document, target in found if target not in TARGETS} == set()


def test_every_command_of_the_operators_that_they_name_is_one() -> None:
    found = named(r"\bshopbell ([a-z]+(?: [a-z]+)?)")
    assert len(found) > 20
    assert {(document, words) for document, words in found if not is_command(words)} == set()


@pytest.mark.parametrize("words", ["shop", "nothing", "shop nothing", "letter"])
def test_a_command_that_is_not_there_is_noticed(words: str) -> None:
    assert not is_command(words)


def test_every_command_of_the_operators_is_told_of() -> None:
    assert [each for each in sorted(COMMANDS) if f"`shopbell {each}" not in told()] == []


def test_every_module_that_they_run_is_there() -> None:
    found = named(r"\bpython -m ([\w.]+)")
    assert found
    assert {(document, module) for document, module in found if find_spec(module) is None} == set()


def test_every_path_that_they_name_is_there() -> None:
    found = {(document, path) for document, path in codes() if PATHS.fullmatch(path)}
    assert len(found) > 20
    assert {(document, path) for document, path in found if not (ROOT / path).exists()} == set()


def test_every_document_that_the_code_names_is_there() -> None:
    cited = {
        name
        for path in tracked("*.py", "*.yaml", "*.j2", "Makefile")
        for name in CITED.findall(path.read_text("utf-8"))
    }
    assert "infrastructure/decisions/own-letters.md" in cited
    assert [name for name in sorted(cited) if not (ROOT / name).exists()] == []
