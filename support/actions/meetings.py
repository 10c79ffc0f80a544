"""The first meeting: offered, picked, booked, moved, cancelled, and how it went."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import User
from support.actions.logs import write_log
from support.actions.meeting_needs import prepared_for
from support.actions.requests import locked, locked_open
from support.emails import meetings as emails
from support.enums import InterpreterState, LogKind, MeetingState, PlaceKind, RequestStatus, SlotState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest


class SlotGone(Exception):
    """The time is taken, withdrawn or past."""


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
def offer_slots(
    support_request: SupportRequest,
    *,
    times: Sequence[tuple[datetime, datetime]],
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
) -> list[MeetingSlot]:
    """Offers the group times (start, end) to pick from, in one message. A time offered twice stands once.

    Returns the times that are new. Raises MeetingInThePast, AlreadyBooked, RequestClosed.
    """
    support_request = locked_open(support_request)
    if meeting := support_request.meetings.booked().first():
        raise AlreadyBooked(meeting)
    if any(starts_at <= now for starts_at, _end in times):
        raise MeetingInThePast
    offered = set(support_request.slots.filter(state=SlotState.OFFERED).values_list("starts_at", flat=True))
    slots = [
        MeetingSlot(
            support_request=support_request,
            leader=by,
            starts_at=starts_at,
            ends_at=ends_at,
            place_kind=place_kind,
            place=place,
        )
        for starts_at, ends_at in sorted(dict(times).items())
        if starts_at not in offered
    ]
    if slots:
        MeetingSlot.objects.bulk_create(slots)
        write_log(support_request, LogKind.MEETING, _("Vi har föreslagit tider att ses."), now=now, by=by)
        emails.tell_slots(support_request, once=str(slots[0].pk), now=now)
    return slots


@transaction.atomic
def withdraw_slot(slot: MeetingSlot, *, by: User, now: datetime) -> MeetingSlot:
    """Takes an offered time back. Twice changes nothing. Raises SlotGone when the group has already picked it."""
    slot.refresh_from_db(from_queryset=MeetingSlot.objects.select_for_update())
    if slot.state == SlotState.TAKEN:
        raise SlotGone
    slot.state = SlotState.WITHDRAWN
    slot.save(update_fields=["state"])
    return slot


@transaction.atomic
def take_slot(slot: MeetingSlot, *, now: datetime) -> IntakeMeeting:
    """The group picks a time, the other offered times are withdrawn, and the meeting is booked.

    Picking the same time again returns the same meeting. Two people of a group who pick at once: the first one's time
    holds. Raises SlotGone, AlreadyBooked, RequestClosed.
    """
    support_request = locked_open(slot.support_request)
    slot.refresh_from_db(from_queryset=MeetingSlot.objects.select_for_update())
    booked = support_request.meetings.booked().first()
    if booked and slot.state == SlotState.TAKEN and booked.starts_at == slot.starts_at:
        return booked
    if booked:
        raise AlreadyBooked(booked)
    if slot.state != SlotState.OFFERED or slot.starts_at <= now:
        raise SlotGone
    slot.state = SlotState.TAKEN
    slot.save(update_fields=["state"])
    meeting = _book(support_request, slot, leader=slot.leader, now=now)
    contact = support_request.contact
    write_log(support_request, LogKind.MEETING, _("Ni har valt en tid att ses."), now=now, contact=contact)
    emails.tell_booked(meeting, by_group=True, now=now)
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
) -> IntakeMeeting:
    """A leader books the time agreed on the phone. The same time again returns the same meeting.

    A request that nobody has taken becomes theirs. Raises MeetingInThePast, AlreadyBooked, RequestClosed.
    """
    support_request = locked_open(support_request)
    if booked := support_request.meetings.booked().first():
        if (booked.starts_at, booked.place) == (starts_at, place):
            return booked
        raise AlreadyBooked(booked)
    if starts_at <= now:
        raise MeetingInThePast
    slot = MeetingSlot(starts_at=starts_at, ends_at=ends_at, place_kind=place_kind, place=place)
    meeting = _book(support_request, slot, leader=support_request.leader or by, now=now)
    write_log(support_request, LogKind.MEETING, _("Vi har bokat en tid att ses."), now=now, by=by)
    emails.tell_booked(meeting, by_group=False, now=now)
    return meeting


def _book(support_request: SupportRequest, slot: MeetingSlot, *, leader: User, now: datetime) -> IntakeMeeting:
    """The meeting, prepared as the group asked for. Agreeing on a time is an answer to the group."""
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
    support_request.slots.filter(state=SlotState.OFFERED).update(state=SlotState.WITHDRAWN)
    support_request.leader = support_request.leader or leader
    support_request.taken_at = support_request.taken_at or now
    support_request.first_answer_at = support_request.first_answer_at or now
    support_request.status = RequestStatus.MEETING_BOOKED
    support_request.save(update_fields=["leader", "taken_at", "first_answer_at", "status"])
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
) -> IntakeMeeting:
    """Another time or place: the calendar entry keeps its UID, reminders follow. The same again changes nothing.

    Raises MeetingOver, MeetingInThePast.
    """
    meeting = _locked_booked(meeting)
    if (meeting.starts_at, meeting.ends_at, meeting.place_kind, meeting.place) == (
        starts_at,
        ends_at,
        place_kind,
        place,
    ):
        return meeting
    if starts_at <= now:
        raise MeetingInThePast
    if starts_at != meeting.starts_at and meeting.interpreter == InterpreterState.BOOKED:
        meeting.interpreter = InterpreterState.TO_BOOK
    meeting.starts_at = starts_at
    meeting.ends_at = ends_at
    meeting.place_kind = place_kind
    meeting.place = place
    _save_change(meeting, ["starts_at", "ends_at", "place_kind", "place", "interpreter"], now)
    write_log(meeting.support_request, LogKind.MEETING, _("Mötet är flyttat."), now=now, by=by)
    emails.tell_moved(meeting, now=now)
    return meeting


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
    _back_to_leader(support_request)
    sentence = _("Ni ställde in mötet.") if by_group else _("Vi ställde in mötet.")
    contact = support_request.contact if by_group else None
    write_log(support_request, LogKind.MEETING, sentence, now=now, by=by, contact=contact)
    emails.tell_cancelled(meeting, by_group=by_group, now=now)
    return meeting


def _back_to_leader(support_request: SupportRequest) -> None:
    """Another time has to be found, as long as nothing is decided."""
    if support_request.status == RequestStatus.MEETING_BOOKED:
        support_request.status = RequestStatus.IN_REVIEW
        support_request.save(update_fields=["status"])


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
        _back_to_leader(meeting.support_request)
        emails.tell_missed(meeting, now=now)
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
