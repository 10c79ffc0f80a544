"""What is said about the first meeting: times to pick from, booked, moved, called off, and soon."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from people import kinds
from people.calendar import SwedishCalendar
from people.enums import Channel, MessageClass
from people.models import Contact
from people.outbox import Attachment
from people.quiet_hours import when_to_send
from support.calendar_files import FILE_NAME, content_type, invitation
from support.emails.to_groups import FROM_A_PERSON, leader_hears, take_back, tell_contact, tell_user
from support.enums import OPEN_STATUSES, MeetingState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest

PAGE = "moten/"
"""Where on the private page meetings and times stand."""

REMIND_BEFORE = (timedelta(hours=2), timedelta(hours=48))


def still_open_times(request_id: int, now: datetime) -> str | None:
    if MeetingSlot.objects.open(now).filter(support_request=request_id).exists():
        return None
    return _("Det finns inga tider kvar att välja på.")


def still_without_times(request_id: int, now: datetime) -> str | None:
    """Nothing new is offered or booked, and there is still something to meet about."""
    rows = SupportRequest.objects.filter(pk=request_id, status__in=OPEN_STATUSES)
    has_new = MeetingSlot.objects.open(now).filter(support_request=request_id).exists()
    booked = IntakeMeeting.objects.booked().filter(support_request=request_id)
    return None if rows.exists() and not has_new and not booked.exists() else _("Det finns nya tider, eller ett möte.")


def still_booked(meeting_id: int, now: datetime) -> str | None:
    booked = IntakeMeeting.objects.upcoming(now).filter(pk=meeting_id)
    return None if booked.exists() else _("Mötet är inte bokat längre.")


def still_cancelled(meeting_id: int, now: datetime) -> str | None:
    cancelled = {MeetingState.CANCELLED_BY_GROUP, MeetingState.CANCELLED_BY_US}
    rows = IntakeMeeting.objects.filter(pk=meeting_id, state__in=cancelled)
    return None if rows.exists() else _("Mötet är inte inställt.")


def still_missed(meeting_id: int, now: datetime) -> str | None:
    rows = IntakeMeeting.objects.filter(
        pk=meeting_id, state=MeetingState.NOBODY_CAME, support_request__status__in=OPEN_STATUSES
    )
    others = IntakeMeeting.objects.booked().filter(support_request__meetings=meeting_id)
    return None if rows.exists() and not others.exists() else _("Ett nytt möte är bokat, eller behövs inte.")


SLOTS_OFFERED = kinds.MessageKind("support.slots_offered", FROM_A_PERSON, still_open_times, leader_hears)
SLOTS_GONE = kinds.MessageKind("support.slots_gone", FROM_A_PERSON, still_without_times, leader_hears)
MEETING_BOOKED = kinds.MessageKind("support.meeting_booked", FROM_A_PERSON, still_booked, leader_hears)
MEETING_MOVED = kinds.MessageKind("support.meeting_moved", FROM_A_PERSON, still_booked, leader_hears)
MEETING_CANCELLED = kinds.MessageKind("support.meeting_cancelled", FROM_A_PERSON, still_cancelled, leader_hears)
MEETING_REMINDER = kinds.MessageKind("support.meeting_reminder", MessageClass.APPOINTMENT, still_booked, leader_hears)
MEETING_MISSED = kinds.MessageKind("support.meeting_missed", FROM_A_PERSON, still_missed, leader_hears)
SLOT_TAKEN = kinds.MessageKind("support.slot_taken", MessageClass.STAFF, still_booked)
GROUP_CANCELLED = kinds.MessageKind("support.group_cancelled", MessageClass.STAFF, still_cancelled)
TOO_LATE_TO_TELL = kinds.MessageKind("support.too_late_to_tell", MessageClass.STAFF)


def tell_slots(support_request: SupportRequest, *, once: str, now: datetime) -> None:
    """There are times to pick from; which they are stands on the page."""
    _tell_of_times(SLOTS_OFFERED, support_request, once, now)


def tell_slots_gone(support_request: SupportRequest, *, once: str, now: datetime) -> None:
    """Someone else got the last of the times. What was said about them is taken back, as far as it has not left."""
    take_back(support_request, SLOTS_OFFERED, because=_("Det finns inga tider kvar att välja på."))
    _tell_of_times(SLOTS_GONE, support_request, once, now)


def _tell_of_times(kind: kinds.MessageKind, support_request: SupportRequest, once: str, now: datetime) -> None:
    tell_contact(
        kind,
        support_request.contact,
        about=support_request,
        once=once,
        now=now,
        office=support_request.office,
        path=PAGE,
        context={"leader": support_request.leader},
    )


def tell_booked(meeting: IntakeMeeting, *, by_group: bool, now: datetime) -> None:
    """The group gets the time and the reminders, the leader hears of it when the group picked.

    A group that is called has just heard it: from us on the phone, or on the page where they picked.
    """
    if meeting.support_request.contact.channel != Channel.CALL:
        _tell(MEETING_BOOKED, meeting, now)
    _remind(meeting, now)
    if by_group:
        _tell_leader(SLOT_TAKEN, meeting, now, is_double=_is_double(meeting))


def _is_double(meeting: IntakeMeeting) -> bool:
    """Whether the leader has another meeting then: they offered the time knowing it, or got the case meanwhile."""
    others = IntakeMeeting.objects.booked().filter(leader=meeting.leader).exclude(pk=meeting.pk)
    return others.overlapping(meeting.starts_at, meeting.ends_at).exists()


def tell_moved(meeting: IntakeMeeting, *, now: datetime) -> None:
    """Another time or place. What was said about the old one is taken back, as far as it has not left."""
    take_back(meeting, MEETING_BOOKED, MEETING_MOVED, MEETING_REMINDER, because=_("Mötet är flyttat."))
    _tell(MEETING_MOVED, meeting, now)
    _remind(meeting, now)


def tell_cancelled(meeting: IntakeMeeting, *, by_group: bool, now: datetime) -> None:
    """The other side hears of it; the group gets what takes the meeting out of a calendar, whoever called it off."""
    because = _("Mötet är inställt.")
    take_back(meeting, MEETING_BOOKED, MEETING_MOVED, MEETING_REMINDER, because=because)
    if by_group:
        _tell_leader(GROUP_CANCELLED, meeting, now)
    if not (by_group and meeting.support_request.contact.channel == Channel.CALL):
        _tell(MEETING_CANCELLED, meeting, now, by_group=by_group)


def tell_missed(meeting: IntakeMeeting, *, now: datetime) -> None:
    """Nobody came: the group is asked whether they want another time."""
    tell_contact(
        MEETING_MISSED,
        meeting.support_request.contact,
        about=meeting,
        now=now,
        office=meeting.support_request.office,
        path=PAGE,
        context={"leader": meeting.leader},
    )


def _tell(kind: kinds.MessageKind, meeting: IntakeMeeting, now: datetime, *, by_group: bool = False) -> None:
    contact = meeting.support_request.contact
    message = tell_contact(
        kind,
        contact,
        about=meeting,
        once=str(meeting.sequence),
        now=now,
        office=meeting.support_request.office,
        context={"meeting": meeting, "by_group": by_group},
        path=PAGE,
        starts_at=meeting.starts_at,
        attachments=_files(meeting, contact),
    )
    if message is None:
        _tell_leader(TOO_LATE_TO_TELL, meeting, now)


def _files(meeting: IntakeMeeting, contact: Contact) -> list[Attachment]:
    """The calendar entry itself only where anyone may see it; otherwise it lies behind the link."""
    if contact.channel != Channel.EMAIL or contact.discreet or contact.protected:
        return []
    return [Attachment(FILE_NAME, content_type(meeting), invitation(meeting))]


def _remind(meeting: IntakeMeeting, now: datetime) -> None:
    """48 hours and 2 hours before. What quiet hours would bring together, or is past already, is said once or not."""
    moments: set[datetime] = set()
    for before in REMIND_BEFORE:
        wanted = meeting.starts_at - before
        moment = when_to_send(
            wanted, MessageClass.APPOINTMENT, now=now, calendar=SwedishCalendar(), starts_at=meeting.starts_at
        )
        if wanted <= now or moment is None or moment in moments:
            continue
        moments.add(moment)
        tell_contact(
            MEETING_REMINDER,
            meeting.support_request.contact,
            about=meeting,
            once=f"{meeting.sequence}:{before}",
            now=now,
            office=meeting.support_request.office,
            context={"meeting": meeting},
            path=PAGE,
            wanted_at=wanted,
            starts_at=meeting.starts_at,
        )


def _tell_leader(kind: kinds.MessageKind, meeting: IntakeMeeting, now: datetime, *, is_double: bool = False) -> None:
    tell_user(
        kind,
        meeting.leader,
        about=meeting,
        once=str(meeting.sequence),
        now=now,
        office=meeting.support_request.office,
        context={"meeting": meeting, "is_double": is_double},
        page=meeting.support_request,
    )


def register() -> None:
    kinds.register(
        SLOTS_OFFERED,
        SLOTS_GONE,
        MEETING_BOOKED,
        MEETING_MOVED,
        MEETING_CANCELLED,
        MEETING_REMINDER,
        MEETING_MISSED,
        SLOT_TAKEN,
        GROUP_CANCELLED,
        TOO_LATE_TO_TELL,
    )
