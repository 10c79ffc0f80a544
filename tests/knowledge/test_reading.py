"""Examples, tools and the glossary as everyone may read them."""

import re

import pytest
from django.urls import reverse

from groups.models import Topic
from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from tests.factories import NOW, TODAY, make_group
from tests.knowledge.texts import make_example, make_term, make_tool

pytestmark = pytest.mark.django_db

MAKERS = {"example": make_example, "tool": make_tool, "term": make_term}


@pytest.fixture
def read(client):
    def page(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.content.decode()

    return page


def headings(page):
    return re.findall(r"<h2[^>]*>(.*?)</h2>", page)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_page_is_there_when_it_is_published_and_only_then(kind, client):
    text, draft, gone, never = (
        MAKERS[kind](slug=state, state=state) for state in (State.PUBLISHED, State.DRAFT, State.WITHDRAWN, State.REVIEW)
    )

    answers = [
        client.get(reverse(f"knowledge:{kind}", args=[one.slug])).status_code for one in (text, draft, gone, never)
    ]

    assert answers == [200, 404, 410, 404]
    assert client.get(reverse(f"knowledge:{kind}", args=["finns-inte"])).status_code == 404


@pytest.mark.parametrize("kind", MAKERS)
def test_a_page_and_its_list_take_no_post(kind, client):
    text = MAKERS[kind]()

    assert client.post(reverse(f"knowledge:{kind}", args=[text.slug])).status_code == 405
    assert client.post(reverse(f"knowledge:{kind}s")).status_code == 405


@pytest.mark.parametrize("kind", MAKERS)
def test_a_list_costs_the_same_for_one_and_for_three(kind, client, django_assert_num_queries):
    number = {"example": 6, "tool": 2, "term": 3}[kind]
    make_topic = Topic.objects.create(name="Bostad", slug="bostad")
    more = {"topics": [make_topic]} if kind == "example" else {"related": [MAKERS[kind]()]}
    for row in range(3):
        MAKERS[kind](**more)
        with django_assert_num_queries(number):
            client.get(reverse(f"knowledge:{kind}s") + f"?x={row}")


@pytest.mark.parametrize("kind", MAKERS)
def test_what_is_not_public_stands_in_no_list(kind, read):
    for state in set(State) - {State.PUBLISHED}:
        MAKERS[kind](f"Hemlig {state}", state=state)
    MAKERS[kind]("Öppen")

    page = read(reverse(f"knowledge:{kind}s"))

    assert "Öppen" in page
    assert "Hemlig" not in page


def test_an_example_has_its_sections_in_their_order(read):
    make_term("krav")
    example = make_example(did_not_work="En namnlista.", wrong="Ett krav.", tools=[make_tool()])
    make_example(topics=[], duty_bearer_kind="school")

    assert headings(read(f"/exempel/{example.slug}/")) == [
        "Vad var fel?",
        "Så gjorde gruppen",
        "Vad hände sedan?",
        "Det som inte fungerade",
        "Det här lärde de sig",
        "Vill ni göra något liknande?",
        "Ord i texten",
        "I korthet",
        "Verktyg som passar",
    ]


def test_an_example_says_that_it_is_invented(read):
    invented, real = (
        make_example(),
        make_example(is_invented=False, checked_at=NOW, group=make_group(), reviewed_on=TODAY),
    )

    assert "Påhittat exempel" in read(f"/exempel/{invented.slug}/")
    assert "Gruppen har läst" not in read(f"/exempel/{invented.slug}/")
    assert "Påhittat" not in read(f"/exempel/{real.slug}/")
    assert "Gruppen har läst och godkänt texten. Senast läst igenom 1 september 2026." in read(f"/exempel/{real.slug}/")


def test_similar_examples_are_the_ones_with_most_in_common(read):
    housing, school = (Topic.objects.create(name=name, slug=name.lower()) for name in ("Bostad", "Skola"))
    example = make_example(topics=[housing, school], duty_bearer_kind="landlord")
    make_example("Inget gemensamt", duty_bearer_kind="region")
    make_example("Samma ansvarig", duty_bearer_kind="landlord")
    make_example("Ett tema", topics=[housing])
    make_example("Båda teman", topics=[housing, school])
    make_example("Tema och ansvarig", topics=[school], duty_bearer_kind="landlord")

    similar = read(f"/exempel/{example.slug}/").split("Liknande exempel")[1]

    assert re.findall(r"<h3><a [^>]*>(.*?)</a>", similar) == ["Båda teman", "Tema och ansvarig", "Ett tema"]


def test_hostile_text_comes_out_as_text(read):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
    example = make_example(bad[:100], lead=bad, wrong=bad, quote=bad, learned=[bad], who=bad, steps=[(bad, bad)])
    tool = make_tool(lead=bad, tips=[bad], sheet=bad, steps=[(bad, bad)])
    term = make_term("hot", meaning=bad, usage=bad)

    for path in (
        f"/exempel/{example.slug}/",
        f"/verktyg/{tool.slug}/",
        f"/ordlista/{term.slug}/",
        "/exempel/",
        "/ordlista/",
    ):
        page = read(path)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert 'href="javascript' not in page


def test_the_list_shows_how_many_fit_and_what_is_picked(read):
    housing = Topic.objects.create(name="Bostad", slug="bostad")
    make_example(topics=[housing])
    make_example()

    assert headings(read("/exempel/"))[0] == "2 exempel"
    page = read("/exempel/?topic=bostad&cost=finns-inte&topic=%00")
    assert headings(page)[0] == "1 exempel passar"
    assert '<a class="tag tag--x" href="?"><span class="vh">Ta bort </span><span>Bostad</span>' in page
    assert 'value="bostad" checked' in page


def test_picks_that_fit_nothing_lead_back_to_all_examples(read):
    make_example()

    page = read("/exempel/?cost=more")

    assert headings(page)[0] == "0 exempel passar"
    assert page.count("Visa alla exempel") == 2


@pytest.mark.parametrize(
    "query", ["q=%00", "q=" + "å" * 3000, "page=%00", "page=-1", "page=99", "topic=%FF", "q=%F0%9F"]
)
def test_an_address_that_someone_has_changed_is_no_error(query, read):
    make_example()

    assert read(f"/exempel/?{query}")
    assert read(f"/ordlista/?{query}")


def test_a_long_list_has_pages_that_keep_the_picks(read):
    for _ in range(13):
        make_example(cost="free")

    first = read("/exempel/?cost=free")

    assert first.count('<li class="card">') == 12
    assert 'href="?cost=free&amp;page=2"' in first
    assert read("/exempel/?cost=free&page=2").count('<li class="card">') == 1


def test_the_glossary_goes_from_a_to_o(read):
    for word in ["ö-ord", "arvode", "ärende", "zon", "åtgärd", "90-konto", "krav"]:
        make_term(word)

    page = read("/ordlista/")

    assert headings(page) == ["9", "A", "K", "Z", "Å", "Ä", "Ö"]
    assert re.findall(r'<li><a href="#(.)">', page) == ["9", "A", "K", "Z", "Å", "Ä", "Ö"]


def test_a_word_is_found_by_its_forms_and_by_what_people_say_instead(read):
    make_term("krav", forms=["kraven"], synonyms=["yrkande"], word_en="demand", topic="pressure")
    make_term("makt", topic="core")

    found = [
        re.findall(r"<h3><a [^>]*>(.*?)</a>", read(f"/ordlista/?{query}"))
        for query in ("q=yrkan", "q=KRAVEN", "q=demand", "topic=core", "topic=core&q=krav")
    ]

    assert found == [["Krav"], ["Krav"], ["Krav"], ["Makt"], []]


def test_a_word_tells_how_it_can_sound_and_what_is_related(read):
    hidden = make_term("Hemligt", state=State.DRAFT)
    make_term(
        "makt",
        slug="makt",
        usage="Vi har makt.",
        say_instead="bestämma",
        word_en="power",
        related=[make_term("krav"), hidden],
    )

    page = read("/ordlista/makt/")

    assert re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", page) == [
        ("Så kan det låta", "Vi har makt."),
        ("Säg hellre", "bestämma"),
        ("På engelska", "power"),
        ("Hör ihop med", f'<a href="/ordlista/{make_slug(page)}/">krav</a>'),
    ]


def make_slug(page):
    return re.search(r'/ordlista/(ord-\d+)/">krav', page)[1]


def test_a_tool_has_a_sheet_with_lines_to_write_on(read):
    tool = make_tool(
        sheet="- Vi vill: ____\n- Vem? ____ När? ____", tips=["Ta **fika**."], steps=[("Börja", "- en\n- två")]
    )

    page = read(f"/verktyg/{tool.slug}/")

    assert '<li>Vi vill: <span class="blank blank--whole"></span></li>' in page
    assert '<li>Vem? <span class="blank"></span> När? <span class="blank"></span></li>' in page
    assert "____" not in page
    assert "<li>Ta <strong>fika</strong>.</li>" in page
    assert "<li>två</li>" in page


def test_a_text_without_english_is_shown_in_swedish_and_says_so(read):
    example = make_example("Det blev varmt")

    page = read(f"/exempel/{example.slug}/?lang=en")

    assert '<html lang="en"' in page
    assert '<div class="split reads" lang="sv">' in page
    assert "Vad var fel?" in page
    assert 'lang="sv"><a' in read("/exempel/?lang=en")


def test_a_text_with_english_is_all_english_or_all_swedish(read):
    english = {
        "title_en": "It got warm",
        "lead_en": "Cold.",
        "wrong_en": "It was cold.",
        "outcome_en": "Warm.",
        "learned_en": ["Measure."],
    }
    whole = make_example(**english, steps=[{"title": "Mät", "text": "Mät.", "title_en": "Measure", "text_en": "All."}])
    half = make_example(**english)

    assert "<h3>Measure</h3>" in read(f"/exempel/{whole.slug}/?lang=en")
    assert "It got warm" not in read(f"/exempel/{half.slug}/?lang=en").split("<h1>")[1].split("</h1>")[0]


def test_a_withdrawn_example_is_gone_from_every_page_at_once(client, read):
    example = make_example("Borta snart")
    other = make_example(duty_bearer_kind="school")
    paths = ["/", "/exempel/", f"/exempel/{other.slug}/"]
    assert "Borta snart" in read("/exempel/")

    withdraw(example, now=NOW)

    assert [path for path in paths if "Borta snart" in read(path)] == []
    assert client.get(f"/exempel/{example.slug}/").status_code == 410


def test_the_start_page_shows_the_three_newest_examples(read):
    for number in range(1, 5):
        make_example(f"Nummer {number}")

    assert re.findall(r"Nummer \d", read("/")) == ["Nummer 4", "Nummer 3", "Nummer 2"]
