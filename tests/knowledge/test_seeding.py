"""The texts that come with the portal: brought in once, written anew by a release, never over what an editor wrote."""

import pytest

from knowledge.actions.editing import put_back
from knowledge.actions.publishing import withdraw
from knowledge.actions.seeding import seed_texts
from knowledge.enums import EntryKind, State
from knowledge.models import Example, Page, Published, SearchEntry, ShortText, Term, Tool
from knowledge.seed_files import read
from knowledge.texts import KINDS
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def seed(*, with_examples=True):
    return seed_texts(now=NOW, with_examples=with_examples)


def test_all_texts_of_the_files_are_public_afterwards():
    seed()

    assert Term.objects.published().count() >= 60
    assert Example.objects.published().count() >= 12
    assert Tool.objects.published().count() >= 10
    assert {"/om/", "/sa-gar-det-till/", "/trygg/", "/personuppgifter/"} <= {one.path for one in Page.objects.all()}


def test_a_second_time_changes_nothing():
    first = seed()
    changes = Published.objects.get().changes

    second = seed()

    assert (second.written, second.unchanged, second.kept) == (0, first.written - ShortText.objects.count(), [])
    assert Published.objects.get().changes == changes


def test_a_real_programme_gets_no_invented_examples():
    seed(with_examples=False)

    assert not Example.objects.exists()
    assert Tool.objects.exists()


def test_every_invented_example_says_that_it_is_invented():
    seed()

    assert not Example.objects.exclude(is_invented=True).exists()


def test_what_an_editor_has_written_stays(monkeypatch):
    seed()
    Term.objects.filter(slug="koalition").update(meaning="Flera grupper som går ihop.")

    assert seed().kept == ["koalition"]
    assert Term.objects.get(slug="koalition").meaning == "Flera grupper som går ihop."


def test_a_step_that_an_editor_has_changed_makes_the_whole_text_theirs():
    seed()
    tool = Tool.objects.get(slug="forsta-motet")
    tool.steps.filter(number=1).update(text="Börja med fika.")

    assert seed().kept == [str(tool)]


def test_what_an_editor_has_taken_away_does_not_come_back():
    seed()
    Term.objects.filter(slug="koalition").update(state=State.WITHDRAWN, withdrawn_at=NOW)

    seed()

    assert Term.objects.get(slug="koalition").state == State.WITHDRAWN


def test_a_new_release_writes_what_nobody_has_touched(monkeypatch):
    seed()
    Term.objects.filter(slug="koalition").update(seed_hash=as_of_an_earlier_file(Term.objects.get(slug="koalition")))

    assert seed().written == 1


def test_the_search_knows_nothing_of_a_text_that_is_on_the_desk_when_a_release_writes_it():
    seed()
    term = put_back(withdraw(Term.objects.get(slug="koalition"), now=NOW), now=NOW)
    Term.objects.filter(pk=term.pk).update(seed_hash=as_of_an_earlier_file(term))

    assert seed().written == 1
    assert not SearchEntry.objects.filter(kind=EntryKind.TERM, about_id=term.pk).exists()


def as_of_an_earlier_file(term):
    return "0" * 32 + term.seed_hash[32:]


def test_the_search_knows_every_public_text_in_both_languages():
    seed()

    swedish = SearchEntry.objects.filter(language="sv")
    texts = sum(kind.published().count() for kind in KINDS)
    assert swedish.count() == texts
    assert SearchEntry.objects.filter(language="en").count() == texts


def test_no_short_text_is_public_before_someone_has_checked_it():
    seed()

    assert {one.language for one in ShortText.objects.all()} == {"ar", "so", "prs", "ti", "uk"}
    assert not ShortText.objects.published().exists()


def changed_in_the_files(text):
    """As if the file of the text says something else in this release."""
    text.refresh_from_db()
    type(text).objects.filter(pk=text.pk).update(seed_hash=as_of_an_earlier_file(text))


def test_what_an_editor_has_tied_an_example_to_stays():
    seed()
    example = Example.objects.first()
    example.topics.clear()
    example.tools.clear()
    changed_in_the_files(example)

    assert seed().kept == [str(example)]
    assert (example.topics.count(), example.tools.count()) == (0, 0)


def test_how_long_an_editor_lets_a_step_take_stays():
    seed()
    tool = Tool.objects.get(slug="forsta-motet")
    tool.steps.filter(number=1).update(minutes=99)
    changed_in_the_files(tool)

    assert seed().kept == [str(tool)]
    assert tool.steps.get(number=1).minutes == 99


@pytest.mark.parametrize(("kind", "model"), [("terms", Term), ("tools", Tool)])
def test_every_word_that_a_file_says_is_related_is_related(kind, model):
    seed()

    related = {text.slug: {other.slug for other in text.related.all()} for text in model.objects.all()}
    assert [item["slug"] for item in read(kind) if not {*item["related"]} <= related[item["slug"]]] == []
