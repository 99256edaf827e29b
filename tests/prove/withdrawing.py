"""Figure 36: a mail provider passes one click on, once, while the table is throttled, silent or down."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from shopbell import bootstrap
from shopbell.domain.time.calendar import format_instant
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, HOUR, MINUTE, MONDAY, tell
from tests.simulator.faults import Fault, Target
from tests.simulator.lives import BORN_BY_MAIL
from tests.simulator.play import Play, live
from tests.simulator.stage import TIMEOUTS
from tests.simulator.story import Break

EVENTS = "EVENTS_QUEUE_URL"
TROUBLE = (Fault.THROTTLE, Fault.ERROR, Fault.DOWN, Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER)
CALLS = 8
"""More than the page makes of the table for a click: trouble begins at each of them, and at none."""
ASKED, LASTS = MONDAY + HOUR, 15 * MINUTE
PERSON = replace(BORN_BY_MAIL, birthday=f"--{MONDAY + 9 * DAY:%m-%d}")
"""Their birthday letters come after the click, all of them."""
FORMS = {
    "application/x-www-form-urlencoded": "List-Unsubscribe=One-Click",
    "multipart/form-data; boundary=edge": (
        '--edge\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--edge--\r\n'
    ),
}


@dataclass(frozen=True, slots=True)
class Click:
    """What came of one: the answer, and whether it holds in the end as of the moment it was made."""

    status: int
    holds: bool


def lost_clicks() -> Reached:
    """The queue works: no click may be lost. Without the queue either it must not be said that it was taken."""
    troubles = list(product((Target.READ, Target.WRITE), TROUBLE, range(CALLS)))
    clicks = [click(target, fault, skip) for target, fault, skip in troubles]
    closed = [click(Target.READ, fault, 0, queue=fault) for fault in TROUBLE]
    lost = sum(not each.holds or each.status not in (200, 202) for each in clicks)
    queued = sum(each.status == 202 for each in clicks)
    false = sum(each.status != 503 for each in closed)
    assert letters_without_a_click(), "there is something to be stopped"
    said = f"lost {lost} of {len(clicks)}, of which {queued} were queued; taken without a queue {false}"
    return Reached(said, (lost, false) == (0, 0) and 0 < queued < len(clicks))


def click(target: Target, fault: Fault, skip: int, queue: Fault | None = None) -> Click:
    with live(MONDAY, (PERSON,)) as world:
        world.act(tell("customer.updated", MONDAY, {"customer": PERSON.as_sent}, "c-0-known"))
        world.cloud.move(ASKED)
        token = bootstrap.links().preferences(PERSON.shop, f"id:{PERSON.id}", ASKED).rsplit("/", 1)[1]
        for each in _breaks(target, fault, skip, queue):
            world.act(each)
        form = list(FORMS)[skip % len(FORMS)]
        status = _post(world, token, form, FORMS[form])
        _doubled(world)
        world.until(ASKED + 2 * HOUR)
        asked = _withdrawn(world)
        world.until(MONDAY + 20 * DAY)
        return Click(status, asked == format_instant(ASKED) and not world.cloud.providers.taken)


def letters_without_a_click() -> int:
    with live(MONDAY, (PERSON,)) as world:
        world.act(tell("customer.updated", MONDAY, {"customer": PERSON.as_sent}, "c-0-known"))
        world.until(MONDAY + 20 * DAY)
        return len(world.cloud.providers.taken)


def _breaks(target: Target, fault: Fault, skip: int, queue: Fault | None) -> Iterator[Break]:
    yield Break(ASKED, target, fault, skip, until=ASKED + LASTS)
    if queue:
        yield Break(ASKED, Target.QUEUE, queue, until=ASKED + LASTS)


def _post(world: Play, token: str, form: str, body: str) -> int:
    event: dict[str, Any] = {
        "pathParameters": {"token": token},
        "requestContext": {"http": {"method": "POST"}},
        "headers": {"content-type": form},
        "body": body,
    }
    answer = world.stage.invoke("customer_page", event, TIMEOUTS["customer_page"])
    return int(answer["statusCode"]) if answer else 500


def _doubled(world: Play) -> None:
    """A queue may bring everything twice."""
    for each in list(world.cloud.queues.waiting[EVENTS]):
        world.cloud.queues.send_message({"QueueUrl": EVENTS, "MessageBody": each.body})


def _withdrawn(world: Play) -> str:
    """Since when they want no letters of marketing; "" where they still do."""
    customer = bootstrap.store().session(PERSON.shop).customer(f"id:{PERSON.id}").entity
    return customer.withdrawn.get("email_marketing", "")


FIGURES = (
    Figure(36, "unsubscribe", "the table throttled, silent, down while a one-click arrives", "lost 0", lost_clicks),
)
