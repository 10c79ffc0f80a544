"""What a group may come to write in its example that is too much, too long, or more than words."""

import pytest
from django.test import Client

from knowledge.actions.group_edits import words_of
from knowledge.enums import State
from knowledge.models import Example
from people.models import Office, User
from tests.factories import NOW
from tests.knowledge.contributing import asked
from tests.knowledge.own_words import inside, page, written
from tests.support.admin_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_hostile_words_are_only_words(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)
    hostile = "<script>alert(1)</script> [tryck](https://ond.example)"

    answers = written(
        client, approval, wrong=hostile, title="<b>Vi</b>\x00", text_1=f"# {hostile}", learned=f"1. {hostile}"
    )
    shown = client.post(page(approval), answers, follow=True).content.decode()

    example.refresh_from_db()
    example.state, example.published_at = State.PUBLISHED, NOW
    example.is_invented = True  # past the constraint: only to see the public page
    example.save()
    for said in (shown, Client().get(f"/exempel/{example.slug}/").content.decode()):
        assert "<script>alert" not in said
        assert 'href="https://ond' not in said
        assert "&lt;script&gt;alert(1)&lt;/script&gt; [tryck](https://ond.example)" in said
    assert example.title == "<b>Vi</b>"
    assert words_of(example).wrong == hostile


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("wrong", "a" * 100_000, "Texten är för lång."),
        ("title", "a" * 121, "Skriv högst 120 tecken."),
        ("outcome", "*" * 2000, "Texten är för lång."),
        ("text_1", "*" * 1500, "Texten är för lång."),
        ("title", "", "Skriv en rubrik"),
        ("title_1", "", "Skriv en rubrik"),
        ("text_1", "", "Skriv vad ni gjorde"),
        ("learned", "rad\n" * 21, "Skriv högst 20 rader."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(
    name: str, text: str, words: str, editor: User, office: Office
) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)

    answer = client.post(page(approval), written(client, approval, **{name: text, "who": "Vi i huset"}))

    assert words in text_of(answer)
    assert 'value="Vi i huset"' in answer.content.decode()
    assert Example.objects.get().who == example.who


def test_a_million_signs_are_refused_unread(editor: User, office: Office) -> None:
    example, approval, member = asked(editor, office)
    client = inside(member)

    answer = client.post(page(approval), written(client, approval, wrong="a" * 1_000_000))

    assert answer.status_code == 400
    assert Example.objects.get().wrong == example.wrong


def test_a_personal_number_is_asked_about_before_it_is_saved(editor: User, office: Office) -> None:
    _example, approval, member = asked(editor, office)
    client = inside(member)
    answers = written(client, approval, wrong="Jag heter 19800101-1231.")

    assert "Det ser ut som ett personnummer" in text_of(client.post(page(approval), answers))
    client.post(page(approval), answers | {"personnummer": "ta-bort"})

    assert "19800101" not in Example.objects.get().wrong
    assert Example.objects.get().state == State.REVIEW
