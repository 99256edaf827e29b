"""Holidays: a card for everyone, or an offer for those whose day it is and a word before it to the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.holiday import USUAL, Holiday, HolidayMode
from shopbell.domain.model.shop import Coupon, Figures, Marketing
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.time.calendar import Birthday, Hours
from shopbell.service.pages.preferences import Preferences
from tests.world import OLENA, World, a_shop

CARD, OFFER, OFF = HolidayMode.CARD, HolidayMode.OFFER, HolidayMode.OFF
AGREED = {"consent.email_marketing": {"granted": True}}
BY_SMS = {"phone": "+380445550101", "consent.sms_marketing": {"granted": True}, "email": None}
COUPONS = {"birthday": Coupon(Decimal(10), code="BDAY10"), "holiday": Coupon(Decimal(10), days=5, code="FEST10")}


def kept(**modes: HolidayMode) -> Mapping[str, Holiday]:
    """The usual days, each as the shop wants it; what it does not name is off."""
    return {name: replace(day, mode=modes.get(name, OFF)) for name, day in USUAL.items()}


def a_world(customer: Mapping[str, Any] = OLENA | AGREED, **shop: Any) -> World:
    world = World(shop=a_shop(**{"coupons": COUPONS, "holidays": kept(womens_day=CARD), **shop}))
    world.tell("customer.updated", None, dict(customer), customer_id="7")
    return world


def when(world: World) -> list[tuple[str, str]]:
    return [(m.kind, f"{m.sent_at:%d %b %H:%M}") for m in world.sent()]


def holidays_of(world: World) -> list[str]:
    return [kind for kind in world.kinds if kind.startswith("holiday")]


@pytest.mark.parametrize("gender", [{}, {"gender": "female"}, {"gender": "male"}])
def test_a_card_is_for_everyone_on_the_day_at_ten(gender: dict[str, str]) -> None:
    world = a_world(OLENA | AGREED | gender)
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_card", "08 Mar 08:00")]


def test_the_new_year_is_greeted_on_its_eve_and_every_year() -> None:
    world = a_world(holidays=kept(new_year=CARD))
    world.until("2028-01-03T00:00:00Z")
    assert when(world) == [("holiday_card", "31 Dec 08:00")] * 2


def test_ten_o_clock_is_the_customers_own_and_waits_for_the_send_hours() -> None:
    world = a_world(OLENA | AGREED | {"timezone": "America/New_York"}, send_hours=Hours.parse("11:00-20:00"))
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_card", "08 Mar 15:00")]


def test_a_day_of_the_shops_own_is_called_by_its_name() -> None:
    ours = Holiday("anniversary", Birthday(3, 12), CARD, names={"uk": "День крамниці", "en": "Our day"})
    world = a_world(holidays={"anniversary": ours})
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_card", "12 Mar 08:00")]
    said = world.renderer.said[-1]
    assert (said["holiday"].id, said["holiday"].name, said["coupon"]) == ("", "Our day", None)


def test_an_offer_is_for_those_whose_day_it_is() -> None:
    world = a_world(OLENA | AGREED | {"gender": "female"}, holidays=kept(womens_day=OFFER))
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_offer", "08 Mar 08:00")]
    said = world.renderer.said[-1]
    assert (said["coupon"].code, f"{said['coupon'].until}") == ("FEST10", "2026-03-13")


def test_the_others_are_reminded_five_days_before_and_hear_nothing_on_the_day() -> None:
    world = a_world(OLENA | AGREED | {"gender": "male"}, holidays=kept(womens_day=OFFER))
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_gift_reminder", "03 Mar 08:00")]
    said = world.renderer.said[-1]
    assert (f"{said['holiday'].day}", f"{said['coupon'].until}") == ("2026-03-08", "2026-03-08")


def test_women_are_reminded_before_the_day_of_men() -> None:
    world = a_world(OLENA | AGREED | {"gender": "female"}, holidays=kept(defenders_day=OFFER))
    world.until("2027-02-25T00:00:00Z")
    assert when(world) == [("holiday_gift_reminder", "18 Feb 08:00")]


def test_whoever_did_not_say_gets_the_card_and_no_reminder() -> None:
    world = a_world(holidays=kept(womens_day=OFFER))
    world.until("2026-03-20T00:00:00Z")
    assert when(world) == [("holiday_card", "08 Mar 08:00")]


def test_whoever_says_so_on_the_day_gets_no_offer_beside_the_card() -> None:
    world = a_world(holidays=kept(womens_day=OFFER))
    world.until("2026-03-08T09:00:00Z")
    world.tell("customer.updated", None, {"gender": "female"}, customer_id="7")
    world.until("2026-03-20T00:00:00Z")
    assert holidays_of(world) == ["holiday_card"]
    assert world.reasons("holiday_offer") == ["skipped already_sent"]


def test_an_offer_on_everybodys_day_is_for_all() -> None:
    for gender in ({}, {"gender": "male"}):
        world = a_world(OLENA | AGREED | gender, holidays=kept(new_year=OFFER))
        world.until("2027-01-02T00:00:00Z")
        assert holidays_of(world) == ["holiday_offer"]


def test_a_day_that_is_off_is_no_day_and_says_so() -> None:
    world = a_world(holidays=kept())
    world.until("2027-03-20T00:00:00Z")
    assert world.kinds == []
    assert {*world.reasons("holiday_card")} == {"skipped disabled"}


def test_a_shop_that_turns_it_on_today_greets_today_and_not_for_yesterday() -> None:
    for day, greeted in (("07", True), ("08", True), ("09", False)):
        world = a_world(holidays=kept())
        world.until(f"2026-03-{day}T07:00:00Z")
        world.shop = replace(world.shop, holidays=kept(womens_day=CARD))
        world.until("2026-03-20T00:00:00Z")
        assert (holidays_of(world) == ["holiday_card"]) is greeted, day


def test_who_came_to_be_known_after_the_day_waits_for_the_next() -> None:
    world = World(shop=a_shop(holidays={"womens_day": USUAL["womens_day"]}))
    world.now += timedelta(days=7)
    world.tell("customer.updated", None, OLENA | AGREED, customer_id="7")
    world.until("2027-03-01T00:00:00Z")
    assert world.kinds == []
    assert world.reasons("holiday_card") == []
    world.until("2027-03-20T00:00:00Z")
    assert when(world) == [("holiday_card", "08 Mar 08:00")]


def test_nobody_is_greeted_without_consent_nor_after_one_click() -> None:
    world = a_world(OLENA)
    world.until("2026-03-20T00:00:00Z")
    assert world.reasons("holiday_card") == ["skipped no_consent"]
    world = a_world()
    Preferences(world.store, world.contact_key).unsubscribe(world.shop, "id:7", world.now)
    world.until("2026-03-20T00:00:00Z")
    assert world.reasons("holiday_card") == ["skipped unsubscribed"]


def test_nobody_is_greeted_who_waits_for_an_answer() -> None:
    world = a_world(holidays=kept(womens_day=CARD, defenders_day=CARD))
    complaint = {"complaint": {"id": "k-7", "text": "It came cracked"}}
    world.tell("complaint.opened", None, OLENA, customer_id="7", said=complaint)
    world.until("2026-03-20T00:00:00Z")
    assert holidays_of(world) == []
    assert world.reasons("holiday_card") == ["skipped complaint_open"]
    world.tell("complaint.resolved", None, OLENA, customer_id="7", said=complaint)
    world.until("2027-02-25T00:00:00Z")
    assert holidays_of(world) == ["holiday_card"]


def test_a_card_is_none_of_the_letters_of_the_month_and_an_offer_is() -> None:
    for mode, gender, sent in ((CARD, {}, ["holiday_card"]), (OFFER, {"gender": "female"}, [])):
        none = Marketing(per_month=0)
        world = a_world(OLENA | AGREED | gender, holidays=kept(womens_day=mode), marketing=none)
        world.until("2026-03-20T00:00:00Z")
        assert holidays_of(world) == sent
    assert world.reasons("holiday_offer")[-1] == "skipped cap"


def test_a_card_takes_no_letter_of_the_month_from_the_birthday() -> None:
    world = a_world(OLENA | AGREED | {"birthday": "--03-12"}, marketing=Marketing(per_month=1))
    world.until("2026-03-20T00:00:00Z")
    assert world.kinds == ["birthday_week", "holiday_card", "birthday_soon", "birthday_today"]


def test_a_reminder_and_an_offer_of_two_days_are_two_letters_of_the_month() -> None:
    both = kept(womens_day=OFFER, defenders_day=OFFER)
    world = a_world(OLENA | AGREED | {"gender": "female"}, holidays=both, marketing=Marketing(per_month=1))
    world.until("2027-03-20T00:00:00Z")
    assert when(world) == [("holiday_offer", "08 Mar 08:00"), ("holiday_gift_reminder", "18 Feb 08:00")]
    assert world.reasons("holiday_offer")[-1] == "skipped cap"


def test_on_a_birthday_its_letter_greets_and_no_card_comes_beside_it() -> None:
    world = a_world(OLENA | AGREED | {"birthday": "--03-08"})
    world.until("2026-03-20T00:00:00Z")
    assert world.kinds == ["birthday_soon", "birthday_today"]
    assert world.reasons("holiday_card") == ["skipped superseded"]


@pytest.mark.parametrize(
    "shop",
    [{"coupons": {"holiday": COUPONS["holiday"]}}, {"journeys": {"birthday_today": Figures(enabled=False)}}],
    ids=["no present", "turned off"],
)
def test_where_no_letter_greets_the_birthday_the_card_comes(shop: dict[str, Any]) -> None:
    world = a_world(OLENA | AGREED | {"birthday": "--03-08"}, **shop)
    world.until("2026-03-20T00:00:00Z")
    assert holidays_of(world) == ["holiday_card"]


def test_of_an_offer_and_a_birthday_on_one_day_the_birthday_goes_first() -> None:
    on_the_day = {"gender": "female", "birthday": "--03-08"}
    world = a_world(OLENA | AGREED | on_the_day, holidays=kept(womens_day=OFFER), marketing=Marketing(per_month=1))
    world.until("2026-03-20T00:00:00Z")
    assert world.kinds == ["birthday_soon", "birthday_today"]
    assert world.reasons("holiday_offer")[-1] == "skipped cap"


def test_an_offer_without_a_present_is_held_and_does_not_leave() -> None:
    world = a_world(OLENA | AGREED | {"gender": "female"}, holidays=kept(womens_day=OFFER), coupons={})
    world.until("2026-03-20T00:00:00Z")
    assert world.reasons("holiday_offer") == ["held missing_facts", "skipped window_passed"]


def test_a_reminder_does_without_a_present() -> None:
    world = a_world(OLENA | AGREED | {"gender": "male"}, holidays=kept(womens_day=OFFER), coupons={})
    world.until("2026-03-20T00:00:00Z")
    assert holidays_of(world) == ["holiday_gift_reminder"]


def test_three_ids_with_one_address_get_one_card_and_no_offer_beside_it() -> None:
    world = World(shop=a_shop(coupons=COUPONS, holidays=kept(womens_day=OFFER)))
    for name, gender in (("7", {}), ("8", {}), ("9", {"gender": "female"})):
        world.tell("customer.updated", None, OLENA | AGREED | gender, customer_id=name)
    world.until("2026-03-20T00:00:00Z")
    assert len(holidays_of(world)) == 1
    others = [*world.reasons("holiday_card"), *world.reasons("holiday_offer")]
    assert others.count("skipped already_sent") == 2


def test_a_card_that_did_not_leave_is_no_reason_for_another_to_stay() -> None:
    """Of two ids with one address the first one unsubscribes while its card waits."""
    world = World(shop=a_shop(holidays=kept(womens_day=CARD), send_hours=Hours.parse("12:00-20:00")))
    for name in ("7", "8"):
        world.tell("customer.updated", None, OLENA | AGREED, customer_id=name)
    world.until("2026-03-08T09:00:00Z")
    world.tell("customer.updated", None, {"consent.email_marketing": {"granted": False}}, customer_id="7")
    world.until("2026-03-20T00:00:00Z")
    assert [m.whose for m in world.sent() if m.kind == "holiday_card"] == ["8"]


def test_who_has_a_phone_alone_gets_it_as_a_text_message() -> None:
    world = a_world(OLENA | BY_SMS)
    world.until("2026-03-20T00:00:00Z")
    assert [(m.kind, m.channel, m.status) for m in world.sent()] == [("holiday_card", "sms", Status.SENT)]


def test_a_card_planned_before_the_shop_turned_it_off_does_not_leave() -> None:
    world = a_world(send_hours=Hours.parse("12:00-20:00"))
    world.until("2026-03-08T09:00:00Z")
    world.shop = replace(world.shop, holidays=kept())
    world.until("2026-03-20T00:00:00Z")
    assert holidays_of(world) == []
    assert world.reasons("holiday_card")[-1] == "skipped disabled"


def test_it_says_how_to_hear_no_more() -> None:
    world = a_world()
    world.until("2026-03-20T00:00:00Z")
    assert all(letter.headers["List-Unsubscribe-Post"] for letter in world.email.taken)
    assert [letter.message_class for letter in world.email.taken] == ["greeting"]
