"""What is looked for in the lists of cases is found: by code, place, group and name."""

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.models import Municipality
from support.enums import Phase, RequestStatus
from support.finding import find_meetings, find_organisation_requests, find_periods, find_requests
from support.models import IntakeMeeting, OrganisationRequest, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    make_check_in,
    make_group,
    make_link,
    make_meeting,
    make_member,
    make_organisation_request,
    make_period,
    make_request,
)
from tests.support.admin_pages import text_of
from tests.support.list_pages import CHECK_INS, MEETINGS, ORGANISATIONS, PERIODS, REQUESTS, pks, shown, tabs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


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


def test_a_search_looks_through_everything_and_says_so(as_leader, office):
    closed = make_request(office=office, place="Gårda", status=RequestStatus.DECLINED)

    assert shown(as_leader, REQUESTS) == []
    assert shown(as_leader, REQUESTS, q="gårda") == pks(closed)
    assert shown(as_leader, REQUESTS, q="gårda", show="open") == []
    assert "Sökningen letar i alla, också i dem som är avslutade." in text_of(as_leader.get(REQUESTS, {"q": "gårda"}))


def test_a_search_that_finds_much_is_counted_only_where_few_can_be(as_leader, office, leader, monkeypatch):
    monkeypatch.setattr("support.admin.requests.SupportRequestAdmin.count_limit", 3)
    for number in range(4):
        make_request(office=office, place="Gårda", leader=leader if number == 0 else None)

    assert tabs(as_leader, REQUESTS, q="gård") == {"mine": 1}
    assert tabs(as_leader, REQUESTS, q="gård", show="mine") == {"mine": 1}
    assert tabs(as_leader, REQUESTS, q="gård", show="open") == {"mine": 1}
    assert len(shown(as_leader, REQUESTS, q="gård")) == 4
