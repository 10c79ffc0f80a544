"""The lists of cases: they find, filter and count truly, say what they show, and show nothing of another office."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.models import Municipality
from people.enums import Role
from people.models import StaffRole
from support.enums import MeetingState, OrganisationRequestStatus, Phase, RequestStatus, Urgency, WaitsFor
from support.finding import find_meetings, find_organisation_requests, find_periods, find_requests
from support.models import IntakeMeeting, OrganisationRequest, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_group,
    make_link,
    make_meeting,
    make_member,
    make_organisation_request,
    make_period,
    make_request,
    make_staff,
)
from tests.support.admin_pages import cells, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

REQUESTS = "/admin/support/supportrequest/"
PERIODS = "/admin/support/supportperiod/"
MEETINGS = "/admin/support/intakemeeting/"
CHECK_INS = "/admin/support/checkin/"
ORGANISATIONS = "/admin/support/organisationrequest/"


def shown(client, url, **query) -> list[str]:
    return sorted(str(row.pk) for row in client.get(url, query).context["cl"].result_list)


def pks(*rows) -> list[str]:
    return sorted(str(row.pk) for row in rows)


def said(client, url, **query) -> str:
    return " · ".join(str(one["words"]) for one in client.get(url, query).context["cl"].said())


def tabs(client, url, **query) -> dict[str, int]:
    return client.get(url, query).context["cl"].tabs.counts


def options(client, url, parameter, **query) -> dict[str, str]:
    pick = next(one for one in client.get(url, query).context["cl"].picks if one.parameter_name == parameter)
    return {str(option["words"]): option["count"] for option in pick.options()}


@pytest.mark.parametrize("written", ["TALL 4827", "tall4827", " Tall-48 27 ", "ta1l 4827"])
def test_a_request_is_found_by_its_code_however_it_is_written(as_leader, office, written):
    found = make_request(office=office, status=RequestStatus.REFERRED)
    make_link(about=found, code="TALL 4827")
    make_link(about=make_request(office=office), code="TALL 4828")

    assert shown(as_leader, REQUESTS, q=written) == pks(found)


@pytest.mark.parametrize(
    "text", ["älmh", "ÄLMHULT", "Araby", "ara", "ljusgruppen", "ljus ara", "älmhult araby", "#{pk}"]
)
def test_a_request_is_found_by_place_and_group(as_leader, office, text):
    almhult = Municipality.objects.get(name="Älmhult")
    group = make_group(office=office, alias="Ljusgruppen Öst")
    fields = {"status": RequestStatus.ACCEPTED, "area": "Araby", "municipality": almhult, "place": "almhult"}
    found = make_request(office=office, group=group, **fields)
    make_request(office=office, place="Lindhaga")

    assert shown(as_leader, REQUESTS, q=text.format(pk=found.pk)) == pks(found)


@pytest.mark.parametrize(
    "text", ["almhult", "lju:*", "' | '", "!", "%", "a & b", "#", "#99999999999999999999999", "TALL 9999"]
)
def test_what_is_not_there_is_not_found(office, text):
    make_request(office=office, municipality=Municipality.objects.get(name="Älmhult"), place="")

    assert list(find_requests(SupportRequest.objects.all(), text, user=AnonymousUser())) == []


def test_a_period_is_found_by_its_group_and_by_the_codes_of_its_people(as_leader, office, leader):
    group = make_group(office=office, alias="Bussgruppen", area="Gårda")
    found = make_period(group=group, office=office, leader=leader, phase=Phase.CLOSED, closed_at=NOW)
    make_link(about=make_request(office=office, group=group, status=RequestStatus.ACCEPTED), code="TALL 4827")
    make_link(about=make_member(group=group), code="GRAN 2345")
    make_period(office=office, leader=leader)

    for text in ("bussgr", "gårda", "tall 4827", "gran2345"):
        assert shown(as_leader, PERIODS, q=text) == pks(found)
    assert list(find_periods(SupportPeriod.objects.all(), "!", user=AnonymousUser())) == []


def test_a_meeting_is_found_by_place_group_code_and_leader(as_leader, office, leader, colleague):
    asked = make_request(office=office, area="Gårda", status=RequestStatus.MEETING_BOOKED)
    make_link(about=asked, code="TALL 4827")
    found = make_meeting(support_request=asked, leader=leader, place="Stora salen, Biblioteket")
    make_meeting(support_request=make_request(office=office), leader=colleague, place="Torget")

    for text in ("bibliotek stora", "gårda", "tall4827", "maja"):
        assert shown(as_leader, MEETINGS, q=text) == pks(found)
    assert list(find_meetings(IntakeMeeting.objects.all(), "%", user=AnonymousUser())) == []


def test_an_organisation_is_found_by_its_name_and_place(as_leader, office):
    found = make_organisation_request(office=office, organisation_name="Fritidsgården Ängen", place="Lindhaga")
    make_organisation_request(office=office, organisation_name="Skolan")

    for text in ("ängen", "fritid lind"):
        assert shown(as_leader, ORGANISATIONS, q=text) == pks(found)
    assert list(find_organisation_requests(OrganisationRequest.objects.all(), "_")) == []


def test_a_follow_up_is_found_by_its_group(as_leader, office, leader):
    period = make_period(group=make_group(office=office, alias="Bussgruppen"), office=office, leader=leader)
    found = make_check_in(period=period)
    make_check_in(period=make_period(office=office, leader=leader))

    assert shown(as_leader, CHECK_INS, q="buss") == pks(found)


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


def test_a_search_looks_through_everything_and_says_so(as_leader, office):
    closed = make_request(office=office, place="Gårda", status=RequestStatus.DECLINED)

    assert shown(as_leader, REQUESTS) == []
    assert shown(as_leader, REQUESTS, q="gårda") == pks(closed)
    assert shown(as_leader, REQUESTS, q="gårda", show="open") == []
    assert "Sökningen letar i alla, också i dem som är avslutade." in text_of(as_leader.get(REQUESTS, {"q": "gårda"}))


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


def everywhere(office, leader):
    """A row for each list."""
    asked = make_request(office=office, leader=leader, place="Hemlig plats", status=RequestStatus.MEETING_BOOKED)
    make_link(about=asked, code="TALL 4827")
    period = make_period(group=make_group(office=office, alias="Hemliga gruppen"), office=office, leader=leader)
    return {
        REQUESTS: asked,
        PERIODS: period,
        MEETINGS: make_meeting(support_request=asked, leader=leader, place="Hemligt rum"),
        CHECK_INS: make_check_in(period=period),
        ORGANISATIONS: make_organisation_request(office=office, leader=leader, organisation_name="Hemliga huset"),
    }


@pytest.mark.parametrize("url", [REQUESTS, PERIODS, MEETINGS, CHECK_INS, ORGANISATIONS])
def test_another_office_learns_nothing_of_ours(client, office, leader, other_office_leader, url):
    rows = everywhere(office, leader)
    client.force_login(leader)
    assert shown(client, url, show="all") == pks(rows[url])
    client.force_login(other_office_leader)

    for query in ({"show": "all"}, {"q": "hemlig"}, {"q": "TALL 4827"}, {"q": f"#{rows[REQUESTS].pk}"}):
        listed = client.get(url, query)
        assert listed.context["cl"].result_list == []
        assert not any(listed.context["cl"].tabs.counts.values())
    for hidden in (leader.name, office.name, "Hemlig plats"):
        assert hidden not in client.get(url).content.decode()
    assert said(client, url, leader=leader.pk, office=office.pk) == said(client, url)


def test_leaders_are_named_where_they_work(as_leader, colleague, office, other_office_leader, programme_manager):
    former = make_staff(Role.LEADER, office=office, name="Före Detta")
    StaffRole.objects.filter(user=former).update(ends_on=TODAY - timedelta(days=1))

    assert list(options(as_leader, REQUESTS, "leader")) == ["Ingen än", "Före Detta", "Maja Lind", "Sam Ek"]


def test_who_sees_all_offices_filters_by_office(client, programme_manager, office, other_office):
    ours = make_request(office=office)
    make_request(office=other_office)
    client.force_login(programme_manager)

    assert options(client, REQUESTS, "office") == {"Den gemensamma kön": "0", "Almhöjden": "1", "Rönnlid": "1"}
    assert shown(client, REQUESTS, office=office.pk) == pks(ours)


def test_someone_with_two_offices_sees_both_in_one_order(client, leader, office, other_office):
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=TODAY)
    for number, where in enumerate((office, other_office, None, office)):
        make_request(office=where, place=f"Plats {number}", promised_by=TODAY + timedelta(days=number))
    client.force_login(leader)

    assert cells(client.get(REQUESTS), "where") == ["Plats 0", "Plats 1", "Plats 2", "Plats 3"]
    assert tabs(client, REQUESTS)["all"] == 4


@pytest.mark.parametrize("url", [REQUESTS, PERIODS])
def test_a_list_is_closed_to_others(client, outsider, treasurer, url):
    assert client.get(url).status_code == 302
    for user in (outsider, treasurer):
        client.force_login(user)
        assert client.get(url).status_code in {302, 403}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("url", "query", "cost"),
    [
        (REQUESTS, {}, 13),
        (REQUESTS, {"show": "all", "urgency": "no"}, 13),
        (REQUESTS, {"q": "lindhaga"}, 17),
        (PERIODS, {"show": "all"}, 11),
        (PERIODS, {"q": "ljus"}, 14),
        (MEETINGS, {}, 13),
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


def test_a_search_that_finds_much_is_not_counted_tab_by_tab(as_leader, office, monkeypatch):
    monkeypatch.setattr("people.admin.lists.LIMIT", 2)
    for _each in range(4):
        make_request(office=office, place="Gårda")

    assert tabs(as_leader, REQUESTS, q="gård") == {}
    assert tabs(as_leader, REQUESTS, q="gård", show="open") == {"open": 3}
    assert len(shown(as_leader, REQUESTS, q="gård")) == 4
