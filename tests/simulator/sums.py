"""The promises about money and life: what letters and tasks say of them is so, by what was told alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shopbell.domain.model.state import Message
from tests.simulator.books import NONE, books_of
from tests.simulator.case import Case
from tests.simulator.providers import Taken
from tests.simulator.rules import GOING, MINUTE, NEWS, REMINDERS, Complaint, Order, parcel_of

ASKING = frozenset({"order_received", "order_accepted", "payment_failed", "order_unpaid_first", "order_unpaid_final"})
ON_ITS_WAY = frozenset(
    {
        *(
            "staff_pack",
            "staff_stop_packing",
            "staff_dispatch_overdue",
            "staff_parcel_overdue",
            "staff_promise_at_risk",
        ),
        *("order_handed_over", "order_shipped", "order_delayed", "parcel_ready", "parcel_uncollected"),
    }
)
"""Of packing, dispatch and arrival: nobody hears of it where nothing is sent."""
OF_THE_LIVING = frozenset(
    {
        *("staff_confirm_order", "staff_order_late", "staff_call_unpaid", "staff_pack", "staff_promise_at_risk"),
        *("staff_dispatch_overdue", "staff_parcel_overdue", "staff_refusal_risk"),
    }
)
"""Tasks that nobody has with an order that was called off."""
ENOUGH_TOLD = 3
"""Of so many parcels at least a shop tells that they were delivered, before silence means anything."""


def asked_for(kind: str, said: Mapping[str, Any]) -> Iterable[Decimal]:
    """The sums that a letter asks for."""
    payment = said["order"].payment if said.get("order") else None
    if kind in ASKING and payment and payment.prepaid and payment.due is not None:
        yield payment.due
    if kind == "payment_received" and said["rest"] is not None and not said["called_off"]:
        yield said["rest"]
    if kind == "order_repriced" and said["repriced"].rest is not None:
        yield said["repriced"].rest


def asks_for_what_is_not_due(case: Case) -> Iterator[str]:
    for taken, message, order in _about(case):
        pages = case.may_stand(order, taken.invoked, taken.claimed)
        asked = asked_for(message.kind, taken.content) if _is_of(taken.content, message) else ()
        for each in asked:
            if pages and not any(each == page.due for page in pages):
                dues = sorted({str(page.due) for page in pages})
                yield f"{message.name} of {order.shop} {order.id} asks for {each}; due: {dues}"


def _is_of(content: Mapping[str, Any], message: Message) -> bool:
    """Of several reminders in one letter each is made, and the last is noted."""
    order = content.get("order")
    return content.get("kind") == message.kind and order is not None and order.number == message.order


def gives_back_too_much(case: Case) -> Iterator[str]:
    """What is told as given back is never more than what was paid."""
    told: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(dict)
    for taken, message, order in _about(case):
        if message.kind == "order_refunded" and _is_of(taken.content, message):
            told[order.shop, order.id][message.occurrence_id] = taken.content["refund"].amount or NONE
    for (shop, name), amounts in told.items():
        came = max((page.paid for page in case.pages(case.orders[shop, name])), default=NONE)
        if sum(amounts.values()) > came:
            yield f"{shop} {name}: told as given back {amounts}, paid {came}"


def asks_for_work_on_the_dead(case: Case) -> Iterator[str]:
    """Nobody is to do anything with an order that was called off, but to stop and to give money back."""
    for taken, message, order in _about(case):
        pages = case.may_stand(order, taken.claimed) if message.kind in OF_THE_LIVING else []
        if pages and all(page.off for page in pages):
            yield f"{message.name} of {order.shop} {order.id} left {taken.at:%d %b %H:%M}, and it was called off"


def tells_of_nothing_sent(case: Case) -> Iterator[str]:
    for _, message, order in _about(case):
        nothing = order.placed.data["order"].get("delivery", {}).get("method") == "none"
        is_said = any(order.happened(GOING))
        if nothing and message.kind in ON_ITS_WAY and not is_said:
            yield f"{message.name} of {order.shop} {order.id}, of which nothing is sent"


def apologises_by_silence(case: Case) -> Iterator[str]:
    """A shop that tells of no deliveries has nothing to apologise for when it tells of one less."""
    there = Counter(order.shop for order in case.orders.values() for _ in _parcels_delivered(order))
    for _, message, order in _about(case):
        if message.name == "order_delayed.not_arrived" and there[order.shop] < ENOUGH_TOLD:
            yield f"{message.name} of {order.shop} {order.id}, whose shop told of {there[order.shop]} deliveries"


def _parcels_delivered(order: Order) -> list[str]:
    """As far as one was told: of all that had left, where it was told of no parcel."""
    told = order.events.get("order.delivered", ())
    left = {parcel_of(tell) for tell in order.events.get("order.shipped", ())}
    return [*(parcel_of(tell) for tell in told), *left] if told else []


def packed_unpaid(case: Case) -> Iterator[str]:
    """What is to be packed was paid, or taken on where one pays on receipt."""
    for taken, message, order in _about(case):
        pages = case.may_stand(order, taken.invoked, taken.claimed) if message.name == "staff_pack" else []
        if pages and not any(page.settled for page in pages):
            yield f"staff_pack of {order.shop} {order.id} left {taken.at:%d %b %H:%M}, and it was not paid"


def forgotten_money(case: Case) -> Iterator[str]:
    """Where money is left over in the end, the shop's people were asked to give it back, or something says why not."""
    for order in case.orders.values():
        books = books_of(order.tells)
        over = books.held if books.off else books.held - (books.costs - books.forgiven)
        if over > 0 and not case.forgotten(order) and not case.decided(order.shop, order.id, "staff_money_back"):
            yield f"{over} of {order.shop} {order.id} is to be given back, and nobody was asked"


def news_to_nobody(case: Case) -> Iterator[str]:
    """News that has no way left to its customer is the staff's to tell."""
    for order in case.orders.values():
        for kind in NEWS:
            decided = case.decided(order.shop, order.id, kind)
            lost = [d for d in decided if d.reason in ("no_contact", "no_consent") and d.outcome == "skipped"]
            sent = [d for d in decided if d.outcome != "skipped"]
            asked = case.decided(order.shop, order.id, "staff_unreachable_customer")
            if lost and not sent and not asked and not case.forgotten(order):
                yield f"{kind} of {order.shop} {order.id}: {lost[0].reason}, and nobody was asked to tell them"


def reminded_in_vain(case: Case) -> Iterator[str]:
    """Nobody is reminded of an order about which a complaint is open, or instead of which they paid another."""
    for taken, message, order in _about(case):
        if message.kind not in REMINDERS and message.kind != "parcel_uncollected":
            continue
        if any(case.is_open(each, taken.invoked) for each in case.complaints.values() if _is_about(each, order)):
            yield f"{message.name} of {order.shop} {order.id} left, and a complaint about it was open"
        if message.kind in REMINDERS and any(_paid_instead(case, taken, order, each) for each in case.orders.values()):
            yield f"{message.name} of {order.shop} {order.id} left, and another was paid instead"


def _is_about(complaint: Complaint, order: Order) -> bool:
    said = complaint.opened.data["complaint"] if complaint.opened else {}
    return (complaint.shop, said.get("order")) == (order.shop, order.id)


def _paid_instead(case: Case, taken: Taken, order: Order, other: Order) -> bool:
    """All orders of the stories are for the same things. Of one that was not placed yet nobody knows for which."""
    if (other.shop, other.person) != (order.shop, order.person) or other.id == order.id or case.forgotten(other):
        return False
    if case.known(other.shop, other.placed.id) >= taken.invoked:
        return False
    pages, placed = case.may_stand(other, taken.invoked, taken.claimed), order.placed.happened
    since = [page.settled_since for page in pages if page.costs and page.paid]
    return bool(pages) and len(since) == len(pages) and all(each and each >= placed for each in since)


def told_apart(case: Case) -> Iterator[str]:
    """An order that is paid in the minute in which its checkout was waited for is told of in one letter."""
    left = {(taken.letter.shop, m.order, m.kind): taken for taken, m, _ in _about(case)}
    for order in case.orders.values():
        minute = order.placed.happened + MINUTE - timedelta(seconds=5)
        accepted = case.played.accepted.get((order.shop, order.placed.id), minute)
        received = left.get((order.shop, order.id, "order_received"))
        if not order.waits_a_minute or case.played.cloud.wire.struck or accepted >= minute or received is None:
            continue
        for tell in order.events.get("order.paid", ()):
            in_time = case.played.accepted.get((tell.shop, tell.id), minute) < minute
            if in_time and (order.shop, order.id, "payment_received") in left and len(order.events["order.paid"]) == 1:
                yield f"{order.shop} {order.id} was paid within its minute, and told of in two letters"


def _about(case: Case) -> Iterator[tuple[Taken, Message, Order]]:
    for taken in case.all_taken:
        message = case.by_id.get(taken.id)
        order = case.order_of(message) if message else None
        if message and order:
            yield taken, message, order


SUMS = (
    asks_for_what_is_not_due,
    gives_back_too_much,
    asks_for_work_on_the_dead,
    tells_of_nothing_sent,
    apologises_by_silence,
    packed_unpaid,
    forgotten_money,
    news_to_nobody,
    told_apart,
    reminded_in_vain,
)
