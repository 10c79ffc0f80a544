"""The lists of cases show each office its own, and nothing of another's."""

from datetime import timedelta

import pytest

from people.enums import Role
from people.models import StaffRole
from support.enums import RequestStatus
from tests.factories import (
    TODAY,
    make_check_in,
    make_group,
    make_link,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
    make_staff,
)
from tests.support.admin_pages import cells
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
