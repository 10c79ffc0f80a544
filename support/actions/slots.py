"""Times that a leader offers for the first meeting: offered to one group or to many, taken back, picked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.models import User
from support.actions.leader_time import LeaderBusy, Span, clashes_of, lock_time_of, lock_with_rivals
from support.actions.logs import write_log
from support.actions.meetings import AlreadyBooked, MeetingInThePast, agree_on
from support.actions.requests import RequestClosed, locked, locked_open
from support.emails import meetings as emails
from support.enums import LogKind, PlaceKind, SlotState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest

MOST_TIMES = 30
"""How many times one group is offered at once: more is a burden, not a choice."""


class SlotGone(Exception):
    """The time is taken, withdrawn or past."""


class TooManyTimes(Exception):
    """More than MOST_TIMES at once."""


@dataclass
class Offered:
    """What came of offering the same times to many."""

    slots: list[MeetingSlot] = field(default_factory=list)
    left_out: list[tuple[SupportRequest, Exception]] = field(default_factory=list)
    """Requests that could not be offered any, each with the refusal: AlreadyBooked or RequestClosed."""


@transaction.atomic
def offer_slots(
    support_request: SupportRequest,
    *,
    times: Sequence[Span],
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
    despite: Collection[datetime] = (),
) -> list[MeetingSlot]:
    """Offers the group times (start, end) to pick from, in one message. A time offered twice stands once.

    `despite` holds the starts of times where the leader knows of a meeting of their own and offers them anyway.
    Returns the times that are new. Raises MeetingInThePast, TooManyTimes, LeaderBusy, AlreadyBooked, RequestClosed.
    """
    lock_time_of(by.pk)
    _check_times(times, by, support_request, despite, now)
    return _offer(support_request, times, (place_kind, place), by=by, now=now)


@transaction.atomic
def offer_slots_to_many(
    requests: Collection[SupportRequest],
    *,
    times: Sequence[Span],
    place_kind: PlaceKind,
    place: str,
    by: User,
    now: datetime,
    despite: Collection[datetime] = (),
) -> Offered:
    """Offers the same times to several groups, one message each; whoever picks first has the time.

    The caller names requests that the leader may see. Those that are closed or have a meeting already are left out and
    told of. Raises MeetingInThePast, TooManyTimes and LeaderBusy, and then nobody is offered anything.
    """
    lock_time_of(by.pk)
    _check_times(times, by, None, despite, now)
    offered = Offered()
    for support_request in sorted(requests, key=lambda one: one.pk):
        try:
            offered.slots += _offer(support_request, times, (place_kind, place), by=by, now=now)
        except (AlreadyBooked, RequestClosed) as refusal:
            offered.left_out.append((support_request, refusal))
    return offered


def _check_times(
    times: Sequence[Span],
    by: User,
    besides: SupportRequest | None,
    despite: Collection[datetime],
    now: datetime,
) -> None:
    """A time that is offered to others is no hindrance: whoever picks it first has it, and the others lose it."""
    if len(times) > MOST_TIMES:
        raise TooManyTimes
    if any(starts_at <= now for starts_at, _end in times):
        raise MeetingInThePast
    asked = [span for span in times if span[0] not in despite]
    inside = [one for found in clashes_of(by, asked, besides=besides, now=now).values() for one in found]
    if booked := [one for one in inside if one.is_booked]:
        raise LeaderBusy(booked)


def _offer(
    support_request: SupportRequest,
    times: Sequence[Span],
    where: tuple[PlaceKind, str],
    *,
    by: User,
    now: datetime,
) -> list[MeetingSlot]:
    """Raises AlreadyBooked and RequestClosed before anything is written."""
    support_request = locked_open(support_request)
    if meeting := support_request.meetings.booked().first():
        raise AlreadyBooked(meeting)
    offered = set(support_request.slots.filter(state=SlotState.OFFERED).values_list("starts_at", flat=True))
    slots = [
        MeetingSlot(
            support_request=support_request,
            leader=by,
            starts_at=starts_at,
            ends_at=ends_at,
            place_kind=where[0],
            place=where[1],
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

    The leader's time is given once: of two groups that pick the same hour at once the first one gets it, and to the
    other it is gone. Who was offered times may pick one also when their request has been joined to another since.
    Picking the same time again returns the same meeting. Raises SlotGone, AlreadyBooked, RequestClosed.
    """
    leader_id = slot.leader_id
    lock_with_rivals(slot.support_request, leader_id, (slot.starts_at, slot.ends_at))
    support_request = locked(slot.support_request)
    if not support_request.is_open:
        raise RequestClosed
    slot.refresh_from_db(from_queryset=MeetingSlot.objects.select_for_update())
    booked = support_request.meetings.booked().first()
    if booked and slot.state == SlotState.TAKEN and booked.starts_at == slot.starts_at:
        return booked
    if booked:
        raise AlreadyBooked(booked)
    has_other_leader = slot.leader_id != leader_id  # given to a colleague in this very moment
    if slot.state != SlotState.OFFERED or slot.starts_at <= now or has_other_leader:
        raise SlotGone
    slot.state = SlotState.TAKEN
    slot.save(update_fields=["state"])
    meeting = agree_on(support_request, slot, leader=slot.leader, now=now)
    contact = support_request.contact
    write_log(support_request, LogKind.MEETING, _("Ni har valt en tid att ses."), now=now, contact=contact)
    emails.tell_booked(meeting, by_group=True, now=now)
    return meeting
