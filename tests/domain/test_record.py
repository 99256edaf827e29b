"""Events may come twice, late and in any order: what is known in the end is the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from shopbell.domain.model.events import Event
from shopbell.domain.model.history import record_of_event
from shopbell.domain.model.order import Order, changes_of
from shopbell.domain.model.record import Record

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
PATHS = ("number", "total", "payment.method", "delivery.tracking_number")
TYPES = ("order.placed", "order.paid", "order.shipped", "order.delayed", "order.refunded")


def an_event(number: int, minutes: int, kind: str, changes: dict[str, str | None], name: str) -> Event:
    extra = {"refund": {"id": name}, "delay": {"new_date": name}}
    return Event("dobra", f"e{number}", kind, START + timedelta(minutes=minutes), "1", changes, extra=extra)


events = st.builds(
    an_event,
    st.integers(0, 30),
    st.integers(0, 5),
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["1", "2", None])),
    st.sampled_from(["", "a", "b"]),
)
records = st.lists(events, max_size=4).map(lambda told: merged(told))  # noqa: PLW0108  # `merged` stands below


def merged(told: list[Event]) -> Record:
    record = Record()
    for event in told:
        record = record.merged(record_of_event(event, changes_of(event)))
    return record


@given(records, records)
def test_it_does_not_matter_who_speaks_first(one: Record, other: Record) -> None:
    assert one.merged(other) == other.merged(one)


@given(records, records, records)
def test_it_does_not_matter_what_is_put_together_first(one: Record, two: Record, three: Record) -> None:
    assert one.merged(two).merged(three) == one.merged(two.merged(three))


@given(records)
def test_saying_it_twice_says_nothing_new(record: Record) -> None:
    assert record.merged(record) == record


def test_of_clocks_that_disagree_the_newer_timestamp_wins_and_a_moment_counts_from_its_receipt() -> None:
    fast, right = (
        an_event(1, 4, "order.placed", {"total": "12.00"}, ""),
        an_event(2, 1, "order.paid", {"total": "10.00"}, ""),
    )
    received = [replace(fast, received_at=START), replace(right, received_at=START + timedelta(minutes=2))]
    for told in (received, received[::-1]):
        record = merged(told)
        assert record.get("total") == "12.00"
        assert record.occurrences["order.placed"][""].at == START
        assert record.occurrences["order.paid"][""].at == START + timedelta(minutes=1)


def test_an_event_told_twice_keeps_the_earlier_of_its_moments() -> None:
    fast = an_event(1, 4, "order.placed", {}, "")
    again = [replace(fast, received_at=START + timedelta(minutes=minutes)) for minutes in (3, 1, 2)]
    assert merged(again).occurrences["order.placed"][""].at == START + timedelta(minutes=1)


def test_the_newest_word_wins_field_by_field() -> None:
    early = an_event(1, 0, "order.placed", {"number": "1001", "total": "10.00"}, "")
    late = an_event(2, 9, "order.paid", {"total": "12.00"}, "")
    order = Order("1", merged([late, early]))
    assert (order.text("number"), order.text("total")) == ("1001", "12.00")


def test_of_two_words_of_one_moment_the_larger_id_wins() -> None:
    told = [an_event(number, 0, "order.placed", {"total": total}, "") for number, total in ((1, "1"), (2, "2"))]
    assert [Order("1", merged(list(order))).text("total") for order in permutations(told)] == ["2", "2"]


def test_null_removes() -> None:
    told = [an_event(1, 0, "order.placed", {"total": "1"}, ""), an_event(2, 1, "order.paid", {"total": None}, "")]
    assert Order("1", merged(told)).amount("total") is None


def test_an_event_without_a_number_is_about_the_parcel_the_order_knows() -> None:
    named = an_event(1, 0, "order.shipped", {"delivery.tracking_number": "2045"}, "")
    bare = an_event(2, 9, "order.shipped", {}, "")
    for told in permutations([named, bare]):
        found = list(Order("1", merged(list(told))).occurrences("order.shipped"))
        assert [(name, occurrence.at) for name, occurrence in found] == [("2045", START)]
