"""What the mail provider reports: statuses only rise, contacts stop, and news goes another way."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations
from typing import Any

import pytest

from shopbell.domain.model.ids import subject_tag
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import Status
from shopbell.domain.rules.feedback import Feedback, Report
from tests.world import MONDAY, OLENA, Provider, World, a_shop

DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
NEVER = DeliveryError(FailureKind.PERMANENT, "MessageRejected")
PHONE = {"phone": "+380445550101"}
NO_SMS = {"consent.sms_service": {"granted": False}}
MARKETING = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
ON_DELIVERY = {"payment.method": "cash_on_delivery"}
COMES = {
    Report.DELIVERY: MONDAY + timedelta(minutes=1),
    Report.OPEN: MONDAY + timedelta(minutes=3),
    Report.CLICK: MONDAY + timedelta(minutes=4),
    Report.TRANSIENT_BOUNCE: MONDAY + timedelta(minutes=2),
    Report.BOUNCE: MONDAY + timedelta(minutes=5),
    Report.COMPLAINT: MONDAY + timedelta(minutes=6),
}


def report(world: World, message: Message, *reports: Report, at: datetime | None = None) -> None:
    """The provider's events of a message, in that order; what they cause leaves at once."""
    for each in reports:
        address = next((letter.to for letter in world.email.taken if letter.id == message.id), "")
        told = Feedback(
            message.shop,
            subject_tag(message.subject),
            message.id,
            each,
            at or COMES.get(each, world.now),
            message.claimed_at or world.now,
            address,
        )
        world.report(told)
    world.deliver_requests()


def a_letter(customer: dict[str, Any], **world: Any) -> tuple[World, Message]:
    """News of an order that has just left by e-mail."""
    made = World(**world)
    made.place(OLENA | customer, **ON_DELIVERY)
    (message,) = (m for m in made.messages() if m.channel == "email")
    return made, message


def look(world: World, message: Message) -> Message:
    found = world.ledger.message(message.shop, message.subject, message.id)
    assert found
    return found


def left(world: World) -> list[str]:
    return [f"{m.channel} {m.kind}" for m in world.sent()]


def state(world: World) -> dict[Any, Any]:
    """Everything but the order in which the table's versions grew."""
    return {
        key: {name: value for name, value in item.items() if name != "v"} for key, item in world.table.items.items()
    }


@cache
def the_letter() -> tuple[World, Message]:
    return a_letter(PHONE | MARKETING)


def after(reports: Iterable[Report]) -> dict[Any, Any]:
    before, message = the_letter()
    world = World(email=Provider(taken=[*before.email.taken]))
    world.table.stored.hold(before.table.stored.items.values())
    report(world, message, *reports)
    return state(world)


@pytest.mark.parametrize(
    "reports",
    [
        (Report.DELIVERY, Report.OPEN, Report.CLICK, Report.BOUNCE, Report.COMPLAINT),
        (Report.DELIVERY, Report.OPEN, Report.TRANSIENT_BOUNCE, Report.BOUNCE, Report.COMPLAINT),
        (Report.DELIVERY, Report.OPEN, Report.CLICK, Report.TRANSIENT_BOUNCE, Report.COMPLAINT),
        (Report.SEND, Report.DELIVERY, Report.OPEN, Report.CLICK, Report.REJECT),
    ],
    ids=" ".join,
)
def test_five_reports_end_in_the_same_state_in_all_their_120_orders(reports: tuple[Report, ...]) -> None:
    expected = after(reports)
    assert [order for order in permutations(reports) if after(order) != expected] == []
    assert after([*reports, *reports]) == expected


def test_a_report_of_the_same_thing_keeps_its_first_moment() -> None:
    world, message = a_letter({})
    for minutes in (9, 3, 7):
        report(world, message, Report.OPEN, at=MONDAY + timedelta(minutes=minutes))
    assert look(world, message).reported == {"open": MONDAY + timedelta(minutes=3)}


def test_a_report_that_comes_before_our_own_sent_is_not_lowered_by_it() -> None:
    world, message = a_letter({})
    claimed = World(deaf=True)
    claimed.place(OLENA, **ON_DELIVERY)
    (waiting,) = claimed.messages()
    claimed.ledger.claim(waiting, claimed.now, None)
    report(claimed, look(claimed, waiting), Report.DELIVERY)
    claimed.deaf = False
    claimed.until(MONDAY + timedelta(hours=1))
    known = look(claimed, waiting)
    assert (known.status, known.sent_at, claimed.email.taken) == (Status.DELIVERED, MONDAY, [])
    report(world, message, Report.DELIVERY)
    assert look(world, message).sent_at == MONDAY


@pytest.mark.parametrize("proof", [Report.SEND, Report.DELAY, Report.DELIVERY, Report.TRANSIENT_BOUNCE])
def test_a_report_settles_a_doubt_so_that_nothing_is_sent_twice(proof: Report) -> None:
    world = World()
    world.email.failures = [DOUBT]
    world.place(OLENA, **ON_DELIVERY)
    report(world, world.messages()[0], proof)
    world.until(MONDAY + timedelta(hours=2))
    assert world.email.taken == []
    assert look(world, world.messages()[0]).status in (Status.SENT, Status.DELIVERED)


def test_a_doubt_given_up_is_settled_by_a_late_report() -> None:
    world = World()
    world.tell("customer.updated", None, OLENA | MARKETING, customer_id="7")
    world.email.failures = [DOUBT]
    world.until("2026-03-14T00:00:00Z")
    (message,) = world.messages()
    assert message.status is Status.UNKNOWN
    report(world, message, Report.DELIVERY)
    assert look(world, message).status is Status.DELIVERED


def test_what_never_left_cannot_have_arrived() -> None:
    world = World(deaf=True)
    world.place()
    report(world, world.messages()[0], Report.DELIVERY)
    assert world.messages()[0].status is Status.PLANNED
    assert [line for line, _ in world.log] == ["feedback_on_nothing_sent"]


def test_a_message_that_nobody_knows_is_noted_and_forgotten() -> None:
    world, message = a_letter({})
    before = state(world)
    at = world.now
    for shop, tag, name in [("other", "order-1001", message.id), ("dobra", "order-1", message.id), ("dobra", "x", "y")]:
        world.report(Feedback(shop, tag, name, Report.BOUNCE, at, at, OLENA["email"]), at)
    assert state(world) == before
    assert [line for line, _ in world.log] == ["feedback_on_nothing_sent"] * 3


@pytest.mark.parametrize("order", ["1001", "a/1#x", "замовлення", "x" * 128, "~", "order_1"])
def test_the_report_finds_its_message_whatever_the_order_is_called(order: str) -> None:
    world = World()
    world.tell("order.placed", {**ON_DELIVERY, **_whole()}, OLENA, order_id=order)
    (letter,) = world.email.taken
    assert letter.tags["subject"].replace("-", "").replace("_", "").isalnum()
    assert letter.tags["subject"].isascii()
    found = world.ledger.message_tagged("dobra", letter.tags["subject"], letter.tags["message"])
    assert found
    assert found.order == order


def _whole() -> dict[str, Any]:
    items = [{"sku": "MUG-1", "name": "Mug", "quantity": "1", "unit_price": "1499.00"}]
    return {"number": "1", "placed_at": "2026-03-02T08:00:00Z", "currency": "UAH", "total": "1499.00", "items": items}


def test_after_a_permanent_bounce_news_goes_by_sms_for_the_same_step() -> None:
    world, message = a_letter(PHONE)
    report(world, message, Report.BOUNCE)
    assert left(world) == ["email order_received", "sms order_received"]
    assert world.sent()[1].instead_of == "email"
    report(world, message, Report.BOUNCE)
    assert len(world.sms.taken) == 1


def test_after_a_permanent_bounce_nothing_more_goes_to_that_address() -> None:
    world, message = a_letter(PHONE | MARKETING)
    report(world, message, Report.BOUNCE)
    world.tell("order.shipped")
    world.until("2026-03-30T00:00:00Z")
    assert [letter.kind for letter in world.email.taken] == ["order_received"]
    assert left(world)[2:] == ["sms order_shipped"]
    assert world.reasons("birthday_week") == ["skipped bounced"]


def test_another_address_of_the_same_customer_is_tried_again() -> None:
    world, message = a_letter({})
    report(world, message, Report.BOUNCE)
    world.tell("order.shipped", None, {"email": "olena.new@customer.example"})
    assert [letter.to for letter in world.email.taken] == [OLENA["email"], "olena.new@customer.example"]


def test_a_bounce_of_an_address_they_no_longer_have_does_not_stop_the_new_one() -> None:
    world, message = a_letter({})
    world.tell("customer.updated", None, {"email": "olena.new@customer.example"}, customer_id="7")
    report(world, message, Report.BOUNCE)
    stored = world.store.session("dobra")
    assert stored.contact(world.contact_key("dobra", OLENA["email"])).contact.bounced_at
    assert not stored.contact(world.contact_key("dobra", "olena.new@customer.example")).contact.bounced_at


def test_a_bounce_at_night_waits_for_the_morning_to_become_an_sms() -> None:
    world = World(now=MONDAY.replace(hour=21))
    world.place(OLENA | PHONE, placed_at="2026-03-02T21:00:00Z", **ON_DELIVERY)
    report(world, world.messages()[0], Report.BOUNCE)
    assert world.sms.taken == []
    world.until("2026-03-03T07:00:00Z")
    assert left(world) == ["email order_received", "sms order_received"]


def test_news_that_is_past_when_it_bounces_goes_nowhere_else() -> None:
    world, message = a_letter(PHONE)
    world.tell("order.cancelled")
    world.now += timedelta(days=3)
    report(world, message, Report.BOUNCE)
    assert world.sms.taken == []
    assert world.staff.taken == []
    assert "skipped no_longer_true" in world.reasons("order_received")


def test_a_transient_bounce_is_noted_and_changes_nothing() -> None:
    world, message = a_letter(PHONE)
    report(world, message, Report.TRANSIENT_BOUNCE)
    world.tell("order.shipped")
    assert left(world) == ["email order_received", "email order_shipped"]
    assert look(world, message).reported == {"transient_bounce": COMES[Report.TRANSIENT_BOUNCE]}


@pytest.mark.parametrize("customer", [{}, PHONE | NO_SMS], ids=["no phone", "wants no sms"])
def test_where_no_sms_may_go_the_staff_hear_of_the_customer_once(customer: dict[str, Any]) -> None:
    world, _ = a_letter(customer)
    world.tell("order.shipped")
    for each in [m for m in world.messages() if m.channel == "email"]:
        report(world, each, Report.BOUNCE, Report.BOUNCE)
    (letter,) = world.staff.taken
    assert (letter.kind, letter.to, letter.channel) == ("staff_unreachable_customer", "team@dobra.example", "staff")
    assert world.sms.taken == []


def test_the_staff_hear_it_in_their_own_language_when_the_shop_opens() -> None:
    world = World(shop=a_shop(locale="uk"), now=MONDAY.replace(hour=22))
    world.place(OLENA | {"locale": "en"}, placed_at="2026-03-02T22:00:00Z", **ON_DELIVERY)
    report(world, world.messages()[0], Report.BOUNCE)
    assert world.staff.taken == []
    world.until("2026-03-03T07:05:00Z")
    (letter,) = world.staff.taken
    assert (letter.locale, world.email.taken[0].locale) == ("uk", "en")


@pytest.mark.parametrize("failure", ["refused at the call", "rejected later"])
def test_a_letter_that_is_refused_goes_by_sms_too(failure: str) -> None:
    world = World()
    world.email.failures = [NEVER] if failure == "refused at the call" else []
    world.place(OLENA | PHONE, **ON_DELIVERY)
    (message,) = (m for m in world.messages() if m.channel == "email")
    if failure == "rejected later":
        report(world, message, Report.REJECT)
    assert look(world, message).status is Status.FAILED
    assert [letter.kind for letter in world.sms.taken] == ["order_received"]


def test_when_neither_letter_nor_sms_is_taken_the_staff_hear() -> None:
    world = World()
    world.email.failures, world.sms.failures = [NEVER], [NEVER]
    world.place(OLENA | PHONE, **ON_DELIVERY)
    assert [letter.kind for letter in world.staff.taken] == ["staff_unreachable_customer"]
    assert sorted(m.status for m in world.messages()) == [Status.FAILED, Status.FAILED, Status.SENT]


def test_an_sms_beside_a_letter_that_arrives_may_fail() -> None:
    world = World()
    world.sms.failures = [NEVER]
    world.place(OLENA | PHONE | {"consent.sms_service": {"granted": True}}, **ON_DELIVERY)
    world.tell("order.shipped")
    assert left(world) == ["email order_received", "email order_shipped"]
    assert world.staff.taken == []


def test_a_complaint_ends_marketing_for_the_customer_and_every_contact_they_have() -> None:
    world, message = a_letter(PHONE | MARKETING | {"consent.sms_marketing": {"granted": True}})
    report(world, message, Report.COMPLAINT)
    world.tell("customer.updated", None, {"email": "olena.new@customer.example"}, customer_id="7")
    world.tell("order.shipped", None, None, customer_id="7")
    world.until("2026-03-30T00:00:00Z")
    assert [kind for kind in world.kinds if "birthday" in kind] == []
    assert world.reasons("birthday_week") == ["skipped unsubscribed"]


def test_after_a_complaint_a_bare_yes_of_the_shop_brings_no_marketing_back() -> None:
    world, message = a_letter(MARKETING)
    report(world, message, Report.COMPLAINT)
    new = {"email": "olena.new@customer.example", "consent.email_marketing": {"granted": True}}
    world.tell("order.shipped", None, new)
    world.until("2026-03-30T00:00:00Z")
    assert [kind for kind in world.kinds if "birthday" in kind] == []


def test_after_a_complaint_news_of_orders_goes_by_sms() -> None:
    world, message = a_letter(PHONE)
    report(world, message, Report.COMPLAINT)
    assert left(world) == ["email order_received"]
    world.tell("order.shipped")
    assert left(world) == ["email order_received", "sms order_shipped"]


def test_what_the_staff_think_of_their_letters_is_not_the_customers_doing() -> None:
    world, message = a_letter(MARKETING)
    report(world, message, Report.BOUNCE)
    (letter,) = [m for m in world.messages() if m.channel == "staff"]
    before = world.store.session("dobra").customer(message.customer)
    report(world, letter, Report.COMPLAINT)
    assert look(world, letter).status is Status.COMPLAINED
    assert world.store.session("dobra").customer(message.customer) == before


def test_a_forgotten_customer_is_not_written_to_another_way() -> None:
    world = World()
    world.place(OLENA | PHONE, **ON_DELIVERY)
    (message,) = world.messages()
    world.tell("customer.erased", None, {"email": OLENA["email"]})
    report(world, message, Report.BOUNCE)
    assert (world.sms.taken, world.staff.taken) == ([], [])


def test_two_shops_do_not_share_what_bounced() -> None:
    world, message = a_letter({})
    report(world, message, Report.BOUNCE)
    other = world.store.session("other").contact(world.contact_key("other", OLENA["email"]))
    assert not other.contact.bounced_at


@pytest.mark.parametrize(("event", "calls"), [(None, 2), ("order.delivered", 1), ("order.cancelled", 2)])
def test_whom_neither_letter_nor_call_reached_is_called_again_while_it_matters(event: str | None, calls: int) -> None:
    """That the order is cancelled is news of its own, which nobody hears either."""
    world, message = a_letter(PHONE | NO_SMS)
    report(world, message, Report.BOUNCE)
    world.close("staff_unreachable_customer", "no_answer")
    world.now += timedelta(hours=1)
    if event:
        world.tell(event)
    world.until(MONDAY + timedelta(days=2))
    assert world.tasks == ["staff_unreachable_customer"] * calls
