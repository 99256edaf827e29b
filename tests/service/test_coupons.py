"""Personal codes: handed out with a letter, the same whenever it is asked for, redeemed once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.keys import NumberedKeys
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Coupon
from shopbell.domain.model.tokens import CODE_LETTERS
from shopbell.service.subjects.coupons import coupon_answer
from tests.world import MONDAY, OLENA, World, a_shop, an_order

YES = {"consent.email_marketing": {"granted": True}}
THANKS = {"thank_you": Coupon(Decimal(5), days=30, unique=True)}
PRESENT = {"birthday": Coupon(Decimal(10), unique=True)}
ANNA = {"name": "Anna", "email": "anna@customer.example"}


def thankful() -> World:
    return World(shop=a_shop(coupons=THANKS))


def codes(world: World) -> list[str]:
    """Of every letter that was rendered, the code that it shows, "" where it shows none."""
    return [said["coupon"].code if said["coupon"] else "" for said in world.renderer.said]


def answer(world: World, code: str) -> dict[str, Any] | None:
    return coupon_answer(world.store.session("dobra"), world.shop, code)


def test_who_agreed_to_marketing_is_thanked_with_a_code_for_a_month() -> None:
    world = thankful()
    world.place(OLENA | YES)
    (code,) = codes(world)
    assert len(code) == 8
    assert set(code) <= set(CODE_LETTERS)
    assert answer(world, code) == {"kind": "thank_you", "percent": 5, "valid_until": "2026-04-01", "redeemed": False}


@pytest.mark.parametrize(
    "customer", [OLENA, OLENA | {"consent.email_marketing": {"granted": False}}, {"phone": "+380445550101"}]
)
def test_who_did_not_agree_gets_the_letter_and_no_code(customer: dict[str, Any]) -> None:
    world = thankful()
    world.place(customer)
    assert (len(world.kinds), codes(world)) == (1, [""])
    assert "#coupon#" not in world.stored()


def test_who_waits_for_an_answer_to_a_complaint_is_offered_nothing() -> None:
    world = thankful()
    world.tell("complaint.opened", said={"complaint": {"id": "k-1", "text": "It broke"}}, customer=OLENA | YES)
    world.place(OLENA)
    assert codes(world)[-1] == ""


def test_a_second_try_shows_the_same_code_and_the_same_last_day() -> None:
    world = thankful()
    world.email.failures = [DeliveryError(FailureKind.TEMPORARY, "unavailable")]
    world.now = MONDAY.replace(hour=21, minute=59)
    world.place(OLENA | YES)
    world.until(world.now + timedelta(hours=1))
    first, second = (said["coupon"] for said in world.renderer.said)
    assert first == second
    assert world.kinds == ["order_received"]


def test_two_orders_are_thanked_with_two_codes() -> None:
    world = thankful()
    world.place(OLENA | YES)
    world.tell("order.placed", an_order(number="1002"), ANNA | YES, order_id="1002")
    world.tell("order.placed", an_order(number="1003"), OLENA, order_id="1003")
    assert len({*codes(world)}) == len([*filter(None, codes(world))]) == 3


@pytest.mark.parametrize("typed", ["{}", "  {} ", "{0:.4}-{1}", "{0:.4} {1}"])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    world = thankful()
    world.place(OLENA | YES)
    (code,) = codes(world)
    for spelling in (code, code.lower()):
        assert answer(world, typed.format(spelling, spelling[4:])) == answer(world, code)


def test_of_a_code_that_nobody_got_nothing_is_known() -> None:
    world = thankful()
    world.place(OLENA | YES)
    assert [answer(world, code) for code in ("AAAAAAAA", "", "-", "ї" * 2000, "/", "#")] == [None] * 6


def test_a_code_of_the_checkout_is_answered_as_the_shop_set_it_up() -> None:
    world = World(shop=a_shop(coupons={"birthday": Coupon(Decimal("7.5"), code="BDAY")}))
    assert answer(world, " bday ") == {"kind": "birthday", "percent": 7.5, "valid_until": None, "redeemed": False}


def test_a_code_is_redeemed_by_whoever_has_it_and_stays_so() -> None:
    world = thankful()
    world.place(OLENA | YES)
    (code,) = codes(world)
    for _ in range(2):
        world.tell("coupon.redeemed", said={"code": code.lower(), "order": "a-friends-order"})
    assert answer(world, code) == {"kind": "thank_you", "percent": 5, "valid_until": "2026-04-01", "redeemed": True}


def test_a_redeemed_code_that_is_none_of_ours_is_a_line_in_the_decisions() -> None:
    world = thankful()
    world.tell("coupon.redeemed", said={"code": "SUMMER"})
    assert world.reasons("coupon.redeemed") == ["skipped missing_facts"]


def test_the_letters_of_one_birthday_carry_one_code_with_one_last_day() -> None:
    world = World(shop=a_shop(coupons=PRESENT))
    world.tell("customer.updated", customer=OLENA | YES | {"birthday": "--03-20"}, customer_id="7")
    world.until("2026-03-30T00:00:00Z")
    assert world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]
    assert len(set(codes(world))) == 1
    assert {str(said["coupon"].until) for said in world.renderer.said} == {"2026-03-23"}


def change_the_codes_key(world: World, number: int) -> None:
    secrets = {**world.keys.codes.secrets, number: f"key number {number} of the codes".encode()}
    world.keys = replace(world.keys, codes=NumberedKeys(secrets))


def test_a_second_try_after_the_key_was_changed_shows_the_code_of_the_first() -> None:
    world = thankful()
    world.email.failures = [DeliveryError(FailureKind.TEMPORARY, "unavailable")]
    world.place(OLENA | YES)
    change_the_codes_key(world, 2)
    change_the_codes_key(world, 3)
    world.until(world.now + timedelta(hours=1))
    first, second = codes(world)
    assert first == second
    assert world.kinds == ["order_received"]
    assert len([place for place, _ in world.table.items if "#coupon#" in place]) == 1


def test_the_letters_of_one_birthday_carry_one_code_though_its_key_is_changed_between_them() -> None:
    world = World(shop=a_shop(coupons=PRESENT))
    world.tell("customer.updated", customer=OLENA | YES | {"birthday": "--03-20"}, customer_id="7")
    for day, number in (("14", 2), ("19", 10), ("30", 11)):
        world.until(f"2026-03-{day}T00:00:00Z")
        change_the_codes_key(world, number)
    assert world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]
    assert len(set(codes(world))) == 1
    world.until("2027-03-30T00:00:00Z")
    (next_year,) = set(codes(world)[3:])
    assert (len(codes(world)[0]), len(next_year), next_year[0]) == (8, 9, "B")


def test_a_present_of_a_former_key_that_was_used_is_not_offered_again() -> None:
    world = World(shop=a_shop(coupons=PRESENT))
    change_the_codes_key(world, 2)
    world.tell("customer.updated", customer=OLENA | YES | {"birthday": "--03-20"}, customer_id="7")
    world.until("2026-03-14T00:00:00Z")
    change_the_codes_key(world, 3)
    world.tell("coupon.redeemed", said={"code": codes(world)[0].lower()})
    world.until("2026-03-30T00:00:00Z")
    assert codes(world) == [codes(world)[0], "", ""]
    assert answer(world, codes(world)[0]) == {
        "kind": "birthday",
        "percent": 10,
        "valid_until": "2026-03-23",
        "redeemed": True,
    }


def test_however_many_keys_there_are_a_letter_costs_the_same_calls() -> None:
    before, after = thankful(), thankful()
    for number in (2, 3, 4):
        change_the_codes_key(after, number)
    for world in (before, after):
        world.place(OLENA | YES)
    assert before.table.calls == after.table.calls


def test_the_next_birthday_has_a_code_of_its_own() -> None:
    world = World(shop=a_shop(coupons=PRESENT))
    world.tell("customer.updated", customer=OLENA | YES | {"birthday": "--03-20"}, customer_id="7")
    world.until("2027-03-30T00:00:00Z")
    assert len(set(codes(world))) == 2


def test_a_present_that_was_used_is_not_offered_again() -> None:
    world = World(shop=a_shop(coupons=PRESENT))
    world.tell("customer.updated", customer=OLENA | YES | {"birthday": "--03-20"}, customer_id="7")
    world.until("2026-03-14T00:00:00Z")
    world.tell("coupon.redeemed", said={"code": codes(world)[0]})
    world.until("2026-03-30T00:00:00Z")
    assert world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]
    assert codes(world)[1:] == ["", ""]


def test_a_code_says_nothing_of_whose_it_is() -> None:
    world = thankful()
    world.place(OLENA | YES)
    stored = [item for (place, _), item in world.table.items.items() if "#coupon#" in place]
    assert len(stored) == 1
    assert not [word for word in ("olena", "customer", "1001") if word in str(stored).casefold()]
