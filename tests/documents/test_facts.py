"""The facts that docs/letters.md tells of are those that letters have."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from shopbell.commands.letter_fact_table import markdown
from shopbell.commands.letter_facts import FACTS
from shopbell.commands.samples import any_shop, samples
from shopbell.domain.journeys import KINDS
from shopbell.rendering.rules import LETTER
from tests.rendering.samples import in_parts
from tests.rendering.usual import usual

PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "hours": (str, tuple),
    "yes or no": bool,
    "number": int,
    "amount": Decimal,
    "day": date,
    "moment": datetime,
    "pairs": tuple,
}
"""By a fact's shape: what a template gets."""


def strange(shape: str, value: Any, path: str) -> Iterator[str]:
    """Where what a letter gets is not what is told of it. None may stand for all but a text and a yes or no."""
    if value is None:
        if shape in ("text", "hours", "yes or no"):
            yield f"{path} is none"
    elif shape.startswith("list of "):
        for each in value:
            yield from strange(shape.removeprefix("list of "), each, path)
    elif shape in PLAIN:
        if not isinstance(value, PLAIN[shape]) or isinstance(value, datetime) != (shape == "moment"):
            yield f"{path} is no {shape}"
    else:
        yield from strange_object(shape, vars(value), path)


def strange_object(shape: str, has: Mapping[str, Any], path: str) -> Iterator[str]:
    facts = FACTS[shape]
    if shape != LETTER and has.keys() - facts.keys():
        yield f"{path} has {', '.join(sorted(has.keys() - facts.keys()))}, of which nothing is told"
    missing = facts.keys() - has.keys()
    if shape != LETTER and missing:
        yield f"{path} has no {', '.join(sorted(missing))}"
    for name in facts.keys() & has.keys():
        yield from strange(facts[name].shape, has[name], f"{path}.{name}")


@pytest.mark.parametrize("kind", KINDS)
def test_each_fact_of_a_letter_is_told_of_as_it_is(kind: str) -> None:
    letters = [*samples(kind, "en", any_shop())]
    assert letters
    for letter in letters:
        assert letter.keys() <= FACTS[LETTER].keys()
        assert [*strange_object(LETTER, letter, "letter")] == []


@pytest.mark.parametrize("kind", ["payment_received", "parcel_ready", "staff_promise_at_risk"])
def test_so_is_what_only_some_letters_have(kind: str) -> None:
    for letter in (usual(kind, "en"), in_parts(kind, "en")):
        assert [*strange_object(LETTER, letter, "letter")] == []


def test_what_is_told_of_and_not_there_is_noticed() -> None:
    text_for_day = {"number": "1001", "placed_on": "2026-03-02"}
    found = set(strange_object("order", text_for_day, "order"))
    assert "order.placed_on is no day" in found
    assert any(line.startswith("order has no adjustments, cancelled,") for line in found)
    assert [*strange_object("review", {"url": "", "stars": 5}, "review")] == [
        "review has stars, of which nothing is told"
    ]
    assert [*strange("review", SimpleNamespace(url=None), "review")] == ["review.url is none"]


def test_every_object_that_a_fact_is_has_a_table_of_its_own() -> None:
    named = {fact.shape.removeprefix("list of ") for facts in FACTS.values() for fact in facts.values()}
    assert named - PLAIN.keys() == FACTS.keys() - {LETTER}


def test_a_fact_says_in_which_letters_it_is() -> None:
    letters: dict[str, list[dict[str, Any]]] = {
        "order_shipped": [{"kind": "order_shipped", "step": "", "order": 1, "shipped_on": None}],
        "staff_pack": [
            {"kind": "staff_pack", "step": "", "order": 1, "call": 1},
            {"kind": "staff_pack", "step": "accepted", "order": 1, "call": 1, "full": True},
        ],
        "birthday_week": [{"kind": "birthday_week", "step": "", "order": None, "birthday": 1}],
    }
    rows = [line.split(" | ") for line in markdown(letters)]
    told = {row[0]: row[-1] for row in rows}
    assert told["| `kind`"] == "every letter |"
    assert told["| `order`"] == "every letter but `birthday_week` |"
    assert told["| `shipped_on`"] == "`order_shipped` |"
    assert told["| `call`"] == "every task |"
    assert told["| `full`"] == "`staff_pack` (accepted) |"
