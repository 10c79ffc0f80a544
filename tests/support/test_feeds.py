"""A leader's own meetings in their own calendar: the time and nothing else, as long as they work with cases."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from icalendar import Calendar

from people.actions.feeds import close_feed, open_feed
from people.models import CalendarFeed, StaffRole, User
from support.actions import meetings
from support.enums import MeetingState, PlaceKind
from support.models import IntakeMeeting
from tests.factories import NOW, TODAY, make_contact, make_group, make_link, make_meeting, make_request
from tests.support.admin_pages import buttons, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/admin/people/calendarfeed/"
HOUR = timedelta(hours=1)


@pytest.fixture
def address(leader: User) -> str:
    return f"/kalender/{open_feed(leader, now=NOW).token}.ics"


@pytest.fixture
def meeting(office, leader) -> IntakeMeeting:
    support_request = make_request(
        office=office,
        leader=leader,
        group=make_group(office=office, alias="Värmegruppen"),
        place="Almhöjden",
        contact=make_contact(called="Alva", phone="070-174 06 15", discreet=False),
    )
    make_link(about=support_request)
    return make_meeting(support_request=support_request, leader=leader, place="Folkets hus", agenda="Hyran")


def entries(response: Any) -> list[Any]:
    return Calendar.from_ical(response.content).walk("VEVENT")


def move(meeting: IntakeMeeting, by: User) -> None:
    starts_at = NOW + timedelta(days=70)  # in winter time
    meetings.move_meeting(
        meeting, starts_at=starts_at, ends_at=starts_at + HOUR, place_kind=PlaceKind.PHONE, place="", by=by, now=NOW
    )


def test_the_calendar_tells_the_time_and_where_to_read_more(client, address, meeting):
    response = client.get(address)

    calendar, [entry] = Calendar.from_ical(response.content), entries(response)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["METHOD"], calendar["X-WR-CALNAME"]) == ("PUBLISH", "Möten")
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert sorted(entry) == [
        "CLASS", "DTEND", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "UID", "URL"
    ]  # fmt: skip
    assert (entry["SUMMARY"], entry["STATUS"], entry["SEQUENCE"]) == ("Möte", "CONFIRMED", 0)
    assert entry["UID"] == f"{meeting.uid}@{settings.NEUTRAL_DOMAIN}"
    assert entry["URL"] == settings.PORTAL_URL + page(meeting)
    assert entry["DTSTART"].dt == meeting.starts_at
    assert entry["DTSTART"].dt.tzinfo == ZoneInfo("Europe/Stockholm")


def test_the_calendar_tells_nothing_of_whom_they_meet(client, address, meeting):
    told = client.get(address).content.decode().lower()

    code = meeting.support_request.contact.links.get().code.lower()
    secrets = ("värmegruppen", "almhöjden", "alva", "folkets", "hyran", "1740615", "mobilisering", code)
    assert [word for word in secrets if word in told] == []


def test_a_moved_meeting_keeps_its_uid_and_a_cancelled_one_says_so(client, address, meeting, leader):
    [first] = entries(client.get(address))
    move(meeting, leader)
    [moved] = entries(client.get(address))
    meetings.cancel_meeting(meeting, by_group=True, now=NOW)
    [cancelled] = entries(client.get(address))

    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert [entry["SEQUENCE"] for entry in (first, moved, cancelled)] == [0, 1, 2]
    assert [entry["STATUS"] for entry in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert moved["DTSTART"].dt.strftime("%Y-%m-%d %H:%M %z") == "2026-11-10 09:00 +0100"


def test_the_calendar_goes_a_month_back_and_half_a_year_ahead(client, address, office, leader):
    for days in (-31, -29, 179, 181):
        start = NOW + timedelta(days=days)
        make_meeting(
            support_request=make_request(office=office), leader=leader, starts_at=start, ends_at=start + HOUR,
            state=MeetingState.HELD if days < 0 else MeetingState.BOOKED,
        )  # fmt: skip

    found = [(entry["DTSTART"].dt - NOW).days for entry in entries(client.get(address))]

    assert found == [-29, 179]


def test_only_ones_own_meetings_and_only_those_one_may_see(
    client, address, meeting, office, other_office, leader, colleague
):
    make_meeting(support_request=make_request(office=office), leader=colleague)
    make_meeting(support_request=make_request(office=other_office), leader=leader)
    given = make_meeting(support_request=make_request(office=office), leader=leader)
    IntakeMeeting.objects.filter(pk=given.pk).update(leader=colleague)

    assert [
        str(entry["URL"]).rpartition("/change")[0].rpartition("/")[2] for entry in entries(client.get(address))
    ] == [str(meeting.pk)]


def test_an_address_that_opens_nothing_is_not_found(client, address, meeting, leader):
    unknown = client.get("/kalender/abcdefghijklmnopqrstuvwxyz.ics")
    close_feed(leader, now=NOW)
    ended = client.get(address)

    assert (unknown.status_code, ended.status_code) == (404, 404)
    assert client.get("/kalender/.ics").status_code == 404
    assert client.get("/kalender/%00.ics").status_code == 404


def test_someone_without_a_role_today_has_no_calendar(client, address, meeting, leader):
    StaffRole.objects.of(leader).update(ends_on=TODAY - timedelta(days=1))

    assert client.get(address).status_code == 404
    assert CalendarFeed.objects.get().last_read_on is None


def test_a_treasurer_has_no_calendar(client, treasurer):
    assert client.get(f"/kalender/{open_feed(treasurer, now=NOW).token}.ics").status_code == 404


def test_the_calendar_is_read_without_a_session_and_kept_by_nobody(client, address, meeting):
    response = client.get(address)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    head = client.head(address)

    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert response.cookies.keys() == set()
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_costs_the_same(client, address, office, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        make_meeting(support_request=make_request(office=office), leader=leader)

    with django_assert_num_queries(4):
        client.get(address)
    with django_assert_num_queries(3):
        client.get(address)


def test_a_leader_makes_an_address_that_is_shown_once(as_leader, client, leader, meeting):
    first = as_leader.get(PAGE)
    made = as_leader.post(f"{PAGE}ny/", {"once": first.context["once_key"]})

    assert "Du har ingen adress än." in text_of(first)
    [address] = re.findall(rf'value="{settings.PORTAL_URL}(/kalender/[^"]+\.ics)"', made.content.decode())
    assert made["Cache-Control"] == "private, no-store"
    assert len(entries(client.get(address))) == 1
    twice = as_leader.post(f"{PAGE}ny/", {"once": first.context["once_key"]}, follow=True)
    assert "Adressen är redan gjord." in text_of(twice)
    assert "/kalender/" not in twice.content.decode()
    assert "Din kalender hämtade mötena senast 1 september 2026." in text_of(twice)
    assert buttons(twice) == ["Gör en ny adress", "Avsluta adressen"]


def test_a_leader_ends_the_address(as_leader, address):
    response = as_leader.post(f"{PAGE}avsluta/", follow=True)
    again = as_leader.post(f"{PAGE}avsluta/", follow=True)

    assert "Adressen är avslutad." in text_of(response)
    assert "Adressen är avslutad." not in text_of(again)
    assert as_leader.get(address).status_code == 404


def test_nobody_sees_or_ends_the_address_of_another(client, address, colleague):
    client.force_login(colleague)

    assert "Du har ingen adress än." in text_of(client.get(PAGE))
    client.post(f"{PAGE}avsluta/")

    assert client.get(address).status_code == 200
    assert client.get(f"{PAGE}{CalendarFeed.objects.get().pk}/change/").status_code == 404


def test_the_page_is_for_those_who_work_with_cases(client, as_leader, treasurer, editor):
    assert [as_leader.get(f"{PAGE}{name}/").status_code for name in ("ny", "avsluta")] == [405, 405]
    assert as_leader.post(PAGE).status_code == 405
    for user in (treasurer, editor):
        client.force_login(user)
        assert [client.get(PAGE).status_code, client.post(f"{PAGE}ny/").status_code] == [403, 403]
    client.logout()
    assert client.post(f"{PAGE}ny/")["Location"].startswith("/admin/login/")
    assert CalendarFeed.objects.count() == 0
