"""The promises about what the product keeps: nothing lost, all decided once and accounted for, nobody named."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from shopbell.domain.model.state import Decision, Message
from shopbell.domain.model.vocabulary import MessageClass, Outcome, Reason, Status
from shopbell.storage.heads import unpacked
from tests.simulator.books import ABSORBED, NONE, pages_of
from tests.simulator.case import Case
from tests.simulator.index import Key
from tests.simulator.rules import (
    BIRTHDAY,
    BY_TURNS,
    CARD,
    CARD_DAYS,
    ENDS_WAITING,
    GOING,
    NEWS,
    NOTHING_SENT,
    OVER,
    Order,
    is_by_clock,
    occurrence_id_of,
    parcel_of,
    zone_of,
)
from tests.simulator.stage import QUEUES
from tests.simulator.story import POISON, Asleep, NeverRuns, Person, Tell, Unsteady

ENOUGH_CALM = timedelta(hours=20)
"""In so long a time without any fault, all that waits has left: the longest pause and a night."""
ENOUGH_FOR_SWEEPS = timedelta(hours=44)
"""A subject that failed again and again is put off for most of a day."""
DONE = frozenset({Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED, Status.FAILED, Status.EXPIRED})
GIVEN_UP = frozenset({Status.FAILED, Status.EXPIRED, Status.UNKNOWN})
NEVER_LOST = frozenset({MessageClass.TRANSACTIONAL, MessageClass.STAFF})
OPEN = frozenset({Status.PLANNED, Status.HELD, Status.SENDING})
RANK = {
    "": 0,
    "planned": 1,
    "held": 1,
    "sending": 2,
    "unknown": 3,
    "sent": 4,
    "failed": 5,
    "delivered": 6,
    "bounced": 7,
}
_MISTAKE = re.compile(r'"error":"(Key|Type|Attribute|Value|Index|Name|Assertion|Lookup|Runtime)Error"')
"""What is wrong with the code, and never with what it calls."""
SENDERS = {"send_email", "send_sms"}
IDS = {"shop", "subject", "message", "lane", "more", "customer", "contacts"}
SETTLED = frozenset({"planned", "unknown"})
REPORTS = timedelta(minutes=5)
CHANGES_OF_PLAN = frozenset({("sending", "planned"), ("sending", "held")})
"""A claim that is given back: the provider refused, or the doubt allows one more."""


def lost(case: Case) -> Iterator[str]:
    """Every piece of order news was taken, or a decision explains it."""
    left = {taken.id for taken in case.taken}
    sent = {(m.shop, m.subject, m.name, which) for m in case.messages if m.id in left for which in _which(m)}
    for order in case.orders.values():
        for kind, news in NEWS.items():
            for tell in order.events.get(news.event, []):
                told = (order.shop, f"order/{order.id}", kind, _occurrence(kind, tell)) in sent
                same = [each for each in order.events[news.event] if each.id == tell.id]
                if not told and not any(_explained(case, order, kind, each) for each in same):
                    reasons = [f"{each.reason}" for each in case.decided(order.shop, order.id, kind)]
                    yield f"{kind} of {order.shop} {order.id}, told {tell.at:%d %b %H:%M}: {reasons or 'no decision'}"


def _which(message: Message) -> set[str]:
    """Of a parcel that waits, most stories tell once an order, and not which."""
    if message.name in BY_TURNS:
        return {""}
    return {"", message.occurrence_id} if message.name == "parcel_ready" else {message.occurrence_id}


def _occurrence(kind: str, tell: Tell) -> str:
    return "" if kind in BY_TURNS else occurrence_id_of(tell)


def _explained(case: Case, order: Order, kind: str, tell: Tell) -> bool:
    decided = case.decided(order.shop, order.id, kind)
    return any(_true(case, order, kind, tell, each) for each in decided if each.outcome is Outcome.SKIPPED)


def _true(case: Case, order: Order, kind: str, tell: Tell, decision: Decision) -> bool:  # noqa: C901  # a line a reason
    """Whether what a decision says is so in the story."""
    news, person = NEWS[kind], order.person
    match decision.reason:
        case Reason.SUPERSEDED | Reason.NO_LONGER_TRUE:
            later = any(each.happened >= tell.happened for each in order.happened(news.past))
            newer = news.newest and any(each.happened > tell.happened for each in order.events[news.event])
            together = decision.reason is Reason.SUPERSEDED and any(order.happened(news.together))
            is_there = kind == "order_delayed" and any(order.happened(OVER))  # of what is there nothing is late
            replaced = together or is_there or any(order.happened(news.replaced))
            return later or newer or replaced or _no_news(case, order, kind)
        case Reason.NOTHING_TO_TELL:
            return _nothing_to_tell(case, order, kind, tell)
        case Reason.ALREADY_SENT:
            return kind in BY_TURNS and case.lives(order) > 1
        case Reason.STALE_EVENT | Reason.WINDOW_PASSED:
            return _too_late(case, order, kind, tell)
        case Reason.NO_CONTACT:
            return not person.contacts
        case Reason.NO_CONSENT:
            return not person.email and person.consent.get("sms_service") is False
        case Reason.ERASED:
            return case.forgotten(order)
        case Reason.DISABLED:
            return news.disabled
        case Reason.ABSORBED:
            new = Decimal(tell.data["repriced"]["new_total"])
            return any(NONE < new - page.costs <= ABSORBED[order.shop] for page in case.pages(order))
        case Reason.PROVIDER_SILENT:
            return _somebody_heard(case, order)
        case _:
            return False


def _no_news(case: Case, order: Order, kind: str) -> bool:
    """By what was known at some time the order's life or money made it untrue."""
    pages = case.pages(order)
    match kind:
        case "order_cancelled":
            return any(page.life > 1 for page in pages)
        case "order_refunded":
            return False
        case "payment_failed":
            return any(page.off or not page.due for page in pages) or not order.prepaid
        case "order_accepted":
            return any(page.off or page.paid for page in pages)
        case _:
            return any(page.off for page in pages)


def _nothing_to_tell(case: Case, order: Order, kind: str, tell: Tell) -> bool:
    """A payment or a refund of nothing; a price that is what it was."""
    pages = case.pages(order)
    match kind:
        case "payment_received":
            return any(page.came.get(occurrence_id_of(tell), tell) == 0 for page in pages)
        case "order_refunded":
            others = sum(1 for each in order.events["order.refunded"] if each.id != tell.id)
            return others > 0 or any(page.refunds.get(occurrence_id_of(tell), tell) == 0 for page in pages)
        case "order_repriced":
            return any(Decimal(occurrence_id_of(tell)) == page.costs for page in pages)
        case "order_delayed":
            return str(order.placed.data["order"].get("delivery", {}).get("method")) == NOTHING_SENT
    return False


def _somebody_heard(case: Case, order: Order) -> bool:
    """The shop's people were asked to tell the customer, or there is a reason why not."""
    kind = "staff_unreachable_customer"
    asked = any((m.shop, m.order, m.kind) == (order.shop, order.id, kind) for m in case.messages)
    return asked or bool(case.decided(order.shop, order.id, kind))


def _too_late(case: Case, order: Order, kind: str, tell: Tell) -> bool:
    """Told too late, or nothing ran long enough to send it, or was let."""
    accepted = case.played.accepted
    known = max(accepted[order.shop, each.id] for each in (tell, order.placed))
    start, end = order.window(kind, tell)
    return known >= end or case.calm(max(known, start), end, order.shop) < ENOUGH_CALM


def undecided(case: Case) -> Iterator[str]:
    """Each step of each journey of the clock is decided: none is forgotten while nobody looked."""
    end = case.played.story.end
    for order in case.orders.values():
        if case.forgotten(order):
            continue
        pages = pages_of(order.tells)[1:]
        never_in_doubt = all(page.due for page in pages) and not any(page.went_back for page in pages)
        if order.prepaid and never_in_doubt and not any(order.happened(GOING)):
            for kind, steps in (("order_unpaid_first", {""}), ("order_unpaid_final", {"", "lost"})):
                yield from _missing(case, order, kind, steps, end)
        is_over = any(order.happened(ENDS_WAITING)) or any(page.off for page in pages)
        if "order.ready_for_pickup" in order.events and not is_over:
            yield from _missing(case, order, "parcel_uncollected", {""}, end)


def _missing(case: Case, order: Order, kind: str, steps: set[str], end: datetime) -> Iterator[str]:
    decided = case.decided(order.shop, order.id, kind)
    due = max(order.reminder(kind, None)[0], case.played.accepted[order.shop, order.placed.id], order.placed.at)
    # The end of the journey comes three days after its last reminder, and each may have come late.
    patience = timedelta(days=9) if "lost" in steps else timedelta(days=3)
    if due + patience < end and (gap := steps - {each.step for each in decided}):
        yield f"{kind} {gap} of {order.shop} {order.id} was never decided; due {due:%d %b %H:%M}"


def birthdays_forgotten(case: Case) -> Iterator[str]:
    """Nor holidays."""
    for person, known in _known(case):
        if person.birthday:
            month, day = map(int, person.birthday.removeprefix("--").split("-"))
            yield from _forgotten(case, person, known + timedelta(days=8), (month, day), set(BIRTHDAY))
        for holiday in CARD_DAYS:
            yield from _forgotten(case, person, known, holiday, {CARD})


def _known(case: Case) -> Iterator[tuple[Person, datetime]]:
    """Those of whom the shop told at once, and when, on their own clock."""
    story = case.played.story
    for tell in story.tells():
        person = next((p for p in story.people if tell.id == f"{p.shop}-{p.id}-known"), None)
        if person and case.erased(person) >= 10**9:
            yield person, case.played.accepted[tell.shop, tell.id].astimezone(zone_of(person))


def _forgotten(case: Case, person: Person, since: datetime, day: tuple[int, int], kinds: set[str]) -> Iterator[str]:
    for year in (since.year, since.year + 1):
        comes = since.replace(year=year, month=day[0], day=day[1], hour=10, minute=0)
        if since < comes < case.played.story.end - timedelta(days=2):
            decided = {d.kind for d in case.ledger[1] if (d.shop, d.customer) == (person.shop, person.id)}
            if gap := kinds - decided:
                yield f"{sorted(gap)} of {person.shop} {person.id} was never decided"


def decided_twice(case: Case) -> Iterator[str]:
    """A step is decided once, for all channels or for each: by leaving it out, or by planning a message."""
    alone = Counter((place, d.kind, d.step, _channel(d)) for place, d in case.alone if is_by_clock(d.kind))
    for (place, kind, step, channel), times in alone.items():
        if times > _times(case, place, kind):
            yield f"{kind} {step} of {place} was left out {times} times {channel}"
    places = {key[1]: key[0] for key in case.played.cloud.table.items}
    for m in case.messages:
        step, times = m.name.partition(".")[2], _times(case, places[f"message#{m.id}"], m.kind)
        for channel in ("", m.channel):
            if alone.get((places[f"message#{m.id}"], m.kind, step, channel), 0) >= times:
                yield f"{m.kind} {step} of {m.shop} {m.subject} was both planned and left out"


DAYS_LOOKED_AT = 2
"""Holidays in the weeks of a story: 23 February, which is off, and 8 March."""


def _times(case: Case, place: str, kind: str) -> int:
    """How often a step of what is stored there may come: in each life of an order that was called off and brought back,
    about each parcel that waits, on each holiday."""
    if kind == CARD:
        return DAYS_LOOKED_AT
    shop, about, name = place.split("#", 2)
    order = case.orders.get((shop, name)) if about == "order" else None
    if order is None:
        return 1
    parcels = {parcel_of(tell) for tell in order.events.get("order.ready_for_pickup", ())}
    return len(parcels) if kind == "parcel_uncollected" else case.lives(order)


def _channel(decision: Decision) -> str:
    """The one that a decision is about; "" where it is about all."""
    channel = decision.detail.partition(":")[0]
    return channel if channel in ("email", "sms") else ""


def fallen(case: Case) -> Iterator[str]:
    """A status only rises."""
    for key, before, after, _ in case.played.cloud.rises:
        falls = RANK.get(after, 9) < RANK.get(before, 9) and (before, after) not in CHANGES_OF_PLAN
        if before != after and (before == "expired" or falls):
            yield f"{key} went from {before} to {after}"


def settled_too_early(case: Case) -> Iterator[str]:
    """For five minutes after a claim nobody else takes the message up: its sender may still be at it, and what the
    provider reports of it may still come."""
    claimed: dict[Key, datetime] = {}
    for key, before, after, at in case.played.cloud.rises:
        if after == "sending":
            claimed[key] = at.replace(microsecond=0)  # a claim is kept to the second
        elif before == "sending" and after in SETTLED and at - claimed[key] < REPORTS:
            yield f"{key} was {after} {at - claimed[key]} after its claim"


def unaccounted(case: Case) -> Iterator[str]:
    """In the end every message has left, has an end, or is held until a moment."""
    cloud = case.played.cloud
    for message in case.messages:
        place = next(key for key in cloud.table.items if key[1] == f"message#{message.id}")
        looked_at = "due_at" in cloud.table.items[place]
        if message.status in OPEN and not (message.status is Status.HELD and message.due_at > cloud.now):
            yield f"{message.kind} of {message.shop} {message.subject} is still {message.status}"
        elif looked_at != (message.status in OPEN):
            yield f"{message.kind} of {message.shop} is {message.status}; in the index: {looked_at}"
    for url, waiting in [*cloud.queues.waiting.items(), *cloud.queues.dead.items()]:
        if waiting:
            yield f"{len(waiting)} messages are left in {url}"


def ended_without_a_word(case: Case) -> Iterator[str]:
    """What will not leave any more says why, and what was thrice in doubt woke somebody."""
    for message in case.messages:
        last = message.decisions[-1] if message.decisions else None
        if message.status in GIVEN_UP and (last is None or last.outcome is not Outcome.SKIPPED):
            yield f"{message.kind} of {message.shop} {message.subject} is {message.status}: {last and last.reason}"
        if message.status is Status.UNKNOWN and message.doubts and message.id not in case.alarms:
            yield f"{message.kind} of {message.shop} {message.subject} was given up, and nobody was woken"
        if message.status is Status.UNKNOWN and message.message_class in NEVER_LOST and message.doubts < 2:
            yield f"{message.kind} of {message.shop} {message.subject} was given up after {message.attempts} tries"


def given_up(case: Case) -> Iterator[str]:
    """No request becomes a dead letter, whatever breaks but the code: its message stands in the table."""
    for url, body in case.played.cloud.queues.died:
        if QUEUES[url] in SENDERS and body != POISON:
            yield f"{url} gave up {body}"


def unheard(case: Case) -> Iterator[str]:
    """Every event was taken by the door, and reacted to."""
    for tell in case.played.story.tells():
        if (tell.shop, tell.id) not in case.played.accepted or (tell.shop, tell.id) not in case.played.reacted:
            yield f"{tell} was never worked off"
    for each in case.closures:
        if (each.shop, each.closing.event) not in case.played.accepted:
            yield f"what came of {each.message.name} of {each.shop} was never worked off"


def named(case: Case) -> Iterator[str]:
    """No log line names a person; what rings carries ids alone; of the forgotten nothing is left."""
    for word in case.contacts_in_use():
        if word in case.played.log:
            yield f"{word!r} stands in the log"
    for url, body in case.played.cloud.queues.bodies:
        if not url.endswith("EVENTS_QUEUE_URL") and body != POISON and set(json.loads(body)) - IDS:
            yield f"{url} carries {sorted(json.loads(body))}"
    stored = json.dumps(list(case.played.cloud.table.items.values()), ensure_ascii=False, default=unpacked)
    for person in case.played.story.people:
        is_one = len(case.as_one(person)) == 1
        if is_one and case.erased(person) < 10**9 and not case.heard_of_since(person):
            left = [word for word in (person.name, *person.contacts) if word in stored]
            yield from (f"{word!r} was forgotten and is stored" for word in left)


def alarmed(case: Case) -> Iterator[str]:
    """Nothing is refused as malformed; and while nothing breaks, nothing fails."""
    cloud = case.played.cloud
    yield from cloud.wire.invalid
    yield from (line for line in case.played.log.splitlines() if _MISTAKE.search(line))
    if not cloud.wire.struck:
        yield from cloud.raised
        alarms = (line for line in case.played.log.splitlines() if '"alarm"' in line and _UNREADABLE not in line)
        yield from (line for line in alarms if _OVERDUE not in line or not _ticks_are_missing(case))


_OVERDUE, _UNREADABLE = "does not run", "JSONDecodeError"
"""A sweep that does not run; what nobody can read, which the stories put into the queues."""


def _ticks_are_missing(case: Case) -> bool:
    """Where schedules leave ticks out, the outbox says so and looks in their stead."""
    return any(isinstance(act, Asleep | Unsteady | NeverRuns) for act in case.played.story.acts)


ACCOUNTS = (
    lost,
    undecided,
    birthdays_forgotten,
    decided_twice,
    fallen,
    settled_too_early,
    unaccounted,
    ended_without_a_word,
    given_up,
    unheard,
    named,
    alarmed,
)
