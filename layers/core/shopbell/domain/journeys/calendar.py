"""Days of the year: the customer's own, with the week before it, and holidays."""

from functools import partial

from shopbell.domain.journeys.names import BIRTHDAY, HOLIDAY_CARD, HOLIDAY_OFFER
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import CouponKind, LateFact, MessageClass, RequiredFact, Series, Sweep
from shopbell.domain.rules.conditions import celebrated, has_birthday, no_birthday, not_told_as, with_offer
from shopbell.domain.rules.moments import EndOfDay, OnBirthday, OnHoliday, at_once
from shopbell.domain.rules.triggers import birthdays, cards, gift_reminders, offers
from shopbell.domain.time.span import days

_on_that_day = partial(Journey, lasts=days(1), until=EndOfDay(at_once))
"""Sent on its day or not at all."""
_birthday = partial(
    _on_that_day,
    sweep=Sweep.BIRTHDAYS,
    on=birthdays,
    message_class=MessageClass.MARKETING,
    only_if=(has_birthday,),
    series=Series.BIRTHDAY,
    requires=(RequiredFact.COUPON,),
    coupon=CouponKind.BIRTHDAY,
    late_facts=(LateFact.RECOMMENDED,),
)
_holiday = partial(_on_that_day, sweep=Sweep.BETWEEN_ORDERS, series=Series.HOLIDAY)

JOURNEYS = (
    _birthday(kind="birthday_week", moment=OnBirthday(-7), answers="R081, R094, R097–R099"),
    _birthday(kind="birthday_soon", moment=OnBirthday(-3), answers="R081, R095, R097–R099"),
    _birthday(kind=BIRTHDAY, moment=OnBirthday(0), answers="R081, R086, R096, R097, R099"),
    _birthday(kind="birthday_last_days", moment=OnBirthday(3), enabled=False, answers="R097"),
    _holiday(
        kind=HOLIDAY_CARD,
        on=cards,
        moment=OnHoliday(),
        message_class=MessageClass.GREETING,
        only_if=(celebrated, not_told_as(HOLIDAY_OFFER), no_birthday(BIRTHDAY)),
        answers="R081, R086–R088",
    ),
    _holiday(
        kind=HOLIDAY_OFFER,
        on=offers,
        moment=OnHoliday(),
        message_class=MessageClass.MARKETING,
        only_if=(with_offer, not_told_as(HOLIDAY_CARD)),
        requires=(RequiredFact.COUPON,),
        coupon=CouponKind.HOLIDAY,
        late_facts=(LateFact.RECOMMENDED,),
        answers="R081, R082, R086, R089, R090",
    ),
    _holiday(
        kind="holiday_gift_reminder",
        on=gift_reminders,
        moment=OnHoliday(-5),
        message_class=MessageClass.MARKETING,
        only_if=(with_offer,),
        coupon=CouponKind.HOLIDAY,
        answers="R081, R091, R092",
    ),
)
