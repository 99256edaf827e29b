"""Whom a campaign is for, what it may bring and cost, how fast it leaves, when it stops."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice, repeat

import pytest

from shopbell.domain.model.campaign import Counts, language_of
from shopbell.domain.model.customer import Contact, Customer
from shopbell.domain.model.facts import Trigger
from shopbell.domain.model.shop import Coupon
from shopbell.domain.model.state import Message
from shopbell.domain.model.vocabulary import ChannelName, MessageClass, Status
from shopbell.domain.rules.campaigns import (
    EndOfOffer,
    OfADay,
    allowed_in_a_day,
    broken,
    days_of_warming_up,
    forecast,
    is_gmail,
    of_the_provider,
    rank,
    timetable,
    trusted_with,
    turn_of_today,
)
from shopbell.domain.rules.feedback import Feedback, Report, heard
from shopbell.domain.rules.segments import is_segment, outside
from shopbell.domain.time.span import days
from tests.domain.stories import clock, moment, whole
from tests.domain.tables import each_row
from tests.world import KYIV, MONDAY, a_busy_shop

SHOP = a_busy_shop()


def a_message(name: str) -> Message:
    about = ("dobra", "customer/id:7", "campaign", "campaign", "spring")
    sorts = (ChannelName.EMAIL, MessageClass.MARKETING)
    return Message(name, *about, MONDAY, *sorts, "id:7", "7", "", MONDAY, MONDAY, Status.SENT)


SEGMENTS = """
segment               | what_happened                                                                      | is_in_it
all                   |                                                                                    | yes
loyal                 | bought water, bought coffee                                                        | no
loyal                 | bought water, bought coffee, bought a cup                                          | yes
loyal                 | bought water, bought water again, bought water and did not pay                     | no
silent                |                                                                                    | no
silent                | bought water                                                                       | yes
silent                | bought water, Tue 03 10:00 bought coffee                                           | yes
silent                | bought water, Tue 17 10:00 bought coffee                                           | no
silent                | bought water, Tue 17 10:00 bought water and did not pay                            | no
same_items            | bought water                                                                       | no
same_items            | bought water, bought water again                                                   | yes
same_items            | bought water, bought coffee                                                        | no
same_items            | bought coffee, bought water, bought water again                                    | no
lost_payers           | bought water and did not pay                                                       | yes
lost_payers           | bought water                                                                       | no
lost_payers           | bought water and did not pay, bought coffee                                        | no
not_yet:app           |                                                                                    | yes
not_yet:app           | bought water                                                                       | yes
not_yet:app           | bought coffee in the app                                                           | no
not_yet:App           | bought coffee in the app                                                           | no
bought:kitchen        | bought water                                                                       | no
bought:kitchen        | bought a pot                                                                       | yes
bought: Kitchen       | bought a pot                                                                       | yes
female                | a woman                                                                            | yes
male                  | a woman                                                                            | no
female                |                                                                                    | no
loyal, bought:kitchen | bought water, bought coffee, bought a pot                                          | yes
loyal, bought:kitchen | bought water, bought coffee, bought a cup                                          | no
loyal, bought:kitchen | bought a pot                                                                       | no
"""


@each_row(SEGMENTS, "{segment} after {what_happened}: {is_in_it}")
def test_a_segment_is_a_question_to_what_somebody_bought(segment: str, what_happened: str, is_in_it: str) -> None:
    customer, at = whole(what_happened).customer, datetime(2026, 6, 10, 8, tzinfo=UTC)
    where = outside(customer, segment.split(", "), at, SHOP.calendar)
    assert ("no" if where else "yes") == is_in_it


def test_an_unpaid_order_is_lost_once_the_last_reminder_is_over() -> None:
    customer = whole("bought water and did not pay").customer
    early, late = MONDAY.replace(day=8), MONDAY.replace(day=9)
    assert [outside(customer, ["lost_payers"], at, SHOP.calendar) for at in (early, late)] == ["lost_payers", ""]


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("all", True),
        ("bought:kitchen", True),
        ("loyals", False),
        ("bought", False),
        ("bought: ", False),
        ("all:x", False),
    ],
)
def test_a_segment_has_a_name_that_is_known(word: str, is_one: bool) -> None:
    assert is_segment(word) is is_one


FORECASTS = """
reached | average | percent | sms     | at_5_percent        | at_30_percent         | is_worth_it
100     | 800.00  | 0       | 0       | 4000.00 less 0.00   | 24000.00 less 0.00    | yes
100     | 800.00  | 20      | 0       | 4000.00 less 800.00 | 24000.00 less 4800.00 | yes
100     | 800.00  | 20      | 3199.00 | 4000.00 less 800.00 | 24000.00 less 4800.00 | yes
100     | 800.00  | 20      | 3200.00 | 4000.00 less 800.00 | 24000.00 less 4800.00 | no
40      | 800.00  | 0       | 0       | 1600.00 less 0.00   | 9600.00 less 0.00     | yes
10      | 20.00   | 0       | 12.00   | 10.00 less 0.00     | 60.00 less 0.00       | no
10      | 20.00   | 100     | 0       | 10.00 less 10.00    | 60.00 less 60.00      | no
10      | 0       | 0       | 12.00   | 0.00 less 0.00      | 0.00 less 0.00        | yes
"""


@each_row(FORECASTS, "{reached} of {average} each less {percent} % and {sms}: {is_worth_it}")
def test_a_campaign_is_worth_what_one_in_twenty_brings(
    reached: str, average: str, percent: str, sms: str, at_5_percent: str, at_30_percent: str, is_worth_it: str
) -> None:
    found = forecast(int(reached), Decimal(average), Coupon(Decimal(percent)), Decimal(sms))
    told = [f"{found.brings[rate]} less {found.coupon[rate]}" for rate in map(Decimal, (5, 30))]
    assert told == [at_5_percent, at_30_percent]
    assert found.is_worth_it is (is_worth_it == "yes")


def test_a_new_address_writes_to_more_each_day() -> None:
    assert [*islice(days_of_warming_up(0, 0, 10**6), 7)] == [50, 100, 500, 1_000, 2_000, 4_000, 8_000]
    assert [*islice(days_of_warming_up(0, 20, 300), 4)] == [30, 100, 300, 300]


def test_no_day_has_more_than_the_provider_takes() -> None:
    assert [*of_the_provider(iter([50, 100, 500]), 90, 70)] == [20, 90, 90]
    assert [*of_the_provider(iter([50, 100]), 0, 70)] == [50, 100]


@pytest.mark.parametrize(
    ("most", "allowed"), [(0, 50), (49, 50), (50, 100), (120, 500), (999, 1_000), (1_000, 2_000), (7_000, 14_000)]
)
def test_a_day_may_have_a_step_more_than_the_one_before(most: int, allowed: int) -> None:
    assert allowed_in_a_day(most) == allowed


@pytest.mark.parametrize(
    ("letters", "trusted"),
    [
        ([], 0),
        ([OfADay(900, 0)] * 6, 0),
        ([OfADay(900, 0)] * 7, 900),
        ([OfADay(100, 0)] * 6 + [OfADay(5_000, 0)], 100),
        ([OfADay(60, 50)], 50),
    ],
)
def test_an_address_is_trusted_with_what_it_sent_for_a_week_or_to_many(letters: list[OfADay], trusted: int) -> None:
    assert trusted_with(letters) == trusted


RANKS: Mapping[int, int] = {9: 20, 5: 30, 0: 50}


@pytest.mark.parametrize(
    ("planned", "room", "turn"),
    [
        (0, 10, (9, 10)),
        (0, 20, (9, 20)),
        (0, 30, (5, 10)),
        (20, 10, (5, 10)),
        (30, 30, (0, 10)),
        (0, 100, (0, 50)),
        (90, 100, (0, 100)),
    ],
)
def test_who_read_last_has_the_first_turn(planned: int, room: int, turn: tuple[int, int]) -> None:
    assert turn_of_today(RANKS, planned, room) == turn


def test_who_read_comes_before_who_only_bought() -> None:
    buyer = whole("bought water").customer
    early, late = Contact("a", read_on="2026-01-01"), Contact("a", read_on="2026-03-01")
    ranks = [rank(Customer(""), None), rank(buyer, None), rank(Customer(""), early), rank(buyer, late)]
    assert ranks == sorted(ranks)
    assert len({*ranks}) == 4


TIMETABLES = """
letters | begins           | a_second | a_day  | last             | days
10      | Mon 02 10:00     | 1        | 99     | Mon 02 10:00     | 1
3600    | Mon 02 10:00     | 1        | 99999  | Mon 02 11:00     | 1
39600   | Mon 02 10:00     | 1        | 99999  | Mon 02 21:00     | 1
43200   | Mon 02 10:00     | 1        | 99999  | Tue 03 10:00     | 2
100     | Mon 02 22:00     | 1        | 99     | Wed 04 09:00     | 2
100     | Mon 02 10:00     | 1        | 50     | Tue 03 09:00     | 2
"""


@each_row(TIMETABLES, "{letters} letters from {begins} on, {a_second} a second and {a_day} a day: {last}")
def test_the_last_letter_leaves_within_the_send_hours(
    letters: str, begins: str, a_second: str, a_day: str, last: str, days: str
) -> None:
    found = timetable(int(letters), moment(begins), SHOP, float(a_second), repeat(int(a_day)))
    assert found.last is not None
    assert (clock(found.last), f"{found.days}") == (last, days)


def test_what_takes_more_than_a_year_has_no_hour() -> None:
    assert timetable(10**6, MONDAY, SHOP, 1, repeat(1)).last is None


@pytest.mark.parametrize(
    ("counts", "forgiven", "why"),
    [
        (Counts(999, complaint=900), {}, ""),
        (Counts(1_000), {}, ""),
        (Counts(1_000, complaint=1), {}, "1 complaints of 1000 sent"),
        (Counts(1_001, complaint=1), {}, ""),
        (Counts(1_000, bounce=19), {}, ""),
        (Counts(1_000, bounce=20), {}, "20 bounces of 1000 sent"),
        (Counts(2_000, complaint=3), {"sent": 1_000, "complaint": 3}, ""),
        (Counts(2_500, complaint=5), {"sent": 1_000, "complaint": 3}, "2 complaints of 1500 sent"),
    ],
)
def test_too_much_that_comes_back_stops_it(counts: Counts, forgiven: Mapping[str, int], why: str) -> None:
    assert broken(counts, forgiven) == why


@pytest.mark.parametrize(("address", "is_one"), [("a@gmail.com", True), ("a@GoogleMail.com", True), ("a@x.com", False)])
def test_gmail_is_known_by_its_domains(address: str, is_one: bool) -> None:
    assert is_gmail(address) is is_one


@pytest.mark.parametrize(
    ("words", "wanted", "shops", "told"),
    [("uk en", "uk", "en", "uk"), ("uk en", "hu", "en", "en"), ("uk", "hu", "en", "uk"), ("fr", "fr", "en", "")],
)
def test_the_words_are_of_the_nearest_language(words: str, wanted: str, shops: str, told: str) -> None:
    assert language_of(dict.fromkeys(words.split()), wanted, shops, frozenset({"uk", "en", "hu"})) == told


def test_an_offer_ends_with_its_last_day() -> None:
    facts = whole("")
    until = EndOfOffer()(facts, Trigger("spring", MONDAY, {"until": "2026-03-20"}))
    assert until == datetime(2026, 3, 21, tzinfo=KYIV)
    assert EndOfOffer()(facts, Trigger("spring", MONDAY)) is None
    assert (str(EndOfOffer()), EndOfOffer().spanning(days(1))) == ("the end of the offer", EndOfOffer())


def test_five_soft_bounces_in_a_row_end_an_address() -> None:
    contact = Contact("a")
    for number in range(4):
        contact = heard(contact, a_message(f"m{number}"), _report(Report.TRANSIENT_BOUNCE))
    assert not contact.bounced_at
    arrived = heard(contact, a_message("m5"), _report(Report.DELIVERY))
    assert arrived.soft_bounces == ()
    gone = heard(contact, a_message("m6"), _report(Report.TRANSIENT_BOUNCE))
    assert gone.bounced_at == "2026-03-02T08:00:00Z"
    assert heard(Contact("a"), a_message("m7"), _report(Report.OPEN)).read_on == "2026-03-02"


def _report(report: Report) -> Feedback:
    return Feedback("dobra", "customer-7", "m", report, MONDAY, MONDAY, "a@customer.example")
