"""What keeps a letter of those that are due: its recipient's hour and day, its shop's day, the month's SMS budget."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol

from shopbell.domain.deciding.decide import StepDecision, held
from shopbell.domain.deciding.turns import Recent
from shopbell.domain.model.facts import Facts
from shopbell.domain.model.letter import Letter
from shopbell.domain.model.state import Conflict, Message
from shopbell.domain.model.vocabulary import Outcome, Reason
from shopbell.domain.time.calendar import at_local, local_day
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
from shopbell.service.ports import ContactKey, Log, Session

MOST_AT_ONCE = 50
"""So many times a contact is looked at again because somebody else wrote to it."""


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
class LetterLimits:
    counters: Counters
    recents: Recents
    contact_key: ContactKey
    log: Log

    def count(
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
                self.give_back(counted)
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

    def give_back(self, counted: Counted, *, is_taken: bool = False) -> None:
        """It does not leave after all. `is_taken`: by somebody else, for whom its place in the hour stays."""
        shop = counted.letter.shop
        if counted.share:
            self._give_share_back(shop, counted.share, is_taken)
        for count in counted.taken:
            if count.ahead:
                self.counters.put_back(shop, count.name)
            else:
                self.counters.give_back(shop, count.name, count.amount)

    def _give_share_back(self, shop: str, share: Share, is_taken: bool) -> None:
        """Where too many write at once it stays taken: one too many, never one too few."""
        for _ in range(MOST_AT_ONCE):
            recent = self.recents.read(shop, share.contact)
            after = recent.without(share.turn.name, share.day, counted=share.counted, stays=is_taken)
            with suppress(Conflict):
                self.recents.save(shop, share.contact, after, share.turn.wakes)
                return


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


def _over(count: Count, facts: Facts, due: StepDecision, now: datetime) -> StepDecision:
    """Over a limit it waits for the next day, over the budget marketing by SMS does not go."""
    if count.limit == BUDGET:
        return replace(due, outcome=Outcome.SKIPPED, reason=Reason.BUDGET, detail="the month's SMS budget is spent")
    return _tomorrow(facts, due, now, f"{count.limit}: {count.cap} a day")


def _tomorrow(facts: Facts, due: StepDecision, now: datetime, detail: str) -> StepDecision:
    tomorrow = at_local(local_day(now, facts.shop.zone) + timedelta(days=1), time(0), facts.shop.zone)
    return held(due, Reason.LIMIT, tomorrow, detail)
