import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from knowledge.actions.seeding import seed_texts
from mobilisering.context_processors import FOOTER, MENU
from mobilisering.middleware import PrivatePagesMiddleware
from people.models import User
from tests.factories import NOW

PAGES = ["/", "/sprak/", "/stil/", "/konto/login/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_language_a_title_and_a_way_past_the_menu(path: str, client: Client, db: None) -> None:
    page = client.get(path).content.decode()

    assert len(re.findall(r"<h1[ >]", page)) == 1
    assert '<html lang="sv" dir="ltr">' in page
    assert re.search(r"<title>[^<]+ – Mobilisering</title>", page)
    assert '<a class="skip" href="#main">Hoppa till innehållet</a>' in page
    assert '<main id="main" tabindex="-1">' in page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_style_or_script_of_its_own(path: str, client: Client, db: None) -> None:
    page = client.get(path).content.decode()

    assert not re.findall(r"<[^>]+ style=", page)
    assert not re.findall(r"<[^>]+ on[a-z]+=", page)
    assert not re.findall(r"<script(?![^>]*(src=|type=\"application/(ld\+)?json\"))", page)


@pytest.mark.parametrize(("path", "questions"), [("/", 1), ("/sprak/", 2)])
def test_a_public_page_asks_the_database_little(
    path: str, questions: int, client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(path)

    with django_assert_num_queries(questions):
        assert client.get(path).status_code == 200


def test_every_link_of_menu_footer_and_start_page_leads_somewhere(client: Client, db: None) -> None:
    seed_texts(now=NOW, with_examples=True)
    start = client.get("/").content.decode()

    inner = {link for link in re.findall(r'href="(/[^"]*)"', start) if not link.startswith("/static/")}

    assert {item.url for item in (*MENU, *FOOTER)} <= inner
    assert {link: client.get(link, follow=True).status_code for link in sorted(inner)} == dict.fromkeys(
        sorted(inner), 200
    )


def test_the_page_one_stands_on_is_marked_in_the_menu(client: Client, db: None) -> None:
    start = client.get("/").content.decode()

    assert re.findall(r'<a href="([^"]+)" aria-current="page">', start) == ["/"]


def test_the_start_page_asks_for_no_examples_before_there_are_any(client: Client, db: None) -> None:
    assert "Så har andra gjort" not in client.get("/").content.decode()


def test_the_pages_can_be_read_in_english(client: Client, db: None) -> None:
    chosen = client.post("/sprak/setlang/", {"language": "en", "next": "/sprak/"}, follow=True)

    assert chosen.status_code == 200
    assert '<html lang="en" dir="ltr">' in chosen.content.decode()


@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        ("http://testserver/stod/vad/?andra=1", "/stod/vad/?andra=1"),
        ("http://testserver/sprak/", "/"),
        ("https://example.com/stod/", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_whoever_changes_the_language_comes_back_to_where_they_were(
    client: Client, referer: str, leads_to: str, db: None
) -> None:
    page = client.get("/sprak/", headers={"Referer": referer})

    assert f'<input type="hidden" name="next" value="{leads_to}">' in page.content.decode()
    assert ("private" in page.headers.get("Cache-Control", "")) == (leads_to != "/")


def test_a_changed_language_never_leads_away_from_us(client: Client) -> None:
    response = client.post("/sprak/setlang/", {"language": "en", "next": "https://example.com/"})

    assert response["Location"] == "/"


def test_the_style_page_is_for_development_only(client: Client, settings: Settings) -> None:
    settings.DEVELOPMENT = False

    assert client.get("/stil/").status_code == 404


def test_the_title_says_when_something_is_wrong(client: Client) -> None:
    assert "<title>Fel: Stil – Mobilisering</title>" in client.post("/stil/", {"how": "sms"}).content.decode()


@pytest.mark.parametrize(("path", "said"), [("/", "no-cache"), ("/sprak/", None)])
def test_a_public_page_may_be_kept_by_anyone(path: str, said: str | None, client: Client, db: None) -> None:
    assert client.get(path).headers.get("Cache-Control") == said


@pytest.mark.parametrize("path", ["/", "/sprak/", "/finns-inte/"])
def test_a_page_for_someone_signed_in_is_kept_by_no_one(path: str, client: Client, leader: User) -> None:
    client.force_login(leader)

    assert client.get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/konto/login/", "/min-sida/abc/", "/stod/", "/admin/"])
def test_a_private_place_is_kept_by_no_one_even_without_a_session(path: str, client: Client, db: None) -> None:
    assert client.get(path)["Cache-Control"] == "private, no-store"


def test_a_view_can_say_that_its_page_is_private() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("bara du")
        response.is_private = True  # type: ignore[attr-defined]
        return response

    answered = PrivatePagesMiddleware(view)(RequestFactory().get("/nagot/"))

    assert answered["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("chosen", "other"), [("sv", '<span lang="en">Language'), ("en", '<span lang="sv">Språk')])
def test_the_way_to_other_languages_is_named_in_another_language(
    chosen: str, other: str, client: Client, db: None
) -> None:
    client.cookies["django_language"] = chosen

    assert client.get("/").content.decode().count(other) == 1
