"""Whoever has read an example and wants to do something like it begins with its theme."""

import pytest
from django.test import Client

from groups.models import Topic
from knowledge import caching
from support.models import SupportRequest
from tests.knowledge.texts import make_example
from tests.support.walking import answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

THEMES = "?tema=bostad&tema=skola"


@pytest.fixture(autouse=True)
def topics() -> list[Topic]:
    return [Topic.objects.create(slug=name.lower(), name=name) for name in ("Bostad", "Skola")]


def test_the_theme_of_an_example_comes_along_to_the_request(client: Client, topics: list[Topic]) -> None:
    caching.forget()
    example = make_example(topics=topics)

    page = client.get(f"/exempel/{example.slug}/").content.decode()
    start = client.get(f"/stod/{THEMES}").content.decode()
    after_first = answer(client, "vem", query=THEMES[1:])["Location"]
    asked = client.get(after_first)

    assert 'href="/stod/?tema=bostad&amp;tema=skola"' in page
    assert 'href="/stod/vem/?tema=bostad&amp;tema=skola"' in start
    assert after_first == f"/stod/vad/{THEMES}"
    assert asked.context["form"]["what"].value() == "Det handlar om: Bostad, Skola."


def test_it_is_only_a_beginning_and_what_was_written_is_what_counts(client: Client) -> None:
    answer(client, "vem", query=THEMES[1:])
    after = answer(client, "vad", {"what": "Skolgården är avstängd."}, query=THEMES[1:])["Location"]

    assert after == "/stod/hur-manga/"
    assert SupportRequest.objects.get().what == "Skolgården är avstängd."
    assert client.get(f"/stod/vad/{THEMES}").context["form"]["what"].value() == "Skolgården är avstängd."


@pytest.mark.parametrize("query", ["", "?tema=", "?tema=okand", "?tema=bostad&tema=okand", "?tema=%00", "?tema=<b>"])
def test_without_a_theme_that_we_know_the_question_is_empty(query: str, client: Client) -> None:
    assert 'href="/stod/vem/"' in client.get(f"/stod/{query}").content.decode()
    answer(client, "vem", query=query[1:])

    assert not client.get(f"/stod/vad/{query}").context["form"]["what"].value()
