"""What is stored of a subject, printed for people and for programs."""

import json
from datetime import timedelta
from typing import Any

import pytest

from shopbell.commands.stored_subject import document, lines
from shopbell.domain.model.agenda import PutOff
from shopbell.domain.model.problems import Refused
from shopbell.service.operators.show import Show, StoredSubject
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order


def shown(world: World, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(Show(world.store)("dobra", name)))
    return found


def paragraph(world: World, name: str, heading: str) -> list[str]:
    """The lines below a heading, as they are printed."""
    printed = "\n".join(lines(Show(world.store)("dobra", name)))
    found = next(part for part in printed.split("\n\n") if part.startswith(f"{heading}:"))
    return [line.strip() for line in found.splitlines()[1:]]


@pytest.fixture
def world() -> World:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order(), OLENA, event_id="first")
    world.now += timedelta(hours=1)
    world.tell("order.shipped", {"delivery.tracking_number": "20450001"}, event_id="second")
    return world


def test_every_field_has_its_version(world: World) -> None:
    fields = paragraph(world, "order/1001", "Fields")
    assert "total  1499.00  2026-03-02T08:00:00.000000Z|first" in fields
    assert "delivery.tracking_number  20450001  2026-03-02T09:00:00.000000Z|second" in fields
    assert any(line.startswith('items  [{"sku": "MUG-1"') for line in fields)


def test_what_happened_and_what_was_decided_stand_in_their_order(world: World) -> None:
    assert paragraph(world, "order/1001", "What happened") == [
        "2026-03-02T08:00:00Z  order.placed  2026-03-02T08:00:00.000000Z|first",
        "2026-03-02T09:00:00Z  order.shipped  20450001  2026-03-02T09:00:00.000000Z|second",
    ]
    agenda = paragraph(world, "order/1001", "Agenda")
    assert agenda[0] == "2026-03-02T08:00:00Z  order_received|  sent  email"
    assert "2026-03-02T09:00:00Z  order_unpaid_first|  skipped" in agenda


def test_its_messages_are_named_with_their_channel_and_status(world: World) -> None:
    expected = [(message.id, message.name, "sent") for message in world.sent()]
    assert [(each["id"], each["step"], each["status"]) for each in shown(world, "order/1001")["messages"]] == expected


def test_it_says_what_comes_next_and_when_it_ends() -> None:
    world = World()
    world.tell("customer.updated", None, OLENA | {"birthday": "--03-20"}, customer_id="7")
    told = shown(world, "customer/id:7")
    assert (told["next_at"], told["next_sweep"]) == ("2026-03-13T08:00:00Z", "birthdays")
    assert told["expires_at"] == "2029-05-31T08:00:00Z"
    assert (told["version"], told["facts_version"]) == (1, 1)


def test_a_guest_who_became_a_customer_and_was_forgotten_is_shown_as_that() -> None:
    world = World()
    world.place()
    (guest,) = world.store.customers("dobra")
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, {"email": OLENA["email"]}, customer_id="7")
    world.now += timedelta(hours=1)
    world.tell("customer.erased", customer_id="7")
    assert shown(world, f"customer/{guest}")["merged_into"] == "id:7"
    told = shown(world, "customer/id:7")
    assert (told["aliases"], told["erased_at"]) == ([guest], "2026-03-02T10:00:00.000000Z")
    assert {field["value"] for field in told["fields"]} == {None}


def test_a_row_that_failed_is_shown_with_when_it_is_tried_again(world: World) -> None:
    stored = Show(world.store)("dobra", "order/1001")
    object.__setattr__(stored.subject.agenda, "put_off", {"review_request": PutOff(2, MONDAY)})
    (line,) = (line for line in lines(StoredSubject(stored.subject, ())) if "put off" in line)
    assert line == "  2026-03-02T08:00:00Z  review_request  put off  2"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("order/9", "nothing stored"),
        ("customer/7", "nothing stored"),
        ("letter/1", "names no subject"),
        ("1001", "names no subject"),
        ("order/", "names no subject"),
    ],
)
def test_what_is_not_there_is_said_in_a_line(world: World, name: str, problem: str) -> None:
    with pytest.raises(Refused, match=problem):
        Show(world.store)("dobra", name)
