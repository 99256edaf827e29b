"""`staff_report`: counted as it happens, and the same as whoever goes through everything in the end would count."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

import pytest

from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.model.agenda import StepDecided
from shopbell.domain.model.events import EventType
from shopbell.domain.model.figures import Tally
from shopbell.domain.model.order import Order
from shopbell.domain.model.purchases import purchases
from shopbell.domain.model.shop import Coupon, Digest, Figures, Marketing, Staff
from shopbell.domain.model.sms import segments
from shopbell.domain.model.vocabulary import Outcome
from shopbell.domain.time.calendar import local_day
from shopbell.domain.time.span import working_hours
from shopbell.service.operators.days import begin_days
from tests.rendering.letters import RENDERER
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

ORDERS, SEEDS = 18, 4
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTHS = ("2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09")
TASKS = {row.kind for row in JOURNEYS if row.is_task}
SERIES = {row.name: str(row.series) for row in JOURNEYS if row.series}
REPORT = "staff_report"


def a_shop(**changes: Any) -> World:
    coupons = {name: Coupon(Decimal(10), code=name.upper()) for name in ("winback", "birthday")}
    staff = Staff("team@dobra.example", Digest.OFF, owner="owner@dobra.example")
    journeys = dict.fromkeys((REPORT, "winback_first", "winback_offer"), Figures(enabled=True))
    world = World(shop=a_busy_shop(staff=staff, coupons=coupons, journeys=journeys, **changes))
    begin_days(world.workplace, world.shop, world.now)
    return world


@cache
def half_a_year(seed: int) -> World:
    """Of six customers: what they order, what becomes of it, each thing told once, twice or three times."""
    drawn, world = Random(seed), a_shop(marketing=Marketing(per_month=9, holdout_percent=50))
    moments = sorted((MONDAY + drawn.uniform(0, 170) * DAY, number) for number in range(ORDERS))
    for at, number in moments:
        world.until(at)
        _order(world, drawn, str(number))
    world.until(MONDAY + 185 * DAY)
    return world


def _order(world: World, drawn: Random, number: str) -> None:
    who = drawn.randrange(SEEDS)
    contacts = {"email": f"{who}@customer.example"} if who else {"phone": "+380505550101"}
    customer = {"name": f"C{who}", **contacts, "consent.email_marketing": {"granted": who % 2 == 0}}
    paid_first = drawn.random() < 0.6
    order = an_order(number=number, placed_at=None, **{} if paid_first else {"payment.method": "cash_on_delivery"})

    def tell(event_type: str, more: dict[str, Any] | None = None, **extra: Any) -> None:
        for _ in range(drawn.choice((1, 1, 2, 3))):
            world.tell(event_type, more, customer, order_id=number, event_id=f"{event_type}-{number}", **extra)

    tell("order.placed", order)
    world.until(world.now + drawn.choice((0.3, 2, 6, 20)) * HOUR)
    tell("order.accepted")
    if paid_first and drawn.random() < 0.3:
        return
    tell("order.paid")
    courier = {"delivery.courier": drawn.choice(("Ivan", "Maria"))} if drawn.random() < 0.7 else {}
    tell("order.shipped", {"delivery.tracking_number": f"T{number}", **courier})
    tell("order.delivered")
    if drawn.random() < 0.5:
        tell("review.posted", said={"rating": str(drawn.randint(2, 5)), "order": number})


def walked(world: World, month: str) -> Counter[str]:
    """The same figures, by going through all that is stored."""
    found = Counter[str](_of_messages(world, month))
    found.update(_of_orders(world, month))
    found.update(_of_journeys(world, month))
    return found


def in_month(world: World, at: datetime | None, month: str) -> bool:
    return at is not None and local_day(at, world.shop.zone).isoformat().startswith(month)


def _of_messages(world: World, month: str) -> Iterator[str]:
    for message in world.sent():
        if in_month(world, message.sent_at, month) and not message.letter:
            yield f"sent|{message.kind}|{message.channel}"
            if message.message_class == "marketing":
                yield "mailed"
    for decision in world.decisions():
        if decision.outcome is Outcome.SKIPPED and in_month(world, decision.at, month):
            if decision.reason == "lost":
                yield "lost"
            if decision.kind in {row.kind for row in JOURNEYS} - TASKS:
                yield f"kept|{decision.reason}"


def _orders(world: World) -> list[tuple[Order, str]]:
    session = world.store.session("dobra")
    subjects = (session.order(str(number)) for number in range(ORDERS))
    return [(each.entity, each.customer) for each in subjects if each.version]


def _of_orders(world: World, month: str) -> dict[str, int]:
    found, buyers = Counter[str](), set[str]()
    for order, customer in _orders(world):
        begun, accepted = order.begun_at, order.first(EventType.ORDER_ACCEPTED)
        if in_month(world, begun, month):
            found.update({"orders": 1, "spent": 149_900, "prepaid": int(order.prepaid)})
            buyers.add(customer)
        if begun and accepted and in_month(world, accepted, month):
            within = (h for h in (1, 4, 8) if accepted <= world.shop.calendar.plus(begun, working_hours(h)))
            found[f"accepted|{next(within, 0)}"] += 1
        for review in order.record.occurrences.get(EventType.REVIEW_POSTED, {}).values():
            if in_month(world, review.at, month):
                found[f"reviewed|{order.text('delivery.courier')}"] += 1
                found[f"praised|{order.text('delivery.courier')}"] += Decimal(str(review.facts["rating"])) >= 4
    return {**found, "buyers": len(buyers)}


def _of_journeys(world: World, month: str) -> Iterator[str]:
    """Whom a series told, or held out, and who of them ordered within thirty days."""
    session = world.store.session("dobra")
    for key in {customer for _, customer in _orders(world)}:
        subject = session.customer(key)
        ordered, decided = [each.at for each in purchases(subject.entity)], subject.agenda.decided
        yield from (
            "asleep" for name, step in decided.items() if _slept(name, step) and in_month(world, step.at, month)
        )
        for series in set(SERIES.values()):
            for at, held_out in _apart(decided, series):
                arm, back = ("held_out", "back_untold") if held_out else ("told", "back")
                answered = any(at <= each <= at + 30 * DAY for each in ordered)
                names = (arm, back) if answered else (arm,)
                yield from (f"{name}|{series}" for name in names if in_month(world, at, month))


def _slept(name: str, step: StepDecided) -> bool:
    return name.startswith("winback_first|") and step.outcome is not None


def _apart(decided: Mapping[str, StepDecided], series: str) -> Iterator[tuple[datetime, bool]]:
    """When it wrote, or would have, without what followed within thirty days."""
    steps = [step for name, step in decided.items() if SERIES.get(name.partition("|")[0]) == series]
    last: datetime | None = None
    for step in sorted(steps, key=lambda step: step.at):
        is_one = step.is_held_out or step.outcome is Outcome.SENT
        if is_one and (last is None or step.at - last > 30 * DAY):
            last = step.at
            yield step.at, step.is_held_out


def counted(world: World, month: str) -> Tally:
    return world.store.session("dobra").tallies([month]).get(month, {})


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_is_counted_is_what_is_found_in_the_end(seed: int) -> None:
    world = half_a_year(seed)
    texts = sum(segments(letter.text) for letter in world.sms.taken)
    assert sum(counted(world, month).get("segments", 0) for month in MONTHS) == texts
    for month in MONTHS:
        told = {name: number for name, number in counted(world, month).items() if name != "segments"}
        assert told == {name: number for name, number in walked(world, month).items() if number}, month


def test_the_stories_tell_of_all_that_is_counted() -> None:
    worlds = [half_a_year(seed) for seed in range(SEEDS)]
    names = {name.partition("|")[0] for world in worlds for month in MONTHS for name in counted(world, month)}
    assert names >= {"sent", "mailed", "kept", "orders", "buyers", "prepaid", "lost", "accepted", "told", "held_out"}
    assert names >= {"back", "asleep", "reviewed", "praised", "spent", "segments"}


def test_the_owner_hears_of_it_on_the_first_working_morning() -> None:
    world = a_shop()
    world.tell("order.placed", an_order(), OLENA)
    world.until("2026-05-10T12:00:00Z")
    letters = [letter for letter in world.staff.taken if letter.kind == REPORT]
    assert [letter.to for letter in letters] == ["owner@dobra.example"] * 2
    assert world.sent_at(REPORT) == ["Wed 01 09:10", "Fri 01 09:10"]


def test_a_month_in_which_nothing_happened_is_not_told() -> None:
    world = a_shop()
    world.until("2026-06-10T12:00:00Z")
    assert [letter.kind for letter in world.staff.taken] == []
    assert set(world.reasons(REPORT)) == {"skipped nothing_to_tell"}


def test_a_batch_is_counted_with_one_update() -> None:
    world = a_shop()
    world.tell("order.placed", an_order(), OLENA)
    written: list[dict[str, int]] = []
    world.table.add = lambda key, numbers, expires_at: written.append(dict(numbers))  # type: ignore[method-assign]
    world.tell("order.accepted")
    # What was decided, and what left.
    assert written == [{"n:accepted|1": 1}, {"n:sent|order_accepted|email": 1}]


def test_who_cannot_be_counted_is_told_all_the_same() -> None:
    world = a_shop()
    world.table.add = None  # type: ignore[method-assign, assignment]  # as though the table were gone
    world.tell("order.placed", an_order(), OLENA)
    assert world.kinds == ["order_received"]


def test_a_page_shows_the_report_and_asks_nothing() -> None:
    world = a_shop()
    world.send, world.pages = world.sending_with(RENDERER), RENDERER
    world.tell("order.placed", an_order(), OLENA)
    world.until("2026-04-25T12:00:00Z")
    status, page = world.visit(world.link(REPORT))
    assert (status, "<form" in page) == (200, False)
    assert "1 order" in page
