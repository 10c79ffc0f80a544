"""The queue of requests: what a leader sees of them, in which order, and what is never hidden silently."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from groups.enums import SupportKind
from people.actions.links import open_link
from people.enums import Channel, LinkPurpose, YesNoUnknown
from support.enums import LogKind, RequestStatus
from support.models import SupportRequest
from tests.factories import NOW, TODAY, make_contact, make_group, make_link, make_log_entry, make_request
from tests.support.admin_pages import cells

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

QUEUE = "/admin/support/supportrequest/"


def test_the_oldest_promise_stands_first(as_leader, office):
    for place, days in [("Senare", 5), ("Försenad", -3), ("I dag", 0)]:
        make_request(office=office, place=place, promised_by=TODAY + timedelta(days=days))

    response = as_leader.get(QUEUE)

    assert cells(response, "where") == ["Försenad", "I dag", "Senare"]
    assert cells(response, "due") == ["tre dagar sen", "i dag", "fem dagar kvar"]
    assert '<span class="late">tre dagar sen</span>' in response.content.decode()
    assert '<span class="soon">i dag</span>' in response.content.decode()


def test_a_row_says_it_all_in_words(as_leader, office, leader):
    contact = make_contact(channel=Channel.SMS, languages=["so"], wants_interpreter=YesNoUnknown.YES)
    support_request = make_request(
        office=office,
        contact=contact,
        area="Norra gården",
        size_band="25+",
        supports=[SupportKind.STARTUP, SupportKind.GUIDANCE],
        leader=leader,
        first_answer_at=NOW,
    )
    link = make_link(about=support_request)

    response = as_leader.get(QUEUE)

    columns = ["code", "where", "how_many", "which_support", "which_languages", "channel", "due", "who"]
    assert [cells(response, column) for column in columns] == [
        [link.code],
        ["Lindhaga, Norra gården"],
        ["25 eller fler"],
        ["Uppstart, Vägledning"],
        ["Somaliska, tolk"],
        ["Sms"],
        ["svarade i tid"],
        ["Maja Lind"],
    ]


def test_a_question_that_waits_is_seen_in_the_queue(as_leader, office):
    asked = make_request(office=office, first_answer_at=NOW)
    make_log_entry(support_request=asked, kind=LogKind.QUESTION, contact=asked.contact)
    answered = make_request(office=office, promised_by=TODAY + timedelta(days=9))
    answer = make_log_entry(support_request=answered, kind=LogKind.ANSWER)
    make_log_entry(support_request=answered, kind=LogKind.QUESTION, answered_by=answer)

    assert cells(as_leader.get(QUEUE), "due") == ["svarade i tid fråga väntar", "nio dagar kvar"]


def test_open_requests_are_shown_and_the_list_says_so(as_leader, office):
    make_request(office=office, place="Öppen")
    make_request(office=office, place="Avslutad", status=RequestStatus.DECLINED)

    shown = as_leader.get(QUEUE)
    everything = as_leader.get(QUEUE, {"show": "all"})

    assert cells(shown, "where") == ["Öppen"]
    assert re.search(r'aria-current="true">\s*Öppna\b', shown.content.decode())
    assert 'href="?show=all"' in shown.content.decode()
    assert sorted(cells(everything, "where")) == ["Avslutad", "Öppen"]


@pytest.mark.parametrize(
    ("tab", "places"),
    [
        ("new", ["Ny", "Sen"]),
        ("mine", ["Min"]),
        ("late", ["Sen"]),
        ("closed", ["Slut"]),
        ("nonsense", ["Ny", "Min", "Sen"]),
    ],
)
def test_each_tab_shows_its_own(as_leader, office, leader, tab, places):
    make_request(office=office, place="Ny")
    make_request(office=office, place="Min", status=RequestStatus.IN_REVIEW, leader=leader, first_answer_at=NOW)
    make_request(office=office, place="Sen", promised_by=TODAY - timedelta(days=1))
    make_request(office=office, place="Slut", status=RequestStatus.REFERRED)

    response = as_leader.get(QUEUE, {"show": tab})

    assert sorted(cells(response, "where")) == sorted(places)


def test_a_request_is_found_by_code_place_and_group(as_leader, office):
    sought = make_request(office=office, place="Almhöjden", group=make_group(office=office, alias="Värmegruppen"))
    told = open_link(LinkPurpose.SUPPORT, contact=sought.contact, about=sought, now=NOW)
    make_request(office=office, place="Någon annanstans")

    sloppy_code = told.code.lower().replace(" ", "")
    for words in (told.code, sloppy_code, "almhöjd", "värmegr"):
        assert cells(as_leader.get(QUEUE, {"q": words}), "where") == ["Almhöjden"]
    assert cells(as_leader.get(QUEUE, {"q": "finns inte"}), "where") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_however_long_it_is(as_leader, office, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        make_link(about=make_request(office=office, leader=leader, group=make_group(office=office)))

    with django_assert_num_queries(13):
        as_leader.get(QUEUE)


def test_drafts_and_other_offices_are_not_there(as_leader, office, other_office):
    make_request(office=office, place="Vår")
    make_request(office=other_office, place="Deras")
    make_request(office=office, place="Utkast", status=RequestStatus.DRAFT)

    assert cells(as_leader.get(QUEUE, {"show": "all"}), "where") == ["Vår"]


def test_a_request_without_an_office_is_seen_by_every_leader(client, other_office_leader):
    make_request(office=None, place="Ingen ort")
    client.force_login(other_office_leader)

    assert cells(client.get(QUEUE), "where") == ["Ingen ort"]


@pytest.mark.parametrize("query", ["?q=%00", "?show=%00", "?q=" + "a" * 5000, "?o=%00", "?p=%00", "?e=%00"])
def test_a_strange_address_is_answered(as_leader, office, query):
    make_request(office=office)

    assert as_leader.get(QUEUE + query, follow=True).status_code in {200, 400}


def test_nobody_comes_in_without_signing_in(client, office, outsider, treasurer):
    page = reverse("admin:support_supportrequest_change", args=[make_request(office=office).pk])

    for path in (QUEUE, page):
        assert client.get(path).status_code == 302

    client.force_login(outsider)
    assert client.get(QUEUE).status_code == 302
    client.force_login(treasurer)
    assert client.get(QUEUE).status_code == 403
    assert client.get(page).status_code in {403, 404}
    assert SupportRequest.objects.count() == 1
