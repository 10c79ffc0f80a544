"""The files of texts that come with the portal: whole, in two languages, and pointing only to what is there."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from groups.enums import DutyBearerKind, SizeBand, SupportKind
from groups.models import Topic
from knowledge.actions.seeding import TOPICS, seed_texts
from knowledge.enums import Cost, Setting, ShortLanguage, TermTopic, ToolKind
from knowledge.markup import as_plain
from knowledge.models import Example
from knowledge.seed_files import Item, read
from knowledge.texts import KINDS
from tests.factories import NOW

MODELS = {kind.seeds: kind.model for kind in KINDS}
TEXTS: list[tuple[str, Item]] = [(kind, item) for kind in MODELS for item in read(kind)]
INNER_LINK = re.compile(r"\]\((/[^)#?]*)")
CORE = {"rattighetsbarare", "mojliggorare", "skyldighetsbarare"}


def slugs(kind: str) -> list[str]:
    return [item["slug"] for item in read(kind)]


def words_in(said: Any) -> Iterator[str]:
    """Every text in the item, however deep."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, (list, dict)):
        for one in said.values() if isinstance(said, dict) else said:
            yield from words_in(one)


def missing_in(kind: str, item: Item) -> Iterator[str]:
    """What is said in one language alone."""
    said = [(item, name) for name in MODELS[kind].TRANSLATED]
    said += [(step, name) for step in item.get("steps", []) for name in ("title", "text")]
    for part, name in said:
        swedish, english = part.get(name, ""), part.get(f"{name}_en", "")
        if bool(swedish) != bool(english) or (isinstance(swedish, list) and len(swedish) != len(english)):
            yield f"{item['slug']}: {name}"


def stray_in(text: str) -> bool:
    """Blanks where none belong, markup that came to nothing, quotation marks of a typewriter."""
    plain = as_plain(text)
    is_loose = text != text.strip(" ") or "  " in text or re.search(r"\s[.,!?](\s|$)", text) is not None
    return is_loose or "**" in plain or "](" in plain or '"' in text


def test_every_text_is_whole_in_both_languages() -> None:
    assert [fault for kind, item in TEXTS for fault in missing_in(kind, item)] == []


def test_no_text_has_stray_signs() -> None:
    assert [text for _kind, item in TEXTS for text in words_in(item) if stray_in(text)] == []


def test_every_text_has_a_name_of_its_own() -> None:
    for kind in MODELS:
        assert len(slugs(kind)) == len(set(slugs(kind))), kind
    assert len({item["path"] for item in read("pages")}) == len(slugs("pages"))


def test_what_a_text_points_to_is_there() -> None:
    terms, tools, examples = (set(slugs(kind)) for kind in ("terms", "tools", "examples"))

    missing = [
        (item["slug"], one) for item in read("terms") for one in item["related"] if one not in terms - {item["slug"]}
    ]
    missing += [
        (item["slug"], one) for item in read("tools") for one in item["related"] if one not in tools - {item["slug"]}
    ]
    missing += [(item["slug"], one) for item in read("tools") for one in item["examples"] if one not in examples]
    missing += [(item["slug"], one) for item in read("examples") for one in item["tools"] if one not in tools]
    missing += [(item["slug"], one) for item in read("examples") for one in item["topics"] if one not in TOPICS]
    assert missing == []


def test_closed_lists_are_kept_to() -> None:
    assert {item["topic"] for item in read("terms")} == set(TermTopic.values)
    assert {item["kind"] for item in read("tools")} == set(ToolKind.values)
    for item in read("examples"):
        assert item["setting"] in Setting.values
        assert item["cost"] in Cost.values
        assert item["size_band"] in SizeBand.values
        assert item["duty_bearer_kind"] in DutyBearerKind.values
        assert set(item["supports"]) <= set(SupportKind.values)
        assert date.fromisoformat(item["happened_on"]) < NOW.date()


def test_the_glossary_is_wide_enough() -> None:
    assert set(slugs("terms")) >= CORE
    assert len(slugs("terms")) >= 60
    assert [item["slug"] for item in read("terms") if not (item["usage"] and item["word_en"])] == []


def test_a_form_of_a_word_belongs_to_one_term() -> None:
    forms = [form for item in read("terms") if item["is_marked"] for form in {item["word"], *item["forms"]}]

    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []


def test_there_are_short_texts_in_five_languages_each_with_its_meaning_in_swedish() -> None:
    texts = list(read("short"))

    assert {text["language"] for text in texts} == set(ShortLanguage.values)
    assert [text["language"] for text in texts if not (text["title"] and text["body"] and text["in_swedish"])] == []
    assert [text["language"] for text in texts if "031-390 06 10" not in text["body"]] == []


@pytest.mark.django_db
def test_every_link_in_a_text_leads_somewhere(client: Client) -> None:
    seed_texts(now=NOW, with_examples=True)
    texts = [item for kind in (*MODELS, "short") for item in read(kind)]
    links = {link for item in texts for text in words_in(item) for link in INNER_LINK.findall(text)}

    answers = {link: client.get(link, follow=True).status_code for link in sorted(links)}

    assert {link: status for link, status in answers.items() if status != 200} == {}
    assert len(links) > 10


@pytest.mark.django_db
def test_a_topic_that_staff_have_made_themselves_is_used_as_it_is() -> None:
    Topic.objects.create(name="Bostad", slug="boende")

    seed_texts(now=NOW, with_examples=True)

    assert Topic.objects.filter(name="Bostad").count() == 1
    assert Example.objects.filter(topics__slug="boende").exists()
