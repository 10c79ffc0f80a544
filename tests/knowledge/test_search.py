"""One field over everything public: what is found, in which order, and what is never shown."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.actions.publishing import withdraw
from knowledge.enums import State
from knowledge.models import SearchEntry, Tool
from knowledge.searching.answers import answer
from people.counting import LIMIT
from tests.factories import NOW
from tests.knowledge.finding import found, public
from tests.knowledge.texts import make_example, make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

PAGE = "/sok/"


@pytest.fixture
def mobilisering():
    return public(make_term("mobilisering", synonyms=["mobilisera", "gå ihop"], forms=["mobiliseringen"]))[0]


@pytest.mark.parametrize("written", ["kommunernas", "Kommunen", "KOMMUN", "kommuner"])
def test_a_word_is_found_in_all_its_inflections(written):
    public(make_tool("Skriv till kommunen"), make_tool("Mät värmen"))

    assert found(written) == ["Skriv till kommunen"]


@pytest.mark.parametrize("written", ["mobil", "mobiliseringsdag", "värm", "vär"])
def test_what_is_written_may_be_the_beginning_of_a_word(written):
    public(make_tool("Mobilisering och mobiliseringsdagar"), make_tool("Mät värmen"))

    assert len(found(written)) == 1


def test_every_word_is_to_be_found():
    public(make_tool("Värmen i huset"), make_tool("Värmen i skolan"), make_tool("Skolan och vägen"))

    assert found("värme skola") == ["Värmen i skolan"]


def test_a_synonym_finds_what_the_glossary_calls_it(mobilisering):
    public(make_example("Tre trappor", wrong="Vår mobilisering började i trappan."))

    assert found("mobilisera") == ["mobilisering", "Tre trappor"]


def test_a_synonym_of_several_words_does_too(mobilisering):
    public(make_example("Tre trappor", wrong="Vår mobilisering började i trappan."))

    assert found("gå ihop trappan") == ["Tre trappor"]


def test_a_synonym_leads_an_english_reader_to_the_english_word():
    public(make_term("mobilisering", synonyms=["mobilisera"], word_en="mobilisation", meaning_en="To act together."))

    assert found("mobilisera", language="en") == ["mobilisation"]


def test_a_term_that_is_not_public_is_no_synonym():
    make_term("mobilisering", synonyms=["mobilisera"], state=State.DRAFT)
    public(make_example("Tre trappor", wrong="Vår mobilisering började i trappan."))

    assert found("samlas") == []


def test_a_and_o_with_marks_are_letters_of_their_own():
    public(make_tool("Far och mor"), make_tool("Får och getter"))

    assert (found("far"), found("får")) == (["Far och mor"], ["Får och getter"])


@pytest.mark.parametrize(("written", "meant"), [("rattighet", "rättighet"), ("koalitoin", "koalition")])
def test_a_misspelt_word_is_answered_with_what_was_meant(client, written, meant):
    public(make_tool("En rättighet"), make_tool("En koalition"))

    page = client.get(PAGE, {"q": written}).content.decode()

    assert "Menade du" in page
    assert f"<strong>{meant}</strong>" in page


def test_a_word_that_is_gone_with_its_text_is_no_suggestion():
    (tool,) = public(make_tool("En koalition"))
    assert answer("koalitoin", language="sv").meant == "koalition"

    withdraw(tool, now=NOW)

    assert answer("koalitoin", language="sv").meant == ""


def test_the_title_weighs_more_than_other_words_for_it_and_these_more_than_lead_and_text():
    in_text = make_page(title="Ett", body="Hagel kan falla.")
    in_lead = make_page(title="Två", lead="Hagel kan falla.")
    in_other = make_term("tre", synonyms=["hagel"])
    in_title = make_page(title="Fyra om hagel")
    public(in_title, in_other, in_lead, in_text)

    assert found("hagel") == ["Fyra om hagel", "tre", "Två", "Ett"]


def test_what_is_called_just_that_comes_first():
    public(make_page(title="Hagel, hagel och hagel"), make_term("hagel"))

    assert found("hagel")[0] == "hagel"


def test_of_equals_the_newest_comes_first():
    public(*(make_page(title=f"Hagel {n}", published_at=NOW + timedelta(days=n)) for n in (2, 3, 1)))

    assert found("hagel") == ["Hagel 3", "Hagel 2", "Hagel 1"]


def test_an_english_reader_finds_english_texts_and_swedish_ones_that_are_not_in_english(client):
    public(
        make_term("hagel", word_en="hail", meaning_en="Hail in a storm.", meaning="Hagel i storm."),
        make_page(title="Storm"),
    )

    page = client.get(PAGE, {"q": "storm", "lang": "en"}).content.decode()

    assert found("storm", language="en") == ["Storm", "hail"]
    assert 'lang="sv" hreflang="sv"><mark>Storm</mark>' in page
    assert 'name="lang" value="en"' in page


def test_english_is_found_in_its_own_inflections():
    public(make_term("hagel", word_en="rights", meaning_en="What everyone has."))

    assert found("right", language="en") == ["rights"]


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_what_is_not_public_is_not_found_even_if_an_entry_was_left_behind(state):
    (tool,) = public(make_tool("Hagel"))
    Tool.objects.filter(pk=tool.pk).update(state=state, withdrawn_at=NOW)

    assert found("hagel") == []


def test_what_is_withdrawn_is_gone_at_once_from_a_page_that_was_kept(client):
    (tool,) = public(make_tool("Hagel"))
    assert tool.slug in client.get(PAGE, {"q": "hagel"}).content.decode()

    withdraw(tool, now=NOW)

    assert tool.slug not in client.get(PAGE, {"q": "hagel"}).content.decode()


def many(count, kind="page", title="Regn", **more):
    """Entries of texts that need not be there: they are found, whether or not they are shown."""
    return SearchEntry.objects.bulk_create(
        SearchEntry(
            kind=kind,
            about_id=n + 10**6,
            language="sv",
            title=f"{title} {n}",
            path="/",
            published_at=NOW - timedelta(hours=n),
            **more,
        )
        for n in range(count)
    )


def test_a_word_that_very_many_have_is_not_counted_to_the_end():
    many(LIMIT + 100)
    public(make_term("regn"))

    answered = answer("regn", language="sv")

    assert answered.total == "fler än 1\N{NO-BREAK SPACE}000"
    assert not answered.is_all
    assert answered.hits[0].title == "<mark>regn</mark>"


def test_a_rare_word_is_found_among_very_many():
    many(LIMIT + 100)
    public(make_page(title="Regn och hagel", published_at=NOW - timedelta(days=900)))

    assert found("hagel") == ["Regn och hagel"]
    assert found("regn hagel") == ["Regn och hagel"]


def test_a_word_that_is_common_but_not_of_late_is_found():
    many(300, title="Sol")
    many(2100, title="Hagel", kind="tool")
    public(make_page(title="Hagel på mor", published_at=NOW - timedelta(days=900)))

    assert found("hagel mor") == ["Hagel på mor"]
    assert answer("hagel", language="sv").total == "fler än 1\N{NO-BREAK SPACE}000"


def test_three_hits_cost_as_many_queries_as_one():
    public(make_page(title="Hagel ett"))
    for_one = queries_of(lambda: answer("hagel", language="sv"))
    public(*(make_page(title=f"Hagel {n}") for n in range(5)))

    assert queries_of(lambda: answer("hagel", language="sv")) <= for_one


def queries_of(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_a_term_that_is_written_with_signs_alone_breaks_no_search():
    public(make_term("§", synonyms=["paragraf"]), make_term("lag"))

    assert found("paragraf") == ["§"]
    assert set(found("lag paragraf")) == {"§", "lag"}
