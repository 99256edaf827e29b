"""An event that can never be worked off is a dead letter at once, and a decision says why nothing came of it."""

from shopbell.domain.time.calendar import format_instant
from tests.prove.telling import MONDAY, OLENA, news, placed
from tests.simulator.case import Case
from tests.simulator.play import live

DEAD = "EVENTS_DEAD_LETTERS_URL"


def test_what_the_table_never_takes_is_not_tried_for_hours() -> None:
    with live(MONDAY, (OLENA,)) as world:
        world.act(placed("1", OLENA, MONDAY))
        world.cloud.table.refuse("transact_write_items", "ValidationError")
        world.act(news("order.paid", "1", MONDAY, paid_at=format_instant(MONDAY)))
        assert len(world.cloud.queues.waiting[DEAD]) == 1
        assert not world.cloud.queues.waiting.get("EVENTS_QUEUE_URL")
        decisions = Case(world.played).ledger[1]
        assert [decision.reason for decision in decisions if decision.kind == "order.paid"] == ["unreadable"]


def test_what_passes_by_itself_comes_again() -> None:
    with live(MONDAY, (OLENA,)) as world:
        world.act(placed("1", OLENA, MONDAY))
        world.cloud.table.refuse("transact_write_items", "ThrottlingError")
        world.act(news("order.paid", "1", MONDAY))
        assert DEAD not in world.cloud.queues.waiting
        assert len(world.cloud.queues.waiting["EVENTS_QUEUE_URL"]) == 1
