"""The first meeting as a calendar file, and a leader's own meetings as a calendar to subscribe to.

Always titled "Möte": a calendar is often seen by others than its owner.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from people import ics
from people.models import Contact, User
from support.enums import MeetingState, PlaceKind
from support.models import IntakeMeeting

FILE_NAME = "mote.ics"

CANCELLED = (MeetingState.CANCELLED_BY_GROUP, MeetingState.CANCELLED_BY_US)


def invitation(meeting: IntakeMeeting) -> bytes:
    """The meeting as it stands now: an invitation, its change or its cancellation (RFC 5545 and 5546).

    For a discreet contact it tells the time and nothing else. Without an address to invite it is a plain entry.
    """
    contact = meeting.support_request.contact
    calendar = ics.new_calendar(method_of(meeting))
    with translation.override(contact.reads):
        calendar.add_component(_event(meeting, contact))
    return ics.as_file(calendar)


def method_of(meeting: IntakeMeeting) -> str:
    """How a calendar shall take the file."""
    return ics.method_for(meeting.support_request.contact, is_cancelled=meeting.state in CANCELLED)


def content_type(meeting: IntakeMeeting) -> str:
    return f"text/calendar; method={method_of(meeting)}"


def own_calendar(meetings: Iterable[IntakeMeeting], user: User) -> bytes:
    """A leader's meetings for their own calendar program: when, and where in the portal to read more.

    Nothing tells of whom they meet, where or about what: calendars are shared, and lie with other companies.
    """
    with translation.override(user.language):
        calendar = ics.new_feed(_("Möten"))
        for meeting in meetings:
            event = _bare_event(meeting)
            page = reverse("admin:support_intakemeeting_change", args=[meeting.pk])
            event.add("url", f"{settings.PORTAL_URL}{page}")
            calendar.add_component(event)
    return ics.as_file(calendar)


def _bare_event(meeting: IntakeMeeting) -> Event:
    """What any calendar may know: that there is a meeting, when, and whether it is still on."""
    event = ics.new_event(
        f"{meeting.uid}@{settings.NEUTRAL_DOMAIN}",
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=_("Möte"),
        is_cancelled=meeting.state in CANCELLED,
    )
    event.add("class", "PRIVATE")
    return event


def _event(meeting: IntakeMeeting, contact: Contact) -> Event:
    event = _bare_event(meeting)
    if not ics.is_discreet(contact):
        event.add("location", _place(meeting))
    ics.add_people(event, contact)
    return event


def _place(meeting: IntakeMeeting) -> str:
    return meeting.place or str(PlaceKind(meeting.place_kind).label)
