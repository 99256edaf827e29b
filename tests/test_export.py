"""`shopbell export`: whatever was told of a person stands in it, and nothing of that outlives their forgetting."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from shopbell import bootstrap
from shopbell.commands import use_cases
from shopbell.commands.person_document import document
from shopbell.domain.model.problems import Refused
from shopbell.domain.model.shop import Shop
from shopbell.domain.time.calendar import format_instant
from tests.prove.erasure import ERASED, OWN_WORDS, PEOPLE, PLACED, event_of, filler_of, stored, types_of
from tests.prove.telling import HOUR, MINUTE, MONDAY, OLENA, placed, tell
from tests.simulator.play import Play, live
from tests.simulator.shops import configuration

NOT_THEIRS = {"coupon.redeemed", "product.restocked"}
"""A code is nobody's: whoever brings it may use it."""
NOT_KEPT = "mark-cart-updated-items-"
"""Of a cart the products' codes are kept, and nothing of what it says of them."""


def shop() -> Shop:
    return use_cases.shop("dobra")


def exported(world: Play, person: str) -> dict[str, Any]:
    """As the command prints it."""
    known = next((name, str(value)) for name, value in PEOPLE[person].items() if value)
    export, now = use_cases.export(), world.cloud.now
    kept = export.customer(shop(), known[1], now) if known[0] == "id" else export.contact(shop(), known[1], now)
    printed: dict[str, Any] = json.loads(document(kept, shop(), now))
    return printed


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (leaf for inner in value.values() for leaf in leaves(inner))
    elif isinstance(value, list):
        yield from (leaf for inner in value for leaf in leaves(inner))
    elif value is not None:
        yield str(value)


def told_of(world: Play, person: str, *types: str) -> None:
    """Two hours later."""
    world.cloud.move(MONDAY + 20 * MINUTE)
    for event_type in types:
        world.act(event_of(event_type, person))
    world.until(MONDAY + 2 * HOUR)
    world.cloud.move(MONDAY + 2 * HOUR)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_word_that_was_told_of_a_person_stands_in_their_export_placed_or_not(person: str) -> None:
    missing = []
    for event_type in types_of(person):
        marks = [mark for mark in filler_of(event_type, person).marks if not mark.startswith(NOT_KEPT)]
        for types in ((event_type,), (event_type, PLACED)):
            if event_type not in NOT_THEIRS and marks:
                with live(MONDAY) as world:
                    told_of(world, person, *types)
                    printed = json.dumps(exported(world, person))
                missing += [mark for mark in marks if mark not in printed]
    assert missing == []


@pytest.mark.parametrize("person", PEOPLE)
def test_nothing_that_stood_in_their_export_is_left_when_they_are_forgotten(person: str) -> None:
    with live(MONDAY, quiet=False) as world:
        told_of(world, person, *types_of(person), PLACED)
        before = exported(world, person)
        words = {leaf for leaf in leaves(before) if any(own in leaf for own in OWN_WORDS)}
        world.act(event_of(ERASED, person))
        table = "\n".join(stored(world))
        after = exported(world, person)
    assert len(words) > 20
    assert sorted(word for word in words if word in table) == []
    assert [leaf for leaf in leaves(after) if leaf in words] == []
    assert {each["text_missing"] for each in (*after["messages"], *after["tasks"])} == {"what it said was removed"}
    assert [each["bonus"] for each in after["customers"] if each["bonus"]] == []


def test_messages_stand_in_it_with_their_text_and_tasks_with_what_came_of_them() -> None:
    says_no = {"customer": {"id": "c-0", "consent": {"email_marketing": False}}}  # asked nothing, by no link of theirs
    with live(MONDAY, (OLENA,), quiet=False) as world:
        world.act(tell("customer.updated", MONDAY, says_no, "no"))
        world.act(placed("1001", OLENA, MONDAY))
        task = next(each.id for each in world.cloud.providers.taken if each.letter.kind == "staff_confirm_order")
        world.cloud.move(MONDAY + MINUTE)
        done = {"task": task, "outcome": "reached"}
        world.act(tell("call.done", MONDAY + MINUTE, done, "done"))
        kept = use_cases.export().customer(shop(), "c-0", world.cloud.now)
        printed = json.loads(document(kept, shop(), world.cloud.now))
    received = next(each for each in printed["messages"] if each["kind"] == "order_received")
    letter = next(each.letter for each in world.cloud.providers.taken if each.letter.kind == "order_received")
    # The links to pages of their own are no part of it: whoever has them acts for the customer.
    assert (received["subject"], received["text"]) == (
        letter.subject,
        re.sub(r" \(https?://\S+/u/\S+\)", "", letter.text),
    )
    (asked,) = (each for each in printed["tasks"] if each["id"] == task)
    assert [(each["at"], each["outcome"]) for each in asked["outcomes"]] == [
        (format_instant(MONDAY + MINUTE), "reached")
    ]
    assert "/t/" not in json.dumps(printed)


def test_who_is_not_known_is_refused_and_nothing_is_printed() -> None:
    with live(MONDAY):
        with pytest.raises(Refused):
            use_cases.export().customer(shop(), "nobody", MONDAY)
        with pytest.raises(Refused):
            use_cases.export().contact(shop(), "nobody@customer.example", MONDAY)


def test_another_shops_customer_of_the_same_id_is_not_in_it() -> None:
    with live(MONDAY) as world:
        bootstrap.put_shop("kert", configuration("kert"))
        world.act(placed("1001", OLENA, MONDAY))
        with pytest.raises(Refused):
            use_cases.export().customer(use_cases.shop("kert"), "c-0", MONDAY)
