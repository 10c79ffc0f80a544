from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.calendar import STOCKHOLM, SwedishCalendar
from support.promises import is_at_risk, is_broken, promised_by

CALENDAR = SwedishCalendar()
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=15 * 365)).map(
    lambda after: datetime(2025, 1, 1, tzinfo=UTC) + after
)


def sweden(month, day, hour):
    return datetime(2026, month, day, hour, tzinfo=STOCKHOLM).astimezone(UTC)


@pytest.mark.parametrize(
    ("received_at", "urgent", "promised_on"),
    [
        (sweden(9, 1, 10), False, date(2026, 9, 8)),
        (sweden(9, 1, 10), True, date(2026, 9, 2)),
        (sweden(9, 4, 23), False, date(2026, 9, 11)),
        (sweden(9, 5, 12), False, date(2026, 9, 11)),
        (sweden(9, 4, 16), True, date(2026, 9, 7)),
        (sweden(12, 23, 9), True, date(2026, 12, 28)),
        (sweden(12, 23, 9), False, date(2027, 1, 5)),
    ],
    ids=[
        "ordinary",
        "urgent",
        "late on a friday",
        "on a saturday",
        "urgent on a friday",
        "before christmas",
        "over it",
    ],
)
def test_five_working_days_or_one_when_it_is_urgent(received_at, urgent, promised_on):
    assert promised_by(received_at, urgent, CALENDAR) == promised_on


def test_the_day_it_came_in_is_the_day_in_sweden():
    assert promised_by(datetime(2026, 9, 1, 22, 30, tzinfo=UTC), True, CALENDAR) == date(2026, 9, 3)


def test_the_promise_is_at_risk_on_its_last_working_day_and_broken_the_day_after():
    promised_on = date(2026, 9, 8)
    days = [date(2026, 9, day) for day in (7, 8, 9)]

    assert [is_at_risk(promised_on, day, CALENDAR) for day in days] == [False, True, True]
    assert [is_broken(promised_on, day) for day in days] == [False, False, True]


def test_a_weekend_before_the_last_day_leaves_that_day_to_answer():
    assert not is_at_risk(date(2026, 9, 7), date(2026, 9, 5), CALENDAR)


@given(MOMENTS, st.booleans())
def test_a_promise_falls_on_a_working_day_after_the_request(received_at, urgent):
    promised_on = promised_by(received_at, urgent, CALENDAR)

    assert promised_on > received_at.astimezone(STOCKHOLM).date()
    assert CALENDAR.is_working_day(promised_on)


@given(MOMENTS)
def test_an_urgent_request_is_never_promised_later(received_at):
    assert promised_by(received_at, True, CALENDAR) < promised_by(received_at, False, CALENDAR)
