"""The promises around an order: reviews, complaints, dates that were told, and what a broken one causes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shopbell.domain.model.facts import first_of
from shopbell.domain.model.parcel import tag_of
from shopbell.domain.model.state import Message
from tests.simulator.books import books_of
from tests.simulator.case import Case
from tests.simulator.providers import Taken
from tests.simulator.rules import (
    DAYS,
    LAST,
    NOTHING_SENT,
    PARCELS,
    Complaint,
    Order,
    occurrence_id_of,
    parcel_of,
    zone_of,
)
from tests.simulator.story import ZONES, Tell

COMPLAINTS = {
    "complaint_received": (0, 3),
    "complaint_resolved": (0, 3),
    "complaint_followup": (DAYS["complaint_followup"], 3),
}
"""How many days after the event the window opens, and how many it lasts."""
GONE = frozenset({"order.handed_over", "order.shipped", "order.ready_for_pickup", "order.delivered"})
UNNAMED = ("order.handed_over", "order.ready_for_pickup")
"""What the stories tell without a parcel's number."""

NOTICED = {
    "dispatch": (("order_delayed", "unannounced"), ("staff_dispatch_overdue", "")),
    "arrival": (("order_delayed", "not_arrived"), ("staff_parcel_overdue", "")),
}
"""By what each date is, the steps that say that it passed."""
BROKEN = frozenset(f"{kind}.{step}" if step else kind for steps in NOTICED.values() for kind, step in steps)


def review_out_of_place(case: Case) -> Iterator[str]:
    """Never the next day, never after its window, never while a complaint is open."""
    first = DAYS["review_request"]
    for taken, message in sent(case, "review_request"):
        order = case.orders[message.shop, message.order]
        there = order.delivered_at
        if there is None:
            yield f"a review of {order.shop} {order.id} was asked for, though not all of it was delivered"
            continue
        delivered = there.astimezone(order.zone).date()
        days = (taken.at.astimezone(order.zone).date() - delivered).days
        if not first <= days <= first + 4:
            yield f"a review of {order.shop} {order.id} was asked for {days} days after it was delivered"
        if case.complains(order.person, taken.claimed):
            yield f"a review of {order.shop} {order.id} was asked for while a complaint was open"


def complaint_out_of_place(case: Case) -> Iterator[str]:
    """Each letter of a complaint's once, in its window; an answer that somebody is on it not after the solution."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for complaint, message in {(c.id, m.id): (c, m) for _, m, c in _about_complaints(case)}.values():
        counted[complaint.shop, complaint.id, message.kind] += 1
    yield from (f"{' '.join(name)}: {times} different letters" for name, times in counted.items() if times > 1)
    for taken, message, complaint in _about_complaints(case):
        resolved = complaint.resolved
        start, lasts = COMPLAINTS[message.kind]
        tell = complaint.opened if message.kind == "complaint_received" else resolved
        assert tell, f"{message.kind} of {complaint.id}, which never happened"
        opens = _later(tell.happened, start, case, message)
        if not opens <= taken.at < opens + timedelta(days=lasts, hours=1):
            yield f"{message.kind} of {complaint.shop} {complaint.id} left {taken.at:%d %b %H:%M}, not in its window"
        known = resolved and case.known(complaint.shop, resolved.id) < taken.invoked
        if message.kind == "complaint_received" and known:
            yield f"{complaint.shop} {complaint.id} was resolved, and still received"


def complaint_unanswered(case: Case) -> Iterator[str]:
    """Each complaint has an answer and a task, or a reason."""
    named = {(m.shop, m.subject, m.name) for m in case.messages}
    decided = {(place, d.kind) for place, d in case.alone}
    for complaint in case.complaints.values():
        opened = complaint.opened
        for kind in ("complaint_received", "staff_complaint") if opened else ():
            place = f"{complaint.shop}#complaint#{complaint.id}"
            if (complaint.shop, f"complaint/{complaint.id}", kind) not in named and (place, kind) not in decided:
                yield f"{kind} of {complaint.shop} {complaint.id}: no decision"


def _about_complaints(case: Case) -> Iterator[tuple[Taken, Message, Complaint]]:
    for taken in case.taken:
        message = case.by_id.get(taken.id)
        if message and message.subject.startswith("complaint/"):
            yield taken, message, case.complaints[message.shop, message.subject.partition("/")[2]]


def _later(moment: datetime, days: int, case: Case, message: Message) -> datetime:
    zone = ZoneInfo(ZONES[message.shop]) if days else moment.tzinfo
    return moment.astimezone(zone) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Word:
    """A date that the customer was told: what, on which day, and of which parcel. `perhaps`: where the shop did not say
    what is in a parcel, or which one was handed over, nobody knows whether there is more to come."""

    what: str
    day: date
    parcel: str = ""
    perhaps: bool = False

    @property
    def name(self) -> str:
        return f"{self.what} {self.day} {tag_of(self.parcel)}".strip()

    def ends(self, order: Order) -> datetime:
        """What leaves does so in the shop's working hours; what arrives, in the customer's send hours."""
        if self.what == "arrival":
            slot = order.placed.data["order"]["delivery"].get("time_window")
            return datetime.combine(self.day, time(20) if slot else LAST, zone_of(order.person))
        return datetime.combine(self.day, time(18), order.zone)


def words_of(order: Order, tells: list[Tell]) -> list[Word]:
    """The dates that stand, of what was told so far."""
    by_type: dict[str, list[Tell]] = {}
    for tell in sorted(tells, key=lambda tell: tell.happened):
        by_type.setdefault(tell.type, []).append(tell)
    if books_of(tells).off or "order.placed" not in by_type:
        return []
    arrivals = [] if "review.posted" in by_type else [*_arrivals(order, by_type)]
    shipped = {parcel_of(tell): tell for tell in by_type.get("order.shipped", ())}
    all_left = not order.in_parcels or len(shipped) == PARCELS
    if order.placed.data["order"]["delivery"]["method"] == NOTHING_SENT:
        return []
    if GONE & by_type.keys() and all_left:
        return arrivals
    named = str(order.placed.data["order"]["delivery"].get("ships_by", ""))
    since = _counted_from(order, named, tells)
    if since is None:
        return arrivals
    perhaps = bool(GONE & by_type.keys())
    day = date.fromisoformat(_ships(named, since, order, by_type))
    return [*arrivals, Word("dispatch", day, perhaps=perhaps)]


def _counted_from(order: Order, named: str, tells: list[Tell]) -> datetime | None:
    """From when all of it was paid; where one pays on receipt, from when it was taken on or the day was named."""
    if order.prepaid:
        return books_of(tells).settled_since
    taken_on = min((tell.happened for tell in tells if tell.type == "order.accepted"), default=None)
    return books_of(tells).brought_back or taken_on or (order.placed.happened if named else None)


def _arrivals(order: Order, by_type: dict[str, list[Tell]]) -> Iterator[Word]:
    """Of each parcel that left and is not there. What names no parcel is about the one that had left last by then."""
    shipped: dict[str, Tell] = {occurrence_id_of(tell): tell for tell in by_type.get("order.shipped", ())}
    if not shipped and "order.handed_over" in by_type:
        shipped[""] = by_type["order.handed_over"][-1]

    def meant(tell: Tell) -> str:
        left = {number: each.happened for number, each in shipped.items() if each.happened <= tell.happened}
        soonest = {number: each.happened for number, each in shipped.items()}
        last = max(left, key=lambda name: left[name]) if left else min(soonest, key=lambda name: soonest[name])
        return parcel_of(tell) or last

    for number, tell in shipped.items():
        ours = {type: [each for each in by_type.get(type, ()) if meant(each) == number] for type in UNNAMED}
        firsts = [each.happened for each in by_type.get("order.shipped", ()) if occurrence_id_of(each) == number]
        left = min([tell.happened, *firsts, *(each.happened for each in ours["order.handed_over"])])
        here = ours["order.ready_for_pickup"]
        delivered = [each for each in by_type.get("order.delivered", ()) if _is_there(each, number, left, shipped)]
        said = [(tell.happened, _arrives(tell)), *_moved(by_type, left)]
        day = max((each for each in said if each[1]), default=(left, ""))
        on_its_own = min([tell.happened, *firsts])
        perhaps = bool(delivered) and not any(_is_there(each, number, on_its_own, shipped) for each in delivered)
        if day[1] and not here and (perhaps or not delivered):
            word = Word("arrival", date.fromisoformat(day[1]), number, perhaps=perhaps)
            if word.ends(order) > max(left, day[0]):
                yield word


def _is_there(delivered: Tell, number: str, left: datetime, shipped: dict[str, Tell]) -> bool:
    if parcel := parcel_of(delivered):
        return parcel == number
    return len(shipped) == 1 or delivered.happened >= left


def _moved(by_type: dict[str, list[Tell]], left: datetime) -> list[tuple[datetime, str]]:
    later = [tell for tell in by_type.get("order.delayed", ()) if tell.happened >= left]
    return [(tell.happened, str(tell.data["delay"]["new_date"])) for tell in later]


def _arrives(tell: Tell) -> str:
    said = tell.data.get("parcel") or tell.data["order"].get("delivery", {})
    return str(said.get("arrives_by", ""))


def _ships(named: str, since: datetime, order: Order, by_type: dict[str, list[Tell]]) -> str:
    """What the shop said last; a day that was over by then binds nobody."""
    delays = by_type.get("order.delayed", ())
    day: str = str(delays[-1].data["delay"]["new_date"]) if delays else named
    is_ahead = day and Word("", date.fromisoformat(day)).ends(order) > since
    return day if is_ahead else _norm(since, order)


def _norm(since: datetime, order: Order) -> str:
    """Three days, and not on a Saturday or Sunday."""
    day = since.astimezone(order.zone).date() + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.isoformat()


def promise_wrongly_broken(case: Case) -> Iterator[str]:
    """Nobody is told of a broken promise that was kept, moved, or still has time."""
    for name in (*BROKEN, "staff_promise_at_risk"):
        for taken, message in sent(case, name):
            order = case.orders[message.shop, message.order]
            told = first_of(message.occurrence_id)
            what, day = told.split()[:2]
            word = Word(what, date.fromisoformat(day))
            if (taken.at < word.ends(order)) is (name in BROKEN):
                yield f"{name} of {order.shop} {order.id} ({told}) left {taken.at:%d %b %H:%M}"
            standing = _standing(case, order, taken.claimed)
            if _taken_on_a_page(case, order):  # from when a try counts that was not answered, nobody can know
                continue
            if standing and not any(told in each for each in standing):
                yield f"{name} of {order.shop} {order.id} says {told}, where it was {standing}"


def _taken_on_a_page(case: Case, order: Order) -> bool:
    """Its acceptance was tried more than once until it was heard."""
    ours = [each for each in case.closures if (each.shop, each.message.order) == (order.shop, order.id)]
    return any(each.outcome == "accepted" and each.done_at != each.closing.at for each in ours)


def _standing(case: Case, order: Order, number: int) -> list[set[str]]:
    """The dates that may have stood at a call, where one thing at most was being told."""
    tells = [tell for each in order.events.values() for tell in each]
    known = [tell for tell in tells if case.known(order.shop, tell.id) < number]
    doubtful = [t for t in tells if case.known(order.shop, t.id) >= number > _tried(case, t)]
    if len(doubtful) > 1:
        return []
    return [{word.name for word in words_of(order, each)} for each in (known, [*known, *doubtful])]


def _tried(case: Case, tell: Tell) -> int:
    return case.played.tried.get((tell.shop, tell.id), 10**9)


def promise_unnoticed(case: Case) -> Iterator[str]:
    """A date that passes without a word is decided about: for the customer, and for the staff."""
    for order in case.orders.values():
        tells = [tell for each in order.events.values() for tell in each]
        if case.forgotten(order) or not all((t.shop, t.id) in case.played.accepted for t in tells):
            continue
        told = max(case.played.accepted[tell.shop, tell.id] for tell in tells)
        for word in words_of(order, tells):
            if word.perhaps or max(word.ends(order), told) + timedelta(days=4) > case.played.story.end:
                continue
            for kind, step in NOTICED[word.what]:
                if not any(each.step == step for each in case.decided(order.shop, order.id, kind)):
                    yield f"{kind} {step} of {order.shop} {order.id} was never decided; {word.name}"


def apologises_again(case: Case) -> Iterator[str]:
    """The customer hears once of a date that passed: again only of another that they were told."""
    found: dict[tuple[str, str, str, str], set[str]] = {}
    for name in BROKEN:
        for taken, message in sent(case, name):
            what, _, parcel = (*message.occurrence_id.split(), "")[:3]
            key = (message.shop, message.order, f"{name} by {message.channel}", f"{what} {parcel}")
            if first_of(message.occurrence_id) == message.occurrence_id:  # the others are the same, unanswered
                found.setdefault(key, set()).add(taken.id)
    for (shop, name, kind, what), ids in found.items():
        events = case.orders[shop, name].events
        moved = len(events.get("order.delayed", ()))
        # What is brought back, or paid anew after a higher price, is promised for another day.
        anew = sum(len(events.get(event, ())) for event in ("order.accepted", "order.paid"))
        if len(ids) > 1 + moved + anew:
            yield f"{kind} of {shop} {name}: {len(ids)} times about {what}, of which {moved} were moved"


def sent(case: Case, name: str) -> Iterator[tuple[Taken, Message]]:
    for taken in case.all_taken:
        message = case.by_id.get(taken.id)
        if message and message.name == name and not case.strange(message):
            yield taken, message


def profile_out_of_place(case: Case) -> Iterator[str]:
    """What is missing is asked for once, and not before two weeks after the first delivery."""
    times = Counter(message.customer for _, message in sent(case, "profile_completion"))
    yield from (f"{customer} was asked {count} times who they are" for customer, count in times.items() if count > 1)


CARE = (
    review_out_of_place,
    complaint_out_of_place,
    complaint_unanswered,
    promise_wrongly_broken,
    promise_unnoticed,
    apologises_again,
    profile_out_of_place,
)
