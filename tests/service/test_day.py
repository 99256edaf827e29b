"""`staff.digest: daily`: what can wait, and what waited for the opening, comes in one letter when the shop opens."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Digest, Figures, Shop, Staff
from shopbell.domain.time.calendar import parse_instant
from shopbell.service.operators.days import begin_days
from tests.rendering.letters import RENDERER
from tests.world import KYIV, OLENA, World, a_busy_shop, an_order

DAILY = Staff("team@dobra.example", Digest.DAILY)
CONFIRM, PACK, DAY = "staff_confirm_order", "staff_pack", "staff_day"
SUNDAY = "2026-03-01T20:00:00+02:00"
CALL_LATER = {"staff_order_late": Figures(enabled=False)}


def daily(at: str = SUNDAY, **changes: Any) -> World:
    """A shop whose people hear of each day when it opens, at nine."""
    world = World(shop=a_shop(**changes), now=parse_instant(at))
    begin_days(world.workplace, world.shop, world.now)
    return world


def a_shop(**changes: Any) -> Shop:
    return a_busy_shop(**{"staff": DAILY, "journeys": CALL_LATER} | changes)


def order(world: World, number: str, **changes: Any) -> None:
    world.tell("order.placed", an_order(number=number, **changes), OLENA, order_id=number)


def at(text: str) -> datetime:
    """A time of day on the first Monday of March."""
    return datetime.fromisoformat(f"2026-03-02T{text}").replace(tzinfo=KYIV)


def days(world: World) -> list[str]:
    return world.sent_at(DAY)


def letters(world: World) -> list[str]:
    """What came into the staff's inbox."""
    return [letter.kind for letter in world.staff.taken]


def test_what_came_at_night_is_one_letter_in_the_morning_and_an_entry_each() -> None:
    world = daily()
    for number in ("1", "2", "3"):
        order(world, number)
    assert letters(world) == []
    world.until(at("09:10"))
    assert letters(world) == [DAY]
    (day,) = [m for m in world.sent() if m.name == DAY]
    confirm = [m for m in world.sent() if m.name == CONFIRM]
    assert days(world) == ["Mon 02 09:03"]
    assert [m.letter for m in confirm] == [day.id] * 3
    assert {each.sent_at for each in confirm} == {day.sent_at}


@pytest.mark.parametrize(
    ("complaints", "taken"),
    [
        ("", [(DAY, "team@dobra.example")]),
        ("team@dobra.example", [(DAY, "team@dobra.example")]),
        ("desk@dobra.example", [("staff_complaint", "desk@dobra.example"), (DAY, "team@dobra.example")]),
    ],
    ids=["nobody named", "the team itself", "somebody else"],
)
def test_a_complaint_of_the_night_reaches_the_one_who_answers_them(
    complaints: str, taken: list[tuple[str, str]]
) -> None:
    world = daily(staff=Staff("team@dobra.example", Digest.DAILY, complaints=complaints))
    said = {"complaint": {"id": "c1", "kind": "complaint", "text": "The handle is off."}}
    world.tell("complaint.opened", None, OLENA, said=said)
    world.until(at("09:10"))
    assert [(letter.kind, letter.to) for letter in world.staff.taken] == taken


def test_nothing_comes_on_a_morning_with_nothing_open() -> None:
    world = daily()
    world.until(at("12:00"))
    assert letters(world) == []
    assert world.reasons(DAY) == ["skipped nothing_to_tell"]


def test_what_is_still_open_from_yesterday_comes_again_until_somebody_says_what_came_of_it() -> None:
    world = daily()
    order(world, "1")
    world.until("2026-03-03T12:00:00Z")
    assert days(world) == ["Mon 02 09:03", "Tue 03 09:03"]
    world.close(CONFIRM, "reached")
    world.until("2026-03-04T12:00:00Z")
    assert days(world) == ["Mon 02 09:03", "Tue 03 09:03"]


def test_what_settled_itself_is_not_told() -> None:
    world = daily()
    order(world, "1")
    world.tell("order.cancelled", order_id="1")
    world.until(at("12:00"))
    assert letters(world) == []


@pytest.mark.parametrize(
    ("paid", "left"),
    [("10:20", "Mon 02 11:00"), ("10:00", "Mon 02 11:00"), ("17:20", "Tue 03 09:03"), ("20:00", "Tue 03 09:03")],
)
def test_packing_comes_on_the_hour_while_the_shop_is_open(paid: str, left: str) -> None:
    world = daily(f"2026-03-02T{paid}:00+02:00")
    world.place(channel="phone")
    world.tell("order.paid")
    world.until("2026-03-03T09:00:00Z")
    assert world.sent_at(PACK) == [left]


def test_what_falls_due_with_the_opening_is_in_that_mornings_letter() -> None:
    world = daily()
    world.place(channel="phone", **{"delivery.ships_by": "2026-03-06"})
    world.tell("order.paid")
    world.until("2026-03-05T12:00:00Z")
    assert world.sent_at("staff_promise_at_risk") == ["Thu 05 09:03"]
    assert letters(world).count("staff_promise_at_risk") == 0


def test_a_call_that_was_agreed_and_a_missed_one_come_at_any_hour() -> None:
    world = daily()
    world.tell("call.missed", customer={"phone": "+380445550303"}, said={"phone": "+380445550303"})
    assert letters(world) == ["staff_missed_call"]


def test_what_the_owner_is_to_hear_comes_by_itself() -> None:
    world = daily(staff=Staff("team@dobra.example", Digest.DAILY, owner="owner@dobra.example"), journeys={})
    order(world, "1")
    world.until("2026-03-03T12:00:00Z")
    urged = [letter.to for letter in world.staff.taken if letter.kind == "staff_order_late"]
    assert urged[-1] == "owner@dobra.example"


@pytest.mark.parametrize("digest", [Digest.OFF, Digest.HOURLY])
def test_who_wants_no_letter_of_the_day_gets_none(digest: Digest) -> None:
    world = daily(staff=Staff("team@dobra.example", digest))
    order(world, "1")
    order(world, "2")
    world.until("2026-03-04T12:00:00Z")
    assert DAY not in letters(world)
    assert world.sent_at(CONFIRM) == ["Mon 02 09:00"] * 2


def test_while_the_provider_takes_nothing_the_morning_waits_and_nothing_is_lost() -> None:
    world = daily()
    order(world, "1")
    world.staff.failures = [DeliveryError(FailureKind.TEMPORARY, "unavailable")] * 2
    world.until(at("12:00"))
    assert world.sent_at(CONFIRM) != []
    assert len(world.sent_at(CONFIRM)) == 1


def test_where_the_letter_of_the_day_is_turned_off_the_tasks_come_together_all_the_same() -> None:
    world = daily(journeys=CALL_LATER | {DAY: Figures(enabled=False)})
    order(world, "1")
    order(world, "2")
    world.until(at("12:00"))
    assert [letter.subject for letter in world.staff.taken] == ["2 tasks"]


def test_a_bad_task_keeps_no_other_from_its_letter() -> None:
    world = daily()
    order(world, "1")
    order(world, "2")
    world.break_reading("1")
    world.until(at("09:04"))
    assert days(world) == ["Mon 02 09:03"]


def said(world: World, locale: str = "en") -> Mapping[str, Any]:
    return next(content for content in world.renderer.said if content["kind"] == DAY)


def test_calls_come_first_by_promise_and_money_then_parcels_then_what_is_left() -> None:
    world = daily("2026-02-27T20:00:00+02:00")
    order(world, "old", total="9000.00")
    world.until("2026-03-02T12:00:00Z")
    world.now = at("20:00")
    order(world, "cheap", total="100.00")
    order(world, "dear", total="900.00")
    order(world, "promised", total="50.00", **{"delivery.ships_by": "2026-03-04", "payment.method": "cash_on_delivery"})
    order(world, "to-pack", channel="phone")
    world.tell("order.paid", order_id="to-pack")
    world.renderer.said.clear()
    world.until("2026-03-03T07:10:00Z")
    day = said(world)["day"]
    assert [line.content["order"].number for line in day.calls] == ["promised", "dear", "cheap"]
    assert [line.content["order"].number for line in day.parcels] == ["promised", "to-pack"]
    assert [line.content["order"].number for line in day.left_open] == ["old"]
    assert (day.number, day.more) == (6, 0)


def test_a_long_day_names_the_first_forty() -> None:
    world = daily()
    for number in range(45):
        order(world, str(number))
    world.until(at("09:10"))
    day = said(world)["day"]
    assert (len(day.calls), day.number, day.more) == (40, 45, 5)
    assert letters(world) == [DAY]
    assert world.tasks.count(CONFIRM) == 45


@pytest.mark.parametrize("locale", sorted(RENDERER.locales()))
def test_the_letter_names_each_task_with_its_link_and_the_number_to_ring(locale: str) -> None:
    world = daily(locale=locale)
    world.tell("order.placed", an_order(number="A-1"), OLENA | {"phone": "+380445550101"}, order_id="A-1")
    world.send = world.sending_with(RENDERER)
    world.until(at("09:10"))
    (letter,) = world.staff.taken
    (task,) = [m for m in world.sent() if m.name == CONFIRM]
    for part in (letter.html, letter.text):
        assert "A-1" in part
        assert f"https://links.example/t/dobra.{task.id}" in part
    assert 'href="tel:+380445550101"' in letter.html
    assert world.now - at("09:00").astimezone(world.now.tzinfo) == timedelta(minutes=10)


def board(world: World) -> str:
    """The page behind the link of the newest letter of a day."""
    status, page = world.visit(world.link(DAY))
    assert status == 200
    return page


@pytest.mark.parametrize("locale", sorted(RENDERER.locales()))
def test_the_letters_page_is_the_shops_board_of_what_is_open_and_what_was_done_today(locale: str) -> None:
    world = daily(locale=locale)
    world.pages = RENDERER
    for number in ("A-1", "A-2", "A-3"):
        world.tell("order.placed", an_order(number=number), OLENA | {"phone": "+380445550101"}, order_id=number)
    world.until(at("09:10"))
    first, second, _ = (m for m in world.sent() if m.name == CONFIRM)
    world.tell("call.done", task=first.id, outcome="reached")
    world.tell("order.cancelled", order_id=second.order)
    page = board(world)
    links = {each.id: f"/t/{world.link_of(each)}" for each in world.sent() if each.name == CONFIRM}
    assert {task for task, link in links.items() if link in page} == links.keys() - {second.id}
    assert 'href="tel:+380445550101"' in page
    assert "<form" not in page


def test_the_board_names_all_and_changes_with_the_day() -> None:
    world = daily()
    for number in range(45):
        order(world, f"A-{number:02}")
    world.until(at("09:10"))
    world.pages = RENDERER
    assert all(f"A-{number:02}" in board(world) for number in range(45))
    world.until("2026-03-05T20:00:00Z")
    assert "A-00" not in board(world)


def test_what_is_posted_to_the_board_changes_nothing() -> None:
    world = daily()
    order(world, "A-1")
    world.until(at("09:10"))
    world.pages = RENDERER
    before = len(world.table.items)
    status, _ = world.visit(world.link(DAY), "reached")
    assert (status, len(world.table.items)) == (200, before)


def test_nobody_who_was_forgotten_is_on_the_board() -> None:
    world = daily()
    world.pages = RENDERER
    world.tell("order.placed", an_order(number="A-1"), OLENA, order_id="A-1", customer_id="7")
    world.until(at("09:10"))
    world.tell("customer.erased", customer_id="7")
    assert "Olena" not in board(world)


def test_an_order_that_was_urged_again_and_again_is_one_line() -> None:
    world = daily("2026-02-27T20:00:00+02:00", journeys={})
    order(world, "1")
    world.until("2026-03-03T07:10:00Z")
    assert [line.kind for line in said(world)["day"].lines] == ["staff_confirm_order"]
    (line,) = [content for content in world.renderer.said if content["kind"] == DAY][-1]["day"].lines
    assert (line.kind, line.is_old) == ("staff_order_late", False)
