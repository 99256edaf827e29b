"""The promises, each judged over the providers' own ledger; a judge yields a line for each time one was broken."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from shopbell.domain.model.shop import Paused
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Status
from tests.simulator.accounts import ACCOUNTS
from tests.simulator.books import Books
from tests.simulator.care import CARE
from tests.simulator.case import Case
from tests.simulator.desk import DESK
from tests.simulator.people import NAMES
from tests.simulator.played import Played
from tests.simulator.presents import PRESENTS
from tests.simulator.providers import Taken
from tests.simulator.rules import (
    BIRTHDAY,
    CARD,
    CARD_DAYS,
    ENDS,
    FIRST,
    LAST,
    NEWS,
    PROMISED,
    REMINDERS,
    News,
    Order,
    is_by_clock,
    parcel_of,
    zone_of,
)
from tests.simulator.story import Tell
from tests.simulator.sums import SUMS

Judge = Callable[[Case], Iterator[str]]
PROMOTIONAL = frozenset({MessageClass.MARKETING, MessageClass.GREETING})


def twice(case: Case) -> Iterator[str]:
    """Once; after a doubt once more where the class allows it."""
    by_name: dict[tuple[str, ...], list[Taken]] = defaultdict(list)
    for taken in case.all_taken:
        message = case.by_id.get(taken.id)
        if message is None:
            yield f"{said(taken)}: no message of that id stands in the table"
            continue
        by_name[message.shop, message.subject, message.name, message.occurrence_id, message.channel].append(taken)
    for name, each in by_name.items():
        allowed = 1 + sum(taken.doubtful for taken in each[:-1] if _may_come_again(taken))
        if len(each) > allowed:
            yield f"{' '.join(name)} was taken {len(each)} times; {allowed} allowed"


def more_than_happened(case: Case) -> Iterator[str]:
    """No more different messages about an order than events that occasion them, whatever they are called."""
    ids: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for _, message, order in about_orders(case):
        ids[order.shop, order.id, message.name, message.channel].add(message.id)
    for (shop, name, kind, channel), each in ids.items():
        news = NEWS.get(kind)
        happened = len(case.orders[shop, name].events.get(news.event, ())) if news and news.many else 1
        if len(each) > happened:
            yield f"{len(each)} different {kind} by {channel} about {shop} {name}, for {happened} events"


def _may_come_again(taken: Taken) -> bool:
    kind = taken.letter.message_class
    by_mail = taken.letter.channel is ChannelName.EMAIL
    staff_again = kind in (MessageClass.TRANSACTIONAL, MessageClass.STAFF)
    return staff_again or (kind is MessageClass.SERVICE and by_mail)


def outside_its_window(case: Case) -> Iterator[str]:
    for taken, message, order in about_orders(case):
        if message.name not in NEWS and message.kind not in ENDS:
            continue
        start, end = _window(case, message, order)
        if not start <= taken.at < end:
            yield f"{said(taken)}; its window was {start:%d %b %H:%M} to {end:%d %b %H:%M} {start.tzinfo}"
    for taken in case.taken:
        if taken.letter.kind in BIRTHDAY and not _on_its_day(case, taken):
            yield f"{said(taken)}, not on its day"
        if taken.letter.kind == CARD and not any(map(_is_holiday, case.local_times(taken))):
            yield f"{said(taken)}, not on a holiday"


def _window(case: Case, message: Message, order: Order) -> tuple[datetime, datetime]:
    if message.name in NEWS:
        return order.between(message.name, message.occurrence_id)
    if not message.occurrence_id or message.kind not in REMINDERS:
        return order.reminder(message.kind, first_decided(case, order))
    turned = (tell.happened for tell in order.events["order.accepted"])
    windows = [order.reminder(message.kind, None, since) for since in turned]
    return min(start for start, _ in windows), max(end for _, end in windows)


def first_decided(case: Case, order: Order) -> datetime | None:
    """When the first reminder was decided; None where it was left out."""
    decided = sorted(case.decided(order.shop, order.id, "order_unpaid_first"), key=lambda each: each.at)
    return decided[0].at if decided and decided[0].outcome is not Outcome.SKIPPED else None


def _on_its_day(case: Case, taken: Taken) -> bool:
    person = case.by_contact[taken.to]
    local = taken.at.astimezone(zone_of(person))
    day = local.date() - timedelta(days=BIRTHDAY[taken.letter.kind])
    month, number = map(int, person.birthday.removeprefix("--").split("-"))
    return date(day.year, month, number) == day and local.hour >= 10


def _is_holiday(local: datetime) -> bool:
    return (local.month, local.day) in CARD_DAYS and local.hour >= 10


def outside_send_hours(case: Case) -> Iterator[str]:
    """The customer's; the shop's while nobody has told where they live."""
    for taken in case.taken:
        kind = taken.letter.kind
        waits = taken.letter.channel is ChannelName.SMS or is_by_clock(kind) or kind == "order_handed_over"
        times = [local.time() for local in case.local_times(taken)]
        if waits and not any(FIRST <= each < LAST for each in times):
            yield f"{said(taken)}, {times[0]:%H:%M} for the customer"


def past_its_truth(case: Case) -> Iterator[str]:
    """Reminders and waiting parcels by the moment of the claim; news by the moment it was looked at."""
    yield from _said_of_the_dead(case)
    for taken, message, order in about_orders(case):
        if message.name in NEWS:
            since = max(tell.happened for tell in order.told(message.name, message.occurrence_id))
            known, types = taken.invoked, order.past(message.name, since)
        elif message.kind in ENDS:
            known, types = taken.claimed, ENDS[message.kind].types
            since = min(tell.happened for tell in order.events[ENDS[message.kind].start])
        else:
            continue
        for later in order.happened(types):
            is_news = later.happened >= since and not _told_anew(order, later) and not _of_another(message, later)
            if is_news and case.known(order.shop, later.id) < known:
                yield f"{said(taken)}, though {later.type} was known"


OF_ONE_PARCEL = frozenset({"order_shipped", "parcel_ready", "parcel_uncollected"})


def _told_anew(order: Order, tell: Tell) -> bool:
    """Of a parcel that had left, what is in it: it did not leave once more."""
    parcel, same = parcel_of(tell), order.events[tell.type]
    return bool(parcel) and any(parcel_of(each) == parcel and each.happened < tell.happened for each in same)


def _of_another(message: Message, tell: Tell) -> bool:
    """What became of another parcel says nothing of this one."""
    parcel = parcel_of(tell)
    return bool(parcel) and message.name in OF_ONE_PARCEL and parcel != message.occurrence_id


def _said_of_the_dead(case: Case) -> Iterator[str]:
    """News of an order that was called off, or a reminder of what is not due."""
    for taken, message, order in about_orders(case):
        news = NEWS.get(message.name)
        pages = case.may_stand(order, taken.claimed if news is None else taken.invoked)
        whys = [_why_not_now(message, news, page) for page in pages]
        if whys and all(whys):
            yield f"{said(taken)}, though {whys[0]}"


def _why_not_now(message: Message, news: News | None, books: Books) -> str:
    if message.kind in REMINDERS:
        return _why_not_remind(books)
    if message.name == "order_cancelled":
        return "" if books.off else "it was brought back"
    if message.name == "payment_received" and message.occurrence_id in books.late:
        return ""
    if message.kind == "review_request" and books.back:
        return "money was given back"
    ours = message.kind in ("review_request", "order_refunded")
    return "it was called off" if books.off and not ours else ""


def _why_not_remind(books: Books) -> str:
    if books.went_back:
        return "a payment went back"
    return "" if books.due else "nothing is due"


def unwanted(case: Case) -> Iterator[str]:
    for taken in case.taken:
        person = case.by_contact[taken.to]
        if taken.letter.message_class not in PROMOTIONAL:
            continue
        ids = case.as_one(person)
        if any(case.played.unsubscribed.get((each.shop, each.id), 10**9) < taken.claimed for each in ids):
            yield f"{said(taken)} after they unsubscribed"
        if any(each.known < taken.claimed for one in ids for each in case.refusals(one)):
            yield f"{said(taken)} after they refused on the phone"
        message = case.by_id.get(taken.id)
        if case.complains((message and case.person_of(message)) or person, taken.claimed):
            yield f"{said(taken)} while their complaint is open"
        purpose = "email_marketing" if taken.letter.channel is ChannelName.EMAIL else "sms_marketing"
        if not person.consent.get(purpose):
            yield f"{said(taken)} without consent"


def while_paused(case: Case) -> Iterator[str]:
    """A mailing is looked at after its claim; order news may be in hand already."""
    for taken in case.all_taken:
        is_mailing = taken.letter.message_class in PROMOTIONAL
        is_news = taken.letter.message_class is MessageClass.TRANSACTIONAL and not is_by_clock(taken.letter.kind)
        known = taken.invoked if is_news else taken.claimed
        for pausing in case.played.paused:
            holds = is_mailing or pausing.what is Paused.EVERYTHING
            in_it = pausing.since < known and taken.claimed < pausing.until
            if holds and pausing.shop == taken.letter.shop and in_it:
                yield f"{said(taken)} while its shop was paused"


def against_sms_consent(case: Case) -> Iterator[str]:
    """Order news by SMS: unless refused where it is the only way, only where agreed beside e-mail."""
    for taken in case.taken:
        person = case.by_contact[taken.to]
        if taken.letter.channel is ChannelName.SMS and taken.letter.message_class is MessageClass.TRANSACTIONAL:
            answer = person.consent.get("sms_service")
            if answer is False or (person.email and not answer and not _mail_was_given_up(case, taken)):
                yield f"{said(taken)} without consent to SMS"


def _mail_was_given_up(case: Case, taken: Taken) -> bool:
    """The same was to go by e-mail, and after three doubts nobody knows whether it did."""
    message = case.by_id.get(taken.id)
    return message is not None and any(
        (each.subject, each.name, each.occurrence_id) == (message.subject, message.name, message.occurrence_id)
        for each in case.messages
        if each.shop == message.shop and each.channel is ChannelName.EMAIL and each.status is Status.UNKNOWN
    )


def to_the_forgotten(case: Case) -> Iterator[str]:
    for taken in case.taken:
        person = case.by_contact[taken.to]
        seen = taken.claimed if taken.letter.message_class in PROMOTIONAL else taken.invoked
        message = case.by_id.get(taken.id)
        order = case.order_of(message) if message else None
        person = order.person if order else person
        if order is None and len(case.as_one(person)) > 1:
            continue  # whichever of their ids it is about
        back = not case.forgotten(order) if order else case.heard_of_since(person)
        if case.erased(person) < seen and not back:
            yield f"{said(taken)} after they were forgotten"


def by_no_name(case: Case) -> Iterator[str]:
    """Nobody is called what a checkout sends for a name that nobody gave."""
    for taken in case.taken:
        words = (name for name in NAMES if len(name) > 1)
        yield from (f"{said(taken)} calls them {name!r}" for name in words if name in taken.letter.text)


def wished_twice(case: Case) -> Iterator[str]:
    """What comes once a birthday or a holiday comes once to an address, under however many ids the shop knows it; and
    nobody gets two greetings on one day."""
    letters: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    greeted: dict[tuple[str, str, date], set[str]] = defaultdict(set)
    for taken in case.taken:
        shop, kind, message = taken.letter.shop, taken.letter.kind, case.by_id.get(taken.id)
        if kind in BIRTHDAY or kind == CARD:
            letters[shop, taken.to, kind].add(taken.id)
        if message and kind in (CARD, "birthday_today"):
            greeted[shop, message.subject, case.local_times(taken)[0].date()].add(kind)
    for (shop, _, kind), ids in letters.items():
        if len(ids) > 1:
            yield f"{kind} of {shop} left {len(ids)} times to one address"
    for (shop, whom, day), kinds in greeted.items():
        if len(kinds) > 1:
            yield f"{whom} of {shop} got a card beside the birthday's letter on {day}"


def to_strangers(case: Case) -> Iterator[str]:
    """Each shop's letters only to its own customers and of its own orders, in its own name."""
    for message in filter(case.strange, case.messages):
        yield f"{message.name} of {message.shop} is about {message.order}, of which that shop never told"
    for taken in case.taken:
        person, letter = case.by_contact[taken.to], taken.letter
        order = case.order_of(case.by_id[taken.id]) if taken.id in case.by_id else None
        if letter.shop != person.shop or letter.shop not in taken.sender.lower():
            yield f"{said(taken)} as {taken.sender}, a customer of {person.shop}"
        elif order and order.person not in case.as_one(person):
            yield f"{said(taken)} about the order of {order.person.name}"


def about_orders(case: Case) -> Iterator[tuple[Taken, Message, Order]]:
    for taken in case.taken:
        message = case.by_id.get(taken.id)
        order = case.order_of(message) if message else None
        if message and order and message.name not in PROMISED:
            yield taken, message, order


def said(taken: Taken) -> str:
    letter = taken.letter
    return f"{taken.at:%a %d %b %H:%M} {letter.shop} {letter.kind} by {letter.channel} to {taken.to}"


JUDGES: tuple[Judge, ...] = (
    twice,
    more_than_happened,
    outside_its_window,
    outside_send_hours,
    past_its_truth,
    unwanted,
    while_paused,
    against_sms_consent,
    to_the_forgotten,
    to_strangers,
    by_no_name,
    wished_twice,
    *CARE,
    *DESK,
    *PRESENTS,
    *ACCOUNTS,
    *SUMS,
)


def broken(played: Played) -> list[str]:
    """Every promise that was broken, as "judge: what"."""
    case = Case(played)
    return [f"{judge.__name__}: {line}" for judge in JUDGES for line in judge(case)]
