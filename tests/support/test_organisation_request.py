"""Those who support groups in their work ask for something: four questions, a queue of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.db import connection
from django.test import Client

from knowledge.actions.seeding import seed_texts
from people.kinds import get
from people.models import Contact, Message, Office, User
from people.views import floods
from support.actions.organisations import (
    AlreadyAnswered,
    AlreadyTaken,
    RequestClosed,
    answer_organisation_request,
    close_organisation_request,
    take_organisation_request,
)
from support.enums import OrganisationRequestStatus
from support.forms.organisation import OrganisationForm
from support.models import OrganisationRequest
from tests.factories import NOW, make_municipality, make_organisation_request
from tests.support.walking import opened_a_while_ago

pytestmark = pytest.mark.usefixtures("a_tuesday")

URL = "/for-dig-som-stottar/"

ANSWERS: dict[str, Any] = {
    "about": "Vi vill lära oss mer om makt.",
    "wishes": ["staff_training", "supervision"],
    "urgency": "no",
    "organisation_name": "Fritidsgården",
    "place": "Lindhaga",
    "called": "Robin",
    "channel": "email",
    "email": "robin@exempel.se",
}


def ask(client: Client, **values: Any) -> Any:
    return client.post(URL, {"once_key": str(uuid4()), "opened": opened_a_while_ago(), **ANSWERS, **values})


@pytest.mark.django_db
def test_the_page_says_when_to_call_and_what_the_four_roles_are(client: Client) -> None:
    seed_texts(now=NOW, with_examples=False)

    page = client.get(URL).content.decode()

    assert [word in page for word in ("När kan du ringa oss?", "Konsult", "Assistent", "Mentor", "Dörröppnare")] == [
        True
    ] * 5
    assert page.count("<h1") == 1


@pytest.mark.django_db
def test_four_answers_become_a_request_with_a_promise_a_receipt_and_a_line_to_the_leaders(
    client: Client, office: Office, leader: User, other_office_leader: User
) -> None:
    make_municipality(name="Lindhaga", office=office)

    response = ask(client)

    request = OrganisationRequest.objects.select_related("contact").get()
    assert response.url == "/for-dig-som-stottar/tack/"
    assert (request.organisation_name, request.wishes) == ("Fritidsgården", ["staff_training", "supervision"])
    assert (request.office, request.promised_by) == (office, date(2026, 9, 8))
    assert (request.contact.called, request.contact.email, request.contact.discreet) == (
        "Robin",
        "robin@exempel.se",
        False,
    )
    assert [(one.kind, one.user, one.contact) for one in Message.objects.order_by("pk")] == [
        ("support.organisation_received", None, request.contact),
        ("support.organisation_new", leader, None),
    ]


@pytest.mark.django_db
def test_staff_are_told_without_the_words_of_the_sender(client: Client, leader: User) -> None:
    ask(client, about="Hemlig sak")

    for message in Message.objects.filter(user=leader):
        assert "Hemlig" not in message.subject + message.text
        assert message.link.startswith("/admin/support/organisationrequest/")


@pytest.mark.django_db
def test_the_thanks_show_the_date_as_often_as_they_are_opened(client: Client) -> None:
    ask(client)

    first, again = client.get(f"{URL}tack/").content.decode(), client.get(f"{URL}tack/").content.decode()

    assert "En utvecklingsledare hör av sig senast tisdag 8 september." in first
    assert "Tack. Vi har fått er förfrågan." in again
    assert Client().get(f"{URL}tack/").url == URL  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_whoever_wants_a_call_gets_no_call_only_to_hear_thanks(client: Client) -> None:
    ask(client, channel="call", phone="031-390 06 10")

    assert OrganisationRequest.objects.get().contact.phone == "+46313900610"
    assert not Message.objects.filter(contact__isnull=False).exists()


@pytest.mark.django_db
def test_the_same_page_sent_twice_is_one_request(client: Client, leader: User) -> None:
    key = str(uuid4())

    urls = [ask(client, once_key=key).url for _n in range(2)]

    assert urls == ["/for-dig-som-stottar/tack/"] * 2
    assert OrganisationRequest.objects.count() == Contact.objects.count() == 1
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_page_sent_at_once_is_one_request() -> None:
    key = str(uuid4())

    def send(_n: int) -> str:
        try:
            return ask(Client(), once_key=key).url
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        urls = list(pool.map(send, range(3)))

    assert urls == ["/for-dig-som-stottar/tack/"] * 3
    assert OrganisationRequest.objects.count() == Contact.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("about", "Berätta kort vad det gäller"),
        ("wishes", "Välj minst ett svar"),
        ("urgency", "Välj hur bråttom det är"),
        ("organisation_name", "Skriv vilken organisation du arbetar i"),
        ("place", "Skriv vilken kommun ni finns i"),
        ("called", "Skriv vad du heter"),
        ("channel", "Välj hur vi kan nå dig"),
        ("email", "Skriv en e-postadress"),
    ],
)
def test_a_missing_answer_is_asked_for_in_words(client: Client, name: str, sentence: str) -> None:
    page = ask(client, **{name: []}).content.decode()

    assert "<title>Fel: För dig som stöttar" in page
    assert page.count(sentence) == 2
    assert "Ett svar saknas" in page
    assert not OrganisationRequest.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*OrganisationForm.base_fields])
def test_a_bad_value_in_any_field_is_never_our_fault(client: Client, name: str) -> None:
    for bad in ("a\x00b", "a\u202eb", "x" * 5000, "<script>"):
        response = ask(client, **{name: bad})
        assert response.status_code in {200, 302}
        assert "\u202e" not in response.content.decode()
    assert ask(client, **{name: "å" * 1_000_000}).status_code == 400


@pytest.mark.django_db
def test_a_personal_number_is_asked_about_before_anything_is_sent(client: Client) -> None:
    page = ask(client, about="Det gäller 811228-9874").content.decode()

    assert "Det ser ut som ett personnummer" in page
    assert not OrganisationRequest.objects.exists()
    ask(client, about="Det gäller 811228-9874 nu", personnummer="ta-bort")
    assert OrganisationRequest.objects.get().about == "Det gäller nu"


@pytest.mark.django_db
def test_a_page_sent_too_fast_is_shown_once_more(client: Client) -> None:
    page = ask(client, opened=signing.dumps("opened", salt="people.form_guards")).content.decode()

    assert "Kolla svaren en gång till." in page
    assert "Vi vill lära oss mer om makt." in page
    assert not OrganisationRequest.objects.exists()


@pytest.mark.django_db
def test_a_flood_is_told_to_wait_or_call(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "SENT_A_DAY", 1)
    ask(Client())

    response = ask(client)

    assert response.status_code == 429
    assert "Vi vill lära oss mer om makt." in response.content.decode()


@pytest.mark.django_db
def test_numbers_of_queries_stay_the_same(client: Client, django_assert_num_queries: Any) -> None:
    make_municipality()
    with django_assert_num_queries(2):  # the municipalities, and what the editors say
        client.get(URL)
    for _n in range(2):
        make_municipality()
    with django_assert_num_queries(2):
        client.get(URL)
    ask(client)
    with django_assert_num_queries(2):
        client.get(f"{URL}tack/")


@pytest.mark.django_db
def test_a_leader_takes_a_request_once(leader: User, colleague: User) -> None:
    request = make_organisation_request()

    taken = take_organisation_request(request, by=leader, now=NOW)
    again = take_organisation_request(request, by=leader, now=NOW)

    assert (taken.leader, again.status) == (leader, OrganisationRequestStatus.IN_REVIEW)
    with pytest.raises(AlreadyTaken) as refusal:
        take_organisation_request(request, by=colleague, now=NOW)
    assert refusal.value.leader == leader


@pytest.mark.django_db
def test_an_answer_goes_to_the_sender_word_for_word_and_keeps_the_promise(leader: User) -> None:
    request = make_organisation_request()

    for _n in range(2):
        answered = answer_organisation_request(request, text="Välkomna <i>den 3 oktober</i>.", by=leader, now=NOW)

    assert (answered.status, answered.answered_at, answered.leader) == (OrganisationRequestStatus.ANSWERED, NOW, leader)
    message = Message.objects.get()
    assert (message.kind, message.contact) == ("support.organisation_answered", request.contact)
    assert "Välkomna <i>den 3 oktober</i>." in message.text
    with pytest.raises(AlreadyAnswered):
        answer_organisation_request(request, text="Något annat", by=leader, now=NOW)


@pytest.mark.django_db
def test_a_closed_request_is_not_taken_up_again(leader: User) -> None:
    request = make_organisation_request()

    closed = close_organisation_request(request, result="De gick kursen.", by=leader, now=NOW)
    again = close_organisation_request(request, result="Annat", by=leader, now=NOW)

    assert (closed.status, closed.closed_at, again.result) == (OrganisationRequestStatus.CLOSED, NOW, "De gick kursen.")
    with pytest.raises(RequestClosed):
        answer_organisation_request(request, text="Hej", by=leader, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("support.organisation_new", take_organisation_request),
        ("support.organisation_received", lambda request, **by: close_organisation_request(request, result="", **by)),
    ],
)
def test_what_is_no_longer_true_is_not_sent(kind: str, act: Callable[..., object], leader: User) -> None:
    request = make_organisation_request()
    assert get(kind).still_wanted(request.pk, NOW) is None

    act(request, by=leader, now=NOW)

    assert get(kind).still_wanted(request.pk, NOW)
