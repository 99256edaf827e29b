"""A request that an outage strikes is not tried again: the due index has its message, whatever the outage came upon."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from tests.prove.telling import DAY, HOUR, MINUTE, MONDAY, OLENA, placed, repeated, taken
from tests.simulator.case import Case
from tests.simulator.faults import Fault
from tests.simulator.judges import twice
from tests.simulator.play import Play, live
from tests.simulator.table import Refused

REQUESTS = "ORDER_EMAIL_QUEUE_URL"
TRIES = 3
"""The SDK's own: of one call, each fails."""
OUTAGES = (Fault.DOWN, Fault.THROTTLE, Fault.ERROR, Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER)
Came = Callable[[Play], None]


def planned(world: Play) -> None:
    """Nobody has looked at it yet."""


def held(world: Play) -> None:
    """The provider was down once."""
    _with(world, "send_email", Fault.DOWN)
    world.cloud.move(MONDAY + 3 * MINUTE)


def opened_again(world: Play) -> None:
    """It was in doubt once, and its lease ran out."""
    _with(world, "send_email", Fault.TIMEOUT_AFTER)
    world.cloud.move(MONDAY + 6 * MINUTE)
    world.stage.invoke("sweep_outbox", {})


def _with(world: Play, operation: str, fault: Fault) -> None:
    number = next(number for number, name in enumerate(_calls(), 1) if name == operation)
    _hand_over(world, {number: fault})


def _hand_over(world: Play, faults: dict[int, Fault]) -> Any:
    """The answer to a request; `faults`: which of its calls fails how."""
    wire = world.cloud.wire
    before = len(wire.calls)
    wire.at_call = {before + number: fault for number, fault in faults.items()}
    answer = world.stage.invoke(
        "send_email", {"Records": [{"messageId": "1", "body": world.cloud.queues.bodies[-1][1]}]}
    )
    wire.at_call = {}
    return answer


@cache
def _calls() -> tuple[str, ...]:
    """What one request asks of AWS, while nothing fails."""
    with live(MONDAY) as world:
        _place(world)
        before = len(world.cloud.wire.calls)
        _hand_over(world, {})
        return tuple(call.operation for call in world.cloud.wire.calls[before:])


def _place(world: Play) -> None:
    """Its request is made by hand alone."""
    world.tell(placed("1", OLENA, MONDAY))
    world.deliver_from("EVENTS_QUEUE_URL")
    world.cloud.queues.waiting[REQUESTS].clear()


@pytest.mark.parametrize("came", [planned, held, opened_again])
@pytest.mark.parametrize("fault", OUTAGES)
def test_whatever_call_an_outage_strikes_the_request_is_acknowledged_and_the_letter_leaves(
    came: Came, fault: Fault
) -> None:
    for first in range(1, len(_calls()) + 1):
        with live(MONDAY, (OLENA,)) as world:
            _place(world)
            came(world)
            before = taken(world)
            answer = _hand_over(world, dict.fromkeys(range(first, first + TRIES), fault))
            assert answer == {"batchItemFailures": []}
            world.cloud.queues.waiting[REQUESTS].clear()
            world.until(MONDAY + HOUR)
            (message,) = (each for each in Case(world.played).messages if each.channel == "email")
            assert (message.status, "due_at" in _item(world, message.id)) == ("sent", False), f"call {first}"
            assert taken(world) > before
            assert not list(twice(Case(world.played)))
            assert not world.cloud.queues.died


def _item(world: Play, message: str) -> dict[str, Any]:
    return next(item for key, item in world.cloud.table.items.items() if key[1] == f"message#{message}")


def _rights_are_missing(world: Play) -> None:
    def update_item(request: Any) -> Any:
        raise Refused("AccessDeniedException")

    world.cloud.table.update_item = update_item  # type: ignore[method-assign]


def test_missing_rights_wake_somebody_and_give_no_request_up() -> None:
    with live(MONDAY, (OLENA,)) as world:
        _place(world)
        _rights_are_missing(world)
        assert _hand_over(world, {}) == {"batchItemFailures": []}
        assert '"alarm"' in world.stage.log.getvalue()
        assert '"AccessDeniedException"' in world.stage.log.getvalue()


def test_an_outage_wakes_nobody() -> None:
    with live(MONDAY, (OLENA,)) as world:
        _place(world)
        _hand_over(world, dict.fromkeys(range(1, 1 + TRIES), Fault.THROTTLE))
        assert '"outage"' in world.stage.log.getvalue()
        assert '"alarm"' not in world.stage.log.getvalue()


def test_what_is_wrong_with_the_code_comes_back_and_ends_among_the_dead_letters() -> None:
    with live(MONDAY) as world:
        world.cloud.queues.send_message({"QueueUrl": REQUESTS, "MessageBody": '{"shop": "dobra"}'})
        world.until(MONDAY + HOUR)
        assert [url for url, _ in world.cloud.queues.died] == [REQUESTS]


def test_a_table_that_cannot_be_written_for_days_makes_no_dead_letters_and_loses_nothing() -> None:
    with live(MONDAY, (OLENA,)) as world:
        _place(world)
        update = world.cloud.table.update_item

        def update_item(request: Any) -> Any:
            if world.cloud.now < MONDAY + DAY:
                raise Refused("ThrottlingException")
            return update(request)

        world.cloud.table.update_item = update_item  # type: ignore[method-assign]
        world.until(MONDAY + DAY + HOUR)
        assert (taken(world), repeated(world), world.cloud.queues.died) == (1, 0, [])


def test_a_message_that_cannot_be_read_keeps_no_other_from_being_rung_for() -> None:
    with live(MONDAY, (OLENA,)) as world:
        _place(world)
        world.tell(placed("2", OLENA, MONDAY))
        world.deliver_from("EVENTS_QUEUE_URL")
        world.cloud.queues.waiting[REQUESTS].clear()
        first = min(key for key in world.cloud.table.items if key[1].startswith("message#"))
        world.cloud.table.items[first]["doc"] = {"S": "{}"}
        world.cloud.move(MONDAY + timedelta(minutes=10))
        world.stage.invoke("sweep_outbox", {})
        world.settle()
        assert taken(world) == 1
        assert '"alarm"' in world.stage.log.getvalue()
