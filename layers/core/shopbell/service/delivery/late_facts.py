"""What only some letters say: a personal code, the bonus ledger, what goes with the order. Looked up late."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from shopbell.domain.journeys import Journey
from shopbell.domain.model.facts import Facts, Issued, Occasion
from shopbell.domain.model.state import CouponState
from shopbell.domain.rules.companions import offered
from shopbell.service.ports import Session

PersonalCode = Callable[[str, str], str]
"""(shop, what it is for) to a code that nobody guesses, always the same."""


@dataclass(frozen=True, slots=True)
class LookUp:
    personal_code: PersonalCode

    def __call__(self, session: Session, facts: Facts, journey: Journey, occasion: Occasion) -> Facts:
        extras = facts.extras
        coupon = facts.shop.coupons.get(journey.coupon)
        if coupon and coupon.unique and not coupon.code:
            code = self.personal_code(facts.shop.id, f"{facts.subject}|{journey.place(occasion.occurrence)}")
            known = session.coupon(code)
            extras = replace(extras, code=code, issued=_issued(known) if known else None)
        if "bonus" in journey.looks_up and facts.customer.key:
            keys = (facts.customer.key, *facts.customer.aliases)
            extras = replace(extras, bonus=tuple(session.bonus(keys)))
        if "companions" in journey.looks_up and facts.order:
            skus = [str(item["sku"]) for item in facts.order.items if item.get("sku")]
            extras = replace(extras, companions=offered(session.companions(skus), skus))
        return replace(facts, extras=extras)


def _issued(state: CouponState) -> Issued:
    return Issued(state.code, state.kind, state.percent, state.until, bool(state.redeemed_at))


def hand_out(session: Session, facts: Facts, journey: Journey, said: dict[str, Any]) -> None:
    """A personal code that a letter shows for the first time is written down with the claim."""
    coupon = said["coupon"]
    if coupon is not None and coupon.personal and facts.extras.issued is None:
        session.save_coupon(CouponState(coupon.code, journey.coupon, coupon.percent, coupon.until))
