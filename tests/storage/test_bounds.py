"""What is written at each bound of an event (docs/integrating.md), and of what grows, fits into what DynamoDB takes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.record import Record
from shopbell.domain.time.calendar import format_instant, format_stamp
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PHONE = "+380445550101"
ID, TEXT = "ї" * 128, "Її" * 500
LINK = "https://dobra.example/".ljust(1000, "x")
ITEM = {"sku": ID, "name": TEXT, "quantity": "1", "unit_price": "1.00", "url": LINK, "image_url": LINK}
MISSED_BEFORE = 1_800
"""So many still fit into one item, at 230 bytes each."""


def kinds(count: int) -> list[dict[str, Any]]:
    return [{"sku": f"S-{n}", "name": "Mug", "quantity": "1", "unit_price": "1.00"} for n in range(count)]


def an_id(number: int) -> str:
    return f"{number}{ID}"[:128]


@pytest.mark.parametrize("count", [1, 100, 101, 500])
def test_an_order_of_many_kinds_is_received_and_paid(count: int) -> None:
    world = World()
    world.place(items=kinds(count), total=f"{count}.00")
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]


@pytest.mark.parametrize(
    "count",
    [
        100,
        101,
    ],
)
def test_who_ordered_many_kinds_hears_of_a_new_price(count: int) -> None:
    world = World()
    world.place(items=kinds(count), total="100.00")
    repriced = {"old_total": "100.00", "new_total": "200.00", "reason": "The maker's price"}
    world.tell("order.repriced", {"total": "200.00"}, repriced=repriced)
    assert world.kinds == ["order_received", "order_repriced"]


def test_ids_of_128_letters_are_kept_apart_and_told_of() -> None:
    world = World()
    for number in range(2):
        told: dict[str, Any] = {"order_id": an_id(number), "customer_id": an_id(number)}
        told["customer"] = {"email": f"o{number}@customer.example"}
        order = an_order(number=an_id(number), items=[ITEM], **{"payment.id": an_id(number)})
        world.tell("order.placed", order, event_id=an_id(10 + number), **told)
        world.tell("order.paid", {}, payment={"id": an_id(number)}, **told)
        world.tell("order.shipped", {"delivery.tracking_number": an_id(number)}, **told)
        world.tell("order.refunded", {}, refund={"id": an_id(number), "amount": "1.00"}, **told)
        complaint = {"complaint": {"id": an_id(number), "order": an_id(number), "text": TEXT}}
        world.tell("complaint.opened", customer=told["customer"], customer_id=an_id(number), said=complaint)
    news = ["order_received", "payment_received", "order_shipped", "order_refunded", "complaint_received"]
    assert world.kinds == news * 2


def test_an_order_whose_every_text_is_the_longest_is_told_to_its_end() -> None:
    world = World()
    texts = {f"delivery.{name}": TEXT for name in ("title", "address", "carrier", "courier")}
    texts |= {"payment.details": TEXT, "payment.title": TEXT, "payment.url": LINK, "staff": TEXT}
    options = {f"{number:128}": TEXT for number in range(50)}
    world.place({**OLENA, "name": TEXT}, **texts, items=[{**ITEM, "options": options}])
    world.tell("order.delayed", {}, delay={"reason": TEXT, "remedy": TEXT, "new_date": "2026-03-10"})
    world.tell("order.cancelled", {}, reason=TEXT)
    assert world.kinds == ["order_received", "order_delayed", "order_cancelled"]


def test_an_order_of_which_200_events_were_told_before_it_is_placed_exists() -> None:
    world = World()
    for number in range(200):
        world.tell("order.refunded", {}, refund={"id": f"r-{number}", "amount": "1.00"})
    world.place()
    assert "order_received" in world.kinds


def delays(reason: str, remedy: str) -> list[dict[str, Any]]:
    days = [(date(2026, 4, 1) + number * DAY).isoformat() for number in range(120)]
    return [{"delay": {"reason": reason, "remedy": remedy, "new_date": day}} for day in days]


UNAVAILABLE = [{"sku": f"S-{number}", "alternatives": [ITEM] * 10} for number in range(20)]


@pytest.mark.parametrize(
    ("kind", "event", "told"),
    [
        pytest.param("order_delayed", "order.delayed", delays(TEXT, ""), id="reasons"),
        pytest.param("order_delayed", "order.delayed", delays(TEXT, TEXT), id="reasons and remedies"),
        pytest.param("item_unavailable", "order.item_unavailable", UNAVAILABLE, id="alternatives"),
    ],
)
def test_of_an_order_that_is_told_of_again_and_again_the_newest_is_heard(
    kind: str, event: str, told: list[dict[str, Any]]
) -> None:
    world = World()
    world.place(items=kinds(20))
    world.deaf = True
    for each in told[:-1]:
        world.tell(event, {}, said=each)
        world.now += MINUTE / 10
    world.deaf = False
    world.tell(event, {}, said=told[-1])
    assert world.kinds == ["order_received", kind]


def complaining(world: World, count: int) -> None:
    for number in range(count):
        complaint = {"id": f"k-{number}", "text": TEXT}
        world.tell("complaint.opened", None, OLENA, customer_id="7", said={"complaint": complaint})
    world.now += MINUTE


@pytest.mark.parametrize(
    "count",
    [
        99,
        101,
    ],
)
def test_a_customer_of_many_complaints_can_be_forgotten(count: int) -> None:
    world = World()
    complaining(world, count)
    world.tell("customer.erased", customer_id="7")
    assert [word for word in ("olena@", "Olena", "Її") if word in world.stored()] == []


def moment_of(number: int) -> datetime:
    return MONDAY + number * timedelta(seconds=1)


def ring(world: World, number: int) -> None:
    world.now = moment_of(number)
    said = {"phone": PHONE, "at": format_instant(world.now)}
    world.tell("call.missed", None, {"phone": PHONE}, said=said)


def has_rung(world: World, count: int) -> None:
    """One call is told; the others are put beside it as they would stand there, decided, too."""
    ring(world, 0)
    session = world.store.session("dobra")
    subject = session.customer(session.contact(world.contact_key("dobra", PHONE)).contact.whose)
    (first,) = subject.entity.record.occurrences["call.missed"].values()
    calls, decided = {}, dict(subject.agenda.decided)
    for number in range(count):
        at = format_instant(moment_of(number))
        version = f"{format_stamp(moment_of(number))}|evt_{number:04}"
        calls[at] = replace(first, at=moment_of(number), version=version, facts={"phone": PHONE, "at": at})
        decided[f"staff_missed_call|{at}"] = next(iter(subject.agenda.decided.values()))
    record = subject.entity.record.merged(Record(occurrences={"call.missed": calls}))
    agenda = replace(subject.agenda, decided=decided)
    after = replace(subject, entity=replace(subject.entity, record=record), agenda=agenda)
    session.save(after, has_new_facts=True)
    session.commit()


def test_of_2000_missed_calls_of_one_number_the_last_is_a_task_too() -> None:
    world = World(shop=a_busy_shop())
    has_rung(world, MISSED_BEFORE)
    for number in range(MISSED_BEFORE, 2_000):
        ring(world, number)
    assert world.sent()[-1].occurrence_id == format_instant(moment_of(1_999))


def test_of_200_callbacks_with_long_notes_the_last_is_a_task_too() -> None:
    world = World(shop=a_busy_shop())
    for _ in range(200):
        world.now += MINUTE
        agreed = {"phone": PHONE, "at": format_instant(world.now + 10 * MINUTE), "note": TEXT}
        world.tell("callback.agreed", None, OLENA, customer_id="7", said=agreed)
    world.until(world.now + 10 * MINUTE)
    assert world.tasks[-1:] == ["staff_callback"]
