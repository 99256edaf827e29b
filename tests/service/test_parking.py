"""A channel that serves nobody: what one message has found out, the others need not."""

from datetime import datetime, timedelta

import pytest

from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Digest, Figures, Staff
from shopbell.domain.model.state import ChannelHealth
from shopbell.domain.model.vocabulary import ChannelName, Status
from shopbell.storage.documents import dumped
from shopbell.storage.table import Write
from tests.world import MONDAY, World, a_busy_shop

DOUBT = DeliveryError(FailureKind.UNKNOWN, "ReadTimeoutError")
DOWN = DeliveryError(FailureKind.TEMPORARY, "ServiceUnavailable")
SUSPENDED = DeliveryError(FailureKind.ACCOUNT, "SendingPausedException")
UNVERIFIED = DeliveryError(FailureKind.SET_UP, "MailFromDomainNotVerifiedException")
EMAIL, STAFF, SMS = ChannelName.EMAIL, ChannelName.STAFF, ChannelName.SMS
PROVIDER = ("provider#email", "parking")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def order(world: World, number: int) -> None:
    """Each of somebody else: to one address ten letters an hour would leave."""
    person = {"name": "Olena", "email": f"olena{number}@customer.example"}
    world.tell("order.placed", {"number": str(number), "total": "1.00", "items": [{}]}, person, order_id=str(number))


def ordered(world: World, times: int) -> World:
    for number in range(times):
        order(world, number)
    return world


def parked(world: World, channel: ChannelName = EMAIL, shop: str = "dobra") -> datetime | None:
    """Until when nothing of a shop's goes by a channel."""
    return max(
        (each.parked_until or MONDAY for each in world.send.mailroom.healths.parking.of(shop, channel)), default=None
    )


def statuses(world: World) -> list[Status]:
    return [message.status for message in world.messages()]


@pytest.mark.parametrize("failure", [SUSPENDED, UNVERIFIED])
def test_when_nobody_is_served_the_channel_is_parked_and_opens_by_itself(failure: DeliveryError) -> None:
    world = World()
    world.email.failures = [failure] * 3
    ordered(world, 100)
    assert world.email.asked == 1
    assert {*statuses(world)} == {Status.HELD}
    world.until(MONDAY + 2 * HOUR)
    assert len(world.email.taken) == 100
    assert world.email.asked == 103


@pytest.mark.parametrize(
    ("failure", "channel", "of_another_shop", "of_its_tasks"),
    [(SUSPENDED, EMAIL, True, True), (UNVERIFIED, EMAIL, False, False)],
)
def test_an_account_at_fault_serves_no_shop_and_a_shops_set_up_is_its_own(
    failure: DeliveryError, channel: ChannelName, *, of_another_shop: bool, of_its_tasks: bool
) -> None:
    world = World()
    world.email.failures = [failure]
    order(world, 1)
    assert parked(world) == MONDAY + 5 * MINUTE
    assert (parked(world, channel, "other") == MONDAY + 5 * MINUTE) is of_another_shop
    assert (parked(world, STAFF) == MONDAY + 5 * MINUTE) is of_its_tasks
    assert parked(world, SMS) == MONDAY


def test_three_doubts_in_a_row_park_the_channel_whosever_the_messages_are() -> None:
    world = World()
    world.email.failures = [DOUBT] * 3
    ordered(world, 5)
    assert world.email.asked == 3
    assert statuses(world) == [Status.SENDING] * 3 + [Status.HELD] * 2
    assert world.reasons("order_received")[-1] == "held provider_down"
    assert [facts["code"] for name, facts in world.log if name == "alarm"] == ["ReadTimeoutError"]
    assert parked(world, shop="other") == MONDAY + 5 * MINUTE


def test_a_letter_that_is_taken_ends_the_row_of_doubts() -> None:
    world = World()
    world.email.failures = [DOUBT, DOUBT]
    ordered(world, 3)
    world.email.failures = [DOUBT, DOUBT]
    order(world, 3)
    order(world, 4)
    assert parked(world) == MONDAY
    order(world, 5)
    assert len(world.email.taken) == 2


def test_a_refusal_for_now_neither_ends_the_row_nor_lengthens_it() -> None:
    world = World()
    world.email.failures = [DOUBT, DOWN, DOUBT, DOWN, DOUBT]
    ordered(world, 5)
    assert parked(world) == MONDAY + 5 * MINUTE


def test_after_a_parking_the_first_goes_alone_and_the_others_wait_for_what_comes_of_it() -> None:
    world = ordered_in_an_outage(5)
    world.email.failures = [DOUBT]
    world.now = MONDAY + 6 * MINUTE
    world.tick()
    assert world.email.asked == 4
    world.until(MONDAY + 14 * MINUTE)
    assert world.email.asked == 4
    world.until(MONDAY + HOUR)
    assert len(world.email.taken) == 5


def test_who_was_in_doubt_before_lets_others_try_whether_the_channel_serves() -> None:
    world = ordered_in_an_outage(10)
    world.email.failures = [DOUBT] * 4
    world.until(MONDAY + 10 * HOUR)
    assert sorted(message.doubts for message in world.messages()) == [0] * 3 + [1] * 7
    assert len(world.email.taken) == 10


def test_who_is_alone_tries_it_themselves() -> None:
    world = World()
    world.email.failures = [DOUBT] * 2
    order(world, 1)
    world.send.mailroom.healths.parking.park(ChannelHealth("", EMAIL), MONDAY + MINUTE)
    world.until(MONDAY + HOUR)
    assert [(message.status, message.doubts) for message in world.messages()] == [(Status.SENT, 2)]


def ordered_in_an_outage(times: int) -> World:
    world = World()
    world.email.failures = [DOUBT] * 3
    return ordered(world, times)


def test_of_two_who_try_at_once_one_goes() -> None:
    world = ordered_in_an_outage(3)
    world.now = MONDAY + 6 * MINUTE
    channels = world.send.mailroom.healths
    healths = channels.parking.of("dobra", EMAIL)
    assert channels.alone(healths, world.now) is not None
    assert channels.alone(healths, world.now) is None
    assert channels.alone(channels.parking.of("other", STAFF), world.now + MINUTE) is not None


def test_whoever_goes_alone_and_dies_keeps_the_others_for_a_minute() -> None:
    world = ordered_in_an_outage(4)
    world.now = MONDAY + 6 * MINUTE
    world.send.mailroom.healths.alone(world.send.mailroom.healths.parking.of("dobra", EMAIL), world.now)
    assert parked(world) == world.now + MINUTE
    world.until(MONDAY + 20 * MINUTE)
    assert len(world.email.taken) == 4


def test_a_doubt_about_a_letter_of_many_tasks_is_one_doubt() -> None:
    calm = {"staff_confirm_order": Figures(enabled=False), "staff_order_late": Figures(enabled=False)}
    world = World(shop=a_busy_shop(staff=Staff("team@dobra.example", Digest.HOURLY), journeys=calm))
    for number in range(3):
        order(world, number)
        world.tell("order.paid", {"payment.method": "bank_transfer", "delivery.method": "post"}, order_id=str(number))
    world.staff.failures = [DOUBT]
    world.until(MONDAY + HOUR)
    assert [message.status for message in world.messages() if message.kind == "staff_pack"] == [Status.SENDING] * 3
    assert world.send.mailroom.healths.parking.of("dobra", EMAIL).provider.doubts == 1


@pytest.mark.parametrize(
    ("document", "until", "failures"),
    [
        ({"until": "2026-03-02T09:00:00Z", "failures": 2}, MONDAY + HOUR, 2),
        ({"failures": 0}, None, 0),
    ],
)
def test_what_the_former_version_parked_is_parked_and_opens(
    document: dict[str, object], until: datetime | None, failures: int
) -> None:
    world = World()
    world.table.write([Write(("dobra#shop", "channel#email"), {"doc": dumped(document)})])
    parking = world.send.mailroom.healths.parking
    health = parking.of("dobra", EMAIL).own
    assert health == ChannelHealth("dobra", EMAIL, until, failures)
    parking.park(health, MONDAY + 2 * HOUR)
    assert parking.of("dobra", EMAIL).own == ChannelHealth("dobra", EMAIL, MONDAY + 2 * HOUR, failures + 1)
    parking.open(parking.of("dobra", EMAIL).own)
    assert parking.of("dobra", EMAIL).own.is_well


def test_of_two_who_park_at_once_the_first_counts() -> None:
    world = World()
    parking = world.send.mailroom.healths.parking
    health = parking.of("dobra", EMAIL).provider
    parking.park(health, MONDAY + 5 * MINUTE)
    parking.park(health, MONDAY + 7 * MINUTE)
    assert parking.of("dobra", EMAIL).provider == ChannelHealth("", EMAIL, MONDAY + 5 * MINUTE, 1)


def test_what_all_shops_share_holds_nothing_of_a_shops() -> None:
    world = ordered_in_an_outage(3)
    assert world.table.items[PROVIDER].keys() == {"pk", "sk", "parked_until", "failures", "doubts"}
