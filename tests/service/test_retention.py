"""Everything of a person has an end: `retention` after the last thing that happened, and not a day sooner."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.shop import Coupon
from shopbell.domain.rules.feedback import Feedback, Report
from shopbell.domain.time.span import days
from shopbell.service.pages.preferences import Preferences
from shopbell.storage.keys import Key
from shopbell.storage.table import Item
from tests.simulator.values import Raw
from tests.world import MONDAY, OLENA, World, a_busy_shop, an_order

DAY = timedelta(days=1)
RETENTION = 1095 * DAY
SLACK = 91 * DAY
"""So much later a thing may go, so that its end need not be written with every order; one of these is a leap day."""
NOT_OF_PERSONS = ("#shop", "#pause", "#letters", "#rhythm", "#product#")
OWN_ENDS = {"decision#": 180 * DAY, "recent": 3 * DAY}
"""What is kept for less: ids and moments, no words. Messages and codes: 400 days after an end of their own."""
BOTH = OLENA | {"phone": "+380445550101"}
AGREED = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
PAUL = {"name": "Paul", "email": "paul@customer.example", "phone": "+380445550202"}
COUPONS = {"thank_you": Coupon(Decimal(5), days=30, unique=True), "birthday": Coupon(Decimal(10), code="BDAY10")}


def is_personal(key: Key) -> bool:
    return not any(part in key[0] for part in NOT_OF_PERSONS)


def end_of(item: Item | None) -> datetime:
    assert item is not None
    return datetime.fromtimestamp(int(str(item["expires_at"])), MONDAY.tzinfo)


class Remembering(World):
    """Knows when each item was last written."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.written: dict[Key, datetime] = {}
        self.table.stored.watch = self._watch

    def _watch(self, key: Key, before: Raw | None, after: Raw) -> None:
        self.written[key] = self.now

    def forget_what_has_ended(self) -> None:
        """As the table does by itself."""
        for key, item in self.table.items.items():
            if is_personal(key) and end_of(item) <= self.now:
                self.table.stored.delete_item({"Key": {"pk": {"S": key[0]}, "sk": {"S": key[1]}}})


def report(world: World, kind: str, what: Report) -> None:
    message = [m for m in world.sent() if m.kind == kind and m.channel == "email"][-1]
    sent_at = message.sent_at or world.now
    tag = subject_tag(message.subject)
    world.report(Feedback("dobra", tag, message.id, what, world.now, sent_at, OLENA["email"]))


def a_rich_life(world: World) -> None:
    """Of two customers and a guest: orders, calls, complaints, coupons, units, choices, reports, an erasure."""
    world.tell("order.placed", an_order(), BOTH | AGREED, customer_id="7")
    world.tell("order.accepted")
    code = next(said["coupon"].code for said in world.renderer.said if said.get("coupon"))
    world.now += DAY
    world.tell("order.paid")
    world.tell("order.shipped", {"delivery.tracking_number": "1"}, order_id="never-placed", customer_id="7")
    world.tell("order.placed", an_order(number="2"), PAUL, order_id="2")
    world.tell("call.missed", customer={"phone": "+380445550303"}, said={"phone": "+380445550303"})
    world.tell("coupon.redeemed", said={"code": code})
    world.tell("bonus.spent", customer_id="7", said={"units": "100", "order": "3"})
    world.until(world.now + DAY)
    world.tell("customer.updated", None, {"email": PAUL["email"]}, customer_id="8")
    world.tell(
        "complaint.opened", customer=PAUL, customer_id="8", said={"complaint": {"id": "q-1", "text": "It broke"}}
    )
    world.close("staff_complaint", "reached")
    world.tell("order.shipped", {"delivery.tracking_number": "20450001"})
    world.tell("order.delivered")
    world.until("2026-03-18T12:00:00Z")  # a birthday letter, which takes a place
    choices = Preferences(world.store, world.contact_key)
    choices.choose(world.shop, "id:7", {"sms_marketing": True}, {"sms_marketing": "Yes"}, world.now)
    choices.unsubscribe(world.shop, "id:7", world.now)
    report(world, "birthday_week", Report.COMPLAINT)
    world.tell("callback.agreed", customer=BOTH, customer_id="7", said={"at": "2026-03-19T09:00:00Z", "note": "later"})
    world.until("2026-03-20T12:00:00Z")
    world.tell("complaint.resolved", said={"complaint": {"id": "q-1", "text": "It was mended"}})
    world.tell("customer.erased", customer_id="8")
    world.until("2026-04-20T12:00:00Z")


@pytest.fixture(scope="module")
def lived() -> Remembering:
    world = Remembering(shop=a_busy_shop(coupons=COUPONS))
    a_rich_life(world)
    return world


def what(key: Key) -> str:
    """What an item is: "order head", "customer bonus#"."""
    if "#customers#" in key[0]:
        return "customers entry"
    if key[0].endswith("#tasks"):
        return "listed task"
    name, hash_sign, _ = key[1].partition("#")
    return f"{key[0].split('#')[1]} {name}{hash_sign}"


def test_a_rich_life_leaves_everything_that_there_is(lived: Remembering) -> None:
    assert {what(key) for key in lived.table.items if is_personal(key)} == {
        *("order head", "order lines#", "order message#", "order decision#"),
        *("customer head", "customer order#", "customer complaint#", "customer bonus#", "customer places"),
        *("customer message#", "customer decision#"),
        *("complaint head", "complaint message#", "complaint decision#"),
        *("contact head", "contact recent", "coupon head", "coupon redeemed", "customers entry"),
        "listed task",
    }


def test_everything_of_a_person_is_kept_so_long_after_it_was_last_written_and_then_ends(lived: Remembering) -> None:
    for key, item in lived.table.items.items():
        if is_personal(key) and what(key) not in {*AFTER_THEIR_OWN_END, "listed task"}:
            own = next((kept for name, kept in OWN_ENDS.items() if key[1].startswith(name)), None)
            kept = end_of(item) - lived.written[key]
            assert kept >= (own or RETENTION), key
            assert kept <= (own or RETENTION + SLACK), key


def test_a_message_is_kept_for_400_days_after_its_window_and_a_code_after_its_last_day(lived: Remembering) -> None:
    windows = {message.id: message.until for message in lived.messages()}
    ends = {key: end_of(item) for key, item in lived.table.items.items() if what(key) in AFTER_THEIR_OWN_END}
    messages = {key[1].removeprefix("message#"): end for key, end in ends.items() if "message#" in key[1]}
    assert messages == {name: until + 400 * DAY for name, until in windows.items()}
    codes = sorted({end.date() for key, end in ends.items() if "#coupon#" in key[0]})
    assert codes == [(MONDAY + 430 * DAY).date(), (MONDAY + 431 * DAY).date()]


AFTER_THEIR_OWN_END = (
    *("order message#", "complaint message#", "customer message#"),
    *("coupon head", "coupon redeemed"),
)


YEARS = [MONDAY, MONDAY + 480 * DAY, MONDAY + 1400 * DAY]
"""Three orders in four years, the last one later than the first would be kept without it."""


def order_again(world: World, number: int, at: datetime) -> None:
    """The e-mail alone is named, and a customer number from the second time on."""
    name, known = f"o-{number}", "7" if number else None
    customer = {"email": OLENA["email"]} if number else BOTH | AGREED
    world.until(at)
    world.tell("order.placed", an_order(number=name), customer, order_id=name, customer_id=known)
    world.tell("order.paid", order_id=name, customer_id=known)
    world.tell("order.delivered", order_id=name, customer_id=known)


def of_the_customer(world: World) -> dict[str, Item]:
    """Their head, the guest's that they were, their contacts, units, and what points at their orders."""
    wanted = ("customer head", "customer order#", "customer bonus#", "contact head")
    return {" ".join(key): item for key, item in world.table.items.items() if what(key) in wanted}


def test_who_orders_again_is_kept_with_contacts_units_and_older_orders_from_then_on() -> None:
    world = Remembering()
    for number, at in enumerate(YEARS):
        order_again(world, number, at)
        world.forget_what_has_ended()
        ends = {name: end_of(item) for name, item in of_the_customer(world).items()}
        assert [name for name, end in ends.items() if end < world.now + RETENTION] == []
        pointers = [name for name in ends if " order#" in name]
        units = [name for name in ends if " bonus#" in name]
        contacts = [name for name in ends if "#contact#" in name]
        assert (len(pointers), len(units), len(contacts)) == (number + 1, number + 1, 2)
    session = world.store.session("dobra")
    customer = session.customer("id:7").entity
    assert customer.text("phone") == BOTH["phone"]
    (guest,) = customer.aliases
    assert session.customer(guest).entity.merged_into == "id:7"


def test_a_renewal_that_meets_somebody_elses_write_is_done_again() -> None:
    world = Remembering()
    order_again(world, 0, MONDAY)
    world.until(YEARS[1])
    world.table.stored.refuse("update_item", "TransactionConflictException")
    order_again(world, 1, YEARS[1])
    assert min(map(end_of, of_the_customer(world).values())) >= world.now + RETENTION


@pytest.mark.parametrize("kept", [200, 2000], ids=["for less", "for longer"])
def test_a_shop_that_keeps_things_for_another_time_does_so_from_the_next_word_on(kept: int) -> None:
    world = Remembering()
    order_again(world, 0, MONDAY)
    order_again(world, 1, MONDAY + DAY)
    world.shop = replace(world.shop, retention=days(kept))
    world.now += DAY
    world.tell("customer.updated", None, {"email": OLENA["email"]}, customer_id="7")
    ends = [end_of(item) for item in of_the_customer(world).values()]
    assert min(ends) >= world.now + kept * DAY
    assert max(ends) <= world.now + kept * DAY + SLACK
    world.tell("order.shipped", {"delivery.tracking_number": "1"}, order_id="o-1")
    order = {
        key[1][:5]: end_of(item)
        for key, item in world.table.items.items()
        if what(key) in KEPT_TOGETHER and "o-1" in key[0]
    }
    assert set(order) == {"head", "lines"}
    assert max(order.values()) <= world.now + kept * DAY + SLACK
    assert min(order.values()) >= world.now + kept * DAY


def test_orders_within_three_months_write_no_ends_anew() -> None:
    world = Remembering()
    order_again(world, 0, MONDAY)
    order_again(world, 1, MONDAY + DAY)
    before = world.written.copy()
    order_again(world, 2, MONDAY + 80 * DAY)
    pointers = [key for key in world.written if " order#" in " ".join(key) and key in before]
    assert len(pointers) == 2
    assert all(world.written[key] == before[key] for key in pointers)


@pytest.mark.parametrize(("retention", "birthdays"), [(200, 1), (1095, 4)])
def test_after_the_last_order_everything_personal_goes_though_birthdays_were_kept_meanwhile(
    retention: int, birthdays: int
) -> None:
    world = Remembering(shop=replace(a_busy_shop(), retention=days(retention)))
    order_again(world, 0, MONDAY)
    order_again(world, 1, MONDAY + DAY)
    last = world.now
    for month in range(60):
        world.until(last + month * 30 * DAY)
        world.forget_what_has_ended()
    assert [" ".join(key) for key in world.table.items if is_personal(key)] == []
    assert [letter.subject for letter in world.email.taken].count("birthday_today") == birthdays
    for personal in ("Olena", OLENA["email"], BOTH["phone"]):
        assert personal not in world.stored()


def test_an_orders_items_are_kept_as_long_as_the_order() -> None:
    world = Remembering()
    world.place()
    world.now += 200 * DAY
    world.tell("order.refunded", refund={"id": "r-1", "amount": "1.00"})
    ends = {key[1][:5]: end_of(item) for key, item in world.table.items.items() if what(key) in KEPT_TOGETHER}
    assert set(ends) == {"head", "lines"}
    assert min(ends.values()) >= world.now + RETENTION


KEPT_TOGETHER = ("order head", "order lines#")


def test_a_contact_that_a_report_stops_is_kept_from_then_on() -> None:
    world = Remembering()
    world.place(OLENA | {"consent.email_marketing": {"granted": True}})
    world.now += 200 * DAY
    report(world, "order_received", Report.COMPLAINT)
    (contact,) = (item for key, item in world.table.items.items() if what(key) == "contact head")
    assert end_of(contact) >= world.now + RETENTION


def test_a_choice_on_their_page_is_kept_from_then_on() -> None:
    world = Remembering()
    world.tell("customer.updated", None, OLENA | AGREED, customer_id="7")
    world.now += 200 * DAY
    Preferences(world.store, world.contact_key).unsubscribe(world.shop, "id:7", world.now)
    chosen = ("customer head", "contact head")
    ends = [end_of(item) for key, item in world.table.items.items() if what(key) in chosen]
    assert len(ends) == 2
    assert min(ends) >= world.now + RETENTION


def test_what_a_letter_takes_has_an_end_though_its_customer_was_stored_without_one() -> None:
    world = Remembering()
    world.tell("customer.updated", None, OLENA | AGREED, customer_id="7")
    world.deaf = True
    world.until("2026-03-13T08:00:00Z")
    for key, item in list(world.table.stored.items.items()):
        if what(key) == "customer head":
            del item["expires_at"]
    world.deaf = False
    world.until(MONDAY + 12 * DAY)
    assert world.kinds == ["birthday_week"]
    (taken,) = (item for key, item in world.table.items.items() if what(key) == "customer places")
    assert end_of(taken) >= world.now + RETENTION


def test_who_was_forgotten_and_comes_back_is_listed_again() -> None:
    world = Remembering()
    world.tell("customer.updated", None, OLENA, customer_id="7")
    world.now += DAY
    world.tell("customer.erased", customer_id="7")
    assert list(world.store.customers("dobra")) == []
    world.now += DAY
    world.tell("order.placed", an_order(), OLENA, customer_id="7")
    assert list(world.store.customers("dobra")) == ["id:7"]


def test_a_tick_prolongs_nothing() -> None:
    world = Remembering()
    world.tell("customer.updated", None, OLENA | AGREED, customer_id="7")
    (before,) = (end_of(item) for key, item in world.table.items.items() if what(key) == "customer head")
    world.until(MONDAY + 400 * DAY)
    assert "birthday_today" in world.kinds
    (after,) = (end_of(item) for key, item in world.table.items.items() if what(key) == "customer head")
    assert after == before


def born_in_november(world: World) -> None:
    """Kept for 200 days and 90 more: until 17 December."""
    world.tell("customer.updated", None, BOTH | AGREED | {"birthday": "--12-20"}, customer_id="7")


def test_who_has_ended_but_is_still_stored_gets_no_letter_and_is_removed_with_no_alarm() -> None:
    world = Remembering(shop=replace(a_busy_shop(), retention=days(200)))
    born_in_november(world)
    world.until("2026-12-25T12:00:00Z")
    assert world.kinds == ["birthday_week"]
    assert [line for line in world.log if line[0] == "alarm"] == []
    assert not [key for key in world.table.items if what(key) == "customer head"]


def test_who_has_ended_and_orders_again_begins_anew() -> None:
    world = Remembering(shop=replace(a_busy_shop(), retention=days(200)))
    order_again(world, 0, MONDAY)
    order_again(world, 1, MONDAY + DAY)
    world.now = MONDAY + 300 * DAY
    world.tell("order.placed", an_order(number="o-2"), {"email": OLENA["email"]}, order_id="o-2", customer_id="7")
    customer = world.store.session("dobra").customer("id:7").entity
    assert (customer.text("email"), customer.text("phone"), customer.text("name")) == (OLENA["email"], "", "")
    assert customer.record.get("consent.email_marketing") is None
    world.forget_what_has_ended()
    assert world.store.session("dobra").customer("id:7").entity == customer
    assert list(world.store.customers("dobra")) == ["id:7"]
