"""What programs and unlucky browsers send to the request: never a 5xx, nothing twice, nothing lost."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from people.models import Contact, PrivateLink
from support.enums import RequestStatus
from support.forms.every_question import FORMS
from support.models import SupportRequest
from tests.support.walking import WAY, answer, come_in, link_of, newest, press_send, send, walk

NUL, OVERRIDE = "\x00", "\u202e"

FIELDS = [(slug, name) for slug in WAY for name in FORMS[slug].base_fields]


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "name"), FIELDS)
def test_a_bad_value_in_any_field_gets_words_or_is_cleaned(client: Client, slug: str, name: str) -> None:
    walk(client, until=slug)

    for bad in (f"Almhöjden{NUL}", f"gård{OVERRIDE}dråg", "x" * 5000, "<script>alert(1)</script>", "'; --"):
        response = answer(client, slug, WAY[slug] | {name: bad})
        page = response.content.decode()
        assert response.status_code in {200, 302}, bad
        assert [NUL in page, OVERRIDE in page, "<script>alert" in page] == [False] * 3, bad
    assert not SupportRequest.objects.filter(what__contains=OVERRIDE).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "name"), FIELDS)
def test_a_megabyte_in_any_field_is_refused_in_words(client: Client, slug: str, name: str) -> None:
    response = answer(client, slug, WAY[slug] | {name: "å" * 1_000_000})

    assert response.status_code == 400
    assert "för lång" in response.content.decode() or "för mycket" in response.content.decode()
    assert not SupportRequest.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "name"), FIELDS)
def test_bytes_that_are_no_text_are_asked_for_again(client: Client, slug: str, name: str) -> None:
    walk(client, until=slug)
    others = urlencode({key: value for key, value in WAY[slug].items() if key != name}, doseq=True)
    body = f"{others}&{name}=%FF%FE%E5"

    response = client.post(f"/stod/{slug}/", body, content_type="application/x-www-form-urlencoded")

    assert response.status_code in {200, 302}
    assert not SupportRequest.objects.filter(what__contains="\ufffd").exists()
    assert not Contact.objects.filter(called__contains="\ufffd").exists()


@pytest.mark.django_db
def test_unreadable_text_is_kept_and_asked_about(client: Client) -> None:
    walk(client, until="vad")

    response = client.post("/stod/vad/", "what=G%E5rden", content_type="application/x-www-form-urlencoded")

    assert "Några tecken gick inte att läsa. Skriv dem en gång till." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/stod/nej/", "/stod/vad%00/", "/stod/VAD/", "/stod/kolla/kolla/", "/stod/vad?andra=%00"]
)
def test_addresses_that_do_not_exist_are_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code in {301, 404}


@pytest.mark.django_db
def test_a_later_question_without_a_draft_leads_to_the_first(client: Client) -> None:
    for slug in [*list(WAY)[1:], "vet-gruppen"]:
        assert client.get(f"/stod/{slug}/").url == "/stod/vem/"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_answers_sent_in_a_forged_order_are_kept_and_the_rest_is_asked_for(client: Client) -> None:
    answer(client, "behov")
    answer(client, "kontakt")

    assert newest().answered == ["behov", "kontakt"]
    assert press_send(client).url == "/stod/vem/?andra=1"
    assert newest().status == RequestStatus.DRAFT


@pytest.mark.django_db
def test_fields_that_nobody_asked_for_change_nothing(client: Client) -> None:
    walk(client)

    answer(
        client,
        "vad",
        WAY["vad"] | {"status": "accepted", "office": "1", "leader": "1", "contact": "1", "channel": "self"},
    )

    assert (newest().status, newest().leader, newest().contact.channel) == (RequestStatus.DRAFT, None, "sms")


@pytest.mark.django_db
def test_a_page_without_its_csrf_token_is_refused_in_words(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    for path in ("/stod/vem/", "/stod/kolla/", "/min-sida/ta-bort/", "/for-dig-som-stottar/"):
        response = strict.post(path, {"asker": "member"})
        assert response.status_code == 403
        assert "skicka" in response.content.decode().lower()
    assert not SupportRequest.objects.exists()


@pytest.mark.django_db
def test_a_broken_once_key_is_replaced(client: Client) -> None:
    response = client.post("/stod/vem/", {"asker": "member", "once_key": "'; drop table"})

    assert response.status_code == 302
    assert newest().once_key is not None


@pytest.mark.django_db
def test_a_link_to_something_else_opens_no_request(client: Client) -> None:
    send(client)
    link = link_of(newest())
    PrivateLink.objects.update(about_model="groups.group")
    stranger = Client()
    come_in(stranger, link)

    assert stranger.get("/stod/klart/").status_code == 302
    assert stranger.get("/min-sida/svar/").status_code == 302


@pytest.mark.django_db
def test_a_replayed_link_of_a_deleted_request_opens_nothing(client: Client) -> None:
    send(client)
    replayed = client.cookies["sessionid"].value
    client.post("/min-sida/ta-bort/")
    thief = Client()
    thief.cookies["sessionid"] = replayed

    assert thief.get("/min-sida/").url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
