from datetime import timedelta
from email import message_from_bytes
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from icalendar import Calendar

from people.enums import Channel
from people.models import Message, User
from people.outbox import unpacked
from support.actions import meetings
from support.calendar_files import content_type, invitation
from support.enums import PlaceKind
from support.models import IntakeMeeting
from tests.factories import NOW, make_contact, make_meeting, make_request

pytestmark = pytest.mark.django_db

NEW_START = NOW + timedelta(days=8)


def meeting_with(**contact: Any) -> IntakeMeeting:
    return make_meeting(support_request=make_request(contact=make_contact(**contact)))


def entry_of(file: bytes) -> Any:
    return Calendar.from_ical(file).walk("VEVENT")[0]


def move(meeting: IntakeMeeting, by: User) -> IntakeMeeting:
    return meetings.move_meeting(
        meeting,
        starts_at=NEW_START,
        ends_at=NEW_START + timedelta(hours=1),
        place_kind=PlaceKind.PLACE,
        place="Folkets hus",
        by=by,
        now=NOW,
    )


def test_an_invitation_tells_time_and_place_in_swedish_time() -> None:
    meeting = meeting_with(email="alva@example.org")

    file = invitation(meeting)

    calendar, entry = Calendar.from_ical(file), entry_of(file)
    assert calendar["METHOD"] == "REQUEST"
    assert entry["SUMMARY"] == "Möte"
    assert entry["LOCATION"] == "Biblioteket"
    assert entry["ATTENDEE"] == "mailto:alva@example.org"
    assert entry["DTSTART"].dt == meeting.starts_at
    assert entry["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert entry["DTSTART"].dt.tzinfo == ZoneInfo("Europe/Stockholm")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]


def test_a_change_keeps_the_uid_and_raises_the_sequence(leader: User) -> None:
    meeting = meeting_with()
    first = entry_of(invitation(meeting))

    second = entry_of(invitation(move(meeting, leader)))

    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert (second["DTSTART"].dt, second["LOCATION"]) == (NEW_START, "Folkets hus")


def test_a_cancellation_takes_the_entry_away() -> None:
    meeting = meeting_with()

    meetings.cancel_meeting(meeting, by_group=True, now=NOW)

    calendar = Calendar.from_ical(invitation(meeting))
    assert calendar["METHOD"] == "CANCEL"
    assert (calendar.walk("VEVENT")[0]["STATUS"], calendar.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCELLED", 1)


@pytest.mark.parametrize("secret", [{"discreet": True}, {"protected": True}])
def test_a_discreet_entry_tells_the_time_and_nothing_else(secret: dict[str, bool], settings: Any) -> None:
    settings.FROM_NAME, settings.FROM_ADDRESS = "Mobilisering", "hej@mobilisering.example"
    meeting = meeting_with(email="alva@example.org", **secret)

    file = invitation(meeting)

    entry = entry_of(file)
    assert (entry["SUMMARY"], Calendar.from_ical(file)["METHOD"]) == ("Möte", "PUBLISH")
    text = file.decode().lower()
    assert [word for word in ("mobilisering", "biblioteket", "alva", "location") if word in text] == []


def test_without_an_address_the_entry_invites_nobody() -> None:
    file = invitation(meeting_with(channel=Channel.SMS))

    assert Calendar.from_ical(file)["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in entry_of(file)


def test_the_file_is_the_same_each_time_until_something_changes() -> None:
    meeting = meeting_with()

    assert invitation(meeting) == invitation(meeting)


def test_the_file_goes_along_only_where_anyone_may_see_it(leader: User) -> None:
    for contact in ({}, {"discreet": True}, {"channel": Channel.SMS}):
        meetings.book_meeting(
            make_request(contact=make_contact(**contact)),
            starts_at=NEW_START,
            ends_at=NEW_START + timedelta(hours=1),
            place_kind=PlaceKind.PHONE,
            place="",
            by=leader,
            now=NOW,
            even_if_busy=True,
        )

    booked = Message.objects.filter(kind="support.meeting_booked").order_by("pk")
    assert [[file.name for file in unpacked(row.attachments)] for row in booked] == [["mote.ics"], [], []]


def test_mail_programs_are_told_that_it_is_an_invitation() -> None:
    meeting = meeting_with()
    mail = EmailMultiAlternatives("Tiden är bokad", "Vi ses.", to=["alva@example.org"])

    mail.attach("mote.ics", invitation(meeting), content_type(meeting))

    part = list(message_from_bytes(mail.message().as_bytes()).walk())[-1]
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert entry_of(cast("bytes", part.get_payload(decode=True)))["SUMMARY"] == "Möte"
