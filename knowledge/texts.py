"""The kinds of public text, and what one says: every word of it in one language, where it stands, and its address."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knowledge.enums import EntryKind
from knowledge.markup import as_plain
from knowledge.models import Example, ExampleStep, Page, PublicText, Said, ShortText, Term, Tool, ToolStep

LANGUAGES = ("sv", "en")

Steps = Sequence[ExampleStep | ToolStep]
Text = TypeVar("Text", bound=PublicText)


@dataclass(frozen=True, kw_only=True)
class TextKind:
    """A kind of public text, as everything knows it that treats all kinds alike.

    `names` is what the search calls several; `seeds` the folder in `seed/`; `title` and `lead` the columns that say
    what a text is called and what it is about. The key is also the name of the page that shows one.
    """

    key: EntryKind
    model: type[PublicText]
    names: str | Promise
    seeds: str
    title: str = "title"
    lead: str = "lead"

    @property
    def has_steps(self) -> bool:
        return hasattr(self.model, "steps")

    def published(self) -> QuerySet[Any]:
        """What everyone may read, the steps along. One query, and one more where there are steps."""
        rows: QuerySet[Any] = self.model._default_manager.published()
        return rows.prefetch_related("steps") if self.has_steps else rows


@dataclass(frozen=True, kw_only=True)
class ListedKind(TextKind):
    """A kind with a page that lists all of it, and a feed of the newest."""

    list_url: str
    list_title: str | Promise
    feed_title: str | Promise

    @property
    def feed_url(self) -> str:
        return f"knowledge:{self.key.value}_feed"


_LISTED = (
    ListedKind(
        key=EntryKind.EXAMPLE,
        model=Example,
        names=_("Exempel"),
        seeds="examples",
        list_url="knowledge:examples",
        list_title=_("Exempel"),
        feed_title=_("Nya exempel"),
    ),
    ListedKind(
        key=EntryKind.TOOL,
        model=Tool,
        names=_("Verktyg"),
        seeds="tools",
        list_url="knowledge:tools",
        list_title=_("Verktyg"),
        feed_title=_("Nya verktyg"),
    ),
    ListedKind(
        key=EntryKind.TERM,
        model=Term,
        names=_("Ord"),
        seeds="terms",
        title="word",
        lead="meaning",
        list_url="knowledge:terms",
        list_title=_("Ordlista"),
        feed_title=_("Nya ord i ordlistan"),
    ),
)
LISTED = {kind.key: kind for kind in _LISTED}
KINDS: tuple[TextKind, ...] = (
    *_LISTED,
    TextKind(key=EntryKind.PAGE, model=Page, names=_("Sidor"), seeds="pages"),
)
"""In the order that readers and editors meet them."""

KIND_OF = {kind.model: kind for kind in KINDS}


@dataclass(frozen=True)
class Gathered:
    """A public text in one language, without markup: what is searched, measured and read aloud."""

    kind: str
    language: str
    title: str
    lead: str
    text: str
    also: str = ""


def kind_of(text: PublicText) -> TextKind:
    return KIND_OF[type(text)]


def title_of(text: PublicText, said: Said) -> str:
    return str(said.words[kind_of(text).title])


def summary_of(text: PublicText, said: Said) -> str:
    """What it is about, in a sentence or two."""
    return str(said.words[kind_of(text).lead])


def path_of(text: PublicText | ShortText) -> str:
    """Where readers find it."""
    if isinstance(text, ShortText):
        return reverse("knowledge:short_text", args=[text.language])
    if isinstance(text, Page):
        return text.path
    return reverse(f"knowledge:{kind_of(text).key.value}", args=[text.slug])


def language_now() -> str:
    """The language that the page is made in."""
    return get_language() or LANGUAGES[0]


def steps_of(text: PublicText) -> Steps:
    """One query for a text that has steps, unless they are there already."""
    row: Any = text
    return list(row.steps.all()) if kind_of(text).has_steps else []


def with_steps(texts: Iterable[Text], language: str) -> list[Text]:
    """The same texts, with the steps of those that may be in the language. One query at most, and none for Swedish."""
    found = list(texts)
    if language != LANGUAGES[0]:
        may_be = [text for text in found if kind_of(text).has_steps and text.is_in(language)]
        prefetch_related_objects(may_be, "steps")
    return found


def is_whole_in(text: PublicText, language: str, steps: Iterable[ExampleStep | ToolStep] | None = None) -> bool:
    """Whether all of a text can be read in the language, its steps too.

    One query for a text that has steps, unless they are there already. No query for Swedish.
    """
    if language == LANGUAGES[0] or not text.is_in(language):
        return language == LANGUAGES[0]
    return all(step.is_in(language) for step in (steps_of(text) if steps is None else steps))


def spoken(text: PublicText, language: str, steps: Iterable[ExampleStep | ToolStep] | None = None) -> str:
    """The language in which all of a text is read: the one asked for, or else Swedish."""
    return language if is_whole_in(text, language, steps) else LANGUAGES[0]


def said_in(text: PublicText, language: str, steps: Iterable[ExampleStep | ToolStep] | None = None) -> Said:
    """The words of a text as it is read in a language. All that readers and programs are told of it goes by this."""
    return text.said(spoken(text, language, steps))


def in_all_languages(text: PublicText) -> Iterator[Gathered]:
    """The text once for each language it can be read in. One query at most."""
    steps = steps_of(text)
    for language in LANGUAGES:
        if is_whole_in(text, language, steps):
            yield gathered(text, language, steps)


def gathered(text: PublicText, language: str, steps: Steps | None = None) -> Gathered:
    """The text as it is read in a language."""
    rows = steps_of(text) if steps is None else steps
    said = said_in(text, language, rows)
    kind = kind_of(text).key.value
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
