"""What the owner is told of a month, from what was counted of it and of the year before."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace as Context
from typing import Any

from shopbell.domain.journeys import JOURNEYS, Journey
from shopbell.domain.journeys.stock import BACK
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.figures import WITHIN, Count, Tally, by_name
from shopbell.domain.model.vocabulary import MessageClass, Reason, Sweep
from shopbell.domain.rules.comparison import Arm, compared
from shopbell.domain.rules.forecast import forecasts

LetterContext = dict[str, Any]
MOST = 8
"""Of the chapters and of the reasons: a longer list is not read."""
DEARER = 7
"""So many times as much it costs to find a customer as to wake one (R126)."""
UNTOLD = frozenset(
    {
        *(Reason.SUPERSEDED, Reason.ABSORBED, Reason.ALREADY_SENT, Reason.NO_LONGER_TRUE, Reason.NOTHING_TO_TELL),
        *(Reason.STALE_EVENT, Reason.LOST, Reason.DISABLED, Reason.UNREADABLE, Reason.DUE),
    }
)
"""Reasons that kept nothing back: there was nothing to say, or another letter said it."""


def month_context(facts: Facts, trigger: Trigger, now: datetime) -> LetterContext:
    month = trigger.occurrence_id
    tally, year = facts.tallies.get(month, {}), _sum(facts.tallies.values())
    return {
        "month": Context(
            first=date.fromisoformat(f"{month}-01"),
            orders=tally.get(Count.ORDERS, 0),
            sent=sum(_sent(tally).values()),
            chapters=_bars(_sent(tally)),
            kept_back=_bars({name: n for name, n in by_name(tally, Count.KEPT).items() if Reason(name) not in UNTOLD}),
            unpaid=_unpaid(tally),
            accepted=_accepted(tally),
            journeys=[each for group in _groups(year) if (each := _journey(group, tally, year))],
            back=sum(by_name(tally, Count.BACK).values()),
            sleeping=_sleeping(facts, tally),
            often=_often(facts.tallies, month),
            reviews=_reviews(tally),
            texts=_texts(facts, tally),
            quiet=[Context(**group._asdict()) for group in facts.shop.rhythm.quiet],
            holdout_percent=facts.shop.marketing.holdout_percent,
        ),
        "currency": facts.shop.currency,
    }


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Counter[str]()
    for tally in tallies:
        total.update(tally)
    return total


def _sent(tally: Tally) -> Mapping[str, int]:
    """Messages for customers, by chapter."""
    chapters = Counter[str]()
    for name, number in by_name(tally, Count.SENT).items():
        row = _ROWS.get(name.partition("|")[0])
        if row is not None and not row.is_task:
            chapters[_chapter(row)] += number
    return chapters


_ROWS = {row.kind: row for row in JOURNEYS}


def _chapter(row: Journey) -> str:
    if row.series:
        return str(row.series)
    if row.kind == BACK:
        return row.kind
    return "reminders" if row.reminds or row.sweep is Sweep.UNCOLLECTED_PARCELS else _CLASSES[row.message_class]


_CLASSES = {
    MessageClass.TRANSACTIONAL: "orders",
    MessageClass.SERVICE: "service",
    MessageClass.MARKETING: "campaign",
    MessageClass.GREETING: "holiday",
}


def _bars(numbers: Mapping[str, int]) -> list[Context]:
    """The most first; `share` of the longest bar, in hundredths."""
    most = max(numbers.values(), default=0)
    ordered = sorted(numbers.items(), key=lambda each: (-each[1], each[0]))[:MOST]
    return [Context(name=name, number=number, share=max(round(100 * number / most), 1)) for name, number in ordered]


def _percent(part: int, whole: int) -> Decimal:
    return Decimal(round(100 * part / whole)) if whole else Decimal(0)


def _unpaid(tally: Tally) -> Context | None:
    prepaid, lost = tally.get(Count.PREPAID, 0), tally.get(Count.LOST, 0)
    return Context(number=lost, of=prepaid, percent=_percent(lost, prepaid)) if prepaid and lost else None


def _accepted(tally: Tally) -> Context | None:
    """`bands`: the shares of the orders that were taken on within so many working hours, and not within fewer; 0: later
    than that (R017, R018)."""
    by_hours = {int(hours): number for hours, number in by_name(tally, Count.ACCEPTED).items()}
    number = sum(by_hours.values())
    if not number:
        return None
    bands = [_band(hours, by_hours.get(hours, 0), number) for hours in (*WITHIN, 0)]
    return Context(number=number, bands=bands)


def _band(hours: int, part: int, whole: int) -> Context:
    percent = _percent(part, whole)
    return Context(hours=hours, percent=percent, share=int(percent))


def _groups(year: Tally) -> list[str]:
    return sorted({*by_name(year, Count.TOLD), *by_name(year, Count.HELD_OUT)})


def _journey(group: str, tally: Tally, year: Tally) -> Context | None:
    """`told`, `back`: of this month; `works` and `fails` rest on the whole year. Where one cannot tell yet, `months`:
    after how many one may."""
    told, back = by_name(tally, Count.TOLD).get(group, 0), by_name(tally, Count.BACK).get(group, 0)
    if not told:
        return None
    arm = Arm(by_name(year, Count.TOLD).get(group, 0), by_name(year, Count.BACK).get(group, 0))
    other = Arm(by_name(year, Count.HELD_OUT).get(group, 0), by_name(year, Count.BACK_UNTOLD).get(group, 0))
    result = compared(arm, other) if other.number else None
    return Context(
        name=group,
        told=told,
        back=back,
        percent=_percent(back, told),
        share=int(_percent(back, told)),
        held_out=other.number,
        other_percent=_percent(other.returned, other.number),
        works=result is not None and result.works is True,
        fails=result is not None and result.works is False,
        months=result.months if result else None,
    )


def _sleeping(facts: Facts, tally: Tally) -> Context | None:
    """`lost`: what so many would bring if of a hundred so many woke."""
    asleep = tally.get(Count.ASLEEP, 0)
    if not asleep:
        return None
    orders, spent = tally.get(Count.ORDERS, 0), Decimal(tally.get(Count.SPENT, 0)) / 100
    group = "winback"
    told, woken = by_name(tally, Count.TOLD).get(group, 0), by_name(tally, Count.BACK).get(group, 0)
    average = spent / orders if orders else Decimal(0)
    share, brings = list(forecasts(asleep, average).items())[-1]
    return Context(
        number=asleep, told=told, woken=woken, percent=share, brings=brings if average else None, dearer=DEARER
    )


def _often(tallies: Mapping[str, Tally], month: str) -> Context | None:
    """R127: orders a customer and month, before the first mailing and since."""
    mailed = sorted(each for each, tally in tallies.items() if tally.get(Count.MAILED) and each <= month)
    if not mailed:
        return None
    before = _sum(tally for each, tally in tallies.items() if each < mailed[0])
    since = _sum(tally for each, tally in tallies.items() if mailed[0] <= each <= month)
    if not before.get(Count.BUYERS) or not since.get(Count.BUYERS):
        return None
    return Context(before=_rate(before), since=_rate(since))


def _rate(tally: Tally) -> Decimal:
    return (Decimal(tally[Count.ORDERS]) / tally[Count.BUYERS]).quantize(Decimal("0.01"))


def _reviews(tally: Tally) -> list[Context]:
    """By courier, "" where nobody knows who brought the order."""
    praised = by_name(tally, Count.PRAISED)
    reviewed = sorted(by_name(tally, Count.REVIEWED).items(), key=lambda each: (-praised.get(each[0], 0), each[0]))
    return [Context(name=name, good=praised.get(name, 0), number=number) for name, number in reviewed[:MOST]]


def _texts(facts: Facts, tally: Tally) -> Context | None:
    segments = tally.get(Count.SEGMENTS, 0)
    if not segments:
        return None
    number = sum(n for name, n in by_name(tally, Count.SENT).items() if name.endswith("|sms"))
    return Context(number=number, segments=segments, cost=segments * facts.shop.sms.price_per_segment)
