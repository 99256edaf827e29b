"""Letters that a shop turned on, or left on, and that never leave: they hand out a coupon that it does not offer."""

from collections.abc import Mapping

from shopbell.domain.journeys import JOURNEYS
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.holiday import HolidayMode
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.vocabulary import CouponKind, RequiredFact, Series


def without_coupon(shop: Shop) -> Mapping[CouponKind, tuple[str, ...]]:
    """By the coupon that is lacking: the kinds that wait for it in vain."""
    found: dict[CouponKind, list[str]] = {}
    for row in JOURNEYS:
        if row.coupon and row.kind not in found.get(row.coupon, []) and _waits_in_vain(row, shop):
            found.setdefault(row.coupon, []).append(row.kind)
    return {coupon: tuple(kinds) for coupon, kinds in found.items()}


def _waits_in_vain(row: Journey, shop: Shop) -> bool:
    coupon = shop.coupon(row.coupon)
    is_offered = coupon is not None and coupon.has_code
    return RequiredFact.COUPON in row.requires and not is_offered and row.is_enabled(shop) and _has_a_day(row, shop)


def _has_a_day(row: Journey, shop: Shop) -> bool:
    """A holiday's offer needs a holiday on which the shop makes one."""
    offers = any(holiday.mode is HolidayMode.OFFER for holiday in shop.holidays.values())
    return row.series is not Series.HOLIDAY or offers
