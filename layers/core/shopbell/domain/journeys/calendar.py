"""Days of the year: the customer's own, with the week before it, and holidays."""

from shopbell.domain.journeys.names import BIRTHDAY, HOLIDAY_CARD, HOLIDAY_OFFER
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import CouponKind, LateFact, MessageClass, RequiredFact, Series, Sweep
from shopbell.domain.rules.conditions import celebrated, has_birthday, no_birthday, not_told_as, with_offer
from shopbell.domain.rules.moments import EndOfDay, OnBirthday, OnHoliday, at_once
from shopbell.domain.rules.triggers import birthdays, cards, gift_reminders, offers
from shopbell.domain.time.span import days


def _birthday(kind: str, day: int, *, enabled: bool = True, answers: str) -> Journey:
    """A letter of the birthday series, sent on that day or not at all."""
    return Journey(
        kind=kind,
        sweep=Sweep.BIRTHDAYS,
        on=birthdays,
        moment=OnBirthday(day),
        lasts=days(1),
        until=EndOfDay(at_once),
        message_class=MessageClass.MARKETING,
        only_if=(has_birthday,),
        series=Series.BIRTHDAY,
        requires=(RequiredFact.COUPON,),
        coupon=CouponKind.BIRTHDAY,
        late_facts=(LateFact.RECOMMENDED,),
        enabled=enabled,
        answers=answers,
    )


JOURNEYS = (
    _birthday("birthday_week", -7, answers="R081, R094, R097–R099"),
    _birthday("birthday_soon", -3, answers="R081, R095, R097–R099"),
    _birthday(BIRTHDAY, 0, answers="R081, R086, R096, R097, R099"),
    _birthday("birthday_last_days", 3, enabled=False, answers="R097"),
    Journey(
        kind=HOLIDAY_CARD,
        sweep=Sweep.BETWEEN_ORDERS,
        on=cards,
        moment=OnHoliday(),
        lasts=days(1),
        until=EndOfDay(at_once),
        message_class=MessageClass.GREETING,
        only_if=(celebrated, not_told_as(HOLIDAY_OFFER), no_birthday(BIRTHDAY)),
        series=Series.HOLIDAY,
        answers="R081, R086–R088",
    ),
    Journey(
        kind=HOLIDAY_OFFER,
        sweep=Sweep.BETWEEN_ORDERS,
        on=offers,
        moment=OnHoliday(),
        lasts=days(1),
        until=EndOfDay(at_once),
        message_class=MessageClass.MARKETING,
        only_if=(with_offer, not_told_as(HOLIDAY_CARD)),
        series=Series.HOLIDAY,
        requires=(RequiredFact.COUPON,),
        coupon=CouponKind.HOLIDAY,
        late_facts=(LateFact.RECOMMENDED,),
        answers="R081, R082, R086, R089, R090",
    ),
    Journey(
        kind="holiday_gift_reminder",
        sweep=Sweep.BETWEEN_ORDERS,
        on=gift_reminders,
        moment=OnHoliday(-5),
        lasts=days(1),
        until=EndOfDay(at_once),
        message_class=MessageClass.MARKETING,
        only_if=(with_offer,),
        series=Series.HOLIDAY,
        coupon=CouponKind.HOLIDAY,
        answers="R081, R091, R092",
    ),
)
