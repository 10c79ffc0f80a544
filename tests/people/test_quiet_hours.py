from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.calendar import STOCKHOLM, SwedishCalendar
from people.enums import MessageClass
from people.quiet_hours import is_quiet, last_open_hour_before, next_open, when_to_send

CALENDAR = SwedishCalendar()
KEEPS_QUIET = st.sampled_from([MessageClass.APPOINTMENT, MessageClass.REMINDER])


def sweden(year, month, day, hour, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=STOCKHOLM).astimezone(UTC)


MOMENTS = st.timedeltas(timedelta(0), timedelta(days=15 * 365)).map(
    lambda after: datetime(2025, 1, 1, tzinfo=UTC) + after
)
AROUND_CLOCK_CHANGES = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds),
    st.sampled_from([datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)]),
    st.integers(-60 * 3600, 60 * 3600),
)
AROUND_HOLIDAYS = st.builds(
    lambda day, seconds: sweden(day.year, day.month, day.day, 0) + timedelta(seconds=seconds),
    st.sampled_from([date(2026, 4, 3), date(2026, 6, 19), date(2026, 12, 24), date(2027, 1, 1), date(2027, 3, 26)]),
    st.integers(-60 * 3600, 6 * 24 * 3600),
)
ANY_MOMENT = MOMENTS | AROUND_CLOCK_CHANGES | AROUND_HOLIDAYS


def is_open_by_the_book(moment):
    """The rule said once more, by counting the minutes of a Swedish wall clock."""
    local = moment.astimezone(STOCKHOLM)
    minutes = local.hour * 60 + local.minute
    return 8 * 60 <= minutes < 20 * 60 and local.isoweekday() != 7 and not CALENDAR.is_holiday(local.date())


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (sweden(2026, 11, 20, 7, 59), True),
        (sweden(2026, 11, 20, 8), False),
        (sweden(2026, 11, 20, 19, 59), False),
        (sweden(2026, 11, 20, 20), True),
        (sweden(2026, 11, 21, 12), False),
        (sweden(2026, 11, 22, 12), True),
        (sweden(2026, 12, 24, 12), True),
        (datetime(2026, 7, 1, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 1, 6, 59, tzinfo=UTC), True),
    ],
)
def test_evenings_nights_sundays_and_holidays_are_quiet(moment, quiet):
    assert is_quiet(moment, CALENDAR) is quiet


def test_after_christmas_eve_the_quiet_lasts_until_the_first_open_day():
    assert next_open(sweden(2026, 12, 23, 21), CALENDAR) == sweden(2026, 12, 28, 8)


def test_an_early_morning_opens_the_same_day():
    assert next_open(sweden(2026, 11, 20, 5), CALENDAR) == sweden(2026, 11, 20, 8)


def test_before_a_sunday_the_last_open_hour_is_on_saturday():
    assert last_open_hour_before(sweden(2026, 11, 22, 15), CALENDAR) == sweden(2026, 11, 21, 19)


def test_an_evening_belongs_to_the_hour_just_passed():
    assert last_open_hour_before(sweden(2026, 11, 20, 22), CALENDAR) == sweden(2026, 11, 20, 19)


@pytest.mark.parametrize("moment", [sweden(2026, 10, 24, 23), sweden(2027, 3, 27, 23)])
def test_eight_in_the_morning_is_eight_on_both_sides_of_a_clock_change(moment):
    opens = next_open(moment, CALENDAR).astimezone(STOCKHOLM)

    assert opens.time() == time(8)


@given(ANY_MOMENT)
def test_quiet_is_just_what_the_rule_says(moment):
    assert is_quiet(moment, CALENDAR) is not is_open_by_the_book(moment)


@given(ANY_MOMENT)
def test_the_next_open_moment_is_open_and_all_before_it_is_quiet(moment):
    opens = next_open(moment, CALENDAR)

    assert moment <= opens
    assert is_open_by_the_book(opens)
    assert opens == moment or not is_open_by_the_book(opens - timedelta(microseconds=1))
    half_hours = [
        moment + timedelta(minutes=30) * count for count in range(int((opens - moment) / timedelta(hours=0.5)))
    ]
    assert not any(map(is_open_by_the_book, half_hours))


@given(ANY_MOMENT)
def test_the_last_open_hour_is_wholly_open_and_all_after_it_is_quiet(moment):
    earlier = last_open_hour_before(moment, CALENDAR)

    assert earlier <= moment
    assert is_open_by_the_book(earlier)
    if earlier != moment:
        quiet_from = earlier + timedelta(hours=1)
        half_hours = (moment - quiet_from) / timedelta(hours=0.5)
        assert is_open_by_the_book(quiet_from - timedelta(seconds=1))
        assert not any(
            is_open_by_the_book(quiet_from + timedelta(hours=0.5) * count) for count in range(int(half_hours))
        )


def test_a_reminder_waits_for_the_morning():
    sent_at = when_to_send(
        sweden(2026, 11, 20, 21), MessageClass.REMINDER, now=sweden(2026, 11, 20, 12), calendar=CALENDAR
    )

    assert sent_at == sweden(2026, 11, 21, 8)


def test_two_hours_before_an_early_meeting_becomes_the_evening_before():
    sent_at = when_to_send(
        sweden(2026, 11, 20, 7),
        MessageClass.APPOINTMENT,
        now=sweden(2026, 11, 18, 12),
        calendar=CALENDAR,
        starts_at=sweden(2026, 11, 20, 9),
    )

    assert sent_at == sweden(2026, 11, 19, 19)


def test_within_the_last_open_hour_it_goes_at_once():
    now = sweden(2026, 11, 19, 19, 40)

    sent_at = when_to_send(
        sweden(2026, 11, 20, 7),
        MessageClass.APPOINTMENT,
        now=now,
        calendar=CALENDAR,
        starts_at=sweden(2026, 11, 20, 9),
    )

    assert sent_at == now


def test_when_the_last_open_hour_is_gone_it_waits_until_the_morning_if_that_is_before_the_start():
    sent_at = when_to_send(
        sweden(2026, 11, 20, 7),
        MessageClass.APPOINTMENT,
        now=sweden(2026, 11, 19, 22),
        calendar=CALENDAR,
        starts_at=sweden(2026, 11, 20, 9),
    )

    assert sent_at == sweden(2026, 11, 20, 8)


def test_when_no_open_moment_is_left_before_the_start_it_is_not_sent():
    sent_at = when_to_send(
        sweden(2026, 11, 22, 9),
        MessageClass.APPOINTMENT,
        now=sweden(2026, 11, 21, 21),
        calendar=CALENDAR,
        starts_at=sweden(2026, 11, 22, 11),
    )

    assert sent_at is None


@pytest.mark.parametrize("message_class", [MessageClass.ANSWER, MessageClass.STAFF])
def test_what_someone_just_asked_for_goes_in_the_middle_of_the_night(message_class):
    night = sweden(2026, 12, 24, 3)

    assert when_to_send(night, message_class, now=night, calendar=CALENDAR) == night


@given(ANY_MOMENT, ANY_MOMENT, st.sampled_from(MessageClass), ANY_MOMENT | st.none())
def test_nothing_is_ever_sent_in_the_past(wanted, now, message_class, starts_at):
    sent_at = when_to_send(wanted, message_class, now=now, calendar=CALENDAR, starts_at=starts_at)

    assert sent_at is None or (sent_at >= now and sent_at.tzinfo is UTC)


@given(ANY_MOMENT, ANY_MOMENT, KEEPS_QUIET, ANY_MOMENT | st.none())
def test_reminders_and_appointments_never_disturb_the_quiet(wanted, now, message_class, starts_at):
    sent_at = when_to_send(wanted, message_class, now=now, calendar=CALENDAR, starts_at=starts_at)

    assert sent_at is None or is_open_by_the_book(sent_at)


@given(ANY_MOMENT, ANY_MOMENT)
def test_a_reminder_never_goes_earlier_than_wanted_and_is_never_dropped(wanted, now):
    sent_at = when_to_send(wanted, MessageClass.REMINDER, now=now, calendar=CALENDAR)

    assert sent_at is not None
    assert sent_at >= wanted


@given(ANY_MOMENT, st.timedeltas(timedelta(0), timedelta(days=10)), st.timedeltas(timedelta(0), timedelta(days=3)))
def test_an_appointment_goes_no_later_than_wanted_when_there_was_time_for_it(now, until_wanted, until_start):
    wanted = now + until_wanted
    earlier = last_open_hour_before(wanted, CALENDAR)

    sent_at = when_to_send(
        wanted,
        MessageClass.APPOINTMENT,
        now=now,
        calendar=CALENDAR,
        starts_at=wanted + until_start + timedelta(hours=1),
    )

    if earlier >= now:
        assert sent_at == earlier
    else:
        assert sent_at is None or sent_at < wanted + until_start + timedelta(hours=1)


@given(ANY_MOMENT, ANY_MOMENT, st.sampled_from([MessageClass.ANSWER, MessageClass.STAFF]))
def test_answers_and_messages_to_staff_are_not_moved(wanted, now, message_class):
    assert when_to_send(wanted, message_class, now=now, calendar=CALENDAR) == max(wanted, now)


@given(ANY_MOMENT, KEEPS_QUIET)
def test_a_moment_chosen_once_is_kept(now, message_class):
    chosen = when_to_send(now, message_class, now=now, calendar=CALENDAR)

    assert chosen is not None
    assert when_to_send(chosen, message_class, now=chosen, calendar=CALENDAR) == chosen
