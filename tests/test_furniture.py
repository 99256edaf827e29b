"""What stands around the code: what is run for each change, how people report, and what is promised of the package."""

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.infrastructure.test_make import TARGETS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# What GitHub shows of a form; all but a text has an id, and a label.
FIELDS = {"checkboxes", "dropdown", "input", "textarea"}
ASKED = {
    "operator": {"version", "region", "log", "decisions"},
    "shop": {"event", "answer", "configuration"},
    "translator": {"language", "kind", "says", "should-say", "why"},
}
FOLDERS = ("benchmarks", "functions", "infrastructure", "layers", "local", "tests")


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


def check() -> dict[str, Any]:
    """The job that checks a change."""
    job: dict[str, Any] = read(".github/workflows/check.yml")["jobs"]["check"]
    return job


def test_an_action_is_pinned_to_a_commit_and_says_its_version() -> None:
    files = (ROOT / ".github/workflows").glob("*.yml")
    used = [line.strip() for file in files for line in file.read_text("utf-8").splitlines() if "uses:" in line]
    pinned = re.compile(r"- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert used
    assert [line for line in used if not pinned.fullmatch(line)] == []


def test_every_python_that_is_checked_is_one_that_the_package_takes() -> None:
    pythons = check()["strategy"]["matrix"]["python"]
    assert pythons == ["3.11", "3.12", "3.13"]
    assert [python for python in pythons if python not in SpecifierSet(PROJECT["requires-python"])] == []


def test_a_change_is_checked_as_a_contributor_checks_it_with_the_python_of_the_matrix() -> None:
    last = check()["steps"][-1]
    assert last == {"run": ".ci/run", "env": {"PYTHON": "python${{ matrix.python }}"}}


def test_what_checks_a_change_may_write_nothing() -> None:
    assert read(".github/workflows/check.yml")["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("name", ASKED)
def test_a_form_asks_for_what_helps(name: str) -> None:
    form = read(f".github/ISSUE_TEMPLATE/{name}.yml")
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert form["name"]
    assert form["description"]
    assert {field["type"] for field in fields} <= FIELDS
    assert all(field["attributes"]["label"] for field in fields)
    assert len(set(ids)) == len(ids)
    assert set(ids) >= ASKED[name]


def test_every_form_is_looked_at_here() -> None:
    assert sorted(file.stem for file in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")) == ["config", *ASKED]


def test_every_folder_that_pins_a_package_is_watched_for_newer_ones() -> None:
    watched = {each["directory"] for each in read(".github/dependabot.yml")["updates"]}
    pinning = {file.parent for pattern in ("*.txt", "layers/*/*.txt") for file in ROOT.glob(pattern)}
    assert {f"/{folder.relative_to(ROOT)}".removesuffix(".") for folder in pinning} == watched


def test_what_runs_before_a_commit_is_what_make_knows() -> None:
    entries = [hook["entry"].split() for hook in read(".pre-commit-config.yaml")["repos"][0]["hooks"]]
    assert {make for make, *_ in entries} == {"make"}
    assert {target for _, *targets in entries for target in targets} <= TARGETS.keys()


def test_the_package_bears_its_types() -> None:
    assert (resources.files("shopbell") / "py.typed").is_file()


def test_the_changelog_has_the_headings_that_people_look_for() -> None:
    headings = re.findall(r"^##+ .+$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    kinds = {"### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"}
    versions = [heading for heading in headings if heading not in kinds]
    released = re.compile(r"## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}")
    assert versions[0] == "## [Unreleased]"
    assert [heading for heading in versions[1:] if not released.fullmatch(heading)] == []


def exceptions() -> Iterator[str]:
    """Each line that is excused from a rule, with its file."""
    files = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))
    for file in files:
        yield from (
            f"{file.name}: {line}" for line in file.read_text("utf-8").splitlines() if re.search(r"# no[q]a", line)
        )


def test_whatever_is_excused_from_a_rule_says_why() -> None:
    excused = list(exceptions())
    assert excused
    assert [line for line in excused if not re.search(r"# no[q]a: [A-Z0-9, ]+  # \S", line)] == []
