"""Row 15: how well it is told who is asleep, on CDNOW: 69 659 purchases of 23 570 customers of a record shop of 1997.

Asked of those who had ordered on three days or more by the end of 1997: was less expected of who did not come back
within 180 days? The figure is the product's own, learnt from what all customers had bought until then. Beside it what
else one might go by: the days of silence by the median of one's own gaps.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks.data import of_package
from benchmarks.scoreboard import Figure
from shopbell.domain.model.purchases import Purchase
from shopbell.domain.model.rhythm import Rhythm
from shopbell.domain.rules.expectation import expected_orders
from shopbell.domain.rules.learning import learn_rhythm
from shopbell.domain.rules.regulars import REGULAR_ORDERS
from shopbell.domain.rules.rhythm import pace

PACKAGE, NAME = "Lifetimes", "CDNOW_master.txt"
CUT, AHEAD = date(1997, 12, 31), timedelta(days=180)
FLAGGED = 0.43
"""So many of them are called asleep."""
FLOOR_DAYS = 15
ZONE = ZoneInfo("UTC")
Scored = Sequence[tuple[float, bool]]
"""Of each how awake they seemed, and whether they came back."""


def figures(small: bool) -> list[Figure]:
    days = _days(of_package(PACKAGE, NAME))
    by_expectation, by_median = scored(dict(list(days.items())[:: 10 if small else 1]))
    came_back = sum(back for _, back in by_expectation) / len(by_expectation)
    of = f"CDNOW, {len(by_expectation)} regulars, {came_back:.1%} came back"
    return [
        Figure(
            row="15a",
            figure="who came back seemed less asleep than who did not (AUC)",
            value=round(auc(by_expectation), 3),
            goal=0.7,
            reference=f"{of}; by days ÷ own median {auc(by_median):.3f}",
            spread=0.0,
            at_least=True,
        ),
        Figure(
            row="15b",
            figure=f"% of letters to who comes anyway, to the {FLAGGED:.0%} most asleep",
            value=round(100 * needless(by_expectation), 1),
            goal=38.0,
            reference=f"{of}; by days ÷ own median {100 * needless(by_median):.1f}",
            spread=0.0,
        ),
    ]


def _days(file: Path) -> Mapping[str, Sequence[date]]:
    """The days on which each customer bought, in order."""
    bought: dict[str, set[date]] = defaultdict(set)
    for line in file.read_text().splitlines()[1:]:
        customer, day, *_ = line.split()
        bought[customer].add(datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date())
    return {customer: sorted(days) for customer, days in bought.items()}


def scored(days: Mapping[str, Sequence[date]]) -> tuple[Scored, Scored]:
    """By what is expected of each regular customer, and by their silence against the median of their own gaps."""
    until = {customer: [day for day in bought if day <= CUT] for customer, bought in days.items()}
    past = {customer: [_purchase(day) for day in bought] for customer, bought in until.items() if bought}
    now = datetime(CUT.year, CUT.month, CUT.day, 12, tzinfo=UTC)
    rhythm = learn_rhythm(past.values(), Rhythm(), now, floor_days=FLOOR_DAYS, zone=ZONE, currency="")
    assert rhythm.fit is not None
    by_expectation, by_median = [], []
    for customer, purchases in past.items():
        known = pace(purchases, rhythm, FLOOR_DAYS, ZONE)
        if known is None or len(known.days) < REGULAR_ORDERS:
            continue
        back = any(CUT < day <= CUT + AHEAD for day in days[customer])
        by_expectation.append((expected_orders(rhythm.fit, known.history(CUT), AHEAD.days), back))
        by_median.append((-(CUT - known.last_on).days / median(known.gaps), back))
    return by_expectation, by_median


def _purchase(day: date) -> Purchase:
    return Purchase(day.isoformat(), datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def auc(scored: Scored) -> float:
    """How likely it is that of two, one of whom came back, that one had seemed the more awake; a tie is half."""
    before, sum_of_ranks = 0, 0.0
    for _, tied in groupby(sorted(scored), key=lambda each: each[0]):
        backs = [back for _, back in tied]
        sum_of_ranks += sum(backs) * (before + (len(backs) + 1) / 2)
        before += len(backs)
    came = sum(back for _, back in scored)
    return (sum_of_ranks - came * (came + 1) / 2) / (came * (len(scored) - came))


def needless(scored: Scored) -> float:
    """Of those who seemed most asleep, the share who came back by themselves."""
    flagged = sorted(scored)[: round(FLAGGED * len(scored))]
    return sum(back for _, back in flagged) / len(flagged)
