"""What the simulator found, each as the shortest story that shows it."""

import re
from typing import Any

from tests.prove.telling import DAY, MONDAY, news, placed
from tests.simulator.callers import PAGE
from tests.simulator.play import Play, live
from tests.simulator.providers import Taken
from tests.simulator.story import Person

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
        world.until(MONDAY + 4 * DAY)
        world.cloud.move(MONDAY + 4 * DAY)
        world.act(news("order.shipped", "1001", MONDAY + 4 * DAY, shop="kert", delivery={"tracking_number": "1"}))
        overdue = the_task(world, "staff_dispatch_overdue")
        answers = [page_of(world, overdue, "GET"), page_of(world, overdue, "POST", "outcome=reached")]
    assert [answer["statusCode"] for answer in answers] == [200, 200]
    assert re.search(r"március\s5\.", answers[0]["body"])
