"""The first meeting: booked, moved, cancelled, prepared, and how it went. How times are offered: `slots.py`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.models import User
from support.actions.leader_time import LeaderBusy, clashes_of, give_up_slots, lock_with_rivals, set_step
from support.actions.leaders import AlreadyTaken
from support.actions.logs import in_swedish, write_log
from support.actions.meeting_needs import list_needs, prepared_for
from support.actions.requests import locked, locked_open
from support.emails import meetings as emails
from support.enums import InterpreterState, LogKind, MeetingState, NeedState, PlaceKind, RequestStatus, SlotState
from support.models import IntakeMeeting, MeetingNeed, MeetingSlot, SupportRequest

WE_MEET = _("Vi ses för första gången")
FIND_A_TIME = _("Hitta en ny tid med gruppen")
SAY_HOW_IT_GOES_ON = _("Bestäm med gruppen hur ni går vidare")
AFTER_A_MEETING = 2
"""Working days within which the next thing is done when a meeting was held, missed or called off."""


class MeetingInThePast(Exception):
    """A meeting cannot be offered, booked or moved to a time that has passed."""


class AlreadyBooked(Exception):
    """Another time is booked already; `meeting` is which."""

    def __init__(self, meeting: IntakeMeeting) -> None:
        super().__init__(str(meeting))
        self.meeting = meeting


class MeetingOver(Exception):
    """The meeting is held, cancelled or otherwise over: it can no longer be changed."""


class MeetingNotYet(Exception):
    """How a meeting went can be written when it has begun."""


def _locked_booked(meeting: IntakeMeeting) -> IntakeMeeting:
    """The meeting as it is now, with its request, both locked: the request first, as everywhere. Raises MeetingOver."""
    support_request = locked(meeting.support_request)
    meeting.refresh_from_db(from_queryset=IntakeMeeting.objects.select_for_update())
    meeting.support_request = support_request
    if meeting.state != MeetingState.BOOKED:
        raise MeetingOver
    return meeting


@transaction.atomic
def book_meeting(
    support_request: SupportRequest,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
    even_if_busy: bool = False,
) -> IntakeMeeting:
    """A leader books the time agreed on the phone. The same time again returns the same meeting.

    A request that nobody has taken becomes theirs. Raises MeetingInThePast, AlreadyBooked, RequestClosed, AlreadyTaken
    when it gets another leader at the same moment, and LeaderBusy unless they book `even_if_busy`.
    """
    slot = MeetingSlot(starts_at=starts_at, ends_at=ends_at, place_kind=place_kind, place=place)
    expected = support_request.leader or by
    lock_with_rivals(support_request, expected.pk, (starts_at, ends_at))
    support_request = locked_open(support_request)
    leader = support_request.leader or by
    if leader != expected:  # in this very moment; their time is not locked, and cannot be any more
        raise AlreadyTaken(leader)
    if booked := support_request.meetings.booked().first():
        if (booked.starts_at, booked.place) == (starts_at, place):
            return booked
        raise AlreadyBooked(booked)
    if starts_at <= now:
        raise MeetingInThePast
    if not even_if_busy:
        _ask_for_time(leader, slot, support_request, now)
    meeting = agree_on(support_request, slot, leader=leader, now=now)
    write_log(support_request, LogKind.MEETING, _("Vi har bokat en tid att ses."), now=now, by=by)
    emails.tell_booked(meeting, by_group=False, now=now)
    return meeting


def _ask_for_time(leader: User, slot: MeetingSlot, support_request: SupportRequest, now: datetime) -> None:
    clashes = clashes_of(leader, [(slot.starts_at, slot.ends_at)], besides=support_request, now=now)
    if clashes:
        raise LeaderBusy(one for inside in clashes.values() for one in inside)


def agree_on(support_request: SupportRequest, slot: MeetingSlot, *, leader: User, now: datetime) -> IntakeMeeting:
    """The meeting, prepared as the group asked for. Agreeing on a time is an answer to the group.

    The time is the leader's no more: others who were offered it cannot choose it.
    """
    meeting = IntakeMeeting.objects.create(
        support_request=support_request,
        leader=leader,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place_kind=slot.place_kind,
        place=slot.place,
        changed_at=now,
        created_at=now,
        **prepared_for(support_request),
    )
    list_needs(meeting)
    support_request.slots.filter(state=SlotState.OFFERED).update(state=SlotState.WITHDRAWN)
    give_up_slots(leader.pk, (slot.starts_at, slot.ends_at), besides=support_request, now=now)
    support_request.leader = support_request.leader or leader
    support_request.taken_at = support_request.taken_at or now
    support_request.first_answer_at = support_request.first_answer_at or now
    support_request.status = RequestStatus.MEETING_BOOKED
    support_request.next_step = in_swedish(WE_MEET)
    support_request.next_step_on = stockholm_day(meeting.starts_at)
    support_request.waits_for, support_request.waits_since = "", None
    fields = ["leader", "taken_at", "first_answer_at", "status"]
    support_request.save(update_fields=[*fields, "next_step", "next_step_on", "waits_for", "waits_since"])
    return meeting


@transaction.atomic
def move_meeting(
    meeting: IntakeMeeting,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
    even_if_busy: bool = False,
) -> IntakeMeeting:
    """Another time or place: the calendar entry keeps its UID, reminders follow. The same again changes nothing.

    What was arranged for the old time or place must be arranged anew. Raises MeetingOver, MeetingInThePast, and
    LeaderBusy unless they move it `even_if_busy`.
    """
    slot = MeetingSlot(starts_at=starts_at, ends_at=ends_at, place_kind=place_kind, place=place)
    lock_with_rivals(meeting.support_request, meeting.leader_id, (starts_at, ends_at))
    meeting = _locked_booked(meeting)
    if _where_and_when(meeting) == _where_and_when(slot):
        return meeting
    if starts_at <= now:
        raise MeetingInThePast
    if not even_if_busy:
        _ask_for_time(meeting.leader, slot, meeting.support_request, now)
    if starts_at != meeting.starts_at and meeting.interpreter == InterpreterState.BOOKED:
        meeting.interpreter = InterpreterState.TO_BOOK
    meeting.needs.filter(state=NeedState.ARRANGED).update(state=NeedState.TO_ARRANGE)
    meeting.starts_at, meeting.ends_at, meeting.place_kind, meeting.place = _where_and_when(slot)
    _save_change(meeting, ["starts_at", "ends_at", "place_kind", "place", "interpreter"], now)
    _step_follows(meeting)
    give_up_slots(meeting.leader_id, (starts_at, ends_at), besides=meeting.support_request, now=now)
    write_log(meeting.support_request, LogKind.MEETING, _("Mötet är flyttat."), now=now, by=by)
    emails.tell_moved(meeting, now=now)
    return meeting


def _where_and_when(time: IntakeMeeting | MeetingSlot) -> tuple[datetime, datetime, str, str]:
    return time.starts_at, time.ends_at, time.place_kind, time.place


def _step_follows(meeting: IntakeMeeting) -> None:
    """The day of the next step is the meeting's, unless the leader has set another step meanwhile."""
    support_request = meeting.support_request
    if support_request.is_open and support_request.next_step == in_swedish(WE_MEET):
        support_request.next_step_on = stockholm_day(meeting.starts_at)
        support_request.save(update_fields=["next_step_on"])


def _save_change(meeting: IntakeMeeting, fields: list[str], now: datetime) -> None:
    """A change that calendars shall see."""
    meeting.sequence += 1
    meeting.changed_at = now
    meeting.save(update_fields=[*fields, "sequence", "changed_at"])


@transaction.atomic
def cancel_meeting(meeting: IntakeMeeting, *, by_group: bool, now: datetime, by: User | None = None) -> IntakeMeeting:
    """Calls the meeting off; the other side is told and the request goes back to the leader.

    Calling it off again changes nothing. Raises MeetingOver when it has been held or missed.
    """
    state = MeetingState.CANCELLED_BY_GROUP if by_group else MeetingState.CANCELLED_BY_US
    try:
        meeting = _locked_booked(meeting)
    except MeetingOver:
        if meeting.state in {MeetingState.CANCELLED_BY_GROUP, MeetingState.CANCELLED_BY_US}:
            return meeting
        raise
    meeting.state = state
    _save_change(meeting, ["state"], now)
    support_request = meeting.support_request
    _back_to_leader(support_request, now)
    sentence = _("Ni ställde in mötet.") if by_group else _("Vi ställde in mötet.")
    contact = support_request.contact if by_group else None
    write_log(support_request, LogKind.MEETING, sentence, now=now, by=by, contact=contact)
    emails.tell_cancelled(meeting, by_group=by_group, now=now)
    return meeting


def _back_to_leader(support_request: SupportRequest, now: datetime) -> None:
    """Another time has to be found, as long as nothing is decided."""
    if support_request.status == RequestStatus.MEETING_BOOKED:
        support_request.status = RequestStatus.IN_REVIEW
        support_request.save(update_fields=["status"])
        set_step(support_request, FIND_A_TIME, working_days=AFTER_A_MEETING, now=now)


@transaction.atomic
def record_meeting(
    meeting: IntakeMeeting, *, state: MeetingState, shared_notes: str, internal_note: str, by: User, now: datetime
) -> IntakeMeeting:
    """Writes how it went: held or nobody came. Shared notes are seen by the group, the internal note is not.

    When nobody came the group is asked, without blame, whether they want another time. The same outcome again changes
    nothing. Raises MeetingOver, MeetingNotYet.
    """
    try:
        meeting = _locked_booked(meeting)
    except MeetingOver:
        if meeting.state == state:
            return meeting
        raise
    if meeting.starts_at > now:
        raise MeetingNotYet
    meeting.state = MeetingState.HELD if state == MeetingState.HELD else MeetingState.NOBODY_CAME
    meeting.shared_notes = shared_notes
    meeting.save(update_fields=["state", "shared_notes"])
    held = meeting.state == MeetingState.HELD
    sentence = _("Vi sågs.") if held else _("Vi sågs inte som vi hade tänkt.")
    write_log(meeting.support_request, LogKind.MEETING, sentence, now=now, by=by)
    if internal_note.strip():
        write_log(meeting.support_request, LogKind.NOTE, internal_note, now=now, by=by, is_internal=True)
    if not held:
        _back_to_leader(meeting.support_request, now)
        emails.tell_missed(meeting, now=now)
    elif meeting.support_request.is_open and meeting.support_request.next_step == in_swedish(WE_MEET):
        set_step(meeting.support_request, SAY_HOW_IT_GOES_ON, working_days=AFTER_A_MEETING, now=now)
    return meeting


@transaction.atomic
def set_interpreter(
    meeting: IntakeMeeting, *, state: InterpreterState, language: str, by: User, now: datetime
) -> IntakeMeeting:
    """Whether an interpreter is needed, booked or could not be had. Raises MeetingOver."""
    meeting = _locked_booked(meeting)
    meeting.interpreter = state
    meeting.interpreter_language = language
    meeting.save(update_fields=["interpreter", "interpreter_language"])
    return meeting


@transaction.atomic
def set_need(need: MeetingNeed, *, state: NeedState, by: User, now: datetime) -> MeetingNeed:
    """How far we have come with something that is needed at the meeting. Raises MeetingOver."""
    _locked_booked(need.meeting)
    need.state = state
    need.save(update_fields=["state"])
    return need
