"""The form of a task's page as browsers post it, through the function that answers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopbell.domain.model.vocabulary import Asked
from tests.prove.telling import MONDAY, placed
from tests.simulator.play import Play, live
from tests.simulator.story import Person
from tests.test_simulator_found import page_of, the_task

ILONA = Person("kert", "c-0", "Zorina Quist0", email="person0@customer.example")
AT = "2026-03-20T10:30"


@pytest.fixture
def world() -> Iterator[Play]:
    with live(MONDAY, (ILONA,), quiet=False) as playing:
        playing.act(placed("1001", ILONA, MONDAY, "cash_on_delivery"))
        playing.until(MONDAY)
        yield playing


def posted(world: Play, body: str) -> Any:
    return page_of(world, the_task(world, "staff_confirm_order"), "POST", body)


def kinds(world: Play) -> list[str]:
    return [taken.letter.kind for taken in world.cloud.providers.taken]


def test_a_form_is_taken_and_the_page_says_so(world: Play) -> None:
    answer = posted(world, urlencode({"outcome": "accepted", "at": AT, "note": "a kék", "planned_repeat_on": ""}))
    assert (answer["statusCode"], 'class="notice" role="status"' in answer["body"]) == (200, True)
    world.until(MONDAY)
    assert "order_accepted" in kinds(world)


def test_a_field_that_is_wrong_is_shown_with_what_was_typed(world: Play) -> None:
    answer = posted(world, urlencode({"outcome": "accepted", "at": "tegnap", "note": "a kék"}))
    assert answer["statusCode"] == 400
    assert 'value="tegnap"' in answer["body"]
    assert "a kék</textarea>" in answer["body"]
    world.until(MONDAY)
    assert "order_accepted" not in kinds(world)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["outcome", *map(str, Asked)]), st.binary(max_size=30), max_size=4))
def test_whatever_bytes_are_posted_the_page_answers(world: Play, fields: dict[str, bytes]) -> None:
    answer = posted(world, "&".join(f"{name}={quote_plus(value)}" for name, value in fields.items()))
    assert answer["statusCode"] in (200, 400, 410)
    assert answer["body"].startswith("<!doctype html>")
