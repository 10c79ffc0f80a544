"""Reminders before a session: a week and a day before, never in quiet hours, never of what is past."""

from datetime import UTC, datetime, timedelta

import pytest

from people.delivery.rules import Send, Withhold, judge
from people.enums import MessageClass
from tests.factories import NOW
from tests.factories.training import make_session
from tests.training.letter_kit import messages, waiting
from tests.training.seat_kit import comes, told
from training.actions.registering import cancel

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_reminders_wait_for_a_week_and_a_day_before() -> None:
    session = make_session(starts_at=NOW + 28 * DAY)

    registration = comes(session)

    assert waiting(registration) == [session.starts_at - 7 * DAY, session.starts_at - DAY]
    assert {row.message_class for row in messages(registration, "session_reminder")} == {MessageClass.APPOINTMENT}


@pytest.mark.parametrize(("days", "expected"), [(7, 1), (3, 1), (1, 0), (0.5, 0)])
def test_whoever_registers_later_than_a_reminder_does_not_get_it(days: float, expected: int) -> None:
    registration = comes(make_session(starts_at=NOW + days * DAY))

    assert len(waiting(registration)) == expected


def test_a_reminder_on_a_sunday_goes_the_evening_before() -> None:
    monday = datetime(2026, 9, 28, 8, tzinfo=UTC)

    registration = comes(make_session(starts_at=monday))

    saturday_at_seven = datetime(2026, 9, 26, 17, tzinfo=UTC)
    assert waiting(registration) == [monday - 7 * DAY, saturday_at_seven]


def test_a_reminder_that_comes_too_late_is_not_sent() -> None:
    session = make_session(starts_at=NOW + 28 * DAY)
    a_week, a_day = messages(comes(session), "session_reminder")

    late = session.starts_at - 4 * DAY

    assert isinstance(judge(a_week, session.starts_at - 6 * DAY), Send)
    assert judge(a_week, late) == Withhold("Det var för sent.")
    assert isinstance(judge(a_day, session.starts_at - timedelta(hours=2)), Send)
    assert judge(a_day, session.starts_at) == Withhold("Det var för sent.")


def test_whoever_is_not_coming_any_more_is_not_reminded() -> None:
    registration = comes(make_session())

    cancel(registration, now=NOW)

    assert waiting(registration) == []
    assert told(registration) == ["registration_confirmed", "registration_cancelled"]
