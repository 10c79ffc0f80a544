"""The week: what is booked and offered, what is to be arranged, what collides, and nothing of another office."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from support.enums import AccessNeed, InterpreterState, MeetingState, NeedState
from support.models import IntakeMeeting, MeetingNeed
from tests.factories import NOW, make_group, make_link, make_meeting, make_request, make_slot
from tests.support.admin_pages import buttons, cells, changelist, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

WEEK = "/admin/support/intakemeeting/vecka/"
HOUR = timedelta(hours=1)
THURSDAY_AT_TEN = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


@pytest.fixture
def meeting(office, leader) -> IntakeMeeting:
    support_request = make_request(
        office=office,
        leader=leader,
        group=make_group(office=office, alias="Värmegruppen"),
        access_needs=[AccessNeed.NO_STAIRS, AccessNeed.HEARING_LOOP],
    )
    meeting = make_meeting(
        support_request=support_request,
        leader=leader,
        starts_at=THURSDAY_AT_TEN,
        ends_at=THURSDAY_AT_TEN + HOUR,
        interpreter=InterpreterState.BOOKED,
        interpreter_language="Soomaali",
    )
    for need, state in ((AccessNeed.NO_STAIRS, NeedState.ARRANGED), (AccessNeed.HEARING_LOOP, NeedState.TO_ARRANGE)):
        MeetingNeed.objects.create(meeting=meeting, need=need, state=state)
    MeetingNeed.objects.create(meeting=meeting, need=AccessNeed.CALM, state=NeedState.ARRANGED)  # taken back since
    return meeting


def days(response) -> dict[str, list[str]]:
    """What each day holds, in the order of the page."""
    return {day.words: [f"{one.clock} {one.who}" for one in day.entries] for day in response.context["days"]}


def clashes(response) -> list[list[str]]:
    return [entry.clashes for day in response.context["days"] for entry in day.entries]


def test_the_week_shows_each_day_with_what_is_to_be_arranged(as_leader, meeting):
    response = as_leader.get(WEEK)

    assert days(response) == {
        "Måndag 31 augusti": [],
        "Tisdag 1 september": [],
        "Onsdag 2 september": [],
        "Torsdag 3 september": ["10.00–11.00 Värmegruppen"],
        "Fredag 4 september": [],
        "Lördag 5 september": [],
        "Söndag 6 september": [],
    }
    told = text_of(response)
    assert "Vecka 36: måndag 31 augusti – söndag 6 september" in told
    assert "Tisdag 1 september I dag" in told
    assert told.count("Inget planerat.") == 6
    assert "Tolk, Soomaali: Bokad Lokal utan trappor: Ordnat Hörslinga: Ska ordnas" in told
    assert "Lugn miljö" not in told


def test_buttons_of_the_week_lead_back_to_it(as_leader, meeting):
    here = f"{WEEK}?vecka=2026-36"

    response = as_leader.get(here)
    links = re.findall(r'href="([^"]+back=[^"]+)"', response.content.decode())
    moved = as_leader.post(
        links[0].replace("&amp;", "&"),
        {"day": "2026-09-04", "clock": "10:00", "minutes": "60", "place_kind": "phone", "place": ""},
    )

    assert links == [f"{do(meeting, name)}?back={quote(here, safe='')}" for name in ("move", "interpreter")]
    assert moved["Location"] == here


def test_how_it_went_is_written_from_the_week_when_the_meeting_has_begun(as_leader, office, leader):
    make_meeting(
        support_request=make_request(office=office), leader=leader, starts_at=NOW - HOUR, ends_at=NOW - HOUR / 2
    )

    assert buttons(as_leader.get(WEEK)) == ["Anteckna", "Flytta", "Tolk"]


def test_offered_times_stand_in_the_week_until_they_are_gone(as_leader, office, leader):
    request = make_request(office=office, place="Almhöjden")
    times = {"starts_at": THURSDAY_AT_TEN, "ends_at": THURSDAY_AT_TEN + HOUR}
    slot = make_slot(support_request=request, leader=leader, **times)
    make_slot(support_request=request, leader=leader, state="withdrawn", **times)
    make_slot(support_request=request, leader=leader, starts_at=NOW - HOUR, ends_at=NOW)

    shown = as_leader.get(WEEK)
    withdrawn = as_leader.post(do(slot, "withdraw") + f"?back={WEEK}")

    assert days(shown)["Torsdag 3 september"] == ["10.00–11.00 Almhöjden"]
    assert "Erbjuden tid" in text_of(shown)
    assert "1 erbjuden tid." in text_of(shown)
    assert withdrawn["Location"] == WEEK


def test_a_group_without_a_name_is_told_by_its_code_and_place(as_leader, office, leader):
    """Most first meetings are with someone who has no name yet: the place alone would be the same for all."""
    asked = make_request(office=office, leader=leader, place="Almhöjden")
    make_link(about=asked, code="TALL 4827")
    times = {"starts_at": THURSDAY_AT_TEN, "ends_at": THURSDAY_AT_TEN + HOUR}
    make_meeting(support_request=asked, leader=leader, **times)
    make_slot(support_request=asked, leader=leader, **times)

    shown = days(as_leader.get(WEEK))["Torsdag 3 september"]
    listed = cells(as_leader.get(changelist(IntakeMeeting)), "group_place")

    assert shown == ["10.00–11.00 TALL 4827 · Almhöjden", "10.00–11.00 TALL 4827 · Almhöjden"]
    assert listed == ["TALL 4827 · Almhöjden"]


def test_meetings_that_collide_are_marked(as_leader, office, leader, colleague, meeting):
    def other(start: datetime, make=make_meeting, **kwargs) -> None:
        fields = {"support_request": make_request(office=office), "leader": leader} | kwargs
        make(starts_at=start, ends_at=start + HOUR, **fields)

    other(THURSDAY_AT_TEN + HOUR / 2)
    other(THURSDAY_AT_TEN + HOUR / 2, leader=colleague)
    other(THURSDAY_AT_TEN + 5 * HOUR, make_slot)
    other(THURSDAY_AT_TEN + 5 * HOUR, make_slot)

    response = as_leader.get(WEEK, {"visa": "kontoret"})

    assert clashes(response) == [["10.30–11.30"], ["10.00–11.00"], [], [], []]
    assert "Krockar med 10.30–11.30" in text_of(response)
    assert "2 tider krockar." in text_of(response)


def test_the_whole_office_is_shown_when_asked_for(as_leader, office, leader, colleague, meeting):
    make_meeting(
        support_request=make_request(office=office, place="Almhöjden"),
        leader=colleague,
        starts_at=THURSDAY_AT_TEN,
        ends_at=THURSDAY_AT_TEN + HOUR,
    )

    mine, everyones = as_leader.get(WEEK), as_leader.get(WEEK, {"visa": "kontoret"})

    assert days(mine)["Torsdag 3 september"] == ["10.00–11.00 Värmegruppen"]
    assert days(everyones)["Torsdag 3 september"] == ["10.00–11.00 Värmegruppen", "10.00–11.00 Almhöjden"]
    assert "Sam Ek" in text_of(everyones)


def test_meetings_of_another_office_are_in_no_week(client, other_office_leader, other_office, office, leader, meeting):
    """Not even one's own, at an office where one works no more."""
    make_meeting(
        support_request=make_request(office=office), leader=other_office_leader, starts_at=THURSDAY_AT_TEN,
        ends_at=THURSDAY_AT_TEN + HOUR,
    )  # fmt: skip
    make_slot(support_request=make_request(office=office), leader=other_office_leader, starts_at=THURSDAY_AT_TEN,
              ends_at=THURSDAY_AT_TEN + HOUR)  # fmt: skip
    client.force_login(other_office_leader)

    for asked in ({}, {"visa": "kontoret"}):
        response = client.get(WEEK, asked)

        assert [entries for entries in days(response).values() if entries] == []
        assert "Värmegruppen" not in text_of(response)


def test_cancelled_meetings_are_left_out_and_held_ones_say_how_it_went(as_leader, office, leader):
    for state in (MeetingState.CANCELLED_BY_GROUP, MeetingState.NOBODY_CAME):
        make_meeting(
            support_request=make_request(office=office, place=state), leader=leader, state=state,
            starts_at=NOW - 3 * HOUR, ends_at=NOW - 2 * HOUR,
        )  # fmt: skip

    response = as_leader.get(WEEK)

    assert days(response)["Tisdag 1 september"] == ["07.00–08.00 nobody_came"]
    assert "Ingen kom" in text_of(response)


def test_a_week_belongs_to_its_swedish_days(as_leader, office, leader):
    """Sunday 23.30 and Monday 00.30 in Sweden, when the clock is set back that night."""
    for start in (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, 30, tzinfo=UTC)):
        make_meeting(
            support_request=make_request(office=office, place=f"{start:%H.%M}"), leader=leader, starts_at=start,
            ends_at=start + HOUR / 4,
        )  # fmt: skip

    before, after = (as_leader.get(WEEK, {"vecka": week}) for week in ("2026-43", "2026-44"))

    assert days(before)["Söndag 25 oktober"] == ["23.30–23.45 22.30"]
    assert days(after)["Måndag 26 oktober"] == ["00.30–00.45 23.30"]


@pytest.mark.parametrize(
    ("asked", "title", "is_understood"),
    [
        ("2026-37", "Vecka 37: måndag 7 september – söndag 13 september", True),
        ("2026-W37", "Vecka 37: måndag 7 september – söndag 13 september", True),
        ("2026-53", "Vecka 53: måndag 28 december – söndag 3 januari 2027", True),
        ("", "Vecka 36: måndag 31 augusti – söndag 6 september", True),
        *(
            (bad, "Vecka 36: måndag 31 augusti – söndag 6 september", False)
            for bad in ("2025-53", "2026-0", "0000-01", "9999-52", "hej", "2026-37; drop", "٢٠٢٦-٣٧x", "9" * 5000)
        ),
    ],
)
def test_a_week_that_cannot_be_read_becomes_this_week_and_says_so(as_leader, asked, title, is_understood):
    response = as_leader.get(WEEK, {"vecka": asked, "visa": "alla"})

    assert response.context["title"] == title
    assert ("Veckan gick inte att läsa." in text_of(response)) is not is_understood


def test_a_week_without_anything_says_what_to_do(as_leader):
    assert "Inget planerat den här veckan. Tider erbjuder och bokar du från en förfrågan." in text_of(
        as_leader.get(WEEK)
    )


def test_the_week_is_reached_from_the_list_and_from_the_meeting(as_leader, meeting):
    assert f'href="{WEEK}"' in as_leader.get("/admin/support/intakemeeting/").content.decode()
    assert f'href="{WEEK}?vecka=2026-36"' in as_leader.get(page(meeting)).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("shown", [{}, {"visa": "kontoret"}])
def test_the_week_costs_the_same(as_leader, office, leader, rows, shown, django_assert_num_queries):
    for number in range(rows):
        start = THURSDAY_AT_TEN + number * HOUR
        request = make_request(office=office, group=make_group(office=office))
        meeting = make_meeting(support_request=request, leader=leader, starts_at=start, ends_at=start + HOUR)
        MeetingNeed.objects.create(meeting=meeting, need=AccessNeed.CALM)
        make_slot(support_request=request, leader=leader, starts_at=start, ends_at=start + HOUR)

    with django_assert_num_queries(6):
        as_leader.get(WEEK, shown)


def test_the_week_is_for_those_who_work_with_cases_and_only_read(client, as_leader, treasurer, editor):
    assert as_leader.post(WEEK).status_code == 405
    for user in (treasurer, editor):
        client.force_login(user)
        assert client.get(WEEK).status_code == 403
    client.logout()
    assert client.get(WEEK)["Location"].startswith("/admin/login/")
