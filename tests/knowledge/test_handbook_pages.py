"""The page where readers find the handbook, and the book that is sent to them."""

from typing import Any

import pytest
from django.test import Client

from knowledge.actions.handbooks import withdraw_edition
from knowledge.actions.publishing import withdraw
from people.models import User
from tests.factories import NOW
from tests.knowledge.handbook_kit import make, published
from tests.knowledge.texts import make_example, make_tool

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/handbok/"


def test_readers_find_the_latest_edition_of_each_language_and_all_earlier_ones(client: Client, editor: User) -> None:
    make_tool(title_en="A tool", lead_en="Go on.")
    published(editor, title="Första")
    published(editor, title="Andra")
    published(editor, title="The third", language="en")
    make(editor, title="Inte publicerad")
    withdraw_edition(published(editor, title="Borttagen"), now=NOW)

    html = client.get(PAGE).content.decode()

    assert [html.count(f'href="/handbok/{number}.pdf"') for number in range(1, 6)] == [1, 1, 1, 0, 0]
    latest, earlier = html.split("Tidigare upplagor")
    assert "The third" in latest
    assert "Andra" in latest
    assert "Första" in earlier
    assert '<h2 id="h-3" lang="en">The third</h2>' in html
    assert "Upplaga 2, gjord 1 september 2026. Den är på svenska." in html
    assert "PDF, " in html


def test_the_page_says_what_to_read_until_there_is_a_book(client: Client) -> None:
    html = client.get(PAGE).content.decode()

    assert "Vi håller på med boken." in html
    assert '<a href="/verktyg/">' in html


def test_the_page_knows_at_once_of_a_new_edition_and_of_one_that_is_gone(client: Client, editor: User) -> None:
    example = make_example()
    client.get(PAGE)

    published(editor)
    there = client.get(PAGE).content.decode()
    withdraw(example, now=NOW)
    gone = client.get(PAGE).content.decode()

    assert ("/handbok/1.pdf" in there, "/handbok/1.pdf" in gone) == (True, False)


def test_the_page_asks_the_same_for_one_edition_and_for_three(
    client: Client, editor: User, django_assert_num_queries: Any
) -> None:
    make_tool()
    published(editor)
    with django_assert_num_queries(2):
        client.get(PAGE)
    published(editor)
    published(editor)
    with django_assert_num_queries(2):
        client.get(PAGE)


def test_the_book_is_shown_with_its_name_and_asked_for_again(client: Client, editor: User) -> None:
    make_tool()
    edition = published(editor)

    response = client.get("/handbok/1.pdf")

    assert response.content == bytes(edition.pdf or b"")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="handbok-1.pdf"'
    assert response["Cache-Control"] == "no-cache"
    assert response["Last-Modified"] == "Tue, 01 Sep 2026 08:00:00 GMT"
    assert response["Content-Language"] == "sv"
    assert "Set-Cookie" not in response
    again = client.get("/handbok/1.pdf", headers={"if-none-match": response["ETag"]})
    since = client.get("/handbok/1.pdf", headers={"if-modified-since": response["Last-Modified"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert since.status_code == 304


def test_a_book_that_is_known_already_is_not_read_from_the_database(
    client: Client, editor: User, django_assert_num_queries: Any
) -> None:
    make_tool()
    published(editor)
    etag = client.get("/handbok/1.pdf")["ETag"]

    with django_assert_num_queries(1) as queries:
        client.get("/handbok/1.pdf", headers={"if-none-match": etag})

    assert '"pdf"' not in queries[0]["sql"]


def test_a_book_that_is_not_published_is_not_there(client: Client, editor: User) -> None:
    make_tool()
    make(editor)

    assert client.get("/handbok/1.pdf").status_code == 404
    assert client.get("/handbok/2.pdf").status_code == 404
    assert client.get("/handbok/99999999999999999999.pdf").status_code == 404


def test_a_book_with_a_withdrawn_example_says_that_it_is_gone(client: Client, editor: User) -> None:
    example = make_example()
    published(editor)
    etag = client.get("/handbok/1.pdf")["ETag"]

    withdraw(example, now=NOW)

    assert client.get("/handbok/1.pdf").status_code == 410
    assert client.get("/handbok/1.pdf", headers={"if-none-match": etag}).status_code == 410


@pytest.mark.parametrize("path", [PAGE, "/handbok/1.pdf"])
def test_nothing_is_changed_there(client: Client, editor: User, path: str) -> None:
    make_tool()
    published(editor)

    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200
