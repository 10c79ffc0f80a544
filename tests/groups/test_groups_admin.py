"""Groups in the admin: their members, what they approve, and the roles of those who support them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from groups.enums import Decision, EnablerRole, MemberRole
from groups.models import Approval, Enabler, Group, Member, RoleContract
from people.admin.commands import page_of
from tests.factories import (
    NOW,
    make_approval,
    make_contact,
    make_enabler,
    make_topic,
)
from tests.people.admin_pages import seen_on
from tests.support.admin_pages import changelist, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PHONE = {"channel": "sms", "sms_phone": "070-174 06 15", "may_say_who_we_are": "no"}


def test_the_page_of_a_group_shows_how_to_reach_them_and_who_is_in(as_leader, group):
    told = text_of(as_leader.get(page(group)))

    assert "Trygg kontakt: Dina Sms till 070-174 06 15. Säg inte varifrån vi ringer." in told
    assert "Kontaktperson" in told


def test_a_group_is_created_under_its_alias(as_leader, office, other_office):
    path = reverse("admin:groups_group_add")

    empty = as_leader.post(path, {"alias": " ", "office": office.pk})
    foreign = as_leader.post(path, {"alias": "Hissgruppen", "office": other_office.pk})
    response = as_leader.post(path, {"alias": "Hissgruppen", "office": office.pk}, follow=True)

    assert "Skriv det namn ni har bestämt med gruppen" in text_of(empty)
    assert "Välj ett av svaren i listan" in text_of(foreign)
    created = Group.objects.get()
    assert (created.alias, created.office, created.created_at) == ("Hissgruppen", office, NOW)
    assert response.request["PATH_INFO"] == page(created)


def test_a_page_sent_twice_creates_one_group(as_leader, office):
    path = reverse("admin:groups_group_add")
    form = {"alias": "Hissgruppen", "office": office.pk, "once": as_leader.get(path).context["once_key"]}

    for _each in range(2):
        assert as_leader.post(path, form).status_code == 302

    assert Group.objects.count() == 1


def test_plain_facts_are_edited_but_neither_alias_nor_office(as_leader, group, other_office):
    topic = make_topic()
    form = {
        "alias": "Dina",
        "office": other_office.pk,
        "size_band": "5-9",
        "visibility": "private",
        "needs": "En projektor",
        "topics": [topic.pk],
        "members-TOTAL_FORMS": "0",
        "members-INITIAL_FORMS": "0",
    }

    response = as_leader.post(page(group), form | seen_on(as_leader, page(group)))

    assert response.status_code == 302
    group.refresh_from_db()
    assert (group.alias, group.needs, list(group.topics.all())) == ("Värmegruppen", "En projektor", [topic])
    assert group.office != other_office


def test_an_alias_is_changed_but_never_to_a_persons_name(as_leader, group):
    refused = as_leader.post(do(group, "rename"), {"alias": "dina"})
    as_leader.post(do(group, "rename"), {"alias": "Varma väggar"})

    assert "Namnet är också vad vi kallar en person i gruppen." in text_of(refused)
    group.refresh_from_db()
    assert group.alias == "Varma väggar"


def test_someone_new_joins_by_a_contact_of_their_own(as_leader, group):
    refused = as_leader.post(do(group, "add-member"), {"called": "Elsa", "role": "member", "channel": "sms"})
    added = as_leader.post(do(group, "add-member"), PHONE | {"called": "Elsa", "role": "member"}, follow=True)

    assert "Skriv ett telefonnummer som vi kan skicka sms till" in text_of(refused)
    elsa = Member.objects.get(contact__called="Elsa")
    assert (elsa.group, elsa.role, elsa.contact.discreet) == (group, MemberRole.MEMBER, True)
    assert (elsa.contact.phone, elsa.contact.may_say_who_we_are) == ("+46701740615", False)
    assert Member.objects.count() == 2
    link = elsa.contact.links.get()
    assert (link.about_model, link.about_id, link.asks_for_code) == ("groups.member", elsa.pk, True)
    assert added.request["PATH_INFO"] == page_of(link)
    assert "Ge en ny länk och nya ord" in text_of(added)


def test_someone_leaves(as_leader, group):
    member = group.members.get()

    response = as_leader.post(do(member, "leave"), follow=True)

    assert response.request["PATH_INFO"] == page(group)
    member.refresh_from_db()
    assert member.left_at == NOW


def test_a_group_is_asked_word_by_word_and_nobody_answers_for_it(as_leader, group):
    form = {"kind": "quote", "title": "Ett citat", "text": "Tabellen gjorde skillnad."}

    as_leader.post(do(group, "ask"), form)
    approval = Approval.objects.get()
    as_leader.post(page(approval), form | {"decision": "yes", "text": "Något annat"})

    told = text_of(as_leader.get(page(approval)))
    assert "Tabellen gjorde skillnad." in told
    assert "Väntar på svar" in told
    approval.refresh_from_db()
    assert (approval.decision, approval.text) == ("", "Tabellen gjorde skillnad.")
    assert as_leader.get(reverse("admin:groups_approval_add")).status_code == 403
    assert as_leader.post(reverse("admin:groups_approval_delete", args=[approval.pk])).status_code == 403


def test_where_an_approval_stands_is_said_in_words(as_leader, group):
    made = {
        "Väntar på svar": {},
        "Ja": {"decision": Decision.YES, "decided_at": NOW},
        "Nej": {"decision": Decision.NO, "decided_at": NOW},
        "Tog tillbaka sitt ja": {"decision": Decision.YES, "decided_at": NOW, "taken_back_at": NOW},
        "Ersatt av en ny text": {"superseded_at": NOW},
    }
    for words, fields in made.items():
        make_approval(group=group, title=words, **fields)

    told = as_leader.get(changelist(Approval)).content.decode()

    rows = re.findall(r'field-title"[^>]*>.*?>(.*?)</a>.*?field-standing"[^>]*>(.*?)</td>', told, re.DOTALL)
    assert sorted(rows) == sorted((words, words) for words in made)


def test_an_enabler_gets_a_contact_of_their_own(as_leader, office):
    form = PHONE | {"called": "Farid", "office": office.pk, "competences": "Kan avtal", "spoken": ["so", "sv"]}

    as_leader.post(reverse("admin:groups_enabler_add"), form)

    enabler = Enabler.objects.get()
    assert (enabler.contact.called, enabler.office, enabler.languages) == ("Farid", office, ["so", "sv"])
    assert "Sms till 070-174 06 15." in text_of(as_leader.get(page(enabler)))


def test_a_role_is_agreed_and_ended(as_leader, group, office):
    enabler = make_enabler(office=office)
    make_enabler(contact=make_contact(called="Annan ort"))
    form = {"enabler": enabler.pk, "role": "mentor", "task": "Tänka högt", "review_on": "2026-10-01"}

    shown = as_leader.get(do(group, "agree-role"))
    past = as_leader.post(do(group, "agree-role"), form | {"review_on": "2026-01-01"})
    as_leader.post(do(group, "agree-role"), form)
    contract = RoleContract.objects.get()
    as_leader.post(do(contract, "end"), {"because": ""})

    assert "Annan ort" not in text_of(shown)
    assert "Dagen har redan passerat." in text_of(past)
    contract.refresh_from_db()
    assert (contract.role, contract.review_on) == (EnablerRole.MENTOR, date(2026, 10, 1))
    assert contract.ended_at == NOW


@pytest.mark.parametrize("command", ["rename", "add-member", "ask", "agree-role"])
@pytest.mark.parametrize("nasty", ["\x00", "a" * 1_000_000, "\u202egnip", "\ufffd"])
def test_nasty_text_is_answered_in_words(as_leader, group, command, nasty):
    names = ["alias", "called", "role", "channel", "sms_phone", "kind", "title", "text", "enabler", "task", "review_on"]

    response = as_leader.post(do(group, command), dict.fromkeys(names, nasty))

    assert response.status_code in {200, 302, 400, 413}
