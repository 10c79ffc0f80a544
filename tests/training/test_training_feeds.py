"""Sessions as calendars to subscribe to: what anyone may read, and nothing of those who come."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import vobject
from django.conf import settings
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from people.models import Office, User
from tests.factories import NOW, make_contact
from tests.factories.training import make_course, make_registration, make_session
from training.actions.sessions import call_off, change_session
from training.enums import CourseTopic, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

DAY = timedelta(days=1)


@pytest.fixture
def address(office: Office) -> str:
    return f"/utbildningar/kalender/{office.slug}.ics"


def of_topic(topic: str) -> str:
    return f"/utbildningar/kalender/amne/{topic}.ics"


def events(response: Any) -> list[Any]:
    return Calendar.from_ical(response.content).walk("VEVENT")


def titles(response: Any) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(response)]


def test_the_calendar_of_an_office_tells_what_when_and_where(client, address, office):
    course = make_course(title="Makt", lead="Vem bestämmer?")
    session = make_session(office=office, course=course, starts_at=datetime(2026, 11, 3, 17, tzinfo=UTC))

    response = client.get(address)

    [event] = events(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(response.content)["METHOD"] == "PUBLISH"
    assert Calendar.from_ical(response.content)["X-WR-CALNAME"] == "Utbildningar i Almhöjden"
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("Makt", "Vem bestämmer?")
    assert (event["LOCATION"], event["STATUS"]) == ("Biblioteket, Storgatan 1", "CONFIRMED")
    assert event["DTSTART"].dt.strftime("%Y-%m-%d %H:%M %z") == "2026-11-03 18:00 +0100"
    assert event["UID"] == f"session-{session.pk}@{urlsplit(settings.PORTAL_URL).hostname}"
    assert event["URL"] == f"{settings.PORTAL_URL}/utbildningar/{course.slug}/{session.pk}/"


def test_a_second_parser_reads_the_same(client, address, office):
    first = make_session(office=office, course=make_course(title="Makt; del 1"))
    second = make_session(office=office, starts_at=NOW + 90 * DAY)

    read = vobject.readOne(client.get(address).content.decode()).vevent_list

    assert [event.summary.value for event in read] == ["Makt; del 1", second.course.title]
    assert [event.dtstart.value for event in read] == [first.starts_at, second.starts_at]


def test_nothing_of_those_who_come_stands_in_it(client, address, office):
    session = make_session(office=office, link="https://moten.example/rum")
    contact = make_contact(called="Bengt", email="bengt@example.org")
    make_registration(session=session, contact=contact, needs="Hörslinga", seats=2)

    told = client.get(address).content.decode().lower()

    assert [word for word in ("bengt", "attendee", "hörslinga", "moten.example") if word in told] == []


def test_someone_who_registers_changes_nothing_in_it(client, address, office):
    session = make_session(office=office)
    before = client.get(address)

    make_registration(session=session)

    assert client.get(address)["ETag"] == before["ETag"]


def test_a_moved_session_keeps_its_uid_and_one_called_off_says_so(client, address, office, leader):
    session = make_session(office=office)
    [first] = events(client.get(address))
    new_start = session.starts_at + 7 * DAY
    change_session(
        session,
        values={"starts_at": new_start, "ends_at": new_start + timedelta(hours=2)},
        by=leader,
        now=NOW + timedelta(hours=1),
    )
    [moved] = events(client.get(address))
    call_off(session, because="", by=leader, now=NOW + timedelta(hours=2))
    [off] = events(client.get(address))

    assert first["UID"] == moved["UID"] == off["UID"]
    assert first["SEQUENCE"] < moved["SEQUENCE"] < off["SEQUENCE"]
    assert first["DTSTAMP"].dt < moved["DTSTAMP"].dt < off["DTSTAMP"].dt
    assert (moved["DTSTART"].dt, moved["STATUS"], off["STATUS"]) == (new_start, "CONFIRMED", "CANCELLED")


def test_what_nobody_may_read_about_is_not_in_it(client, address, office, other_office):
    make_session(office=office, state=SessionState.DRAFT, published_at=None)
    make_session(office=office, state=SessionState.CANCELLED, published_at=None)
    make_session(office=office, course=make_course(is_public=False))
    make_session(office=other_office)
    make_session(office=office, starts_at=NOW - 31 * DAY)
    shown = [make_session(office=office, starts_at=NOW + days * DAY).course.title for days in (-29, 300)]

    assert titles(client.get(address)) == shown


def test_the_calendar_of_a_topic_holds_all_offices(client, office, other_office):
    ours = make_session(office=office, course=make_course(topic=CourseTopic.POWER), starts_at=NOW + DAY)
    theirs = make_session(office=other_office, course=make_course(topic=CourseTopic.POWER), starts_at=NOW + 2 * DAY)
    make_session(course=make_course(topic=CourseTopic.RIGHTS))

    response = client.get(of_topic("power"))

    assert titles(response) == [ours.course.title, theirs.course.title]
    assert Calendar.from_ical(response.content)["X-WR-CALNAME"] == "Utbildningar om Makt"


@pytest.mark.parametrize(
    "path",
    [
        "/utbildningar/kalender/finns-inte.ics",
        "/utbildningar/kalender/.ics",
        "/utbildningar/kalender/%00.ics",
        "/utbildningar/kalender/amne/finns-inte.ics",
        "/utbildningar/kalender/amne/%00.ics",
    ],
)
def test_what_there_is_no_calendar_of_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_empty_calendar_is_a_calendar(client, address):
    response = client.get(address)

    assert (response.status_code, events(response)) == (200, [])


def test_programs_ask_again_and_get_nothing_when_nothing_is_new(client: Client, address: str, office: Office):
    make_session(office=office)
    response = client.get(address)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    head = client.head(address)

    assert response["Cache-Control"] == "no-cache"
    assert response.cookies.keys() == set()
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_costs_the_same(
    client: Client, address: str, office: Office, rows: int, django_assert_num_queries: DjangoAssertNumQueries
):
    for _each in range(rows):
        make_session(office=office)

    with django_assert_num_queries(2):
        client.get(address)
    with django_assert_num_queries(1):
        client.get(of_topic("rights"))


def test_the_same_calendar_for_everyone(client: Client, address: str, office: Office, leader: User):
    make_session(office=office)
    before = client.get(address).content
    client.force_login(leader)

    assert client.get(address).content == before
