from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from people.calendar import STOCKHOLM, SwedishCalendar, long_date, stockholm_day, stockholm_moment, week_of

CALENDAR = SwedishCalendar()
YEARS = st.dates(date(2025, 1, 1), date(2045, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 6),
        date(2026, 6, 19),
        date(2026, 6, 20),
        date(2026, 10, 31),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2026, 12, 31),
    ],
)
def test_public_holidays_and_the_eves_kept_as_holidays_are_closed(day):
    assert CALENDAR.is_holiday(day)
    assert not CALENDAR.is_open_day(day)
    assert not CALENDAR.is_working_day(day)


def test_an_ordinary_sunday_is_closed_without_being_a_holiday():
    sunday = date(2026, 11, 22)

    assert not CALENDAR.is_holiday(sunday)
    assert not CALENDAR.is_open_day(sunday)


def test_a_saturday_is_open_but_nobody_works():
    saturday = date(2026, 11, 21)

    assert CALENDAR.is_open_day(saturday)
    assert not CALENDAR.is_working_day(saturday)


def test_five_working_days_step_over_a_weekend():
    assert CALENDAR.add_working_days(date(2026, 9, 1), 5) == date(2026, 9, 8)


def test_working_days_step_over_easter():
    assert CALENDAR.add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)


def test_no_working_days_is_the_day_itself():
    assert CALENDAR.add_working_days(date(2026, 9, 5), 0) == date(2026, 9, 5)


@given(YEARS, st.integers(1, 30))
def test_added_working_days_end_on_a_working_day_with_just_as_many_on_the_way(day, count):
    end = CALENDAR.add_working_days(day, count)

    passed = [day + timedelta(days=step) for step in range(1, (end - day).days + 1)]
    assert CALENDAR.is_working_day(end)
    assert sum(map(CALENDAR.is_working_day, passed)) == count


def test_another_calendar_can_be_given():
    calendar = SwedishCalendar(holidays={date(2026, 11, 23)})

    assert not calendar.is_open_day(date(2026, 11, 23))
    assert calendar.is_open_day(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 1, 15), time(8), datetime(2026, 1, 15, 7, tzinfo=UTC)),
        (date(2026, 7, 15), time(8), datetime(2026, 7, 15, 6, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30, fold=1), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 30), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
    ids=["winter", "summer", "skipped 02:30 is 03:30", "02:30 twice is the first", "whatever its fold", "after it"],
)
def test_a_swedish_clock_time_becomes_the_right_moment(day, clock, moment):
    assert stockholm_moment(day, clock) == moment


@given(YEARS, st.times())
def test_a_moment_shows_the_clock_it_was_made_from_unless_the_clock_skips_it(day, clock):
    local = stockholm_moment(day, clock).astimezone(STOCKHOLM)

    skipped = local.utcoffset() == timedelta(hours=2) and local.time().replace(fold=0) != clock
    assert local.date() == day
    assert local.time().replace(fold=0) == clock or (skipped and clock.hour == 2 and local.hour == 3)


def test_the_day_is_the_one_in_sweden():
    assert stockholm_day(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2027, 1, 1)
    assert stockholm_day(datetime(2026, 7, 1, 21, 59, tzinfo=UTC)) == date(2026, 7, 1)


def test_a_day_this_year_is_written_without_the_year():
    assert long_date(date(2026, 9, 8), today=date(2026, 9, 1)) == "tisdag 8 september"


def test_a_day_in_another_year_is_written_with_it():
    assert long_date(date(2027, 1, 5), today=date(2026, 12, 30)) == "tisdag 5 januari 2027"


def test_a_day_is_written_in_the_active_language():
    with translation.override("en"):
        assert long_date(date(2026, 9, 8), today=date(2026, 9, 1)) == "Tuesday 8 September"


def test_weeks_are_numbered_as_in_swedish_calendars():
    assert [week_of(date(2026, 1, 1)), week_of(date(2027, 1, 1)), week_of(date(2027, 4, 5))] == [1, 53, 14]
