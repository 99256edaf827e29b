"""What a customer gets on a holiday: a card, an offer, or before it a word about presents for others."""

from enum import StrEnum, auto

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.holiday import GENDERS, Holiday, HolidayMode


class Share(StrEnum):
    """A customer's share in a holiday: never two of these on one day."""

    CARD = auto()
    OFFER = auto()
    REMINDER = auto()


def share_in(holiday: Holiday, customer: Customer) -> Share:
    """A card is for everyone. An offer is for those whose day it is: the others are reminded of them, and whoever did
    not say gets the card (C7). Of a day that is off a card is what there would be."""
    gender = customer.text("gender")
    if holiday.mode is not HolidayMode.OFFER or (holiday.whose and gender not in GENDERS):
        return Share.CARD
    return Share.OFFER if holiday.whose in ("", gender) else Share.REMINDER


def occurrence_of(holiday: Holiday, year: int) -> str:
    """ "womens_day/2026"."""
    return f"{holiday.name}/{year}"


def holiday_of(facts: Facts, trigger: Trigger) -> Holiday | None:
    """None where the shop keeps it no more."""
    return facts.shop.holidays.get(trigger.occurrence_id.partition("/")[0])
