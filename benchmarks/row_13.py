"""Row 13: how long 100 000 birthday letters take that are due at once, where the provider limits how many leave.

Played in virtual time with the product's handlers: schedules, queues and what runs side by side are the template's. The
reference is what the provider needs for so many letters, refusing what is more than its rate in any second.
"""

from collections.abc import Sequence

from benchmarks.scoreboard import Figure
from benchmarks.stack import NotMeasured
from tests.virtual_time.feeds import MAIL_CONCURRENCY
from tests.virtual_time.mailing import Mailing, played
from tests.virtual_time.outcome import Outcome, p99

CARDS = 100_000
USUAL, MORE = 14.0, 200.0
"""Letters a second."""
SIDE_BY_SIDE = 20
"""What an operator sets where SES allows 200: the template says that ten letters take about a second."""
GOALS = {USUAL: 1.2, MORE: 1.5}
LONGEST_WAIT = 10.0
"""Seconds, of a receipt and of a task."""
SUBJECTS = 150
"""That a sweep is to look at in a second."""


def figures(small: bool) -> list[Figure]:
    cards = CARDS // 10 if small else CARDS
    mailings = [Mailing(cards, USUAL, mail_concurrency=MAIL_CONCURRENCY)]
    mailings += [Mailing(cards, MORE, mail_concurrency=SIDE_BY_SIDE)]
    outcomes = [_played(mailing) for mailing in mailings]
    ratios = [_ratio(*each) for each in zip(("13a", "13b"), mailings, outcomes, strict=True)]
    return [*ratios, _waits(outcomes), _looks(outcomes)]


def _played(mailing: Mailing) -> Outcome:
    outcome = played(mailing)
    if outcome.left != mailing.cards:
        raise NotMeasured(f"{outcome.left} of {mailing.cards} letters left at {mailing.rate:g} a second")
    return outcome


def _ratio(row: str, mailing: Mailing, outcome: Outcome) -> Figure:
    return Figure(
        row=row,
        figure=f"time until {mailing.cards} letters have left, {mailing.rate:g} a second",
        value=round(outcome.seconds / (mailing.cards / mailing.rate), 2),
        goal=GOALS[mailing.rate],
        reference=f"{mailing.cards} ÷ {mailing.rate:g} s; {outcome.refused} calls refused",
        spread=0.0,
    )


def _waits(outcomes: Sequence[Outcome]) -> Figure:
    waits = [p99(outcome.waits) for outcome in outcomes]
    return Figure(
        row="13c",
        figure="seconds until another shop's receipt or task leaves meanwhile, p99",
        value=round(max(waits), 2),
        goal=LONGEST_WAIT,
        reference=f"from the shop's webhook; {sum(len(outcome.waits) for outcome in outcomes)} letters",
        spread=round(max(waits) - min(waits), 2),
    )


def _looks(outcomes: Sequence[Outcome]) -> Figure:
    """As the other figures are, at most what the goal says: so seconds, not birthdays."""
    seconds = [SUBJECTS * took / number for outcome in outcomes for number, took in outcome.looked]
    return Figure(
        row="13d",
        figure=f"seconds in which the sweep looks at {SUBJECTS} birthdays",
        value=round(max(seconds), 2),
        goal=1.0,
        reference=f"virtual; {SUBJECTS / max(seconds):.0f} a second",
        spread=round(max(seconds) - min(seconds), 2),
    )
