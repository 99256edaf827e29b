"""Personal coupon codes: handed out with a letter, asked for at the door, redeemed once."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from shopbell.domain.calendar import format_instant
from shopbell.domain.events import Event
from shopbell.domain.shop import Shop
from shopbell.domain.state import Doorbell
from shopbell.domain.tokens import read_code
from shopbell.domain.words import Reason
from shopbell.service.customers import NOBODY
from shopbell.service.planning import left_out
from shopbell.service.ports import ContactKey, Session


def redeem(session: Session, event: Event, shop: Shop, now: datetime, contact_key: ContactKey) -> list[Doorbell]:
    """The first time counts. A code of the shop's checkout is not ours to keep."""
    known = session.coupon(read_code(str(event.extra["code"])))
    if known is None:
        said = left_out(event, event.type, Reason.MISSING_FACTS, "it is no personal code of ours", now)
        session.add_decision(NOBODY, said, event.id)
    elif not known.redeemed_at or format_instant(event.at) < known.redeemed_at:
        session.save_coupon(replace(known, redeemed_at=format_instant(event.at)))
    return []


def coupon_answer(session: Session, shop: Shop, code: str) -> dict[str, Any] | None:
    """What a checkout needs to know of a code (contract, section 3); None where nobody ever got it."""
    known = session.coupon(read_code(code))
    if known is not None:
        redeemed, until = bool(known.redeemed_at), known.until.isoformat()
        return {"kind": known.kind, "percent": plain(known.percent), "valid_until": until, "redeemed": redeemed}
    for kind, coupon in shop.coupons.items():
        if coupon.code and coupon.code.casefold() == code.strip().casefold():
            return {"kind": kind, "percent": plain(coupon.percent), "valid_until": None, "redeemed": False}
    return None


def plain(percent: Any) -> int | float:
    """10, or 7.5: a number, as programs like it."""
    return int(percent) if percent == int(percent) else float(percent)
