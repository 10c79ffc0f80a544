"""The pages of the editors: by their address, in easy Swedish, and where they stand above what a page does."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from knowledge.actions.publishing import publish, withdraw
from knowledge.actions.seeding import seed_texts
from knowledge.enums import State
from mobilisering.context_processors import FOOTER
from tests.factories import NOW
from tests.knowledge.texts import make_page, make_term

pytestmark = pytest.mark.django_db

ADDRESSES = ["/om/", "/nagot/nytt/"]
"""One that the site itself knows, and one that an editor has thought of."""


def shown(client: Client, path: str, language: str = "sv") -> str:
    """What stands in the main part of the page."""
    answered = client.get(path, {"lang": language})
    assert answered.status_code == 200
    return answered.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_stands_at_its_address(path: str, client: Client) -> None:
    make_page(path, title="Om oss", lead="Vi är **här**.", body="## Vi\n\nVi <b>finns</b>.")

    page = shown(client, path)

    assert "<h1>Om oss</h1>" in page
    assert '<p class="lead">Vi är <strong>här</strong>.</p>' in page
    assert "<h2>Vi</h2>\n<p>Vi &lt;b&gt;finns&lt;/b&gt;.</p>" in page


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_that_is_not_there_or_not_public_is_not_found(path: str, client: Client) -> None:
    assert client.get(path).status_code == 404

    make_page(path, state=State.DRAFT)

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("easy", ["", "lattlast/"])
def test_a_withdrawn_page_is_gone_and_comes_back(path: str, easy: str, client: Client) -> None:
    page = make_page(path, easy="Vi är här.")
    assert client.get(path + easy).status_code == 200

    withdraw(page, now=NOW)
    assert client.get(path + easy).status_code == 410

    publish(page, now=NOW)
    assert client.get(path + easy).status_code == 200


@pytest.mark.parametrize("path", ["/om/", "/nagot/nytt/", "/om/lattlast/", "/lattlast/"])
def test_nothing_can_be_sent_to_a_page(path: str, client: Client) -> None:
    make_page("/om/", easy="Vi är här.")
    make_page("/nagot/nytt/")

    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_address_without_its_last_slash_leads_to_the_page(path: str, client: Client) -> None:
    make_page(path)

    answered = client.get(path.rstrip("/"))

    assert (answered.status_code, answered["Location"]) == (301, path)


@pytest.mark.parametrize("path", ["/finns-inte", "/finns-inte/", "/finns/inte/lattlast/", "/finns\0inte/", "/åäö/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_address_is_plainly_not_found(path: str, method: str, client: Client) -> None:
    assert getattr(client, method)(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/exempel/", "/min-sida/", "/stod/", "/halsa/", "/konto/login/"])
def test_a_page_never_stands_in_the_way_of_what_the_site_does(path: str, client: Client) -> None:
    make_page(path, title="Jag tar över")

    assert "Jag tar över" not in client.get(path, follow=True).content.decode()


def test_a_page_knows_its_address() -> None:
    assert reverse("knowledge:page", args=["/nagot/nytt/"]) == "/nagot/nytt/"


def test_an_english_reader_gets_the_english_or_is_told_that_there_is_none(client: Client) -> None:
    make_page("/om/", title="Om oss", title_en="About us", body="Hej.", body_en="Hello.")
    make_page("/nytt/", title="Nytt", title_en="News", body="Hej.")

    assert "<h1>About us</h1>" in shown(client, "/om/", "en")
    swedish = shown(client, "/nytt/", "en")
    assert re.search(r'<div class="flow" lang="sv">\s*<h1>Nytt</h1>', swedish)
    assert re.search(r'<div class="flow" lang="sv">\s*<p>Hej.</p>', swedish)


def test_hard_words_are_explained_where_they_stand_and_last(client: Client) -> None:
    make_term("koalition", meaning="Flera grupper ihop.", is_marked=True)
    make_page("/om/", body="En koalition är bra.")

    page = shown(client, "/om/")

    assert re.search(r'<button class="term"[^>]*>koalition</button>', page)
    assert page.index("Ord i texten</h2>") > page.index("är bra")


def test_on_a_page_in_swedish_the_explanations_are_in_swedish_for_english_readers_too(client: Client) -> None:
    make_term("koalition", meaning="Flera grupper ihop.", is_marked=True)
    make_page("/nytt/", title_en="News", body="En koalition är bra.")

    page = shown(client, "/nytt/", "en")

    assert [sentence in page for sentence in ("Alla ord i texten", "Ord i texten</h2>", "Stäng")] == [True] * 3


def test_the_number_to_call_is_the_one_of_this_portal(client: Client, settings: Settings) -> None:
    settings.PORTAL_PHONE = "08-465 004 00"
    make_page("/om/", lead="Ring 031-390 06 10.", body="Ring **031-390 06 10** eller [skriv 031-390 06 10](/stod/).")

    page = shown(client, "/om/")

    link = '<a href="tel:+46846500400" rel="noopener"><bdi dir="ltr">08-465 004 00</bdi></a>'
    assert page.count(link) == 2
    assert ">skriv 08-465 004 00</a>" in page
    assert "031-390" not in page


def test_easy_swedish_is_one_thought_on_each_line(client: Client) -> None:
    make_page("/om/", title="Om oss", easy_title="Om oss, lättläst", easy="Vi är här.\nRing 031-390 06 10.")

    assert 'href="/om/lattlast/"' in shown(client, "/om/")
    easy = shown(client, "/om/lattlast/", "en")
    assert '<div class="flow" lang="sv">\n<h1>Om oss, lättläst</h1>' in easy
    assert "Vi är här.<br>\nRing <a" in easy
    assert 'href="/om/"' in easy


def test_a_page_without_easy_swedish_has_no_link_to_it(client: Client) -> None:
    make_page("/om/")

    assert "lattlast" not in shown(client, "/om/")
    assert client.get("/om/lattlast/").status_code == 404


def test_all_easy_pages_are_gathered(client: Client) -> None:
    make_page("/om/", easy="Hej.")
    make_page("/utkast/", easy="Hej.", state=State.DRAFT)
    make_page("/trygg/")

    assert re.findall(r'href="(/\w+/lattlast/)"', shown(client, "/lattlast/")) == ["/om/lattlast/"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_easy_pages_costs_the_same_however_long(
    rows: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        make_page(easy="Hej.")

    with django_assert_num_queries(2):  # how much has changed, and the pages
        client.get("/lattlast/")


@pytest.mark.parametrize(("path", "own"), [("/for-dig-som-stottar/", "Vad gäller det?"), ("/sprak/", "English")])
def test_the_editors_write_above_what_a_page_does(path: str, own: str, client: Client) -> None:
    without = client.get(path).content.decode()
    page = make_page(path, title="Ny rubrik", lead="Ny ingress.", body="Ny text.", easy="Lätt text.")
    written = client.get(path).content.decode()
    withdraw(page, now=NOW)

    assert own in without
    assert re.findall(r"<h1>([^<]+)", written) == ["Ny rubrik"]
    assert [text for text in ("Ny ingress.", "Ny text.", f"{path}lattlast/", own) if text not in written] == []
    assert re.findall(r"<h1>([^<]+)", client.get(path).content.decode()) == re.findall(r"<h1>([^<]+)", without)


def test_nothing_is_said_twice_above_the_questions_for_those_who_support(client: Client) -> None:
    seed_texts(now=NOW, with_examples=False)

    page = shown(client, "/for-dig-som-stottar/")

    headings = re.findall(r"<h[12][^>]*>([^<]+)", page)
    assert len(headings) == len(set(headings))
    assert page.index("Be om stöd i ditt arbete") < page.index("Vad gäller det?")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_link_of_the_foot_and_of_the_seeded_pages_leads_somewhere(language: str, client: Client) -> None:
    seed_texts(now=NOW, with_examples=True)
    addresses = {item.url for item in FOOTER}
    links = {link for path in addresses for link in re.findall(r'href="(/[^"#?]*)', client.get(path).content.decode())}

    pages = sorted(one for one in addresses | links if not one.startswith("/static/"))

    answers = {one: client.get(one, {"lang": language}, follow=True).status_code for one in pages}
    assert answers == dict.fromkeys(pages, 200)
