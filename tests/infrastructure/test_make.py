"""What a fresh clone can be told to do."""

import re

import pytest

from tests.infrastructure.stack import ROOT, VARIABLES

MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = {match[1]: (match[2] or "") for match in re.finditer(r"^([a-z]+):.*?(?:## (.+))?$", MAKEFILE, re.MULTILINE)}


@pytest.mark.parametrize(
    "target",
    [
        "demo",
        "test",
        "prove",
        "bench",
        "local",
        "check",
        "build",
        "deploy",
        "format",
        "clean",
        "coverage",
        "rest",
        "browser",
    ],
)
def test_make_knows_it_and_says_what_it_does(target: str) -> None:
    assert TARGETS[target]


def test_ci_checks_before_it_tests() -> None:
    commands = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [line.split()[-1] for line in commands if line.startswith("make ")] == [
        *("check", "quick", "coverage", "rest", "browser")
    ]


def test_ci_leaves_out_no_test() -> None:
    assert "--cov --cov-report= $(COUNTED)\n" in MAKEFILE
    assert "$(addprefix --ignore=,$(COUNTED))\n" in MAKEFILE


def test_what_is_counted_is_there() -> None:
    added = re.findall(r"^COUNTED \S= \$\(addprefix (\S+),(.+)\)$", MAKEFILE, re.MULTILINE)
    counted = [ROOT / f"{prefix}{name}" for prefix, names in added for name in names.split()]
    assert counted
    assert [path.name for path in counted if not path.exists()] == []


def test_the_dependencies_layer_keeps_the_services_that_the_code_calls() -> None:
    makefile = (ROOT / "layers/dependencies/Makefile").read_text("utf-8")
    kept = re.search(r"^SERVICES := (.+)$", makefile, re.MULTILINE)
    called = re.findall(r'client\("(\w+)"', (ROOT / "layers/core/shopbell/bootstrap.py").read_text("utf-8"))
    assert "dynamodb" in called
    assert kept
    assert set(kept[1].split()) == set(called)


def test_templates_are_looked_for_where_their_layer_puts_them() -> None:
    makefile = (ROOT / "templates/Makefile").read_text("utf-8")
    assert VARIABLES["TEMPLATES_DIR"] == "/opt/templates"
    assert "TARGET := $(ARTIFACTS_DIR)/templates\n" in makefile
