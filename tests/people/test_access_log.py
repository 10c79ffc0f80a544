"""The list of who has read what, for those who answer for an office."""

import re
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people import clock
from people.actions.contacts import protect_contact, reveal_contact
from people.actions.links import reissue_by_staff
from people.models import AccessLog, Office, User
from tests.factories import NOW, make_contact, make_enabler, make_group, make_link, make_member, make_request
from tests.support.admin_pages import cells

LIST = reverse("admin:people_accesslog_changelist")


def read_by(user: User, row: Model, **kwargs: Any) -> AccessLog:
    fields = {"what": "read", "at": NOW, "last_at": NOW} | kwargs
    return AccessLog.objects.create(user=user, about_model=row._meta.label_lower, about_id=row.pk, **fields)


@pytest.fixture
def as_manager(client: Client, office_manager: User) -> Client:
    client.force_login(office_manager)
    return client


def test_what_staff_do_with_a_contact_is_noted_with_its_office(leader: User, office: Office) -> None:
    contact = make_request(office=office).contact
    enabler = make_enabler(office=office).contact
    member = make_member(group=make_group(office=office)).contact
    link = make_link(contact=member)

    protect_contact(contact, is_protected=True, by=leader, reason="Hen berättade", now=NOW)
    for one in (contact, enabler, member):
        reveal_contact(one, by=leader, reason="Ringer", now=NOW)
    reissue_by_staff(link, by=leader, reason="Tappade", now=NOW)

    assert set(AccessLog.objects.values_list("office", flat=True)) == {office.pk}


def test_a_contact_that_nobody_owns_has_no_office(leader: User) -> None:
    assert reveal_contact(make_contact(), by=leader, reason="Ringer", now=NOW).office is None


def test_a_manager_sees_the_readings_of_their_office_and_no_others(
    as_manager: Client, leader: User, other_office_leader: User, office: Office, other_office: Office
) -> None:
    read_by(leader, make_request(office=office), office=office)
    read_by(other_office_leader, make_request(office=other_office), office=other_office)

    assert cells(as_manager.get(LIST), "user") == ["Maja Lind"]


def test_the_case_is_named_and_linked_where_the_manager_sees_it(
    as_manager: Client, leader: User, office: Office
) -> None:
    support_request = make_request(office=office)
    link = make_link(about=support_request)
    read_by(leader, support_request, office=office)

    answer = as_manager.get(LIST)

    assert cells(answer, "about") == [f"Förfrågan {link.code}"]
    assert f'href="/admin/support/supportrequest/{support_request.pk}/change/"' in answer.content.decode()


def test_a_case_that_has_moved_away_is_not_named(
    as_manager: Client, leader: User, office: Office, other_office: Office
) -> None:
    support_request = make_request(office=other_office)
    make_link(about=support_request)
    read_by(leader, support_request, office=office)

    assert cells(as_manager.get(LIST), "about") == ["–"]


def test_it_is_found_by_the_code_of_the_case_however_it_is_written(
    as_manager: Client, leader: User, office: Office
) -> None:
    link = make_link(about=make_request(office=office), code="TALL 4827")
    read_by(leader, make_request(office=office), office=office)
    reveal_contact(link.contact, by=leader, reason="Ringer", now=NOW)

    found = [cells(as_manager.get(LIST, {"q": text}), "done") for text in ("tall-4827", "TALL 9999", "maja")]

    assert found == [["Såg en skyddad adress"], [], ["Såg en skyddad adress", "Läste"]]


def test_it_can_be_narrowed_by_who_what_and_when(
    as_manager: Client, leader: User, colleague: User, other_office_leader: User, office: Office
) -> None:
    now = clock.now()
    support_request = make_request(office=office)
    read_by(leader, support_request, office=office, at=now - timedelta(days=3))
    read_by(colleague, support_request, office=office, at=now - timedelta(days=40), what="export")

    found = [
        cells(as_manager.get(LIST, narrow), "user")
        for narrow in ({"who": leader.pk}, {"what": "export"}, {"when": "week"}, {"who": other_office_leader.pk})
    ]

    assert found == [["Maja Lind"], ["Sam Ek"], ["Maja Lind"], ["Maja Lind", "Sam Ek"]]
    assert "Kim Berg" not in as_manager.get(LIST).content.decode()


@pytest.mark.parametrize("role", ["leader", "editor", "treasurer"])
def test_those_who_do_not_answer_for_an_office_have_no_list(
    role: str, request: pytest.FixtureRequest, client: Client
) -> None:
    client.force_login(request.getfixturevalue(role))

    assert client.get(LIST).status_code == HTTPStatus.FORBIDDEN


def test_another_offices_reading_has_no_page(
    as_manager: Client, other_office_leader: User, other_office: Office
) -> None:
    row = read_by(other_office_leader, make_request(office=other_office), office=other_office)

    pages = [reverse(f"admin:people_accesslog_{name}", args=[row.pk]) for name in ("change", "history")]

    assert [as_manager.get(page).status_code for page in pages] == [HTTPStatus.NOT_FOUND] * 2


def test_nobody_changes_what_is_noted(as_manager: Client, leader: User, office: Office) -> None:
    row = read_by(leader, make_request(office=office), office=office)

    answer = as_manager.post(reverse("admin:people_accesslog_change", args=[row.pk]), {"reason": "Annat"})

    assert (answer.status_code, AccessLog.objects.get().reason) == (HTTPStatus.FORBIDDEN, "")


def test_whoever_is_not_signed_in_is_asked_to(client: Client, db: None) -> None:
    assert re.match("/admin/login/", client.get(LIST).headers["Location"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_many_as_for_few(
    rows: int, as_manager: Client, leader: User, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        read_by(leader, make_request(office=office), office=office)

    with django_assert_num_queries(11):
        as_manager.get(LIST)
