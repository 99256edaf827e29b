"""An order's day: what the customer hears at each turn, and what not."""

from datetime import timedelta

import pytest

from shopbell.domain.model.shop import Figures, PaymentTerms
from tests.world import MONDAY, OLENA, World, a_shop

LATER = timedelta(minutes=10)
PHONE = {"phone": "+380445550101"}


def test_the_customer_hears_at_every_turn() -> None:
    world = World()
    world.place()
    world.tell("order.paid")
    world.tell("order.shipped", {"delivery.tracking_number": "2045"})
    world.tell("order.ready_for_pickup", {"delivery.pickup_until": "2026-03-12"})
    assert world.kinds == ["order_received", "payment_received", "order_shipped", "parcel_ready"]


def test_the_same_event_told_twice_is_one_letter() -> None:
    world = World()
    world.place()
    world.tell("order.paid", event_id="evt_paid")
    world.tell("order.paid", event_id="evt_paid")
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]
    assert world.reasons("payment_received") == ["sent due", "skipped already_sent"]


def test_a_second_parcel_is_told_again_and_the_same_one_is_not() -> None:
    world = World()
    world.place()
    for number in ("2045", "2045", "2046"):
        world.now += LATER
        world.tell("order.shipped", {"delivery.tracking_number": number})
    assert world.kinds.count("order_shipped") == 2


def test_news_of_a_parcel_without_a_number_is_not_told_again_when_other_news_brings_the_number() -> None:
    world = World()
    world.place()
    world.now += LATER
    world.tell("order.ready_for_pickup")
    world.tell("order.shipped", {"delivery.tracking_number": "2045"}, at=MONDAY + timedelta(minutes=5))
    world.tell("order.shipped", {"delivery.tracking_number": "2046"}, at=MONDAY + timedelta(minutes=6))
    assert world.kinds == ["order_received", "parcel_ready"]


def test_news_before_the_order_itself_is_kept_and_what_still_holds_is_told_when_it_comes() -> None:
    world = World()
    world.tell("order.shipped", {"delivery.tracking_number": "2045"}, at=MONDAY)
    world.tell("order.accepted", at=MONDAY - timedelta(hours=1))
    assert world.kinds == []
    world.place()
    assert world.kinds == ["order_shipped"]
    assert world.reasons("order_accepted") == ["skipped superseded"]
    assert world.reasons("order_received") == ["skipped superseded"]


def test_nobody_hears_of_a_state_that_is_past() -> None:
    world = World()
    world.place()
    world.now += LATER
    world.tell("order.delivered")
    world.tell("order.shipped", at=MONDAY + timedelta(minutes=5))
    assert world.kinds == ["order_received"]
    assert world.reasons("order_shipped") == ["skipped no_longer_true"]


def test_nobody_hears_of_a_past_import() -> None:
    world = World()
    world.tell("order.placed", {"number": "7", "total": "1.00"}, OLENA, at=MONDAY - timedelta(days=400))
    assert world.kinds == []
    assert world.reasons("order_received") == ["skipped stale_event"]


def test_a_hand_over_is_told_after_two_hours_in_which_nothing_was_shipped() -> None:
    world = World()
    world.place()
    world.tell("order.handed_over")
    world.until(MONDAY + timedelta(hours=1, minutes=59))
    assert "order_handed_over" not in world.kinds
    world.until(MONDAY + timedelta(hours=2, minutes=5))
    assert world.kinds[-1] == "order_handed_over"


def test_shipping_within_two_hours_replaces_the_hand_over() -> None:
    world = World()
    world.place()
    world.tell("order.handed_over")
    world.now += LATER
    world.tell("order.shipped")
    world.until(MONDAY + timedelta(days=1))
    assert world.kinds == ["order_received", "order_shipped"]
    assert world.reasons("order_handed_over") == ["skipped superseded"]


def test_an_unpaid_order_is_reminded_twice_and_then_left_alone() -> None:
    world = World()
    world.place()
    world.until("2026-04-01T00:00:00Z")
    assert [(m.kind, f"{m.sent_at:%d %H:%M}") for m in world.sent()] == [
        ("order_received", "02 08:00"),
        ("order_unpaid_first", "04 08:00"),
        ("order_unpaid_final", "09 08:00"),
    ]
    assert world.reasons("order_unpaid_final") == ["sent due", "skipped lost"]


@pytest.mark.parametrize("event", ["order.paid", "order.cancelled", "order.shipped", "order.delivered"])
def test_no_reminder_follows_what_makes_it_untrue(event: str) -> None:
    world = World()
    world.place()
    world.until(MONDAY + timedelta(days=1))
    world.tell(event)
    world.until("2026-04-01T00:00:00Z")
    assert not [kind for kind in world.kinds if "unpaid" in kind]
    assert world.reasons("order_unpaid_first") == ["skipped no_longer_true"]


@pytest.mark.parametrize("method", ["cash_on_delivery", "cash_to_courier"])
def test_cash_is_never_unpaid(method: str) -> None:
    world = World()
    world.place(**{"payment.method": method})
    world.until("2026-04-01T00:00:00Z")
    assert world.kinds == ["order_received"]
    assert world.reasons("order_unpaid_first") == []


def test_the_last_reminder_goes_by_sms_to_those_who_agreed() -> None:
    world = World()
    world.place(OLENA | PHONE | {"consent.sms_service": {"granted": True}})
    world.until("2026-03-10T00:00:00Z")
    assert world.kinds == ["order_received", "order_unpaid_first", "sms order_unpaid_final"]


def test_an_uncollected_parcel_is_reminded_of_after_four_days() -> None:
    world = World()
    world.place()
    world.tell("order.ready_for_pickup", {"delivery.pickup_until": "2026-03-20"})
    world.until("2026-03-30T00:00:00Z")
    reminder = world.sent()[-1]
    assert (reminder.kind, f"{reminder.sent_at:%d %H:%M}") == ("parcel_uncollected", "06 08:00")


def test_order_news_by_email_comes_at_night_and_an_sms_waits_for_the_morning() -> None:
    world = World()
    world.place(OLENA | PHONE | {"consent.sms_service": {"granted": True}})
    world.now = MONDAY.replace(hour=20)
    world.tell("order.paid")
    assert world.kinds == ["order_received", "payment_received"]
    assert world.reasons("payment_received") == ["sent due", "held send_hours"]
    world.until("2026-03-03T12:00:00Z")
    assert world.kinds[-1] == "sms payment_received"
    assert f"{world.sent()[-1].sent_at:%d %H:%M}" == "03 07:00"
    assert world.reasons("payment_received") == ["sent due", "held send_hours", "sent due"]


def test_a_customer_without_any_contact_is_a_decision_not_an_error() -> None:
    world = World()
    world.place({"name": "Olena"})
    assert world.reasons("order_received") == ["skipped no_contact"]


def test_without_a_way_to_pay_the_letter_is_held_until_there_is_one() -> None:
    world = World(shop=a_shop(payment=PaymentTerms()))
    world.place()
    assert world.reasons("order_received") == ["held missing_facts"]
    world.tell("order.accepted", {"payment.url": "https://dobra.example/pay/1001"})
    world.until(MONDAY + timedelta(hours=2))
    assert world.kinds == ["order_accepted"]


def test_what_a_shop_turned_off_or_on_counts() -> None:
    journeys = {"order_delivered": Figures(enabled=True), "order_accepted": Figures(enabled=False)}
    world = World(shop=a_shop(journeys=journeys))
    world.place()
    world.now += LATER
    world.tell("order.accepted")
    world.now += LATER
    world.tell("order.delivered")
    assert world.kinds == ["order_received", "order_delivered"]
    assert world.reasons("order_accepted") == ["skipped disabled"]


def test_each_refund_is_told() -> None:
    world = World()
    world.place()
    world.tell("order.paid")
    for name in ("r1", "r2", "r1"):
        world.tell("order.refunded", refund={"id": name, "amount": "10.00"})
    assert world.kinds.count("order_refunded") == 2


def test_after_a_new_price_the_reminder_asks_for_the_new_amount() -> None:
    world = World()
    world.place()
    world.now += LATER
    world.tell("order.repriced", repriced={"old_total": "1499.00", "new_total": "1600.00", "reason": "Maker's price"})
    world.until("2026-03-05T00:00:00Z")
    assert world.kinds == ["order_received", "order_repriced", "order_unpaid_first"]
    assert f"{world.renderer.said[-1]['order'].payment.due}" == "1600.00"


@pytest.mark.parametrize(
    ("method", "url", "requisites"),
    [
        ("bank_transfer", "", True),
        ("bank_transfer", "https://dobra.example/pay", True),
        ("card", "", False),
        ("card", "https://dobra.example/pay", False),
        ("other", "", False),
        ("cash_on_delivery", "", False),
        ("cash_to_courier", "", False),
    ],
)
def test_requisites_are_given_where_one_pays_ahead_by_them(method: str, url: str, requisites: bool) -> None:
    world = World()
    world.place(**{"payment.method": method, "payment.url": url or None})
    world.until(MONDAY + timedelta(minutes=1))
    assert bool(world.renderer.said[-1]["order"].payment.details) == requisites


def test_every_decision_of_one_moment_is_kept() -> None:
    world = World()
    world.place()
    world.tell("order.cancelled")
    for number in ("2045", "2046", "2047"):
        world.tell(
            "order.shipped", {"delivery.tracking_number": number}, at=MONDAY - timedelta(minutes=int(number[-1]))
        )
    assert world.reasons("order_shipped") == ["skipped no_longer_true"] * 3


@pytest.mark.parametrize(
    ("method", "received", "reminded"),
    [
        ("bank_transfer", "held missing_facts", ["held missing_facts"]),
        ("other", "sent due", ["sent due"]),
        ("card", "sent due", ["sent due"]),
        ("cash_on_delivery", "sent due", []),
        ("cash_to_courier", "sent due", []),
    ],
)
def test_a_letter_about_a_transfer_is_held_while_nobody_knows_where_to(
    method: str, received: str, reminded: list[str]
) -> None:
    world = World(shop=a_shop(payment=PaymentTerms()))
    world.place(**{"payment.method": method})
    world.until("2026-03-05T00:00:00Z")
    assert world.reasons("order_received")[0] == received
    assert world.reasons("order_unpaid_first") == reminded


@pytest.mark.parametrize(
    ("staff", "told"),
    [
        ({"staff": "Oksana"}, "Oksana"),
        ({"staff": "ОКСАНА"}, "Оксана"),
        ({"staff": "17"}, ""),
        ({"staff": "oksana@dobra.example"}, ""),
        ({"staff": "undefined"}, ""),
        ({}, ""),
    ],
)
def test_who_sees_to_an_order_is_named_where_the_shop_says_a_name(staff: dict[str, str], told: str) -> None:
    world = World()
    world.place(**staff)
    assert world.renderer.said[-1]["order"].staff == told
