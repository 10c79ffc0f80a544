"""What a public text says, gathered: every word of it in one language, where it stands, and its address."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from knowledge.enums import EntryKind
from knowledge.markup import as_plain
from knowledge.models import Example, ExampleStep, Page, PublicText, Said, Term, Tool, ToolStep

LANGUAGES = ("sv", "en")

Steps = Sequence[ExampleStep | ToolStep]


@dataclass(frozen=True)
class Gathered:
    """A public text in one language, without markup: what is searched, measured and read aloud."""

    kind: str
    language: str
    title: str
    lead: str
    text: str
    also: str = ""


def kind_of(text: PublicText) -> EntryKind:
    return {Example: EntryKind.EXAMPLE, Tool: EntryKind.TOOL, Term: EntryKind.TERM, Page: EntryKind.PAGE}[type(text)]


def title_of(text: PublicText, said: Said) -> str:
    return str(said.word if isinstance(text, Term) else said.title)


def summary_of(text: PublicText, said: Said) -> str:
    """What it is about, in a sentence or two."""
    return str(said.meaning if isinstance(text, Term) else said.lead)


def path_of(text: PublicText) -> str:
    """Where readers find it."""
    if isinstance(text, Page):
        return text.path
    return reverse(f"knowledge:{kind_of(text).value}", args=[text.slug])


def language_now() -> str:
    """The language that the page is made in."""
    return get_language() or LANGUAGES[0]


def steps_of(text: PublicText) -> Steps:
    """One query for a text that has steps, unless they are there already."""
    return list(text.steps.all()) if isinstance(text, Example | Tool) else []


def spoken(text: PublicText, language: str, steps: Iterable[ExampleStep | ToolStep]) -> str:
    """The language in which all of a text is read, its steps too: the one asked for, or else Swedish."""
    return language if text.is_in(language) and all(step.is_in(language) for step in steps) else LANGUAGES[0]


def in_all_languages(text: PublicText) -> Iterator[Gathered]:
    """The text once for each language it can be read in. One query at most."""
    steps = steps_of(text)
    for language in LANGUAGES:
        if spoken(text, language, steps) == language:
            yield gathered(text, language, steps)


def gathered(text: PublicText, language: str, steps: Steps | None = None) -> Gathered:
    """The text as it is read in a language."""
    rows = steps_of(text) if steps is None else steps
    said = text.said(spoken(text, language, rows))
    kind = kind_of(text).value
    if isinstance(text, Term):
        also = " ".join([*text.forms, *text.synonyms, text.word, text.word_en])
        return Gathered(kind, said.language, said.word, said.meaning, said.usage, also)
    if isinstance(text, Page):
        easy = [text.easy_title, as_plain(text.easy)] if said.language == "sv" else []
        return Gathered(kind, said.language, said.title, said.lead, _lines(as_plain(said.body), *easy))
    told = [part for step in (row.said(said.language) for row in rows) for part in (step.title, as_plain(step.text))]
    if isinstance(text, Tool):
        rest = [said.when, said.bring, *told, *map(as_plain, said.tips), *map(as_plain, said.pitfalls)]
        return Gathered(kind, said.language, said.title, said.lead, _lines(*rest, as_plain(said.sheet)))
    facts = [text.place, said.period, said.who, said.duty_bearer, said.cost_text]  # type: ignore[attr-defined]
    story = [as_plain(said.wrong), *told, said.quote, as_plain(said.outcome), as_plain(said.did_not_work)]
    return Gathered(kind, said.language, said.title, said.lead, _lines(*facts, *story, *map(as_plain, said.learned)))


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
