"""What a customer tells of themselves on their page, and the letter that asks for it once."""

from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.model.shop import Marketing
from tests.service.test_customer_page import EMAIL_YES, PHONE, Visitor
from tests.world import MONDAY, OLENA, World, a_shop, an_order

FORM = {"profile": "yes", "birthday_day": "", "birthday_month": "", "gender": "", "phone": ""}
WHOLE = {"birthday": "--03-20", "gender": "female", **PHONE}


def known(visitor: Visitor, *names: str) -> tuple[str, ...]:
    customer = visitor.world.store.session("dobra").customer("id:7").entity
    return tuple(customer.text(name) for name in names)


def visitor(**more: Any) -> Visitor:
    visitor = Visitor()
    visitor.world.tell("customer.updated", customer=OLENA | more, customer_id="7")
    visitor.world.now += timedelta(minutes=1)
    return visitor


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"birthday_day": "20", "birthday_month": "3"}, ("--03-20", "", "")),
        ({"birthday_day": "29", "birthday_month": "2"}, ("--02-29", "", "")),
        ({"gender": "male"}, ("", "male", "")),
        ({"phone": "044 555 01 01"}, ("", "", "+380445550101")),
        ({"phone": "+380 44 555-01-01 ", "gender": "female"}, ("", "female", "+380445550101")),
        ({"gender": "neither"}, ("", "", "")),
        ({}, ("", "", "")),
    ],
)
def test_what_is_told_is_kept_and_nobody_is_asked_for_their_age(told: dict[str, str], kept: tuple[str, ...]) -> None:
    guest = visitor()
    assert guest.ask("POST", FORM | told)[0] == 200
    assert known(guest, "birthday", "gender", "phone") == kept


@pytest.mark.parametrize(
    ("told", "kept", "words"),
    [
        ({"birthday_day": "31", "birthday_month": "2"}, ("", "female"), "Такої дати"),
        ({"birthday_day": "20"}, ("", "female"), "Такої дати"),
        ({"birthday_month": "2"}, ("", "female"), "Такої дати"),
        ({"birthday_day": "-1", "birthday_month": "13"}, ("", "female"), "Такої дати"),
        ({"birthday_day": "9" * 5000, "birthday_month": "x"}, ("", "female"), "Такої дати"),
        ({"phone": "call me"}, ("", "female"), "бракує цифр"),
        ({"phone": "1"}, ("", "female"), "бракує цифр"),
        ({"phone": "9" * 5000}, ("", "female"), "бракує цифр"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_not_lost(
    told: dict[str, str], kept: tuple[str, ...], words: str
) -> None:
    guest = visitor(locale="uk")
    status, page = guest.ask("POST", FORM | told | {"gender": "female"})
    assert status == 400
    assert words in page.text
    assert known(guest, "birthday", "gender") == kept


def test_what_is_known_is_neither_asked_nor_changed_by_whoever_has_the_link() -> None:
    guest = visitor(**WHOLE)
    assert "birthday_day" not in guest.look().html
    guest.ask("POST", FORM | {"birthday_day": "1", "birthday_month": "1", "gender": "male", "phone": "044 555 99 99"})
    assert known(guest, "birthday", "gender", "phone") == ("--03-20", "female", "+380445550101")


def test_a_form_that_agrees_to_nothing_changes_no_consent() -> None:
    guest = visitor(**EMAIL_YES)
    guest.ask("POST", FORM | {"gender": "female", "email_marketing": ""})
    assert guest.look().boxes["email_marketing"] is True


def test_a_birthday_told_on_the_page_is_remembered() -> None:
    guest = visitor(**EMAIL_YES)
    guest.ask("POST", FORM | {"birthday_day": "20", "birthday_month": "3"})
    guest.world.until("2026-03-30T00:00:00Z")
    assert guest.world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]


def test_a_number_told_on_the_page_is_theirs_and_starts_no_text_messages() -> None:
    guest = visitor(**EMAIL_YES)
    guest.ask("POST", FORM | {"phone": "044 555 01 01"})
    guest.world.tell("order.placed", an_order(), PHONE)
    assert guest.world.kinds == ["order_received"]


def delivered(**customer: Any) -> World:
    world = World()
    world.place(OLENA | customer)
    world.tell("order.delivered")
    return world


@pytest.mark.parametrize(
    ("customer", "asked"),
    [
        (EMAIL_YES, 1),
        (EMAIL_YES | {"birthday": "--03-20"}, 1),
        (EMAIL_YES | WHOLE | {"birthday": "--09-20"}, 0),
        ({}, 0),
    ],
)
def test_after_the_first_parcel_who_agreed_is_asked_once_for_what_is_missing(
    customer: dict[str, Any], asked: int
) -> None:
    world = delivered(**customer)
    world.until(MONDAY + timedelta(days=13))
    assert "profile_completion" not in world.kinds
    world.tell("order.placed", an_order(number="1002"), OLENA, order_id="1002")
    world.tell("order.delivered", order_id="1002")
    world.until(MONDAY + timedelta(days=90))
    assert world.kinds.count("profile_completion") == asked


def test_the_letter_asks_for_nothing_that_is_known() -> None:
    world = delivered(**EMAIL_YES, gender="female")
    world.until(MONDAY + timedelta(days=20))
    said = next(each for each in world.renderer.said if each["kind"] == "profile_completion")
    assert vars(said["profile"]) == {"birthday": True, "gender": False, "phone": True}
    assert said["unsubscribe_url"] != ""


def test_who_waits_for_an_answer_is_not_asked_for_their_birthday() -> None:
    world = delivered(**EMAIL_YES)
    world.tell("complaint.opened", customer=OLENA, said={"complaint": {"id": "k-1"}})
    world.until(MONDAY + timedelta(days=90))
    assert "profile_completion" not in world.kinds
    assert world.reasons("profile_completion") == ["skipped complaint_open"]


def test_an_order_delivered_before_it_was_placed_counts_from_its_delivery() -> None:
    world = World()
    world.tell("order.delivered", at=MONDAY)
    world.tell("order.placed", an_order(), OLENA | EMAIL_YES, at=MONDAY - timedelta(days=1))
    world.until(MONDAY + timedelta(days=15))
    assert world.kinds.count("profile_completion") == 1


def test_who_was_asked_as_a_guest_is_not_asked_again_with_an_account() -> None:
    world = delivered(**EMAIL_YES)
    world.until(MONDAY + timedelta(days=15))
    world.tell("customer.updated", customer=OLENA, customer_id="7")
    world.until(MONDAY + timedelta(days=90))
    assert world.kinds.count("profile_completion") == 1


def test_what_a_guest_was_to_be_asked_the_customer_they_become_is_asked_once() -> None:
    world = delivered(**EMAIL_YES)
    world.until(MONDAY + timedelta(days=5))
    world.tell("customer.updated", customer=OLENA, customer_id="7")
    world.until(MONDAY + timedelta(days=90))
    assert world.kinds.count("profile_completion") == 1
    assert world.log == []


def test_the_letters_a_guest_got_count_when_they_have_an_account() -> None:
    world = World(shop=a_shop(marketing=Marketing(per_month=1)))
    world.place(OLENA | EMAIL_YES)
    world.tell("order.delivered")
    world.until(MONDAY + timedelta(days=15))
    world.tell("customer.updated", customer=OLENA | {"birthday": "--03-28"}, customer_id="7")
    world.until(MONDAY + timedelta(days=29))
    assert world.kinds[-1] == "profile_completion"
    assert world.reasons("birthday_week")[-1] == "skipped cap"


@pytest.mark.parametrize(
    ("ordered", "asked"),
    [
        (None, ["Mon 16 10:00"]),
        (5, ["Mon 16 10:00"]),
        (10, ["Thu 19 10:00"]),
        (13.9, ["Mon 23 09:00"]),  # within the hours for letters
        (15, ["Mon 16 10:00"]),
    ],
)
def test_nobody_is_asked_about_themselves_within_a_week_of_another_letter(
    ordered: float | None, asked: list[str]
) -> None:
    world = delivered(**EMAIL_YES)
    if ordered is not None:
        world.until(MONDAY + timedelta(days=ordered))
        world.tell(
            "order.placed", an_order(number="1002", **{"payment.method": "cash_on_delivery"}), OLENA, order_id="2"
        )
    world.until(MONDAY + timedelta(days=60))
    assert world.sent_at("profile_completion") == asked


def test_a_letter_that_leaves_while_the_question_waits_puts_it_off_too() -> None:
    world = delivered(**EMAIL_YES)
    for day in (10, 16):
        world.until(MONDAY + timedelta(days=day))
        order = an_order(number=f"{day}", **{"payment.method": "cash_on_delivery"})
        world.tell("order.placed", order, OLENA, order_id=f"{day}")
    world.until(MONDAY + timedelta(days=60))
    assert world.sent_at("profile_completion") == ["Wed 25 10:00"]


def test_the_letters_about_a_complaint_count_as_well() -> None:
    world = delivered(**EMAIL_YES)
    world.until(MONDAY + timedelta(days=8))
    world.tell("complaint.opened", customer=OLENA, said={"complaint": {"id": "k-1"}})
    world.tell("complaint.resolved", said={"complaint": {"id": "k-1"}})
    world.until(MONDAY + timedelta(days=60))
    assert world.sent_at("complaint_followup") == ["Tue 17 10:00"]
    assert world.sent_at("profile_completion") == ["Tue 24 10:00"]
