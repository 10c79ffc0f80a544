"""The page of a row's history: at Django's own address, for those who see the row, and for nobody else."""

import re
from http import HTTPStatus
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from groups.models import Group
from people.enums import Channel
from people.history import PAGE
from people.models import AccessLog, Contact, Office, User
from support.models import SupportRequest
from tests.factories import (
    NOW,
    make_contact,
    make_duty_bearer,
    make_enabler,
    make_group,
    make_member,
    make_organisation,
    make_organisation_request,
    make_period,
    make_request,
    make_topic,
)


def history(row: Model, query: str = "") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_history", args=[row.pk]) + query


def text_of(response: Any) -> str:
    main = response.content.decode().split('<div id="content-main" class="case history">')[1]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def make_each(office: Office) -> list[Model]:
    """One row of every kind that has a page of its own."""
    group = make_group(office=office)
    member = make_member(group=group)
    return [
        group,
        member,
        member.contact,
        make_enabler(office=office),
        make_period(group=group, office=office),
        make_request(office=office),
        make_organisation_request(office=office),
    ]


def read_by(user: User, row: Model, **kwargs: Any) -> AccessLog:
    fields = {"what": "read", "at": NOW, "last_at": NOW} | kwargs
    return AccessLog.objects.create(user=user, about_model=row._meta.label_lower, about_id=row.pk, **fields)


def test_whoever_sees_the_row_sees_what_was_changed(as_leader: Client, office: Office) -> None:
    group = make_group(office=office, area="Norr")
    Group.objects.filter(pk=group.pk).update(area="Söder")

    shown = as_leader.get(history(group))

    assert shown.status_code == HTTPStatus.OK
    assert "Grupp Ändrades Av: portalen Område från Norr → till Söder" in text_of(shown)


def test_the_page_of_a_case_leads_to_its_history(as_leader: Client, office: Office) -> None:
    for row in (make_request(office=office), make_period(group=make_group(office=office), office=office)):
        page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])

        assert f'href="{history(row)}"' in as_leader.get(page).content.decode()


def test_every_page_of_the_office_has_a_history(as_leader: Client, office: Office) -> None:
    answers = [as_leader.get(history(row)) for row in make_each(office)]

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    assert all("Skapades" in text_of(answer) for answer in answers)


def test_of_another_offices_row_the_address_tells_no_more_than_of_none(
    client: Client, other_office_leader: User, office: Office
) -> None:
    rows = make_each(office)
    client.force_login(other_office_leader)

    for row in rows:
        foreign, missing = client.get(history(row)), client.get(history(row).replace(str(row.pk), "987654"))
        assert (foreign.status_code, missing.status_code) == (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND)
        assert foreign.content == missing.content


@pytest.mark.parametrize("role", ["treasurer", "editor"])
def test_without_the_permission_there_is_one_answer_for_all(
    role: str, request: pytest.FixtureRequest, client: Client, office: Office
) -> None:
    support_request = make_request(office=office)
    client.force_login(request.getfixturevalue(role))

    there, missing = (client.get(history(SupportRequest(pk=pk))) for pk in (support_request.pk, 987654))

    assert (there.status_code, missing.status_code) == (HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN)
    assert there.content == missing.content


def test_whoever_is_not_signed_in_is_asked_to(client: Client, office: Office) -> None:
    answer = client.get(history(make_group(office=office)))

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (HTTPStatus.FOUND, "/admin/login/")


def test_a_manager_sees_who_has_read_and_why(
    client: Client, office_manager: User, leader: User, colleague: User, office: Office
) -> None:
    support_request = make_request(office=office)
    read_by(leader, support_request, office=office, last_at=NOW.replace(minute=20))
    read_by(colleague, support_request.contact, office=office, what="reveal", last_at=None, reason="Ringer om mötet")
    client.force_login(office_manager)

    shown = text_of(client.get(history(support_request, "?show=read")))

    assert re.findall(r"1 september 2026 10.00.*?(?=1 september 2026 10.00|$)", shown.split("Läst")[1])
    assert "1 september 2026 10.00 Sam Ek Såg en skyddad adress Ringer om mötet" in shown
    assert "1 september 2026 10.00 till 1 september 10.20 Maja Lind Läste" in shown


def test_a_leader_sees_changes_but_not_who_has_read(as_leader: Client, leader: User, office: Office) -> None:
    support_request = make_request(office=office)
    read_by(leader, support_request, office=office, reason="Hemligt skäl")

    shown = text_of(as_leader.get(history(support_request, "?show=read")))

    assert ("Läst" in shown, "Hemligt skäl" in shown, "Skapades" in shown) == (False, False, True)


def test_what_was_read_at_another_office_before_the_case_came_is_that_offices_to_know(
    client: Client, office_manager: User, other_office_leader: User, office: Office, other_office: Office
) -> None:
    support_request = make_request(office=office)
    read_by(other_office_leader, support_request, office=other_office)
    client.force_login(office_manager)

    assert "Ingen har läst" in text_of(client.get(history(support_request, "?show=read")))


def test_an_address_is_never_in_the_page(as_leader: Client, office: Office) -> None:
    contact = make_contact(channel=Channel.SMS, phone="070-174 06 15", called="Dina")
    make_request(office=office, contact=contact)
    Contact.objects.filter(pk=contact.pk).update(phone="+46701740616", phone_hash="annan")

    shown = as_leader.get(history(contact))

    assert "Telefon är ändrat. Vi visar inte nummer och adresser här." in text_of(shown)
    assert ("174" in text_of(shown), contact.phone_hash in shown.content.decode()) == (False, False)


def test_no_word_of_the_triggers_own_is_on_the_page(as_leader: Client, office: Office) -> None:
    for row in make_each(office):
        found = re.findall(
            r"\b(pgh|insert|update|delete|history|hash|once|None|True|False)\b", text_of(as_leader.get(history(row)))
        )
        assert found == []


def test_old_changes_stand_on_pages_of_their_own(as_leader: Client, office: Office) -> None:
    group = make_group(office=office)
    for number in range(PAGE):
        Group.objects.filter(pk=group.pk).update(area=str(number))

    first, second = as_leader.get(history(group)), as_leader.get(history(group, "?show=changed&page=2"))

    assert ("Visa äldre" in text_of(first), "Skapades" in text_of(first)) == (True, False)
    assert ("Visa nyare" in text_of(second), "Skapades" in text_of(second)) == (True, True)


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=-1", "?page=x", "?page=99999999999", "?page=²", "?show=%27", "?page=41"]
)
def test_a_garbled_address_is_only_an_address(query: str, as_leader: Client, office: Office) -> None:
    assert as_leader.get(history(make_group(office=office), query)).status_code == HTTPStatus.OK


def test_rows_without_versions_tell_what_the_admin_has_noted(client: Client, programme_manager: User) -> None:
    client.force_login(programme_manager)
    topic = make_topic(name="Trygghet")
    seen = re.findall(
        r'name="seen" value="([^"]+)"',
        client.get(reverse("admin:groups_topic_change", args=[topic.pk])).content.decode(),
    )
    client.post(
        reverse("admin:groups_topic_change", args=[topic.pk]), {"name": "Trygg gård", "slug": "trygg", "seen": seen}
    )

    shown = text_of(client.get(history(topic)))

    assert "Tema Ändrade Namn och Adressnamn. Av: Pia Sten" in shown


def test_registers_that_belong_to_all_have_a_history_too(
    client: Client, programme_manager: User, office: Office
) -> None:
    client.force_login(programme_manager)

    answers = [client.get(history(row)) for row in (office, make_duty_bearer(), make_organisation(), programme_manager)]

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_much_as_for_little(
    rows: int, client: Client, office_manager: User, office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    support_request = make_request(office=office)
    for number in range(rows):
        SupportRequest.objects.filter(pk=support_request.pk).update(area=str(number))
        read_by(office_manager, support_request, office=office)
    client.force_login(office_manager)

    with django_assert_num_queries(13):
        client.get(history(support_request))
    with django_assert_num_queries(5):
        client.get(history(support_request, "?show=read"))
