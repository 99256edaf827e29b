"""The agenda of a subject: what was decided of it, since when its days count, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shopbell.domain.model.vocabulary import ChannelName, Outcome, Sweep

MOST_STEPS = 200
"""Steps that one agenda remembers: it stands in the head of its subject, which is written with every event."""
CUSTOMER_STEPS_KEPT = timedelta(days=400)
"""Longer than a year, so that no year's birthday is decided twice."""


@dataclass(frozen=True, slots=True)
class StepDecided:
    """A step that was decided, and by which channels it goes; `outcome` is None where it was planned for later.
    `is_held_out`: it would have been sent, but for comparison it is not."""

    outcome: Outcome | None
    at: datetime
    channels: tuple[ChannelName, ...] = ()
    is_held_out: bool = False


@dataclass(frozen=True, slots=True)
class PutOff:
    """A row of the table that raised: how often in a row, and until when it is left alone."""

    failures: int
    until: datetime


@dataclass(frozen=True, slots=True)
class NextStep:
    """When the subject is to be looked at next, and by which sweep."""

    at: datetime
    sweep: Sweep


@dataclass(frozen=True, slots=True)
class Agenda:
    """`decided`: by the step's key ("<row>|<occurrence>"). `since`: from when the days of the calendar (a birthday,
    a holiday) count for the subject. `put_off`: by the row's name."""

    decided: Mapping[str, StepDecided] = field(default_factory=dict)
    since: datetime | None = None
    put_off: Mapping[str, PutOff] = field(default_factory=dict)
    next: NextStep | None = None

    def not_skipped(self, row: str) -> Iterator[tuple[str, StepDecided]]:
        """The steps of a row that were sent, asked for, or planned, by their occurrence."""
        for key, step in self.decided.items():
            name, _, occurrence_id = key.partition("|")
            if name == row and step.outcome is not Outcome.SKIPPED:
                yield occurrence_id, step

    def joined(self, other: "Agenda") -> "Agenda":
        """Of a subject that was remembered in two places: what either decided is decided, the sooner step is next."""
        coming = [step for step in (self.next, other.next) if step]
        return Agenda(
            {**other.decided, **self.decided},
            min((since for since in (self.since, other.since) if since), default=None),
            {**other.put_off, **self.put_off},
            min(coming, key=lambda step: step.at, default=None),
        )


def newest_steps(decided: Mapping[str, StepDecided]) -> Mapping[str, StepDecided]:
    """At most `MOST_STEPS`: the oldest of those that are settled go first."""
    surplus = len(decided) - MOST_STEPS
    if surplus <= 0:
        return decided
    settled = sorted((key for key in decided if decided[key].outcome), key=lambda key: decided[key].at)
    dropped = set(settled[:surplus])
    return {key: step for key, step in decided.items() if key not in dropped}


def recent_steps(decided: Mapping[str, StepDecided], now: datetime) -> Mapping[str, StepDecided]:
    """Of a customer's steps those of the last 400 days, and for ever those that come once a customer: their occurrence
    has no name ("<row>|")."""
    oldest = now - CUSTOMER_STEPS_KEPT
    return {key: step for key, step in decided.items() if step.at >= oldest or key.endswith("|")}
