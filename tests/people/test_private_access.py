"""Coming in to one's own page over the web, and leaving it without a trace."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from people import private_access
from people.actions.links import OpenedLink, ask_for_code, open_link, revoke
from people.enums import Channel, LinkPurpose
from people.models import Tries
from tests.factories import NOW, make_contact, make_request

pytestmark = pytest.mark.django_db

WAY_IN = "/min-sida/in/"
ASK = "/min-sida/in/engangskod/"
WRITE = "/min-sida/in/engangskod/skriv/"
BAD_TEXTS = ["\x00", "TALL\x00", "\u202e7284 LLAT", "x" * 60_000, "' OR 1=1 --", "<b>TALL</b>", "\ufffd\ufffd"]


@pytest.fixture
def told() -> OpenedLink:
    support_request = make_request(contact=make_contact(channel=Channel.SMS))
    return open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)


def is_in(client: Client, told: OpenedLink) -> bool:
    opened = client.session.get(private_access.SESSION_KEY, {})
    return opened.get(LinkPurpose.SUPPORT, {}).get("link") == told.link.pk


def words_form(told: OpenedLink, **changes: str) -> dict[str, str]:
    return {"code": told.code, "words": told.words} | changes


def wrong_words(told: OpenedLink) -> str:
    return " ".join(reversed(told.words.split())) if len(set(told.words.split())) == 2 else "kanot lykta"


def test_a_link_opens_and_its_address_is_left_at_once(client, told):
    response = client.get(f"/min-sida/{told.token}/")

    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"] == "/min-sida/"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert is_in(client, told)


def test_the_link_of_a_discreet_message_opens_on_the_neutral_domain(client, told, settings):
    response = client.get(f"/min-sida/{told.token}/", headers={"host": settings.NEUTRAL_DOMAIN})

    assert response.headers["Location"] == "/min-sida/"


def test_the_own_page_without_a_link_is_the_way_in(client, db):
    assert client.get("/min-sida/").headers["Location"] == f"{WAY_IN}?next=%2Fmin-sida%2F"


def test_a_link_leads_to_the_page_behind_it_and_a_mangled_one_to_the_first_page(client, told):
    known = client.get(f"/min-sida/{told.token}/in/")
    mangled = client.get(f"/min-sida/{told.token}/mote).")
    elsewhere = client.get(f"/min-sida/{told.token}//example.org/")

    assert [page.headers["Location"] for page in (known, mangled, elsewhere)] == [
        "/min-sida/in/",
        "/min-sida/",
        "/min-sida/",
    ]


@pytest.mark.parametrize("path", ["/", "", "/mote/"])
def test_an_unknown_link_says_so_and_how_to_come_in(client, path, settings, db):
    response = client.get(f"/min-sida/{'x' * 27}{path}")

    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Länken gäller inte längre" in response.content.decode()
    assert reverse("people:way_in") in response.content.decode()
    assert settings.PORTAL_PHONE in response.content.decode()


def test_a_revoked_link_closes_the_page_that_was_already_open(client, rf, told):
    client.get(f"/min-sida/{told.token}/")
    request = rf.get("/min-sida/")
    request.session = client.session
    assert private_access.current_link(request, LinkPurpose.SUPPORT) == told.link

    revoke(told.link, now=NOW)

    assert private_access.current_link(request, LinkPurpose.SUPPORT) is None


def test_a_visit_ends_with_the_browser_and_after_twelve_hours(client, rf, told, time_machine):
    time_machine.move_to(NOW, tick=False)
    response = client.get(f"/min-sida/{told.token}/")
    request = rf.get("/min-sida/")
    request.session = client.session

    assert response.cookies["sessionid"]["max-age"] == ""
    time_machine.move_to(NOW + timedelta(hours=12) - timedelta(seconds=1), tick=False)
    assert private_access.current_link(request, LinkPurpose.SUPPORT) == told.link
    time_machine.move_to(NOW + timedelta(hours=12), tick=False)
    assert private_access.current_link(request, LinkPurpose.SUPPORT) is None


def test_opening_gives_the_session_a_new_key(client, told):
    client.get(ASK)
    client.post(ASK, {"code": "EK 2222"})
    planted = client.session.session_key

    client.get(f"/min-sida/{told.token}/")

    assert client.session.session_key != planted


def test_a_page_that_needs_a_link_sends_others_to_the_way_in_and_back(client, rf, told):
    @private_access.needs_link(LinkPurpose.SUPPORT)
    def page(request, link):
        raise AssertionError

    request = rf.get("/min-sida/", {"a": "1"})
    request.session = client.session
    answer = page(request)

    assert answer.headers["Location"] == f"{WAY_IN}?next=%2Fmin-sida%2F%3Fa%3D1"
    came_in = client.post(answer.headers["Location"], words_form(told))
    assert came_in.headers["Location"] == "/min-sida/?a=1"


@pytest.mark.parametrize(
    "wished", ["https://example.org/", "//example.org/", "/admin/", "/min-sida/\x00", "\x00", "javascript:1"]
)
def test_the_way_in_leads_nowhere_but_to_private_pages(client, told, wished):
    response = client.post(f"{WAY_IN}?{'next=' + wished}", words_form(told))

    assert response.headers["Location"] == "/min-sida/"


def test_code_and_words_open_however_they_are_written(client, told):
    name, digits = told.code.split()
    response = client.post(WAY_IN, {"code": f" {name.lower()}{digits} ", "words": f"  {told.words.upper()} "})

    assert response.status_code == HTTPStatus.FOUND
    assert is_in(client, told)


def test_a_wrong_try_looks_the_same_whether_or_not_the_code_exists(client, told):
    def answer(code: str) -> str:
        page = client.post(WAY_IN, {"code": code, "words": "kanot lykta"}).content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    unknown = next(code for code in ("EK 2222", "EK 3333") if code != told.code)

    assert answer(told.code) == answer(unknown)
    assert "hör inte ihop" in answer(told.code)
    assert not is_in(client, told)


def test_after_five_wrong_tries_the_code_way_waits_and_the_link_opens_all_the_same(client, told, time_machine):
    time_machine.move_to(NOW, tick=False)
    for _try in range(4):
        assert client.post(WAY_IN, words_form(told, words=wrong_words(told))).status_code == HTTPStatus.OK

    fifth = client.post(WAY_IN, words_form(told, words=wrong_words(told)))
    right_but_too_early = client.post(WAY_IN, words_form(told))

    assert fifth.status_code == right_but_too_early.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Försök igen klockan 10.01" in right_but_too_early.content.decode()
    assert not is_in(client, told)
    assert client.get(f"/min-sida/{told.token}/").status_code == HTTPStatus.FOUND

    time_machine.move_to(NOW + timedelta(minutes=1), tick=False)
    assert client.post(WAY_IN, words_form(told)).status_code == HTTPStatus.FOUND
    assert list(Tries.objects.values_list("count", "wait_until")) == [(0, None)]


def test_what_cannot_be_a_code_or_our_words_is_no_try(client, told):
    no_code = client.post(WAY_IN, {"code": "hej", "words": told.words})
    no_words = client.post(WAY_IN, {"code": told.code, "words": "bara"})

    assert "Koden är ett ord och fyra siffror" in no_code.content.decode()
    assert "Skriv de två orden" in no_words.content.decode()
    assert not Tries.objects.exists()


@pytest.mark.parametrize("bad", BAD_TEXTS)
@pytest.mark.parametrize("path", [WAY_IN, ASK, WRITE])
def test_bad_input_is_answered_in_words(client, told, path, bad):
    response = client.post(path, {"code": bad, "words": bad, "digits": bad})

    assert response.status_code == HTTPStatus.OK
    assert "<title>Fel: " in response.content.decode()


def test_a_megabyte_is_refused_in_words(client, told):
    response = client.post(WAY_IN, {"code": "x" * 1_000_000, "words": ""})

    assert response.status_code == HTTPStatus.BAD_REQUEST


def test_forms_without_csrf_token_open_nothing(told):
    client = Client(enforce_csrf_checks=True)

    assert client.post(WAY_IN, words_form(told)).status_code == HTTPStatus.FORBIDDEN
    assert client.post("/min-sida/ut/").status_code == HTTPStatus.FORBIDDEN


def test_a_locked_link_asks_for_the_code_and_then_leads_on(client, told):
    ask_for_code(told.link, asks=True)

    asked = client.get(f"/min-sida/{told.token}/in/")
    before = is_in(client, told)
    opened = client.post(f"/min-sida/{told.token}/in/", {"code": told.code.lower()})

    assert (asked.status_code, before) == (HTTPStatus.OK, False)
    assert opened.headers["Location"] == "/min-sida/in/"
    assert is_in(client, told)


def test_wrong_codes_on_a_locked_link_wait_and_do_not_slow_down_code_and_words(client, told):
    ask_for_code(told.link, asks=True)
    other = next(code for code in ("EK 2222", "EK 3333") if code != told.code)

    statuses = [client.post(f"/min-sida/{told.token}/", {"code": other}).status_code for _try in range(6)]

    assert statuses == [200, 200, 200, 200, 429, 429]
    assert client.post(WAY_IN, words_form(told)).status_code == HTTPStatus.FOUND


def test_leaving_forgets_everything_on_the_device(client, told):
    client.get(f"/min-sida/{told.token}/")
    key = client.session.session_key

    response = client.post("/min-sida/ut/")
    page = client.get(response.headers["Location"])

    assert response.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert response.cookies["sessionid"]["max-age"] == 0
    assert not client.session.exists(key)
    assert "Mobilisering" not in page.content.decode()
    assert client.get("/min-sida/ut/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, told, method):
    assert getattr(client, method)(WAY_IN).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert getattr(client, method)(f"/min-sida/{told.token}/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_coming_in_takes_the_same_number_of_queries_for_every_code(client, told, django_assert_num_queries):
    client.get(WAY_IN)
    with django_assert_num_queries(6):
        client.post(WAY_IN, words_form(told, words=wrong_words(told)))
    with django_assert_num_queries(6):
        client.post(WAY_IN, {"code": "EK 2222", "words": "kanot lykta"})


def test_the_pages_are_kept_by_nobody(client, db):
    for path in (WAY_IN, ASK, WRITE):
        assert client.get(path).headers["Cache-Control"] == "private, no-store"
