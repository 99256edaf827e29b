"""What letters promise broken on purpose, money, tables and letters of shops' own: the test that holds it fails."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest

from shopbell.domain.letter_context import delivery, opening, order_table
from shopbell.domain.rules.account import account_in
from shopbell.rendering import Renderer, formats, long_lists, markup, own_templates, renderer, typesetting, work
from tests.domain import test_order_table
from tests.rendering import (
    test_formats,
    test_hostile_letters,
    test_layout,
    test_money,
    test_order_tables,
    test_progress,
    test_typesetting,
)
from tests.rendering.languages import TEMPLATES
from tests.simulator.mutants import put

FAILURES = (AssertionError, pytest.fail.Exception)
Mutant = Callable[[ExitStack], None]


def writes_every_currency_with_cents(stack: ExitStack) -> None:
    put(stack, formats, decimals_for=lambda amount, currency: 2)


def leaves_open_what_the_lines_leave_open(stack: ExitStack) -> None:
    put(stack, order_table, _rest=lambda *of: None)


def reckons_a_line_that_the_shop_has_told(stack: ExitStack) -> None:
    put(stack, order_table, line_amount=order_table._by_price)


def lists_all_there_is(stack: ExitStack) -> None:
    put(stack, long_lists, MOST_LINES=500)


def sends_what_is_cut(stack: ExitStack) -> None:
    put(stack, renderer, MOST_HTML=10**9)


def shows_every_picture(stack: ExitStack) -> None:
    put(stack, long_lists, MOST_PICTURED=500)


def shows_the_way_of_what_was_called_off(stack: ExitStack) -> None:
    put(stack, delivery, account_in=lambda facts: replace(account_in(facts), called_off_at=None))


def lets_names_turn_what_stands_round_them(stack: ExitStack) -> None:
    put(stack, typesetting, CONTROLS="")


def takes_every_clock_for_the_shops(stack: ExitStack) -> None:
    put(stack, opening, _differs=lambda zone, moment: False)


def afresh(stack: ExitStack) -> None:
    """A renderer that has judged nothing yet."""
    put(stack, test_hostile_letters, RENDERER=Renderer(TEMPLATES))


def believes_the_source_of_an_own_letter(stack: ExitStack) -> None:
    afresh(stack)
    put(stack, own_templates, wrong_in_markup=lambda html: iter(()))


def looks_at_an_own_letter_only_when_it_is_made(stack: ExitStack) -> None:
    afresh(stack)
    put(stack, own_templates, markup_violations=lambda source, parser: ())


def looks_at_no_nesting_within_the_block(stack: ExitStack) -> None:
    afresh(stack)
    put(stack, markup, _wrong_nesting=lambda tags: iter(()))


def lets_an_own_letter_work_for_ever(stack: ExitStack) -> None:
    put(stack, work, pay=lambda context, steps: None)


def hostile(name: str) -> Callable[[], object]:
    return lambda: test_hostile_letters.test_nor_does_it_leave_where_it_stands_in_the_table_all_the_same(name)


def sum_of(*row: str) -> Callable[[], Any]:
    return lambda: test_money.test_a_sum_is_written_with_the_currencys_own_decimals(*row)


NOTICED: tuple[tuple[Mutant, Callable[[], object]], ...] = (
    (writes_every_currency_with_cents, sum_of("en", "3.575", "KWD", "KWD 3.575", "3.575 KWD")),
    (writes_every_currency_with_cents, sum_of("en", "3000", "JPY", "JP¥3,000", "3000 JPY")),
    (
        leaves_open_what_the_lines_leave_open,
        test_order_tables.test_the_lines_that_a_letter_shows_add_up_to_the_total_that_it_shows,
    ),
    (
        reckons_a_line_that_the_shop_has_told,
        lambda: test_order_table.test_what_the_lines_leave_open_is_known(
            {"items": [test_order_table.MUG | {"total": "28.00"}], "total": "28.00"}, None
        ),
    ),
    (lists_all_there_is, test_order_tables.test_a_list_that_is_too_long_has_its_first_things_at_the_least),
    (
        sends_what_is_cut,
        lambda: test_order_tables.test_no_order_makes_a_letter_that_mail_programs_cut("staff_call_unpaid", "markup"),
    ),
    (shows_every_picture, lambda: test_layout.test_up_to_ten_things_have_their_pictures_beside_them(137, 137, 0)),
    (
        shows_the_way_of_what_was_called_off,
        lambda: test_progress.test_the_steps_are_those_of_the_account_and_of_days_that_can_be(
            "placed, paid, cancelled", "Mon 02 13:00", ""
        ),
    ),
    (
        lets_names_turn_what_stands_round_them,
        lambda: test_typesetting.test_a_name_from_right_to_left_turns_nothing_round_it("\u202eHill", "Hill"),
    ),
    (
        takes_every_clock_for_the_shops,
        lambda: test_formats.test_a_zone_is_told_by_its_distance("Europe/London", "UTC+0"),
    ),
    (believes_the_source_of_an_own_letter, test_hostile_letters.test_a_fact_that_is_no_link_makes_no_link),
    (looks_at_an_own_letter_only_when_it_is_made, hostile("an image that tells who reads")),
    (looks_at_no_nesting_within_the_block, hostile("a cell beside the card")),
    (
        lets_an_own_letter_work_for_ever,
        test_hostile_letters.test_a_letter_takes_no_more_work_than_its_budget_however_large_the_order,
    ),
)


@pytest.mark.parametrize(("mutant", "test"), NOTICED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_promise_of_letters_broken_on_purpose_is_noticed(mutant: Mutant, test: Callable[[], object]) -> None:
    test()
    with ExitStack() as stack:
        mutant(stack)
        with pytest.raises(FAILURES):
            test()
