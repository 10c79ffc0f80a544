"""The gentle guards of the request: personal numbers, haste, floods, and two clicks at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client

from mobilisering.cache import PatientCache
from people.models import Contact, Message, PrivateLink
from people.views import floods
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import make_staff
from tests.support.walking import WAY, answer, newest, opened_a_while_ago, press_send, send, walk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "name"),
    [("vad", "what"), ("hur-manga", "in_common"), ("var", "area"), ("ansvar", "responsible_other"), ("namn", "called")],
)
def test_a_personal_number_in_free_text_is_asked_about(client: Client, slug: str, name: str) -> None:
    walk(client, until=slug)
    values = WAY[slug] | {name: "Ring 811228-9874 om gården"}
    if name == "responsible_other":
        values["responsible"] = ["other"]

    response = answer(client, slug, values)

    page = response.content.decode()
    assert "Det ser ut som ett personnummer" in page
    assert "Vi behöver det inte." in page
    assert "811228-9874" in page
    assert slug not in newest().answered


@pytest.mark.django_db
def test_a_personal_number_is_taken_out_and_the_rest_stays(client: Client) -> None:
    walk(client, until="vad")

    answer(client, "vad", {"what": "Ring 811228-9874 om gården", "personnummer": "ta-bort"})

    assert newest().what == "Ring om gården"


@pytest.mark.django_db
def test_a_personal_number_is_kept_when_the_writer_says_so(client: Client) -> None:
    walk(client, until="vad")

    answer(client, "vad", {"what": "Ring 811228-9874 om gården", "personnummer": "behall"})

    assert newest().what == "Ring 811228-9874 om gården"


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["070-174 06 15", "+46 31 390 06 10", "556036-0793", "20260908", "811228-9875"])
def test_other_numbers_pass_without_a_question(client: Client, number: str) -> None:
    walk(client, until="vad")

    assert answer(client, "vad", {"what": f"Vi har {number} skrivet."}).status_code == 302


@pytest.mark.django_db
def test_an_interrupted_answer_is_sent_again_whole(client: Client) -> None:
    walk(client, until="hur-manga")
    page = answer(client, "hur-manga", {"size_band": "25+", "in_common": "811228-9874"}).content.decode()

    assert '<input type="hidden" name="size_band" value="25+">' in page
    assert '<input type="hidden" name="in_common" value="811228-9874">' in page
    assert page.count('name="personnummer"') == 2


@pytest.mark.django_db
def test_a_form_sent_too_fast_is_shown_once_more_without_an_error(client: Client) -> None:
    walk(client)

    response = client.post("/stod/kolla/", {"opened": signing.dumps("opened", salt="people.form_guards")})

    page = response.content.decode()
    assert response.status_code == 200
    assert "Kolla svaren en gång till." in page
    assert "Fel:" not in page
    assert newest().status == RequestStatus.DRAFT
    assert press_send(client).url == "/stod/klart/"


@pytest.mark.django_db
def test_a_filled_trap_shows_the_page_once_more_and_lets_a_person_through(client: Client) -> None:
    walk(client)

    caught = client.post("/stod/kolla/", {"opened": opened_a_while_ago(), "website": "http://spam.example"})

    assert caught.status_code == 200
    assert 'value="http://spam.example"' not in caught.content.decode()
    assert newest().status == RequestStatus.DRAFT
    assert press_send(client).url == "/stod/klart/"


@pytest.mark.django_db
def test_two_hundred_people_at_one_library_can_all_ask() -> None:
    for _person in range(3):
        send(Client())
    client = cache._cache.get_client()  # type: ignore[attr-defined]
    key = next(client.scan_iter("*floods:*"))
    assert b"127.0.0.1" not in key
    assert floods.SENT_A_DAY >= 200


@pytest.mark.django_db
def test_a_flood_from_one_address_is_told_to_wait_or_call_and_loses_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "SENT_A_DAY", 2)
    for _program in range(2):
        send(Client())
    walk(client)

    response = press_send(client)

    assert response.status_code == 429
    assert "Dina svar finns kvar här." in response.content.decode()
    assert "031-390 06 10" in response.content.decode()
    assert "Skicka till oss" in response.content.decode()
    assert newest().status == RequestStatus.DRAFT
    cache.clear()
    assert press_send(client).url == "/stod/klart/"


@pytest.mark.django_db
def test_a_flood_of_drafts_is_stopped_with_the_answer_still_on_the_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "STARTED_A_DAY", 1)
    answer(Client(), "vem")

    response = answer(client, "vem")

    assert response.status_code == 429
    assert re.search(r'value="member"[^>]*checked', response.content.decode())
    assert SupportRequest.objects.count() == 1


@pytest.mark.django_db
def test_without_a_cache_every_request_is_let_through(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "cache", PatientCache("redis://127.0.0.1:1/0", {}))

    send(client)

    assert newest().status == RequestStatus.RECEIVED


@pytest.mark.django_db
def test_other_addresses_are_not_touched_by_a_flood(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "SENT_A_DAY", 1)
    send(Client())
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")

    send(elsewhere)

    assert SupportRequest.objects.sent().count() == 2


@pytest.mark.django_db
def test_behind_proxies_only_what_ours_saw_counts(client: Client, settings: Any, rf: Any) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.4"})

    assert floods.address_of(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert floods.address_of(request) == "198.51.100.4"
    settings.TRUSTED_PROXIES = 3
    assert floods.address_of(request) == "127.0.0.1"


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_send_at_once_send_once(client: Client) -> None:
    make_staff()
    walk(client)
    session = client.cookies["sessionid"].value

    def press(_n: int) -> str:
        other = Client()
        other.cookies["sessionid"] = session
        try:
            return press_send(other).url
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        urls = list(pool.map(press, range(2)))

    assert urls == ["/stod/klart/", "/stod/klart/"]
    assert sorted(Message.objects.values_list("kind", flat=True)) == ["support.request_new", "support.request_received"]


@pytest.mark.django_db(transaction=True)
def test_the_first_page_sent_twice_at_once_is_one_draft_that_both_open() -> None:
    key = str(uuid4())

    def begin(_n: int) -> int:
        try:
            browser = Client()
            browser.post("/stod/vem/", {"asker": "member", "once_key": key})
            return browser.get("/stod/spara/").content.decode().count("Era två ord")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(begin, range(4)))

    assert shown == [1, 1, 1, 1]
    assert SupportRequest.objects.count() == Contact.objects.count() == PrivateLink.objects.count() == 1
