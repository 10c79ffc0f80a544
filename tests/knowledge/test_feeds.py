"""What programs read of us: feeds, the sitemap, and what the robots of search sites may do."""

from datetime import timedelta
from html import unescape
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from knowledge import caching
from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from knowledge.models import ShortText
from tests.factories import NOW
from tests.knowledge.texts import make_example, make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
SITE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_a_feed_tells_what_was_published_last_and_leads_to_it(client: Client) -> None:
    make_example("Kylan & <b>mörkret</b>", slug="kylan", lead="Det var kallt.")
    make_example("Värmen", slug="varmen", published_at=LATER)
    make_example("Utkastet", state=State.DRAFT)

    answer = client.get("/exempel/flode/")
    feed = feedparser.parse(answer.content)

    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "sv")
    assert (feed.feed.title, feed.feed.link) == ("Nya exempel – Mobilisering", f"{SITE}/exempel/")
    assert [one.link for one in feed.entries] == [f"{SITE}/exempel/varmen/", f"{SITE}/exempel/kylan/"]
    assert [unescape(one.title) for one in feed.entries] == ["Värmen", "Kylan & <b>mörkret</b>"]
    assert [one.summary for one in feed.entries][1] == "Det var kallt."
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "make"),
    [("/exempel/flode/", make_example), ("/verktyg/flode/", make_tool), ("/ordlista/flode/", make_term)],
)
def test_each_kind_has_a_feed_that_asks_as_much_for_three_as_for_one(
    path: str, make, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rows in (1, 3):
        while len(feedparser.parse(client.get(path).content).entries) < rows:
            make()
            caching.forget()
        caching.forget()
        with django_assert_num_queries(3):
            client.get(path)


def test_the_english_feed_has_only_what_can_be_read_in_english(client: Client) -> None:
    make_term("krav", word_en="demand", meaning_en="What one asks for.")
    make_term("bara svenska")

    feed = feedparser.parse(client.get("/ordlista/flode/?lang=en").content)

    assert feed.feed.language == "en"
    assert [(one.title, one.link.removeprefix(SITE).split("/")[-1]) for one in feed.entries] == [("demand", "?lang=en")]


def test_a_feed_is_swedish_whatever_its_reader_is_set_to(client: Client) -> None:
    make_term("krav", word_en="demand", meaning_en="What one asks for.")

    answer = client.get("/ordlista/flode/", headers={"Accept-Language": "en"})

    assert answer["Content-Language"] == "sv"
    assert [one.title for one in feedparser.parse(answer.content).entries] == ["krav"]


def test_what_is_withdrawn_is_out_of_the_feed_at_once_and_readers_are_asked_to_forget_it(client: Client) -> None:
    example = make_example("Värmen", slug="varmen")
    make_example("Aldrig ute", state=State.WITHDRAWN, published_at=None, slug="aldrig-ute")
    before = client.get("/exempel/flode/")

    withdraw(example, now=LATER)
    after = client.get("/exempel/flode/", headers={"If-None-Match": before["ETag"]})

    assert feedparser.parse(after.content).entries == []
    assert "rmen" not in after.content.decode()
    gone = ElementTree.fromstring(after.content).findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert [one.attrib["ref"] for one in gone] == [one.id for one in feedparser.parse(before.content).entries]
    assert [one.attrib["ref"] for one in gone] == [f"tag:127.0.0.1,2026:example:{example.pk}:sv"]


def test_a_text_is_called_the_same_in_a_feed_whatever_its_address_becomes(client: Client) -> None:
    make_term("krav", word_en="demand", meaning_en="What one asks for.")

    feeds = [feedparser.parse(client.get(f"/ordlista/flode/{query}").content) for query in ("", "?lang=en")]

    ids = [one.id for feed in feeds for one in feed.entries]
    assert len({*ids}) == 2
    assert all("krav" not in one and "ord-" not in one for one in ids)


def test_a_feed_says_when_it_last_changed_and_answers_who_has_it(client: Client) -> None:
    make_example(published_at=LATER)
    answer = client.get("/exempel/flode/")

    assert answer["Last-Modified"] == "Fri, 04 Sep 2026 08:00:00 GMT"
    for header in ({"If-None-Match": answer["ETag"]}, {"If-Modified-Since": answer["Last-Modified"]}):
        assert client.get("/exempel/flode/", headers=header).status_code == 304


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    feed = feedparser.parse(client.get("/exempel/flode/").content)

    assert (feed.bozo, feed.entries, feed.feed.updated) == (False, [], "2026-01-01T00:00:00+00:00")


def test_the_sitemap_names_each_public_address_in_each_language_it_can_be_read_in(client: Client) -> None:
    make_term("krav", slug="krav", word_en="demand", meaning_en="What one asks for.")
    make_tool(slug="bara-svenska", changed_at=LATER)
    make_page("/om/", easy="Hej.", changed_at=LATER)
    make_page("/trygg/", title_en="Safe", body_en="A sentence.")
    for code, checked_on in (("ar", LATER.date()), ("so", None)):
        ShortText.objects.create(language=code, checked_by="Amina", checked_on=checked_on, changed_at=NOW)
    make_example(state=State.WITHDRAWN)

    answer = client.get("/sitemap.xml")
    entries = ElementTree.fromstring(answer.content).findall(f"{MAP}url")
    found = {entry.findtext(f"{MAP}loc"): entry for entry in entries}

    lists = ["/", "/exempel/", "/verktyg/", "/ordlista/", "/handbok/", "/lattlast/", "/oppna-data/"]
    texts = ["/verktyg/bara-svenska/", "/ordlista/krav/", "/trygg/", "/om/", "/om/lattlast/", "/sprak/ar/"]
    swedish = [address for address in found if "?" not in str(address)]
    assert swedish == [f"{SITE}{path}" for path in lists + texts]
    assert len(found) == len(lists) * 2 + len(texts) + 2
    in_one = [path for path in texts if not found[f"{SITE}{path}"].findall(LINK)]
    assert in_one == ["/verktyg/bara-svenska/", "/om/", "/om/lattlast/", "/sprak/ar/"]
    assert [
        (one.attrib["hreflang"], one.attrib["href"]) for one in found[f"{SITE}/ordlista/krav/?lang=en"].findall(LINK)
    ] == [
        ("sv", f"{SITE}/ordlista/krav/"),
        ("en", f"{SITE}/ordlista/krav/?lang=en"),
        ("x-default", f"{SITE}/ordlista/krav/"),
    ]
    for path in ("/verktyg/bara-svenska/", "/om/lattlast/"):
        assert found[f"{SITE}{path}"].findtext(f"{MAP}lastmod") == "2026-09-04T08:00:00+00:00"
    assert answer["Content-Type"] == "application/xml; charset=utf-8"


def test_a_withdrawn_text_leaves_the_sitemap_at_once(client: Client) -> None:
    tool = make_tool(slug="varmen")
    assert "varmen" in client.get("/sitemap.xml").content.decode()

    withdraw(tool, now=LATER)

    assert "varmen" not in client.get("/sitemap.xml").content.decode()


def test_robots_are_kept_from_what_belongs_to_someone(client: Client) -> None:
    told = client.get("/robots.txt").content.decode().splitlines()

    assert told[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /min-sida/", "Disallow: /stod/", "Allow: /stod/$"} <= set(told)
    assert told[-1] == f"Sitemap: {SITE}/sitemap.xml"


def test_nothing_on_the_discreet_address_is_to_be_found_by_searching(client: Client, settings: Settings) -> None:
    told = client.get("/robots.txt", headers={"host": settings.NEUTRAL_DOMAIN}).content.decode()

    assert told == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/exempel/flode/", "/sitemap.xml", "/robots.txt"])
def test_they_are_only_read(path: str, client: Client) -> None:
    assert client.post(path).status_code == 405


def test_signs_that_no_xml_may_hold_do_not_break_a_feed(client: Client) -> None:
    make_example("Kallt\x0b i \x1bhuset", slug="kallt", lead="En\x00gång".replace("\x00", "\x07"))

    feed = feedparser.parse(client.get("/exempel/flode/").content)

    assert [(one.title, one.summary) for one in feed.entries] == [("Kallt i huset", "Engång")]
