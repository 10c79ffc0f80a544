"""Att godkänna and the roles of those who support the group, on its own page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from groups.actions.approvals import ask_approval
from groups.enums import ApprovalKind, Decision
from groups.models import Approval, Member
from people.enums import Channel
from people.models import Message
from tests.factories import NOW, make_approval, make_contact, make_enabler, make_group, make_link, make_member
from tests.factories import make_role_contract as make_contract
from tests.support.at_work import text_of
from tests.support.walking import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LIST = "/min-sida/att-godkanna/"
ROLES = "/min-sida/mojliggorare/"


@pytest.fixture
def me(client: Client) -> Member:
    """Someone in a group, with their link open in the browser."""
    member = make_member(group=make_group(alias="Värmegruppen"))
    come_in(client, make_link(about=member, contact=member.contact))
    return member


def asked(member: Member, text: str = "Tabellen gjorde skillnad.") -> Approval:
    return ask_approval(member.group, kind=ApprovalKind.QUOTE, title="Ett citat", text=text, now=NOW)


def test_an_empty_list_says_why_it_is_there(client: Client, me: Member) -> None:
    assert "Inget väntar på er. När vi vill visa något om er frågar vi här först." in text_of(client.get(LIST))


def test_a_yes_holds_for_the_exact_text_that_was_read(client: Client, me: Member) -> None:
    approval = asked(me)
    page = f"{LIST}{approval.pk}/"

    shown = text_of(client.get(page))
    for _n in range(2):
        response = client.post(page, {"decision": "yes"}, follow=True)

    approval.refresh_from_db()
    assert "Tabellen gjorde skillnad." in shown
    assert (approval.decision, approval.decided_by, approval.decided_at) == (Decision.YES, me, NOW)
    assert "Det ni har svarat på Ett citat Citat · 1 september 2026 Ja" in text_of(response)


def test_a_no_is_as_easy_and_stays(client: Client, me: Member) -> None:
    approval = asked(me)

    client.post(f"{LIST}{approval.pk}/", {"decision": "no"})
    response = client.post(f"{LIST}{approval.pk}/", {"decision": "yes"}, follow=True)

    approval.refresh_from_db()
    assert approval.decision == Decision.NO
    assert "Någon av er har redan svarat." in text_of(response)


def test_a_yes_is_taken_back_without_a_reason(client: Client, me: Member) -> None:
    approval = asked(me)
    client.post(f"{LIST}{approval.pk}/", {"decision": "yes"})

    assert "Ta tillbaka vårt ja" in text_of(client.get(f"{LIST}{approval.pk}/"))
    for _n in range(2):
        response = client.post(f"{LIST}{approval.pk}/ta-tillbaka/", follow=True)

    approval.refresh_from_db()
    assert approval.taken_back_at == NOW
    assert "Tillbakataget" in text_of(response)


def test_only_a_yes_is_taken_back(client: Client, me: Member) -> None:
    approval = asked(me)

    response = client.post(f"{LIST}{approval.pk}/ta-tillbaka/", follow=True)

    assert "Det finns inget ja att ta tillbaka." in text_of(response)


def test_a_changed_text_is_asked_anew_and_the_old_one_cannot_be_answered(client: Client, me: Member) -> None:
    old = asked(me)
    new = asked(me, "Tabellen och brevet gjorde skillnad.")

    response = client.post(f"{LIST}{old.pk}/", {"decision": "yes"}, follow=True)

    old.refresh_from_db()
    assert old.decision == ""
    assert "Texten har ändrats. Läs den nya och svara en gång till." in text_of(response)
    assert response.content.decode().count("Väntar på er") == 1
    assert f"{LIST}{new.pk}/" in response.content.decode()
    assert "Den nya står i listan när vi frågar om den." in text_of(client.get(f"{LIST}{old.pk}/"))


@pytest.mark.parametrize("bad", ["", "kanske", "a\x00b", "x" * 5000])
def test_an_answer_that_is_neither_yes_nor_no_changes_nothing(client: Client, me: Member, bad: str) -> None:
    approval = asked(me)

    response = client.post(f"{LIST}{approval.pk}/", {"decision": bad}, follow=True)

    approval.refresh_from_db()
    assert approval.decision == ""
    assert "Svara ja eller nej." in text_of(response)


def test_the_message_about_a_text_leads_to_the_list(client: Client, me: Member) -> None:
    make_contact(channel=Channel.EMAIL)
    asked(me)

    message = Message.objects.get()
    assert message.contact == me.contact
    assert Client().get(message.link).url == LIST  # type: ignore[attr-defined]


def test_who_supports_the_group_stands_with_role_and_task(client: Client, me: Member) -> None:
    enabler = make_enabler(office=me.group.office, contact=make_contact(called="Rut"))
    make_contract(group=me.group, enabler=enabler)
    make_contract(group=me.group, enabler=enabler, task="Gammalt", ended_at=NOW)
    make_contract(task="Deras")

    text = text_of(client.get(ROLES))

    assert "Rut Mentor: Tänka högt inför mötet Sedan 1 september 2026. Vi pratar om det igen 1 oktober 2026." in text
    assert "Gammalt" not in text
    assert "Deras" not in text


def test_a_role_is_ended_in_two_taps_and_the_enabler_hears_once(client: Client, me: Member) -> None:
    contract = make_contract(group=me.group)
    page = f"{ROLES}{contract.pk}/avsluta/"

    first = text_of(client.get(page))
    contract.refresh_from_db()
    assert contract.ended_at is None
    for _n in range(2):
        response = client.post(page, follow=True)

    contract.refresh_from_db()
    assert "Ni behöver inte säga varför." in first
    assert contract.ended_at == NOW
    assert "Ingen möjliggörare stöttar er just nu." in text_of(response)
    assert [message.contact for message in Message.objects.all()] == [contract.enabler.contact]
    assert "Rollen är redan avslutad." in text_of(client.get(page))


def test_whoever_has_left_or_is_in_no_group_finds_nothing(client: Client, me: Member) -> None:
    approval = asked(me)
    Member.objects.filter(pk=me.pk).update(left_at=NOW)

    for path in (LIST, f"{LIST}{approval.pk}/", ROLES):
        assert client.get(path).status_code == 404
    assert client.post(f"{LIST}{approval.pk}/", {"decision": "yes"}).status_code == 404


def test_the_number_of_queries_stays_the_same(client: Client, me: Member, django_assert_num_queries: Any) -> None:
    for rows in (1, 3):
        while me.group.approvals.count() < rows * 2:
            approval = make_approval(group=me.group)
            make_approval(group=me.group, decision=Decision.YES, decided_at=NOW + timedelta(days=1), decided_by=me)
            contract = make_contract(group=me.group)
        for path in (LIST, f"{LIST}{approval.pk}/", ROLES, f"{ROLES}{contract.pk}/avsluta/"):
            with django_assert_num_queries(4):
                assert client.get(path).status_code == 200
