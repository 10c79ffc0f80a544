"""Ortens siffror: who sees whose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.enums import Role
from people.models import StaffRole
from tests.factories import (
    NOW,
    TODAY,
    make_group,
    make_office,
    make_period,
    make_request,
)
from tests.support.figures_kit import FIGURES, FILE, fill, links, slugs, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_another_offices_figures_do_not_exist_for_a_leader(as_leader, office, other_office):
    foreign = [str(other_office.pk), "999999999999", "queue"]

    assert [as_leader.get(FIGURES, {"office": one}).status_code for one in foreign] == [404, 404, 404]
    assert [as_leader.get(FILE, {"office": one}).status_code for one in foreign] == [404, 404, 404]
    assert as_leader.get(FIGURES, {"office": office.pk}).status_code == 200


def test_a_leader_of_two_offices_sees_both_beside_each_other(client, leader, office, other_office):
    third = make_office(name="Tredje orten")
    StaffRole.objects.create(user=leader, office=other_office, role=Role.LEADER, starts_on=TODAY)
    for one in (office, other_office, third, None):
        make_request(office=one)
    client.force_login(leader)

    both, one = client.get(FIGURES), client.get(FIGURES, {"office": other_office.pk})

    assert table(both, "offices") == {
        "Almhöjden": ["1", "–", "–", "0", "0", "0"],
        "Rönnlid": ["1", "–", "–", "0", "0", "0"],
    }
    assert table(both, "arrived")["Alla"] == ["2", "–", "0"]
    assert links(both, "open-requests") == []  # no list shows just these two
    assert links(both, "offices") == [f"?office={office.pk}", f"?office={other_office.pk}"]
    assert (table(one, "arrived")["Alla"], "offices" in slugs(one)) == (["1", "–", "0"], False)


def test_whoever_answers_for_the_programme_sees_every_office_and_the_queue(
    client, programme_manager, office, other_office, leader
):
    fill(office, leader)
    make_request(office=None, first_answer_at=NOW)
    client.force_login(programme_manager)

    everything = client.get(FIGURES, {"period": "quarter"})
    queue = client.get(FIGURES, {"office": "queue"})

    assert table(everything, "offices") == {
        "Almhöjden": ["3", "50 %", "1 dag", "1", "1", "1"],
        "Rönnlid": ["0", "–", "–", "0", "0", "0"],
        "Den gemensamma kön": ["1", "100 %", "0 dagar", "0", "–", "–"],
    }
    assert links(everything, "offices")[-1] == "?period=quarter&office=queue"
    assert table(everything, "arrived")["Alla"] == ["4", "–", "0"]
    assert "leaders" not in slugs(everything)
    assert table(queue, "arrived")["Alla"] == ["1", "–", "0"]
    assert slugs(queue) == [
        *("open-requests", "arrived", "answers", "urgent-answers", "became"),
        *("booked", "meetings", "talks", "hand-overs", "organisations"),
    ]
    assert links(queue, "open-requests")[0] == "/admin/support/supportrequest/?show=open&office=none"


def test_groups_of_someone_who_no_longer_leads_here_are_not_lost(as_leader, office, other_office_leader):
    make_period(group=make_group(office=office), office=office, leader=other_office_leader)

    assert table(as_leader.get(FIGURES), "leaders") == {
        "Maja Lind": ["0", "0", "0", "0", "0,0"],
        "Andra, som inte leder här längre": ["1", "–", "–", "–", "–"],
    }


@pytest.mark.parametrize("who", ["treasurer", "editor"])
def test_whoever_works_with_no_cases_is_refused(client, request, who, office):
    client.force_login(request.getfixturevalue(who))

    assert [client.get(url).status_code for url in (FIGURES, FILE)] == [403, 403]


def test_anonymous_and_outsiders_are_sent_to_sign_in(client, outsider):
    def goes_to(url):
        return client.get(url).headers.get("Location", "").partition("?")[0]

    anonymous = [goes_to(url) for url in (FIGURES, FILE)]
    client.force_login(outsider)

    assert anonymous == ["/admin/login/", "/admin/login/"]
    assert [client.get(url).status_code for url in (FIGURES, FILE)] == [302, 302]


def test_the_page_only_reads(as_leader):
    assert [as_leader.post(url).status_code for url in (FIGURES, FILE)] == [405, 405]


def test_every_office_costs_as_many_queries_whatever_their_number(client, programme_manager, office, leader):
    client.force_login(programme_manager)
    counts = []
    for _round in range(3):
        fill(make_office(), leader)
        with CaptureQueriesContext(connection) as queries:
            client.get(FIGURES)
        counts.append(len(queries))

    assert counts == [16, 16, 16]
