"""Complaints and questions: an answer at once, somebody who takes care, and nothing that jars meanwhile."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.shop import Complaints, Staff
from shopbell.domain.time.calendar import parse_instant
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

HOUR = timedelta(hours=1)
TASK, OWNER = "staff_complaint", "staff_complaint.owner"
CASH = {"payment.method": "cash_on_delivery"}
YES = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}


def busy(at: str | datetime = MONDAY, **shop: Any) -> World:
    staff = Staff("team@dobra.example", owner="owner@dobra.example")
    return World(shop=a_busy_shop(staff=staff, **shop), now=parse_instant(at) if isinstance(at, str) else at)


def complain(world: World, name: str = "c1", customer: dict[str, Any] | None = OLENA, **more: Any) -> None:
    at = more.pop("at", None)
    said = {"complaint": {"id": name, "kind": "complaint", "text": "The handle is off.", **more}}
    world.tell("complaint.opened", None, customer, at=at, said=said)


def resolve(world: World, name: str = "c1", customer: dict[str, Any] | None = None, at: datetime | None = None) -> None:
    said = {"complaint": {"id": name, "text": "A new one is on its way."}}
    world.tell("complaint.resolved", None, customer, at=at, said=said)


@pytest.mark.parametrize("kind", ["complaint", "question"])
def test_who_complains_or_asks_has_an_answer_at_once_and_somebody_is_told(kind: str) -> None:
    world = busy()
    complain(world, kind=kind)
    assert (world.kinds, world.tasks) == (["complaint_received"], [TASK])
    said = world.renderer.said[-1]["complaint"]
    assert (said.text, said.is_question) == ("The handle is off.", kind == "question")


@pytest.mark.parametrize(
    ("opened", "owner"),
    [
        ("2026-03-02T10:00:00+02:00", "Mon 02 11:00"),
        ("2026-03-02T17:30:00+02:00", "Tue 03 09:30"),
        ("2026-03-06T22:00:00+02:00", "Mon 09 10:00"),
        ("2026-03-08T12:00:00+02:00", "Mon 09 10:00"),
    ],
)
def test_after_one_working_hour_without_an_answer_the_owner_hears_of_it(opened: str, owner: str) -> None:
    world = busy(opened)
    complain(world)
    world.until("2026-03-09T16:00:00Z")
    assert world.sent_at(OWNER) == [owner]
    assert [letter.to for letter in world.staff.taken] == ["team@dobra.example", "owner@dobra.example"]


@pytest.mark.parametrize("outcome", ["reached", "no_answer", "refused"])
def test_the_owner_is_left_in_peace_once_somebody_rang(outcome: str) -> None:
    world = busy()
    complain(world)
    world.visit(world.link(TASK), outcome)
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks == [TASK] * (2 if outcome == "no_answer" else 1)


def test_a_complaint_resolved_meanwhile_is_not_called_about_again() -> None:
    world = busy()
    complain(world)
    world.close(TASK, "no_answer")
    world.now += HOUR
    resolve(world)
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks == [TASK]


def test_nobody_answered_the_owner_either_and_the_call_comes_back() -> None:
    world = busy()
    complain(world)
    world.until(MONDAY + HOUR)
    world.close(OWNER, "no_answer")
    world.until(MONDAY + timedelta(days=2))
    assert [world.sent_at(name) for name in (OWNER, TASK)] == [["Mon 02 11:00"], ["Mon 02 10:00", "Mon 02 13:00"]]


def test_what_was_done_is_told_and_a_week_later_we_ask_whether_all_is_well() -> None:
    world = busy()
    complain(world)
    world.now += HOUR
    resolve(world)
    assert world.kinds == ["complaint_received", "complaint_resolved"]
    world.until(MONDAY + timedelta(days=20))
    assert world.sent_at("complaint_followup") == ["Mon 09 11:00"]
    assert world.tasks == [TASK]


def test_a_resolution_told_before_its_complaint_is_the_only_letter() -> None:
    world = busy()
    world.place(**CASH)
    resolve(world, at=MONDAY)
    complain(world, at=MONDAY - HOUR)
    world.until(MONDAY + timedelta(days=9))
    assert [kind for kind in world.kinds if "complaint" in kind] == ["complaint_resolved", "complaint_followup"]
    assert TASK not in world.tasks
    assert world.reasons("complaint_received") == ["skipped superseded"]


@pytest.mark.parametrize("order", [None, "1001"])
def test_whose_it_is_a_complaint_about_an_order_knows(order: str | None) -> None:
    world = busy()
    world.place(OLENA, **CASH)
    complain(world, customer=None if order else OLENA, **({"order": order} if order else {}))
    assert world.kinds == ["order_received", "complaint_received"]


def test_a_complaint_of_nobody_we_know_is_a_task_all_the_same() -> None:
    world = busy()
    complain(world, customer=None, order="never heard of")
    assert world.tasks == [TASK]
    assert world.reasons("complaint_received") == ["skipped no_contact"]


def test_a_complaint_of_last_week_is_not_answered_as_if_it_were_new() -> None:
    world = busy()
    complain(world, at=MONDAY - timedelta(days=7))
    assert (world.kinds, world.tasks) == ([], [])


@pytest.mark.parametrize(
    ("total", "up_to", "concede"),
    [("199.99", "200.00", True), ("200.00", "200.00", True), ("200.01", "200.00", False), ("50.00", "10.00", False)],
)
def test_giving_in_is_suggested_where_the_shop_would_lose_little(total: str, up_to: str, concede: bool) -> None:
    world = busy(complaints=Complaints(Decimal(up_to)))
    world.place(**CASH, total=total)
    complain(world, order="1001")
    assert world.renderer.said[-1]["complaint"].concede is concede


@pytest.mark.parametrize("more", [{}, {"order": "1001", "kind": "question"}], ids=["of no order", "a question"])
def test_and_not_where_there_is_nothing_to_give_in_about(more: dict[str, Any]) -> None:
    world = busy()
    world.place(**CASH, total="5.00")
    complain(world, **more)
    assert world.renderer.said[-1]["complaint"].concede is False


@pytest.mark.parametrize(
    ("resolved", "hears"),
    [([], False), (["c1"], False), (["c2"], False), (["c2", "c1"], True), (["c1", "c2"], True)],
)
def test_no_offer_reaches_a_customer_while_any_complaint_of_theirs_is_open(resolved: list[str], hears: bool) -> None:
    world = busy()
    for name in ("c1", "c2"):
        complain(world, name, OLENA | YES)
    world.now += HOUR
    for name in resolved:
        resolve(world, name)
    world.until("2026-03-14T00:00:00Z")
    assert ("birthday_week" in world.kinds) is hears
    if not hears:
        assert world.reasons("birthday_week") == ["skipped complaint_open"]


def test_a_question_about_one_order_silences_no_news_of_it() -> None:
    world = busy()
    world.place(**CASH)
    complain(world, order="1001", kind="question")
    world.tell("order.shipped")
    assert world.kinds[-1] == "order_shipped"


@pytest.mark.parametrize(("resolved_after", "asked"), [(2, True), (6, True), (8, False)])
def test_whether_all_is_well_is_asked_when_no_other_complaint_is_open_by_then(resolved_after: int, asked: bool) -> None:
    world = busy()
    for name in ("c1", "c2"):
        complain(world, name)
    world.now += HOUR
    resolve(world, "c1")
    world.until(MONDAY + timedelta(days=resolved_after))
    resolve(world, "c2")
    world.until(MONDAY + timedelta(days=10))
    first = next((m for m in world.sent() if m.kind == "complaint_followup" and m.subject == "complaint/c1"), None)
    assert (first is not None) is asked


def test_one_person_answers_all_complaints_where_the_shop_names_one() -> None:
    world = busy()
    desk = Staff("team@dobra.example", owner="owner@dobra.example", complaints="desk@dobra.example")
    world.shop = replace(world.shop, staff=desk)
    world.place(OLENA)
    complain(world)
    world.until(MONDAY + HOUR)
    addressed = [(letter.kind, letter.to) for letter in world.staff.taken if letter.kind != "staff_order_late"]
    assert addressed == [
        ("staff_confirm_order", "team@dobra.example"),
        (TASK, "desk@dobra.example"),
        (TASK, "owner@dobra.example"),
    ]


def test_the_owner_is_reached_where_tasks_go_where_none_is_named() -> None:
    world = busy()
    world.shop = replace(world.shop, staff=Staff("team@dobra.example"))
    complain(world)
    world.until(MONDAY + HOUR)
    assert [letter.to for letter in world.staff.taken] == ["team@dobra.example"] * 2


def test_a_complaint_that_is_told_twice_leaves_a_line_that_says_so() -> None:
    world = World()
    for number in range(2):
        world.now += timedelta(minutes=number)
        complaint = {"complaint": {"id": "q-1", "text": "The mug is cracked"}}
        world.tell("complaint.opened", None, OLENA, customer_id="7", said=complaint)
    assert world.kinds == ["complaint_received"]
    assert "skipped already_sent" in world.reasons("complaint_received")


def test_a_callback_that_is_told_twice_leaves_a_line_too() -> None:
    world = World(shop=a_busy_shop())
    for _ in range(2):
        agreed = {"phone": "+380445550101", "at": "2026-03-02T12:00:00Z"}
        world.tell("callback.agreed", None, OLENA, customer_id="7", said=agreed)
    assert "skipped already_sent" in world.reasons("staff_callback")


PHONE = {"phone": "+380445550101"}
CALL = "staff_call_satisfaction"


@pytest.mark.parametrize(
    ("complained", "helped", "order", "calls"),
    [
        (1, 2, "1001", []),  # the letter comes two days after the call would
        (6, 6.9, "1001", []),
        (1, 2, "1002", ["Mon 09 10:00"]),  # about another one
        (8, 9, "1001", ["Mon 09 10:00"]),  # complained only after they had been called
        (None, None, "", ["Mon 09 10:00"]),
    ],
)
def test_whether_all_is_well_is_asked_by_letter_or_by_call_and_not_by_both(
    complained: float | None, helped: float, order: str, calls: list[str]
) -> None:
    world = World(shop=a_busy_shop())
    for number in ("1001", "1002"):
        world.tell("order.placed", an_order(number=number, **CASH), OLENA | PHONE, order_id=number)
    world.tell("order.delivered", order_id="1001")
    if complained is not None:
        world.until(MONDAY + timedelta(days=complained))
        complain(world, customer=OLENA, order=order)
        world.until(MONDAY + timedelta(days=helped))
        resolve(world)
    world.until(MONDAY + timedelta(days=20))
    assert world.sent_at(CALL) == calls
    if not calls:
        assert world.reasons(CALL)[-1] == "skipped superseded"
    assert world.kinds.count("complaint_followup") == (0 if complained is None else 1)


def test_whoever_confirms_the_next_order_knows_of_the_last_complaint_and_how_it_ended() -> None:
    world = busy()
    world.place(OLENA | PHONE, **CASH)
    for name in ("c1", "c2"):
        complain(world, name, OLENA, order="1001")
        world.until(world.now + HOUR)
        resolve(world, name)
        world.until(world.now + HOUR)
    world.tell("order.placed", an_order(number="1002"), OLENA, order_id="1002")
    told = world.renderer.said[-1]["last_complaint"]
    assert world.tasks[-1] == "staff_confirm_order"
    assert (told.id, told.order, told.text, told.outcome) == (
        *("c2", "1001"),
        *("The handle is off.", "A new one is on its way."),
    )
    assert f"{told.resolved_on}" == "2026-03-02"


def test_of_a_complaint_that_is_open_they_hear_as_such() -> None:
    world = busy()
    complain(world, "c1", OLENA)
    resolve(world, "c1")
    complain(world, "c2", OLENA)
    world.place(OLENA | PHONE)
    said = next(each for each in reversed(world.renderer.said) if each["kind"] == "staff_confirm_order")
    assert (said["open_complaint"].id, said["last_complaint"]) == ("c2", None)


def test_who_never_complained_is_called_as_before() -> None:
    world = busy()
    world.place(OLENA | PHONE)
    assert world.renderer.said[-1]["last_complaint"] is None
