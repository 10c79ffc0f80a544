"""A session is published, moved, given other seats, called off and repeated; and who came is written down."""

from datetime import UTC, datetime, timedelta

import pytest

from people.calendar import STOCKHOLM
from people.models import Message
from tests.factories import NOW, make_registration, make_session
from tests.training.seat_kit import check_told, comes, states, told
from training.actions.registering import cancel
from training.actions.sessions import (
    NotComplete,
    SessionOver,
    TooFewSeats,
    call_off,
    change_session,
    note_attendance,
    publish,
    repeat,
)
from training.enums import EndedBy, RegistrationState, SessionState
from training.models import Registration, Session

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def session() -> Session:
    return make_session(seats=6)


def again(registration: Registration) -> Registration:
    return Registration.objects.select_related("session", "contact").get(pk=registration.pk)


def test_a_draft_is_published_once(leader):
    draft = make_session(state=SessionState.DRAFT, published_at=None)

    publish(draft, by=leader, now=NOW)
    publish(draft, by=leader, now=NOW + HOUR)

    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == (SessionState.PUBLISHED, NOW)


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"state": SessionState.DRAFT, "place": ""}, NotComplete),
        ({"state": SessionState.DRAFT, "starts_at": NOW}, SessionOver),
        ({"state": SessionState.CANCELLED}, SessionOver),
    ],
    ids=["nowhere", "begun", "called off"],
)
def test_what_nobody_could_come_to_is_not_published(leader, what, refusal):
    with pytest.raises(refusal):
        publish(make_session(**what), by=leader, now=NOW)


def test_who_is_on_is_told_once_of_another_time_and_the_entry_is_replaced(session, leader):
    comes_, waits = comes(session, 6), comes(session, 1)
    gone = make_registration(session=session, state=RegistrationState.CANCELLED)
    values = {"starts_at": session.starts_at + HOUR, "ends_at": session.ends_at + HOUR, "place": "Folkets hus"}

    change_session(session, values=values, by=leader, now=NOW + HOUR)
    change_session(session, values=values, by=leader, now=NOW + 2 * HOUR)

    assert [told(row).count("session_moved") for row in (comes_, waits, gone)] == [1, 1, 0]
    assert [again(row).sequence for row in (comes_, waits, gone)] == [1, 1, 0]
    assert again(comes_).uid == comes_.uid


def test_what_stands_in_no_calendar_is_changed_without_a_word(session, leader):
    registration = comes(session)

    change_session(session, values={"access_notes": "Ring på porten", "seats": 20}, by=leader, now=NOW)

    session.refresh_from_db()
    assert (session.access_notes, session.seats) == ("Ring på porten", 20)
    assert told(registration) == ["registration_confirmed"]


def test_seats_that_someone_holds_are_not_taken_away(session, leader):
    comes(session, 3)
    make_registration(session=session, seats=2, state=RegistrationState.OFFERED)

    with pytest.raises(TooFewSeats) as refusal:
        change_session(session, values={"seats": 4}, by=leader, now=NOW)
    change_session(session, values={"seats": 5}, by=leader, now=NOW)

    assert refusal.value.held == 5
    session.refresh_from_db()
    assert session.seats == 5


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"starts_at": NOW}, SessionOver),
        ({"starts_at": NOW - HOUR}, SessionOver),
        ({"place": ""}, NotComplete),
    ],
    ids=["now", "past", "nowhere"],
)
def test_a_session_is_not_moved_to_where_nobody_could_come(session, leader, values, refusal):
    registration = comes(session)

    with pytest.raises(refusal):
        change_session(session, values=values, by=leader, now=NOW)

    session.refresh_from_db()
    assert (session.starts_at, session.place) == (NOW + timedelta(days=28), "Biblioteket, Storgatan 1")
    assert told(registration) == ["registration_confirmed"]


@pytest.mark.parametrize(
    "what", [{"state": SessionState.CANCELLED}, {"starts_at": NOW - 3 * HOUR}], ids=["called off", "over"]
)
def test_what_is_over_is_not_changed(leader, what):
    with pytest.raises(SessionOver):
        change_session(make_session(**what), values={"place": "Folkets hus"}, by=leader, now=NOW)


def test_everyone_who_is_on_hears_once_that_it_is_called_off(session, leader):
    comes_, waits = comes(session, 6), comes(session, 2)
    left = comes(session, 1)
    cancel(left, now=NOW)

    call_off(session, because="Maja är sjuk", by=leader, now=NOW)
    call_off(session, because="En gång till", by=leader, now=NOW)

    session.refresh_from_db()
    assert (session.state, session.cancelled_because) == (SessionState.CANCELLED, "Maja är sjuk")
    assert [told(row).count("session_called_off") for row in (comes_, waits, left)] == [1, 1, 0]
    assert [again(row).ended_by for row in (comes_, waits, left)] == [
        EndedBy.SESSION,
        EndedBy.SESSION,
        EndedBy.THEMSELVES,
    ]
    assert again(comes_).sequence == 1
    check_told(session)


def test_what_has_begun_is_not_called_off(session, leader):
    with pytest.raises(SessionOver):
        call_off(session, because="Ingen kom", by=leader, now=session.starts_at)


def test_a_draft_is_called_off_in_silence(leader):
    call_off(make_session(state=SessionState.DRAFT), because="", by=leader, now=NOW)

    assert Message.objects.count() == 0


def test_repeated_sessions_are_drafts_at_the_same_hour_also_after_the_clocks_change(leader):
    """The clocks go back on 25 October 2026."""
    first = datetime(2026, 10, 20, 18, 0, tzinfo=STOCKHOLM)
    session = make_session(starts_at=first, seats=12, link="https://example.org/rum")
    starts = [datetime(2026, 10, day, 18, 0, tzinfo=STOCKHOLM) for day in (27, 20)]

    made = repeat(session, starts=starts, by=leader, now=NOW)
    again_ = repeat(session, starts=starts, by=leader, now=NOW)

    assert again_ == []
    assert [(row.starts_at.astimezone(UTC).hour, row.state, row.seats, row.link) for row in made] == [
        (17, SessionState.DRAFT, 12, "https://example.org/rum")
    ]
    session.refresh_from_db()
    assert (made[0].series, made[0].ends_at - made[0].starts_at) == (session.series, 2 * HOUR)


def test_no_more_than_thirty_are_made_at_once(session, leader):
    with pytest.raises(ValueError, match="31"):
        repeat(session, starts=[NOW + day * 24 * HOUR for day in range(31)], by=leader, now=NOW)


def test_who_came_is_written_down_and_can_be_made_right(session, leader):
    first, second = comes(session, 3), comes(session, 1)
    waits = make_registration(session=session, seats=6, state=RegistrationState.WAITLISTED)
    elsewhere = make_registration()
    over = session.ends_at

    came = {first.pk: 2, second.pk: 0, waits.pk: 1, elsewhere.pk: 1}
    written = note_attendance(session, came=came, by=leader, now=over)
    note_attendance(session, came={second.pk: 1}, by=leader, now=over)

    assert written == 2
    assert [(again(row).state, again(row).came) for row in (first, second, waits, elsewhere)] == [
        (RegistrationState.ATTENDED, 2),
        (RegistrationState.ATTENDED, 1),
        (RegistrationState.WAITLISTED, None),
        (RegistrationState.REGISTERED, None),
    ]


@pytest.mark.parametrize("came", [-1, 4])
def test_no_more_came_than_were_expected(session, leader, came):
    registration = comes(session, 3)

    assert note_attendance(session, came={registration.pk: came}, by=leader, now=session.ends_at) == 0
    assert states(session) == [(3, "registered")]
