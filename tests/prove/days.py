"""Figure 29: random sets of days, slots and delays, each letter read by a judge who knows only what the shop said.

The judge reads the letters' text, counts the ends of days for itself, and asks the product nothing.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shopbell.domain.deciding.agenda import decide_all
from shopbell.domain.deciding.decide import StepDecision, judge
from shopbell.domain.deciding.subjects import SUBJECTS
from shopbell.domain.journeys import ROWS_OF
from shopbell.domain.letter_context.build import letter_context
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.events import Event
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.order import Order
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.model.shop import DeliveriesTold
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, SubjectKind
from shopbell.rendering.sandbox import Part
from shopbell.rendering.whitespace import paragraphs
from tests.prove.figure import Figure, Reached
from tests.rendering.letters import RENDERER
from tests.world import KYIV, a_shop, an_order

STORIES = 5_000
ROWS = tuple(row for row in ROWS_OF[SubjectKind.ORDER] if row.message_class is MessageClass.TRANSACTIONAL)
"""Of the letters to customers about an order."""
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("Europe/Kyiv", "Europe/London", "America/New_York")
WINDOWS = {"": time(21), "18:00-20:00": time(20), "10:00–12:00": time(12), "in the evening": time(21)}
"""What a shop says of the hour, and when such an arrival is over on the customer's clock."""
CLOSES = time(18)
"""When the shop's own day is over."""
MONTHS = ("January", "February", "March", "April", "May")


@dataclass
class Story:
    """`said`: moments, event types, the order's changes and what stands beside."""

    zone: ZoneInfo
    window: str
    tells: bool
    said: list[tuple[datetime, str, dict[str, Any], dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A letter, and what it was about."""

    name: str
    at: datetime
    text: str
    promised: tuple[str, date] | None
    parcel: str | None


def story(seed: int) -> Story:
    chance = random.Random(seed)
    told = Story(ZoneInfo(chance.choice(ZONES)), chance.choice([*WINDOWS]), chance.random() < 0.5)
    now = START

    def day() -> str:
        return (now.date() + chance.randint(-8, 16) * DAY).isoformat()

    def some(**names: float) -> dict[str, str]:
        return {f"delivery.{name}": day() for name, likely in names.items() if chance.random() < likely}

    def say(event: str, changes: dict[str, Any], **beside: Any) -> None:
        nonlocal now
        told.said.append((now, event, changes, beside))
        now += chance.choice((1, 5, 20, 48, 75)) * HOUR

    method = chance.choice(("courier", "pickup_point", "post", "self_pickup"))
    paid = chance.choice(("bank_transfer", "cash_on_delivery"))
    order = {"delivery.method": method, "delivery.time_window": told.window, "payment.method": paid}
    say("order.placed", an_order(**order, **some(ships_by=0.4, arrives_from=0.3, arrives_by=0.5, pickup_until=0.3)))
    say("order.paid" if paid == "bank_transfer" else "order.accepted", some(ships_by=0.2))
    if chance.random() < 0.3:
        say("order.delayed", {}, delay={"new_date": day()})
    for parcel in range(chance.choice((0, 1, 1, 2))):
        number = {"delivery.tracking_number": f"T{parcel}"}
        say("order.shipped", number | some(shipped_on=0.4, arrives_from=0.3, arrives_by=0.7, pickup_until=0.2))
        if chance.random() < 0.25:
            say("order.delayed", {}, delay={"new_date": day()})
        if chance.random() < 0.3:
            say("order.ready_for_pickup", number | some(pickup_until=0.7))
        if chance.random() < 0.4:
            say("order.delivered", number)
    return told


def letters(told: Story) -> Iterator[Told]:
    """Every letter to the customer, as the clock goes on for three weeks."""
    mode = DeliveriesTold.ALWAYS if told.tells else DeliveriesTold.NEVER
    zone = {"timezone": FieldVersion(told.zone.key, "0")}
    customer = Customer("id:7", record=Record({"email": FieldVersion("o@customer.example", "0"), **zone}))
    facts = Facts(a_shop(deliveries_told=mode), customer, Contact("e"), order=Order("1001"))
    waits: list[StepDecision] = []
    coming = list(told.said)
    now = START
    while now < START + 40 * DAY:
        if coming and coming[0][0] <= now:
            at, event_type, changes, beside = coming.pop(0)
            event = Event("dobra", f"e{len(coming)}", event_type, at, "1001", changes, extra=beside)
            assert facts.order
            facts = replace(facts, order=SUBJECTS[SubjectKind.ORDER].merged(facts.order, event, facts.shop))
        looked = decide_all(facts, now, rows=ROWS)
        facts = looked.facts
        steps = [*looked.step_decisions, *_due(facts, waits, now)]
        waits += [step for step in steps if step.outcome in (None, Outcome.HELD) and step.due_at > now]
        for step in steps:
            if step.outcome is Outcome.SENT and step.channel is ChannelName.EMAIL:
                yield _letter(facts, step, now)
        moments = [step.due_at for step in waits] + [at for at, *_ in coming]
        following = min([*moments, *([facts.agenda.next.at] if facts.agenda.next else [])], default=None)
        if following is None:
            return
        now = max(following, now + timedelta(minutes=1))


def _due(facts: Facts, waits: list[StepDecision], now: datetime) -> Iterator[StepDecision]:
    for step in [step for step in waits if step.due_at <= now]:
        waits.remove(step)
        yield from judge(facts, step.journey, step.trigger, now)


def _letter(facts: Facts, step: StepDecision, now: datetime) -> Told:
    assert step.journey.message_class is not MessageClass.STAFF
    context = letter_context(facts, step.journey, step.trigger, now)
    names = {**context, "locale": "en", "unsubscribe_url": "", "task_url": ""}
    blocks = RENDERER._templates_of("en", Part.PLAIN).blocks(step.journey.kind, names)
    text = paragraphs(blocks.framed("text"))  # the HTML says the same, and other tests say so
    promise = context.get("promise")
    promised = (promise.what, promise.day) if promise else None
    return Told(step.journey.name, now, text.split("\n--")[0], promised, step.trigger.parcel)


# -------------------------------------------------------------------------------------------------------- the judge

LABELS = {
    "We’ll send it by": "leaves",
    "Due to leave by": "leaves",
    "Ready to collect by": "leaves",
    "Expected": "arrives",
    "Expected to arrive by": "arrives",
    "Still expected to arrive by": "arrives",
    "Now expected to arrive by": "arrives",
    "Last day to collect it": "kept",
    "Last day free of charge": "kept",
    "Sent on": "sent",
    "Ordered on": "sent",
}
STEPS = {"Sent": "sent", "Leaves by": "leaves", "Ready by": "leaves", "Arrives": "arrives", "Ready to collect": "kept"}
"""How the line of an order's progress begins each step that has a day."""
DATE = re.compile(rf"(?:(\d{{1,2}})(?: or | and | to |–))?\b(\d{{1,2}}) ({'|'.join(MONTHS)})")


def wrong(told: Story, letter: Told) -> Iterator[str]:
    """Everything in a letter that cannot be."""
    named = _named(letter)
    today = letter.at.astimezone(told.zone).date()
    progress = _progress(letter)
    for role, days in (*named.items(), *progress.items()):
        last = days[-1]
        if role == "sent" and last > letter.at.astimezone(KYIV).date():
            yield f"sent on {last}, which has not come"
        if role != "sent" and _is_over(told, role, last, letter.at):
            yield f"{role} {last}, which is over"
    turn = [named[role][-1] for role in ("leaves", "arrives", "kept") if role in named]
    if turn != sorted(turn):
        yield f"days out of turn: {turn}"
    if "sent" in named and "arrives" in named and named["sent"][-1] > named["arrives"][-1]:
        yield "there before it was sent"
    yield from (
        f"{role} {days[-1]} and {named[role][-1]}"
        for role, days in progress.items()
        if role in named and named[role][-1] != days[-1]
    )
    allowed = {*named.get("sent", ()), *progress.get("sent", ()), *([letter.promised[1]] if letter.promised else ())}
    for day in _dates(letter.text):
        if day < min(today, letter.at.astimezone(KYIV).date()) and day not in allowed:
            yield f"the past day {day} is told"


def _named(letter: Told) -> dict[str, list[date]]:
    named = {}
    for line in letter.text.splitlines():
        label, _, value = line.partition(": ")
        if label in LABELS and (days := _dates(value)):
            named[LABELS[label]] = days
    return named


def _progress(letter: Told) -> dict[str, list[date]]:
    steps = [
        step.strip(" \u00a0*") for line in letter.text.splitlines() if "\u00a0· " in line for step in line.split("·")
    ]
    told = {role: _dates(step) for step in steps for words, role in STEPS.items() if step.startswith(words)}
    return {role: days for role, days in told.items() if days}


def _dates(text: str) -> list[date]:
    found = []
    for first, last, month in DATE.findall(text.replace("\u00a0", " ")):
        found += [date(2026, MONTHS.index(month) + 1, int(day)) for day in (first, last) if day]
    return found


def _is_over(told: Story, role: str, day: date, now: datetime) -> bool:
    closes, zone = (WINDOWS[told.window], told.zone) if role == "arrives" else (CLOSES, KYIV)
    return now >= datetime.combine(day, closes, zone)


def too_soon(told: Story, letter: Told) -> Iterator[str]:
    """An apology while the day is not over, or of a parcel that was told to be there, or where silence says nothing."""
    if letter.promised is None:
        return
    what, day = letter.promised
    role = "arrives" if what == "arrival" else "leaves"
    if not _is_over(told, role, day, letter.at):
        yield f"an apology for {day} at {letter.at}"
    if what != "arrival":
        return
    here = ("order.ready_for_pickup", "order.delivered")
    arrived = {
        changes.get("delivery.tracking_number")
        for at, event, changes, _ in told.said
        if event in here and at < letter.at
    }
    if not told.tells or letter.parcel in arrived:
        yield f"an apology for parcel {letter.parcel}, of which silence says nothing"


def days() -> Reached:
    impossible: list[str] = []
    soon: list[str] = []
    read = 0
    for seed in range(STORIES):
        told = story(seed)
        for letter in letters(told):
            read += 1
            impossible += [f"{seed} {letter.name}: {each}" for each in wrong(told, letter)]
            soon += [f"{seed} {letter.name}: {each}" for each in too_soon(told, letter)]
    first = "; ".join([*impossible[:2], *soon[:2]])
    text = f"{STORIES} sets, {read} letters: impossible days {len(impossible)}, apologies too soon {len(soon)} {first}"
    return Reached(text.strip(), not impossible and not soon)


FIGURES = (
    Figure(
        29,
        "days",
        "5 000 random sets of days, slots and delays",
        "a past or impossible day told 0; an apology before the day is over 0",
        days,
    ),
)
