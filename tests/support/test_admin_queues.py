"""The basket of follow-ups, the queue of organisations, supervision and the offices' ladders."""

from datetime import timedelta

import pytest

from people.models import Message
from support.enums import CheckInState, OrganisationRequestStatus
from support.models import CheckIn, OfficePolicy, OrganisationRequest, SupervisionSession
from tests.factories import NOW, TODAY, make_check_in, make_contact, make_group, make_organisation_request, make_period
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

BASKET = "/admin/support/checkin/"
ORGANISATIONS = "/admin/support/organisationrequest/"


def in_basket(period, **kwargs) -> CheckIn:
    fields = {"state": CheckInState.MISSED, "asked_at": NOW, "basket_at": NOW, "expected": TODAY - timedelta(days=10)}
    days = {"earliest": TODAY - timedelta(days=11), "latest": TODAY}
    return make_check_in(period=period, **fields, **days, **kwargs)


@pytest.fixture
def period(office, leader):
    return make_period(group=make_group(office=office, alias="Värmegruppen"), office=office, leader=leader)


def test_the_basket_holds_what_is_mine_to_do(as_leader, office, period, colleague, other_office):
    in_basket(period)
    in_basket(make_period(group=make_group(office=office, alias="Kollegans"), office=office, leader=colleague))
    in_basket(make_period(group=make_group(office=other_office, alias="Annan ort")))
    in_basket(period, basket_done_at=NOW, number=2)

    mine, everyones = as_leader.get(BASKET), as_leader.get(BASKET, {"show": "basket"})

    assert cells(mine, "group") == ["Värmegruppen"]
    assert cells(mine, "waited") == ["tio dagar sen"]
    assert sorted(cells(everyones, "group")) == ["Kollegans", "Värmegruppen"]
    assert "I din korg" in text_of(mine)


def test_what_is_dealt_with_leaves_the_basket(as_leader, period):
    check_in = in_basket(period)

    assert buttons(as_leader.get(page(check_in))) == ["Skriv in svaret", "Klart"]
    for _each in range(2):
        response = as_leader.post(do(check_in, "handle"), follow=True)

    assert response.request["PATH_INFO"] == page(period)
    check_in.refresh_from_db()
    assert check_in.basket_done_at == NOW
    assert cells(as_leader.get(BASKET), "group") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_basket_costs_the_same(as_leader, office, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        in_basket(make_period(office=office, leader=leader))

    with django_assert_num_queries(11):
        as_leader.get(BASKET)


def test_an_organisation_is_taken_answered_and_closed(as_leader, client, office, leader, colleague):
    asked = make_organisation_request(office=office, contact=make_contact(channel="email"))

    assert cells(as_leader.get(ORGANISATIONS), "due") == ["sju dagar kvar"]
    as_leader.post(do(asked, "take"))
    as_leader.post(do(asked, "answer"), {"text": "Välkomna den tredje."})
    client.force_login(colleague)
    late = client.post(do(asked, "answer"), {"text": "Nej."})
    taken = client.post(do(asked, "close"), {"result": "Utbildning i mars."})
    client.force_login(leader)
    client.post(do(asked, "close"), {"result": "Utbildning i mars."})

    assert "Maja Lind har redan tagit ärendet." in text_of(late)
    assert "Maja Lind har redan tagit ärendet." in text_of(taken)
    asked.refresh_from_db()
    assert (asked.leader, asked.status, asked.result) == (
        leader,
        OrganisationRequestStatus.CLOSED,
        "Utbildning i mars.",
    )
    assert [message.kind for message in Message.objects.all()] == ["support.organisation_answered"]
    assert "svarade i tid" in text_of(client.get(page(asked)))


def test_organisations_of_other_offices_do_not_exist(client, other_office_leader, office):
    asked = make_organisation_request(office=office)
    client.force_login(other_office_leader)

    assert cells(client.get(ORGANISATIONS), "organisation_name") == []
    assert client.get(page(asked)).status_code == 404
    for command in ("take", "answer", "close"):
        assert client.post(do(asked, command)).status_code == 404
    assert OrganisationRequest.objects.get().leader is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_of_organisations_costs_the_same(as_leader, office, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        make_organisation_request(office=office, leader=leader)

    with django_assert_num_queries(12):
        as_leader.get(ORGANISATIONS)


@pytest.mark.parametrize("command", ["answer", "close"])
@pytest.mark.parametrize("nasty", ["\x00", "a" * 1_000_000, "\ufffd"])
def test_nasty_text_to_an_organisation_is_answered_in_words(as_leader, office, command, nasty):
    asked = make_organisation_request(office=office)

    response = as_leader.post(do(asked, command), {"text": nasty, "result": nasty})

    assert response.status_code in {200, 400, 413}
    assert Message.objects.count() == 0


def test_supervision_is_written_down_and_stays_in_the_office(as_leader, client, leader, enabler, other_office_leader):
    form = {"enabler": enabler.pk, "supervisor": leader.pk, "held_on": "2026-09-01", "dilemma": "Vem bestämmer?"}

    response = as_leader.post("/admin/support/supervisionsession/add/", form, follow=True)

    assert response.status_code == 200
    session = SupervisionSession.objects.get()
    assert session.dilemma == "Vem bestämmer?"
    client.force_login(other_office_leader)
    assert client.get(page(session)).status_code == 404


@pytest.mark.parametrize(("ladder", "is_good"), [("1,2,4,8,13", True), ("4,2", False), ("0", False), ("60", False)])
def test_an_office_has_a_ladder_that_rises(client, programme_manager, office, ladder, is_good):
    client.force_login(programme_manager)

    client.post("/admin/support/officepolicy/add/", {"office": office.pk, "ladder": ladder})

    assert OfficePolicy.objects.exists() == is_good


def test_an_office_manager_decides_over_the_own_ladder_only(client, office_manager, office, other_office):
    theirs = OfficePolicy.objects.create(office=other_office, ladder=[1, 2])
    client.force_login(office_manager)

    assert client.get(f"/admin/support/officepolicy/{theirs.pk}/change/").status_code == 404
    theirs.delete()
    for pk in (office.pk, other_office.pk):
        client.post("/admin/support/officepolicy/add/", {"office": pk, "ladder": "1,2,4"})

    assert [policy.office for policy in OfficePolicy.objects.all()] == [office]
