"""On from a case to the next in the list one came from, with its tab, filters, search and order, and back to it."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from people.admin.neighbours import Neighbours
from support.admin.requests import SupportRequestAdmin
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import NOW, TODAY, make_contact, make_office, make_request
from tests.support.admin_pages import page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

REQUESTS = "/admin/support/supportrequest/"


@pytest.fixture
def three(office) -> list[SupportRequest]:
    """In the order of the list: the oldest promise first."""
    places = ["Almhöjden", "Björkdalen", "Cedervik"]
    return [
        make_request(office=office, place=place, promised_by=TODAY.replace(day=7 + number))
        for number, place in enumerate(places)
    ]


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr(SupportRequestAdmin, "list_per_page", 2)


def from_list(row: SupportRequest, **filters: str) -> str:
    return f"{page(row)}?{urlencode({'_changelist_filters': urlencode(filters or {'p': 1})})}"


def around(client, row: SupportRequest, **filters: str) -> Neighbours | None:
    return client.get(from_list(row, **filters)).context["neighbours"]


def pk_in(url: str) -> int | None:
    return int(urlsplit(url).path.split("/")[4]) if url else None


def ways(client, row: SupportRequest, **filters: str) -> tuple[int | None, int | None]:
    found = around(client, row, **filters)
    assert found is not None
    return pk_in(found.previous_url), pk_in(found.next_url)


def test_the_links_of_a_list_remember_the_list(as_leader, three):
    plain = as_leader.get(REQUESTS).content.decode()
    searched = as_leader.get(REQUESTS, {"show": "new", "q": "cedervik"}).content.decode()

    assert f"{page(three[0])}?_changelist_filters=p%3D1" in plain
    assert f"{page(three[2])}?_changelist_filters=show%3Dnew%26q%3Dcedervik" in searched


def test_each_leads_to_the_one_before_and_the_one_after(as_leader, three):
    first, second, third = (one.pk for one in three)

    assert [ways(as_leader, one) for one in three] == [(None, second), (first, third), (second, None)]
    told = text_of(as_leader.get(from_list(three[1])))
    assert "Tillbaka till listan Föregående Nästa i listan" in told


def test_the_links_go_on_remembering(as_leader, three):
    due = str(1 + [*SupportRequestAdmin.list_display].index("due"))  # after the column of boxes to tick
    found = around(as_leader, three[0], show="new", o=due)
    on = as_leader.get(found.next_url)

    kept = parse_qs(urlsplit(found.next_url).query)["_changelist_filters"][0]
    assert parse_qs(kept) == {"show": ["new"], "o": [due], "p": ["1"]}
    assert pk_in(on.context["neighbours"].previous_url) == three[0].pk
    assert as_leader.get(on.context["neighbours"].list_url).status_code == 200


def test_tab_search_and_order_hold(as_leader, three):
    first, second, third = three
    SupportRequest.objects.filter(pk=second.pk).update(status=RequestStatus.DECLINED)

    assert ways(as_leader, first) == (None, third.pk)
    assert ways(as_leader, first, show="all", q="björk") == (None, None)
    due = 1 + [*SupportRequestAdmin.list_display].index("due")
    assert ways(as_leader, third, show="open", o=f"-{due}")[1] == first.pk


@pytest.mark.usefixtures("pages_of_two")
def test_over_the_edge_of_a_page_the_next_page_follows(as_leader, three):
    first, second, third = three

    assert ways(as_leader, second, p="1") == (first.pk, third.pk)
    assert ways(as_leader, third, p="2") == (second.pk, None)
    found = around(as_leader, second, p="1")
    assert "p%3D2" in found.next_url
    assert pk_in(around(as_leader, third, p="2").previous_url) == second.pk
    assert "p%3D1" in around(as_leader, third, p="2").previous_url


def test_a_picked_filter_holds(as_leader, leader, three):
    first, second, third = three
    SupportRequest.objects.filter(pk__in=[first.pk, third.pk]).update(leader=leader)

    assert ways(as_leader, first, leader=str(leader.pk)) == (None, third.pk)
    assert ways(as_leader, second, leader="none") == (None, None)


def test_a_case_that_has_left_the_list_leads_to_what_stands_first_there(as_leader, three):
    first, second, _third = three
    SupportRequest.objects.filter(pk=first.pk).update(status=RequestStatus.IN_REVIEW)

    found = around(as_leader, first, show="new")

    assert (found.previous_url, found.next_url, pk_in(found.first_url)) == ("", "", second.pk)
    assert "Ärendet står inte kvar i listan. Öppna det som står först nu" in text_of(
        as_leader.get(from_list(first, show="new"))
    )


def test_whoever_did_not_come_from_a_list_is_shown_no_way_back_to_one(as_leader, three):
    assert as_leader.get(page(three[0])).context["neighbours"] is None


def test_what_is_done_leads_back_to_the_same_place_in_the_list(as_leader, three):
    shown = as_leader.get(from_list(three[0], show="new"))
    [taking] = [line for line in shown.content.decode().split("<") if "/take/?back=" in line]
    action = taking.split('action="')[1].split('"')[0]

    done = as_leader.post(action)

    assert done.url == from_list(three[0], show="new")


def test_cases_of_other_offices_are_passed_over(as_leader, three, other_office_leader, client):
    first, second, third = three
    SupportRequest.objects.filter(pk=second.pk).update(office=make_office())

    assert ways(as_leader, first, show="open") == (None, third.pk)
    client.force_login(other_office_leader)
    assert client.get(from_list(first)).status_code == 404


@pytest.mark.parametrize(
    "filters",
    [
        "p=abc",
        "p=-4",
        "p=99999999999999999999",
        "show=nothing",
        "nonsense=1",
        "leader__password__startswith=a",
        "q=%00",
        "o=99.-7.x",
        "e=1",
        "q=" + "a" * 5000,
        "%FF%FE=%00",
    ],
)
def test_a_garbled_address_is_no_error(as_leader, three, filters):
    response = as_leader.get(page(three[0]), {"_changelist_filters": filters})

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 60])
def test_the_way_on_costs_one_query_however_long_the_list_is(as_leader, office, three, rows, django_assert_num_queries):
    for _each in range(rows):
        make_request(office=office, promised_by=TODAY.replace(day=20), contact=make_contact(), received_at=NOW)
    as_leader.get(page(three[1]))

    with django_assert_num_queries(COST) as alone:
        as_leader.get(page(three[1]))
    with django_assert_num_queries(len(alone) + 1):
        as_leader.get(from_list(three[1]))


COST = 17
"""Queries of the page itself, opened the second time."""
