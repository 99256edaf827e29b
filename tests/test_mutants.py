"""Guarantees broken on purpose that no story of the simulator shows: the test that holds each of them fails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shopbell import bootstrap, observability
from shopbell.configuration.mobile_numbers import MobileNumbers
from shopbell.dialects import native
from shopbell.domain.deciding import agenda, ruling_out
from shopbell.domain.deciding.marketing_places import Places
from shopbell.domain.deciding.turns import Recent
from shopbell.domain.letter_context import common, names
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType
from shopbell.domain.model.shop import Shop
from shopbell.domain.model.state import Conflict
from shopbell.domain.rules import conditions, days, erasure, parcels, promises
from shopbell.rendering import cards
from shopbell.schema import phones
from shopbell.service.delivery import claim, counting, judge, marketing
from shopbell.service.delivery.feedback import RecordFeedback
from shopbell.service.delivery.limits import LetterLimits
from shopbell.service.door import receive
from shopbell.service.pages.customer_page import CustomerPage
from shopbell.service.subjects import belongings, identity, planning, react, withdrawals
from shopbell.storage import ends, secrets, session, session_reads
from shopbell.storage.items import version_of
from shopbell.storage.recents import Recents
from shopbell.storage.session import Session
from shopbell.storage.store import Store
from shopbell.storage.table import Item, Table, Write, plain
from tests import test_observability, test_waiting
from tests.batch_mutants import BATCH_MUTANTS
from tests.dialects import test_people, test_wrong_events
from tests.domain import test_agenda, test_days
from tests.domain import test_parcels as test_order_parcels
from tests.rendering import test_cards
from tests.service import (
    test_allowance,
    test_customer_page,
    test_forgetting,
    test_holidays,
    test_one_person,
    test_parcels,
    test_receive,
    test_recipients,
    test_reminders,
    test_retention,
    test_strangers,
    test_unheard,
)
from tests.simulator.mutants import put
from tests.simulator.stage import stage
from tests.storage import test_reads, test_recents, test_secrets
from tests.test_former_version import goes_on_where_the_former_version_wrote_beside

FAILURES = (AssertionError, ClientError, Conflict, ValueError, pytest.fail.Exception)
FLOWERS = ("1-800-FLOWERS", "US")
Mutant = Callable[[ExitStack], None]


def puts_off_the_whole_subject_for_one_row(stack: ExitStack) -> None:
    once = agenda._once

    def all_or_none(looked: Any, rows: Any, now: Any) -> Any:
        after = once(looked, rows, now)
        return replace(looked, raised=after.raised) if after.raised else after

    put(stack, agenda, _once=all_or_none)


def looks_at_the_version_of_every_write(stack: ExitStack) -> None:
    for place in (session, session_reads):
        put(stack, place, unchanged=lambda key, item: Write(key, None, version_of(item)))


def forgets_what_the_former_version_had_to_come(stack: ExitStack) -> None:
    put(stack, Session, _former_dues=lambda self, partition: [])


def reads_the_first_page_of_a_query(stack: ExitStack) -> None:
    def first(self: Table, **request: Any) -> Iterator[Item]:
        yield from map(plain, self.client.query(TableName=self.name, **request)["Items"])

    put(stack, Table, _pages=first)


def drops_the_keys_that_were_not_processed(stack: ExitStack) -> None:
    def once(self: Table, keys: Any) -> Any:
        wanted = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in keys]
        request = {self.name: {"Keys": wanted, "ConsistentRead": True}}
        answer = self.client.batch_get_item(RequestItems=request)["Responses"][self.name]
        return {(str(item["pk"]), str(item["sk"])): item for item in map(plain, answer)}

    put(stack, Table, get=once)


def reads_a_partition_as_it_was_a_second_ago(stack: ExitStack) -> None:
    pages = Table._pages
    put(stack, Table, _pages=lambda self, **request: pages(self, **request | {"ConsistentRead": False}))


def keeps_the_wording_of_a_consent_of_the_forgotten(stack: ExitStack) -> None:
    removed = erasure.removed_fields

    def but_what_was_agreed(paths: Any, erased_at: str) -> Any:
        return removed([path for path in paths if not path.startswith("agreed.")], erased_at)

    put(stack, erasure, removed_fields=but_what_was_agreed)


def asks_whoever_clicks_to_come_again(stack: ExitStack) -> None:
    put(stack, CustomerPage, _queued=lambda self, visit, token, error, now: self._later(visit))


def drops_a_click_that_waited(stack: ExitStack) -> None:
    put(stack, react, MERGES={**react.MERGES, EventType.CUSTOMER_UNSUBSCRIBED: lambda work, event: []})


def counts_a_click_from_when_it_is_worked_off(stack: ExitStack) -> None:
    once = withdrawals.withdraw
    later = lambda work, event: once(work, replace(event, timestamp=work.now, received_at=work.now))
    put(stack, react, MERGES={**react.MERGES, EventType.CUSTOMER_UNSUBSCRIBED: later})


def takes_back_what_was_agreed_to_since_a_click(stack: ExitStack) -> None:
    put(stack, withdrawals, _agreed_since=lambda customer, purpose, asked: False)


def waits_for_a_silent_table_longer_than_the_function_lasts(stack: ExitStack) -> None:
    stage()._customer_page.cache_clear()
    stack.callback(stage()._customer_page.cache_clear)
    put(stack, bootstrap, PROMPT=bootstrap.ORDINARY)


def asks_for_secrets_before_it_looks_at_the_headers(stack: ExitStack) -> None:
    def at_once(secrets: Any, verify: Any, request: Any) -> Any:
        return verify(secrets.of(request.shop, "native"), request.headers, request.body, request.now)

    put(stack, receive, authenticate=at_once)


def asks_for_every_shop_that_is_invented(stack: ExitStack) -> None:
    put(stack, secrets.Allowance, spend=lambda self, now: True)


def reminds_of_a_first_try_that_was_paid_otherwise(stack: ExitStack) -> None:
    put(stack, conditions, paid_instead=lambda facts: None)


def reminds_while_a_complaint_is_open(stack: ExitStack) -> None:
    put(stack, Customer, open_complaint_about=lambda self, order: "")


def leaves_each_reminder_alone(stack: ExitStack) -> None:
    put(stack, planning, gathered_at=lambda facts, step, now: step.due_at)


def says_what_another_sender_took(stack: ExitStack) -> None:
    def all_of_them(mailroom: Any, ready: Any) -> Any:
        return [each for each in ready if claim._is_claimed(mailroom, each)] and ready

    put(stack, claim, _claims=all_of_them)


def hears_of_the_first_message_of_a_letter_alone(stack: ExitStack) -> None:
    put(stack, RecordFeedback, _along=lambda self, said_in, feedback, now: None)


IN_SILENCE = test_waiting.test_a_click_is_not_lost_in_the_silence_of_the_table


def counts_each_id_of_a_person_alone(stack: ExitStack) -> None:
    put(stack, marketing, _person=lambda facts, channel: facts.customer.key)


def tells_nobody_of_news_that_was_never_planned(stack: ExitStack) -> None:
    put(stack, agenda, with_unheard_news=lambda facts, steps, now: facts)


def looks_again_and_says_nothing_of_a_dead_contact(stack: ExitStack) -> None:
    put(stack, judge, NO_WAY=frozenset())


def keeps_what_was_written_when_a_contact_can_be_read(stack: ExitStack) -> None:
    put(stack, identity, without_old_writing=lambda record: record)


def takes_a_word_for_digits(stack: ExitStack) -> None:
    """As telephones do: 0800-FLOWERS."""
    read = phones._numbers
    put(stack, phones, _numbers=lambda part, region: filter(None, [*read(part, region), phones._valid(part, region)]))


def drops_what_an_event_hangs_on(stack: ExitStack) -> None:
    put(stack, native, FIRM={})


def counts_the_hour_of_the_clock(stack: ExitStack) -> None:
    def at(self: Recent, now: Any) -> Recent:
        left = {name: at for name, at in self.left.items() if f"{at:%d %H}" == f"{now:%d %H}"}
        return replace(self, left=left)

    put(stack, Recent, at=at)


def counts_whoever_else_counts(stack: ExitStack) -> None:
    save = Recents.save
    put(stack, Recents, save=lambda self, *of: save(Recents(Blind(self.table.client, self.table.name)), *of))


class Blind(Table):
    """Writes whatever was written meanwhile."""

    def update(self, key: Any, change: str, condition: str, values: Any, *, returns: bool = False) -> Item:
        blind = {name: value for name, value in values.items() if name != "v"}
        return super().update(key, change, "attribute_not_exists(z)", blind, returns=returns)


def counts_each_spelling_of_an_address(stack: ExitStack) -> None:
    put(stack, counting, mailbox=lambda address: address)


def lets_the_last_that_came_go_first(stack: ExitStack) -> None:
    put(stack, Recent, with_turn=lambda self, turn, now: self.at(now))


def counts_what_did_not_leave(stack: ExitStack) -> None:
    put(stack, LetterLimits, _give_share_back=lambda self, shop, share, is_taken: None)


def takes_every_number_for_a_mobile_one(stack: ExitStack) -> None:
    put(stack, MobileNumbers, __contains__=lambda self, number: True)


def tells_names_as_they_come(stack: ExitStack) -> None:
    put(stack, names, told_name=lambda text: text)


def tells_numbers_as_they_come(stack: ExitStack) -> None:
    put(stack, common, told_number=lambda text, otherwise: text)


def spends_more_on_sms_and_says_nothing(stack: ExitStack) -> None:
    put(stack, LetterLimits, _take_over=lambda self, shop, count, now: True)


def empties_the_fields_of_a_list_alone(stack: ExitStack) -> None:
    removed = erasure.removed_fields

    def listed(paths: Any, erased_at: str) -> Any:
        return removed([path for path in paths if path in erasure.CUSTOMER_FIELDS], erased_at)

    put(stack, erasure, removed_fields=listed)


def forgets_no_complaint_of_an_order(stack: ExitStack) -> None:
    pointers = Store.complaint_pointers
    put(
        stack,
        Store,
        complaint_pointers=lambda self, shop, owner: () if owner.startswith("order/") else pointers(self, shop, owner),
    )


def keeps_the_names_of_parcels(stack: ExitStack) -> None:
    put(stack, erasure, unnamed=lambda name: name)


def keeps_the_guests_who_have_a_contact_of_the_forgotten(stack: ExitStack) -> None:
    put(stack, belongings, contacts_known=lambda *asked: iter(()))


def keeps_the_units_of_the_forgotten(stack: ExitStack) -> None:
    put(stack, Session, forget_units=lambda self, customer, until: None)


def keeps_things_no_shorter_than_it_once_did(stack: ExitStack) -> None:
    put(stack, ends, _SKEW=timedelta(days=36500))


def writes_to_who_has_ended(stack: ExitStack) -> None:
    put(stack, session_reads, has_ended=lambda item, now: False)


def logs_an_id_as_it_is(stack: ExitStack) -> None:
    put(stack, observability, loggable=lambda text: text)


def tells_every_day_as_it_came(stack: ExitStack) -> None:
    put(stack, days, consistent=lambda told, left_on=None: told)
    put(stack, promises, consistent=lambda told, left_on=None: told)


def ends_an_arrival_with_the_shops_own_day(stack: ExitStack) -> None:
    at_home = lambda name, day, facts, parcel=None: facts.shop.calendar.end_of(day)
    put(stack, days, end_of=at_home)
    put(stack, promises, end_of=at_home)


def takes_silence_for_lateness(stack: ExitStack) -> None:
    put(stack, Shop, tells_deliveries=True)


def takes_the_first_parcel_for_the_order(stack: ExitStack) -> None:
    put(stack, parcels, rest=lambda order: {})


def takes_one_parcels_news_for_anothers(stack: ExitStack) -> None:
    put(stack, ruling_out, happened_to=lambda order, event, name: order.last(event))


def sends_what_is_digital(stack: ExitStack) -> None:
    put(stack, conditions, is_sent=lambda order: True)


def writes_a_card_to_each_id(stack: ExitStack) -> None:
    put(stack, Places, is_anothers=lambda self, name, keys: False)


def sells_in_a_card(stack: ExitStack) -> None:
    put(stack, cards, sold=lambda text, selling: "")


NOTICED: tuple[tuple[Mutant, Callable[[], object]], ...] = (
    (
        puts_off_the_whole_subject_for_one_row,
        lambda: test_agenda.test_a_row_that_raises_delays_no_other_and_is_put_off_longer_each_time(
            (test_agenda.GOOD, test_agenda.BAD)
        ),
    ),
    (looks_at_the_version_of_every_write, test_reads.test_a_check_asks_what_is_known_and_not_what_comes_next),
    (forgets_what_the_former_version_had_to_come, goes_on_where_the_former_version_wrote_beside),
    *BATCH_MUTANTS,
    (reads_the_first_page_of_a_query, test_reads.test_a_query_reads_every_page),
    (drops_the_keys_that_were_not_processed, test_reads.test_what_dynamodb_did_not_get_round_to_is_asked_for_again),
    (reads_a_partition_as_it_was_a_second_ago, test_reads.test_a_query_reads_every_page),
    (writes_a_card_to_each_id, test_holidays.test_three_ids_with_one_address_get_one_card_and_no_offer_beside_it),
    (sells_in_a_card, lambda: test_cards.test_a_shops_own_card_sells_nothing(*test_cards.SOLD[0])),
    (counts_each_id_of_a_person_alone, test_one_person.test_three_ids_with_one_address_have_one_birthday_a_year),
    (
        tells_nobody_of_news_that_was_never_planned,
        test_unheard.test_whoever_left_no_contact_at_all_is_the_staffs_to_find,
    ),
    (
        looks_again_and_says_nothing_of_a_dead_contact,
        test_unheard.test_a_contact_that_became_useless_while_its_letter_waited_is_the_staffs_business,
    ),
    (
        keeps_what_was_written_when_a_contact_can_be_read,
        test_unheard.test_a_contact_that_cannot_be_read_is_shown_as_it_was_written_until_another_comes,
    ),
    (takes_a_word_for_digits, lambda: test_people.test_what_is_no_phone_or_nobody_can_have_is_unreadable(*FLOWERS)),
    (drops_what_an_event_hangs_on, test_wrong_events.test_an_erasure_names_its_customer_readably),
    (counts_the_hour_of_the_clock, test_recipients.test_the_sixty_minutes_are_no_hour_of_the_clock),
    (counts_whoever_else_counts, test_recents.test_however_many_count_at_once_no_more_than_ten_leave),
    (counts_each_spelling_of_an_address, test_recipients.test_three_customers_with_one_address_are_one_person),
    (lets_the_last_that_came_go_first, test_recipients.test_order_news_goes_before_a_greeting_that_waited_longer),
    (counts_what_did_not_leave, test_allowance.test_what_the_budget_refuses_has_counted_nothing),
    (
        takes_every_number_for_a_mobile_one,
        lambda: test_recipients.test_sms_go_to_mobile_numbers_of_the_shops_countries_alone(
            "+380445550101", ["skipped no_contact"]
        ),
    ),
    (tells_names_as_they_come, test_strangers.test_a_letter_says_who_and_where_without_the_links),
    (tells_numbers_as_they_come, test_strangers.test_a_letter_says_who_and_where_without_the_links),
    (
        spends_more_on_sms_and_says_nothing,
        test_recipients.test_order_news_over_the_budget_wakes_somebody_once_a_day,
    ),
    (
        keeps_the_wording_of_a_consent_of_the_forgotten,
        test_forgetting.test_what_a_person_was_shown_when_they_agreed_goes_with_them,
    ),
    (asks_whoever_clicks_to_come_again, IN_SILENCE),
    (drops_a_click_that_waited, IN_SILENCE),
    (counts_a_click_from_when_it_is_worked_off, IN_SILENCE),
    (waits_for_a_silent_table_longer_than_the_function_lasts, IN_SILENCE),
    (
        takes_back_what_was_agreed_to_since_a_click,
        test_customer_page.test_who_agreed_in_the_shop_after_their_click_has_agreed_and_a_decision_says_so,
    ),
    (
        reminds_of_a_first_try_that_was_paid_otherwise,
        test_reminders.test_whoever_paid_since_for_the_same_things_is_not_reminded_of_the_first_try,
    ),
    (
        reminds_while_a_complaint_is_open,
        test_reminders.test_a_complaint_that_outlasts_the_window_is_why_no_reminder_came,
    ),
    (leaves_each_reminder_alone, lambda: test_reminders.test_reminders_that_fall_in_one_hour_are_one_letter(20)),
    (says_what_another_sender_took, test_reminders.test_two_senders_at_once_say_nothing_twice),
    (
        hears_of_the_first_message_of_a_letter_alone,
        test_reminders.test_what_the_provider_reports_of_the_letter_is_so_of_each,
    ),
    (asks_for_secrets_before_it_looks_at_the_headers, lambda: test_receive.test_a_stranger_costs_no_call({})),
    (
        asks_for_every_shop_that_is_invented,
        test_secrets.test_who_invents_shops_keeps_no_parameter_store_busy_and_no_known_shop_waiting,
    ),
    (
        empties_the_fields_of_a_list_alone,
        test_forgetting.test_whatever_is_known_of_a_customer_goes_also_what_no_list_names,
    ),
    (
        forgets_no_complaint_of_an_order,
        test_forgetting.test_a_complaint_about_an_order_that_comes_later_goes_with_whose_order_it_is,
    ),
    (
        keeps_the_names_of_parcels,
        test_forgetting.test_the_number_of_a_parcel_goes_and_the_parcel_is_not_another_one_by_it,
    ),
    (
        keeps_the_guests_who_have_a_contact_of_the_forgotten,
        test_forgetting.test_a_number_that_rang_before_anybody_knew_whose_it_was_goes_with_them,
    ),
    (
        keeps_the_units_of_the_forgotten,
        test_forgetting.test_units_and_the_places_of_letters_go_and_a_late_refund_brings_none_back,
    ),
    (
        keeps_things_no_shorter_than_it_once_did,
        lambda: test_retention.test_a_shop_that_keeps_things_for_another_time_does_so_from_the_next_word_on(200),
    ),
    (
        writes_to_who_has_ended,
        test_retention.test_who_has_ended_and_orders_again_begins_anew,
    ),
    (tells_every_day_as_it_came, test_days.test_no_letter_of_random_orders_tells_a_day_that_cannot_be),
    (ends_an_arrival_with_the_shops_own_day, test_days.test_no_letter_of_random_orders_tells_a_day_that_cannot_be),
    (takes_silence_for_lateness, test_days.test_no_letter_of_random_orders_tells_a_day_that_cannot_be),
    (
        takes_the_first_parcel_for_the_order,
        test_order_parcels.test_an_order_is_delivered_when_all_that_was_ordered_is_and_not_before,
    ),
    (
        takes_one_parcels_news_for_anothers,
        test_parcels.test_a_parcel_that_was_collected_says_nothing_of_the_next,
    ),
    (sends_what_is_digital, lambda: test_parcels.digital_is_not_sent({"items": test_parcels.DIGITAL})),
    (logs_an_id_as_it_is, test_observability.test_an_address_as_an_id_is_not_logged),
)


@pytest.mark.parametrize(("mutant", "test"), NOTICED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_guarantee_broken_on_purpose_is_noticed(mutant: Mutant, test: Callable[[], object]) -> None:
    test()
    with ExitStack() as stack:
        mutant(stack)
        with pytest.raises(FAILURES):
            test()
