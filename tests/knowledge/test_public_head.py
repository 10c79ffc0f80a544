"""What the head of a public page says: where it stands, what it is, and nothing that can break out of it."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from rdflib import RDF, Graph, Namespace, URIRef

from knowledge.enums import State
from knowledge.models import ShortText
from tests.factories import NOW, TODAY, make_request
from tests.knowledge.texts import make_example, make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
SCHEMA = Namespace("https://schema.org/")
HOSTILE = "</script><script>alert(1)</script><!-- \"'&amp; \u2028"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page_at(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def links(page: str) -> dict[str, str]:
    """The addresses in the head, by what they are."""
    found = {"canonical": "".join(re.findall(r'<link rel="canonical" href="([^"]+)">', page))}
    found |= dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    return {name: where.removeprefix(SITE) for name, where in found.items() if where}


def card(page: str) -> dict[str, str]:
    return {name: unescape(said) for name, said in re.findall(r'<meta property="og:([^"]+)" content="([^"]*)">', page)}


def data(page: str) -> Any:
    told = SCRIPT.findall(page)
    assert len(told) == 1
    return json.loads(told[0])


def graph(page: str) -> Graph:
    """As a parser of others reads it. The words of schema.org are named here, since nothing is fetched."""
    known = data(page) | {"@context": {"@vocab": str(SCHEMA), "url": {"@type": "@id"}, "item": {"@type": "@id"}}}
    return Graph().parse(data=json.dumps(known), format="json-ld")


def test_a_page_says_its_one_address_and_those_in_other_languages(client: Client) -> None:
    make_term("krav", slug="krav", word_en="demand", meaning_en="What one asks for.")
    both = {"sv": "/ordlista/krav/", "en": "/ordlista/krav/?lang=en", "x-default": "/ordlista/krav/"}

    assert links(page_at(client, "/ordlista/krav/")) == {"canonical": "/ordlista/krav/", **both}
    assert links(page_at(client, "/ordlista/krav/?lang=en")) == {"canonical": "/ordlista/krav/?lang=en", **both}


def test_a_text_that_is_only_in_swedish_has_its_swedish_address_alone(client: Client) -> None:
    make_tool(slug="mat-sjalva")

    assert links(page_at(client, "/verktyg/mat-sjalva/?lang=en")) == {"canonical": "/verktyg/mat-sjalva/"}


def test_english_without_its_steps_is_told_as_the_swedish_that_the_page_shows(client: Client) -> None:
    make_tool("Mät", slug="mat", title_en="Measure", lead_en="Begin.")

    page = page_at(client, "/verktyg/mat/?lang=en")

    assert links(page) == {"canonical": "/verktyg/mat/"}
    assert (card(page)["title"], card(page)["locale"]) == ("Mät", "sv_SE")
    assert [one["inLanguage"] for one in data(page)["@graph"] if "inLanguage" in one] == ["sv"]


@pytest.mark.parametrize("query", ["", "?lang=sv", "?lang=en"])
def test_an_easy_page_is_in_swedish_alone_whatever_is_asked(query: str, client: Client) -> None:
    make_page("/om/", title_en="About", body_en="A sentence.", easy_title="Lätt om oss", easy="Hej.")

    page = page_at(client, f"/om/lattlast/{query}")

    assert links(page) == {"canonical": "/om/lattlast/"}
    assert (card(page)["title"], card(page)["locale"]) == ("Lätt om oss", "sv_SE")


def test_a_short_text_has_one_address_and_says_no_locale_but_its_own(client: Client) -> None:
    ShortText.objects.create(
        language="ar", title="دعم", body="مجاني.", checked_by="Amina", checked_on=TODAY, changed_at=NOW
    )

    page = page_at(client, "/sprak/ar/?lang=en")

    assert links(page) == {"canonical": "/sprak/ar/"}
    assert (card(page)["title"], card(page)["url"], "locale" in card(page)) == ("دعم", f"{SITE}/sprak/ar/", False)


def test_a_list_has_one_address_whatever_is_picked_in_it(client: Client) -> None:
    found = links(page_at(client, "/exempel/?cost=free&lang=sv"))

    assert found == {"canonical": "/exempel/", "sv": "/exempel/", "en": "/exempel/?lang=en", "x-default": "/exempel/"}


def test_the_host_that_was_asked_for_is_in_no_address(client: Client) -> None:
    make_term(slug="krav")

    page = client.get("/ordlista/krav/", headers={"host": "127.0.0.1:1234"}).content.decode()

    assert "127.0.0.1:1234" not in page


@pytest.mark.parametrize("path", ["/stod/", "/sprak/", "/min-sida/", "/konto/login/", "/finns-inte/"])
def test_a_page_that_is_not_for_all_says_nothing_of_where_it_stands(path: str, client: Client) -> None:
    make_request()
    page = page_at(client, path)

    assert (links(page), card(page), SCRIPT.findall(page)) == ({}, {}, [])


def test_a_withdrawn_page_is_not_to_be_found(client: Client) -> None:
    make_example(slug="varmen", state=State.WITHDRAWN)

    page = page_at(client, "/exempel/varmen/")

    assert '<meta name="robots" content="noindex">' in page
    assert (links(page), card(page), SCRIPT.findall(page)) == ({}, {}, [])


def test_a_shared_link_shows_title_ingress_and_our_own_picture(client: Client) -> None:
    make_example("Värmen & kylan", slug="varmen", lead="Det var kallt.")

    found = card(page_at(client, "/exempel/varmen/"))

    assert {name: found[name] for name in ("type", "title", "description", "url", "locale")} == {
        "type": "article",
        "title": "Värmen & kylan",
        "description": "Det var kallt.",
        "url": f"{SITE}/exempel/varmen/",
        "locale": "sv_SE",
    }
    assert found["image"] == f"{SITE}/static/img/social.png"
    assert finders.find("img/social.png")


def test_a_list_is_shared_under_the_title_of_its_page(client: Client) -> None:
    page = page_at(client, "/ordlista/")

    assert card(page)["title"] == unescape(re.findall(r"<title>(.*?) – Mobilisering</title>", page)[0])
    assert card(page)["type"] == "website"


def test_what_was_searched_for_breaks_out_of_nothing(client: Client) -> None:
    hostile = '"><script>alert(1)</script>'

    page = client.get("/sok/", {"q": hostile}).content.decode()

    assert "<script>alert" not in page
    assert hostile in card(page)["title"]
    assert links(page)["canonical"] == "/sok/"


@pytest.mark.parametrize("path", ["/exempel/", "/verktyg/", "/ordlista/"])
def test_a_list_leads_to_its_feed(path: str, client: Client) -> None:
    feeds = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', page_at(client, path)
    )

    assert feeds == [f"{SITE}{path}flode/"]
    assert client.get(feeds[0]).status_code == 200


def test_a_word_is_a_defined_term_in_the_glossary(client: Client) -> None:
    make_term("krav", slug="krav", meaning="Det vi vill att de gör.")
    found = graph(page_at(client, "/ordlista/krav/"))
    word = URIRef(f"{SITE}/ordlista/krav/")

    assert (word, RDF.type, SCHEMA.DefinedTerm) in found
    assert str(found.value(word, SCHEMA.name)) == "krav"
    assert str(found.value(word, SCHEMA.description)) == "Det vi vill att de gör."
    assert str(found.value(word, SCHEMA.inDefinedTermSet)) == f"{SITE}/ordlista/"
    glossary = graph(page_at(client, "/ordlista/"))
    assert (URIRef(f"{SITE}/ordlista/"), RDF.type, SCHEMA.DefinedTermSet) in glossary


def test_an_example_is_an_article_and_a_tool_is_a_how_to(client: Client) -> None:
    make_example("Värmen", slug="varmen")
    make_tool("Mät själva", slug="mat-sjalva", steps=[("Ett", "Mät **varje** kväll."), ("Två", "Ring.")])
    make_page("/om/")

    example, tool, about = (
        graph(page_at(client, path)) for path in ("/exempel/varmen/", "/verktyg/mat-sjalva/", "/om/")
    )

    assert str(example.value(URIRef(f"{SITE}/exempel/varmen/"), SCHEMA.headline)) == "Värmen"
    steps = tool.objects(URIRef(f"{SITE}/verktyg/mat-sjalva/"), SCHEMA.step)
    assert {str(tool.value(step, SCHEMA.text)) for step in steps} == {"Mät varje kväll.", "Ring."}
    assert (URIRef(f"{SITE}/om/"), RDF.type, SCHEMA.WebPage) in about


def test_the_way_from_the_start_page_is_told(client: Client) -> None:
    make_example("Värmen", slug="varmen")

    trail = [one for one in data(page_at(client, "/exempel/varmen/"))["@graph"] if one["@type"] == "BreadcrumbList"]

    assert [(one["position"], one["name"], one["item"]) for one in trail[0]["itemListElement"]] == [
        (1, "Mobilisering", f"{SITE}/"),
        (2, "Exempel", f"{SITE}/exempel/"),
        (3, "Värmen", f"{SITE}/exempel/varmen/"),
    ]


@pytest.mark.parametrize("path", ["/exempel/ont/", "/verktyg/ont/", "/ordlista/ont/", "/ont/"])
def test_no_text_breaks_out_of_the_head(path: str, client: Client) -> None:
    make_example(HOSTILE, slug="ont", lead=HOSTILE)
    make_tool(HOSTILE, slug="ont", lead=HOSTILE, steps=[(HOSTILE, HOSTILE)])
    make_term(HOSTILE, slug="ont", meaning=HOSTILE)
    make_page("/ont/", title=HOSTILE, lead=HOSTILE)

    page = page_at(client, path)

    assert "<script>alert" not in page
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert card(page)["title"] == HOSTILE
    named = [one.get("name") or one.get("headline") for one in data(page)["@graph"]]
    assert HOSTILE in named


def test_any_text_with_a_hostile_word_can_be_parsed_by_others(client: Client) -> None:
    make_term(HOSTILE, slug="ont")

    found = graph(page_at(client, "/ordlista/ont/"))

    assert str(found.value(URIRef(f"{SITE}/ordlista/ont/"), SCHEMA.name)) == HOSTILE
