"""Guarantees of a batch broken on purpose, each with the test that holds it."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

from shopbell.service.delivery import send
from shopbell.service.delivery.send import Turn
from shopbell.service.subjects import react
from shopbell.storage.ledger import Ledger
from shopbell.storage.store import Store
from tests.service import test_batches, test_look
from tests.simulator.mutants import put


def looks_before_it_claims(stack: ExitStack) -> None:
    claimed, looked = Turn._claimed, Turn._looked
    put(stack, Turn, _claimed=lambda self, letters: claimed(self, looked(self, letters)))
    put(stack, Turn, _looked=lambda self, letters: letters)


def takes_a_failed_look_for_a_doubt(stack: ExitStack) -> None:
    put(stack, Ledger, put_back=lambda self, message, until, look_at: self.reopen(message, until))


def marks_when_all_have_answered(stack: ExitStack) -> None:
    take, sent = Turn.take, Ledger.sent
    marks: list[Callable[[], None]] = []

    def then_marked(self: Turn) -> None:
        take(self)
        while marks:
            marks.pop(0)()

    put(stack, Ledger, sent=lambda self, *of: marks.append(partial(sent, self, *of)))
    put(stack, Turn, take=then_marked)


def claims_more_than_has_a_thread(stack: ExitStack) -> None:
    put(stack, send, SIZE=100)


def takes_all_events_at_once(stack: ExitStack) -> None:
    put(stack, react, grouped=lambda touched: [[number] for number in range(len(touched))])


def reads_a_pause_once(stack: ExitStack) -> None:
    still_so = Store.still_so

    def whatever_is_paused(self: Store, sessions: Any) -> Any:
        pauses: Any = self.shops({shop.id for _, shop in sessions})
        return still_so(self, [(session, pauses[shop.id]) for session, shop in sessions])

    put(stack, Store, still_so=whatever_is_paused)


BATCH_MUTANTS: tuple[tuple[Callable[[ExitStack], None], Callable[[], None]], ...] = (
    (
        looks_before_it_claims,
        test_look.test_a_reminder_whose_order_is_paid_between_claim_and_call_does_not_leave,
    ),
    (
        takes_a_failed_look_for_a_doubt,
        test_look.test_it_is_looked_at_again_two_seconds_later_and_leaves_where_it_is_still_true,
    ),
    (marks_when_all_have_answered, test_batches.test_each_letter_is_marked_as_soon_as_it_is_answered),
    (claims_more_than_has_a_thread, test_batches.test_no_more_is_claimed_than_has_a_thread),
    (
        takes_all_events_at_once,
        test_batches.test_what_is_told_of_one_order_comes_one_after_another_in_the_order_in_which_it_happened,
    ),
    (reads_a_pause_once, test_look.test_a_shop_that_is_paused_between_claim_and_call_sends_no_mailing),
)
