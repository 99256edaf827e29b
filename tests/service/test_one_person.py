"""One person under several ids of a shop's: what comes so often, or once, is counted by the contact they share."""

from datetime import timedelta

import pytest

from shopbell.domain.model.shop import Figures, Marketing
from tests.world import MONDAY, OLENA, World, a_shop, an_order

AGREED = {"consent.email_marketing": {"granted": True}}
IDS = ("7", "8", "9")
SERIES = ["birthday_week", "birthday_soon", "birthday_today"]


def thrice(world: World, **changes: str) -> World:
    """The same address under three ids."""
    for number, name in enumerate(IDS):
        birthday = {"birthday": changes.get(f"birthday_{number}", "--03-20")}
        world.tell("customer.updated", None, OLENA | AGREED | birthday, customer_id=name)
    return world


def test_three_ids_with_one_address_have_one_birthday_a_year() -> None:
    world = thrice(World())
    world.until("2027-04-01T00:00:00Z")
    assert world.kinds == SERIES * 2
    assert world.reasons("birthday_week").count("skipped already_sent") == 2 * 2


def test_so_it_is_where_each_id_has_another_day() -> None:
    world = thrice(World(), birthday_1="--06-20", birthday_2="--11-20")
    world.until("2026-12-31T00:00:00Z")
    assert world.kinds == SERIES


def test_whoever_of_them_wants_none_takes_nothing_from_the_others() -> None:
    world = thrice(World())
    world.tell("customer.updated", None, {"consent.email_marketing": {"granted": False}}, customer_id="7")
    world.until("2026-03-31T00:00:00Z")
    assert world.kinds == SERIES
    assert {m.whose for m in world.sent()} == {"8"}


def test_an_address_of_their_own_is_another_person() -> None:
    world = thrice(World())
    world.tell("customer.updated", None, {"email": "olha@customer.example"}, customer_id="8")
    world.until("2026-03-31T00:00:00Z")
    assert (
        sorted(letter.to for letter in world.email.taken)
        == ["olena@customer.example"] * 3 + ["olha@customer.example"] * 3
    )


def test_the_places_of_a_month_are_one_persons() -> None:
    """A profile's letter to one id takes the only place of the month from the birthday of another."""
    world = World(shop=a_shop(marketing=Marketing(per_month=1), journeys={"review_request": Figures(enabled=False)}))
    world.tell("order.placed", an_order(), OLENA | AGREED, customer_id="7")
    world.tell("order.delivered")
    world.tell("customer.updated", None, OLENA | AGREED | {"birthday": "--04-01"}, customer_id="8")
    world.until("2026-04-08T00:00:00Z")
    assert [kind for kind in world.kinds if kind in ("profile_completion", *SERIES)] == ["profile_completion"]
    assert set(world.reasons("birthday_today")) == {"sent due", "skipped cap"}


@pytest.mark.parametrize("days", [0, 40])
def test_the_question_about_themselves_comes_once_to_a_person(days: int) -> None:
    world = World(shop=a_shop(journeys={"review_request": Figures(enabled=False)}))
    for name in IDS:
        world.tell("order.placed", an_order(number=name), OLENA | AGREED, order_id=name, customer_id=name)
        world.tell("order.delivered", order_id=name)
        world.until(world.now + timedelta(days=days))
    world.until(MONDAY + timedelta(days=200))
    assert world.kinds.count("profile_completion") == 1
    assert world.reasons("profile_completion").count("skipped already_sent") == 2
