"""A registration in someone's calendar, read by two parsers that have nothing in common."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from icalendar import Calendar

from people.enums import Channel
from people.models import User
from tests.factories import NOW, make_contact
from tests.factories.training import make_course, make_registration, make_session
from tests.training.public_kit import MINE, at_mine
from training.actions.registering import cancel
from training.actions.sessions import call_off, change_session
from training.calendar_files import content_type, entry
from training.enums import RegistrationState
from training.models import Registration

pytestmark = pytest.mark.django_db

FILE = f"{MINE}kalender.ics"
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def event_of(file: bytes) -> Any:
    return Calendar.from_ical(file).walk("VEVENT")[0]


def other_event_of(file: bytes) -> Any:
    """The same entry, read by the second parser."""
    return vobject.readOne(file.decode()).vevent


def registration_of(**contact: Any) -> Registration:
    return make_registration(contact=make_contact(**contact))


def test_an_invitation_tells_what_when_and_where_in_swedish_time() -> None:
    session = make_session(course=make_course(title="Makt, på svenska; nu"), way_there="Buss 4\nPorten till vänster")
    registration = make_registration(session=session, contact=make_contact(email="alva@example.org"))

    file = entry(registration)

    event = event_of(file)
    assert Calendar.from_ical(file)["METHOD"] == "REQUEST"
    assert (event["SUMMARY"], event["LOCATION"]) == ("Makt, på svenska; nu", "Biblioteket, Storgatan 1")
    assert event["DESCRIPTION"] == "Buss 4\nPorten till vänster"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (session.starts_at, session.ends_at)
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert event["ATTENDEE"] == "mailto:alva@example.org"
    assert event["UID"] == f"{registration.uid}@{settings.NEUTRAL_DOMAIN}"


def test_a_second_parser_reads_the_same() -> None:
    session = make_session(course=make_course(title="Makt, på svenska; nu"), way_there="Buss 4\nPorten till vänster")
    registration = make_registration(session=session, contact=make_contact(email="alva@example.org"))

    event = other_event_of(entry(registration))

    assert event.summary.value == "Makt, på svenska; nu"
    assert event.location.value == "Biblioteket, Storgatan 1"
    assert event.description.value == "Buss 4\nPorten till vänster"
    assert (event.dtstart.value, event.dtend.value) == (session.starts_at, session.ends_at)
    assert event.attendee.value == "mailto:alva@example.org"
    assert (event.uid.value, event.sequence.value) == (f"{registration.uid}@{settings.NEUTRAL_DOMAIN}", "0")


@pytest.mark.parametrize(
    ("starts_at", "clock"),
    [
        (datetime(2026, 10, 24, 16, tzinfo=UTC), "2026-10-24 18:00 +0200"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25 02:30 +0200"),
        (datetime(2026, 10, 25, 17, tzinfo=UTC), "2026-10-25 18:00 +0100"),
        (datetime(2027, 3, 27, 17, tzinfo=UTC), "2027-03-27 18:00 +0100"),
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "2027-03-28 01:30 +0100"),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), "2027-03-28 03:30 +0200"),
        (datetime(2027, 3, 28, 16, tzinfo=UTC), "2027-03-28 18:00 +0200"),
        (datetime(2027, 7, 1, 16, tzinfo=UTC), "2027-07-01 18:00 +0200"),
    ],
)
def test_the_clock_is_right_on_both_sides_of_summer_time_in_both_parsers(starts_at: datetime, clock: str) -> None:
    file = entry(make_registration(session=make_session(starts_at=starts_at)))

    read = [event_of(file)["DTSTART"].dt, other_event_of(file).dtstart.value]

    assert [moment.strftime("%Y-%m-%d %H:%M %z") for moment in read] == [clock, clock]
    assert read[1].astimezone(UTC) == starts_at
    assert other_event_of(file).dtend.value.astimezone(UTC) == starts_at + timedelta(hours=2)


def test_a_session_from_summer_time_into_winter_time_is_as_long_as_it_is() -> None:
    starts_at = datetime(2026, 10, 24, 22, tzinfo=UTC)
    session = make_session(starts_at=starts_at, ends_at=starts_at + timedelta(hours=12))

    event = other_event_of(entry(make_registration(session=session)))

    assert event.dtend.value - starts_at == timedelta(hours=12)
    assert event.dtend.value.strftime("%H:%M %z") == "11:00 +0100"


def test_a_moved_session_replaces_the_entry(leader: User) -> None:
    registration = make_registration()
    first = event_of(entry(registration))

    new_start = datetime(2026, 11, 3, 17, tzinfo=UTC)
    values = {"starts_at": new_start, "ends_at": new_start + timedelta(hours=2), "place": "Folkets hus"}
    change_session(registration.session, values=values, by=leader, now=NOW + timedelta(hours=1))

    second = event_of(entry(Registration.objects.get()))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert first["DTSTAMP"].dt < second["DTSTAMP"].dt
    assert (second["DTSTART"].dt, second["LOCATION"], second["STATUS"]) == (new_start, "Folkets hus", "CONFIRMED")


@pytest.mark.parametrize("ends", ["by them", "by us"])
def test_what_is_cancelled_takes_the_entry_away(ends: str, leader: User) -> None:
    registration = make_registration()
    uid = event_of(entry(registration))["UID"]

    if ends == "by them":
        cancel(registration, now=NOW)
    else:
        call_off(registration.session, because="", by=leader, now=NOW)

    file = entry(Registration.objects.get())
    event, other = event_of(file), other_event_of(file)
    assert Calendar.from_ical(file)["METHOD"] == vobject.readOne(file.decode()).method.value == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (uid, 1, "CANCELLED")
    assert (other.uid.value, other.sequence.value, other.status.value) == (uid, "1", "CANCELLED")


@pytest.mark.parametrize("secret", [{"discreet": True}, {"protected": True}])
def test_a_discreet_entry_tells_the_time_and_nothing_else(secret: dict[str, bool]) -> None:
    session = make_session(course=make_course(title="Makt i vardagen"), way_there="Buss 4", led_by="Maja")
    registration = make_registration(session=session, contact=make_contact(email="alva@example.org", **secret))

    file = entry(registration)

    assert sorted(event_of(file)) == [
        "CLASS", "DTEND", "DTSTAMP", "DTSTART", "ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID"
    ]  # fmt: skip
    assert (event_of(file)["SUMMARY"], Calendar.from_ical(file)["METHOD"]) == ("Möte", "PUBLISH")
    told = file.decode().lower()
    assert [word for word in ("mobilisering", "makt", "bibliotek", "buss", "maja", "alva") if word in told] == []


def test_without_an_address_the_entry_invites_nobody() -> None:
    file = entry(registration_of(channel=Channel.SMS))

    assert Calendar.from_ical(file)["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event_of(file)


def test_nobody_else_stands_in_the_entry() -> None:
    session = make_session()
    ours, _theirs = (
        make_registration(
            session=session, needs=f"behov {name}", contact=make_contact(called=name, email=f"{name}@x.se")
        )
        for name in ("alva", "bengt")
    )

    file = entry(ours).decode()

    assert [word for word in ("bengt", "behov") if word in file] == []
    assert file.count("ATTENDEE") == 1


def test_the_file_is_the_same_each_time_until_something_changes() -> None:
    registration = make_registration()

    assert entry(registration) == entry(registration)


def test_a_meeting_on_the_net_has_its_link_in_the_entry_of_whoever_comes() -> None:
    session = make_session(place="", link="https://moten.example/rum")

    assert event_of(entry(make_registration(session=session)))["LOCATION"] == "https://moten.example/rum"


def test_mail_programs_are_told_that_it_is_an_invitation() -> None:
    registration = make_registration()
    mail = EmailMultiAlternatives("Du är anmäld", "Vi ses.", to=["alva@example.org"])

    mail.attach("utbildning.ics", entry(registration), content_type(registration))

    part = list(message_from_bytes(mail.message().as_bytes()).walk())[-1]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")


def test_the_file_lies_behind_the_own_page(client: Client, at_now: datetime) -> None:
    registration = make_registration()
    at_mine(client, registration)

    response = client.get(FILE)

    assert response.content == entry(registration)
    assert response["Content-Disposition"] == 'attachment; filename="utbildning.ics"'
    assert response["Cache-Control"] == "private, no-store"
    assert client.post(FILE).status_code == 405


def test_the_file_of_a_discreet_person_is_called_nothing(client: Client, at_now: datetime) -> None:
    at_mine(client, registration_of(discreet=True))

    assert client.get(FILE)["Content-Disposition"] == 'attachment; filename="mote.ics"'


@pytest.mark.parametrize("state", [RegistrationState.WAITLISTED, RegistrationState.OFFERED])
def test_who_has_no_seat_yet_has_nothing_for_the_calendar(
    client: Client, at_now: datetime, state: RegistrationState
) -> None:
    at_mine(client, make_registration(state=state))

    assert client.get(FILE).status_code == 404


def test_strangers_are_asked_for_code_and_words(client: Client) -> None:
    make_registration()

    assert client.get(FILE)["Location"].startswith("/min-sida/in/")
