"""A registration as a calendar file, and the sessions that anyone may read about as calendars to subscribe to.

Nobody's entry tells of anyone else: it is about one registration, and the public ones are about sessions alone.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Event

from people import ics
from people.models import Contact
from training.enums import RegistrationState, SessionState
from training.models import Registration, Session

FILE_NAME = "utbildning.ics"
NEUTRAL_FILE_NAME = "mote.ics"


def entry(registration: Registration) -> bytes:
    """The registration as it stands now: an invitation, its change or its cancellation (RFC 5545 and 5546).

    For a discreet contact it tells the time and nothing else. Without an address to invite it is a plain entry.
    """
    contact = registration.contact
    calendar = ics.new_calendar(method_of(registration))
    with translation.override(contact.reads):
        calendar.add_component(_entry(registration, contact))
    return ics.as_file(calendar)


def method_of(registration: Registration) -> str:
    """How a calendar shall take the file."""
    return ics.method_for(registration.contact, is_cancelled=registration.state == RegistrationState.CANCELLED)


def content_type(registration: Registration) -> str:
    return f"text/calendar; method={method_of(registration)}"


def file_name(registration: Registration) -> str:
    """What the file is called where it is kept: that of a discreet contact tells nothing."""
    return NEUTRAL_FILE_NAME if ics.is_discreet(registration.contact) else FILE_NAME


def _entry(registration: Registration, contact: Contact) -> Event:
    session, is_discreet = registration.session, ics.is_discreet(contact)
    event = ics.new_event(
        f"{registration.uid}@{settings.NEUTRAL_DOMAIN}",
        sequence=registration.sequence,
        changed_at=registration.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=_("Möte") if is_discreet else session.course.title,
        is_cancelled=registration.state == RegistrationState.CANCELLED,
    )
    event.add("class", "PRIVATE")
    if not is_discreet:
        event.add("location", session.place or session.link)
        if session.way_there:
            event.add("description", session.way_there)
    ics.add_people(event, contact)
    return event


def programme(sessions: Iterable[Session], *, name: str) -> bytes:
    """Sessions for anyone's calendar program, in the language of the page; what is called off stays and says so.

    The link to a meeting on the net is only for those who are registered.
    """
    calendar = ics.new_feed(name)
    for session in sessions:
        calendar.add_component(_public_event(session))
    return ics.as_file(calendar)


def _public_event(session: Session) -> Event:
    event = ics.new_event(
        f"session-{session.pk}@{urlsplit(settings.PORTAL_URL).hostname}",
        sequence=_sequence_of(session),
        changed_at=session.changed_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=session.course.title,
        is_cancelled=session.state == SessionState.CANCELLED,
    )
    event.add("location", session.place or _("På nätet"))
    event.add("description", session.course.lead)
    page = reverse("training:session", args=[session.course.slug, session.pk])
    event.add("url", f"{settings.PORTAL_URL}{page}")
    return event


def _sequence_of(session: Session) -> int:
    """Grows with every change, without being kept: the seconds from when the session was written down until then."""
    return max(0, int((session.changed_at - session.created_at).total_seconds()))
