"""When each moment of the journeys comes: weekends, days off, nights and changed clocks included.

Moments are told on the clock of their place: Kyiv's shop works on weekdays from nine to six, Budapest's on Saturdays
till one as well; in spring their clocks skip an hour on 29 March 2026, in autumn they show one twice on 25 October.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from shopbell.domain.model.customer import Customer
from shopbell.domain.model.events import EventType, Json
from shopbell.domain.model.facts import Facts, Trigger
from shopbell.domain.model.record import FieldVersion, Record
from shopbell.domain.model.vocabulary import Kind
from shopbell.domain.rules import moments
from shopbell.domain.rules.moments import (
    After,
    AfterBoth,
    Decided,
    EndOfDay,
    LastLetter,
    LaterOf,
    Moment,
    OfKind,
    OnBirthday,
    OnHoliday,
    SoonerOf,
    ToLeave,
    after_checkout,
    agreed_time,
    at_once,
    before_promise,
    end_of_keeping,
    end_of_promise,
    morning_before_last_day,
    next_morning_after_promise,
    placed_at,
)
from shopbell.domain.rules.triggers import EachParcel, lives
from shopbell.domain.time.calendar import Hours, WorkingCalendar, format_instant
from shopbell.domain.time.span import Span, days, hours, minutes, working_days, working_hours, working_minutes
from tests.domain.stories import SHOP, clock, of_order, whole
from tests.domain.tables import each_row, rows
from tests.world import MONDAY

INDEPENDENCE_DAY, REPUBLIC_DAY = date(2026, 8, 24), date(2026, 10, 23)  # a Monday, a Friday
OFFICE, TILL_ONE = Hours.parse("09:00-18:00"), Hours.parse("09:00-13:00")
KYIV, BUDAPEST = ZoneInfo("Europe/Kyiv"), ZoneInfo("Europe/Budapest")
WEEKDAYS = dict.fromkeys(range(5), OFFICE)
CALENDARS = {
    "Kyiv": WorkingCalendar(KYIV, WEEKDAYS, frozenset({INDEPENDENCE_DAY})),
    "Budapest": WorkingCalendar(BUDAPEST, {**WEEKDAYS, 5: TILL_ONE}, frozenset({REPUBLIC_DAY})),
    "open day and night": WorkingCalendar(KYIV, {}),
}

DISTANCES = """
cadence                     | place              | of                         | it_comes
at once                     | Kyiv               | Sat 2026-03-07 03:00 +0200 | Sat 2026-03-07 03:00 +0200
20 working minutes after it | Kyiv               | Mon 2026-03-02 10:00 +0200 | Mon 2026-03-02 10:20 +0200
20 working minutes after it | Kyiv               | Mon 2026-03-02 17:50 +0200 | Tue 2026-03-03 09:10 +0200
20 working minutes after it | Kyiv               | Fri 2026-03-06 17:50 +0200 | Mon 2026-03-09 09:10 +0200
20 working minutes after it | Kyiv               | Sun 2026-03-08 23:00 +0200 | Mon 2026-03-09 09:20 +0200
20 working minutes after it | Kyiv               | Fri 2026-03-27 17:50 +0200 | Mon 2026-03-30 09:10 +0300
20 working minutes after it | Kyiv               | Fri 2026-08-21 17:50 +0300 | Tue 2026-08-25 09:10 +0300
20 working minutes after it | Budapest           | Sat 2026-03-07 12:50 +0100 | Mon 2026-03-09 09:10 +0100
20 working minutes after it | open day and night | Sun 2026-03-29 02:50 +0200 | Sun 2026-03-29 04:10 +0300
3 working hours after it    | Kyiv               | Mon 2026-03-02 15:00 +0200 | Mon 2026-03-02 18:00 +0200
3 working hours after it    | Kyiv               | Mon 2026-03-02 16:30 +0200 | Tue 2026-03-03 10:30 +0200
3 working hours after it    | Budapest           | Thu 2026-10-22 17:00 +0200 | Sat 2026-10-24 11:00 +0200
2 working days after it     | Kyiv               | Mon 2026-03-02 10:00 +0200 | Wed 2026-03-04 10:00 +0200
2 working days after it     | Kyiv               | Mon 2026-03-02 23:59 +0200 | Wed 2026-03-04 23:59 +0200
2 working days after it     | Kyiv               | Thu 2026-03-05 10:00 +0200 | Mon 2026-03-09 10:00 +0200
2 working days after it     | Kyiv               | Sat 2026-03-07 10:00 +0200 | Tue 2026-03-10 10:00 +0200
2 working days after it     | Kyiv               | Thu 2026-08-20 10:00 +0300 | Tue 2026-08-25 10:00 +0300
2 working days after it     | Kyiv               | Mon 2026-08-24 10:00 +0300 | Wed 2026-08-26 10:00 +0300
2 working days after it     | Kyiv               | Fri 2026-03-27 10:00 +0200 | Tue 2026-03-31 10:00 +0300
2 working days after it     | Budapest           | Thu 2026-03-05 10:00 +0100 | Sat 2026-03-07 10:00 +0100
2 working days after it     | Budapest           | Thu 2026-10-22 10:00 +0200 | Mon 2026-10-26 10:00 +0100
2 working days after it     | Kyiv               | Thu 2024-02-29 10:00 +0200 | Mon 2024-03-04 10:00 +0200
4 days after it             | Kyiv               | Mon 2026-03-02 10:00 +0200 | Fri 2026-03-06 10:00 +0200
4 days after it             | Kyiv               | Fri 2026-03-06 10:00 +0200 | Tue 2026-03-10 10:00 +0200
4 days after it             | Kyiv               | Fri 2026-03-27 10:00 +0200 | Tue 2026-03-31 10:00 +0300
4 days after it             | Kyiv               | Wed 2026-03-25 03:30 +0200 | Sun 2026-03-29 04:30 +0300
4 days after it             | Budapest           | Thu 2026-10-22 10:00 +0200 | Mon 2026-10-26 10:00 +0100
4 days after it             | Budapest           | Wed 2026-10-21 02:30 +0200 | Sun 2026-10-25 02:30 +0200
4 days after it             | Kyiv               | Sun 2024-02-25 10:00 +0200 | Thu 2024-02-29 10:00 +0200
4 days after it             | Kyiv               | Wed 2026-02-25 10:00 +0200 | Sun 2026-03-01 10:00 +0200
11 hours after it           | Kyiv               | Sat 2026-03-28 20:00 +0200 | Sun 2026-03-29 08:00 +0300
11 hours after it           | Budapest           | Sat 2026-10-24 20:00 +0200 | Sun 2026-10-25 06:00 +0100
5 minutes before it         | Kyiv               | Tue 2026-03-03 00:02 +0200 | Mon 2026-03-02 23:57 +0200
2 working hours before it   | Kyiv               | Mon 2026-03-02 12:00 +0200 | Mon 2026-03-02 10:00 +0200
2 working hours before it   | Kyiv               | Tue 2026-03-03 10:00 +0200 | Mon 2026-03-02 17:00 +0200
2 working hours before it   | Budapest           | Mon 2026-03-09 09:00 +0100 | Sat 2026-03-07 11:00 +0100
"""
STEPS = """
cadence                                                     | what_happened                                    | it_comes
the order                                                   | placed                                           | Mon 02 10:00
the order                                                   | Tue 03 09:00 placed on Monday                    | Mon 02 10:00
the order                                                   | placed for Friday                                | Mon 02 10:00
the order                                                   | placed, cancelled, accepted                      | Mon 02 12:00
2 working days after the order                              | placed                                           | Wed 04 10:00
2 working days after the order                              | placed, cancelled, Sat 07 12:00 accepted         | Tue 10 12:00
as the first letter comes                                   | placed                                           | Wed 04 10:00
as the first letter comes                                   | Mon 02 23:00 placed                              | Wed 04 23:00
as the first letter comes                                   | placed, it comes after an hour                   | Mon 02 11:00
when the first letter leaves                                | placed                                           | Wed 04 10:00
when the first letter leaves                                | Mon 02 23:00 placed                              | Thu 05 09:00
when the first letter leaves                                | placed, it comes after an hour                   | Mon 02 11:00
2 working hours before the first letter                     | placed                                           | Tue 03 17:00
2 working hours before the first letter                     | Mon 02 12:30 placed                              | Wed 04 10:30
2 working hours before the first letter                     | Mon 02 20:00 placed                              | Wed 04 16:00
2 working hours before the first letter                     | Mon 02 23:00 placed                              | Wed 04 16:00
2 working hours before the first letter                     | Thu 05 09:30 placed                              | Fri 06 16:30
2 working hours before the first letter                     | Sat 07 12:00 placed                              | Tue 10 10:00
2 working hours before the first letter                     | placed, cancelled, Sat 07 12:00 accepted         | Tue 10 10:00
2 working hours before the first letter                     | placed, it comes after five working days         | Fri 06 17:00
2 working hours before the first letter                     | placed, it comes after an hour                   | Mon 02 09:00
the last other letter                                       | placed                                           | never
the last other letter                                       | placed, sent order_received                      | Mon 02 11:00
the last other letter                                       | placed, sent order_received, sent first          | Mon 02 11:00
the last other letter                                       | placed, skipped order_received                   | never
the last other letter                                       | placed, sent staff_pack                          | never
the last other letter                                       | 1002 placed, placed, Wed 04 12:00 1002 sent a    | Wed 04 12:00
the last other letter                                       | placed, complained                               | Mon 02 11:00
the last other letter                                       | placed, complained, was helped                   | Mon 09 12:00
first                                                       | placed, sent first                               | Mon 02 11:00
first                                                       | placed, planned first                            | Mon 02 11:00
first                                                       | placed, skipped first                            | never
first                                                       | placed                                           | never
first, or left out                                          | placed, skipped first                            | Mon 02 11:00
3 days after first                                          | placed, Fri 06 12:00 sent first                  | Mon 09 12:00
3 days after first                                          | placed, Fri 06 12:00 skipped first               | never
7 days after the order, no sooner than 3 days after first   | placed, Wed 04 10:00 sent first                  | Mon 09 10:00
7 days after the order, no sooner than 3 days after first   | placed, Sat 07 11:00 sent first                  | Tue 10 11:00
7 days after the order, no sooner than 3 days after first   | placed, Sat 07 11:00 skipped first               | Mon 09 10:00
7 days after the order, once it is 3 days after first       | placed                                           | never
7 days after the order, once it is 3 days after first       | placed, Wed 04 10:00 sent first                  | Mon 09 10:00
7 days after the order, once it is 3 days after first       | placed, Sat 07 11:00 sent first                  | Tue 10 11:00
the sooner of 7 days after the order and 3 days after first | placed, Wed 04 10:00 sent first                  | Sat 07 10:00
the sooner of 7 days after the order and 3 days after first | placed, Sat 07 11:00 sent first                  | Mon 09 10:00
the sooner of 7 days after the order and 3 days after first | placed                                           | Mon 09 10:00
after the checkout                                          | placed                                           | Mon 02 10:00
after the checkout                                          | placed for cash                                  | Mon 02 10:00
after the checkout                                          | placed on a card                                 | Mon 02 10:01
after the checkout                                          | placed and paid on a card                        | Mon 02 10:00
after the checkout                                          | placed on a card for nothing                     | Mon 02 10:00
after the checkout                                          | Mon 02 09:00 paid, Mon 02 10:00 placed on a card | Mon 02 10:00
after the checkout                                          | placed on a card, paid                           | Mon 02 10:01
after the checkout                                          | Mon 02 10:00 placed on a card, Mon 02 10:00 paid | Mon 02 10:01
"""  # noqa: E501  # a row of the table stays in one line

PARCELS = """
cadence                                    | ready                      | kept_until | customer         | it_comes
the morning before the last day of keeping | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | Europe/Kyiv      | Wed 2026-03-11 09:00 +0200
the morning before the last day of keeping | Mon 2026-03-02 10:00 +0200 | 2026-03-09 | Europe/Kyiv      | Sun 2026-03-08 09:00 +0200
the morning before the last day of keeping | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | America/New_York | Wed 2026-03-11 09:00 -0400
the morning before the last day of keeping | Mon 2026-03-23 10:00 +0200 | 2026-03-30 | Europe/Kyiv      | Sun 2026-03-29 09:00 +0300
the morning before the last day of keeping | Wed 2026-02-25 10:00 +0200 | 2026-03-01 | Europe/Kyiv      | Sat 2026-02-28 09:00 +0200
the morning before the last day of keeping | Mon 2024-02-26 10:00 +0200 | 2024-03-01 | Europe/Kyiv      | Thu 2024-02-29 09:00 +0200
the morning before the last day of keeping | Mon 2026-03-02 10:00 +0200 |            | Europe/Kyiv      | never
the morning before the last day of keeping | Mon 2026-03-02 10:00 +0200 | 2026-03-01 | Europe/Kyiv      | never
the end of the last day of keeping         | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | Europe/Kyiv      | Thu 2026-03-12 18:00 +0200
the end of the last day of keeping         | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | America/New_York | Thu 2026-03-12 18:00 +0200
the end of the last day of keeping         | Mon 2026-03-02 10:00 +0200 | 2026-03-08 | Europe/Kyiv      | Sun 2026-03-08 18:00 +0200
the end of the last day of keeping         | Mon 2026-03-02 18:00 +0200 | 2026-03-02 | Europe/Kyiv      | never
the end of the last day of keeping         | Mon 2026-03-02 10:00 +0200 |            | Europe/Kyiv      | never
4 days after it or that morning            | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Europe/Kyiv      | Wed 2026-03-04 09:00 +0200
4 days after it or that morning            | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | Europe/Kyiv      | Fri 2026-03-06 10:00 +0200
4 days after it or that morning            | Mon 2026-03-02 10:00 +0200 |            | Europe/Kyiv      | Fri 2026-03-06 10:00 +0200
that, but no sooner than 11 hours after it | Mon 2026-03-02 10:00 +0200 | 2026-03-03 | Europe/Kyiv      | Mon 2026-03-02 21:00 +0200
that, but no sooner than 11 hours after it | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Europe/Kyiv      | Wed 2026-03-04 09:00 +0200
that, but no sooner than 11 hours after it | Mon 2026-03-02 10:00 +0200 | 2026-03-12 | Europe/Kyiv      | Fri 2026-03-06 10:00 +0200
"""  # noqa: E501  # a row of the table stays in one line
PROMISES = """
cadence                                                | told                       | promised   | over                       | it_comes
the end of the promised day                            | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Thu 2026-03-05 18:00 +0200 | Thu 2026-03-05 18:00 +0200
the working morning after the end of the promised day  | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Thu 2026-03-05 21:00 +0200 | Fri 2026-03-06 09:00 +0200
the working morning after the end of the promised day  | Mon 2026-03-02 10:00 +0200 | 2026-03-06 | Fri 2026-03-06 21:00 +0200 | Mon 2026-03-09 09:00 +0200
the working morning after the end of the promised day  | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Fri 2026-03-06 01:00 +0200 | Fri 2026-03-06 09:00 +0200
the working morning after the end of the promised day  | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Thu 2026-03-05 12:00 +0200 | Fri 2026-03-06 09:00 +0200
the working morning after the end of the promised day  | Mon 2026-08-17 10:00 +0300 | 2026-08-21 | Fri 2026-08-21 21:00 +0300 | Tue 2026-08-25 09:00 +0300
the working morning after the end of the promised day  | Mon 2026-03-23 10:00 +0200 | 2026-03-28 | Sat 2026-03-28 21:00 +0200 | Mon 2026-03-30 09:00 +0300
the morning of the working day before the promised one | Mon 2026-03-02 10:00 +0200 | 2026-03-05 | Thu 2026-03-05 18:00 +0200 | Wed 2026-03-04 09:00 +0200
the morning of the working day before the promised one | Mon 2026-03-02 10:00 +0200 | 2026-03-09 | Mon 2026-03-09 18:00 +0200 | Fri 2026-03-06 09:00 +0200
the morning of the working day before the promised one | Mon 2026-08-17 10:00 +0300 | 2026-08-25 | Tue 2026-08-25 18:00 +0300 | Fri 2026-08-21 09:00 +0300
the morning of the working day before the promised one | Mon 2026-03-23 10:00 +0200 | 2026-03-31 | Tue 2026-03-31 18:00 +0300 | Mon 2026-03-30 09:00 +0300
the morning of the working day before the promised one | Mon 2026-03-02 10:00 +0200 | 2026-03-03 | Tue 2026-03-03 18:00 +0200 | never
the morning of the working day before the promised one | Mon 2026-03-02 09:00 +0200 | 2026-03-03 | Tue 2026-03-03 18:00 +0200 | never
the morning of the working day before the promised one | Mon 2026-03-02 08:59 +0200 | 2026-03-03 | Tue 2026-03-03 18:00 +0200 | Mon 2026-03-02 09:00 +0200
"""  # noqa: E501  # a row of the table stays in one line
AGREED = """
cadence                          | agreed                    | it_comes
the agreed time                  | 2026-03-03T15:30:00+02:00 | Tue 2026-03-03 15:30 +0200
the agreed time                  | 2026-03-08T03:00:00+02:00 | Sun 2026-03-08 03:00 +0200
the agreed time                  |                           | never
5 minutes before the agreed time | 2026-03-03T15:30:00+02:00 | Tue 2026-03-03 15:25 +0200
5 minutes before the agreed time | 2026-03-29T04:02:00+03:00 | Sun 2026-03-29 02:57 +0200
5 minutes before the agreed time |                           | never
"""
BIRTHDAYS = """
cadence           | born       | year | customer         | it_comes
on the day, 10:00 | 1990-05-17 | 2026 | Europe/Kyiv      | Sun 2026-05-17 10:00 +0300
on the day, 10:00 | --05-17    | 2026 | Europe/Budapest  | Sun 2026-05-17 10:00 +0200
on the day, 10:00 | --05-17    | 2026 | America/New_York | Sun 2026-05-17 10:00 -0400
on the day, 10:00 | --02-29    | 2026 | Europe/Kyiv      | Sat 2026-02-28 10:00 +0200
on the day, 10:00 | --02-29    | 2028 | Europe/Kyiv      | Tue 2028-02-29 10:00 +0200
on the day, 10:00 | --03-29    | 2026 | Europe/Kyiv      | Sun 2026-03-29 10:00 +0300
on the day, 10:00 |            | 2026 | Europe/Kyiv      | never
-7 days, 10:00    | --03-03    | 2026 | Europe/Kyiv      | Tue 2026-02-24 10:00 +0200
-7 days, 10:00    | --03-03    | 2028 | Europe/Kyiv      | Fri 2028-02-25 10:00 +0200
-7 days, 10:00    | --01-03    | 2026 | Europe/Kyiv      | Sat 2025-12-27 10:00 +0200
-7 days, 10:00    | --04-02    | 2026 | Europe/Budapest  | Thu 2026-03-26 10:00 +0100
-7 days, 10:00    | --02-29    | 2026 | Europe/Kyiv      | Sat 2026-02-21 10:00 +0200
+3 days, 10:00    | --02-29    | 2026 | Europe/Kyiv      | Tue 2026-03-03 10:00 +0200
+3 days, 10:00    | --02-29    | 2028 | Europe/Kyiv      | Fri 2028-03-03 10:00 +0200
+3 days, 10:00    | --12-30    | 2026 | Europe/Kyiv      | Sat 2027-01-02 10:00 +0200
"""
HOLIDAYS = """
cadence                     | customer         | of                         | it_comes
10:00 on the holiday        | Europe/Kyiv      | Sun 2026-03-08 00:00 +0200 | Sun 2026-03-08 10:00 +0200
10:00 on the holiday        | America/New_York | Sun 2026-03-08 00:00 -0500 | Sun 2026-03-08 10:00 -0400
-5 days from it, 10:00      | Europe/Kyiv      | Sun 2026-03-08 00:00 +0200 | Tue 2026-03-03 10:00 +0200
-5 days from it, 10:00      | Europe/Kyiv      | Wed 2026-04-01 00:00 +0300 | Fri 2026-03-27 10:00 +0200
"""
ENDS_OF_DAYS = """
cadence             | customer         | of                         | it_comes
the end of that day | Europe/Kyiv      | Mon 2026-03-02 10:00 +0200 | Tue 2026-03-03 00:00 +0200
the end of that day | Europe/Kyiv      | Tue 2026-03-03 00:00 +0200 | Wed 2026-03-04 00:00 +0200
the end of that day | Europe/Kyiv      | Sun 2026-03-29 10:00 +0300 | Mon 2026-03-30 00:00 +0300
the end of that day | America/New_York | Tue 2026-03-03 01:00 +0200 | Tue 2026-03-03 00:00 -0500
the end of that day | Europe/Kyiv      | Sat 2026-02-28 10:00 +0200 | Sun 2026-03-01 00:00 +0200
"""
OWN_FIGURES = """
cadence                                                     | own            | becomes
at once                                                     | 2 hours        | 2 hours after it
2 working days after the order                              | 3 working days | 3 working days after the order
7 days after the order, no sooner than 3 days after first   | 10 days        | 10 days after the order, no sooner than 3 days after first
7 days after the order, once it is 3 days after first       | 10 days        | 10 days after the order, once it is 3 days after first
the sooner of 7 days after the order and 3 days after first | 10 days        | the sooner of 10 days after the order and 3 days after first
-7 days, 10:00                                              | -5 days        | -5 days, 10:00
first                                                       | 1 day          | 1 day after first
2 working hours before the first letter                     | -1 working day | 1 working day before first
as the first letter comes                                   | 3 working days | 3 working days after the order
the agreed time                                             | -10 minutes    | 10 minutes before the agreed time
the end of the promised day                                 | 1 hour         | 1 hour after the end of the promised day
10:00 on the holiday                                        | -1 day         | -1 days from it, 10:00
the end of that day                                         | 1 day          | the end of that day
the morning before the last day of keeping                  | 3 days         | the morning before the last day of keeping
the end of the last day of keeping                          | 3 days         | the end of the last day of keeping
the morning of the working day before the promised one      | 3 days         | the morning of the working day before the promised one
"""  # noqa: E501  # a row of the table stays in one line

FIRST = Kind("first")
OF_FIRST = OfKind(FIRST, After(working_days(2), placed_at))
LETTER = ToLeave(OF_FIRST)
FINAL = (After(days(7), placed_at), After(days(3), Decided(FIRST)))
UNCOLLECTED = SoonerOf(After(days(4), at_once), morning_before_last_day)
MOMENTS: Mapping[str, Moment] = {
    **{
        str(each): each
        for each in (
            *(at_once, placed_at, agreed_time, Decided(FIRST), EndOfDay(at_once)),
            *(end_of_promise, before_promise, next_morning_after_promise, end_of_keeping, morning_before_last_day),
            *(After(span, at_once) for span in (working_minutes(20), working_hours(3), working_hours(-2))),
            *(After(span, at_once) for span in (working_days(2), days(4), hours(11), minutes(-5))),
            *(After(working_days(2), placed_at), After(days(3), Decided(FIRST)), After(minutes(-5), agreed_time)),
            *(LaterOf(*FINAL), AfterBoth(*FINAL), SoonerOf(*FINAL)),
            LastLetter(FIRST),
            *(OnBirthday(-7), OnBirthday(0), OnBirthday(3)),
            *(OnHoliday(), OnHoliday(-5)),
        )
    },
    "as the first letter comes": OF_FIRST,
    "when the first letter leaves": LETTER,
    "2 working hours before the first letter": After(working_hours(-2), LETTER),
    "first, or left out": Decided(FIRST, sent_only=False),
    "after the checkout": after_checkout,
    "4 days after it or that morning": UNCOLLECTED,
    "that, but no sooner than 11 hours after it": LaterOf(UNCOLLECTED, After(hours(11), at_once)),
}
"""By the words that the tables of the journeys have for them, but for the longest."""
WRITTEN = "%a %Y-%m-%d %H:%M %z"


def instant(text: str) -> datetime:
    at = datetime.strptime(text, "%a %Y-%m-%d %H:%M %z")
    assert f"{at:{WRITTEN}}" == text, f"{text} is a {at:%A}"
    return at


def comes(at: datetime | None, zone: ZoneInfo) -> str:
    return "never" if at is None else at.astimezone(zone).strftime(WRITTEN)


def known(place: str = "Kyiv", **customer: Json) -> Facts:
    fields = {name: FieldVersion(value, "1") for name, value in customer.items() if value}
    calendar = CALENDARS[place]
    shop = replace(SHOP, zone=calendar.zone, calendar=calendar)
    return Facts(shop, Customer("id:7", Record(fields)))


@each_row(DISTANCES, "{cadence} in {place} of {of} is {it_comes}")
def test_a_distance_is_counted_on_the_shops_calendar(cadence: str, place: str, of: str, it_comes: str) -> None:
    facts = known(place)
    assert comes(MOMENTS[cadence](facts, Trigger("", instant(of))), facts.zone) == it_comes


@each_row(STEPS, "{cadence} after {what_happened} is {it_comes}")
def test_a_step_comes_after_the_order_or_another_step(cadence: str, what_happened: str, it_comes: str) -> None:
    facts = whole(what_happened)
    (trigger,) = lives(facts, MONDAY)
    at = MOMENTS[cadence](facts, trigger)
    assert ("never" if at is None else clock(at)) == it_comes


@each_row(PARCELS, "{cadence} of a parcel ready {ready} and kept until {kept_until} for {customer} is {it_comes}")
def test_a_parcel_is_kept_until_its_day_is_over(
    cadence: str, ready: str, kept_until: str, customer: str, it_comes: str
) -> None:
    at, delivery = instant(ready), {"delivery.pickup_until": kept_until or None}
    facts = of_order("order.ready_for_pickup", delivery)(known(timezone=customer), at)
    (trigger,) = EachParcel(EventType.ORDER_READY_FOR_PICKUP)(facts, at)
    zone = facts.zone if "morning" in cadence else KYIV
    assert comes(MOMENTS[cadence](facts, trigger), zone) == it_comes


@each_row(PROMISES, "{cadence}, of {promised} told {told} and over {over}, is {it_comes}")
def test_a_promise_is_looked_after_before_and_after_its_day(
    cadence: str, told: str, promised: str, over: str, it_comes: str
) -> None:
    said = {"day": promised, "since": format_instant(instant(told)), "ends": format_instant(instant(over))}
    assert comes(MOMENTS[cadence](known(), Trigger("", instant(told), said)), KYIV) == it_comes


@each_row(AGREED, "{cadence} {agreed} is {it_comes}")
def test_what_was_agreed_is_kept_at_any_hour(cadence: str, agreed: str, it_comes: str) -> None:
    trigger = Trigger("", MONDAY, {"at": agreed} if agreed else {})
    assert comes(MOMENTS[cadence](known(), trigger), KYIV) == it_comes


@each_row(BIRTHDAYS, "{cadence}, of who was born {born} and lives in {customer}, is {it_comes} in {year}")
def test_a_birthday_comes_on_the_customers_own_clock(
    cadence: str, born: str, year: str, customer: str, it_comes: str
) -> None:
    facts = known(birthday=born, timezone=customer)
    assert comes(MOMENTS[cadence](facts, Trigger(year, MONDAY)), facts.zone) == it_comes


@each_row(HOLIDAYS, "{cadence} {of}, of who lives in {customer}, is {it_comes}")
def test_a_holiday_comes_on_the_customers_own_clock(cadence: str, customer: str, of: str, it_comes: str) -> None:
    facts = known(timezone=customer)
    assert comes(MOMENTS[cadence](facts, Trigger("", instant(of))), facts.zone) == it_comes


@each_row(ENDS_OF_DAYS, "{cadence} {of} in {customer} is {it_comes}")
def test_a_day_ends_at_the_customers_midnight(cadence: str, customer: str, of: str, it_comes: str) -> None:
    facts = known(timezone=customer)
    assert comes(MOMENTS[cadence](facts, Trigger("", instant(of))), facts.zone) == it_comes


@each_row(OWN_FIGURES, "{cadence} with {own} of the shop's own is {becomes}")
def test_a_shop_has_its_own_figure_for_a_moment(cadence: str, own: str, becomes: str) -> None:
    assert str(MOMENTS[cadence].spanning(Span.parse(own))) == becomes


def test_every_moment_of_the_code_stands_in_a_table() -> None:
    tables = (DISTANCES, STEPS, PARCELS, PROMISES, AGREED, BIRTHDAYS, HOLIDAYS, ENDS_OF_DAYS)
    asked = {row["cadence"] for table in tables for row in rows(table)}
    assert asked == MOMENTS.keys()
    code = {each for each in vars(moments).values() if isinstance(each, type) and each.__module__ == moments.__name__}
    assert {type(each) for each in MOMENTS.values()} == code - {Moment}
