"""What may leave now: places for marketing, limits, the budget, a provider that serves nobody, a letter that breaks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from shopbell.domain.deciding.decide import StepDecision
from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.letter import DeliveryError, FailureKind
from shopbell.domain.model.shop import Limits, Marketing, SmsTerms
from shopbell.domain.model.state import ChannelHealth, Conflict
from shopbell.domain.model.vocabulary import ChannelName, Outcome, Reason, Series, Status
from shopbell.service.subjects.identity import load
from shopbell.storage.recents import recent_of
from tests.world import MONDAY, OLENA, Plain, PlainRenderer, World, a_shop

WANTED = {"consent.email_marketing": {"granted": True}, "birthday": "--03-20"}
PHONE = {"phone": "+380445550101"}
SUSPENDED = DeliveryError(FailureKind.ACCOUNT, "SendingPausedException")
UNVERIFIED = DeliveryError(FailureKind.SET_UP, "MailFromDomainNotVerifiedException")
DOWN = DeliveryError(FailureKind.TEMPORARY, "ServiceUnavailable")
DOUBT = DeliveryError(FailureKind.UNKNOWN, "InternalErrorException")


def a_birthday(world: World, places: Mapping[str, int] | None = None) -> World:
    """Olena's birthday is near; so many days before its first letter others took places."""
    world.tell("customer.updated", None, OLENA | WANTED, customer_id="7")
    taken = {f"{name}|1": MONDAY + timedelta(days=11 - days) for name, days in (places or {}).items()}
    if taken:
        session = world.store.session("dobra")
        session.save_places("id:7", Places(taken))
    world.until("2026-03-29T00:00:00Z")
    return world


def test_a_birthday_series_takes_one_place() -> None:
    world = a_birthday(World(shop=a_shop(marketing=Marketing(per_month=1))))
    assert world.kinds == ["birthday_week", "birthday_soon", "birthday_today"]


def test_where_all_places_are_taken_it_waits_in_its_window_and_then_expires() -> None:
    world = a_birthday(World(), {"winback": 9, "holiday": 2})
    assert world.kinds == []
    assert world.reasons("birthday_week") == ["sent due", "skipped cap"]
    assert "cap 2" in world.decisions()[1].detail


def test_a_place_that_frees_in_time_is_used() -> None:
    world = a_birthday(World(), {"winback": 29, "holiday": 2})
    assert world.kinds == ["birthday_soon", "birthday_today"]


def test_a_campaign_yields_to_a_birthday_of_the_next_seven_days() -> None:
    world = World(shop=a_shop(marketing=Marketing(per_month=1)))
    world.tell("customer.updated", None, OLENA | WANTED, customer_id="7")
    world.now = MONDAY + timedelta(days=12)
    step_decision = a_campaign(world)
    assert (step_decision.reason, step_decision.detail) == ("yielded", "to birthday|soon")


def a_campaign(world: World) -> StepDecision:
    """What a campaign is told that is due now."""
    session = world.store.session("dobra")
    person = load(session, "dobra", "id:7", world.contact_key)
    facts = Facts(world.shop, person.customer, person.email)
    row = replace(BY_NAME["birthday_week"], kind="campaign", series=Series.CAMPAIGN)
    trigger = Trigger("spring", world.now)
    until = world.now + timedelta(days=3)
    due = StepDecision(row, trigger, Outcome.SENT, Reason.DUE, world.now, until, ChannelName.EMAIL)
    waits = world.send.mailroom.places.wanted(session, facts, due, world.now)
    assert isinstance(waits, StepDecision)
    return waits


def test_order_news_takes_no_place_and_waits_for_none() -> None:
    world = World(shop=a_shop(marketing=Marketing(per_month=0)))
    world.place()
    assert world.kinds == ["order_received"]


def test_two_letters_that_want_the_last_place_get_it_once() -> None:
    world = World()
    first, second = world.store.session("dobra"), world.store.session("dobra")
    places = [each.places("id:7").with_one("birthday|2026", world.now, "id:7") for each in (first, second)]
    first.save_places("id:7", places[0])
    with pytest.raises(Conflict):
        second.save_places("id:7", places[1])


def test_a_phone_gets_so_many_texts_a_day_and_no_more() -> None:
    world = World(shop=a_shop(limits=Limits(sms_per_recipient=3)))
    for number in range(10):
        world.tell("order.placed", {"number": str(number), "total": "1.00", "items": [{}]}, PHONE, order_id=str(number))
    assert len(world.sms.taken) == 3
    world.until(MONDAY + timedelta(hours=12))
    assert len(world.sms.taken) == 3
    world.until(MONDAY + timedelta(days=1))
    assert len(world.sms.taken) == 6


@pytest.mark.parametrize("name", ["per_recipient", "per_shop", "sms_per_shop"])
def test_each_limit_holds_and_is_said(name: str) -> None:
    world = World(shop=a_shop(limits=Limits(**{name: 1})))
    for number in ("1", "2"):
        world.tell("order.placed", {"number": number, "total": "1.00", "items": [{}]}, PHONE, order_id=number)
    assert world.kinds == ["sms order_received"]
    assert world.reasons("order_received") == ["sent due", "sent due", "held limit"]


class Overtaking(PlainRenderer):
    """While one sender renders a letter, another sends the same."""

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Plain:
        if not self.said:
            self.said.append(content)
            (message,) = (each for each in self.world.messages() if each.status is Status.PLANNED)
            self.world.ask_for(message)
            self.said.clear()
        return Plain(subject=kind, text=f"{kind} {locale} {channel}")

    def __init__(self) -> None:
        super().__init__()
        self.world = World(shop=a_shop(limits=Limits(sms_per_recipient=3)), renderer=self)


def ordered(world: World, *numbers: str, customer: Mapping[str, Any] = PHONE) -> None:
    for number in numbers:
        cash = {"number": number, "total": "1.00", "items": [{}], "payment.method": "cash_on_delivery"}
        world.tell("order.placed", cash, customer, order_id=number)


def counted(world: World) -> dict[str, int]:
    """What the counters say, by what they count and when, without what was counted ahead and is left; and what the one
    recipient got."""
    found: dict[str, int] = {}
    for (_, sort), item in world.table.items.items():
        if sort.startswith("count#"):
            found[sort.removeprefix("count#")] = int(str(item["taken"]))
        elif sort == "recent":
            recent = recent_of(item)
            found |= {f"recipient#{recent.day}": recent.taken, "recipient's hour": len(recent.left)}
    counters: Any = world.send.mailroom.limits.counters
    for name, left in counters.blocks.values():
        found[name] -= left
    return found


TODAY, TOMORROW = "2026-03-02", "2026-03-03"


def by_sms(times: int, day: str = TODAY) -> dict[str, int]:
    return {f"{limit}#{day}": times for limit in ("recipient", "sms_per_shop")}


def test_who_was_overtaken_has_counted_nothing() -> None:
    world = Overtaking().world
    ordered(world, "1", "2")
    assert len(world.sms.taken) == 2
    assert counted(world).items() >= by_sms(2).items()


@pytest.mark.parametrize("failure", [DOWN, SUSPENDED])
def test_what_was_refused_for_now_is_counted_once(failure: DeliveryError) -> None:
    world = World(shop=a_shop(limits=Limits(sms_per_recipient=1)))
    world.sms.failures = [failure, failure]
    ordered(world, "1")
    world.until(MONDAY + timedelta(hours=3))
    assert (len(world.sms.taken), world.messages()[0].attempts) == (1, 3)
    assert counted(world).items() >= by_sms(1).items()


def test_what_was_refused_one_day_and_leaves_the_next_counts_for_the_day_on_which_it_leaves() -> None:
    world = World(shop=a_shop(limits=Limits(per_shop=1)), now=MONDAY.replace(hour=21, minute=59))
    world.email.failures = [DOWN]
    ordered(world, "1", customer=OLENA)
    world.until(MONDAY.replace(day=3))
    assert len(world.email.taken) == 1
    assert counted(world)[f"per_shop#{TOMORROW}"] == 1
    ordered(world, "2", customer=OLENA)
    assert world.reasons("order_received") == ["sent due", "sent due", "held limit"]


def test_what_may_have_left_counts_and_so_does_its_second_try() -> None:
    world = World(shop=a_shop(limits=Limits(sms_per_recipient=2)))
    world.sms.failures = [DOUBT]
    ordered(world, "1")
    world.until(MONDAY + timedelta(hours=1))
    assert len(world.sms.taken) == 1
    assert counted(world).items() >= by_sms(2).items()


def test_what_may_have_left_counts_again_even_where_its_second_try_had_to_wait() -> None:
    world = World(shop=a_shop(limits=Limits(sms_per_recipient=1)))
    world.sms.failures = [DOUBT]
    ordered(world, "1")
    world.send.mailroom.healths.parking.park(ChannelHealth("dobra", ChannelName.SMS), MONDAY + timedelta(hours=1))
    world.until(MONDAY + timedelta(hours=12))
    assert world.sms.taken == []
    assert world.reasons("order_received") == ["sent due", "held provider_down", "held limit"]


def test_what_a_later_limit_refuses_has_counted_nothing() -> None:
    world = World(shop=a_shop(limits=Limits(per_shop=2)))
    ordered(world, *"123456")
    assert len(world.sms.taken) == 2
    assert counted(world).items() >= by_sms(2).items()


def test_what_the_budget_refuses_has_counted_nothing() -> None:
    world = World(shop=a_shop(sms=SmsTerms(price_per_segment=Decimal("1.00"), monthly_budget=Decimal("0.50"))))
    wanted = PHONE | {"consent.sms_marketing": {"granted": True}, "birthday": "--03-20"}
    world.tell("customer.updated", None, wanted, customer_id="7")
    world.until("2026-03-14T00:00:00Z")
    assert world.reasons("birthday_week") == ["sent due", "skipped budget"]
    assert set(counted(world).values()) == {0}
    assert "recipient's hour" in counted(world)


def test_a_letter_costs_as_many_calls_as_it_has_limits_and_a_second_try_its_recipients_alone() -> None:
    world = World()
    world.sms.failures = [DOWN]
    ordered(world, "1")
    before, counters = len(world.table.calls), 3 + 2
    world.until(MONDAY + timedelta(hours=1))
    assert world.kinds == ["sms order_received"]
    writes = [call for call in world.table.calls[before:] if call == "update_item"]
    claimed_and_sent, its_hour, for_the_report = 2, 1, 1
    assert (len(counted(world)), len(writes)) == (counters, claimed_and_sent + its_hour + for_the_report)


def test_over_the_budget_marketing_by_sms_does_not_go_and_order_news_does() -> None:
    terms = SmsTerms(price_per_segment=Decimal("1.00"), monthly_budget=Decimal("0.50"))
    world = World(shop=a_shop(sms=terms))
    wanted = PHONE | {"consent.sms_marketing": {"granted": True}, "birthday": "--03-20"}
    world.tell("order.placed", {"number": "1", "total": "1.00", "items": [{}]}, wanted)
    world.until("2026-03-14T00:00:00Z")
    assert world.kinds == ["sms order_received"]
    assert world.reasons("birthday_week") == ["sent due", "skipped budget"]


class Breaking(PlainRenderer):
    broken = True

    def render(self, kind: str, locale: str, channel: str, content: Mapping[str, Any], own: str = "") -> Plain:
        if self.broken:
            raise ValueError("a template nobody tried")
        return super().render(kind, locale, channel, content)


def test_a_letter_that_cannot_be_made_is_held_and_leaves_when_it_can() -> None:
    renderer = Breaking()
    world = World(renderer=renderer)
    world.place()
    assert world.reasons("order_received") == ["sent due", "held missing_facts"]
    world.until(MONDAY + timedelta(hours=5))
    renderer.broken = False
    world.until(MONDAY + timedelta(hours=20))
    assert world.kinds == ["order_received"]
    assert 3 <= len([name for name, _ in world.log if name == "alarm"]) <= 10
