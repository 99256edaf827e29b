"""What the simulator found, each as the shortest story that shows it."""

import re
from datetime import datetime
from typing import Any

from tests.prove.telling import DAY, HOUR, MONDAY, news, placed, tell
from tests.simulator.callers import PAGE
from tests.simulator.case import Case
from tests.simulator.play import Play, live
from tests.simulator.presents import ledgers
from tests.simulator.providers import Taken
from tests.simulator.story import Person, Tell

ILONA = Person("kert", "c-0", "Zorina Quist0", email="person0@customer.example")


def the_task(world: Play, kind: str) -> Taken:
    return next(each for each in world.cloud.providers.taken if each.letter.kind == kind)


def page_of(world: Play, taken: Taken, method: str, form: str = "") -> Any:
    found = PAGE.search(taken.letter.text)
    assert found
    return world.stage.invoke(
        "staff_task",
        {
            "pathParameters": {"token": found[1]},
            "requestContext": {"http": {"method": method}},
            "headers": {"content-type": "application/x-www-form-urlencoded"},
            "body": form,
        },
    )


def test_the_page_of_a_task_about_a_date_can_be_read_and_closed_when_the_parcel_has_left_by_then() -> None:
    with live(MONDAY, (ILONA,), quiet=False) as world:
        world.act(placed("1001", ILONA, MONDAY, "card"))
        world.act(news("order.paid", "1001", MONDAY, shop="kert"))
        friday = MONDAY + 4 * DAY + HOUR
        world.until(friday)
        world.cloud.move(friday)
        world.act(news("order.shipped", "1001", friday, shop="kert", delivery={"tracking_number": "1"}))
        overdue = the_task(world, "staff_dispatch_overdue")
        answers = [page_of(world, overdue, "GET"), page_of(world, overdue, "POST", "outcome=reached")]
    assert [answer["statusCode"] for answer in answers] == [200, 200]
    assert re.search(r"március\s5\.", answers[0]["body"])


def at(world: Play, moment: datetime, told: Tell) -> None:
    world.until(moment)
    world.cloud.move(moment)
    world.act(told)


def forgotten(moment: datetime) -> Tell:
    return tell("customer.erased", moment, {"customer": {"id": "c-0"}}, "0-erased", "kert")


def test_an_order_with_a_new_price_is_still_read_when_its_customer_was_forgotten() -> None:
    repriced = {"repriced": {"old_total": "150.00", "new_total": "190.00"}}
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY))
        at(world, MONDAY + HOUR, news("order.repriced", "1001", MONDAY + HOUR, shop="kert", beside=repriced))
        at(world, MONDAY + 2 * HOUR, forgotten(MONDAY + 2 * HOUR))
        at(world, MONDAY + 3 * HOUR, news("order.delivered", "1001", MONDAY + 3 * HOUR, shop="kert"))
        assert ("kert", "kert-1001-order.delivered") in world.played.reacted


def test_a_forgetting_brings_back_no_order_that_was_called_off() -> None:
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY, "card"))
        at(world, MONDAY + HOUR, news("order.accepted", "1001", MONDAY + HOUR, shop="kert"))
        at(world, MONDAY + 2 * HOUR, news("order.cancelled", "1001", MONDAY + 2 * HOUR, shop="kert"))
        at(world, MONDAY + DAY, forgotten(MONDAY + DAY))
        at(world, MONDAY + 2 * DAY, news("order.delivered", "1001", MONDAY + 2 * DAY, shop="kert"))
        world.until(MONDAY + 9 * DAY)
        assert len(Case(world.played).decided("kert", "1001", "order_unpaid_first")) <= 1


def test_units_are_counted_when_a_paid_order_is_brought_back_on_the_page_of_its_task() -> None:
    with live(MONDAY, (ILONA,), quiet=False) as world:
        world.act(placed("1001", ILONA, MONDAY, "card"))
        world.act(news("order.cancelled", "1001", MONDAY, shop="kert"))
        world.act(news("order.paid", "1001", MONDAY, shop="kert"))
        page_of(world, the_task(world, "staff_confirm_order"), "POST", "outcome=accepted")
        entries = ledgers(Case(world.played))["kert", "1001"]
        assert [entry.units for entry in entries] == [150]


def test_of_two_refunds_the_one_that_is_heard_of_late_is_not_told_where_the_other_gave_all_back() -> None:
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY, "card"))
        at(world, MONDAY + HOUR, news("order.paid", "1001", MONDAY + HOUR, shop="kert"))
        at(world, MONDAY + 3 * HOUR, refunded("r2", MONDAY + 3 * HOUR))
        at(world, MONDAY + 4 * HOUR, refunded("r1", MONDAY + 2 * HOUR))
        told = [each.letter.kind for each in world.cloud.providers.taken]
        reasons = [each.reason for each in Case(world.played).decided("kert", "1001", "order_refunded")]
    assert told.count("order_refunded") == 1
    assert reasons == ["due", "nothing_to_tell"]


def refunded(id: str, happened: datetime) -> Tell:
    refund = {"refund": {"id": id, "amount": "150.00"}}
    return tell("order.refunded", happened, {"order": {"id": "1001"}, **refund}, id, "kert")


def test_an_acceptance_is_told_once_though_a_cancellation_before_it_is_heard_of_late() -> None:
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY))
        at(world, MONDAY + 2 * HOUR, news("order.accepted", "1001", MONDAY + 2 * HOUR, shop="kert"))
        at(world, MONDAY + 3 * HOUR, news("order.cancelled", "1001", MONDAY + HOUR, shop="kert"))
        told = [each.letter.kind for each in world.cloud.providers.taken]
    assert told == ["order_received", "order_accepted"]


def test_a_payment_that_names_nothing_goes_back_though_one_of_nothing_was_told_after_it() -> None:
    named = {"payment": {"id": "p9", "amount": "150.00"}}
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY, "card"))
        at(world, MONDAY + HOUR, news("order.paid", "1001", MONDAY + HOUR, shop="kert", beside=named))
        at(world, MONDAY + 2 * HOUR, tell("order.paid", MONDAY + 2 * HOUR, {"order": {"id": "1001"}}, "p", "kert"))
        at(world, MONDAY + 3 * HOUR, news("order.payment_reversed", "1001", MONDAY + 3 * HOUR, shop="kert"))
        entries = ledgers(Case(world.played))["kert", "1001"]
    assert sum(entry.units for entry in entries) == 0


def test_a_payment_is_another_one_when_the_one_that_bore_no_name_went_back() -> None:
    free = {"repriced": {"old_total": "150.00", "new_total": "0.00"}}
    named = {"payment": {"id": "p9", "amount": "150.00"}}
    with live(MONDAY, (ILONA,)) as world:
        world.act(placed("1001", ILONA, MONDAY))
        at(world, MONDAY + HOUR, news("order.paid", "1001", MONDAY + HOUR, shop="kert"))
        at(world, MONDAY + 2 * HOUR, news("order.repriced", "1001", MONDAY + 2 * HOUR, shop="kert", beside=free))
        at(world, MONDAY + 3 * HOUR, news("order.payment_reversed", "1001", MONDAY + 3 * HOUR, shop="kert"))
        again = {"order": {"id": "1001"}, **named}
        at(world, MONDAY + 4 * HOUR, tell("order.paid", MONDAY + 4 * HOUR, again, "p9", "kert"))
        told = [each.letter.kind for each in world.cloud.providers.taken]
    assert told.count("payment_received") == 2
