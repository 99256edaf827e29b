"""What a row of the table says: one kind of notification, or one step of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from shopbell.domain.model.events import EventType
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.shop import Figures, Shop
from shopbell.domain.model.vocabulary import (
    Addressee,
    Asked,
    CouponKind,
    Errand,
    Kind,
    LateFact,
    MessageClass,
    Reason,
    RequiredFact,
    Series,
    SubjectKind,
    Sweep,
)
from shopbell.domain.rules.conditions import Condition
from shopbell.domain.rules.moments import Moment, at_once
from shopbell.domain.rules.triggers import Triggers
from shopbell.domain.time.span import Span


class Sms(Enum):
    """The part SMS plays beside e-mail."""

    ALONE = auto()
    """Only where SMS is the only contact."""
    BESIDE = auto()
    """As a second channel too, for those who agreed."""
    FIRST = auto()
    """In place of e-mail, for those who agreed."""
    NEVER = auto()
    """By e-mail or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One row. Without `sweep` an event causes it at once; with one, the clock does.

    `later`: what an event causes and may wait for the send hours, or is due more than fifteen minutes after it: no
    order news, which comes at any hour and before all else. The window is from `moment` to the sooner of `lasts`
    later and `until`.
    `superseded_by`: events whose news, if not older, makes this stale; `replaced_by`: events that replace it
    whatever their moment. `told_in`: other rows whose letter, where it is still to leave, says this too.
    `when_called_off`: it comes of an order that was called off as well. `newest_only`: an older trigger is stale once
    there is a newer one. `ends` names the reason of a step that sends nothing and closes the journey. `series`:
    several marketing rows that count as one letter. `requires`: facts of the letter's content without which it is
    held. `coupon`: which of the shop's coupons the letter carries. `late_facts`: what else it says that stands
    elsewhere in the table. `errand`: what a task asks for; `can_wait`: one that may be gathered with others;
    `at_any_hour`: one that does not wait until the shop opens; `on_the_hour`: it is gathered with those
    of its hour, though the others are with those of their day; `takes_along`: the letter of a day, which says all that
    waits for it. `looks_at_stock`: it depends on how much there is of what it tells of. `reminds`: a reminder, which
    is one letter with those of the customer's other orders. `goes_to`: whom of the shop's people it goes to.
    `courier_card`: its page prints one; `asks`: what its page takes. `answers`: rows of the requirements.
    """

    kind: str
    on: Triggers
    moment: Moment = at_once
    lasts: Span
    message_class: MessageClass = MessageClass.TRANSACTIONAL
    sweep: Sweep | None = None
    later: bool = False
    step: str = ""
    until: Moment | None = None
    only_if: tuple[Condition, ...] = ()
    superseded_by: tuple[EventType, ...] = ()
    replaced_by: tuple[EventType, ...] = ()
    told_in: tuple[Kind, ...] = ()
    when_called_off: bool = False
    newest_only: bool = False
    sms: Sms = Sms.ALONE
    requires: tuple[RequiredFact, ...] = ()
    series: Series | None = None
    coupon: CouponKind | None = None
    late_facts: tuple[LateFact, ...] = ()
    errand: Errand = Errand.CALL
    can_wait: bool = False
    at_any_hour: bool = False
    on_the_hour: bool = False
    takes_along: bool = False
    looks_at_stock: bool = False
    reminds: bool = False
    goes_to: Addressee = Addressee.TEAM
    courier_card: bool = False
    asks: tuple[Asked, ...] = ()
    enabled: bool = True
    ends: Reason | None = None
    answers: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}.{self.step}" if self.step else self.kind

    @property
    def event_type(self) -> EventType:
        """The event that triggers it, or a word without a dot for what only the calendar knows."""
        return self.on.event_type

    @property
    def about(self) -> SubjectKind:
        """The kind of subject it is about."""
        return self.on.about

    @property
    def order_news(self) -> bool:
        """News that an event causes within minutes: its e-mails do not wait for the send hours."""
        return not self.sweep and not self.later

    @property
    def is_task(self) -> bool:
        return self.message_class is MessageClass.STAFF

    @property
    def is_urgent(self) -> bool:
        """It stands behind no reminder and no mailing."""
        return not self.can_wait if self.is_task else self.order_news

    def key(self, trigger: Trigger) -> str:
        """Names the step for this subject, as the order or its due item remembers it."""
        return f"{self.name}|{trigger.occurrence_id}"

    def place(self, occurrence_id: str) -> str:
        """The place it takes among a customer's marketing letters: one for a whole series."""
        return f"{self.series or self.kind}|{occurrence_id}"

    def figures(self, shop: Shop) -> Figures:
        return shop.figures(self.kind)

    def is_enabled(self, shop: Shop) -> bool:
        chosen = self.figures(shop).enabled
        return self.enabled if chosen is None else chosen

    def starts(self, facts: Facts, trigger: Trigger) -> datetime | None:
        if trigger.due:
            return trigger.due
        own = None if self.step else self.figures(facts.shop).after
        return (self.moment.spanning(own) if own else self.moment)(facts, trigger)

    def closes(self, facts: Facts, trigger: Trigger, start: datetime) -> datetime:
        """The end of the window that opens at `start`, which is "at once" for `until`."""
        end = facts.shop.calendar.plus(start, self.lasts)
        bound = self.until(facts, replace(trigger, at=start)) if self.until else None
        return end if bound is None else min(end, bound)
