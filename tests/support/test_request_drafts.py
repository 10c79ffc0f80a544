"""A request that is put aside, taken up again, begun twice or forgotten."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from people.models import Contact, Message, PrivateLink
from support.models import SupportRequest
from tests.factories import NOW
from tests.support.walking import WAY, answer, knows, link_of, newest, send, text_of, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_tuesday")]


def test_a_draft_is_put_aside_with_code_words_and_link(client: Client) -> None:
    response = answer(client, "vem", {"asker": "member", "spara": "1"})

    page = client.get(response.url).content.decode()
    assert response.url == "/stod/spara/"
    assert link_of(newest()).code in page
    assert "Era två ord" in page
    assert "Vi sparar dem till 15 september." in page
    address = re.search(r'href="http://[^"/]+(/min-sida/[^"]+)"', page)
    assert address
    other_browser = Client()
    opened = other_browser.get(address.group(1), follow=True)
    assert opened.redirect_chain[-1][0] == "/stod/vad/"


def test_a_draft_is_taken_up_again_by_code_and_words(client: Client) -> None:
    walk(client, until="stod")
    page = client.get("/stod/spara/").content.decode()
    words = re.search(r'two-words">([^<]+)<', page).group(1)  # type: ignore[union-attr]
    other_browser = Client()

    way_in = other_browser.get("/stod/fortsatt/").url  # type: ignore[attr-defined]
    response = other_browser.post(way_in, {"code": link_of(newest()).code, "words": words}, follow=True)

    assert response.redirect_chain[-1][0] == "/stod/stod/"


def test_putting_aside_without_an_answer_on_this_page_loses_nothing(client: Client) -> None:
    walk(client, until="stod")

    assert answer(client, "stod", {"spara": "1"}).url == "/stod/spara/"
    half_done = answer(client, "kontakt", {"channel": "sms", "spara": "1"})
    assert "Skriv ett telefonnummer som vi kan skicka sms till" in half_done.content.decode()


def test_the_link_to_a_draft_is_sent_in_the_chosen_way_on_request(client: Client) -> None:
    walk(client, until="namn")
    assert "Skicka länken till mig med sms" in text_of(client.get("/stod/spara/"))

    client.post("/stod/spara/skicka/")
    client.post("/stod/spara/skicka/")

    assert [(one.kind, one.contact) for one in Message.objects.all()] == [("support.request_saved", newest().contact)]


def test_a_draft_without_a_way_to_be_reached_gets_no_link(client: Client) -> None:
    walk(client, until="kontakt")

    page = client.get("/stod/spara/").content.decode()
    client.post("/stod/spara/skicka/")

    assert "Skicka länken till mig" not in page
    assert not Message.objects.exists()


def test_another_number_gives_another_address_to_the_draft(client: Client) -> None:
    walk(client, until="namn")
    answer(client, "kontakt", WAY["kontakt"] | {"sms_phone": "070-174 06 16"})
    page = client.get("/stod/spara/").content.decode()
    address = re.search(r'href="http://[^"/]+(/min-sida/[^"]+)"', page).group(1)  # type: ignore[union-attr]

    assert Client().get(address).status_code == 200


def test_a_late_page_whose_draft_is_gone_keeps_what_was_written(client: Client) -> None:
    walk(client, until="stod")
    SupportRequest.objects.all().delete()
    PrivateLink.objects.all().delete()
    Contact.objects.all().delete()

    response = answer(client, "stod")

    assert response.status_code == 302
    assert (newest().supports, newest().answered) == (["startup", "guidance"], ["stod"])
    assert client.get("/stod/kolla/").url == "/stod/vem/?andra=1"  # type: ignore[attr-defined]


def test_the_same_first_page_sent_twice_is_one_draft_in_both_browsers(client: Client) -> None:
    key = str(uuid4())
    other = Client()

    client.post("/stod/vem/", {"asker": "member", "once_key": key})
    other.post("/stod/vem/", {"asker": "member", "once_key": key})

    assert SupportRequest.objects.count() == Contact.objects.count() == 1
    assert knows(client)
    assert knows(other)


def test_an_old_first_page_sent_again_never_opens_the_old_draft(client: Client) -> None:
    key = str(uuid4())
    client.post("/stod/vem/", {"asker": "member", "once_key": key})
    answer(client, "vad", {"what": "Hemligt"})
    other = Client()

    with time_machine.travel(NOW + timedelta(minutes=11)):
        other.post("/stod/vem/", {"asker": "alone", "once_key": key})

    assert SupportRequest.objects.count() == 2
    assert "Hemligt" not in other.get("/stod/vad/").content.decode()


def test_a_borrowed_telephone_forgets_everything(client: Client) -> None:
    send(client)

    client.post("/min-sida/ut/")

    assert client.get("/stod/klart/").url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    assert client.get("/stod/spara/").url == "/stod/"  # type: ignore[attr-defined]


def test_leaving_in_a_hurry_forgets_the_draft_in_this_browser(client: Client) -> None:
    walk(client, until="stod")

    response = client.get("/min-sida/lamna/")

    assert response.url == "https://www.smhi.se/"  # type: ignore[attr-defined]
    assert not knows(client)
    assert newest().answered[-1] == "ansvar", "the draft itself waits for its code"


@pytest.mark.parametrize("path", ["/stod/spara/skicka/", "/stod/borja-om/"])
def test_what_changes_something_is_never_done_by_opening_a_page(client: Client, path: str) -> None:
    walk(client, until="namn")

    assert client.get(path).status_code == 405
