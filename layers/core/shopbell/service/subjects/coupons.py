"""Personal coupon codes: handed out with a letter, asked for at the door, redeemed once."""

from dataclasses import replace
from typing import Any

from shopbell.domain.model.events import Event
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import SendRequest
from shopbell.domain.model.tokens import read_code
from shopbell.domain.model.vocabulary import Reason
from shopbell.domain.time.calendar import format_instant
from shopbell.service.ports import Session
from shopbell.service.subjects.customers import NOBODY
from shopbell.service.subjects.planning import record_left_out
from shopbell.service.subjects.work import Work


def redeem(work: Work, event: Event) -> list[SendRequest]:
    """The first time counts. A code of the shop's checkout is not ours to keep."""
    coupon = work.session.coupon(read_code(str(event.extra["code"])))
    if coupon is None:
        record_left_out(work, event, NOBODY, Reason.MISSING_FACTS, "it is no personal code of ours")
    elif not coupon.redeemed_at or format_instant(event.at) < coupon.redeemed_at:
        work.session.redeem(replace(coupon, redeemed_at=format_instant(event.at)))
    return []


def coupon_answer(session: Session, shop: Shop, code: str) -> dict[str, Any] | None:
    """What a checkout needs to know of a code, as the door answers it; None where nobody ever got it."""
    issued = session.coupon(read_code(code))
    if issued is not None:
        redeemed, until = bool(issued.redeemed_at), issued.until.isoformat()
        return {"kind": issued.kind, "percent": plain(issued.percent), "valid_until": until, "redeemed": redeemed}
    for kind, coupon in shop.coupons.items():
        if coupon.code and coupon.code.casefold() == code.strip().casefold():
            return {"kind": kind, "percent": plain(coupon.percent), "valid_until": None, "redeemed": False}
    return None


def plain(percent: Any) -> int | float:
    """10, or 7.5: a number, as programs like it."""
    return int(percent) if percent == int(percent) else float(percent)
