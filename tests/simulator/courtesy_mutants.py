"""Guarantees of what goes on around the orders, broken on purpose."""

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from shopbell.domain.model.bonus import Entry
from shopbell.domain.model.customer import Customer
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.vocabulary import SubjectKind
from shopbell.domain.rules import conditions, days, triggers
from shopbell.domain.rules.bonus import owing
from shopbell.domain.rules.conditions import Condition, no_complaint
from shopbell.domain.rules.moments import OnHoliday
from shopbell.domain.time.calendar import WorkingCalendar
from shopbell.service.delivery.late_facts import LateFactsReader
from shopbell.service.subjects import bonuses, erase, identity, planning
from shopbell.storage.ledger import Ledger
from shopbell.storage.store import Store
from tests.simulator.mutants import forget_the_steps_of, put


def asks_for_a_review_in_the_midst_of_a_complaint(stack: ExitStack) -> None:
    def holds(self: Condition, facts: Any, trigger: Any) -> str:
        return "" if self is no_complaint else self.check(facts, trigger)

    put(stack, Condition, __call__=holds)


def advertises_in_the_midst_of_a_complaint(stack: ExitStack) -> None:
    put(stack, Customer, open_complaint="")


def does_not_hear_a_refusal(stack: ExitStack) -> None:
    put(stack, identity, refuses=lambda event: False)


def counts_the_nights_as_working_time(stack: ExitStack) -> None:
    def plain(self: WorkingCalendar, moment: datetime, left: timedelta) -> datetime:
        return moment + left

    put(stack, WorkingCalendar, add_working_time=plain)


def urges_whoever_has_called(stack: ExitStack) -> None:
    put(stack, conditions, _called=lambda facts, kinds, trigger, outcomes: "")


def lets_a_call_come_back_for_ever(stack: ExitStack) -> None:
    put(stack, triggers, MOST_CALLS=99)


def tells_a_task_again_with_each_event(stack: ExitStack) -> None:
    def ever_anew(shop: str, kind: str, *rest: Any) -> str:
        name = message_id(shop, kind, *rest)
        return name[:24] + secrets.token_hex(4) if kind.startswith("staff_") else name

    put(stack, planning, message_id=ever_anew)
    forget_the_steps_of(stack, lambda row: row.is_task and not row.sweep)


def holds_to_the_first_date_that_was_told(stack: ExitStack) -> None:
    put(stack, days, last_delay=lambda order, shop: None)


def stores_a_code_after_its_letter(stack: ExitStack) -> None:
    waiting: list[Callable[[], None]] = []
    issue, sent = Store.issue, Ledger.sent

    def later(self: Store, *coupon: Any) -> None:
        waiting.append(partial(issue, self, *coupon))

    def both(self: Ledger, *rest: Any, **more: Any) -> None:
        sent(self, *rest, **more)
        while waiting:
            waiting.pop()()

    put(stack, Store, issue=later)
    put(stack, Ledger, sent=both)


def makes_up_a_code_each_time(stack: ExitStack) -> None:
    letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
    codes = lambda shop, name: ["".join(secrets.choice(letters) for _ in range(8))]
    looked_up = LateFactsReader.__call__

    def anew(self: Any, *rest: Any) -> Any:
        return looked_up(replace(self, personal_codes=codes), *rest)

    put(stack, LateFactsReader, __call__=anew)


def counts_an_order_with_each_event(stack: ExitStack) -> None:
    def anew(order: Any, account: Any, known: Any, *rest: Any) -> Entry | None:
        found = owing(order, account, (), *rest)
        return found and replace(found, name=f"{found.name}#{secrets.token_hex(4)}")

    put(stack, bonuses, owing=anew)


def keeps_the_complaints_of_the_forgotten(stack: ExitStack) -> None:
    forget = erase._forget

    def orders_alone(session: Any, subject: Any, at: str, owner: str) -> None:
        if subject.entity.kind is SubjectKind.ORDER:
            forget(session, subject, at, owner)

    put(stack, erase, _forget=orders_alone)


def greets_the_day_after(stack: ExitStack) -> None:
    put(stack, OnHoliday, __call__=lambda self, facts, trigger: trigger.at + timedelta(hours=34))


def greets_beside_the_birthday(stack: ExitStack) -> None:
    put(stack, conditions, _birthday_of=lambda facts, letter, trigger: "")


def forgets_a_holiday(stack: ExitStack) -> None:
    put(stack, triggers.Holidays, __call__=lambda self, facts, now: iter(()))


COURTESY_MUTANTS = (
    *(greets_the_day_after, greets_beside_the_birthday, forgets_a_holiday),
    asks_for_a_review_in_the_midst_of_a_complaint,
    advertises_in_the_midst_of_a_complaint,
    does_not_hear_a_refusal,
    counts_the_nights_as_working_time,
    urges_whoever_has_called,
    lets_a_call_come_back_for_ever,
    tells_a_task_again_with_each_event,
    holds_to_the_first_date_that_was_told,
    stores_a_code_after_its_letter,
    makes_up_a_code_each_time,
    counts_an_order_with_each_event,
    keeps_the_complaints_of_the_forgotten,
)
