"""Shops' calendars for the tests, and any others by chance."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from shopbell.domain.time.calendar import Hours, WorkingCalendar

KYIV = ZoneInfo("Europe/Kyiv")
OFFICE = Hours.parse("09:00-18:00")
INDEPENDENCE_DAY = date(2026, 8, 24)  # a Monday

SHOP = WorkingCalendar(KYIV, dict.fromkeys(range(5), OFFICE), frozenset({INDEPENDENCE_DAY}))
SATURDAY_SHOP = WorkingCalendar(KYIV, {**SHOP.hours, 5: Hours.parse("10:00-20:00")}, SHOP.days_off)
LATE_SHOP = WorkingCalendar(KYIV, {0: Hours.parse("08:00-24:00"), 1: Hours.parse("09:00-20:00"), 2: OFFICE})
ALWAYS_OPEN = WorkingCalendar(KYIV, dict.fromkeys(range(7), Hours.parse("00:00-24:00")))
WITHOUT_HOURS = WorkingCalendar(KYIV, {}, SHOP.days_off)


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
CALENDARS = st.builds(
    WorkingCalendar,
    st.sampled_from(["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]).map(ZoneInfo),
    st.dictionaries(
        st.integers(0, 6), st.sampled_from([OFFICE, Hours.parse("02:15-24:00"), Hours.parse("00:00-02:30")])
    ),
    st.frozensets(st.dates(date(2020, 1, 1), date(2035, 1, 1)), max_size=30),
)
