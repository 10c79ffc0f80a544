"""Public pages that are kept: for everyone the same, and gone in the moment something public changes."""

import gzip
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from knowledge import caching
from knowledge.actions.publishing import content_changed, publish, text_saved, withdraw
from knowledge.caching import LONGEST_QUERY, public_page, takes_gzip
from knowledge.enums import State
from people.models import User
from tests.factories import NOW
from tests.knowledge.texts import make_example, make_term

pytestmark = pytest.mark.django_db


class Counted:
    """A public page that counts how often it is made."""

    def __init__(self) -> None:
        self.asked: list[HttpRequest] = []
        self.page = public_page(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        self.asked.append(request)
        return HttpResponse(f"<p>Sida {len(self.asked)}</p>")

    def get(self, path: str = "/sida/", **more: Any) -> HttpResponse:
        return self.page(RequestFactory().get(path, **more))


def test_a_page_is_made_once_and_kept(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page = Counted()
    first = page.get()

    with django_assert_num_queries(1):
        second = page.get()

    assert (first.content, second.content) == (b"<p>Sida 1</p>", b"<p>Sida 1</p>")


def test_any_change_of_what_is_public_makes_it_anew() -> None:
    page = Counted()
    page.get()

    content_changed()

    assert page.get().content == b"<p>Sida 2</p>"


def test_a_withdrawn_example_is_gone_at_once_from_its_page_and_from_the_list(client: Client) -> None:
    example = make_example("Värmen tillbaka", slug="varmen")
    assert client.get("/exempel/varmen/").status_code == 200
    assert "Värmen tillbaka" in client.get("/exempel/").content.decode()

    withdraw(example, now=NOW)

    gone = client.get("/exempel/varmen/")
    assert (gone.status_code, gone["Cache-Control"]) == (410, "no-cache")
    assert "Värmen tillbaka" not in gone.content.decode() + client.get("/exempel/").content.decode()


def test_a_published_and_a_changed_text_show_at_once(client: Client) -> None:
    term = make_term("värme", slug="varme", usage="Vi bad om värme.", state=State.DRAFT)
    assert client.get("/ordlista/varme/").status_code == 404

    publish(term, now=NOW)
    assert "värme" in client.get("/ordlista/varme/").content.decode()

    term.word = "kyla"
    term.save()
    text_saved(term, now=NOW)
    assert "kyla" in client.get("/ordlista/varme/").content.decode()


def test_only_pages_that_are_there_are_kept() -> None:
    answers = iter([HttpResponse(status=410), HttpResponse("den finns")])
    page = public_page(lambda request: next(answers))
    ask = RequestFactory().get("/sida/")

    assert [page(ask).status_code, page(ask).status_code] == [410, 200]


def test_an_answer_that_says_itself_who_may_keep_it_is_not_kept() -> None:
    answers = iter([HttpResponse("halv", headers={"Cache-Control": "no-store"}), HttpResponse("hel")])
    page = public_page(lambda request: next(answers))
    ask = RequestFactory().get("/sida/")

    first, second = page(ask), page(ask)

    assert [(first["Cache-Control"], first.content), (second["Cache-Control"], second.content)] == [
        ("no-store", b"halv"),
        ("no-cache", b"hel"),
    ]


def test_without_the_database_nothing_that_was_kept_is_shown_and_nothing_is_kept() -> None:
    page = Counted()
    page.get()

    def lost(*args: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(lost):
        seen = [page.get().content, page.get().content]

    assert seen == [b"<p>Sida 2</p>", b"<p>Sida 3</p>"]
    assert page.get().content == b"<p>Sida 1</p>"


def test_a_browser_that_has_the_page_is_told_so() -> None:
    page = Counted()
    mark = page.get()["ETag"]

    for known in (mark, mark.removeprefix("W/"), f'"annan", {mark}', "*"):
        again = page.get(HTTP_IF_NONE_MATCH=known)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
        assert again["Cache-Control"] == "no-cache"
        assert again["Vary"] == "Accept-Encoding, Accept-Language, Cookie"
    assert page.get(HTTP_IF_NONE_MATCH='"annan"').status_code == 200


def test_a_changed_page_has_another_mark() -> None:
    page = Counted()
    mark = page.get()["ETag"]

    content_changed()

    assert page.get(HTTP_IF_NONE_MATCH=mark).status_code == 200


def test_since_when_it_is_so_is_answered_only_where_the_page_says_it() -> None:
    moment = "Fri, 20 Nov 2026 10:00:00 GMT"
    says = public_page(lambda request: HttpResponse("x", headers={"Last-Modified": moment}))

    assert says(RequestFactory().get("/a/", HTTP_IF_MODIFIED_SINCE=moment)).status_code == 304
    assert says(RequestFactory().get("/a/", HTTP_IF_MODIFIED_SINCE="Thu, 19 Nov 2026 10:00:00 GMT")).status_code == 200
    assert Counted().get(HTTP_IF_MODIFIED_SINCE=moment).status_code == 200


def test_it_comes_packed_to_those_who_can_unpack_it(client: Client) -> None:
    make_example(slug="varmen")
    plain = client.get("/exempel/varmen/")

    packed = client.get("/exempel/varmen/", headers={"Accept-Encoding": "br, gzip"})
    refused = client.get("/exempel/varmen/", headers={"Accept-Encoding": "gzip;q=0"})

    assert "Content-Encoding" not in {*plain.headers, *refused.headers}
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == refused.content
    assert packed["ETag"] == plain["ETag"]
    assert int(packed["Content-Length"]) == len(packed.content)


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        *[("gzip", True), ("br;q=1, GZip ; q=0.5", True), ("gzip;q=x", True)],
        *[("gzip;q=0", False), ("gzip; q=0.000", False), ("br", False), ("*", False), ("", False)],
    ],
)
def test_what_a_browser_says_it_can_unpack(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_nothing_of_who_asks_comes_into_a_kept_page(leader: User) -> None:
    page = Counted()
    asked = RequestFactory().get(
        "/sida/", HTTP_COOKIE="sessionid=hemligt", HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.1"
    )
    asked.user, asked.session = leader, {"name": "Amal"}  # type: ignore[assignment]

    page.page(asked)

    made_for = page.asked[0]
    assert not hasattr(made_for, "user")
    assert not hasattr(made_for, "session")
    assert made_for.COOKIES == {}
    assert set(made_for.META) == {"REQUEST_METHOD", "QUERY_STRING", "HTTP_HOST"}
    assert made_for.META["HTTP_HOST"] == "127.0.0.1:8000"


def test_a_form_with_a_token_is_refused_on_a_page_for_everyone() -> None:
    page = public_page(lambda request: render(request, "mobilisering/language.html", {"languages": []}))

    with pytest.raises(ImproperlyConfigured, match="/sida/"):
        page(RequestFactory().get("/sida/"))


def test_a_message_to_someone_is_shown_to_them_and_to_no_one_else(client: Client) -> None:
    make_example(slug="varmen")
    client.cookies["messages"] = "whatever waits for them"

    theirs = client.get("/exempel/varmen/")
    client.cookies.clear()

    assert theirs["Cache-Control"] == "private, no-store"
    assert "ETag" not in theirs.headers
    assert client.get("/exempel/varmen/")["Cache-Control"] == "no-cache"


def test_whoever_has_a_session_gets_a_page_that_nobody_keeps(client: Client, leader: User) -> None:
    make_example(slug="varmen")
    client.force_login(leader)

    assert client.get("/exempel/varmen/")["Cache-Control"] == "private, no-store"


def test_no_cookie_is_set_by_a_public_page(client: Client) -> None:
    make_example(slug="varmen")

    assert client.get("/exempel/varmen/").cookies == {}


def test_each_language_is_kept_by_itself(client: Client) -> None:
    make_example("Värmen", title_en="The heating", slug="varmen")
    client.get("/exempel/varmen/")

    english = client.get("/exempel/varmen/?lang=en")
    client.cookies["django_language"] = "en"
    chosen = client.get("/exempel/varmen/")
    swedish = client.get("/exempel/varmen/?lang=sv")

    assert [one["Content-Language"] for one in (english, chosen, swedish)] == ["en", "en", "sv"]
    assert [f'<html lang="{x}"' in y.content.decode() for x, y in (("en", english), ("sv", swedish))] == [True, True]


def test_a_language_we_do_not_have_is_the_readers_own(client: Client) -> None:
    client.cookies["django_language"] = "en"

    assert client.get("/exempel/?lang=tlh")["Content-Language"] == "en"


def test_the_pages_of_the_discreet_host_are_not_those_of_another_address(client: Client, settings: Settings) -> None:
    """The host comes into no page: what one visitor calls us is never what another reads."""
    make_example(slug="varmen")

    odd = client.get("/exempel/varmen/", headers={"host": settings.NEUTRAL_DOMAIN}).content.decode()

    assert settings.NEUTRAL_DOMAIN not in odd
    assert odd == client.get("/exempel/varmen/").content.decode()


def test_an_address_with_a_long_question_is_answered_and_not_kept() -> None:
    page = Counted()

    page.get("/sida/?q=" + "x" * LONGEST_QUERY)
    page.get("/sida/?q=" + "x" * LONGEST_QUERY)

    assert len(page.asked) == 2


def test_asking_for_a_thousand_things_drives_out_no_page_without_a_question() -> None:
    page = Counted()
    page.get()

    for number in range(caching.MOST_ASKED + 5):
        page.get(f"/sida/?q={number}")
    made = len(page.asked)
    page.get()

    assert len(page.asked) == made


def test_a_page_too_large_is_answered_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "LARGEST_KEPT", 10)
    page = Counted()

    page.get()
    page.get()

    assert len(page.asked) == 2


def test_the_head_alone_has_the_mark_of_the_page(client: Client) -> None:
    make_example(slug="varmen")

    assert client.head("/exempel/varmen/")["ETag"] == client.get("/exempel/varmen/")["ETag"]


def test_a_public_page_is_only_read(client: Client) -> None:
    assert client.post("/exempel/").status_code == 405


@pytest.mark.parametrize("query", ["lang=%00", "lang=sv&lang=en", "q=%00", "%ff=%fe", "lang[]=en"])
def test_no_question_in_the_address_breaks_a_page(query: str, client: Client) -> None:
    assert client.get(f"/exempel/?{query}").status_code == 200
