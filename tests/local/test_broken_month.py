"""A month of the demo over HTTP while every fault strikes: each message of the whole month is accounted for."""

from datetime import timedelta

import pytest

from local.faults import Fault, Target
from tests.prove.month import Compared, Month, compared

SEED = 24


@pytest.fixture(scope="module")
def months() -> Compared:
    """A third of it, of one shop; `make prove` plays all of both."""
    return compared(SEED, ["rankova"], timedelta(days=10))


@pytest.mark.slow
def test_every_fault_strikes_every_service_and_is_felt(months: Compared) -> None:
    struck = {(each.target, each.fault) for each in months.strikes}
    assert struck == {(target, fault) for target in Target for fault in Fault}
    assert months.broken.refused > 0
    attempts = [sum(row["attempts"] for row in month.taken) for month in (months.whole, months.broken)]
    assert attempts[0] < attempts[1]


@pytest.mark.slow
def test_no_message_is_lost_and_what_was_not_sent_has_a_reason(months: Compared) -> None:
    assert len(months.whole.times) > 60
    assert months.lost == []
    assert {next(months.reasons(row)) for row in months.elsewise} <= {"provider_silent", "superseded", "no_longer_true"}
    assert set(months.broken.times) <= set(months.whole.times)


@pytest.mark.slow
def test_only_order_news_and_tasks_are_sent_again_and_only_after_a_doubt(months: Compared) -> None:
    assert months.too_often == []
    assert 0 < months.again <= months.doubts


@pytest.mark.slow
def test_in_the_end_nothing_waits(months: Compared) -> None:
    assert months.unfinished == []


@pytest.mark.slow
def test_the_whole_month_has_nothing_to_account_for(months: Compared) -> None:
    quiet = Compared(months.whole, months.whole, ())
    assert (quiet.lost, quiet.elsewise, quiet.again, quiet.unfinished, quiet.whole.refused) == ([], [], 0, [], 0)


NEWS = {"id": "m1", "shop": "s", "kind": "order_shipped", "order": "1", "customer": "c", "class": "transactional"}
LEFT_OUT = {**NEWS, "outcome": "skipped", "reason": "no_longer_true"}
CLAIMED = {**NEWS, "outcome": "sent", "reason": "due"}
IN_DOUBT = {**NEWS, "status": "unknown"}


@pytest.mark.parametrize(
    ("broken", "judged"),
    [
        (Month([NEWS], [], [], []), (0, 0, 0, 0)),
        (Month([], [], [], []), (1, 0, 0, 0)),
        (Month([], [], [], [{**LEFT_OUT, "order": "2"}]), (1, 0, 0, 0)),
        (Month([], [], [IN_DOUBT], []), (1, 0, 0, 0)),
        (Month([], [], [], [LEFT_OUT]), (0, 1, 0, 0)),
        (Month([], [], [IN_DOUBT], [CLAIMED]), (0, 1, 0, 0)),
        (Month([NEWS] * 3, [], [], []), (0, 0, 0, 0)),
        (Month([NEWS] * 4, [], [], []), (0, 0, 4, 0)),
        (Month([{**NEWS, "class": "staff"}] * 3, [], [], []), (0, 0, 0, 0)),
        (Month([{**NEWS, "class": "marketing"}] * 2, [], [], []), (0, 0, 2, 0)),
        (Month([NEWS], [{"status": "sending", "due_at": "2027-01-01T00:00:00Z"}], [], []), (0, 0, 0, 1)),
        (Month([NEWS], [{"status": "held", "due_at": "2027-01-01T00:00:00Z"}], [], []), (0, 0, 0, 0)),
        (Month([NEWS], [{"status": "held", "due_at": "2026-01-06T00:00:00Z"}], [], []), (0, 0, 0, 1)),
    ],
)
def test_what_is_gone_came_too_often_or_still_waits_is_noticed(broken: Month, judged: tuple[int, ...]) -> None:
    found = Compared(Month([NEWS], [], [], []), broken, ())
    assert tuple(map(len, (found.lost, found.elsewise, found.too_often, found.unfinished))) == judged
