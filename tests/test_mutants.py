"""Guarantees broken on purpose that no story of the simulator shows: the test that holds each of them fails."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shopbell.domain.deciding import agenda
from shopbell.domain.model.state import Conflict
from shopbell.domain.rules import erasure
from shopbell.storage import session
from shopbell.storage.items import version_of
from shopbell.storage.session import Session
from shopbell.storage.table import Item, Table, Write, plain
from tests.domain import test_agenda
from tests.service import test_forgetting
from tests.simulator.mutants import put
from tests.storage import test_reads
from tests.test_former_version import goes_on_where_the_former_version_wrote_beside

FAILURES = (AssertionError, ClientError, Conflict, ValueError)
Mutant = Callable[[ExitStack], None]


def puts_off_the_whole_subject_for_one_row(stack: ExitStack) -> None:
    once = agenda._once

    def all_or_none(looked: Any, rows: Any, now: Any) -> Any:
        after = once(looked, rows, now)
        return replace(looked, raised=after.raised) if after.raised else after

    put(stack, agenda, _once=all_or_none)


def looks_at_the_version_of_every_write(stack: ExitStack) -> None:
    put(stack, session, _unchanged=lambda key, item: Write(key, None, version_of(item)))


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
    fields = tuple(name for name in erasure.CUSTOMER_FIELDS if not name.startswith("agreed."))
    put(stack, erasure, CUSTOMER_FIELDS=fields)


NOTICED: tuple[tuple[Mutant, Callable[[], object]], ...] = (
    (
        puts_off_the_whole_subject_for_one_row,
        lambda: test_agenda.test_a_row_that_raises_delays_no_other_and_is_put_off_longer_each_time(
            (test_agenda.GOOD, test_agenda.BAD)
        ),
    ),
    (looks_at_the_version_of_every_write, test_reads.test_a_check_asks_what_is_known_and_not_what_comes_next),
    (forgets_what_the_former_version_had_to_come, goes_on_where_the_former_version_wrote_beside),
    (reads_the_first_page_of_a_query, test_reads.test_a_query_reads_every_page),
    (drops_the_keys_that_were_not_processed, test_reads.test_what_dynamodb_did_not_get_round_to_is_asked_for_again),
    (reads_a_partition_as_it_was_a_second_ago, test_reads.test_a_query_reads_every_page),
    (
        keeps_the_wording_of_a_consent_of_the_forgotten,
        test_forgetting.test_what_a_person_was_shown_when_they_agreed_goes_with_them,
    ),
)


@pytest.mark.parametrize(("mutant", "test"), NOTICED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_guarantee_broken_on_purpose_is_noticed(mutant: Mutant, test: Callable[[], object]) -> None:
    test()
    with ExitStack() as stack:
        mutant(stack)
        with pytest.raises(FAILURES):
            test()
