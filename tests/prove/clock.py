"""Figures 14 to 17: clock changes, leap days, sweeps that come and go, payments at every point."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.agenda import Agenda
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.model.vocabulary import Sweep
from shopbell.domain.time.birthday import Birthday
from tests.prove.figure import Figure, Reached
from tests.prove.telling import DAY, HOUR, MINUTE, MONDAY, OLENA, news, placed, repeated, taken
from tests.simulator.case import Case
from tests.simulator.faults import Fault
from tests.simulator.generator import story
from tests.simulator.judges import broken, outside_send_hours, past_its_truth
from tests.simulator.matrix import calls_of
from tests.simulator.play import live, play
from tests.simulator.stage import stage
from tests.simulator.story import Act, Asleep, NeverRuns, Person, Story, Unsteady
from tests.world import a_shop

ZONES = ("Europe/Kyiv", "Europe/Budapest", "America/New_York", "Australia/Sydney", "America/Santiago")
QUARTER = timedelta(minutes=15)
UNSTEADY = 25


def both_clock_changes() -> Reached:
    outside = twice = sent = 0
    for zone in ZONES:
        for change in _changes(zone):
            person = Person("dobra", "c-0", "Zorina Quist0", phone="+380507654320", zone=zone)
            start = change - 12 * HOUR
            with live(start, (person,)) as world:
                for number in range(96):
                    world.until(start + number * QUARTER)
                    world.cloud.move(start + number * QUARTER)
                    world.act(placed(f"o-{number}", person, world.cloud.now))
                world.until(start + 3 * DAY)
                outside += len(list(outside_send_hours(Case(world.played))))
                twice, sent = twice + repeated(world), sent + taken(world)
    said = f"{sent} SMS: outside the hours {outside}, twice {twice}"
    return Reached(said, (outside, twice) == (0, 0) and sent > 0)


def _changes(zone: str) -> Iterator[datetime]:
    """The hours of 2026 before which the zone's clocks are set."""
    at, there = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo(zone)
    while at.year == 2026:
        if (at - HOUR).astimezone(there).utcoffset() != at.astimezone(there).utcoffset():
            yield at
        at += HOUR


def leap_birthdays() -> Reached:
    wrong = 0
    birthday = Birthday.parse("1904-02-29")
    record = Record({"birthday": FieldVersion(str(birthday), "")})
    since = datetime(1904, 1, 1, tzinfo=UTC)
    for year in range(1904, 2101):
        seen = set()
        for month in range(1, 13):
            now = datetime(year, month, 28, 12, tzinfo=UTC)
            facts = Facts(a_shop(), Customer("id:1", record), agenda=Agenda(since=since))
            ours = (each for each in BY_NAME["birthday_today"].on(facts, now) if each.occurrence_id == str(year))
            seen |= {BY_NAME["birthday_today"].starts(facts, each) for each in ours}
        days = {at.astimezone(a_shop().zone).date() for at in seen if at}
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        wrong += days != {date(year, 2, 29 if leap else 28)}
    return Reached(f"one birthday in each of {197 - wrong} of 197 years", wrong == 0)


def unsteady_sweeps() -> Reached:
    """Thirty days of ticks left out, doubled and cut short, three of them without any function; and a month each
    without one of the sweeps."""
    lines, decided = [], 0
    for seed in range(UNSTEADY):
        told = story(seed)
        failure = (Unsteady(told.start, told.start + 30 * DAY), Asleep(told.start + 4 * DAY, told.start + 7 * DAY))
        played = play(stage(), Story(seed, told.start, told.people, (*_acts(told), *failure)))
        lines += broken(played)
        decided += len(Case(played).ledger[1])
    for sweep in (sweep for sweep in Sweep if sweep is not Sweep.OUTBOX):
        told = story(UNSTEADY)
        played = play(stage(), Story(0, told.start, told.people, (NeverRuns(told.start, sweep), *_acts(told))))
        lines += broken(played)
        decided += len(Case(played).ledger[1])
    months = UNSTEADY + len(Sweep) - 1
    said = f"{decided} decisions in {months} months: {len(lines)} twice, missing or after its window"
    return Reached(said, not lines)


def _acts(told: Story) -> tuple[Act, ...]:
    """What people and shops do, and nothing that breaks."""
    return tuple(act for act in told.acts if hasattr(act, "person") or hasattr(act, "type"))


def paid_at_every_point() -> Reached:
    """Payment comes within minutes of the reminder, and in the midst of every call on its way."""
    due = MONDAY + 2 * DAY
    order = placed("1", OLENA, MONDAY, "bank_transfer")
    tries = after = 0
    for wait in range(-5, 6):
        paid = news("order.paid", "1", due + wait * MINUTE)
        told = Story(0, MONDAY, (OLENA,), (order, paid))
        for number in range(1, len(calls_of(told)) + 1):
            played = play(stage(), told, {number: Fault.BETWEEN})
            tries += 1
            after += len(list(past_its_truth(Case(played))))
    return Reached(f"{after} reminders after payment, paid at {tries} points", after == 0)


FIGURES = (
    Figure(
        14,
        "time",
        "every quarter of an hour over both clock changes in 5 zones",
        "outside 0, twice 0",
        both_clock_changes,
    ),
    Figure(15, "time", "29 February 1904–2100", "one birthday a year", leap_birthdays),
    Figure(
        16,
        "sweep",
        "30 days of ticks skipped, doubled, cut short; three days down; one sweep that never runs",
        "each step once, in its window",
        unsteady_sweeps,
    ),
    Figure(
        17,
        "sweep",
        "paid at each point between being due and being sent",
        "reminders after payment 0",
        paid_at_every_point,
    ),
)
