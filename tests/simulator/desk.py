"""The promises about the shop's own people: what they are asked, when, how often, and when no more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import first_of
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName
from shopbell.domain.rules.moments import After, NextMorning
from shopbell.domain.time.calendar import parse_instant
from shopbell.domain.time.span import Unit
from tests.simulator.care import GONE
from tests.simulator.case import Case, Closure
from tests.simulator.providers import Taken
from tests.simulator.rules import open_for
from tests.simulator.story import ZONES

OPEN = {
    Unit.WORKING_MINUTES: timedelta(minutes=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
    Unit.WORKING_DAYS: timedelta(hours=9),
}
"""For how long a shop of the stories is open in each."""
CONFIRMING = frozenset({"staff_confirm_order", "staff_order_late"})
TAKEN = GONE | {"order.accepted"}
ALSO = {"staff_confirm_order": CONFIRMING, "staff_complaint": {"staff_complaint"}}
"""Of which other calls, too, the one comes back that nobody answered."""
RETURNS = 3
SECOND, GRACE = timedelta(seconds=1), timedelta(minutes=6)
"""What is decided at a tick leaves within it, or at the next."""
ONCE = frozenset({"staff_confirm_order", "staff_pack", "staff_pack.accepted", "staff_call_unpaid", "staff_complaint"})
"""Asked once a subject, whatever comes back."""


def _tasks(case: Case) -> Iterator[tuple[Taken, Message]]:
    for taken in case.all_taken:
        message = case.by_id.get(taken.id)
        if message and message.channel is ChannelName.STAFF:
            yield taken, message


def urged(name: str) -> tuple[timedelta, timedelta]:
    """From how much working time after the order, and to how much, an urging may leave: by the figures of its row."""
    row = BY_NAME[name]
    moment = row.moment.after if isinstance(row.moment, NextMorning) else row.moment
    assert isinstance(moment, After)
    least, lasts = (OPEN[each.unit] * each.amount for each in (moment.span, row.lasts))
    if moment is not row.moment:  # at the longest a whole day lies between
        lasts += OPEN[Unit.WORKING_DAYS]
    return least, least + lasts


def late_out_of_place(case: Case) -> Iterator[str]:
    """An order is late by the shop's open hours, and only while nobody has taken it into work."""
    for taken, message in _tasks(case):
        if message.kind != "staff_order_late" or case.strange(message):
            continue
        order = case.orders[message.shop, message.order]
        worked = open_for(order.placed.happened, taken.at, order.zone)
        least, most = urged(message.name)
        if not least <= worked <= most + GRACE:
            yield f"{message.name} of {order.shop} {order.id} left when the shop had been open for {worked}"
        for tell in order.happened(TAKEN):
            if case.known(order.shop, tell.id) < taken.claimed:
                yield f"{message.name} of {order.shop} {order.id}, though {tell.type} was known"


AT_ANY_HOUR = frozenset({"staff_callback", "staff_missed_call"})


def while_closed(case: Case) -> Iterator[str]:
    """Nobody is asked for anything at night, but to ring at the hour that was agreed, or who rang."""
    for taken, message in _tasks(case):
        zone = ZoneInfo(ZONES[message.shop])
        if message.kind not in AT_ANY_HOUR and not open_for(taken.at - GRACE, taken.at + SECOND, zone):
            yield f"{message.name} of {message.subject} left at {taken.at.astimezone(zone):%a %H:%M}"


def asked_in_vain(case: Case) -> Iterator[str]:
    """Nobody is asked for a call that was made."""
    for taken, message in _tasks(case):
        kinds = CONFIRMING if message.kind in CONFIRMING else {message.kind}
        for each in _last_words(case):
            same = (each.message.shop, each.message.subject) == (message.shop, message.subject)
            about = _first(each.message) == _first(message) and each.message.kind in kinds
            any_word = message.kind == "staff_order_late" or message.name == "staff_complaint.owner"
            done = any_word or each.outcome != "no_answer"
            seen = taken.claimed if any_word else taken.invoked
            if same and about and done and each.known < seen and message.kind not in UNCALLED:
                yield f"{message.name} of {message.shop} {message.subject}, though its call: {each.outcome}"


UNCALLED = frozenset({"staff_pack", "staff_promise_at_risk", "staff_dispatch_overdue", "staff_parcel_overdue"})
"""Tasks that are no calls: what became of them is seen from the order."""


def _last_words(case: Case) -> Iterator[Closure]:
    """What came of each task: who corrects themselves is believed."""
    for each in case.closures:
        later = (other for other in case.closures if other.message.id == each.message.id)
        if not any(other.closing.at > each.closing.at for other in later):
            yield each


def _first(message: Message) -> str:
    return first_of(message.occurrence_id)


def hunted(case: Case) -> Iterator[str]:
    """A call comes back only after nobody answered, later on, and three times at the most."""
    again = [(taken, message) for taken, message in _tasks(case) if message.occurrence_id != _first(message)]
    for taken, message in again:
        number = int(message.occurrence_id.rpartition("~")[2])
        unanswered = [
            each
            for each in case.closures
            if each.outcome == "no_answer" and _brings_back(each.message, message) and each.tried < taken.claimed
        ]
        if number > RETURNS or len(unanswered) < number:
            yield f"{message.name} of {message.subject} came back for the {number}. time, unanswered {len(unanswered)}"
    asked = Counter(_call(message) for message in {m.id: m for _, m in _tasks(case)}.values())
    yield from (f"{' '.join(call)} was asked {count} times" for call, count in asked.items() if count > 1 + RETURNS)


def _brings_back(unanswered: Message, again: Message) -> bool:
    """A call brings itself back, the urging brings back what it urges."""
    urged = unanswered.kind in ALSO.get(again.name, ())
    named = _call(replace(unanswered, name=again.name)) if urged else None
    return _call(again) in (named, _call(unanswered))


def _call(message: Message) -> tuple[str, str, str, str]:
    """A guest who turned out to be somebody is called about the same all the same."""
    subject = "customer" if message.subject.startswith("customer/") else message.subject
    return message.shop, subject, message.name, _first(message)


def asked_anew(case: Case) -> Iterator[str]:
    """A task is asked once for what occasions it, whoever tells of that how often; again of an order brought back."""
    different = {m.id: m for _, m in _tasks(case) if m.name in ONCE and m.occurrence_id == _first(m)}.values()
    asked = Counter((m.shop, m.subject, m.name) for m in different)
    for (shop, subject, name), count in asked.items():
        order = case.orders.get((shop, subject.partition("/")[2])) if subject.startswith("order/") else None
        if count > (case.lives(order) if order else 1):
            yield f"{shop} {subject} {name} was asked {count} times anew"


def unasked(case: Case) -> Iterator[str]:
    """Each order is to be confirmed, each call to be made; or something says why not."""
    planned = {(m.shop, m.kind, _first(m)) for m in case.messages} | {(m.shop, m.name, m.order) for m in case.messages}
    for order in case.orders.values():
        decided = case.decided(order.shop, order.id, "staff_confirm_order")
        if (order.shop, "staff_confirm_order", order.id) not in planned and not decided:
            yield f"nobody was asked to confirm {order.shop} {order.id}"
    for tell in case.played.story.tells():
        kind = {"callback.agreed": "staff_callback", "call.missed": "staff_missed_call"}.get(tell.type, "")
        at = str(tell.data.get("at", ""))
        if kind and not any(each in planned for each in ((tell.shop, kind, at), (tell.shop, kind, _instant(at)))):
            decided = [d for d in case.ledger[1] if d.shop == tell.shop and d.kind in (kind, tell.type)]
            if not decided:
                yield f"{kind} of {tell.shop} {tell.id}: no decision"


def _instant(text: str) -> str:
    return parse_instant(text).isoformat()


def callback_unpunctual(case: Case) -> Iterator[str]:
    """Five minutes ahead of exactly that time, and never before."""
    for taken, message in _tasks(case):
        if message.kind == "staff_callback" and message.occurrence_id == _first(message):
            agreed: datetime = parse_instant(message.occurrence_id)
            if not agreed - timedelta(minutes=5) <= taken.at < agreed + timedelta(hours=8):
                yield f"{message.shop} was to ring at {agreed:%d %b %H:%M} and was told {taken.at:%d %b %H:%M}"


DESK = (late_out_of_place, while_closed, asked_in_vain, hunted, asked_anew, unasked, callback_unpunctual)
