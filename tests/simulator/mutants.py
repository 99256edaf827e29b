"""Guarantees broken on purpose, each in the place of the product that keeps it: the simulator has to notice."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from shopbell import entry
from shopbell.domain.deciding import agenda, decide, reach, ruling_out
from shopbell.domain.journeys import BY_NAME
from shopbell.domain.journeys.row import Journey
from shopbell.domain.model import state
from shopbell.domain.model.agenda import Agenda, NextStep
from shopbell.domain.model.ids import message_id
from shopbell.domain.model.vocabulary import Outcome, Reason
from shopbell.domain.rules.consent import consent
from shopbell.service.delivery import judge, outbox
from shopbell.service.subjects import customers, merging, planning
from shopbell.storage import heads, keys, ledger, table
from shopbell.storage.ledger import Ledger
from shopbell.storage.session import Session
from shopbell.storage.table import Item, Table

Mutant = Callable[[ExitStack], None]


def put(stack: ExitStack, place: Any, **changes: Any) -> None:
    for name, value in changes.items():
        stack.enter_context(patch.object(place, name, value))


def sends_before_it_claims(stack: ExitStack) -> None:
    """The claim is written only once the provider has answered."""
    claim, sent = Ledger.claim, Ledger.sent
    kept: dict[str, Callable[[], None]] = {}

    def later(self: Ledger, message: Any, *rest: Any, **more: Any) -> None:
        kept[message.id] = partial(claim, self, message, *rest, **more)

    def both(self: Ledger, message: Any, *rest: Any, **more: Any) -> None:
        kept.pop(message.id)()
        sent(self, message, *rest, **more)

    put(stack, Ledger, claim=later, sent=both)


def claims_without_condition(stack: ExitStack) -> None:
    rise = Table.update

    def update(
        self: Table, key: Any, change: str, condition: str, values: Mapping[str, Any], *, returns: bool = False
    ) -> Item:
        if "#status = :from" in condition:
            condition, values = "attribute_exists(pk)", {n: v for n, v in values.items() if f":{n}" in change}
        return rise(self, key, change, condition, values, returns=returns)

    put(stack, Table, update=update)


def writes_without_versions(stack: ExitStack) -> None:
    """Whoever writes last wins."""
    condition = table._condition
    put(
        stack,
        table,
        _condition=lambda write: condition(replace(write, version=None if write.version else write.version)),
    )


def leaves_whatever_was_written_meanwhile(stack: ExitStack) -> None:
    put(stack, Session, seen=lambda self: [])


def ignores_the_window(stack: ExitStack) -> None:
    put(stack, Journey, closes=lambda self, facts, trigger, start: start + timedelta(days=3650))


def looks_at_the_last_step_first(stack: ExitStack) -> None:
    def last(coming: Iterable[NextStep]) -> NextStep | None:
        return max(coming, key=lambda step: step.at, default=None)

    put(stack, agenda, earliest=last)


def ignores_the_send_hours(stack: ExitStack) -> None:
    put(stack, decide, next_send_moment=lambda moment, hours, zone: moment)


def does_not_look_again_before_sending(stack: ExitStack) -> None:
    def still(facts: Any, message: Any, trigger: Any, now: datetime) -> Any:
        step_decisions = decide.judge(facts, BY_NAME[message.name], trigger, now)
        return replace(
            step_decisions[0], outcome=Outcome.SENT, reason=Reason.DUE, channel=message.channel, until=message.until
        )

    put(stack, judge, _verdict=still)


def names_each_message_anew(stack: ExitStack) -> None:
    put(stack, planning, message_id=lambda *parts: message_id(*parts)[:24] + secrets.token_hex(4))
    forget_the_steps_of(stack, lambda row: not row.sweep)


def forget_the_steps_of(stack: ExitStack, forgotten: Callable[[Journey], bool]) -> None:
    """Of these rows nobody remembers from one look to the next what was decided."""
    remembered = heads._agenda

    def forgetful(head: Any, document: Any) -> Agenda:
        agenda = remembered(head, document)
        steps = agenda.decided.items()
        return replace(agenda, decided={k: v for k, v in steps if not forgotten(BY_NAME[k.partition("|")[0]])})

    put(stack, heads, _agenda=forgetful)


def forgets_who_withdrew(stack: ExitStack) -> None:
    put(
        stack,
        reach,
        consent=lambda customer, contact, purpose: consent(
            replace(customer, withdrawn={}), replace(contact, withdrawn={}), purpose
        ),
    )


def tries_marketing_again_after_a_doubt(stack: ExitStack) -> None:
    put(stack, outbox, may_go_again=lambda message: message.doubts < 2)


def tries_any_sms_again_after_a_doubt(stack: ExitStack) -> None:
    put(stack, outbox, may_go_again=lambda message: message.doubts < 2 and message.message_class in outbox.ONCE_MORE)


def waits_a_minute_for_what_a_provider_reports(stack: ExitStack) -> None:
    for place in (outbox, planning, state):
        put(stack, place, LEASE=timedelta(minutes=1))


def never_tries_again_after_a_doubt(stack: ExitStack) -> None:
    put(stack, outbox, may_go_again=lambda message: False)


def acknowledges_what_failed(stack: ExitStack) -> None:
    put(stack, entry, _answered=lambda names, failed: {"batchItemFailures": []})


def leaves_what_is_sent_in_the_index(stack: ExitStack) -> None:
    put(stack, ledger, _OFF_THE_INDEX="")


def takes_what_is_claimed_off_the_index(stack: ExitStack) -> None:
    rise = Ledger._rise

    def early(self: Ledger, message: Any, change: str, values: Any, *rest: Any, **more: Any) -> None:
        claim = "claimed_at" in change
        rise(self, message, f"{change} REMOVE due_pk, due_at" if claim else change, values, *rest, **more)

    put(stack, Ledger, _rise=early)


def never_rings_again(stack: ExitStack) -> None:
    put(stack, outbox.Outbox, _look=lambda self, places, gathering, now: None)


def mixes_the_shops(stack: ExitStack) -> None:
    """One shop's order is found under another's key."""

    def mixed(shop: str, order: str) -> str:
        return f"dobra#order#{keys.encoded(order)}"

    put(stack, keys, order_partition=mixed, _PARTITIONS={**keys._PARTITIONS, "order": mixed})


def decides_on_old_news(stack: ExitStack) -> None:
    """Nothing is superseded any more."""
    put(stack, ruling_out, _newer_news=lambda facts, journey, trigger: None)


def hears_what_was_said_before_the_forgetting(stack: ExitStack) -> None:
    for place in (merging, customers):
        put(stack, place, erased_since=lambda *asked: "")


MUTANTS: tuple[Mutant, ...] = (
    sends_before_it_claims,
    claims_without_condition,
    writes_without_versions,
    leaves_whatever_was_written_meanwhile,
    ignores_the_window,
    looks_at_the_last_step_first,
    ignores_the_send_hours,
    does_not_look_again_before_sending,
    names_each_message_anew,
    forgets_who_withdrew,
    tries_marketing_again_after_a_doubt,
    tries_any_sms_again_after_a_doubt,
    waits_a_minute_for_what_a_provider_reports,
    never_tries_again_after_a_doubt,
    acknowledges_what_failed,
    leaves_what_is_sent_in_the_index,
    takes_what_is_claimed_off_the_index,
    never_rings_again,
    mixes_the_shops,
    decides_on_old_news,
    hears_what_was_said_before_the_forgetting,
)


@contextmanager
def broken_on_purpose(mutant: Mutant) -> Iterator[None]:
    with ExitStack() as stack:
        mutant(stack)
        yield
