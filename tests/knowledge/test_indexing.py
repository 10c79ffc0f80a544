"""What the search knows follows what is public: written when a text comes out, gone when it is taken away."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.actions.indexing import enter, enter_all, recount_words
from knowledge.actions.publishing import publish, text_saved, withdraw
from knowledge.actions.reindexing import reindex
from knowledge.enums import State
from knowledge.models import Published, SearchEntry, SearchWord
from tests.factories import NOW
from tests.knowledge.texts import make_example, make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

ENGLISH = {"word_en": "lightning", "meaning_en": "What lightning is."}


def words():
    return dict(SearchWord.objects.filter(language="sv").values_list("word", "uses"))


def entries():
    return sorted(SearchEntry.objects.values_list("kind", "title", "language"))


def test_what_is_published_is_entered():
    publish(make_page(title="Blixt", state=State.DRAFT), now=NOW)

    assert entries() == [("page", "Blixt", "sv")]


def test_a_text_is_entered_once_for_each_language_it_can_be_read_in():
    enter(make_term("blixt", **ENGLISH))

    assert entries() == [("term", "blixt", "sv"), ("term", "lightning", "en")]


def test_a_text_that_is_withdrawn_leaves_neither_entries_nor_words_behind():
    blixt = make_term("blixt", **ENGLISH)
    enter(blixt)

    withdraw(blixt, now=NOW)

    assert entries() == []
    assert not SearchWord.objects.exists()


def test_each_word_is_told_with_how_many_texts_it_stands_in():
    enter(make_tool("Blixt och blixt", lead="Ett blixtmöte.", steps=[("Steg", "Säg 3 ord om e-post.")]))
    enter(make_tool("Blixt", lead="Ett möte.", steps=[("Steg", "Tyst.")]))

    assert words() == {
        "blixt": 2, "och": 1, "ett": 2, "blixtmöte": 1, "möte": 1, "steg": 2, "säg": 1, "ord": 1, "e-post": 1,
        "post": 1, "tyst": 1,
    } | ({"om": 1} if "om" in words() else {})  # fmt: skip


def test_a_changed_text_is_found_by_its_new_words_alone():
    tool = make_tool("Blixt", lead="Hagel.", steps=[])
    enter(tool)
    tool.lead = "Snö."
    tool.save()

    text_saved(tool, now=NOW)

    assert words() == {"blixt": 1, "snö": 1}


def test_to_enter_a_second_time_counts_no_word_twice():
    tool = make_tool("Blixt", lead="Hagel.", steps=[])

    enter(tool)
    enter(tool)

    assert words() == {"blixt": 1, "hagel": 1}


def test_english_that_is_no_longer_whole_is_taken_away():
    term = make_term("blixt", **ENGLISH)
    enter(term)
    term.meaning_en = ""
    term.save()

    text_saved(term, now=NOW)

    assert entries() == [("term", "blixt", "sv")]


def test_english_without_its_steps_is_not_found_since_the_page_is_in_swedish():
    enter(make_tool("blixt", title_en="flash", lead_en="Quick."))

    assert entries() == [("tool", "blixt", "sv")]


def test_words_counted_as_texts_come_and_go_are_those_that_are_there():
    tools = [make_tool(f"Verktyg {'abc'[n]}", lead="Ett möte, två möten.") for n in range(3)]
    for one in (*tools, make_example(), make_term("blixt", **ENGLISH)):
        enter(one)
    withdraw(tools[1], now=NOW)
    counted = sorted(SearchWord.objects.values_list("language", "word", "uses"))

    recount_words()

    assert sorted(SearchWord.objects.values_list("language", "word", "uses")) == counted


def test_many_at_once_cost_as_many_queries_as_few(django_assert_max_num_queries):
    few, many = [make_term(), make_tool()], [make_term() for _ in range(9)] + [make_tool() for _ in range(9)]
    enter_all(few)

    with django_assert_max_num_queries(2 * 12 + 9):  # the steps of each tool besides
        enter_all(many)

    assert SearchEntry.objects.count() == 20


def test_reindexing_enters_all_that_is_public_and_nothing_else():
    make_example("Synligt")
    make_example("Utkast", state=State.DRAFT)
    make_page(title="Om oss")
    gone = make_tool("Borta")
    enter(gone)
    type(gone).objects.filter(pk=gone.pk).update(state=State.DRAFT)
    SearchEntry.objects.create(kind="course", about_id=1, language="sv", title="Ingen vet", path="/", published_at=NOW)

    reindex()

    assert entries() == [("example", "Synligt", "sv"), ("page", "Om oss", "sv")]
    assert {"synligt", "oss"} <= words().keys()
    assert not {"utkast", "borta", "vet"} & words().keys()


def test_reindexing_a_second_time_changes_nothing(capsys):
    make_example()
    make_term("blixt", **ENGLISH)
    call_command("reindex", verbosity=0)
    rows, changes = list(SearchEntry.objects.order_by("pk").values()), Published.objects.get().changes

    call_command("reindex", verbosity=0)

    assert capsys.readouterr().out.splitlines() == ["3 entries changed.", "0 entries changed."]
    assert list(SearchEntry.objects.order_by("pk").values()) == rows
    assert Published.objects.get().changes == changes


def test_reindexing_asks_as_much_for_three_examples_as_for_one():
    make_example()
    reindex()
    for_one = queries_of(reindex)
    make_example()
    make_example()
    reindex()

    assert queries_of(reindex) == for_one


def queries_of(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)
