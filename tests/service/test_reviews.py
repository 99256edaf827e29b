"""After the parcel was received: a word about it is asked for in time, once, and of nobody whom it would annoy."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import AskedBy, Digest, Figures, Links, Staff
from shopbell.domain.time.span import days
from shopbell.service.operators.days import begin_days
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

NUMBER = "+380445550101"
BOTH, PHONE = OLENA | {"phone": NUMBER}, {"name": "Olena", "phone": NUMBER}
REVIEW, CALL, INSTEAD = "review_request", "staff_call_satisfaction", "staff_call_satisfaction.instead_of_review"
CASH = {"payment.method": "cash_on_delivery"}
DAY = timedelta(days=1)


def delivered(customer: dict[str, Any] = BOTH, **world: Any) -> World:
    """An order that a customer, number 7, received on Monday."""
    made = World(**({"shop": a_busy_shop()} | world))
    made.tell("order.placed", an_order_on_receipt(), customer, customer_id="7")
    made.tell("order.delivered")
    return made


def an_order_on_receipt() -> dict[str, Any]:
    return an_order(**CASH)


def asked(world: World) -> tuple[list[str], list[str], list[str]]:
    """When a review was asked for, when a call about it, and when the call about quality."""
    world.until(MONDAY + 14 * DAY)
    return world.sent_at(REVIEW), world.sent_at(INSTEAD), world.sent_at(CALL)


@pytest.mark.parametrize(
    ("customer", "letter", "instead", "call"),
    [
        (BOTH, ["Thu 05 10:00"], [], ["Mon 09 10:00"]),
        (OLENA, ["Thu 05 10:00"], [], []),  # nobody to ring
        (PHONE, [], ["Thu 05 10:00"], ["Mon 09 10:00"]),  # nobody to write to
        ({"name": "Olena"}, [], [], []),
    ],
    ids=["both", "e-mail", "phone", "neither"],
)
def test_three_days_after_they_received_it_and_by_phone_after_a_week(
    customer: dict[str, Any], letter: list[str], instead: list[str], call: list[str]
) -> None:
    assert asked(delivered(customer)) == (letter, instead, call)


def test_who_was_reached_instead_of_the_letter_is_not_called_again() -> None:
    world = delivered(PHONE)
    world.until(MONDAY + 3 * DAY)
    world.visit(world.link(INSTEAD), "reached")
    assert asked(world) == ([], ["Thu 05 10:00"], [])


def test_a_call_that_nobody_answered_comes_back_the_same_day() -> None:
    world = delivered()
    world.until(MONDAY + 7 * DAY)
    world.close(CALL, "no_answer")
    assert asked(world)[2] == ["Mon 09 10:00", "Mon 09 12:00"]


def test_the_letter_waits_for_the_morning_and_is_never_sent_the_next_day() -> None:
    world = World(shop=a_busy_shop(), now=MONDAY + timedelta(hours=13))
    world.place(OLENA, **CASH)
    world.tell("order.delivered")
    world.until(MONDAY + 14 * DAY)
    assert world.sent_at(REVIEW) == ["Fri 06 09:00"]


@pytest.mark.parametrize(("told", "letter"), [(3, ["Thu 05 10:00"]), (6, ["Sun 08 10:00"]), (7, []), (9, [])])
def test_a_delivery_told_late_is_asked_about_up_to_the_seventh_day(told: int, letter: list[str]) -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA, **CASH)
    world.until(MONDAY + told * DAY)
    world.tell("order.delivered", at=MONDAY)
    assert asked(world)[0] == letter


def test_a_delivery_told_twice_is_asked_about_once_from_the_first_day_on() -> None:
    world = delivered()
    world.until(MONDAY + 2 * DAY)
    world.tell("order.delivered")
    world.until(MONDAY + 5 * DAY)
    world.tell("order.delivered")
    assert asked(world) == (["Thu 05 10:00"], [], ["Mon 09 10:00"])


def test_a_delivery_told_before_its_order_counts() -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.delivered")
    world.now += timedelta(hours=1)
    world.place(BOTH, **CASH)
    assert asked(world) == (["Thu 05 10:00"], [], ["Mon 09 10:00"])


def test_the_link_carries_the_order_and_the_courier() -> None:
    world = delivered(shop=a_busy_shop(links=Links(review="https://dobra.example/reviews?lang=en")))
    world.tell("order.shipped", {"delivery.courier": "K 7"})
    world.until(MONDAY + 4 * DAY)
    letter = next(said for said in world.renderer.said if said["kind"] == REVIEW)
    assert letter["review"].url == "https://dobra.example/reviews?lang=en&order=1001&courier=K+7"


def posted(world: World, order_id: str | None = "1001", customer: dict[str, Any] = OLENA, id: str = "7") -> None:
    world.tell("review.posted", None, customer, order_id=order_id, customer_id=id, rating="5")


@pytest.mark.parametrize("order_id", ["1001", None], ids=["of the order", "of no order"])
@pytest.mark.parametrize(("day", "letter"), [(1, []), (5, ["Thu 05 10:00"])])
def test_who_wrote_a_review_is_asked_for_none_and_not_called(order_id: str | None, day: int, letter: list[str]) -> None:
    world = delivered()
    world.until(MONDAY + day * DAY)
    posted(world, order_id)
    assert asked(world) == (letter, [], [])


def test_a_guest_s_review_is_known_by_their_address() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA, **CASH)
    world.tell("order.delivered")
    world.now += DAY
    world.tell("review.posted", None, OLENA, order_id=None, rating="5")
    assert asked(world) == ([], [], [])


def test_a_review_before_they_had_it_was_of_something_else() -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order_on_receipt(), BOTH, customer_id="7")
    posted(world, None)
    world.now += DAY
    world.tell("order.delivered")
    assert asked(world) == (["Fri 06 10:00"], [], ["Tue 10 10:00"])


def test_a_second_review_is_news_though_there_was_one_before() -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order_on_receipt(), BOTH, customer_id="7")
    posted(world, None)
    world.now += DAY
    world.tell("order.delivered")
    world.now += DAY
    posted(world, None)
    assert asked(world) == ([], [], [])


def test_somebody_else_s_review_is_not_theirs() -> None:
    world = delivered()
    world.now += DAY
    posted(world, None, {"email": "taras@customer.example"}, "8")
    assert asked(world)[0] == ["Thu 05 10:00"]


def test_a_review_of_one_order_says_nothing_of_another() -> None:
    world = delivered()
    world.tell("order.placed", an_order_on_receipt(), BOTH, customer_id="7", order_id="1002")
    world.tell("order.delivered", order_id="1002")
    world.now += DAY
    posted(world, "1001")
    world.until(MONDAY + 14 * DAY)
    assert [m.order for m in world.sent() if m.kind == REVIEW] == ["1002"]


@pytest.mark.parametrize("event", ["order.cancelled", "order.refunded"])
def test_nobody_is_asked_about_what_went_back(event: str) -> None:
    world = delivered()
    world.now += DAY
    world.tell("order.paid")
    world.tell(event, refund={"id": "r", "amount": "1499.00"})
    assert asked(world) == ([], [], [])


def complaint(world: World, event: str, name: str = "c1", day: float = 0) -> None:
    world.until(MONDAY + day * DAY)
    said = {"complaint": {"id": name, "kind": "question", "text": "Where is it?"}}
    world.tell(f"complaint.{event}", None, BOTH, customer_id="7", said=said)


@pytest.mark.parametrize(
    ("opened", "resolved", "letter", "call"),
    [
        (1, 2, ["Thu 05 10:00"], ["Mon 09 10:00"]),  # settled before
        (1, 5, [], ["Mon 09 10:00"]),  # open on the day of the letter
        (1, 8, [], []),  # and on the day of the call
        (5, 6, ["Thu 05 10:00"], ["Mon 09 10:00"]),
        (5, 8, ["Thu 05 10:00"], []),
    ],
)
def test_nobody_is_asked_while_a_complaint_of_theirs_is_open(
    opened: int, resolved: int, letter: list[str], call: list[str]
) -> None:
    world = delivered()
    complaint(world, "opened", day=opened)
    complaint(world, "resolved", day=resolved)
    assert asked(world) == (letter, [], call)
    assert ("skipped complaint_open" in world.reasons(REVIEW)) is (letter == [])


def test_of_several_complaints_the_last_one_open_counts() -> None:
    world = delivered()
    complaint(world, "opened", "c1")
    complaint(world, "opened", "c2")
    complaint(world, "resolved", "c2", day=1)
    assert asked(world) == ([], [], [])


@pytest.mark.parametrize("news", ["", "order.shipped", "order.delivered"])
def test_who_asked_where_the_parcel_is_and_then_received_it_is_asked_as_anybody_is(news: str) -> None:
    world = World(shop=a_busy_shop())
    world.tell("order.placed", an_order_on_receipt(), BOTH, customer_id="7")
    complaint(world, "opened")
    world.tell("order.delivered")
    if news:
        world.tell(news)
    complaint(world, "resolved", day=1)
    assert asked(world) == (["Thu 05 10:00"], [], ["Mon 09 10:00"])


def test_a_number_that_comes_to_be_known_in_time_is_rung() -> None:
    world = delivered(OLENA)
    world.until(MONDAY + 4 * DAY)
    world.tell("customer.updated", None, {"phone": NUMBER}, customer_id="7")
    assert asked(world) == (["Thu 05 10:00"], [], ["Mon 09 10:00"])


BY_CALL: dict[str, Any] = {REVIEW: Figures(by=AskedBy.CALL)}


@pytest.mark.parametrize(
    ("customer", "letter", "instead", "decided"),
    [
        (BOTH, [], ["Thu 05 10:00"], "skipped superseded"),
        (PHONE, [], ["Thu 05 10:00"], "skipped superseded"),
        (OLENA, ["Thu 05 10:00"], [], "sent due"),  # nobody to ring
    ],
    ids=["both", "phone", "e-mail"],
)
def test_a_shop_may_ask_for_a_review_on_the_phone(
    customer: dict[str, Any], letter: list[str], instead: list[str], decided: str
) -> None:
    world = delivered(customer, shop=a_busy_shop(journeys=BY_CALL))
    assert asked(world)[:2] == (letter, instead)
    assert world.reasons(REVIEW) == [decided]


def test_it_rings_when_it_would_have_written() -> None:
    world = delivered(shop=a_busy_shop(journeys={REVIEW: Figures(after=days(4), by=AskedBy.CALL)}))
    assert asked(world)[:2] == ([], ["Fri 06 10:00"])


def test_where_its_people_make_no_such_calls_the_letter_goes() -> None:
    world = delivered(shop=a_busy_shop(journeys={**BY_CALL, CALL: Figures(enabled=False)}))
    assert asked(world) == (["Thu 05 10:00"], [], [])


def test_who_was_asked_on_the_phone_is_not_rung_again_a_week_later() -> None:
    world = delivered(shop=a_busy_shop(journeys=BY_CALL))
    world.until(MONDAY + 3 * DAY)
    world.visit(world.link(INSTEAD), "reached")
    assert asked(world) == ([], ["Thu 05 10:00"], [])


THANKED = "staff_good_review"


def reviewed(rating: str | None, courier: str = "Stepan", *, staff: Staff | None = None) -> World:
    """An order that came on Monday at ten and was written about that evening."""
    world = World(shop=a_busy_shop(**({"staff": staff} if staff else {})))
    begin_days(world.workplace, world.shop, world.now)
    world.place(BOTH, **CASH, **{"delivery.courier": courier})
    world.tell("order.delivered")
    world.until(MONDAY + timedelta(hours=9))
    world.tell("review.posted", said={"rating": rating, "text": "He carried it up to the fourth floor."})
    world.until(MONDAY + 4 * DAY)
    return world


@pytest.mark.parametrize(
    ("rating", "courier", "told"),
    [
        ("5", "Stepan", ["Tue 03 09:00"]),
        ("4", "Stepan", ["Tue 03 09:00"]),
        ("3", "Stepan", []),
        ("1", "Stepan", []),
        (None, "Stepan", []),
        ("5", "", []),  # nobody to thank
    ],
)
def test_the_shop_hears_of_a_good_review_with_the_courier_who_had_a_part_in_it(
    rating: str | None, courier: str, told: list[str]
) -> None:
    world = reviewed(rating, courier)
    assert world.sent_at(THANKED) == told
    if told:
        said = next(each["opinion"] for each in world.renderer.said if each["kind"] == THANKED)
        assert (f"{said.rating}", said.courier, said.text) == (rating, courier, "He carried it up to the fourth floor.")
    else:
        assert world.reasons(THANKED) == ["skipped nothing_to_tell"]


def test_it_is_a_line_of_one_day_and_no_letter_of_its_own() -> None:
    world = reviewed("5", staff=Staff("team@dobra.example", Digest.DAILY))
    assert THANKED not in [letter.kind for letter in world.staff.taken]
    days = [each["day"] for each in world.renderer.said if each["kind"] == "staff_day"]
    assert [[line.kind for line in day.lines].count(THANKED) for day in days] == [1] + [0] * (len(days) - 1)
    assert f"{days[0].today}" == "2026-03-03"


def test_a_review_told_twice_is_thanked_for_once() -> None:
    world = reviewed("5")
    world.tell("review.posted", said={"rating": "5"})
    world.until(MONDAY + 8 * DAY)
    assert len(world.sent_at(THANKED)) == 1
