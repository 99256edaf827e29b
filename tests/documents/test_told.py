"""What others rely on is told of somewhere: each name in a document of docs/."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec
import pytest

from local.routes import ROUTES
from shopbell.configuration.document import Document, FiguresPart
from shopbell.domain.journeys import KINDS
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.rendering.rules import BLOCKS, PLAIN_FILTERS
from tests.documents.reading import DOCS, ROOT, code, told
from tests.infrastructure.stack import TEMPLATE, events, properties
from tests.prove.__main__ import FIGURES
from tests.requirements import REQUIREMENTS

PRODUCT = ROOT / "layers" / "core" / "shopbell"
TOLD = frozenset(code(told()))
CALLS = {"note": 0, "log": 0, "WrongError": 0, "Problem": 1}
"""The functions that are given a name which people meet, and at which place."""
LINES = ("note", "log")
ROW = re.compile(r"\bR\d{3}\b")


def untold(names: Iterable[str], document: str = "") -> list[str]:
    """Those that stand as code in none of the documents, or not in this one."""
    spans = frozenset(code((DOCS / document).read_text("utf-8"))) if document else TOLD
    return sorted(set(names) - spans)


def fields(part: Any) -> Iterator[str]:
    """The path of each field of a configuration, "sms.countries"; of a list's elements, without their place."""
    for field in msgspec.structs.fields(part):
        below = [f"{field.name}.{path}" for inner in parts_in(field.type) for path in fields(inner)]
        yield from below or [field.name]


def parts_in(type_: Any) -> Iterator[Any]:
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        yield type_
    for inner in get_args(type_):
        yield from parts_in(inner)


def texts(node: ast.AST) -> Iterator[str]:
    """The constants of an argument, which may be one of two."""
    for branch in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
        if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
            yield branch.value


def given_to(functions: Iterable[str], source: str) -> Iterator[str]:
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in functions and len(call.args) > CALLS[name]:
            yield from texts(call.args[CALLS[name]])


def in_the_code(*functions: str) -> set[str]:
    return {name for path in PRODUCT.rglob("*.py") for name in given_to(functions, path.read_text("utf-8"))}


def test_every_kind_and_every_reason_is_told_of() -> None:
    assert untold(KINDS) == []
    assert untold([*Reason, *Status], "notifications.md") == []


def test_the_words_of_decisions_and_messages_are_told_of() -> None:
    assert untold([*Status, *Outcome, *ChannelName, *MessageClass], "contract.md") == []


def test_every_parameter_of_the_template_and_every_alarm_is_told_of() -> None:
    assert untold([*TEMPLATE["Parameters"], *properties("AWS::CloudWatch::Alarm")], "operating.md") == []


def test_every_field_of_a_shops_configuration_is_told_of() -> None:
    assert "bonus.tiers.from_spent" in set(fields(Document))
    assert untold(fields(Document), "configuration.md") == []
    assert untold(fields(FiguresPart), "configuration.md") == []


def test_every_line_of_the_log_is_told_of() -> None:
    lines = in_the_code(*LINES)
    assert {"alarm", "pace_not_set", "not_upgraded", "no_such_shop"} <= lines
    assert untold(lines, "operating.md") == []


def test_every_code_of_what_is_wrong_is_told_of() -> None:
    codes = in_the_code("WrongError", "Problem")
    assert {"missing", "not_a_phone", "too_large", "unknown_shop"} <= codes
    assert untold(codes, "contract.md") == []


def test_every_path_of_the_door_is_told_of() -> None:
    paths = {(event["Method"], event["Path"]) for _, event in events("HttpApi")}
    assert paths
    contract = (DOCS / "contract.md").read_text("utf-8")
    rows = [line for line in contract.splitlines() if line.startswith("| `")]
    assert {
        (method, path) for method, path in paths if not any(method in row and f"{path}`" in row for row in rows)
    } == set()


def test_every_path_of_the_local_stack_is_told_of() -> None:
    integrating = (DOCS / "integrating.md").read_text("utf-8")
    named = {path.replace("([^/]+)", "{shop}") for path, _ in ROUTES}
    assert [path for path in named if f" {path}`" not in integrating and f" {path}?" not in integrating] == []


def test_every_block_and_every_filter_of_a_letter_is_told_of() -> None:
    letters = (DOCS / "letters.md").read_text("utf-8")
    assert untold(BLOCKS, "letters.md") == []
    assert [name for name in PLAIN_FILTERS if f"`{name}`" not in letters and f"`{name}(" not in letters] == []


def test_every_figure_of_what_is_promised_is_explained() -> None:
    guarantees = (DOCS / "guarantees.md").read_text("utf-8")
    assert [number for number in FIGURES if f"({number})" not in guarantees] == []


def test_every_row_of_the_requirements_that_the_code_names_is_one() -> None:
    named = {row for path in PRODUCT.rglob("*.py") for row in ROW.findall(path.read_text("utf-8"))}
    assert "R135" in named
    assert named - {each.name for each in REQUIREMENTS} == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('self.log("left_out", {})', ["left_out"]),
        ('note("outage" if passes(error) else "alarm", facts)', ["outage", "alarm"]),
        ('print("other"); log(level, {})', []),
    ],
)
def test_a_line_of_the_log_is_found_in_the_code(source: str, found: list[str]) -> None:
    assert [*given_to(LINES, source)] == found


def test_what_is_told_nowhere_is_noticed() -> None:
    assert untold(["order_shipped", "nothing_of_this_name"]) == ["nothing_of_this_name"]
