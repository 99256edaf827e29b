"""What a shop's own past tells of how its customers order: learnt from what each bought, anew each month."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from statistics import median
from zoneinfo import ZoneInfo

from shopbell.domain.model.purchases import Purchase
from shopbell.domain.model.rhythm import Fit, Rhythm
from shopbell.domain.rules.expectation import History, fitted
from shopbell.domain.rules.quiet import Seen, quiet_groups
from shopbell.domain.rules.rhythm import ASLEEP, Pace, expected_of, pace, spent
from shopbell.domain.time.calendar import local_day

LEARNT_FOR = timedelta(days=30)
ENOUGH = 30
"""So many customers with a usual time of their own must there be before the shop, or a category, has one; and so many
in all before anything is reckoned of what to expect."""
MOST_FITTED = 2_000
"""More of them make no difference to four parameters."""
MOST_CATEGORIES = 50
BIG, ENOUGH_FOR_BIG = 0.9, 10
"""A tenth of the customers have spent the most, once there are so many in all."""
LETTERS_A_DAY, DAYS_OF_LETTERS = 50, 10
"""Where all are found asleep at once, so many are written to on each day, or a tenth of them where that is more."""
CALLS_A_DAY, DAYS_OF_CALLS = 10, 60


def is_to_be_learnt(rhythm: Rhythm, now: datetime) -> bool:
    return rhythm.learnt_at is None or rhythm.learnt_at <= now - LEARNT_FOR


def learn_rhythm(
    customers: Iterable[Sequence[Purchase]],
    before: Rhythm,
    now: datetime,
    *,
    floor_days: int,
    zone: ZoneInfo,
    currency: str,
    share: float = 1.0,
) -> Rhythm:
    """`customers`: what each bought, the oldest first; `share`: so many of the shop's. Who is asleep at the first time
    is found then, and takes their turn by what may be expected of them."""
    bought = [each for each in customers if pace(each, before, floor_days, zone)]
    today = local_day(now, zone)
    learnt = _usual(bought, Rhythm(now, before.since or now), floor_days, zone)
    known = [(each, found) for each in bought if (found := pace(each, learnt, floor_days, zone))]
    totals = [spent(each, currency) for each, _ in known]
    learnt = replace(
        learnt,
        fit=_fit([found.history(today) for _, found in known]),
        big_from=_big(totals),
        quiet=quiet_groups([Seen(each, found.silent_for(ASLEEP)) for each, found in known], today),
    )
    if before.since:
        return replace(learnt, letters=before.letters, calls=before.calls)
    asleep = [(found, total) for (_, found), total in zip(known, totals, strict=True) if _is_asleep(found, today)]
    return _with_turns(learnt, asleep, today, share)


def _usual(bought: Iterable[Sequence[Purchase]], learnt: Rhythm, floor_days: int, zone: ZoneInfo) -> Rhythm:
    """Half of the regular customers never let more pass: all of them, and those who bought of one category."""
    of_all: list[int] = []
    by_category: dict[str, list[int]] = {}
    for each in bought:
        found = pace(each, learnt, floor_days, zone)
        if found is None or found.longest is None:
            continue
        of_all.append(found.longest)
        for category in {item.category for purchase in each for item in purchase.items if item.category}:
            by_category.setdefault(category, []).append(found.longest)
    enough = {category: times for category, times in by_category.items() if len(times) >= ENOUGH}
    most = sorted(enough, key=lambda category: (-len(enough[category]), category))[:MOST_CATEGORIES]
    return replace(
        learnt,
        usual_days=float(median(of_all)) if len(of_all) >= ENOUGH else None,
        categories={category: float(median(enough[category])) for category in most},
    )


def _fit(histories: Sequence[History]) -> Fit | None:
    every = max(1, ceil(len(histories) / MOST_FITTED))
    return fitted(histories[::every]) if len(histories) >= ENOUGH else None


def _big(totals: Sequence[Decimal]) -> Decimal | None:
    """None where they have spent no more than most have."""
    if len(totals) < ENOUGH_FOR_BIG:
        return None
    most = sorted(totals)[int(len(totals) * BIG)]
    return most if most > median(totals) else None


def _is_asleep(found: Pace, today: date) -> bool:
    return found.silent_for(ASLEEP) <= today


def _with_turns(learnt: Rhythm, asleep: Sequence[tuple[Pace, Decimal]], today: date, share: float) -> Rhythm:
    expected = [(expected_of(found, learnt.fit, today) or 0.0, total) for found, total in asleep]
    of_all = sorted((each for each, _ in expected), reverse=True)
    big = learnt.big_from
    of_big = sorted((each for each, total in expected if big is not None and total >= big), reverse=True)
    a_day = max(1, ceil(LETTERS_A_DAY * share), ceil(len(of_all) / DAYS_OF_LETTERS))
    calls = max(1, ceil(CALLS_A_DAY * share), ceil(len(of_big) / DAYS_OF_CALLS))
    return replace(learnt, letters=_lasts(of_all, a_day), calls=_lasts(of_big, calls))


def _lasts(expected: Sequence[float], a_day: int) -> tuple[float, ...]:
    """Of the last of each day, but of the last day: who has less waits for the next."""
    return tuple(expected[number - 1] for number in range(a_day, len(expected), a_day))
