"""What the shop's people are asked to do about an order, and what becomes of their answers."""

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.model.keys import read_keys
from shopbell.domain.model.shop import Digest, Staff
from shopbell.domain.model.tokens import Token, sign_token
from shopbell.domain.time.calendar import parse_instant
from tests.world import KEYS, KYIV, MONDAY, OLENA, World, a_busy_shop, an_order, urged

OTHER_KEYS = read_keys("another key")
LATE = ("staff_order_late.20_minutes", "staff_order_late.1_hour", "staff_order_late.3_hours")
CONFIRM = "staff_confirm_order"
CASH = {"payment.method": "cash_on_delivery"}
BOTH = OLENA | {"phone": "+380445550101"}


def busy(at: str | datetime = MONDAY) -> World:
    return World(shop=a_busy_shop(), now=parse_instant(at) if isinstance(at, str) else at)


def placed(at: str | datetime = MONDAY) -> World:
    world = busy(at)
    world.place(BOTH, **CASH)
    return world


def kyiv(text: str) -> datetime:
    """A time of day on the first Monday of March."""
    return parse_instant(f"2026-03-02T{text}:00+02:00")


def clock(at: datetime) -> str:
    return f"{at.astimezone(KYIV):%a %d %H:%M}"


def test_each_order_is_a_call_to_confirm_it_at_once_while_the_shop_is_open() -> None:
    assert placed().tasks == [CONFIRM]
    at_night = placed("2026-03-01T01:00:00Z")
    assert at_night.tasks == []
    at_night.until("2026-03-02T07:05:00Z")
    assert at_night.sent_at(CONFIRM) == ["Mon 02 09:00"]


def test_an_order_taken_by_phone_needs_no_call_to_confirm_it() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA, channel="phone")
    assert world.tasks == []
    assert world.reasons(CONFIRM) == ["skipped nothing_to_tell"]


@pytest.mark.parametrize(
    "news",
    [
        {"event_type": "order.delayed", "delay": {"new_date": "2026-03-10"}},
        {"event_type": "order.repriced", "repriced": {"old_total": "1499.00", "new_total": "1599.00"}},
        {"event_type": "order.refunded", "refund": {"id": "r-1", "amount": "1.00"}},
        {"event_type": "order.cancelled"},
        {"event_type": "order.paid"},
    ],
    ids=lambda news: news["event_type"],
)
def test_an_order_that_somebody_has_in_hand_is_not_urged(news: dict[str, Any]) -> None:
    world = World(shop=a_busy_shop())
    world.place()
    world.tell(**news)
    world.until("2026-03-04T00:00:00Z")
    assert "staff_order_late" not in world.tasks


def test_a_late_order_climbs_to_the_owner_the_next_morning() -> None:
    world = World(shop=a_busy_shop(staff=Staff("team@dobra.example", Digest.OFF, owner="owner@dobra.example")))
    world.place()
    world.until("2026-03-04T00:00:00Z")
    steps = (*LATE, "staff_order_late.next_morning")
    times = ["Mon 02 10:20", "Mon 02 11:00", "Mon 02 13:00", "Tue 03 09:00"]
    assert [world.sent_at(step) for step in steps] == [[time] for time in times]
    urged = [letter.to for letter in world.staff.taken if letter.kind == "staff_order_late"]
    assert urged == ["team@dobra.example"] * 3 + ["owner@dobra.example"]


@pytest.mark.parametrize(
    "ordered", ["2026-03-02T10:00:00+02:00", "2026-03-02T17:59:00+02:00", "2026-03-07T12:00:00+02:00"]
)
def test_an_order_nobody_took_on_is_an_alarm_each_more_urgent_counted_while_the_shop_is_open(ordered: str) -> None:
    world = placed(ordered)
    world.until("2026-03-09T16:00:00Z")
    assert [world.sent_at(name) for name in LATE] == [[clock(urged(name, parse_instant(ordered)))] for name in LATE]


@pytest.mark.parametrize(
    "event",
    ["order.accepted", "order.handed_over", "order.shipped", "order.ready_for_pickup", "order.delivered",
     "order.cancelled"],
)  # fmt: skip
def test_once_the_order_is_taken_on_or_called_off_nobody_is_urged(event: str) -> None:
    world = placed()
    world.until(urged(LATE[0]))
    world.tell(event)
    world.until(MONDAY + timedelta(days=2))
    assert [name for name in world.tasks if name in LATE] == [LATE[0]]


def test_who_paid_still_waits_for_a_person_to_take_the_order_on() -> None:
    world = placed()
    world.tell("order.paid")
    world.until(MONDAY + timedelta(hours=4))
    assert [name for name in world.tasks if name in LATE] == [*LATE]


def test_an_order_told_two_hours_late_is_as_urgent_as_it_is_by_then() -> None:
    world = busy(kyiv("12:00"))
    world.tell("order.placed", an_order(**CASH), BOTH, at=MONDAY)
    world.tick()
    assert world.tasks == [CONFIRM, LATE[1]]
    assert sorted(world.reasons("staff_order_late")) == ["sent due", "skipped window_passed"]


@pytest.mark.parametrize("event", ["order.accepted", "order.delivered", "order.cancelled"])
def test_news_that_came_before_its_order_leaves_nothing_to_confirm(event: str) -> None:
    world = busy()
    world.tell(event)
    world.place(BOTH, **CASH)
    world.until(MONDAY + timedelta(hours=5))
    assert not {CONFIRM, *LATE} & set(world.tasks)


def test_nobody_is_asked_about_orders_of_long_ago() -> None:
    world = busy()
    world.tell("order.placed", {"number": "7", "total": "1.00"}, BOTH, at=MONDAY - timedelta(days=400))
    world.until(MONDAY + timedelta(days=1))
    assert world.tasks == []


@pytest.mark.parametrize("by_page", [False, True], ids=["call.done", "page"])
@pytest.mark.parametrize("outcome", ["reached", "no_answer", "refused", "accepted"])
def test_whatever_came_of_the_call_stops_the_alarms(outcome: str, by_page: bool) -> None:
    world = placed()
    world.until(kyiv("10:05"))
    if by_page:
        assert world.visit(world.link(CONFIRM), outcome)[0] == 200
    else:
        world.close(CONFIRM, outcome)
    world.until(MONDAY + timedelta(days=1))
    assert [name for name in world.tasks if name in LATE] == []
    assert ("order_accepted" in world.kinds) is (outcome == "accepted")
    assert world.tasks.count(CONFIRM) == (2 if outcome == "no_answer" else 1)


@pytest.mark.parametrize(
    ("called", "again"),
    [
        ("10:05", "Mon 02 12:05"),
        ("15:59", "Mon 02 17:59"),
        ("16:00", "Mon 02 17:00"),
        ("17:00", "Mon 02 17:30"),
        ("17:30", "Mon 02 17:45"),
        ("17:31", "Tue 03 10:31"),
        ("20:00", "Tue 03 11:00"),
    ],
)
def test_nobody_answered_brings_the_call_back_later_the_same_working_day(called: str, again: str) -> None:
    world = placed()
    world.until(kyiv(called))
    world.close(CONFIRM, "no_answer")
    world.until("2026-03-04T00:00:00Z")
    assert world.sent_at(CONFIRM)[1:] == [again]


def test_a_customer_who_never_answers_is_called_back_three_times_and_then_left_alone() -> None:
    world = placed()
    for _ in range(6):
        if world.now < MONDAY + timedelta(days=5):
            world.close(CONFIRM, "no_answer")
            world.until(world.now + timedelta(days=1))
    assert world.sent_at(CONFIRM) == ["Mon 02 10:00", "Mon 02 12:00", "Tue 03 12:00", "Wed 04 12:00"]


def test_the_same_answer_told_twice_is_one_call_more() -> None:
    world = placed()
    task = world.sent()[-1].id
    for _ in range(3):
        world.tell("call.done", task=task, outcome="no_answer")
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks.count(CONFIRM) == 2


@pytest.mark.parametrize("event", ["order.accepted", "order.shipped", "order.cancelled"])
def test_a_call_does_not_come_back_when_there_is_nothing_to_ask_any_more(event: str) -> None:
    world = placed()
    world.close(CONFIRM, "no_answer")
    world.until(kyiv("11:00"))
    world.tell(event)
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks.count(CONFIRM) == 1


def test_nobody_answered_the_urgent_call_brings_the_call_back_as_well() -> None:
    world = placed()
    world.until(urged(LATE[0]))
    world.close(LATE[0], "no_answer")
    world.until(MONDAY + timedelta(days=2))
    assert world.sent_at(CONFIRM) == ["Mon 02 10:00", clock(urged(LATE[0]) + timedelta(hours=2))]
    assert [name for name in world.tasks if name in LATE] == [LATE[0]]


def test_an_answer_to_a_task_that_nobody_knows_is_a_decision_not_an_error() -> None:
    world = placed()
    world.tell("call.done", task="f00d", outcome="reached")
    assert world.reasons("call.done") == ["skipped missing_facts"]


def test_looking_at_a_task_changes_nothing() -> None:
    world = placed()
    link, before = world.link(CONFIRM), deepcopy(world.table.items)
    for method in ("GET", "HEAD", "GET"):
        assert world.visit(link, method=method) == (200, f"{CONFIRM} en open: accepted, reached, no_answer, refused")
    assert world.table.items == before


@pytest.mark.parametrize("outcome", ["reached", "no_answer", "refused", "accepted"])
def test_the_page_says_what_was_answered(outcome: str) -> None:
    world = placed()
    answers = "accepted, reached, no_answer, refused"
    assert world.visit(world.link(CONFIRM), outcome) == (200, f"{CONFIRM} en {outcome}: {answers}")
    assert world.visit(world.link(CONFIRM)) == (200, f"{CONFIRM} en {outcome}: {answers}")


def test_a_week_after_the_answer_the_page_shows_what_came_of_it_and_nobody_s_name() -> None:
    world = placed()
    link = world.link(CONFIRM)
    world.visit(link, "reached")
    world.now += timedelta(days=7, minutes=-1)
    assert world.visit(link)[1].startswith(CONFIRM)
    world.now += timedelta(minutes=1)
    before = deepcopy(world.table.items)
    assert world.visit(link) == (200, "past en reached: 1001, True, True")
    assert world.visit(link, "refused") == (410, "past en reached: 1001, True, True")
    assert world.table.items == before


def test_a_task_that_nobody_answered_still_names_whom_to_call() -> None:
    world = placed()
    link = world.link(CONFIRM)
    world.now += timedelta(days=30)
    assert world.visit(link)[1].startswith(CONFIRM)


def test_an_answer_that_there_is_not_is_asked_for_again() -> None:
    world = placed()
    before = deepcopy(world.table.items)
    assert world.visit(world.link(CONFIRM), "perhaps")[0] == 400
    assert world.visit(world.link(CONFIRM), method="POST")[0] == 400
    assert world.table.items == before


@pytest.mark.parametrize(
    ("token", "answer"),
    [
        ("", (404, "nothing uk: unknown")),
        ("1.abc.def", (404, "nothing uk: unknown")),
        (sign_token(OTHER_KEYS.links, Token("dobra", "f00d", "task"), MONDAY), (404, "nothing uk: unknown")),
        (sign_token(KEYS.links, Token("dobra", "f00d", "preferences"), MONDAY), (404, "nothing uk: unknown")),
        (
            sign_token(KEYS.links, Token("nobody", "f00d", "task"), MONDAY - timedelta(days=500)),
            (404, "nothing uk: unknown"),
        ),
        (sign_token(KEYS.links, Token("dobra", "f00d", "task"), MONDAY), (410, "nothing en: over")),
    ],
    ids=["none", "made up", "forged", "a customer's", "too old", "no such task"],
)
@pytest.mark.parametrize("outcome", ["", "accepted"])
def test_a_link_that_is_no_task_s_shows_and_changes_nothing(token: str, answer: tuple[int, str], outcome: str) -> None:
    world = placed()
    before = deepcopy(world.table.items)
    assert world.visit(token, outcome) == answer
    assert world.table.items == before


@pytest.mark.parametrize("came_back", [False, True])
def test_the_task_of_a_customer_who_was_forgotten_shows_and_changes_nothing(came_back: bool) -> None:
    world = placed()
    link = world.link(CONFIRM)
    world.now += timedelta(minutes=5)
    world.tell("customer.erased", None, {"email": OLENA["email"]})
    world.now += timedelta(minutes=5)
    if came_back:
        world.tell("order.placed", {"number": "1002", "total": "5.00"}, BOTH, order_id="1002")
    for outcome in ("", "accepted"):
        assert world.visit(link, outcome) == (410, "nothing en: over")
    assert "order_accepted" not in world.kinds


@pytest.mark.parametrize(
    ("answers", "calls"),
    [
        (["no_answer", "reached"], 1),
        (["no_answer", "accepted"], 1),
        (["no_answer", "no_answer"], 2),
        (["reached", "no_answer"], 2),
    ],
)
def test_who_answers_again_has_thought_better_of_it(answers: list[str], calls: int) -> None:
    world = placed()
    for answer in answers:
        world.now += timedelta(minutes=3)
        world.visit(world.link(CONFIRM), answer)
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks.count(CONFIRM) == calls


def test_a_task_closed_on_its_page_and_by_the_shop_is_closed_once() -> None:
    world = placed()
    world.visit(world.link(CONFIRM), "accepted")
    world.close(CONFIRM, "reached")
    world.tell("order.accepted")
    assert world.kinds.count("order_accepted") == 1


def test_an_order_accepted_on_the_phone_has_a_day_by_which_it_leaves() -> None:
    world = placed()
    world.close(CONFIRM, "accepted")
    world.until("2026-03-06T12:00:00Z")
    assert world.sent_at("staff_dispatch_overdue") == ["Fri 06 09:00"]


def test_nobody_is_told_that_a_task_comes_back_which_does_not() -> None:
    world = placed()
    world.until(urged(LATE[0]))
    assert world.visit(world.link(LATE[0])) == (200, f"{LATE[0][:16]} en open: accepted, reached, no_answer, refused")
    world.tell("order.accepted")
    assert world.visit(world.link(LATE[0])) == (200, f"{LATE[0][:16]} en settled: ")
    assert world.visit(world.link("staff_pack.accepted")) == (200, "staff_pack en open: done")
