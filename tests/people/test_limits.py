from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from people.calendar import STOCKHOLM, stockholm_day
from people.limits import next_allowed

MOMENTS = st.timedeltas(timedelta(0), timedelta(days=31)).map(lambda after: datetime(2026, 10, 10, tzinfo=UTC) + after)


def sweden(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


def test_the_first_reminder_goes_when_it_is_wanted():
    assert next_allowed([], sweden(11, 20, 10)) == sweden(11, 20, 10)


def test_the_second_on_a_day_waits_until_the_same_time_the_next_day():
    assert next_allowed([sweden(11, 20, 9)], sweden(11, 20, 10)) == sweden(11, 21, 10)


def test_a_day_is_a_day_in_sweden():
    late_in_the_evening = sweden(11, 19, 23, 30)

    assert next_allowed([late_in_the_evening], sweden(11, 20, 8)) == sweden(11, 20, 8)


def test_the_fourth_waits_until_the_first_is_a_week_old():
    sent = [sweden(11, 16, 10), sweden(11, 17, 10), sweden(11, 18, 10)]

    assert next_allowed(sent, sweden(11, 20, 10)) == sweden(11, 23, 10)


def test_what_is_already_planned_counts_too():
    planned = [sweden(11, 21, 10), sweden(11, 22, 10), sweden(11, 23, 10)]

    assert next_allowed(planned, sweden(11, 20, 10)) == sweden(11, 28, 10)


def test_a_week_is_seven_days_and_not_eight():
    planned = [sweden(11, 25, 10), sweden(11, 26, 10), sweden(11, 27, 10)]

    assert next_allowed(planned, sweden(11, 20, 10)) == sweden(11, 20, 10)


def test_a_wait_over_the_clock_change_keeps_the_time_of_day():
    assert next_allowed([sweden(10, 24, 9)], sweden(10, 24, 10)) == sweden(10, 25, 10)


@given(st.lists(MOMENTS, max_size=25))
def test_one_a_day_and_three_in_any_seven_days_whatever_is_wanted(wishes):
    sent = []
    for wanted in wishes:
        sent.append(next_allowed(sent, wanted))

    days = sorted(map(stockholm_day, sent))
    assert len(set(days)) == len(days)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in zip(days, days[3:], strict=False))


@given(st.lists(MOMENTS, max_size=8), MOMENTS)
def test_a_reminder_is_never_moved_earlier_and_never_further_than_needed(sent, wanted):
    allowed = next_allowed(sent, wanted)

    assert allowed >= wanted
    assert next_allowed(sent, allowed) == allowed
