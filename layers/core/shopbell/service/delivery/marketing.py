"""A customer's places for marketing: so many a month, one for a whole series, taken before the letter is claimed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shopbell.domain.deciding.decide import StepDecision, held
from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.deciding.reach import PROMOTIONAL
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.series import comes_last
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.domain.time.calendar import format_instant, local_day
from shopbell.service.ports import Ledger, Session

NEXT_TICK = timedelta(minutes=5)
NEVER_LEFT = frozenset({Status.PLANNED, Status.HELD, Status.EXPIRED, Status.FAILED})


@dataclass(frozen=True, slots=True)
class Place:
    """Of the person's places, the one that a letter takes. `places`: all of them, with it."""

    person: str
    places: Places


@dataclass(frozen=True, slots=True)
class MarketingPlaces:
    ledger: Ledger

    def wanted(self, session: Session, facts: Facts, due: StepDecision, now: datetime) -> Place | StepDecision | None:
        """The place that a marketing letter would take, or why it does not leave; None for any other letter. A
        greeting's is none of the month's."""
        if due.journey.message_class not in PROMOTIONAL:
            return None
        person = _person(facts, due.channel)
        places, name = _places(session, facts, person), due.journey.place(due.trigger.occurrence_id)
        if places.is_anothers(name, (facts.customer.key, *facts.customer.aliases)):
            detail = "the same contact has it under another id"
            return replace(due, outcome=Outcome.SKIPPED, reason=Reason.ALREADY_SENT, detail=detail)
        if due.journey.message_class is MessageClass.GREETING:
            return Place(person, places.with_greeting(name, now, facts.customer.key))
        cap = facts.shop.marketing.per_month
        free = places.free_from(name, cap, now)
        if first := places.yields_to(name, self._waiting(facts, due, now), cap, now):
            return held(due, Reason.YIELDED, now + NEXT_TICK, f"to {first}")
        if free == now:
            return Place(person, places.with_one(name, now, facts.customer.key))
        since = min(places.recent(now).values(), default=now)
        detail = f"{len(places.recent(now))} marketing messages since {format_instant(since)}, cap {cap}"
        if free is None or free >= due.until:
            return replace(due, outcome=Outcome.SKIPPED, reason=Reason.CAP, detail=detail)
        return held(due, Reason.CAP, free, detail)

    def give_back(self, session: Session, facts: Facts, message: Message) -> None:
        """A message that does not leave after all keeps no place, unless another of its series has left."""
        if message.message_class not in PROMOTIONAL:
            return
        name, person = place_of(message), _person(facts, message.channel)
        stored, is_greeting = session.places(person), message.message_class is MessageClass.GREETING
        is_theirs = (stored.is_held_by if is_greeting else stored.is_of)(name, facts.customer.key)
        if is_theirs and not self._has_left(facts, name, message.id):
            session.save_places(person, stored.without(name))

    def _has_left(self, facts: Facts, name: str, message: str) -> bool:
        """Another one for which the same place was taken, for all that is known."""
        others = (each for each in self._messages(facts) if each.id != message and place_of(each) == name)
        return any(each.status not in NEVER_LEFT for each in others)

    def _waiting(self, facts: Facts, due: StepDecision, now: datetime) -> list[str]:
        """The places that other marketing letters to this customer want at this moment; a birthday of the next seven
        days counts for whoever comes last."""
        wanted = [place_of(each) for each in self._messages(facts) if _wants(each, now)]
        last = comes_last(due.journey.place(due.trigger.occurrence_id))
        return [*wanted, *(["birthday|soon"] if last and _birthday_near(facts, now) else [])]

    def _messages(self, facts: Facts) -> Iterable[Message]:
        return self.ledger.messages_about(facts.shop.id, f"customer/{facts.customer.key}")


def kept_by(session: Session, facts: Facts, due: StepDecision, now: datetime) -> Reason | None:
    """Why a marketing letter would find no place until its window closes, as things stand now."""
    places = _places(session, facts, _person(facts, due.channel))
    name = due.journey.place(due.trigger.occurrence_id)
    if places.is_anothers(name, (facts.customer.key, *facts.customer.aliases)):
        return Reason.ALREADY_SENT
    free = places.free_from(name, facts.shop.marketing.per_month, now)
    return Reason.CAP if free is None or free >= due.until else None


def place_of(message: Message) -> str:
    row = BY_NAME.get(message.name)
    return row.place(message.occurrence_id) if row else f"{message.kind}|{message.occurrence_id}"


def persons(facts: Facts) -> list[str]:
    """The customers' keys with which a person's places may stand."""
    contacts = (each.whose for each in (facts.email, facts.phone) if each and each.whose)
    return list(dict.fromkeys((*contacts, facts.customer.key, *facts.customer.aliases)))


def _person(facts: Facts, channel: ChannelName | None) -> str:
    """The key with which a person's places stand: of the customer who first named the contact that is written to."""
    contact = facts.phone if channel is ChannelName.SMS else facts.email
    return (contact.whose if contact else "") or facts.customer.key


def _places(session: Session, facts: Facts, person: str) -> Places:
    """The person's, with those of this customer and of the guests whom they were."""
    places = session.places(person)
    for key in (facts.customer.key, *facts.customer.aliases):
        places = places if key == person else places.joined(session.places(key))
    return places


def _wants(message: Message, now: datetime) -> bool:
    waits = message.status in (Status.PLANNED, Status.HELD) and message.due_at <= now < message.until
    return waits and message.message_class is MessageClass.MARKETING


def _birthday_near(facts: Facts, now: datetime) -> bool:
    today, birthday = local_day(now, facts.zone), facts.customer.birthday
    days = (birthday.in_year(year) - today for year in (today.year, today.year + 1)) if birthday else ()
    return any(timedelta() <= away <= timedelta(days=7) for away in days)
