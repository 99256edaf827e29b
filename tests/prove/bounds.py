"""Figure 26: each bound of what a shop may tell, and each thing that grows, against a table as strict as AWS."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from shopbell.domain.time.calendar import format_instant
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, MINUTE, MONDAY, OLENA, an_order, news, placed, tell
from tests.simulator.case import Case
from tests.simulator.play import Play, live
from tests.simulator.story import Tell

SECOND = timedelta(seconds=1)
TEXT, ID = "Її" * 500, "ї" * 120
CALLER = "+380505550177"


def items(count: int) -> list[dict[str, Any]]:
    return [{"sku": f"S-{n}", "name": f"Mug {n}", "quantity": 1, "unit_price": "1.00"} for n in range(count)]


def of_500_kinds() -> Iterator[Tell]:
    order = an_order("1", OLENA, MONDAY) | {"items": items(500), "total": "500.00"}
    yield tell("order.placed", MONDAY, {"order": order}, "placed")
    repriced = {"repriced": {"old_total": "500.00", "new_total": "900.00", "reason": TEXT}}
    yield news("order.repriced", "1", MONDAY + MINUTE, beside=repriced)


def told_of_200_times_before_it_is_placed() -> Iterator[Tell]:
    for number in range(200):
        refund = {"refund": {"id": f"r-{number}", "amount": "1.00", "reason": TEXT}}
        event = news("order.refunded", "1", MONDAY + number * SECOND, beside=refund)
        yield replace(event, id=f"r-{number}")
    yield placed("1", OLENA, MONDAY)


def delayed_120_times() -> Iterator[Tell]:
    yield placed("1", OLENA, MONDAY)
    for number in range(120):
        day = (MONDAY + (30 + number) * DAY).date().isoformat()
        delay = {"delay": {"reason": TEXT, "remedy": TEXT, "new_date": day}}
        yield replace(news("order.delayed", "1", MONDAY + number * SECOND, beside=delay), id=f"d-{number}")


def with_101_complaints_and_forgotten() -> Iterator[Tell]:
    yield placed("1", OLENA, MONDAY)
    for number in range(101):
        complaint = {"complaint": {"id": f"q-{number}", "order": "1", "text": TEXT, "customer": OLENA.as_sent}}
        yield tell("complaint.opened", MONDAY + number * SECOND, complaint, f"q-{number}")
    yield tell("customer.erased", MONDAY + MINUTE * 5, {"customer": {"id": OLENA.id}}, "erased")


def of_one_number_that_rings_2000_times() -> Iterator[Tell]:
    for number in range(2_000):
        at = MONDAY + number * SECOND
        yield tell("call.missed", at, {"phone": CALLER, "at": format_instant(at)}, f"call-{number}")


def of_the_longest_ids() -> Iterator[Tell]:
    for number in range(2):
        order = an_order(f"{ID}{number}", OLENA, MONDAY) | {"number": f"{ID}{number}"}
        yield tell("order.placed", MONDAY, {"order": order}, f"placed-{number}")
        yield tell("order.paid", MONDAY + MINUTE, {"order": {"id": f"{ID}{number}"}}, f"paid-{number}")


LIVES: Mapping[str, tuple[Callable[[], Iterator[Tell]], str]] = {
    "an order of 500 kinds": (of_500_kinds, "order_repriced"),
    "200 events before it is placed": (told_of_200_times_before_it_is_placed, "order_received"),
    "120 delays of 2 000 letters": (delayed_120_times, "order_delayed"),
    "101 complaints, then forgotten": (with_101_complaints_and_forgotten, "complaint_received"),
    "2 000 calls of one number": (of_one_number_that_rings_2000_times, "staff_missed_call"),
    "ids of 121 letters": (of_the_longest_ids, "payment_received"),
}
"""What happens, and a kind of message that must leave all the same."""


def bounds() -> Reached:
    lost = [name for name, (events, kind) in LIVES.items() if not _holds(events(), kind)]
    return Reached(f"{len(LIVES)} lives at the bounds: lost or dead {len(lost)} {', '.join(lost)}".strip(), not lost)


def _holds(events: Iterator[Tell], kind: str) -> bool:
    """The message left, every event was worked off, no dead letter and no failure came of it."""
    with live(MONDAY, (OLENA,), quiet=False) as world:
        tells = list(events)
        for event in tells:
            world.cloud.move(max(world.cloud.now, event.at))
            world.act(event)
        _later(world)
        case = Case(world.played)
        worked_off = {event_id for _, event_id in world.played.reacted}
        left = any(message.kind == kind and message.sent_at for message in case.messages)
        dead = any(world.cloud.queues.dead.values())
        return left and not dead and not world.cloud.wire.invalid and {event.id for event in tells} <= worked_off


def _later(world: Play) -> None:
    world.until(world.cloud.now + 30 * MINUTE)


FIGURES = (
    Figure(
        26,
        "AWS's bounds",
        "each bound, and each thing that grows, against a table that refuses as AWS does",
        "lost 0, dead letters 0",
        bounds,
    ),
)
