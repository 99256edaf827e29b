"""What only some letters say: a personal code, the bonus ledger, what goes with the order. Looked up late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shopbell.domain.journeys import Journey
from shopbell.domain.model.facts import Facts, Issued, Trigger
from shopbell.domain.model.state import CouponState
from shopbell.domain.rules.companions import offered
from shopbell.service.ports import Session

PersonalCodes = Callable[[str, str], Sequence[str]]
"""(shop, what it is for) to codes that nobody guesses, always the same: one under each key, the current one's first."""


@dataclass(frozen=True, slots=True)
class LateFactsReader:
    personal_codes: PersonalCodes

    def __call__(self, session: Session, facts: Facts, journey: Journey, trigger: Trigger) -> Facts:
        late_facts = facts.late_facts
        coupon = facts.shop.coupon(journey.coupon)
        if coupon and coupon.unique and not coupon.code:
            codes = self.personal_codes(facts.shop.id, f"{facts.subject}|{journey.place(trigger.occurrence_id)}")
            late_facts = replace(late_facts, code=codes[0], issued=_issued(session, codes))
        if "bonus" in journey.late_facts and facts.customer.key:
            keys = (facts.customer.key, *facts.customer.aliases)
            late_facts = replace(late_facts, bonus=tuple(session.bonus(keys)))
        if "companions" in journey.late_facts and facts.order:
            skus = [str(item["sku"]) for item in facts.order.items if item.get("sku")]
            late_facts = replace(late_facts, companions=offered(session.companions(skus), skus))
        return replace(facts, late_facts=late_facts)


def _issued(session: Session, codes: Sequence[str]) -> Issued | None:
    """What was handed out already, be it under an earlier key: nobody gets a second code for one thing."""
    session.prefetch(coupons=codes)
    state = next(filter(None, map(session.coupon, codes)), None)
    return Issued(state.code, state.kind, state.percent, state.until, bool(state.redeemed_at)) if state else None


def hand_out(session: Session, facts: Facts, journey: Journey, said: dict[str, Any]) -> None:
    """A personal code that a letter shows for the first time is written down with the claim."""
    coupon = said["coupon"]
    if journey.coupon and coupon is not None and coupon.personal and facts.late_facts.issued is None:
        session.save_coupon(CouponState(coupon.code, journey.coupon, coupon.percent, coupon.until))
