"""The lists of cases: tabs, filters and pages that count truly, say what they show, and cost the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Municipality
from support.enums import MeetingState, OrganisationRequestStatus, RequestStatus, Urgency, WaitsFor
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_group,
    make_link,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
)
from tests.support.admin_pages import cells, text_of
from tests.support.list_pages import (
    CHECK_INS,
    MEETINGS,
    ORGANISATIONS,
    PERIODS,
    REQUESTS,
    options,
    pks,
    said,
    shown,
    tabs,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_each_tab_tells_how_many_it_holds(as_leader, office, leader, other_office):
    make_request(office=office)
    make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW, promised_by=TODAY - timedelta(days=1))
    make_request(office=office, status=RequestStatus.DECLINED)
    make_request(office=None)
    make_request(office=other_office)

    assert tabs(as_leader, REQUESTS) == {"open": 3, "new": 2, "mine": 1, "late": 1, "closed": 1, "all": 4}
    assert "Öppna (3)" in text_of(as_leader.get(REQUESTS))


def test_the_counts_of_the_tabs_follow_search_and_filters(as_leader, office):
    make_request(office=office, place="Gårda", urgency=Urgency.TWO_WEEKS)
    make_request(office=office, place="Gårda", status=RequestStatus.DECLINED)
    make_request(office=office, place="Torpa", urgency=Urgency.TWO_WEEKS)

    assert (tabs(as_leader, REQUESTS, q="gård")["open"], tabs(as_leader, REQUESTS, q="gård")["all"]) == (1, 2)
    assert tabs(as_leader, REQUESTS, urgency="two_weeks")["all"] == 2


def test_what_is_shown_stands_in_words_and_each_part_can_be_taken_away(as_leader, office):
    make_request(office=office)

    assert said(as_leader, REQUESTS) == "Öppna"
    asked = {"show": "new", "urgency": "no", "q": "lind"}
    assert said(as_leader, REQUESTS, **asked) == "Nya · Bråttom: Nej · sök ”lind”"
    listed = as_leader.get(REQUESTS, asked).context["cl"]
    assert [one["undo"] for one in listed.said()] == [
        "?q=lind&show=all&urgency=no",
        "?q=lind&show=new",
        "?show=new&urgency=no",
    ]
    assert listed.everything == "?show=all"
    assert said(as_leader, REQUESTS, show="all") == "allt"


def test_an_empty_list_says_what_was_looked_for_and_how_to_see_more(as_leader):
    searched = text_of(as_leader.get(REQUESTS, {"q": "lekplats", "show": "new"}))
    nothing = text_of(as_leader.get(REQUESTS))

    assert "Ingenting hittades med ”lekplats”." in searched
    assert "Sök bland alla" in searched
    assert "Här finns ingenting just nu." in nothing
    assert "Visa alla" in nothing


def test_requests_are_filtered_by_what_a_leader_asks_for(as_leader, office, leader):
    fits = make_request(
        office=office,
        leader=leader,
        urgency=Urgency.TWO_WEEKS,
        supports=["guidance", "startup"],
        waits_for=WaitsFor.GROUP,
        municipality=Municipality.objects.get(name="Älmhult"),
        contact=make_contact(languages=["so", "sv"], channel="sms", wants_interpreter="yes"),
    )
    make_request(office=None)
    asked = {
        "leader": leader.pk,
        "office": office.pk,
        "urgency": "two_weeks",
        "support": "guidance",
        "waits": "group",
        "municipality": "0765",
        "language": "so",
        "channel": "sms",
        "interpreter": "yes",
    }

    assert {name: shown(as_leader, REQUESTS, **{name: value}) for name, value in asked.items()} == dict.fromkeys(
        asked, pks(fits)
    )
    assert shown(as_leader, REQUESTS, **asked) == pks(fits)


def test_a_choice_tells_how_many_rows_it_would_leave(as_leader, office, leader):
    make_request(office=office, leader=leader, urgency=Urgency.NO)
    make_request(office=office, urgency=Urgency.NO)
    make_request(office=office, urgency=Urgency.MONTHS, status=RequestStatus.DECLINED)

    urgencies = options(as_leader, REQUESTS, "urgency", leader=leader.pk)
    leaders = options(as_leader, REQUESTS, "leader", urgency="no")

    assert urgencies == {"Ja, något händer inom två veckor": "0", "Inom en månad eller två": "0", "Nej": "1"}
    assert leaders == {"Ingen än": "1", "Maja Lind": "1"}


def test_periods_are_filtered_by_rest_and_turn(as_leader, office, leader):
    rests = make_period(office=office, leader=leader, paused_until=TODAY + timedelta(days=9))
    waits = make_period(office=office, leader=leader, waits_for=WaitsFor.DUTY_BEARER, waits_since=NOW)

    assert shown(as_leader, PERIODS, rests="yes") == pks(rests)
    assert shown(as_leader, PERIODS, rests="no") == pks(waits)
    assert shown(as_leader, PERIODS, waits="duty_bearer") == pks(waits)
    assert shown(as_leader, PERIODS, waits="us") == pks(rests)


def test_open_ones_come_by_promise_and_all_by_newest(as_leader, office):
    for days in (5, 1, 3):
        when = {"promised_by": TODAY + timedelta(days=days), "received_at": NOW - timedelta(days=9 - days)}
        make_request(office=office if days > 1 else None, place=f"Plats {days}", **when)

    assert cells(as_leader.get(REQUESTS), "where") == ["Plats 1", "Plats 3", "Plats 5"]
    assert cells(as_leader.get(REQUESTS, {"show": "all"}), "where") == ["Plats 5", "Plats 3", "Plats 1"]
    column = as_leader.get(REQUESTS).context["cl"].list_display.index("where")
    assert cells(as_leader.get(REQUESTS, {"o": f"-{column}"}), "where") == ["Plats 5", "Plats 3", "Plats 1"]


def test_pages_are_turned_without_a_count(as_leader, office, monkeypatch):
    monkeypatch.setattr("support.admin.requests.SupportRequestAdmin.list_per_page", 2)
    for number in range(5):
        make_request(office=office if number % 2 else None, promised_by=TODAY + timedelta(days=number))

    pages = [as_leader.get(REQUESTS, {"p": page}).context["cl"] for page in (1, 2, 3)]

    assert [len(page.result_list) for page in pages] == [2, 2, 1]
    assert len({row.pk for page in pages for row in page.result_list}) == 5
    assert [(page.previous_link(), page.next_link()) for page in pages] == [
        ("", "?p=2"),
        ("?p=1", "?p=3"),
        ("?p=2", ""),
    ]


@pytest.mark.parametrize("number", ["0", "-3", "9", "99999999999999999999", "x", "1.5"])
def test_a_page_that_is_not_there_is_the_first_one(as_leader, office, number):
    row = make_request(office=office)

    assert shown(as_leader, REQUESTS, p=number) == pks(row)


def test_beyond_the_end_is_said(as_leader, office):
    make_request(office=office)

    assert "Listan är kortare än så. Här är den första sidan." in text_of(as_leader.get(REQUESTS, {"p": "9"}))


@pytest.mark.parametrize("url", [REQUESTS, PERIODS, MEETINGS, CHECK_INS, ORGANISATIONS])
@pytest.mark.parametrize("nasty", ["\x00", "'\"\\:*&|!()<>", "a" * 3000, "\u202e\ud7ff", "9" * 400, "-1", "None", "[]"])
def test_a_nasty_address_is_never_an_error(as_leader, url, nasty):
    names = ("q", "show", "leader", "office", "municipality", "language", "o", "p", "_facets", "e", "all", "id__exact")

    assert as_leader.get(url, dict.fromkeys(names, nasty)).status_code in {200, 400}
    assert as_leader.get(url, {"q": nasty}).status_code in {200, 400}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "query", "cost"),
    [
        (REQUESTS, {}, 13),
        (REQUESTS, {"show": "all", "urgency": "no"}, 13),
        (REQUESTS, {"q": "lindhaga"}, 16),
        (PERIODS, {"show": "all"}, 11),
        (PERIODS, {"q": "ljus"}, 13),
        (MEETINGS, {}, 12),
        (MEETINGS, {"q": "bibl"}, 18),
        (CHECK_INS, {"show": "all"}, 11),
        (ORGANISATIONS, {}, 12),
    ],
)
def test_a_list_costs_the_same(as_leader, office, leader, rows, url, query, cost, django_assert_num_queries):
    for _each in range(rows):
        asked = make_request(office=office, leader=leader, status=RequestStatus.MEETING_BOOKED)
        make_link(about=asked)
        make_meeting(support_request=asked, leader=leader)
        make_check_in(period=make_period(group=make_group(office=office, alias="Ljus"), office=office, leader=leader))
        make_organisation_request(office=office, status=OrganisationRequestStatus.RECEIVED)

    with django_assert_num_queries(cost):
        as_leader.get(url, query)


def test_only_what_waits_is_counted_as_booked(as_leader, office, leader):
    make_meeting(support_request=make_request(office=office), leader=leader)
    make_meeting(support_request=make_request(office=office), leader=leader, state=MeetingState.CANCELLED_BY_US)

    assert tabs(as_leader, MEETINGS) == {"coming": 1, "to_record": 0, "mine": 1}
    assert "2 rader" in text_of(as_leader.get(MEETINGS, {"show": "all"}))


@pytest.mark.parametrize("query", [{}, {"show": "all"}, {"q": "lindhaga"}, {"q": "lindhaga", "show": "open"}])
def test_a_list_with_too_much_to_count_costs_as_much_as_one_without(
    as_leader, office, query, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr("support.admin.requests.SupportRequestAdmin.count_limit", 3)
    for _each in range(2):
        make_request(office=office, place="Lindhaga")
    with CaptureQueriesContext(connection) as few:
        as_leader.get(REQUESTS, query)
    for _each in range(4):
        make_request(office=office, place="Lindhaga")

    with django_assert_num_queries(len(few)):
        answer = as_leader.get(REQUESTS, query)

    assert len(answer.context["cl"].result_list) == 6
    assert {one.counts is None for one in answer.context["cl"].picks} == {True}
