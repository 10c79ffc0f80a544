"""A text is in English when all of it is, its steps too. Everything that tells of it says the same."""

import re
from typing import Any
from xml.etree import ElementTree

import feedparser  # type: ignore[import-untyped]
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from knowledge import caching
from knowledge.enums import State
from knowledge.handbook.book import gather
from knowledge.models import Example, HandbookEdition, PublicText, Tool
from knowledge.texts import KINDS, is_whole_in, path_of, title_of
from people.models import User
from tests.factories import TODAY
from tests.knowledge.desk import address, form_on, listed, whole_tool
from tests.knowledge.texts import make_example, make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

LISTS: dict[type[PublicText], str] = {Example: "/exempel/", Tool: "/verktyg/"}
ENGLISH: dict[type[PublicText], dict[str, Any]] = {
    Example: {
        "title_en": "The heat", "lead_en": "It was cold.", "wrong_en": "Cold.", "outcome_en": "Warm.",
        "learned_en": ["Measure."],
    },
    Tool: {"title_en": "Begin", "lead_en": "Like this."},
}  # fmt: skip
SWEDISH_STEP = {"title": "Ett", "text": "Mät."}
STEP = SWEDISH_STEP | {"title_en": "One", "text_en": "Measure."}


def make(model: type[PublicText], *, half: bool, **more: Any) -> Any:
    """One in English; or half of it, with a last step in Swedish alone."""
    maker = make_example if model is Example else make_tool
    return maker("Värmen", steps=[STEP, SWEDISH_STEP if half else STEP], **ENGLISH[model], **more)


def cards(client: Client, path: str, of: str) -> list[tuple[str, str]]:
    """The language and the title of each card that leads to a page under an address."""
    page = client.get(path).content.decode()
    return re.findall(rf'<h3(?: lang="(\w+)")?><a href="{of}[^"]+">([^<]+)', page)


@pytest.mark.parametrize("model", LISTS)
def test_a_text_with_a_swedish_step_is_in_no_english_feed(model: type[PublicText], client: Client) -> None:
    make(model, half=True)
    whole = make(model, half=False)

    feed = feedparser.parse(client.get(f"{LISTS[model]}flode/?lang=en").content)

    assert [one.link.partition("8000")[2] for one in feed.entries] == [f"{path_of(whole)}?lang=en"]


@pytest.mark.parametrize("model", LISTS)
def test_a_text_with_a_swedish_step_has_no_english_address(model: type[PublicText], client: Client) -> None:
    half, whole = make(model, half=True), make(model, half=False)

    found = ElementTree.fromstring(client.get("/sitemap.xml").content)

    named = [str(one.text) for one in found.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"{path_of(half)}?lang=en" not in "".join(named)
    assert f"{path_of(whole)}?lang=en" in "".join(named)
    assert "hreflang" not in client.get(f"{path_of(half)}?lang=en").content.decode().partition("</head>")[0]


@pytest.mark.parametrize("model", LISTS)
def test_a_card_is_in_the_language_of_the_page_it_leads_to(model: type[PublicText], client: Client) -> None:
    make(model, half=True)
    assert cards(client, f"{LISTS[model]}?lang=en", LISTS[model]) == [("sv", "Värmen")]

    make(model, half=False, slug="hel", order=200) if model is Tool else make(model, half=False, slug="hel")
    caching.forget()

    expected = [("sv", "Värmen"), ("", ENGLISH[model]["title_en"])]
    assert sorted(cards(client, f"{LISTS[model]}?lang=en", LISTS[model]), reverse=True) == expected
    assert {title for _language, title in cards(client, f"{LISTS[model]}?lang=sv", LISTS[model])} == {"Värmen"}


def test_what_is_named_beside_a_text_is_in_the_language_of_its_own_page(client: Client) -> None:
    tool = make(Tool, half=True)
    example = make(Example, half=True, tools=[tool])
    make_example(tools=[tool], duty_bearer_kind="")

    assert cards(client, "/?lang=en", "/exempel/")[-1] == ("sv", "Värmen")
    assert cards(client, f"/verktyg/{tool.slug}/?lang=en", "/exempel/")[-1] == ("sv", "Värmen")
    beside = client.get(f"/exempel/{example.slug}/?lang=en").content.decode().partition("<main")[2]
    assert "Begin" not in beside


@pytest.mark.parametrize(("model", "number"), [(Example, 7), (Tool, 3)])
def test_an_english_list_costs_the_same_for_one_and_for_three(
    model: type[PublicText], number: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in range(3):
        make(model, half=bool(row % 2), **({"topics": []} if model is Example else {}))
        with django_assert_num_queries(number):
            client.get(f"{LISTS[model]}?lang=en&x={row}")


@pytest.mark.parametrize("model", LISTS)
def test_the_sitemap_costs_the_same_for_one_and_for_three(
    model: type[PublicText], client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(3):
        make(model, half=True)
        caching.forget()
        with django_assert_num_queries(8):  # changes so far, four kinds and the steps of one, short texts, courses
            client.get("/sitemap.xml")


@pytest.mark.parametrize("model", LISTS)
def test_an_english_feed_costs_the_same_for_one_and_for_three(
    model: type[PublicText], client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(3):
        make(model, half=False)
        caching.forget()
        with django_assert_num_queries(4):  # as the Swedish one, and the steps
            client.get(f"{LISTS[model]}flode/?lang=en")


@pytest.mark.parametrize("model", LISTS)
def test_editors_are_told_that_the_english_lacks_a_step(model: type[PublicText], client: Client, editor: User) -> None:
    client.force_login(editor)
    half = make(model, half=True)
    asked = listed(model, "?show=published")

    said = client.get(address(half)).content.decode()

    assert "Allt är inte översatt" in said
    assert "Engelska saknas" in client.get(asked).content.decode()
    assert "Not everything is translated" in client.get(f"{address(half, 'preview')}?lang=en").content.decode()
    half.delete()
    whole = make(model, half=False)
    assert "Allt är inte översatt" not in client.get(address(whole)).content.decode()
    assert "Engelska saknas" not in client.get(asked).content.decode()


def test_a_preview_counts_the_steps_as_they_are_written_now(client: Client, editor: User) -> None:
    client.force_login(editor)
    tool = whole_tool("Värmen", steps=[STEP], **ENGLISH[Tool], when_en="When", time_en="An hour", people_en="3")
    answers = form_on(client, address(tool)) | {"_preview_en": "1"}
    lacks = "Not everything is translated"

    assert lacks not in client.post(address(tool), answers).content.decode()
    assert lacks in client.post(address(tool), answers | {"steps-0-text_en": ""}).content.decode()


def test_an_english_handbook_names_a_tool_as_the_book_shows_it() -> None:
    tool = make(Tool, half=True)
    example = make(Example, half=False, tools=[tool])
    edition = HandbookEdition(number=1, title="H", language="en", chosen={"tools": [tool.pk], "examples": [example.pk]})

    content = gather(edition, day=TODAY).content

    assert [one["title"] for one in content["tools"]] == ["Värmen"]
    assert content["examples"][0]["sections"][-1]["points"][0][0]["parts"][0]["text"] == "Värmen"


def test_every_kind_is_known_by_its_title_its_address_and_its_steps(client: Client) -> None:
    texts = [make_example("Ett"), make_tool("Två"), make_term("tre"), make_page(title="Fyra")]

    assert [type(text) for text in texts] == [kind.model for kind in KINDS]
    assert [title_of(text, text.said("sv")) for text in texts] == ["Ett", "Två", "tre", "Fyra"]
    assert [kind.has_steps for kind in KINDS] == [True, True, False, False]
    assert {client.get(path_of(text)).status_code for text in texts} == {200}
    assert not any(is_whole_in(text, "en") for text in texts)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key.value)
def test_the_published_of_a_kind_are_the_published_alone(kind: Any) -> None:
    makers = {"example": make_example, "tool": make_tool, "term": make_term, "page": make_page}
    public, *_hidden = [
        makers[kind.key.value](state=state) for state in (State.PUBLISHED, State.DRAFT, State.WITHDRAWN)
    ]

    assert list(kind.published()) == [public]
