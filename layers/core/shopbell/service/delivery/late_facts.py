"""What only some letters say: a personal code, the bonus ledger, what goes with the order, what suits the
customer. Looked up late."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from shopbell.domain.journeys import BY_NAME, Journey
from shopbell.domain.letter_context.campaign import coupon_of
from shopbell.domain.model.complaint import Complaint
from shopbell.domain.model.facts import Facts, Issued, LateFacts, Trigger
from shopbell.domain.model.shop import Coupon, Shop
from shopbell.domain.model.state import CouponState, Message
from shopbell.domain.model.vocabulary import LateFact
from shopbell.domain.rules.account import account_in
from shopbell.errors import where
from shopbell.service.delivery.recommending import along_with, named, suits
from shopbell.service.ports import Log, Session
from shopbell.service.subjects.other_orders import with_others

PersonalCodes = Callable[[str, str], Sequence[str]]
"""(shop, what it is for) to codes that nobody guesses, always the same: one under each key, the current one's first."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LateFactsReader:
    """A letter can do without all of it but the code."""

    personal_codes: PersonalCodes
    log: Log

    def expect(self, session: Session, shop: Shop, message: Message) -> None:
        """The codes that it may hand out are read with the rest of a batch."""
        journey = BY_NAME[message.name]
        if _is_personal(shop.coupon(journey.coupon)):
            with suppress(Exception):  # where there is none, its letter says so when it is made
                session.prefetch(coupons=self._codes(shop, message.subject, journey, message.occurrence_id))

    def __call__(self, session: Session, facts: Facts, journey: Journey, trigger: Trigger, now: datetime) -> Facts:
        late_facts = self._with_code(session, facts, journey, trigger)
        # units are earned with the payment
        if LateFact.BONUS in journey.late_facts and facts.customer.key and account_in(facts).is_settled:
            keys = (facts.customer.key, *facts.customer.aliases)
            bonus = self._optional(LateFact.BONUS, facts, lambda: tuple(session.bonus(keys)))
            late_facts = replace(late_facts, bonus=bonus or ())
        if LateFact.COMPANIONS in journey.late_facts and facts.order:
            along = self._optional(LateFact.COMPANIONS, facts, lambda: along_with(session, facts))
            late_facts = replace(late_facts, companions=named(facts) if along is None else along)
        if LateFact.RECOMMENDED in journey.late_facts:
            look_up = lambda: suits(session, facts.shop, facts.customer, now)
            suited = self._optional(LateFact.RECOMMENDED, facts, look_up)
            late_facts = replace(late_facts, recommended=suited or ())
        if about := _open_complaint(facts, journey):
            complaint = self._optional(LateFact.COMPLAINT, facts, lambda: session.complaint(about).entity)
            late_facts = replace(late_facts, complaint=complaint or Complaint(about))
        elif LateFact.COMPLAINT in journey.late_facts and (last := _last_resolved(facts)):
            resolved = self._optional(LateFact.COMPLAINT, facts, lambda: session.complaint(last).entity)
            late_facts = replace(late_facts, resolved=resolved or Complaint(last))
        if LateFact.OTHER_ORDERS in journey.late_facts:
            facts = self._optional(LateFact.OTHER_ORDERS, facts, lambda: with_others(session, facts)) or facts
        return replace(facts, late_facts=late_facts)

    def _with_code(self, session: Session, facts: Facts, journey: Journey, trigger: Trigger) -> LateFacts:
        if not _is_personal(_coupon(facts, journey)):
            return facts.late_facts
        codes = self._codes(facts.shop, facts.subject, journey, trigger.occurrence_id)
        return replace(facts.late_facts, code=codes[0], issued=_issued(session, codes))

    def _codes(self, shop: Shop, subject: str, journey: Journey, occurrence_id: str) -> Sequence[str]:
        return self.personal_codes(shop.id, f"{subject}|{journey.place(occurrence_id)}")

    def _optional(self, name: LateFact, facts: Facts, look_up: Callable[[], T]) -> T | None:
        """None where it cannot be had: the letter goes without it."""
        try:
            return look_up()
        except Exception as error:  # noqa: BLE001  # the letter goes without it
            self.log("left_out", {"shop": facts.shop.id, "late_fact": str(name), **where(error)})
            return None


def _coupon(facts: Facts, journey: Journey) -> Coupon | None:
    return coupon_of(facts.mailing.campaign, facts.shop) if facts.mailing else facts.shop.coupon(journey.coupon)


def _is_personal(coupon: Coupon | None) -> bool:
    """Whether each letter has a code of its own."""
    return coupon is not None and not coupon.code and coupon.unique


def _open_complaint(facts: Facts, journey: Journey) -> str:
    """The id of one that a task's reader has to know of, about this order if there is one."""
    if not journey.is_task or journey.courier_card or facts.complaint:
        return ""
    about = facts.customer.open_complaint_about(facts.order_id) if facts.order else ""
    return about or facts.customer.open_complaint


def _last_resolved(facts: Facts) -> str:
    return next((name for name, _ in facts.customer.resolved_complaints()), "")


def _issued(session: Session, codes: Sequence[str]) -> Issued | None:
    """What was handed out already, be it under an earlier key: nobody gets a second code for one thing."""
    session.prefetch(coupons=codes)
    state = next(filter(None, map(session.coupon, codes)), None)
    return Issued(state.code, state.kind, state.percent, state.until, bool(state.redeemed_at)) if state else None


def handed_out(facts: Facts, journey: Journey, context: dict[str, Any]) -> CouponState | None:
    """The personal code that a letter shows for the first time."""
    coupon = context["coupon"]
    kind = facts.mailing.campaign.text("coupon") if facts.mailing else journey.coupon
    if not kind or coupon is None or not coupon.personal or facts.late_facts.issued is not None:
        return None
    return CouponState(coupon.code, kind, coupon.percent, coupon.until)
