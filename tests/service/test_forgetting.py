"""Whoever was forgotten does not come back by what was said before and arrives late."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from shopbell.domain.time.calendar import format_instant
from shopbell.storage.table import Write
from tests.memory_table import MemoryTable
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = {"phone": "+380445550101"}
BOTH = OLENA | PHONE
AT_HOME = {"delivery.address": "Pryvitna 1"}
PERSONAL = ("Olena", "olena@", "+380445550101", "Pryvitna", "Mug")
BIRTHDAY = {"birthday": "--03-20"}


def agreed(at: Any) -> dict[str, Any]:
    said = {"granted": True, "at": format_instant(at), "source": "checkout", "wording": "Yes", "long": True}
    return {"consent.email_marketing": said}


def forget(world: World, customer: dict[str, Any], id: str | None = None, **more: Any) -> None:
    world.tell("customer.erased", None, customer, customer_id=id, **more)


def nothing_is_left(world: World) -> bool:
    return not [word for word in PERSONAL if word in world.stored()]


@pytest.mark.parametrize(
    ("erased", "id"),
    [({"email": OLENA["email"]}, None), (PHONE, None), ({}, "7"), ({"email": OLENA["email"]}, "7")],
    ids=["e-mail", "phone", "id", "id and e-mail"],
)
@pytest.mark.parametrize("late", [HOUR, timedelta()], ids=["older", "of the same moment"])
def test_an_order_from_before_the_forgetting_that_comes_after_it_is_told_to_nobody_and_leaves_nothing(
    erased: dict[str, Any], id: str | None, late: timedelta
) -> None:
    world = World()
    forget(world, erased, id)
    world.tell("order.placed", an_order(**AT_HOME), BOTH, customer_id=id, at=MONDAY - late)
    world.now += HOUR
    world.tell("order.shipped", {"delivery.tracking_number": "1"})
    world.until(MONDAY + 30 * DAY)
    assert world.sent() == []
    assert nothing_is_left(world)
    for kind in ("order.placed", "order_received", "order_shipped"):
        assert world.reasons(kind)[:1] == ["skipped erased"]


def test_an_order_is_the_same_whether_it_came_before_the_forgetting_or_after() -> None:
    before, after = World(), World()
    before.tell("order.placed", an_order(**AT_HOME), BOTH, customer_id="7", at=MONDAY - HOUR, event_id="placed")
    forget(before, {}, "7")
    forget(after, {}, "7")
    after.tell("order.placed", an_order(**AT_HOME), BOTH, customer_id="7", at=MONDAY - HOUR, event_id="placed")
    records = [world.store.session("dobra").order("1001").entity.record for world in (before, after)]
    assert records[0] == records[1]


def test_who_orders_again_after_it_is_a_new_customer_without_promotion() -> None:
    world = World()
    forget(world, {"email": OLENA["email"]})
    world.now += HOUR
    world.tell("order.placed", an_order(), OLENA | BIRTHDAY | agreed(MONDAY - DAY))
    world.tell("order.paid")
    world.until(MONDAY + 30 * DAY)
    assert world.kinds == ["order_received", "payment_received", "order_delayed"]


def test_a_consent_given_after_it_lets_promotion_begin_again() -> None:
    world = World()
    forget(world, {"email": OLENA["email"]})
    world.now += HOUR
    world.tell("order.placed", an_order(), OLENA | BIRTHDAY | agreed(world.now))
    world.tell("order.paid")
    world.until(MONDAY + 30 * DAY)
    assert "birthday_today" in world.kinds


@pytest.mark.parametrize("erased", [{"email": OLENA["email"]}, PHONE], ids=["e-mail", "phone"])
def test_who_is_named_beside_a_forgotten_contact_is_dropped_with_it(erased: dict[str, Any]) -> None:
    world = World()
    forget(world, erased)
    world.tell("order.placed", an_order(), BOTH, customer_id="8", at=MONDAY - HOUR)
    assert (world.sent(), nothing_is_left(world)) == ([], True)


@pytest.mark.parametrize("late", [HOUR, -HOUR], ids=["older", "newer"])
@pytest.mark.parametrize("news", ["order.placed", "order.paid", "order.cancelled"])
def test_news_of_a_forgotten_order_brings_nobody_back(news: str, late: timedelta) -> None:
    world = World()
    world.tell("order.placed", an_order(**AT_HOME), BOTH, customer_id="7", at=MONDAY - DAY)
    forget(world, {}, "7")
    world.now += 2 * HOUR
    world.tell(news, AT_HOME, BOTH, customer_id="7", at=MONDAY - late, reason="Olena changed her mind")
    assert world.kinds == ["order_received"]
    assert nothing_is_left(world)
    assert "skipped erased" in world.reasons(news)


@pytest.mark.parametrize("id", [None, "7"])
def test_what_was_said_of_a_customer_before_it_is_not_kept(id: str | None) -> None:
    world = World()
    forget(world, {} if id else {"email": OLENA["email"]}, id)
    world.tell("customer.updated", None, BOTH | agreed(MONDAY - HOUR), customer_id=id, at=MONDAY - HOUR)
    assert nothing_is_left(world)
    assert world.reasons("customer.updated") == ["skipped erased"]


def test_who_came_back_hears_nothing_of_the_orders_from_before() -> None:
    world = World()
    world.place()
    world.now += HOUR
    forget(world, {"email": OLENA["email"]})
    world.now += HOUR
    world.tell("order.placed", an_order(number="2", **{"payment.method": "card"}), OLENA, order_id="2")
    world.tell("order.paid", order_id="2")
    world.tell("order.shipped", {"delivery.tracking_number": "1"})
    world.until(MONDAY + 2 * DAY)
    assert [(m.order, m.kind) for m in world.sent()] == [
        ("1001", "order_received"),
        ("2", "order_received"),
    ]


def test_a_forgetting_that_comes_late_or_twice_leaves_what_was_said_after_it() -> None:
    world = World()
    world.place()
    world.now += 2 * HOUR
    world.tell("order.placed", an_order(number="2"), BOTH, order_id="2")
    for _ in range(2):
        world.now += HOUR
        forget(world, {"email": OLENA["email"]}, at=MONDAY + HOUR, event_id="erased")
    world.tell("order.paid", order_id="2")
    world.tell("order.paid")
    assert [(m.order, m.kind) for m in world.sent()] == [
        ("1001", "order_received"),
        ("2", "order_received"),
        ("2", "payment_received"),
    ]
    guest = world.store.session("dobra").customer(world.sent()[0].customer).entity
    assert guest.emptied_at == format_instant(MONDAY + 3 * HOUR)


@pytest.mark.parametrize(("erased", "id"), [({"email": OLENA["email"]}, None), ({}, "7")], ids=["e-mail", "id"])
def test_of_two_forgettings_the_later_counts_whichever_came_first(erased: dict[str, Any], id: str | None) -> None:
    world = World()
    for hours in (2, 0):
        forget(world, erased, id, at=MONDAY + hours * HOUR)
    world.now += 3 * HOUR
    world.tell("order.placed", an_order(number="2"), OLENA, order_id="2", customer_id=id, at=MONDAY + HOUR)
    back = {"email": OLENA["email"]} | BIRTHDAY | agreed(MONDAY + HOUR)
    world.tell("order.placed", an_order(number="3"), back, order_id="3", customer_id=id)
    world.tell("order.paid", order_id="3")
    world.until(MONDAY + 2 * DAY)
    assert [m.order for m in world.sent()] == ["3", "3"]


def test_news_from_before_it_that_names_nobody_is_known_by_its_order() -> None:
    world = World()
    world.tell("order.paid", None, OLENA, at=MONDAY - HOUR)
    forget(world, {"email": OLENA["email"]})
    world.tell("order.shipped", AT_HOME, at=MONDAY - HOUR)
    assert nothing_is_left(world)


def test_a_word_from_before_it_does_not_silence_an_order_placed_since() -> None:
    world = World()
    forget(world, {"email": OLENA["email"]})
    world.now += HOUR
    world.tell("order.placed", an_order(), OLENA)
    world.tell("order.accepted", AT_HOME, PHONE | {"email": OLENA["email"]}, at=MONDAY - HOUR)
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]
    assert world.reasons("order.accepted") == ["skipped erased"]
    assert not [word for word in ("Pryvitna", PHONE["phone"]) if word in world.stored()]


@pytest.mark.parametrize("late", [2 * HOUR, -2 * HOUR], ids=["by an older event", "by a newer event"])
def test_a_guest_who_turns_out_to_be_somebody_forgotten_is_forgotten_with_them(late: timedelta) -> None:
    world = World()
    world.tell("order.placed", an_order(**AT_HOME), BOTH, at=MONDAY - DAY)
    forget(world, {}, "7")
    world.now += 3 * HOUR
    world.tell("customer.updated", None, {"email": OLENA["email"]}, customer_id="7", at=MONDAY - late)
    stored = world.stored()
    assert [word for word in ("Olena", "+380445550101", "Pryvitna", "Mug") if word in stored] == []
    assert ("olena@" in stored) == (late < timedelta())
    world.tell("order.paid")
    assert world.kinds == ["order_received"]


def test_a_guest_who_was_forgotten_and_gets_an_account_takes_nothing_from_it() -> None:
    world = World()
    world.tell("customer.updated", None, {"name": "Olena"}, customer_id="7", at=MONDAY - DAY)
    world.place()
    world.now += HOUR
    forget(world, {"email": OLENA["email"]})
    world.now += HOUR
    world.tell("order.placed", an_order(number="2"), {"email": OLENA["email"]}, order_id="2", customer_id="7")
    assert world.store.session("dobra").customer("id:7").entity.text("name") == "Olena"
    world.tell("order.paid")
    assert [(m.order, m.kind) for m in world.sent()] == [("1001", "order_received"), ("2", "order_received")]


def test_a_contact_from_when_they_were_a_guest_forgets_the_customer_they_became() -> None:
    world = World()
    world.place(BOTH, **AT_HOME)
    world.now += HOUR
    world.tell("customer.updated", None, {"email": OLENA["email"]}, customer_id="7")
    world.now += HOUR
    forget(world, PHONE)
    assert nothing_is_left(world)


class Interrupted(MemoryTable):
    """Something happens just before the next write."""

    meanwhile: Callable[[], None] | None = None

    def write(self, writes: Iterable[Write]) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile:
            meanwhile()
        super().write(writes)


def test_an_order_that_is_merged_while_its_customer_is_forgotten_is_forgotten_too() -> None:
    table = Interrupted()
    world = World(table=table)
    world.tell("customer.updated", None, OLENA, customer_id="7", at=MONDAY - DAY)
    table.meanwhile = lambda: forget(world, {}, "7")
    world.tell("order.placed", an_order(**AT_HOME), customer_id="7", at=MONDAY - HOUR)
    assert (world.sent(), nothing_is_left(world)) == ([], True)


def test_what_a_person_was_shown_when_they_agreed_goes_with_them() -> None:
    world = World()
    yes = {"granted": True, "at": "2026-03-01T08:00:00Z", "source": "checkout", "wording": "News of tea", "long": True}
    world.tell("customer.updated", None, OLENA | {"consent.email_marketing": yes}, customer_id="7")
    assert "News of tea" in world.stored()
    world.now += HOUR
    forget(world, {}, "7")
    assert "News of tea" not in world.stored()


def test_one_shops_forgetting_is_not_anothers() -> None:
    world = World()
    forget(world, {"email": OLENA["email"]})
    contact = world.store.session("other").contact(world.contact_key("other", OLENA["email"])).contact
    assert not contact.erased_at


SAID = {"text": "Grandmother's vase broke"}
WORDS = ("Grandmother", "Deaf", "Tea", "5550101", "5559999", "olena@", "Olena")


def told_of_everything(world: World, customer_id: str | None = None) -> None:
    """A customer who complains, is rung, writes a review, and whom the shop answers."""
    world.tell("order.placed", an_order(), BOTH, customer_id=customer_id)
    one, other = {"id": "k-1", "order": "1001", **SAID}, {"id": "k-2", **SAID}
    world.tell("complaint.opened", customer=BOTH, customer_id=customer_id, said={"complaint": one})
    world.tell("complaint.resolved", said={"complaint": {"id": "k-1", **SAID}})
    world.tell("complaint.resolved", customer=BOTH, customer_id=customer_id, said={"complaint": other})
    agreed = {"at": "2026-03-02T09:00:00Z", "phone": "+380445559999", "note": "Deaf in one ear"}
    world.tell("callback.agreed", customer=BOTH, customer_id=customer_id, said=agreed)
    rang = {"phone": "+380445550101", "at": "2026-03-02T08:00:00Z"}
    world.tell("call.missed", customer=PHONE, said=rang)
    world.tell("review.posted", customer=BOTH, customer_id=customer_id, said={"text": "Tea for Grandmother"})
    world.now += timedelta(minutes=5)


@pytest.mark.parametrize("id", [None, "7"])
@pytest.mark.parametrize("late", [False, True])
def test_nothing_that_was_said_in_complaints_calls_and_notes_is_left_whenever_it_came(
    id: str | None, late: bool
) -> None:
    world = World(shop=a_busy_shop())
    erased: dict[str, Any] = {"customer_id": id} if id else {"customer": BOTH}
    if not late:
        told_of_everything(world, id)
    moment = MONDAY + timedelta(minutes=4)
    world.now = MONDAY + timedelta(minutes=5)
    world.tell("customer.erased", **erased, at=moment)
    if late:
        world.now = MONDAY
        told_of_everything(world, id)
    world.until(MONDAY + timedelta(days=30))
    assert [word for word in WORDS if word in world.stored()] == []
    assert not [name for name in (*world.kinds, *world.tasks) if name.startswith("staff_callback")]


def test_whatever_is_known_of_a_customer_goes_also_what_no_list_names() -> None:
    world = World()
    world.tell("customer.updated", None, OLENA | {"nickname": "ask for Olena's mother"}, customer_id="7")
    world.now += HOUR
    forget(world, {}, "7")
    assert "mother" not in world.stored()


def test_a_complaint_about_an_order_that_comes_later_goes_with_whose_order_it_is() -> None:
    world = World(shop=a_busy_shop())
    world.tell("complaint.opened", said={"complaint": {"id": "k-1", "order": "1001", **SAID}})
    world.tell("order.placed", an_order(), OLENA, customer_id="7")
    world.now += HOUR
    forget(world, {}, "7")
    assert "Grandmother" not in world.stored()


def test_the_number_of_a_parcel_goes_and_the_parcel_is_not_another_one_by_it() -> None:
    world = World()
    world.place(OLENA)
    world.tell("order.shipped", {"delivery.tracking_number": "20450001"})
    world.now += HOUR
    forget(world, {"email": OLENA["email"]})
    assert "20450001" not in world.stored()
    decided = world.reasons("order_shipped")
    world.tell("order.shipped", {"delivery.tracking_number": "20450001"}, at=MONDAY, event_id="late")
    assert "20450001" not in world.stored()
    assert world.reasons("order_shipped") == decided
    (shipped,) = world.store.session("dobra").order("1001").entity.record.occurrences["order.shipped"]
    assert {m.occurrence_id for m in world.messages() if m.kind == "order_shipped"} == {shipped}


def test_a_number_that_rang_before_anybody_knew_whose_it_was_goes_with_them() -> None:
    world = World(shop=a_busy_shop())
    world.place(OLENA)
    world.tell("call.missed", customer=PHONE, said=PHONE | {"at": "2026-03-02T08:00:00Z"})
    world.tell("order.paid", None, BOTH)
    world.now += HOUR
    forget(world, {"email": OLENA["email"]})
    assert nothing_is_left(world)


def test_units_and_the_places_of_letters_go_and_a_late_refund_brings_none_back() -> None:
    world = World()
    world.tell("order.placed", an_order(), OLENA, customer_id="7")
    world.tell("order.paid")
    assert world.store.session("dobra").bonus(["id:7"])
    world.now += HOUR
    forget(world, {}, "7")
    world.tell("order.refunded", at=MONDAY, refund={"id": "r-1", "amount": "1.00"})
    assert world.store.session("dobra").bonus(["id:7"]) == []
    assert [pointer.skus for pointer in world.store.pointers("dobra", "id:7")] == [()]


def test_an_order_of_whoever_came_back_keeps_its_parcels_names() -> None:
    world = World()
    world.now += 2 * HOUR
    world.place(OLENA)
    world.tell("order.shipped", {"delivery.tracking_number": "20450001"})
    forget(world, {"email": OLENA["email"]}, at=MONDAY + HOUR)
    assert [m.occurrence_id for m in world.messages() if m.kind == "order_shipped"] == ["20450001"]


def test_a_forgetting_that_comes_again_writes_none_of_the_orders_anew() -> None:
    world = World()
    for number in range(3):
        world.tell("order.placed", an_order(number=str(number)), OLENA, order_id=f"o-{number}", customer_id="7")
    world.now += HOUR
    forget(world, {}, "7", at=world.now, event_id="erased")
    before = {key: item for key, item in world.table.items.items() if "#order#" in key[0]}
    forget(world, {}, "7", at=world.now, event_id="erased")
    assert {key: item for key, item in world.table.items.items() if "#order#" in key[0]} == before


def test_units_earned_since_stay_when_a_word_from_before_comes_late() -> None:
    world = World()
    forget(world, {"email": OLENA["email"]})
    world.now += 2 * HOUR
    world.tell("order.placed", an_order(number="2"), OLENA, order_id="2")
    world.tell("order.paid", order_id="2")
    (guest,) = world.store.customers("dobra")
    earned = world.store.session("dobra").bonus([guest])
    assert earned
    world.tell("order.placed", an_order(), OLENA, at=MONDAY - HOUR)
    assert world.store.session("dobra").bonus([guest]) == earned
