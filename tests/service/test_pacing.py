"""The pace of letters: set at each tick of the outbox, kept in the table, read by who sends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from shopbell.channels.sending_quota import sending_quota
from shopbell.domain.deciding.pace import LANES, Pace, Quota, pace_for
from shopbell.domain.model.vocabulary import Lane
from shopbell.service.delivery.pacing import SetPace
from shopbell.storage.pacing import KEY, Pacing, pace_of
from tests.memory_table import MemoryTable
from tests.world import MONDAY

NEWS, REMINDERS, MARKETING = LANES


def test_what_is_written_is_read_and_before_that_the_usual_pace_counts() -> None:
    pacing = Pacing(MemoryTable())
    assert pacing.read() == Pace() == pace_for(14, {})
    written = pace_for(200, {MARKETING: 70_000, REMINDERS: 20})
    pacing.save(written, MONDAY)
    assert pacing.read() == pace_of(pacing.table.get([KEY])[KEY]) == written


def test_a_lane_of_another_version_is_left_out() -> None:
    assert pace_of({"doc": '{"rate": 14.0, "waiting": {"email": 9, "reminder_email": 5}}'}) == Pace(14, {REMINDERS: 5})


class Ses:
    """Answers as the SDK does."""

    def get_account(self) -> dict[str, Any]:
        return {"SendQuota": {"Max24HourSend": 50_000.0, "MaxSendRate": 200.0, "SentLast24Hours": 7.0}}


def test_the_rate_is_what_ses_says_of_the_account() -> None:
    assert sending_quota(Ses()) == Quota(200, 50_000, 7)


class OutageError(Exception):
    """Nobody answers."""


@dataclass
class Tick:
    """The outbox's, with a provider and queues that answer, or do not."""

    pacing: Pacing = field(default_factory=lambda: Pacing(MemoryTable()))
    failure: Exception | None = None
    queues_are_down: bool = False
    logged: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def quota(self) -> Quota:
        if self.failure:
            raise self.failure
        return Quota(200, 50_000, 7)

    def waiting(self, lanes: Iterable[Lane]) -> Mapping[Lane, int]:
        if self.queues_are_down:
            raise OutageError
        return {lane: number for number, lane in enumerate(lanes)}

    def note(self, message: str, facts: dict[str, object]) -> None:
        self.logged.append((message, facts))

    def __call__(self) -> Pace:
        is_outage = lambda error: isinstance(error, OutageError)
        SetPace(self.quota, self.waiting, self.pacing, is_outage, self.note)(MONDAY)
        return self.pacing.read()


def test_a_tick_sets_the_pace_from_what_the_provider_allows_and_what_waits() -> None:
    assert Tick()() == pace_for(200, {NEWS: 0, REMINDERS: 1, MARKETING: 2}, 50_000, 7)


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        (Tick(failure=OutageError()), "pace_not_set"),
        (Tick(queues_are_down=True), "pace_not_set"),
        (Tick(failure=PermissionError()), "alarm"),
    ],
)
def test_a_rate_that_cannot_be_read_stops_no_tick_and_the_last_one_counts(broken: Tick, line: str) -> None:
    assert replace(broken, pacing=Pacing(MemoryTable()))() == Pace()
    assert [message for message, _ in broken.logged] == [line]
    broken.pacing.save(pace_for(50, {}), MONDAY)
    assert broken() == pace_for(50, {})
