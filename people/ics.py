"""What all our calendar files have in common (RFC 5545 and 5546): how they begin, how an entry looks, who sends it.

One UID for life and a sequence that grows, so that a calendar replaces the entry when its time is changed and takes it
away when it is cancelled.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vDuration, vText

from people.calendar import STOCKHOLM
from people.enums import Channel
from people.models import Contact

AN_HOUR = timedelta(hours=1)
"""How often a calendar program is asked to look again; many do so more seldom."""

WINTER, SUMMER = timedelta(hours=1), timedelta(hours=2)
"""How far the Swedish clock is ahead of UTC."""

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


def new_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//kalender//sv")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_swedish_clock())
    return calendar


def new_feed(name: str) -> Calendar:
    """A calendar to subscribe to, under the name that the reader's program shows."""
    calendar = new_calendar(PUBLISH)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(AN_HOUR), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(AN_HOUR))
    return calendar


def as_file(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())


def _swedish_clock() -> Timezone:
    """When Sweden changes its clocks, as rules that every program follows (directive 2000/84/EC, in use since 1996).

    Not `add_missing_timezones`: it writes a list of days, with the spring an hour late, and some programs (dateutil,
    on which many are built) then take winter time for the whole year.
    """
    clock = Timezone()
    clock.add("tzid", "Europe/Stockholm")
    clock.add_component(_change(TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), month=3, to=SUMMER))  # noqa: DTZ001 -- by the clock on the wall, as the rule is
    clock.add_component(_change(TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), month=10, to=WINTER))  # noqa: DTZ001 -- the same
    return clock


def _change(
    kind: TimezoneDaylight | TimezoneStandard, name: str, first: datetime, *, month: int, to: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    kind.add("dtstart", first)
    kind.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    kind.add("tzoffsetfrom", SUMMER + WINTER - to)
    kind.add("tzoffsetto", to)
    kind.add("tzname", name)
    return kind


def new_event(
    uid: str,
    *,
    sequence: int,
    changed_at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    is_cancelled: bool,
) -> Event:
    """An entry in Swedish time. The same each time until something changes: it does not tell when it was asked for."""
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(STOCKHOLM))
    event.add("dtend", ends_at.astimezone(STOCKHOLM))
    event.add("summary", summary)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def is_discreet(contact: Contact) -> bool:
    """Whether the entry tells the time and nothing else."""
    return contact.discreet or contact.protected


def may_name_receiver(contact: Contact) -> bool:
    """Whether there is an address to invite, that may stand in the file."""
    return contact.channel == Channel.EMAIL and not is_discreet(contact)


def method_for(contact: Contact, *, is_cancelled: bool) -> str:
    """How a calendar shall take a contact's file."""
    if is_cancelled:
        return CANCEL
    return REQUEST if may_name_receiver(contact) else PUBLISH


def add_people(event: Event, contact: Contact) -> None:
    """From whom the entry comes, and whom it invites: the contact alone, and only where their address may be seen."""
    event["organizer"] = _organizer(neutral=is_discreet(contact))
    if may_name_receiver(contact):
        event.add("attendee", _attendee(contact))


def _organizer(*, neutral: bool) -> vCalAddress:
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
