"""Birthdays: three letters, with a present, for those who want them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shopbell.service.pages.preferences import Preferences
from tests.world import CADENCES, MONDAY, OLENA, World, a_shop

AGREED = {"consent.email_marketing": {"granted": True}}
SERIES = [("birthday_week", "13 08:00"), ("birthday_soon", "17 08:00"), ("birthday_today", "20 08:00")]


def a_world(birthday: str, customer: dict[str, Any] | None = None, **shop: Any) -> World:
    world = World(shop=a_shop(**shop))
    world.tell("customer.updated", None, (customer or OLENA | AGREED) | {"birthday": birthday}, customer_id="7")
    return world


def when(world: World) -> list[tuple[str, str]]:
    return [(m.kind, f"{m.sent_at:%d %H:%M}") for m in world.sent()]


def test_a_week_before_three_days_before_and_on_the_day_at_ten() -> None:
    world = a_world("1990-03-20")
    world.until("2026-03-29T00:00:00Z")
    assert when(world) == SERIES


def test_every_year_again() -> None:
    world = a_world("--03-20")
    world.until("2028-04-01T00:00:00Z")
    assert world.kinds == [kind for kind, _ in SERIES] * 3


def test_ten_o_clock_is_the_customers_own() -> None:
    world = a_world("--03-20", OLENA | AGREED | {"timezone": "America/New_York"})
    world.until("2026-03-29T00:00:00Z")
    assert when(world)[0] == ("birthday_week", "13 14:00")


def test_a_step_whose_day_has_passed_when_the_birthday_becomes_known_is_not_sent() -> None:
    world = a_world("--03-07")
    world.until("2026-03-29T00:00:00Z")
    assert world.kinds == ["birthday_soon", "birthday_today"]
    assert world.reasons("birthday_week") == ["skipped window_passed"]


def test_a_birthday_already_past_waits_for_next_year() -> None:
    world = a_world("--03-01")
    world.until("2026-12-31T00:00:00Z")
    assert world.kinds == []


def test_nobody_is_written_to_without_consent() -> None:
    world = a_world("--03-20", dict(OLENA))
    world.until("2026-03-29T00:00:00Z")
    assert world.kinds == []
    assert world.reasons("birthday_today") == ["skipped no_consent"]


def test_one_click_ends_it_in_the_middle_of_the_series() -> None:
    world = a_world("--03-20")
    world.until("2026-03-15T00:00:00Z")
    Preferences(world.store, world.contact_key).unsubscribe(world.shop, "id:7", world.now)
    world.until("2026-03-29T00:00:00Z")
    assert world.kinds == ["birthday_week"]
    assert world.reasons("birthday_today") == ["skipped unsubscribed"]


def test_a_bare_true_does_not_lift_a_withdrawal_and_a_later_consent_does() -> None:
    world = a_world("--03-20")
    Preferences(world.store, world.contact_key).unsubscribe(world.shop, "id:7", world.now)
    world.now += timedelta(days=1)
    world.tell("customer.updated", None, AGREED, customer_id="7")
    world.until("2026-03-15T00:00:00Z")
    assert world.kinds == []
    wanted = {
        "granted": True,
        "at": "2026-03-14T10:00:00Z",
        "source": "profile",
        "wording": "Yes",
        "long": True,
    }
    world.tell("customer.updated", None, {"consent.email_marketing": wanted}, customer_id="7")
    world.until("2026-03-29T00:00:00Z")
    assert world.kinds == ["birthday_soon", "birthday_today"]


def test_the_letters_carry_the_present_and_the_unsubscribe_headers() -> None:
    world = a_world("--03-20")
    world.until("2026-03-29T00:00:00Z")
    said = world.renderer.said[-1]
    assert (said["coupon"].code, f"{said['coupon'].until}") == ("BDAY10", "2026-03-23")
    assert all(letter.headers["List-Unsubscribe-Post"] for letter in world.email.taken)


def test_without_a_present_there_is_no_letter_about_one() -> None:
    world = a_world("--03-20", coupons={})
    world.until("2026-03-29T00:00:00Z")
    assert world.kinds == []
    assert world.reasons("birthday_week") == ["held missing_facts", "skipped window_passed"]


def test_the_last_days_are_told_where_the_shop_wants_it() -> None:
    world = a_world("--03-20", journeys={"birthday_last_days": replace(CADENCES["birthday_last_days"], enabled=True)})
    world.until("2026-03-29T00:00:00Z")
    assert when(world)[-1] == ("birthday_last_days", "23 08:00")


def test_a_guest_who_turns_out_to_be_a_customer_has_one_birthday() -> None:
    world = World()
    world.place(OLENA | AGREED | {"birthday": "1990-03-20"})
    world.now += timedelta(hours=1)
    world.tell("customer.updated", None, OLENA | {"birthday": "1990-03-20"}, customer_id="7")
    world.until(MONDAY + timedelta(days=30))
    assert [kind for kind in world.kinds if "birthday" in kind] == [kind for kind, _ in SERIES]
    assert world.log == []  # no sweep runs into the other's letters
