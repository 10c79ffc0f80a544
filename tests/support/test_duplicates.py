"""Requests that may belong together: found by address, or by place, day and words; always with the reason."""

from datetime import timedelta

import pytest
from django.contrib.admin import site

from people.crypto import keyed_hash
from people.enums import Channel
from people.models import Contact, Message
from support.admin.joining import together
from support.duplicates import known_groups, possible_duplicates
from support.enums import Phase, RequestStatus
from support.models import SupportRequest
from tests.factories import (
    NOW,
    make_contact,
    make_group,
    make_link,
    make_member,
    make_municipality,
    make_period,
    make_request,
)
from tests.support.admin_pages import buttons, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

HISS = "Hissen i vårt trapphus står still sedan i våras."
HISS_TOO = "Hissen står still igen, och ingen lagar trapphuset."
NUMBER = "070-174 06 15"


def by_phone(**kwargs) -> Contact:
    return make_contact(**{"channel": Channel.SMS, "phone": NUMBER} | kwargs)


@pytest.fixture
def row(office) -> SupportRequest:
    return make_request(
        office=office, municipality=make_municipality(office=office), what=HISS, contact=by_phone(), place="Lindhaga"
    )


def found(row: SupportRequest, user) -> list[tuple[int, bool, list[str]]]:
    return [(one.support_request.pk, one.can_join, one.reasons) for one in possible_duplicates(row, seen_by=user)]


def test_the_same_number_is_a_reason(row, office, leader):
    other = make_request(office=office, contact=by_phone(phone="+46701740615"))
    make_request(office=office)

    assert found(row, leader) == [(other.pk, True, ["Samma telefonnummer."])]


def test_the_same_e_mail_address_is_a_reason_also_under_an_older_key(settings, office, leader):
    row = make_request(office=office, contact=make_contact(email="Alva@Example.org"))
    old, new = settings.HASH_KEYS[0], "ny:en-helt-annan-nyckel"
    other = make_request(office=office, contact=make_contact(email="alva@example.org"))
    settings.HASH_KEYS = [new, old]

    assert other.contact.email_hash != keyed_hash("alva@example.org")
    assert found(row, leader) == [(other.pk, True, ["Samma e-postadress."])]


@pytest.mark.parametrize("protected", ["this", "other"])
def test_of_a_protected_person_no_address_is_compared(office, leader, protected):
    row = make_request(office=office, contact=by_phone(protected=protected == "this"))
    make_request(office=office, contact=by_phone(protected=protected == "other"))
    make_period(group=make_member(group=make_group(office=office), contact=by_phone(protected=True)).group)

    assert found(row, leader) == []
    assert known_groups(row, seen_by=leader) == []


def test_the_same_place_about_the_same_time_with_the_same_words_is_a_reason(row, office, leader):
    near = {"office": office, "municipality": row.municipality}
    other = make_request(**near, what=HISS_TOO, received_at=NOW - timedelta(days=2))
    make_request(**near, what="Skolan vill lägga ner fritidsgården.")
    make_request(**near, what=HISS_TOO, received_at=NOW - timedelta(days=61))
    make_request(office=office, municipality=make_municipality(), what=HISS_TOO)
    make_request(**near, what=HISS_TOO, status=RequestStatus.DECLINED, decided_at=NOW)

    reason = "Samma kommun, kom in med två dagars mellanrum, och båda nämner: trapphus, still, hissen, står."
    assert found(row, leader) == [(other.pk, True, [reason])]


def test_what_was_decided_lately_is_worth_knowing_but_is_not_joined(row, office, leader):
    decided = {"office": office, "status": RequestStatus.DECLINED, "contact": by_phone()}
    lately = make_request(**decided, decided_at=NOW - timedelta(days=10))
    decided["contact"] = by_phone()
    make_request(**decided, decided_at=NOW - timedelta(days=100))

    assert found(row, leader) == [(lately.pk, False, ["Samma telefonnummer."])]


def test_one_in_the_common_queue_is_shown_but_not_joined(row, leader):
    other = make_request(office=None, contact=by_phone())

    assert found(row, leader) == [(other.pk, False, ["Samma telefonnummer."])]


def test_a_group_with_the_same_number_that_gets_support_is_named(row, office, leader):
    at_work = make_member(group=make_group(office=office, alias="Hissgruppen"), contact=by_phone()).group
    make_period(group=at_work)
    closed = make_member(group=make_group(office=office), contact=by_phone()).group
    make_period(group=closed, phase=Phase.CLOSED, closed_at=NOW)

    assert [(one.group.alias, one.reason) for one in known_groups(row, seen_by=leader)] == [
        ("Hissgruppen", "Samma telefonnummer.")
    ]


def test_nothing_of_another_office_is_ever_suggested(row, other_office, leader, other_office_leader):
    theirs = make_request(office=other_office, municipality=row.municipality, what=HISS, contact=by_phone())
    make_period(group=make_member(group=make_group(office=other_office), contact=by_phone()).group)

    assert found(row, leader) == []
    assert known_groups(row, seen_by=leader) == []
    assert found(theirs, other_office_leader) == []


def test_a_draft_is_never_suggested(row, office, leader):
    make_request(office=office, status=RequestStatus.DRAFT, contact=by_phone(), received_at=None, promised_by=None)
    make_request(
        office=office,
        status=RequestStatus.DRAFT,
        contact=by_phone(),
        written_by=leader,
        received_at=None,
        promised_by=None,
    )

    assert found(row, leader) == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_for_duplicates_takes_three_queries(row, office, leader, count, django_assert_num_queries):
    for _number in range(count):
        make_request(office=office, municipality=row.municipality, what=HISS_TOO, contact=by_phone())
        make_period(group=make_member(group=make_group(office=office), contact=by_phone()).group)
    row = SupportRequest.objects.select_related("contact", "municipality").get(pk=row.pk)
    leader.has_perm("support.view_supportrequest")
    possible_duplicates(row, seen_by=leader)

    with django_assert_num_queries(3):
        assert len(possible_duplicates(row, seen_by=leader)) == count
        assert len(known_groups(row, seen_by=leader)) == count


def test_the_page_tells_the_reason_and_one_press_joins(as_leader, row, office):
    other = make_request(office=office, contact=by_phone())
    make_link(about=other, code="OLVON 2345")

    shown = as_leader.get(page(row))
    response = as_leader.post(do(row, "join"), {"other": f"#{other.pk}", "main": "this"}, follow=True)

    assert "Kan höra ihop" in text_of(shown)
    assert "Samma telefonnummer." in text_of(shown)
    assert "OLVON 2345" in text_of(shown)
    assert "De hör ihop nu." in text_of(response)
    assert response.request["PATH_INFO"] == page(row)
    other.refresh_from_db()
    assert other.joined_to == row


def test_the_other_one_may_be_the_one_that_stays(as_leader, row, office):
    other = make_request(office=office)
    make_link(about=other, code="OLVON 2345")

    response = as_leader.post(do(row, "join"), {"other": "olvon2345", "main": "other"}, follow=True)

    row.refresh_from_db()
    assert row.joined_to == other
    assert response.request["PATH_INFO"] == page(other)


@pytest.mark.parametrize("code", ["OLVON 2345", "TALL 9999", "#999999999999999999999", "vad som helst", "#1"])
def test_a_code_elsewhere_is_answered_as_one_that_does_not_exist(as_leader, row, other_office, code):
    theirs = make_request(office=other_office)
    make_link(about=theirs, code="OLVON 2345")

    response = as_leader.post(do(row, "join"), {"other": code, "main": "this"})

    assert "Det finns ingen annan öppen förfrågan hos er med den koden" in text_of(response)
    theirs.refresh_from_db()
    assert theirs.joined_to is None


def test_a_joined_one_says_so_and_is_parted_in_one_press(as_leader, row, office):
    other = make_request(office=office, contact=by_phone())
    as_leader.post(do(row, "join"), {"other": f"#{other.pk}", "main": "this"})

    shown = as_leader.get(page(other))
    parted = as_leader.post(do(other, "part"), follow=True)

    assert "Ni arbetar med den här förfrågan tillsammans med" in text_of(shown)
    assert "Ta isär" in buttons(shown)
    assert not {"Ta ärendet", "Ja, vi börjar", "Hänvisa vidare"} & set(buttons(shown))
    assert "Förfrågan är tillbaka i kön, med samma dag för svar som förut." in text_of(parted)
    other.refresh_from_db()
    assert other.joined_to is None


def test_the_main_page_shows_what_is_joined_with_its_promise_and_asks_whom_a_decision_holds_for(as_leader, row, office):
    other = make_request(office=office, contact=by_phone(called="Bosse"))
    make_link(about=other, code="OLVON 2345")
    as_leader.post(do(row, "join"), {"other": f"#{other.pk}", "main": "this"})

    shown, asked = text_of(as_leader.get(page(row))), text_of(as_leader.get(do(row, "accept")))
    as_leader.post(do(row, "accept"), {"which": "new", "alias": "Hissgruppen", "also": [other.pk]})

    assert "De här hör ihop med förfrågan" in shown
    assert "OLVON 2345" in shown
    assert "sju dagar kvar" in shown
    assert "Bosse" not in shown
    assert "Vilka fler vill vara med i gruppen?" in asked
    other.refresh_from_db()
    assert other.group.alias == "Hissgruppen"


def test_a_decision_does_not_hold_for_what_is_not_joined(as_leader, row, office):
    stranger, other = make_request(office=office), make_request(office=office)
    as_leader.post(do(row, "join"), {"other": f"#{other.pk}", "main": "this"})
    said = {"reason": "Nej", "turn_to": "Kommunen", "send": "1"}

    response = as_leader.post(do(row, "decline"), said | {"also": [stranger.pk]})

    assert response.status_code == 200
    stranger.refresh_from_db()
    assert stranger.status == RequestStatus.RECEIVED


@pytest.mark.parametrize("command", ["join", "part"])
def test_strangers_and_other_offices_find_nothing(client, row, office, other_office_leader, outsider, command):
    other = make_request(office=office)
    sent = {"other": f"#{other.pk}", "main": "this"}

    assert "/konto/" in client.post(do(row, command), sent, follow=True).request["PATH_INFO"]
    client.force_login(outsider)
    assert client.post(do(row, command), sent).status_code in {302, 403}
    client.force_login(other_office_leader)
    assert client.get(do(row, command)).status_code == 404
    assert client.post(do(row, command), sent).status_code == 404
    assert SupportRequest.objects.filter(joined_to__isnull=False).count() == 0
    assert Message.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_what_belongs_together_takes_as_many_queries_however_much_it_is(
    leader, row, office, count, django_assert_num_queries
):
    for _number in range(count):
        make_request(office=office, contact=by_phone())
        make_request(office=office, joined_to=row)
        make_period(group=make_member(group=make_group(office=office), contact=by_phone()).group, leader=leader)
    row = SupportRequest.objects.select_related("contact", "municipality", "office").get(pk=row.pk)
    model_admin = site.get_model_admin(SupportRequest)
    together(row, leader, buttons_of=model_admin.buttons_of)

    with django_assert_num_queries(5):
        shown = together(row, leader, buttons_of=model_admin.buttons_of)

    assert (len(shown.joined), len(shown.suggested), len(shown.groups)) == (count, count, count)
