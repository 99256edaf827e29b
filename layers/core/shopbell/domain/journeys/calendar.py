"""The customer's own days: the birthday and the week before it."""

from shopbell.domain.journeys.row import Journey
from shopbell.domain.model.vocabulary import CouponKind, MessageClass, RequiredFact, Series, Sweep
from shopbell.domain.rules.conditions import has_birthday
from shopbell.domain.rules.moments import EndOfDay, OnBirthday, at_once
from shopbell.domain.rules.triggers import birthdays
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
        enabled=enabled,
        answers=answers,
    )


JOURNEYS = (
    _birthday("birthday_week", -7, answers="R081, R094, R097–R099"),
    _birthday("birthday_soon", -3, answers="R081, R095, R097–R099"),
    _birthday("birthday_today", 0, answers="R081, R086, R096, R097, R099"),
    _birthday("birthday_last_days", 3, enabled=False, answers="R097"),
)
