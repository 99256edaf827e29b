"""Calls that were agreed on, calls that were missed, and the word "no" on the phone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from shopbell.domain.time.calendar import parse_instant
from tests.world import MONDAY, OLENA, World, a_busy_shop

NUMBER = "+380445550101"
CALLBACK, MISSED = "staff_callback", "staff_missed_call"
BIRTHDAY = {"birthday": "--03-20"}
YES = {"consent.email_marketing": {"granted": True}}


def busy(**world: Any) -> World:
    return World(shop=a_busy_shop(), **world)


def agree(world: World, at: str, when: datetime | None = None) -> None:
    said = {"at": f"2026-03-{at}:00Z", "phone": NUMBER, "note": "about the mug"}
    world.tell("callback.agreed", None, OLENA | {"phone": NUMBER}, customer_id="7", at=when, said=said)


def enqueue(world: World, at: datetime | None = None) -> None:
    """A call that nobody at the shop took."""
    world.tell("call.missed", None, {"phone": NUMBER}, at=at, said={"phone": NUMBER})


def test_a_call_is_made_five_minutes_ahead_of_exactly_the_time_that_was_agreed() -> None:
    world = busy()
    agree(world, "03T13:30")
    assert world.tasks == []
    world.until("2026-03-05T00:00:00Z")
    assert world.sent_at(CALLBACK) == ["Tue 03 15:25"]
    call = world.renderer.said[-1]["call"]
    assert (call.phone, call.note, f"{call.at:%H:%M}") == (NUMBER, "about the mug", "15:30")


@pytest.mark.parametrize(
    ("agreed", "called"),
    [
        (["03T13:30", "04T09:00"], ["Wed 04 10:55"]),  # later
        (["04T09:00", "03T13:30"], ["Tue 03 15:25"]),  # sooner
        (["03T13:30", "04T09:00", "03T13:30"], ["Tue 03 15:25"]),  # and back
        (["03T13:30", "03T13:30"], ["Tue 03 15:25"]),  # told twice
        (["07T20:00"], ["Sat 07 21:55"]),  # outside working hours: it was promised
        (["02T07:58"], ["Mon 02 10:00"]),  # told as the time has just come
        (["01T20:00"], []),  # told when the day is over
    ],
)
def test_the_time_agreed_on_last_is_the_time_of_the_call(agreed: list[str], called: list[str]) -> None:
    world = busy()
    for at in agreed:
        agree(world, at)
        world.now += timedelta(minutes=1)
    world.until("2026-03-09T00:00:00Z")
    assert world.sent_at(CALLBACK) == called


def test_word_of_an_earlier_agreement_that_comes_late_moves_nothing() -> None:
    world = busy()
    agree(world, "03T13:30")
    agree(world, "04T09:00", when=MONDAY - timedelta(hours=1))
    world.until("2026-03-09T00:00:00Z")
    assert world.sent_at(CALLBACK) == ["Tue 03 15:25"]


def test_after_one_call_another_may_be_agreed_on() -> None:
    world = busy()
    agree(world, "03T13:30")
    world.until("2026-03-03T14:00:00Z")
    world.close(CALLBACK, "reached")
    agree(world, "05T13:30")
    world.until("2026-03-09T00:00:00Z")
    assert world.sent_at(CALLBACK) == ["Tue 03 15:25", "Thu 05 15:25"]


def test_a_callback_that_nobody_answered_comes_back_unless_another_time_is_agreed() -> None:
    world = busy()
    agree(world, "03T08:30")
    world.until("2026-03-03T08:30:00Z")
    world.visit(world.link(CALLBACK), "no_answer")
    world.until("2026-03-03T10:30:00Z")
    assert world.sent_at(CALLBACK) == ["Tue 03 10:25", "Tue 03 12:30"]
    world.visit(world.link(CALLBACK), "no_answer")
    agree(world, "04T08:30")
    world.until("2026-03-09T00:00:00Z")
    assert world.sent_at(CALLBACK)[2:] == ["Wed 04 10:25"]


def test_a_missed_call_is_to_be_returned_at_once_whoever_it_was() -> None:
    world = busy()
    enqueue(world)
    assert world.sent_at(MISSED) == ["Mon 02 10:00"]
    assert world.renderer.said[-1]["call"].phone == NUMBER


def test_the_number_of_a_known_customer_brings_their_name_along() -> None:
    world = busy()
    world.tell("customer.updated", None, OLENA | {"phone": NUMBER}, customer_id="7")
    enqueue(world)
    assert world.renderer.said[-1]["customer"].name == "Olena"


@pytest.mark.parametrize("named", [True, False], ids=["with its moment", "without"])
def test_each_missed_call_is_a_task_and_one_told_twice_is_not(named: bool) -> None:
    world = busy()
    for minute in (0, 0, 30):
        world.now = MONDAY + timedelta(minutes=minute)
        said = {"at": f"{world.now:%Y-%m-%dT%H:%M:%SZ}"} if named else {}
        world.tell("call.missed", None, {"phone": NUMBER}, said={"phone": NUMBER, **said})
    assert world.tasks == [MISSED] * 2


def test_a_missed_call_that_comes_back_still_says_when_it_was() -> None:
    world = busy()
    enqueue(world)
    world.close(MISSED, "no_answer")
    world.until(MONDAY + timedelta(hours=3))
    assert world.sent_at(MISSED) == ["Mon 02 10:00", "Mon 02 12:00"]
    assert f"{world.renderer.said[-1]['call'].at:%H:%M}" == "10:00"


def test_a_missed_call_of_yesterday_is_no_urgent_task() -> None:
    world = busy()
    enqueue(world, at=MONDAY - timedelta(days=2))
    assert world.tasks == []
    assert world.reasons(MISSED) == ["skipped stale_event"]


def test_a_number_that_cannot_be_read_is_a_decision_not_an_error() -> None:
    world = busy()
    world.tell("call.missed", None, {})
    assert world.tasks == []
    assert world.reasons("call.missed") == ["skipped no_contact"]


def celebrating(customer_id: str | None = "7") -> World:
    """A customer who agreed to hear of offers, with a birthday on the 20th and an order to be confirmed by phone."""
    world = busy()
    world.tell("customer.updated", None, OLENA | BIRTHDAY | YES, customer_id=customer_id)
    world.place(OLENA, **{"payment.method": "cash_on_delivery"})
    world.now += timedelta(hours=1)
    return world


def birthday_letters(world: World) -> list[str]:
    world.until("2026-03-21T00:00:00Z")
    return [kind for kind in world.kinds if kind.startswith("birthday")]


@pytest.mark.parametrize("customer_id", ["7", None], ids=["customer", "guest"])
@pytest.mark.parametrize("by_page", [False, True], ids=["call.done", "page"])
def test_who_refuses_on_the_phone_hears_no_more_offers(customer_id: str | None, by_page: bool) -> None:
    world = celebrating(customer_id)
    if by_page:
        world.visit(world.link("staff_confirm_order"), "refused")
    else:
        world.close("staff_confirm_order", "refused")
    assert birthday_letters(world) == []
    assert set(world.reasons("birthday_week")) == {"skipped refused"}


def test_and_still_hears_of_their_orders() -> None:
    world = celebrating()
    world.close("staff_confirm_order", "refused")
    world.tell("order.shipped")
    assert world.kinds == ["order_received", "order_shipped"]


def consent(at: datetime, **long: Any) -> dict[str, Any]:
    words = {"granted": True, "at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "source": "checkout", "wording": "I agree", **long}
    return {"consent.email_marketing": words}


HOUR = timedelta(hours=1)
REFUSED = MONDAY + HOUR


@pytest.mark.parametrize(
    ("agrees", "hears"),
    [
        (YES, False),  # a bare yes lifts nothing
        (consent(REFUSED - HOUR, long=True), False),
        (consent(REFUSED, long=True), False),
        (consent(REFUSED + HOUR, long=True), True),
    ],
    ids=["bare", "earlier", "same moment", "later"],
)
@pytest.mark.parametrize("refusal_first", [True, False], ids=["refusal first", "refusal told late"])
def test_only_a_consent_of_their_own_after_it_lifts_a_refusal_whichever_is_told_first(
    agrees: dict[str, Any], hears: bool, refusal_first: bool
) -> None:
    world = celebrating()
    task = next(m.id for m in world.sent() if m.kind == "staff_confirm_order")
    world.now = MONDAY + 3 * HOUR
    for refuses in (refusal_first, not refusal_first):
        if refuses:
            world.tell("call.done", task=task, outcome="refused", at=REFUSED)
        else:
            world.tell("customer.updated", None, agrees, customer_id="7")
    assert (birthday_letters(world) != []) is hears


def test_a_guest_who_refused_and_then_opens_an_account_refused() -> None:
    world = celebrating(None)
    world.close("staff_confirm_order", "refused")
    world.tell("customer.updated", None, OLENA | YES, customer_id="7")
    assert birthday_letters(world) == []
    assert set(world.reasons("birthday_week")) == {"skipped refused"}


def test_a_later_word_about_sms_does_not_hide_that_they_refused_on_the_phone() -> None:
    world = celebrating()
    world.close("staff_confirm_order", "refused")
    world.tell("customer.updated", None, {"consent.sms_service": {"granted": False}}, customer_id="7")
    assert birthday_letters(world) == []
    assert set(world.reasons("birthday_week")) == {"skipped refused"}


def test_who_refuses_twice_refused() -> None:
    world = busy(now=parse_instant("2026-03-02T08:00:00Z"))
    world.tell("customer.updated", None, OLENA | BIRTHDAY | YES | {"phone": NUMBER}, customer_id="7")
    for minute in (0, 5):
        enqueue(world, at=MONDAY + timedelta(minutes=minute))
        world.now = MONDAY + timedelta(minutes=minute)
        world.close(MISSED, "refused")
    assert birthday_letters(world) == []
    assert set(world.reasons("birthday_week")) == {"skipped refused"}
