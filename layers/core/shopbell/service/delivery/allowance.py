"""May this message leave now? The channel serves, a marketing place is free, no limit is reached."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from shopbell.domain.deciding.decide import StepDecision, held
from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.deciding.turns import Recent
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.series import comes_last
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.letter import FailureKind, Letter
from shopbell.domain.model.state import ChannelHealth, Conflict, Healths, Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Outcome, Reason, Status
from shopbell.domain.time.backoff import backoff
from shopbell.domain.time.calendar import at_local, format_instant, local_day
from shopbell.service.delivery.counting import (
    BUDGET,
    NO_CAP,
    Count,
    Counted,
    Share,
    counts,
    share_of,
    still_counted,
)
from shopbell.service.ports import ContactKey, Ledger, Log, Session

NEXT_TICK = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
OUTAGE = 3
"""So many calls in a row without an answer, whosever the messages are, and the provider serves nobody."""
MOST_AT_ONCE = 50
"""So many times a contact is looked at again because somebody else wrote to it."""
TRIAL = timedelta(minutes=1)
"""How long one message goes alone through a channel that was parked: longer than its call may last."""


class Parking(Protocol):
    def of(self, shop: str, channel: ChannelName) -> Healths: ...
    def park(self, health: ChannelHealth, until: datetime) -> None: ...
    def go_alone(self, health: ChannelHealth, until: datetime) -> ChannelHealth:
        """Raises domain.model.state.Conflict where somebody goes already."""
        ...

    def doubt(self, health: ChannelHealth) -> None: ...
    def open(self, health: ChannelHealth) -> None: ...


class Counters(Protocol):
    def take(self, shop: str, name: str, now: datetime, amount: int, cap: int) -> bool: ...
    def give_back(self, shop: str, name: str, amount: int) -> None: ...
    def take_ahead(self, shop: str, name: str, now: datetime, cap: int) -> bool:
        """One of a shop's; several are counted at once."""
        ...

    def put_back(self, shop: str, name: str) -> None: ...


class Recents(Protocol):
    def read(self, shop: str, contact: str) -> Recent: ...
    def save(self, shop: str, contact: str, recent: Recent, now: datetime) -> None:
        """Raises domain.model.state.Conflict."""
        ...


@dataclass(frozen=True, slots=True)
class Allowance:
    """Each question answers with a verdict that holds or skips, or None where nothing stands in the way."""

    parking: Parking
    counters: Counters
    recents: Recents
    ledger: Ledger
    contact_key: ContactKey
    log: Log

    def channel(self, healths: Healths, message: Message, due: StepDecision, now: datetime) -> StepDecision | None:
        """Who was in doubt before lets others find out whether the channel serves: it has the most to lose."""
        parked = [each.parked_until for each in healths if each.parked_until]
        until = max(parked) + message.doubts * TRIAL if parked else now
        return held(due, Reason.PROVIDER_DOWN, until, f"until {format_instant(until)}") if until > now else None

    def alone(self, healths: Healths, now: datetime) -> Healths | None:
        """Where a channel was parked the first goes alone; None for the others, who wait for what comes of it."""
        try:
            return Healths(*(self._alone(each, now) for each in healths))
        except Conflict:
            return None

    def _alone(self, health: ChannelHealth, now: datetime) -> ChannelHealth:
        doubtful = health.parked_until is not None or health.doubts >= OUTAGE
        return self.parking.go_alone(health, now + TRIAL) if doubtful else health

    def answered(self, healths: Healths) -> None:
        """The provider took a letter."""
        for health in healths:
            if not health.is_well:
                self.parking.open(health)

    def failed(self, healths: Healths, failure: FailureKind, now: datetime) -> None:
        """What one message has found out, the others need not."""
        if failure is FailureKind.UNKNOWN:
            self.parking.doubt(healths.provider)
        if health := at_fault(healths, failure):
            self.parking.park(health, next_try(health, now))

    def place(self, session: Session, facts: Facts, due: StepDecision, now: datetime) -> StepDecision | None:
        """A marketing letter needs one of the customer's places; the claim takes it."""
        if due.journey.message_class is not MessageClass.MARKETING:
            return None
        person = _person(facts, due.channel)
        places, name = _places(session, facts, person), due.journey.place(due.trigger.occurrence_id)
        if places.is_anothers(name, (facts.customer.key, *facts.customer.aliases)):
            detail = "the same contact has it under another id"
            return replace(due, outcome=Outcome.SKIPPED, reason=Reason.ALREADY_SENT, detail=detail)
        cap = facts.shop.marketing.per_month
        free = places.free_from(name, cap, now)
        if first := places.yields_to(name, self._waiting(facts, due, now), cap, now):
            return held(due, Reason.YIELDED, now + NEXT_TICK, f"to {first}")
        if free == now:
            session.save_places(person, places.with_one(name, now, facts.customer.key))
            return None
        since = min(places.recent(now).values(), default=now)
        detail = f"{len(places.recent(now))} marketing messages since {format_instant(since)}, cap {cap}"
        if free is None or free >= due.until:
            return replace(due, outcome=Outcome.SKIPPED, reason=Reason.CAP, detail=detail)
        return held(due, Reason.CAP, free, detail)

    def _waiting(self, facts: Facts, due: StepDecision, now: datetime) -> list[str]:
        """The places that other marketing letters to this customer want at this moment; a birthday of the next seven
        days counts for whoever comes last."""
        messages, _ = self.ledger.of_subject(facts.shop.id, f"customer/{facts.customer.key}")
        wanted = [place_of(each) for each in messages if _wants(each, now)]
        last = comes_last(due.journey.place(due.trigger.occurrence_id))
        return [*wanted, *(["birthday|soon"] if last and _birthday_near(facts, now) else [])]

    def limits(
        self, session: Session, facts: Facts, message: Message, letter: Letter, due: StepDecision, now: datetime
    ) -> Counted | StepDecision:
        """The letter, counted, or what it waits for; then nothing is counted.

        Counted before the claim, so that no cap is passed whoever counts at once. Whoever dies, or loses the table, in
        between has counted a letter that did not leave: one too many, never one too few.
        """
        share = share_of(facts, message, due.journey, self.contact_key, now)
        if share and (waits := self._share(session, facts, share, due, now)):
            return waits
        counted = Counted(letter, [], share)
        stands = still_counted(facts, message, letter)
        for count in counts(facts, letter, now):
            if count.name in stands:
                continue
            if not self._take(letter.shop, count, now):
                self.give_back(counted, now)
                return _over(count, facts, due, now)
            counted.taken.append(count)
        return counted

    def _share(
        self, session: Session, facts: Facts, share: Share, due: StepDecision, now: datetime
    ) -> StepDecision | None:
        """Takes the recipient's share, or a place among those who wait for theirs."""
        shop, recent = facts.shop.id, session.recent(share.contact)
        for _ in range(MOST_AT_ONCE):
            waits, after = _looked(recent, share, facts, due, now)
            try:
                if after is not None:
                    self.recents.save(shop, share.contact, after, now)
                return waits
            except Conflict:
                recent = self.recents.read(shop, share.contact)
        raise Conflict("too many at once write to one contact")

    def _take(self, shop: str, count: Count, now: datetime) -> bool:
        if count.ahead:
            return self.counters.take_ahead(shop, count.name, now, count.cap)
        if self.counters.take(shop, count.name, now, count.amount, count.cap):
            return True
        return count.alarms and self._take_over(shop, count, now)

    def _take_over(self, shop: str, count: Count, now: datetime) -> bool:
        """More than is set down for it; somebody hears of it once a day."""
        if self.counters.take(shop, f"{count.limit}_over#{now.date()}", now, 1, 1):
            self.log("alarm", {"shop": shop, "over": count.limit, "cap": count.cap})
        return self.counters.take(shop, count.name, now, count.amount, NO_CAP)

    def give_back(self, counted: Counted, now: datetime) -> None:
        """It does not leave after all."""
        shop = counted.letter.shop
        if counted.share:
            self._give_share_back(shop, counted.share, now)
        for count in counted.taken:
            if count.ahead:
                self.counters.put_back(shop, count.name)
            else:
                self.counters.give_back(shop, count.name, count.amount)

    def _give_share_back(self, shop: str, share: Share, now: datetime) -> None:
        """Where too many write at once it stays taken: one too many, never one too few."""
        for _ in range(MOST_AT_ONCE):
            recent = self.recents.read(shop, share.contact)
            after = recent.without(share.turn.name, share.day, counted=share.counted)
            with suppress(Conflict):
                return self.recents.save(shop, share.contact, after, now)


def _looked(
    recent: Recent, share: Share, facts: Facts, due: StepDecision, now: datetime
) -> tuple[StepDecision | None, Recent | None]:
    """What it waits for, if anything; and what is to be remembered of it."""
    if not share.counted and recent.on(share.day) >= share.a_day:
        return _tomorrow(facts, due, now, f"{share.a_day} a day to one recipient"), None
    wakes = recent.free_at(share.turn, share.an_hour, now)
    if wakes <= now:
        return None, recent.with_one(share.turn.name, now, share.day, counted=share.counted)
    until = min(wakes, due.until)
    waits = held(due, Reason.LIMIT, until, f"{share.an_hour} in sixty minutes to one recipient")
    return waits, recent.with_turn(share.turn._replace(wakes=until), now)


def at_fault(healths: Healths, failure: FailureKind) -> ChannelHealth | None:
    """What serves nobody any more; None where the failure says nothing of other messages."""
    if failure is FailureKind.UNKNOWN:
        return healths.provider if healths.provider.doubts + 1 >= OUTAGE else None
    return {FailureKind.ACCOUNT: healths.provider, FailureKind.SET_UP: healths.own}.get(failure)


def next_try(health: ChannelHealth, now: datetime) -> datetime:
    """Later each time."""
    return now + backoff(health.failures, LONGEST_WAIT)


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


def _over(count: Count, facts: Facts, due: StepDecision, now: datetime) -> StepDecision:
    """Over a limit it waits for the next day, over the budget marketing by SMS does not go."""
    if count.limit == BUDGET:
        return replace(due, outcome=Outcome.SKIPPED, reason=Reason.BUDGET, detail="the month's SMS budget is spent")
    return _tomorrow(facts, due, now, f"{count.limit}: {count.cap} a day")


def _tomorrow(facts: Facts, due: StepDecision, now: datetime, detail: str) -> StepDecision:
    tomorrow = at_local(local_day(now, facts.shop.zone) + timedelta(days=1), time(0), facts.shop.zone)
    return held(due, Reason.LIMIT, tomorrow, detail)


def place_of(message: Message) -> str:
    row = BY_NAME.get(message.name)
    return row.place(message.occurrence_id) if row else f"{message.kind}|{message.occurrence_id}"


def _wants(message: Message, now: datetime) -> bool:
    waits = message.status in (Status.PLANNED, Status.HELD) and message.due_at <= now < message.until
    return waits and message.message_class is MessageClass.MARKETING


def _birthday_near(facts: Facts, now: datetime) -> bool:
    today, birthday = local_day(now, facts.zone), facts.customer.birthday
    days = (birthday.in_year(year) - today for year in (today.year, today.year + 1)) if birthday else ()
    return any(timedelta() <= away <= timedelta(days=7) for away in days)
