"""The request on the web: each question, its words, and what is kept."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from people.enums import Channel, YesNoUnknown
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import make_municipality
from tests.support.walking import WAY, answer, link_of, newest, press_send, text_of, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_tuesday")]


def test_the_start_page_says_what_is_asked_and_what_is_not(client: Client) -> None:
    text = text_of(client.get("/stod/"))

    assert "Be om stöd för er grupp" in text
    assert "Vi frågar inte om personnummer, adress eller namn på andra." in text
    assert "Fortsätt på en förfrågan du har sparat" in text


@pytest.mark.parametrize(
    ("slug", "number", "heading"),
    [
        ("vem", 1, "Vem är du?"),
        ("vad", 2, "Vad vill ni förändra?"),
        ("hur-manga", 3, "Hur många är ni?"),
        ("var", 4, "Var finns ni?"),
        ("ansvar", 5, "Vem kan ändra på det?"),
        ("stod", 6, "Vilket stöd vill ni ha?"),
        ("brattom", 7, "Är det bråttom?"),
        ("kontakt", 8, "Hur kan vi nå dig på ett tryggt sätt?"),
        ("namn", 9, "Vad ska vi kalla dig?"),
        ("sprak", 10, "Vilket språk vill ni prata?"),
        ("behov", 11, "Behöver ni något för att kunna vara med?"),
    ],
)
def test_each_question_stands_on_a_page_of_its_own(client: Client, slug: str, number: int, heading: str) -> None:
    walk(client, until=slug)

    page = client.get(f"/stod/{slug}/").content.decode()

    assert f"Fråga {number} av 11" in page
    assert page.count("<h1") == 1
    assert heading in re.search(r"<h1.*?</h1>", page, re.DOTALL).group()  # type: ignore[union-attr]
    assert f"<title>{heading} – Mobilisering</title>" in page
    assert "Varför frågar vi?" in page


def test_fortsatt_leads_from_question_to_question_and_then_to_the_check_page(client: Client) -> None:
    way = [answer(client, slug).url for slug in WAY]

    assert way == [f"/stod/{slug}/" for slug in [*list(WAY)[1:], "kolla"]]


def test_the_first_fortsatt_saves_a_draft_nobody_can_be_reached_at(client: Client) -> None:
    answer(client, "vem")

    draft = newest()
    assert (draft.status, draft.asker, draft.answered) == (RequestStatus.DRAFT, "member", ["vem"])
    assert draft.draft_until is not None
    assert draft.draft_until - draft.created_at >= timedelta(days=14)
    assert draft.contact.channel == Channel.NONE
    assert link_of(draft).contact == draft.contact


def test_every_answer_is_kept_as_it_was_given(client: Client) -> None:
    lindhaga = make_municipality(name="Lindhaga")

    walk(client)

    request = newest()
    assert request.what == "Lekplatsen på vår gård är avstängd."
    assert (request.size_band, request.in_common) == ("5-9", "Samma gård")
    assert (request.place, request.area, request.municipality) == ("Lindhaga", "Norra", lindhaga)
    assert (request.responsible, request.supports, request.urgency) == (["landlord"], ["startup", "guidance"], "no")
    assert request.access_needs == ["children"]
    contact = request.contact
    assert (contact.channel, contact.phone, contact.called) == (Channel.SMS, "+46701740615", "Alva")
    assert (contact.languages, contact.wants_interpreter) == (["sv", "ar"], YesNoUnknown.YES)
    assert (contact.discreet, contact.may_say_who_we_are) == (True, False)


def test_what_was_answered_stands_there_when_one_goes_back(client: Client) -> None:
    walk(client)

    assert "Lekplatsen på vår gård är avstängd." in client.get("/stod/vad/").content.decode()
    assert 'value="070-174 06 15"' in client.get("/stod/kontakt/").content.decode()
    assert re.search(r'value="landlord"[^>]*checked', client.get("/stod/ansvar/").content.decode())


@pytest.mark.parametrize(
    ("slug", "values", "sentence"),
    [
        ("vem", {}, "Välj det som stämmer bäst på dig"),
        ("vad", {}, "Berätta kort vad ni vill förändra, eller välj att berätta när vi pratar"),
        ("hur-manga", {}, "Välj ungefär hur många ni är"),
        ("var", {}, "Skriv vilken kommun ni finns i"),
        ("ansvar", {}, "Välj minst ett svar. Du kan välja att ni inte vet än"),
        (
            "ansvar",
            {"responsible": ["unknown", "region"]},
            "Välj antingen ”Vi vet inte än” eller något av de andra svaren",
        ),
        ("stod", {}, "Välj minst ett svar. Du kan välja att ni inte vet än"),
        ("brattom", {}, "Välj hur bråttom det är"),
        ("brattom", {"urgency": "two_weeks"}, "Skriv kort vad som händer, och när"),
        ("kontakt", {"may_say_who_we_are": "no"}, "Välj hur vi kan nå dig"),
        (
            "kontakt",
            {"channel": "sms", "may_say_who_we_are": "no"},
            "Skriv ett telefonnummer som vi kan skicka sms till",
        ),
        ("kontakt", {"channel": "call", "call_phone": "070-174 06 15"}, "Välj om vi får säga var vi ringer ifrån"),
        ("kontakt", {"channel": "call", "may_say_who_we_are": "no"}, "Skriv ett telefonnummer som vi kan ringa"),
        ("kontakt", {"channel": "email"}, "Skriv en e-postadress"),
        ("sprak", {"wants_interpreter": "no"}, "Välj minst ett språk"),
        ("sprak", {"languages": ["other"], "wants_interpreter": "no"}, "Skriv vilket språk"),
    ],
)
def test_a_missing_answer_is_asked_for_in_words(
    client: Client, slug: str, values: dict[str, Any], sentence: str
) -> None:
    walk(client, until=slug)

    response = answer(client, slug, values)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Fel: " in page
    assert page.count(sentence) == 2, "in the summary and beside the field"
    assert slug not in newest().answered if SupportRequest.objects.exists() else True


def test_two_missing_answers_are_counted_in_words(client: Client) -> None:
    walk(client, until="kontakt")

    assert "Två svar saknas" in text_of(answer(client, "kontakt", {"channel": "sms"}))


def test_someone_who_would_rather_talk_need_not_write(client: Client) -> None:
    walk(client, until="vad")

    response = answer(client, "vad", {"what": "", "tells_when_talking": "on"})

    assert response.status_code == 302
    assert (newest().what, newest().tells_when_talking) == ("", True)


def test_not_knowing_is_an_answer(client: Client) -> None:
    walk(client, until="brattom", ansvar={"responsible": ["unknown"]}, stod={"supports": ["unknown"]})

    request = newest()
    assert (request.responsible, request.supports) == (["unknown"], [])
    assert re.search(r'value="unknown"[^>]*checked', client.get("/stod/stod/").content.decode())


SMS = {"channel": "sms", "sms_phone": "0701740615", "may_say_who_we_are": "yes"}
CALL = {"channel": "call", "call_phone": "031-390 06 10", "never_leave_message": "on", "may_say_who_we_are": "no"}
EMAIL = {"channel": "email", "email": "Alva@Exempel.se"}
SELF = {"channel": "self", "email": "x@y.se", "sms_phone": "0701740615"}


@pytest.mark.parametrize(
    ("way", "kept", "asks_for_code"),
    [
        (SMS, ("sms", "", "+46701740615", True, False), True),
        (CALL, ("call", "", "+46313900610", False, True), True),
        (EMAIL, ("email", "alva@exempel.se", "", False, False), True),
        (SELF, ("self", "", "", False, False), False),
    ],
)
def test_each_way_to_be_reached_keeps_only_what_it_needs(
    client: Client, way: dict[str, str], kept: tuple[object, ...], asks_for_code: bool
) -> None:
    walk(client, until="namn", kontakt=way)

    one = newest().contact
    assert (one.channel, one.email, one.phone, one.may_say_who_we_are, one.never_leave_message) == kept
    assert link_of(newest()).asks_for_code is asks_for_code


def test_a_landline_is_no_number_for_sms(client: Client) -> None:
    walk(client, until="kontakt")

    page = text_of(
        answer(client, "kontakt", {"channel": "sms", "sms_phone": "031-390 06 10", "may_say_who_we_are": "no"})
    )

    assert "Vi kan inte skicka sms till det här numret" in page
    assert newest().contact.phone == ""


def test_a_supporter_is_asked_whether_the_group_knows(client: Client) -> None:
    response = answer(client, "vem", {"asker": "supporter"})

    assert response.url == "/stod/vet-gruppen/"
    page = client.get("/stod/vet-gruppen/").content.decode()
    assert "Vet gruppen att du frågar?" in page
    assert "Fråga 1 av 11" in page


def test_a_supporter_whose_group_does_not_know_is_asked_to_talk_with_it_first(client: Client) -> None:
    walk(client, vem={"asker": "supporter"})

    response = answer(client, "vet-gruppen", {"group_knows": "not_yet"})

    assert response.url == "/stod/prata-med-gruppen/"
    assert "Prata med gruppen först" in text_of(client.get("/stod/prata-med-gruppen/"))
    assert press_send(client).url == "/stod/vet-gruppen/?andra=1"
    assert newest().status == RequestStatus.DRAFT


def test_someone_alone_is_asked_about_themselves(client: Client) -> None:
    answer(client, "vem", {"asker": "alone"})

    assert "<title>Vad vill du förändra? – Mobilisering</title>" in client.get("/stod/vad/").content.decode()
