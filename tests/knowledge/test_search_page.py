"""The page of the search: what it shows, what it offers, and whatever someone writes there."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.models import Topic
from knowledge.actions.reindexing import reindex
from knowledge.enums import TermTopic
from knowledge.models import SearchEntry
from knowledge.searching.answers import ON_A_PAGE, answer
from knowledge.sources import SearchText, Source, register, unregister
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
    public(make_page(title="Hagel a b e-post"))

    page = client.get(PAGE, {"q": written, "lang": language, "kind": written[:30], "page": written[:30]})

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_can_be_asked_for(written):
    answer(written, language="en")


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
