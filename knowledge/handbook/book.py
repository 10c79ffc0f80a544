"""The content of a handbook: the chosen texts in one language, as they are now, laid out for the printing.

Every text is given the same shape, so that the typesetting knows nothing of tools and examples: a title, facts, and
sections of some kinds (`text`, `steps`, `points`, `quote`, `sheet`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from groups.enums import SupportKind
from knowledge.handbook.tree import Node, line_of, tree_of
from knowledge.marking import alphabetical, forms_of
from knowledge.models import Example, HandbookEdition, PublicText, Said, Term, Tool
from knowledge.open_data import LICENCE
from knowledge.texts import gathered, kind_of, path_of, said_in

Tell = Callable[[int, int], None]
"""How many texts are gathered, and of how many."""

Text = TypeVar("Text", bound=PublicText)

WORD = re.compile(r"[\w-]+")
TOLD_EVERY = 10


@dataclass(frozen=True)
class Book:
    """What is printed (`content`, as JSON), and the keys of the texts that are in it, as in `chosen`."""

    content: dict[str, Any]
    printed: dict[str, list[int]]

    @property
    def is_empty(self) -> bool:
        return not any(self.printed.values())


def gather(edition: HandbookEdition, *, day: date, tell: Tell = lambda done, total: None) -> Book:
    """The texts of an edition that are public now. The edition's language must be the active one.

    The glossary holds the chosen words and all that the chosen texts use. Eight queries, however many texts.
    """
    tools = _chosen(Tool.objects.published().prefetch_related("steps"), edition.chosen.get("tools", []))
    examples = _chosen(
        Example.objects.published().prefetch_related("steps", "tools__steps"), edition.chosen.get("examples", [])
    )
    glossary = list(Term.objects.published().prefetch_related("related"))
    terms = _terms(glossary, edition, [*tools, *examples])
    gatherer = _Gatherer(edition.language, [*tools, *examples, *terms], tell)
    content = {
        "language": edition.language,
        "title": edition.title,
        "edition": _("Upplaga %(number)s") % {"number": edition.number},
        "day": format_date(day, "j F Y"),
        "date": [day.year, day.month, day.day],
        "address": settings.PORTAL_URL,
        "words": _words(),
        "tools": [gatherer.tool(tool) for tool in tools],
        "examples": [gatherer.example(example) for example in examples],
        "terms": [gatherer.term(term) for term in terms],
    }
    printed = {"tools": tools, "examples": examples, "terms": terms}
    return Book(content, {kind: [row.pk for row in rows] for kind, rows in printed.items()})


def _chosen(rows: Iterable[Text], keys: Sequence[int]) -> list[Text]:
    """Those of the rows whose keys were chosen, in the order they were chosen in."""
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in dict.fromkeys(keys) if key in by_key]


def _terms(glossary: Iterable[Term], edition: HandbookEdition, texts: Iterable[PublicText]) -> list[Term]:
    language, chosen = edition.language, set(edition.chosen.get("terms", []))
    parts = [gathered(text, language) for text in texts]
    said = " | ".join(_as_words(f"{one.title} | {one.lead} | {one.text}") for one in parts)
    found = [
        term
        for term in glossary
        if term.pk in chosen
        or (term.is_marked and any(f" {_as_words(form)} " in f" {said} " for form in forms_of(term, language)))
    ]
    return sorted(found, key=lambda term: alphabetical(term.said(language).word))


def _as_words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


class _Gatherer:
    """Lays out one text after another, and knows where in the book an address leads."""

    def __init__(self, language: str, texts: Sequence[PublicText], tell: Tell) -> None:
        self.language = language
        self.marks = {path_of(text): _mark(text) for text in texts}
        self.terms = {text.pk for text in texts if isinstance(text, Term)}
        self.done, self.total, self.tell = 0, len(texts), tell

    def resolve_link(self, href: str) -> Node:
        path = re.split("[?#]", href, maxsplit=1)[0]
        if path in self.marks:
            return {"to": self.marks[path]}
        return {"url": f"{settings.PORTAL_URL}{href}" if href.startswith("/") else href}

    def tool(self, tool: Tool) -> Node:
        said = said_in(tool, self.language)
        facts = [(_("När"), said.when), (_("Tid"), said.time), (_("Antal"), said.people), (_("Ta med"), said.bring)]
        sections: list[Node] = [
            {"kind": "steps", "title": _("Så gör ni"), "steps": self._steps(tool, said.language)},
            {"kind": "points", "title": _("Tips"), "points": self._lines(said.tips)},
            {"kind": "points", "title": _("Det här brukar gå fel"), "points": self._lines(said.pitfalls)},
            {"kind": "sheet", "title": _("Arbetsblad"), "blocks": self._tree(said.sheet)},
        ]
        return self._told(tool, said, facts, sections)

    def example(self, example: Example) -> Node:
        said = said_in(example, self.language)
        facts = [
            (_("Plats"), example.place),
            (_("Tid"), said.period),
            (_("Gruppen"), said.who),
            (_("Ansvarig"), said.duty_bearer),
            (_("Kostnad"), said.cost_text),
            (_("Stöd de fick"), ", ".join(str(SupportKind(one).label) for one in example.supports)),
        ]
        quote: Node = {"kind": "quote", "blocks": self._tree(said.quote), "by": said.quote_by}
        sections: list[Node] = [
            {"kind": "text", "title": _("Vad var fel?"), "blocks": self._tree(said.wrong)},
            {"kind": "steps", "title": _("Så gjorde gruppen"), "steps": self._steps(example, said.language)},
            *([quote] if said.quote else []),
            {"kind": "text", "title": _("Vad hände sedan?"), "blocks": self._tree(said.outcome)},
            {"kind": "text", "title": _("Det som inte fungerade"), "blocks": self._tree(said.did_not_work)},
            {"kind": "points", "title": _("Det här lärde de sig"), "points": self._lines(said.learned)},
            {"kind": "points", "title": _("Verktyg de använde"), "points": self._tools_of(example)},
        ]
        badge = _("Påhittat exempel") if example.is_invented else ""
        return self._told(example, said, facts, sections) | {"badge": badge}

    def term(self, term: Term) -> Node:
        said = term.said(self.language)
        self._count()
        related = [one for one in term.related.all() if one.pk in self.terms]
        return {
            "mark": _mark(term),
            "language": said.language,
            "letter": said.word[:1].upper(),
            "word": said.word,
            "in_english": term.word_en if said.language == "sv" else "",
            "meaning": said.meaning,
            "usage": said.usage,
            "say_instead": term.say_instead if said.language == "sv" else "",
            "related": [{"to": _mark(one), "word": one.said(self.language).word} for one in related],
        }

    def _told(
        self,
        text: PublicText,
        said: Said,
        facts: Iterable[tuple[str, str]],
        sections: Iterable[Node],
    ) -> Node:
        """A text without the facts and the sections that it lacks."""
        self._count()
        return {
            "mark": _mark(text),
            "language": said.language,
            "title": said.title,
            "badge": "",
            "lead": self._line(said.lead),
            "facts": [fact for fact in facts if fact[1]],
            "sections": [one for one in sections if one.get("blocks") or one.get("steps") or one.get("points")],
        }

    def _steps(self, text: Tool | Example, language: str) -> list[Node]:
        return [
            {
                "title": said.title,
                "note": _("%(minutes)s minuter") % {"minutes": minutes} if minutes else "",
                "blocks": self._tree(said.text),
            }
            for step in text.steps.all()
            for said, minutes in [(step.said(language), getattr(step, "minutes", None))]
        ]

    def _tools_of(self, example: Example) -> list[list[Node]]:
        tools = [(tool, said_in(tool, self.language)) for tool in example.tools.all() if tool.is_public]
        return [
            [{"kind": "link", "parts": [{"kind": "text", "text": said.title}]} | self._where(tool)]
            for tool, said in tools
        ]

    def _where(self, text: PublicText) -> Node:
        return self.resolve_link(path_of(text))

    def _lines(self, texts: Iterable[str]) -> list[list[Node]]:
        return [self._line(text) for text in texts]

    def _line(self, text: str) -> list[Node]:
        return line_of(text, self.resolve_link)

    def _tree(self, text: str) -> list[Node]:
        return tree_of(text, self.resolve_link)

    def _count(self) -> None:
        self.done += 1
        if self.done % TOLD_EVERY == 0 or self.done == self.total:
            self.tell(self.done, self.total)


def _mark(text: PublicText) -> str:
    return f"{kind_of(text).key.value}-{text.pk}"


def _words() -> dict[str, str | list[str]]:
    """What the book itself says, in the active language."""
    return {
        "contents": _("Innehåll"),
        "tools": _("Verktyg"),
        "about_tools": _("Sätt att arbeta som ni kan prova själva."),
        "examples": _("Exempel"),
        "about_examples": _("Vad grupper har gjort när något var fel, och hur det gick."),
        "glossary": _("Ordlista"),
        "about_glossary": _("Ord som kan vara svåra, med enkla förklaringar."),
        "page": _("sidan"),
        "usage": _("Så kan det låta:"),
        "in_english": _("På engelska:"),
        "say_instead": _("Säg hellre:"),
        "related": _("Hör ihop med:"),
        "about": _("Om boken"),
        "picture": _("Tre människor sida vid sida under en båge."),
        "about_book": [
            _("Texterna är som de var den dag då upplagan gjordes. På webben kan de ha ändrats sedan dess."),
            _("Exempel som vi har hittat på är märkta ”Påhittat exempel”. De andra har grupper själva godkänt."),
            _("Ett exempel kan tas bort. Då tar vi också bort upplagan, och gör en ny."),
        ],
        "licence_title": _("Du får använda texterna"),
        "licence": _(
            "Kopiera gärna, ändra och sprid vidare. Skriv då att de kommer från Mobilisering, och om du har ändrat "
            "något. Licensen heter %(name)s."
        )
        % {"name": LICENCE.name},
        "licence_url": LICENCE.url,
        "font": _("Typsnittet heter Public Sans. Det är fritt, med licensen SIL Open Font License 1.1."),
        "found_at": _("Boken och tidigare upplagor finns på"),
        "brand": "Mobilisering",
    }
