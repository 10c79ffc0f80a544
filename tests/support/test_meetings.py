from datetime import datetime, timedelta
from typing import Any

import pytest

from people.enums import Channel, MessageState, YesNoUnknown
from people.kinds import get
from people.models import Message, User
from support.actions import meetings
from support.enums import AccessNeed, InterpreterState, LogKind, MeetingState, NeedState, PlaceKind, RequestStatus
from support.models import IntakeMeeting, LogEntry, SupportRequest
from tests.factories import NOW, make_contact, make_meeting, make_request

pytestmark = pytest.mark.django_db

IN_A_WEEK = NOW + timedelta(days=7)
HOUR = timedelta(hours=1)


def kinds_sent() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def reminders() -> list[datetime]:
    rows = Message.objects.filter(kind="support.meeting_reminder", state=MessageState.QUEUED)
    return list(rows.order_by("not_before").values_list("not_before", flat=True))


def book(support_request: SupportRequest, by: User, starts_at: datetime = IN_A_WEEK, **kwargs: Any) -> IntakeMeeting:
    fields: dict[str, Any] = {"place_kind": PlaceKind.PLACE, "place": "Biblioteket", "now": NOW} | kwargs
    return meetings.book_meeting(support_request, starts_at=starts_at, ends_at=starts_at + HOUR, by=by, **fields)


def move(meeting: IntakeMeeting, by: User, starts_at: datetime, now: datetime = NOW) -> IntakeMeeting:
    return meetings.move_meeting(
        meeting,
        starts_at=starts_at,
        ends_at=starts_at + HOUR,
        place_kind=PlaceKind.PLACE,
        place="Biblioteket",
        by=by,
        now=now,
    )


def test_the_meeting_is_prepared_as_the_group_asked(leader: User) -> None:
    contact = make_contact(wants_interpreter=YesNoUnknown.YES, languages=["so", "sv"])
    support_request = make_request(
        contact=contact, access_needs=[AccessNeed.NO_STAIRS, AccessNeed.OTHER], access_other="Gott om plats"
    )

    meeting = book(support_request, leader)

    assert (meeting.interpreter, meeting.interpreter_language) == (InterpreterState.TO_BOOK, "Somaliska")
    needs = [(str(need), need.state) for need in meeting.needs.all()]
    assert needs == [("Lokal utan trappor", NeedState.TO_ARRANGE), ("Gott om plats", NeedState.TO_ARRANGE)]
    assert "ni driver den" in meeting.agenda


def test_booking_on_the_phone_takes_the_request_and_answers_it(leader: User) -> None:
    support_request = make_request()

    meeting = book(support_request, leader)
    again = book(support_request, leader)

    support_request.refresh_from_db()
    assert again == meeting
    assert (support_request.leader, support_request.first_answer_at) == (leader, NOW)
    assert kinds_sent().count("support.meeting_booked") == 1


def test_a_second_meeting_is_not_booked_beside_the_first(leader: User) -> None:
    support_request = make_request()
    meeting = book(support_request, leader)

    with pytest.raises(meetings.AlreadyBooked) as refusal:
        book(support_request, leader, IN_A_WEEK + HOUR)

    assert refusal.value.meeting == meeting


def test_reminders_go_out_48_and_2_hours_before(leader: User) -> None:
    thursday = IN_A_WEEK + timedelta(days=2)

    book(make_request(), leader, thursday)

    assert reminders() == [thursday - timedelta(hours=48), thursday - timedelta(hours=2)]


def test_a_reminder_in_quiet_hours_goes_out_before_them(leader: User) -> None:
    early_tuesday = datetime.fromisoformat("2026-09-08T08:30+02:00")

    book(make_request(), leader, early_tuesday)

    assert reminders() == [
        datetime.fromisoformat("2026-09-05T19:00+02:00"),  # 48 hours before is a Sunday
        datetime.fromisoformat("2026-09-07T19:00+02:00"),
    ]


def test_what_quiet_hours_bring_together_is_said_once(leader: User) -> None:
    before_new_year = datetime.fromisoformat("2026-12-29T10:00+01:00")
    early_on_the_day_after = datetime.fromisoformat("2027-01-02T08:30+01:00")

    book(make_request(), leader, early_on_the_day_after, now=before_new_year)

    assert reminders() == [datetime.fromisoformat("2026-12-30T19:00+01:00")]


def test_a_meeting_tomorrow_is_reminded_of_once(leader: User) -> None:
    book(make_request(), leader, NOW + timedelta(hours=24))

    assert reminders() == [NOW + timedelta(hours=22)]


def test_a_moved_meeting_keeps_its_uid_and_its_reminders_follow(leader: User) -> None:
    meeting = book(make_request(), leader)
    uid = meeting.uid

    moved = move(meeting, leader, IN_A_WEEK + timedelta(days=1))

    assert (moved.uid, moved.sequence) == (uid, 1)
    assert reminders() == [IN_A_WEEK - timedelta(hours=24), IN_A_WEEK + timedelta(hours=22)]
    old = Message.objects.filter(state=MessageState.WITHHELD).order_by("pk")
    assert [(row.kind, row.reason) for row in old] == [
        ("support.meeting_booked", "Mötet är flyttat."),
        ("support.meeting_reminder", "Mötet är flyttat."),
        ("support.meeting_reminder", "Mötet är flyttat."),
    ]


def test_moving_to_the_same_time_changes_nothing(leader: User) -> None:
    meeting = book(make_request(), leader)
    before = kinds_sent()

    move(meeting, leader, IN_A_WEEK)

    assert (meeting.sequence, kinds_sent()) == (0, before)


def test_a_booked_interpreter_must_be_booked_anew_for_another_time(leader: User) -> None:
    meeting = book(make_request(), leader)
    meetings.set_interpreter(meeting, state=InterpreterState.BOOKED, language="Somaliska", by=leader, now=NOW)

    moved = move(meeting, leader, IN_A_WEEK + HOUR)

    assert moved.interpreter == InterpreterState.TO_BOOK


def test_the_group_calls_the_meeting_off(leader: User) -> None:
    support_request = make_request()
    meeting = book(support_request, leader)

    meetings.cancel_meeting(meeting, by_group=True, now=NOW)
    meetings.cancel_meeting(meeting, by_group=True, now=NOW)

    support_request.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED_BY_GROUP, 1)
    assert support_request.status == RequestStatus.IN_REVIEW
    assert reminders() == []
    assert kinds_sent()[-2:] == ["support.group_cancelled", "support.meeting_cancelled"]


def test_we_call_the_meeting_off_and_say_so(leader: User) -> None:
    meeting = book(make_request(), leader)

    meetings.cancel_meeting(meeting, by_group=False, by=leader, now=NOW)

    assert meeting.state == MeetingState.CANCELLED_BY_US
    assert "Vi var tvungna att ställa in" in Message.objects.get(kind="support.meeting_cancelled").text


def test_what_the_group_cannot_hear_in_time_is_told_the_leader(leader: User) -> None:
    early = datetime.fromisoformat("2026-09-02T07:45+02:00")
    meeting = book(make_request(), leader, early)
    late_evening = datetime.fromisoformat("2026-09-01T21:00+02:00")

    meetings.cancel_meeting(meeting, by_group=False, by=leader, now=late_evening)

    assert kinds_sent()[-1] == "support.too_late_to_tell"


def test_a_held_meeting_has_shared_notes_and_an_internal_one(leader: User) -> None:
    meeting = book(make_request(), leader)

    meetings.record_meeting(
        meeting,
        state=MeetingState.HELD,
        shared_notes="Ni börjar med ett brev.",
        internal_note="Orolig stämning.",
        by=leader,
        now=IN_A_WEEK + HOUR,
    )

    assert (meeting.state, meeting.shared_notes) == (MeetingState.HELD, "Ni börjar med ett brev.")
    notes = LogEntry.objects.filter(kind=LogKind.NOTE)
    assert [(note.text, note.is_internal) for note in notes] == [("Orolig stämning.", True)]
    with pytest.raises(meetings.MeetingOver):
        meetings.cancel_meeting(meeting, by_group=True, now=IN_A_WEEK + HOUR)


def test_when_nobody_came_the_group_is_asked_without_blame(leader: User) -> None:
    support_request = make_request()
    meeting = book(support_request, leader)

    for _twice in range(2):
        meetings.record_meeting(
            meeting,
            state=MeetingState.NOBODY_CAME,
            shared_notes="",
            internal_note="",
            by=leader,
            now=IN_A_WEEK + HOUR,
        )

    support_request.refresh_from_db()
    assert support_request.status == RequestStatus.IN_REVIEW
    assert kinds_sent().count("support.meeting_missed") == 1
    assert "Det gör inget" in Message.objects.get(kind="support.meeting_missed").text


def test_how_a_meeting_went_is_not_written_before_it_begins(leader: User) -> None:
    meeting = book(make_request(), leader)

    with pytest.raises(meetings.MeetingNotYet):
        meetings.record_meeting(meeting, state=MeetingState.HELD, shared_notes="", internal_note="", by=leader, now=NOW)


def test_a_group_that_is_called_is_not_called_about_a_time_just_agreed_on_the_phone(leader: User) -> None:
    support_request = make_request(contact=make_contact(channel=Channel.CALL))

    book(support_request, leader)

    assert kinds_sent() == ["support.meeting_reminder", "support.meeting_reminder"]


def test_a_reminder_is_not_wanted_when_the_meeting_is_off(leader: User) -> None:
    meeting = make_meeting()
    still_wanted = get("support.meeting_reminder").still_wanted

    before = still_wanted(meeting.pk, NOW)
    meetings.cancel_meeting(meeting, by_group=True, now=NOW)

    assert (before, still_wanted(meeting.pk, NOW)) == (None, "Mötet är inte bokat längre.")
