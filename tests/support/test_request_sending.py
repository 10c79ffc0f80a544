"""The end of the request: the check page, Skicka till oss, the thanks."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from people.models import Message
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import make_municipality, make_office, make_staff
from tests.support.walking import WAY, answer, knows, link_of, newest, press_send, send, text_of, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_tuesday")]


def test_the_check_page_shows_every_answer_and_leads_back_to_each(client: Client) -> None:
    walk(client, namn={"called": ""})

    page = client.get("/stod/kolla/").content.decode()

    assert "Ingenting är skickat än." in text_of(client.get("/stod/kolla/"))
    assert [f"/stod/{slug}/?andra=1" in page for slug in WAY] == [True] * 11
    assert "Sms till 070-174 06 15. Säg inte var ni ringer ifrån." in page
    assert page.count("Inget svar") == 1
    assert "Så hanterar vi svaren" in page


def test_a_changed_answer_leads_straight_back_to_the_check_page(client: Client) -> None:
    walk(client)

    response = answer(client, "hur-manga", {"size_band": "25+"}, query="andra=1")

    assert response.url == "/stod/kolla/"
    assert "25 eller fler" in client.get("/stod/kolla/").content.decode()


def test_what_is_missing_is_asked_before_the_check_page(client: Client) -> None:
    walk(client, until="stod")

    response = client.get("/stod/kolla/")

    assert response.url == "/stod/stod/?andra=1"  # type: ignore[attr-defined]


def test_a_sent_request_gets_a_promise_an_office_and_two_messages(client: Client) -> None:
    office = make_office(name="Almhöjden")
    make_municipality(name="Lindhaga", office=office)
    leader = make_staff(office=office)
    make_staff(office=make_office())

    request = send(client)

    assert (request.status, request.office, request.promised_by) == (RequestStatus.RECEIVED, office, date(2026, 9, 8))
    assert request.draft_until is None
    told = Message.objects.order_by("pk").values_list("kind", "user", "contact")
    assert list(told) == [
        ("support.request_received", None, request.contact.pk),
        ("support.request_new", leader.pk, None),
    ]


def test_an_urgent_request_is_promised_an_answer_the_next_working_day(client: Client) -> None:
    request = send(client, brattom={"urgency": "two_weeks", "urgent_what": "Vräkning den 9"})

    assert request.promised_by == date(2026, 9, 2)


def test_the_thanks_show_code_words_and_date_and_stay_the_same_when_opened_again(client: Client) -> None:
    request = send(client)

    first, again = text_of(client.get("/stod/klart/")), text_of(client.get("/stod/klart/"))

    assert "Tack. Vi har fått er förfrågan." in first
    assert link_of(request).code in first
    assert "Senast tisdag 8 september" in first
    assert "Skriv upp koden och de två orden." in first
    assert first == again


def test_the_words_are_gone_once_the_own_page_has_been_opened(client: Client) -> None:
    send(client)
    client.get("/min-sida/")

    assert "Skriv upp koden och de två orden." not in text_of(client.get("/stod/klart/"))


def test_pressing_send_twice_sends_once(client: Client) -> None:
    make_staff()
    send(client)

    response = press_send(client)

    assert response.url == "/stod/klart/"
    assert SupportRequest.objects.count() == 1
    assert Message.objects.count() == 2


def test_the_back_button_after_sending_says_that_it_is_sent(client: Client) -> None:
    send(client)

    page = client.get("/stod/kontakt/", follow=True)
    posted = answer(client, "vad", {"what": "Något annat"})

    assert "Ni har redan skickat" in text_of(page)
    assert posted.url == "/stod/redan-skickat/"
    assert newest().what == "Lekplatsen på vår gård är avstängd."


def test_someone_else_at_the_same_keyboard_can_start_over(client: Client) -> None:
    send(client)

    client.post("/stod/borja-om/")

    assert not knows(client)
    assert client.get("/stod/klart/").url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    answer(client, "vem")
    assert SupportRequest.objects.count() == 2


def test_pages_of_the_request_are_kept_by_nobody(client: Client) -> None:
    send(client)

    for path in ("/stod/", "/stod/klart/", "/stod/klart/kvitto/", "/min-sida/", "/stod/redan-skickat/"):
        assert client.get(path)["Cache-Control"] == "private, no-store", path


def test_numbers_of_queries_stay_the_same(client: Client, django_assert_num_queries: Any) -> None:
    for n in range(3):
        make_municipality(name=f"Kommun {n}")
    with django_assert_num_queries(0):
        client.get("/stod/")
    walk(client)
    expected = {
        "/stod/": 3,
        "/stod/vad/": 3,
        "/stod/var/": 4,
        "/stod/kontakt/": 3,
        "/stod/kolla/": 3,
        "/stod/spara/": 3,
    }
    for path, queries in expected.items():
        with django_assert_num_queries(queries):
            client.get(path)
    press_send(client)
    for path in ("/stod/klart/", "/stod/klart/kvitto/", "/stod/redan-skickat/"):
        with django_assert_num_queries(3):
            client.get(path)


def test_a_stranger_sees_nobodys_request(client: Client) -> None:
    send(client)
    stranger = Client()

    assert stranger.get("/stod/kolla/").url == "/stod/"  # type: ignore[attr-defined]
    for path in ("/stod/klart/", "/stod/klart/kvitto/", "/stod/redan-skickat/"):
        assert stranger.get(path).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_two_clocks_agree_on_the_date_of_the_promise(client: Client) -> None:
    with time_machine.travel(datetime(2026, 9, 1, 22, 30, tzinfo=UTC)):  # already Wednesday in Stockholm
        request = send(client)

    assert request.promised_by == date(2026, 9, 9)
