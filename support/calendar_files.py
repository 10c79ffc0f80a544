"""The first meeting as a calendar file, and a leader's own meetings as a calendar to subscribe to.

One UID for life and a sequence that grows, so that a calendar replaces the entry when the meeting is moved and takes it
away when it is cancelled. Always titled "Möte": a calendar is often seen by others than its owner.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from people.calendar import STOCKHOLM
from people.enums import Channel
from people.models import Contact, User
from support.enums import MeetingState, PlaceKind
from support.models import IntakeMeeting

FILE_NAME = "mote.ics"
AN_HOUR = timedelta(hours=1)
"""How often a calendar program is asked to look again; many do so more seldom."""

CANCELLED = (MeetingState.CANCELLED_BY_GROUP, MeetingState.CANCELLED_BY_US)


def invitation(meeting: IntakeMeeting) -> bytes:
    """The meeting as it stands now: an invitation, its change or its cancellation (RFC 5545 and 5546).

    For a discreet contact it tells the time and nothing else. Without an address to invite it is a plain entry.
    """
    contact = meeting.support_request.contact
    calendar = Calendar()
    calendar.add("prodid", "-//kalender//sv")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(meeting))
    with translation.override(contact.reads):
        calendar.add_component(_event(meeting, contact))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def method_of(meeting: IntakeMeeting) -> str:
    """How a calendar shall take the file."""
    if meeting.state in CANCELLED:
        return "CANCEL"
    return "REQUEST" if _may_name_receiver(meeting.support_request.contact) else "PUBLISH"


def content_type(meeting: IntakeMeeting) -> str:
    return f"text/calendar; method={method_of(meeting)}"


def _may_name_receiver(contact: Contact) -> bool:
    return contact.channel == Channel.EMAIL and not _is_discreet(contact)


def _is_discreet(contact: Contact) -> bool:
    return contact.discreet or contact.protected


def own_calendar(meetings: Iterable[IntakeMeeting], user: User) -> bytes:
    """A leader's meetings for their own calendar program: when, and where in the portal to read more.

    Nothing tells of whom they meet, where or about what: calendars are shared, and lie with other companies.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//kalender//sv")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with translation.override(user.language):
        calendar.add("x-wr-calname", _("Möten"))
        calendar.add("refresh-interval", vDuration(AN_HOUR), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(AN_HOUR))
        for meeting in meetings:
            event = _bare_event(meeting)
            page = reverse("admin:support_intakemeeting_change", args=[meeting.pk])
            event.add("url", f"{settings.PORTAL_URL}{page}")
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _bare_event(meeting: IntakeMeeting) -> Event:
    """What any calendar may know: that there is a meeting, when, and whether it is still on."""
    event = Event()
    event.add("uid", f"{meeting.uid}@{settings.NEUTRAL_DOMAIN}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(STOCKHOLM))
    event.add("dtend", meeting.ends_at.astimezone(STOCKHOLM))
    event.add("summary", _("Möte"))
    event.add("status", "CANCELLED" if meeting.state in CANCELLED else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _event(meeting: IntakeMeeting, contact: Contact) -> Event:
    event = _bare_event(meeting)
    if not _is_discreet(contact):
        event.add("location", _place(meeting))
    event["organizer"] = _organizer(contact)
    if _may_name_receiver(contact):
        event.add("attendee", _attendee(contact))
    return event


def _place(meeting: IntakeMeeting) -> str:
    return meeting.place or str(PlaceKind(meeting.place_kind).label)


def _organizer(contact: Contact) -> vCalAddress:
    neutral = _is_discreet(contact)
    organizer = vCalAddress(
        f"mailto:kalender@{settings.NEUTRAL_DOMAIN}" if neutral else f"mailto:{settings.FROM_ADDRESS}"
    )
    organizer.params["CN"] = vText(settings.NEUTRAL_SENDER_NAME if neutral else settings.FROM_NAME)
    return organizer


def _attendee(contact: Contact) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{contact.email}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
