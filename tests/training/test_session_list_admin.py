"""The list of sessions: tabs, picks, figures, and the goal of network meetings."""

from datetime import timedelta

import pytest

from tests.factories import NOW, make_course, make_registration, make_session
from tests.support.admin_pages import cells, page, text_of
from tests.training.admin_kit import SESSIONS, queries
from training.admin.network import network_meetings
from training.enums import CourseKind, RegistrationState, SessionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

EARLIER, LATER = NOW - timedelta(days=10), NOW + timedelta(days=10)


def held(office, leader, title="Makt", **kwargs):
    return make_session(office=office, host=leader, course=make_course(title=title), **kwargs)


@pytest.fixture
def of_each(office, leader):
    held(office, leader, "Kommer", starts_at=LATER)
    held(office, leader, "Utkast", state=SessionState.DRAFT)
    held(office, leader, "Inställt", state=SessionState.CANCELLED)
    held(office, leader, "Klart", starts_at=EARLIER)
    noted = held(office, leader, "Oantecknat", starts_at=EARLIER + timedelta(days=1))
    make_registration(session=noted)


@pytest.mark.usefixtures("of_each")
@pytest.mark.parametrize(
    ("tab", "titles"),
    [
        ("coming", ["Kommer"]),
        ("drafts", ["Utkast"]),
        ("to_note", ["Oantecknat"]),
        ("held", ["Oantecknat", "Klart"]),
        ("cancelled", ["Inställt"]),
    ],
)
def test_each_tab_holds_its_own(as_leader, tab, titles):
    assert cells(as_leader.get(SESSIONS, {"show": tab}), "course") == titles


@pytest.mark.usefixtures("of_each")
def test_a_search_looks_everywhere_and_a_pick_narrows(as_leader):
    assert cells(as_leader.get(SESSIONS, {"q": "utkast"}), "course") == ["Utkast"]
    assert cells(as_leader.get(SESSIONS, {"show": "all", "audience": "enablers"}), "course") == []


def test_the_list_says_how_many_seats_are_taken_and_how_many_wait(as_leader, office, leader):
    session = held(office, leader, seats=3)
    make_registration(session=session, seats=2)
    make_registration(session=session, state=RegistrationState.WAITLISTED, seats=4)

    assert cells(as_leader.get(SESSIONS), "seats_taken") == ["2 av 3 tagna, 4 i kö"]


def test_it_asks_as_often_for_three_as_for_one(as_leader, office, leader):
    make_registration(session=held(office, leader))
    as_leader.get(SESSIONS)
    for_one = queries(as_leader, SESSIONS)
    for title in ("Krav", "Rätt"):
        make_registration(session=held(office, leader, title))

    assert queries(as_leader, SESSIONS) == for_one


def test_the_page_asks_as_often_for_three_who_come_as_for_one(as_leader, office, leader):
    session = held(office, leader)
    make_registration(session=session)
    as_leader.get(page(session))
    for_one = queries(as_leader, page(session))
    make_registration(session=session)
    make_registration(session=session)

    assert queries(as_leader, page(session)) == for_one


def test_the_network_meetings_of_the_year_are_held_against_the_goal(as_leader, leader, office, other_office):
    network = make_course(kind=CourseKind.NETWORK)
    for starts_at in (EARLIER, EARLIER - timedelta(days=30), LATER):
        make_session(office=office, host=leader, course=network, starts_at=starts_at)
    make_session(office=office, host=leader, course=network, starts_at=EARLIER, state=SessionState.CANCELLED)
    make_session(office=office, host=leader, course=network, starts_at=EARLIER - timedelta(days=365))
    make_session(office=office, host=leader, starts_at=EARLIER)
    make_session(office=other_office, course=network, starts_at=EARLIER)

    lines = network_meetings(leader, year=2026, now=NOW)

    assert [(line.office, line.held, line.coming, line.is_reached) for line in lines] == [("Almhöjden", 2, 1, False)]
    assert "Almhöjden 2 av 5 1" in text_of(as_leader.get(SESSIONS))


@pytest.mark.parametrize("who", ["outsider", "editor", "treasurer", None])
def test_nobody_else_gets_in(client, request, who):
    if who:
        client.force_login(request.getfixturevalue(who))

    assert client.get(SESSIONS).status_code in {302, 403}
