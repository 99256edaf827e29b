"""A campaign: first its owner hears what would come of it, then each of those who agreed gets a letter, once."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.model.campaign import Stage
from shopbell.domain.model.shop import CalendarEntry, Coupon, Marketing, SmsTerms
from shopbell.domain.rules.feedback import Feedback, Report
from shopbell.domain.time.span import days
from shopbell.service.operators.campaigns import RunCampaigns
from shopbell.service.operators.days import begin_days
from shopbell.service.operators.wake_held import WakeHeld
from shopbell.storage.table import Write
from tests.memory_table import MemoryTable
from tests.world import MONDAY, World, a_busy_shop, an_order

AGREED = {"granted": True}
READER = {"consent.email_marketing": AGREED}
WORDS = {"subject": "Spring mugs", "blocks": [{"is": "arrivals", "text": "They are here.\n\nCome and see."}]}
OFFER = {"subject": "Cheap mugs", "blocks": [{"is": "offer", "text": "Half of the price."}]}
SPRING: dict[str, Any] = {"id": "spring", "segment": ["all"], "content": {"en": WORDS}}


def customers(world: World, numbers: range, **more: Any) -> None:
    for each in numbers:
        told = {"name": f"Anna {each}", "email": f"anna{each}@customer.example", **READER, **more}
        world.tell("customer.updated", None, told, customer_id=f"{each}")


def request(world: World, **changes: Any) -> None:
    world.tell("campaign.requested", campaign={**SPRING, **changes})
    world.until(world.now)


def sent(world: World, **changes: Any) -> None:
    """Counted, and asked for in earnest."""
    request(world, **changes)
    request(world, **changes)


def reports(world: World, step: str = "") -> list[Any]:
    told = [said for said in world.renderer.said if said["kind"] == "staff_campaign"]
    return [said["campaign"] for said in told if said["step"] == step]


def operators(world: World) -> RunCampaigns:
    return RunCampaigns(world.workplace, world.campaigns, WakeHeld(world.store, world.ledger, world.enqueue))


def stage(world: World, campaign: str = "spring") -> Any:
    return operators(world).show(world.shop, campaign).campaign.walk


def addresses(world: World) -> list[str]:
    letters = {message.id for message in world.sent() if message.kind == "campaign"}
    return [letter.to.partition("@")[0] for letter in world.email.taken if letter.id in letters]


def test_the_first_request_is_a_dry_run_whatever_it_says() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(3))
    request(world, dry_run=False)
    assert (world.kinds, world.tasks) == ([], ["staff_campaign"])
    (found,) = reports(world)
    assert (found.people, found.letters, found.sms, found.days) == (3, 3, 0, 1)
    request(world, dry_run=False)
    assert world.kinds == ["campaign"] * 3
    assert sorted(addresses(world)) == ["anna0", "anna1", "anna2"]


def test_a_request_that_comes_twice_counts_once() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(1))
    for _ in range(2):
        world.tell("campaign.requested", campaign=SPRING, event_id="evt_a")
        world.until(world.now)
    assert (world.kinds, world.tasks) == ([], ["staff_campaign"])


def test_both_asked_for_at_once_the_owner_hears_and_then_it_goes() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(2))
    for _ in range(2):
        world.tell("campaign.requested", campaign=SPRING)
    world.until(world.now)
    assert (world.kinds, world.tasks) == (["campaign"] * 2, ["staff_campaign"])


def test_a_second_dry_run_sends_nothing() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(1))
    request(world)
    request(world, dry_run=True)
    assert (world.kinds, len(reports(world))) == ([], 2)


def test_the_dry_run_says_who_does_not_get_it_and_why() -> None:
    world = World(shop=a_busy_shop(sms=SmsTerms(price_per_segment=Decimal("2.00"))))
    customers(world, range(2))
    customers(world, range(2, 3), **{"consent.email_marketing": {"granted": False}})
    customers(world, range(3, 4), email=None, phone="+380505550103", **{"consent.sms_marketing": AGREED})
    customers(world, range(4, 5), email="anna4@gmail.com", locale="uk")
    request(world, content={"en": WORDS, "uk": WORDS})
    (found,) = reports(world)
    assert (found.people, found.letters, found.sms, found.gmail) == (5, 3, 1, 1)
    assert found.kept_back == [("no_consent", 1)]
    reached = [(each.language, each.channel, each.number) for each in found.reached]
    assert reached == [("en", "email", 2), ("en", "sms", 1), ("uk", "email", 1)]
    assert (found.segments, found.sms_cost) == (1, Decimal("2.00"))


def test_each_gets_the_words_of_their_language_else_of_the_shops() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(1), locale="uk")
    customers(world, range(1, 2), locale="hu")
    sent(world, content={"en": WORDS, "uk": {**WORDS, "subject": "Весна"}})
    letters = {letter.to: letter.locale for letter in world.email.taken if letter.kind == "campaign"}
    assert letters == {"anna0@customer.example": "uk", "anna1@customer.example": "en"}
    said = [each["mailing"].subject for each in world.renderer.said if each["kind"] == "campaign"]
    assert sorted(said) == ["Spring mugs", "Весна"]


def test_only_those_in_the_segment_are_written_to() -> None:
    world = World(shop=a_busy_shop())
    pot = an_order(items=[{"sku": "POT", "name": "Pot", "quantity": "1", "unit_price": "5.00", "category": "kitchen"}])
    customers(world, range(2))
    paid = {"payment.method": "cash_on_delivery"}
    world.tell("order.placed", pot | paid, {"email": "anna1@customer.example"}, customer_id="1")
    sent(world, segment=["bought:kitchen"])
    assert addresses(world) == ["anna1"]


def test_whoever_left_the_segment_meanwhile_is_not_written_to() -> None:
    world = World(shop=a_busy_shop(), now=MONDAY.replace(hour=20))
    customers(world, range(1))
    sent(world, segment=["not_yet:app"])
    told = an_order(channel="app", **{"payment.method": "cash_on_delivery"})
    world.tell("order.placed", told, {"email": "anna0@customer.example"}, customer_id="0")
    world.until("2026-03-04T12:00:00Z")
    assert "campaign" not in world.kinds
    assert world.reasons("campaign")[-1] == "skipped no_longer_true"


def test_it_counts_towards_the_cap_and_says_so() -> None:
    world = World(shop=a_busy_shop(marketing=Marketing(per_month=1)))
    customers(world, range(1))
    sent(world)
    sent(world, id="summer")
    assert world.kinds == ["campaign"]
    assert reports(world)[-1].kept_back == [("cap", 1)]
    world.until("2026-03-20T12:00:00Z")
    assert world.reasons("campaign")[-1] == "skipped cap"


def test_what_costs_more_than_it_brings_is_refused_unless_forced() -> None:
    world = World(shop=a_busy_shop(sms=SmsTerms(price_per_segment=Decimal("100.00"))))
    told = {"phone": "+380505550103", "consent.sms_marketing": AGREED}
    cash = {"payment.method": "cash_on_delivery"}
    world.tell("order.placed", an_order(**cash), told, customer_id="1")
    world.until("2026-03-02T09:00:00Z")
    sent(world)
    assert "sms campaign" not in world.kinds
    dry, refused = reports(world)
    assert (dry.is_worth_it, dry.is_refused, refused.is_refused) == (False, False, True)
    assert world.reasons("campaign") == ["skipped not_worth_it"]
    request(world, force=True)
    assert world.kinds[-1] == "sms campaign"


def test_a_coupon_costs_what_it_takes_off() -> None:
    world = World(shop=a_busy_shop(coupons={"holiday": Coupon(Decimal(20), code="FEST20")}))
    world.tell("order.placed", an_order(), {"email": "a@customer.example", **READER}, customer_id="1")
    request(world, coupon="holiday", valid_until="2026-03-20")
    (found,) = reports(world)
    first = found.forecast[0]
    assert (first.percent, first.brings, first.coupon) == (5, Decimal("74.95"), Decimal("14.99"))
    request(world)
    (said,) = [each["coupon"] for each in world.renderer.said if each["kind"] == "campaign"]
    assert (said.code, str(said.until)) == ("FEST20", "2026-03-20")


def test_each_has_a_code_of_their_own_where_the_coupon_is_unique() -> None:
    world = World(shop=a_busy_shop(coupons={"winback": Coupon(Decimal(15), days=14, unique=True)}))
    customers(world, range(2))
    sent(world, coupon="winback")
    codes = {each["coupon"].code for each in world.renderer.said if each["kind"] == "campaign"}
    assert len(codes) == 2


def test_at_night_it_waits_for_the_send_hours() -> None:
    world = World(shop=a_busy_shop(), now=MONDAY.replace(hour=20))
    customers(world, range(1))
    sent(world)
    assert world.kinds == []
    world.until("2026-03-03T07:30:00Z")
    assert world.sent_at("campaign") == ["Tue 03 09:00"]


def test_paused_it_waits_and_let_go_on_it_leaves() -> None:
    world = World(shop=a_busy_shop(), now=MONDAY.replace(hour=20))
    customers(world, range(1))
    sent(world)
    operators(world).pause(world.shop, "spring", world.now)
    world.until("2026-03-03T12:00:00Z")
    assert (world.kinds, world.reasons("campaign")[-1]) == ([], "held paused")
    assert operators(world).resume(world.shop, "spring", world.now) == 1
    world.deliver_requests()
    assert world.kinds == ["campaign"]


def test_paused_before_all_are_planned_the_rest_is_planned_later() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(2))
    request(world)
    world.tell("campaign.requested", campaign=SPRING)
    operators(world).pause(world.shop, "spring", world.now)
    world.until("2026-03-02T12:00:00Z")
    assert world.kinds == []
    operators(world).resume(world.shop, "spring", world.now)
    world.until(world.now)
    assert world.kinds == ["campaign"] * 2


def test_cancelled_what_has_not_left_will_not() -> None:
    world = World(shop=a_busy_shop(), now=MONDAY.replace(hour=20))
    customers(world, range(1))
    sent(world)
    operators(world).cancel(world.shop, "spring", world.now)
    world.until("2026-03-04T12:00:00Z")
    assert (world.kinds, world.reasons("campaign")[-1]) == ([], "skipped no_longer_true")
    (end,) = reports(world, "ended")
    assert (end.is_cancelled, end.sent) == (True, 0)


def test_the_end_is_told_once_all_have_left() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(3))
    sent(world)
    world.until("2026-03-02T10:00:00Z")
    (end,) = reports(world, "ended")
    assert (end.planned, end.sent, end.is_cancelled) == (3, 3, False)
    world.until("2026-03-20T12:00:00Z")
    assert len(reports(world, "ended")) == 1
    request(world)
    assert (world.kinds, world.reasons("campaign")[-1]) == (["campaign"] * 3, "skipped already_sent")


def test_a_new_address_is_warmed_up_and_who_read_last_comes_first() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(60))
    for each in range(40, 60):
        opened = Feedback("dobra", "", "", Report.OPEN, world.now, world.now, f"anna{each}@customer.example")
        read(world, opened)
    sent(world)
    (found,) = reports(world)
    assert (found.first_day, found.days) == (50, 2)
    first = addresses(world)
    assert len(first) == 50
    assert {f"anna{each}" for each in range(40, 60)} <= {*first}
    world.until("2026-03-03T12:00:00Z")
    assert len({*addresses(world)}) == len(addresses(world)) == 60


def read(world: World, opened: Feedback) -> None:
    """The contact remembers it, as after any letter of theirs."""
    session = world.store.session("dobra", world.now + timedelta(days=99))
    state = session.contact(world.contact_key("dobra", opened.address))
    contact = state.contact
    session.save_contact(replace(state, contact=replace(contact, read_on=f"{opened.at.date()}")))
    session.commit()


def test_too_many_complaints_stop_the_rest_and_the_owner_hears() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(60))
    sent(world)
    assert len(addresses(world)) == 50
    world.campaigns.add("dobra", "spring", {"sent": 950, "complaint": 1})
    world.until("2026-03-04T12:00:00Z")
    assert len(addresses(world)) == 50
    (told,) = reports(world, "stopped")
    assert (told.sent, told.complaints) == (1_000, 1)
    operators(world).resume(world.shop, "spring", world.now)
    world.until("2026-03-05T12:00:00Z")
    assert len(addresses(world)) == 60


def test_what_comes_back_and_complaints_are_counted() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(2))
    sent(world)
    one, other = (message for message in world.sent() if message.kind == "campaign")
    for message, report in ((one, Report.BOUNCE), (other, Report.COMPLAINT), (other, Report.COMPLAINT)):
        letter = next(each for each in world.email.taken if each.id == message.id)
        world.report(
            Feedback("dobra", letter.tags["subject"], message.id, report, world.now, world.now, letter.to), world.now
        )
    counts = world.campaigns.counts("dobra", "spring")
    assert (counts.sent, counts.bounce, counts.complaint) == (2, 1, 1)


class Crash(BaseException):
    """The function is ended in the midst of it."""


class Breaking(MemoryTable):
    """Ends whoever writes, after so many writes (`left`); 0: nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0

    def write(self, writes: Iterable[Write]) -> None:
        self.left -= 1
        if self.left == 0:
            raise Crash
        super().write(writes)


@pytest.mark.parametrize("writes", range(1, 9))
def test_a_walk_that_breaks_off_anywhere_plans_nobody_twice(writes: int) -> None:
    table = Breaking()
    world = World(shop=a_busy_shop(), table=table, page=7)
    customers(world, range(30))
    request(world)
    world.tell("campaign.requested", campaign=SPRING)
    crashes = 0
    for _ in range(60):
        table.left = writes
        with suppress(Crash):
            world.sweep_runs()
            break
        crashes += 1
    table.left = 0
    assert crashes >= 4
    world.until("2026-03-02T12:00:00Z")
    assert sorted(addresses(world)) == sorted(f"anna{each}" for each in range(30))
    assert [each.planned for each in reports(world, "ended")] == [30]


def test_three_offers_in_a_row_are_told_to_the_owner() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(1))
    for name in ("one", "two"):
        sent(world, id=name, content={"en": OFFER})
    request(world, id="three", content={"en": WORDS})
    assert not reports(world)[-1].are_all_offers
    request(world, id="four", content={"en": OFFER})
    assert reports(world)[-1].are_all_offers


def test_the_calendar_sends_it_before_the_day() -> None:
    entry = CalendarEntry("Season", "03-20", days(14), "spring", ("all",))
    world = World(shop=a_busy_shop(season=(entry,)))
    customers(world, range(1))
    request(world)
    world.until("2026-03-05T12:00:00Z")
    assert world.kinds == []
    world.until("2026-03-06T12:00:00Z")
    assert world.sent_at("campaign") == ["Fri 06 09:00"]
    assert stage(world).stage in (Stage.ENDING, Stage.IDLE)
    world.until("2026-03-25T12:00:00Z")
    assert world.kinds == ["campaign"]


def test_a_calendar_put_later_finds_the_campaign() -> None:
    world = World(shop=a_busy_shop())
    customers(world, range(1))
    request(world)
    world.shop = a_busy_shop(season=(CalendarEntry("Season", "03-20", days(14), "spring"),))
    begin_days(world.workplace, world.shop, world.now)
    world.until("2026-03-06T12:00:00Z")
    assert world.kinds == ["campaign"]
