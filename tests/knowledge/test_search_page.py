"""The page of the search: what it shows, what it offers, and whatever someone writes there."""

import re
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.models import Topic
from knowledge.actions.reindexing import reindex
from knowledge.enums import State, TermTopic
from knowledge.models import Page, SearchEntry
from knowledge.searching.answers import ON_A_PAGE, answer
from knowledge.sources import SearchText, Source, register, unregister
from people.plain_text import plain_text
from tests.factories import NOW
from tests.knowledge.finding import found, public
from tests.knowledge.texts import make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

PAGE = "/sok/"


def test_when_nothing_has_all_the_words_some_will_do(client):
    public(make_tool("Värmen i huset"), make_tool("Vägen till skolan"))

    assert set(found("värme vägen")) == {"Värmen i huset", "Vägen till skolan"}
    assert "Inget har alla orden" in client.get(PAGE, {"q": "värme vägen"}).content.decode()


def test_the_words_are_marked_in_title_and_excerpt(client):
    public(make_page(title="Om hagel", body="Det började <lugnt>. Sedan kom haglet."))

    page = client.get(PAGE, {"q": "hagel"}).content.decode()

    assert "Om <mark>hagel</mark>" in page
    assert "<lugnt>" not in page


def test_each_kind_is_told_with_its_number_and_may_be_chosen(client):
    public(make_page(title="Om hagel"), make_term("hagel"), make_term("hagelskur"))

    page = client.get(PAGE, {"q": "hagel", "kind": "term"})

    assert set(found("hagel", kind="term")) == {"hagel", "hagelskur"}
    assert [(one.names, one.number, one.is_chosen) for one in page.context["found"].kinds] == [
        ("Allt", "3", False),
        ("Ord", "2", True),
        ("Sidor", "1", False),
    ]


def test_a_kind_without_hits_is_as_none_chosen():
    public(make_page(title="Om hagel"))

    assert found("hagel", kind="tool") == ["Om hagel"]


def test_ten_are_shown_at_a_time(client):
    public(*(make_page(title=f"Hagel {n}") for n in range(ON_A_PAGE + 1)))

    first, second = (client.get(PAGE, {"q": "hagel", "page": number}) for number in (1, 2))

    assert [len(page.context["found"].hits) for page in (first, second)] == [ON_A_PAGE, 1]
    assert 'href="?q=hagel&amp;page=2"' in first.content.decode()


@pytest.fixture
def topics():
    """The site may let the search find what another app owns: here the topics, as if each had a page."""

    def texts():
        for topic in Topic.objects.order_by("pk"):
            yield SearchText(topic.pk, "sv", topic.name, f"/tema/{topic.slug}/", NOW, lead="Ett tema att gå ihop om.")

    def still_public(keys):
        return set(Topic.objects.filter(pk__in=keys).values_list("pk", flat=True))

    register(Source("topic", "Tema", "Teman", texts, still_public))
    yield
    unregister("topic")


def test_another_app_can_let_its_texts_be_found(client, topics):
    Topic.objects.create(slug="hagel", name="Hagel och snö")
    reindex()

    page = client.get(PAGE, {"q": "snö", "kind": "topic"}).content.decode()

    assert 'href="/tema/hagel/"' in page
    assert "Tema" in page


def test_what_another_app_has_taken_away_is_not_shown_before_the_search_has_heard_of_it(topics):
    topic = Topic.objects.create(slug="hagel", name="Hagel och snö")
    reindex()

    topic.delete()

    assert found("snö") == []


def test_a_kind_that_is_not_registered_any_more_is_not_found():
    SearchEntry.objects.create(kind="topic", about_id=1, language="sv", title="Hagel", path="/", published_at=NOW)

    assert found("hagel") == []


NASTY = [
    "\0", "a\0b", "x" * 10_000, "ord " * 2_500, "'", "''", '"a b"', "a & b | !c", "a:* <-> b", "(((", "\\", "%", "_",
    "<->", "'); DROP TABLE x; --", "<script>alert(1)</script>", "&amp;", "🙂", "\u202e\u0645\u0631\u062d", "²", "ﬁ",
    "İ", "-", "--", "a-", "-a",
    "e-post", "a-b-c-d", "att", "och i", "å",
]  # fmt: skip


@pytest.mark.parametrize("written", NASTY)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_whatever_is_written_is_answered(client, written, language):
    (there, _hidden) = public(make_page(title="Hagel a b e-post"), make_page(title=f"Dolt {plain_text(written)[:90]}"))
    Page.objects.exclude(pk=there.pk).update(state=State.DRAFT)

    page = client.get(PAGE, {"q": written, "lang": language, "kind": written[:30], "page": written[:30]})

    assert page.status_code == 200
    read = ReadPage(page.content.decode())
    assert read.asked == " ".join(plain_text(written).split())[:100]
    assert set(read.hits) <= {there.path}
    assert "script" not in read.tags


class ReadPage(HTMLParser):
    """What a browser finds on the page: the words in the field, where the hits lead, and every kind of element."""

    def __init__(self, page):
        super().__init__()
        self.asked, self.hits, self.tags, self.is_in_hit = None, [], set(), False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        has = dict(attrs)
        if has.get("id") == "id_q":
            self.asked = has["value"]
        self.is_in_hit = self.is_in_hit or has.get("class") == "entry"
        if tag == "a" and self.is_in_hit:
            self.hits.append(has["href"])

    def handle_endtag(self, tag):
        self.is_in_hit = self.is_in_hit and tag != "li"


WEATHER = ("hagel", "regn", "storm", "<b>dimma</b>")


@pytest.fixture
def weather():
    """Texts about the weather, some of them in English; and one that is not public, though the search has an entry."""
    english = {"title_en": "Hail and rain", "body_en": "A <b>storm</b>."}
    pages = [make_page(title=f"{one} på mor", body=" ".join(WEATHER)) for one in WEATHER]
    hidden = make_page(title="Hemlig storm", body=" ".join(WEATHER))
    public(make_term("hagel", synonyms=["regn"]), make_page(title="Hagel och regn", **english), *pages, hidden)
    Page.objects.filter(pk=hidden.pk).update(state=State.DRAFT)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from([*WEATHER, "vet", "hag"]), max_size=4).map(" ".join)),
    st.sampled_from(["sv", "en"]),
)
def test_any_text_can_be_asked_for(weather, written, language):
    answered = answer(written, language=language)

    titles = {(entry.path, entry.title) for entry in SearchEntry.objects.exclude(title__startswith="Hemlig")}
    assert {(hit.path, unmarked(hit.title)) for hit in answered.hits} <= titles
    assert len({hit.path for hit in answered.hits}) == len(answered.hits) <= min(ON_A_PAGE, answered.number)
    assert {hit.language for hit in answered.hits} <= {"sv", language}
    assert answer(written, language=language).hits == answered.hits


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([*WEATHER, "hag", "sto"]))
def test_texts_that_are_called_what_was_asked_for_come_before_all_others(weather, written):
    word = re.findall(r"\w{3,}", written)[0]

    in_title = [word in unmarked(hit.title).lower() for hit in answer(written, language="sv").hits]

    assert any(in_title)
    assert in_title == sorted(in_title, reverse=True)


def unmarked(title):
    return unescape(re.sub("</?mark>", "", title))


def test_without_words_it_offers_some_to_try(client):
    public(make_term("mobilisering", topic=TermTopic.CORE))

    page = client.get(PAGE).content.decode()

    assert 'href="?q=mobilisering"' in page
    assert "träff" not in page


def test_when_nothing_is_found_it_says_so_and_offers_words_to_try(client):
    public(make_term("mobilisering", topic=TermTopic.CORE))

    page = client.get(PAGE, {"q": "xyzzy"}).content.decode()

    assert "Vi hittar inget om ”xyzzy”" in page
    assert 'href="?q=mobilisering"' in page


def test_nothing_can_be_sent_to_it(client):
    assert client.post(PAGE, {"q": "hagel"}).status_code == 405


def test_a_browser_is_told_how_to_search_here(client):
    answered = client.get("/opensearch.xml")

    (url,) = ElementTree.fromstring(answered.content).findall("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template").endswith("/sok/?q={searchTerms}")
    assert answered["Content-Type"] == "application/opensearchdescription+xml"
