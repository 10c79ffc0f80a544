"""Examples and tools as readers meet them: every word of them in one language, the steps too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import QuerySet

from knowledge.marking import Marker
from knowledge.models import Example, PublicText, Said, Tool
from knowledge.texts import language_now, said_in, steps_of, with_steps

Text = TypeVar("Text", bound=PublicText)


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    minutes: int | None = None


@dataclass(frozen=True)
class Reading:
    """A text in the language it is read in, and the marker that explains its words on the page."""

    text: Any
    said: Said
    steps: list[Step]
    marker: Marker
    is_translated: bool
    """Whether it is there in the language the reader has chosen."""

    @property
    def language(self) -> str:
        return self.said.language


def reading(text: Example | Tool) -> Reading:
    """The text in the language of the page. One query, and another when its words are marked."""
    rows = steps_of(text)
    said = said_in(text, language_now(), rows)
    told = [(row.said(said.language), getattr(row, "minutes", None)) for row in rows]
    shown_steps = [Step(step.title, step.text, minutes) for step, minutes in told]
    return Reading(text, said, shown_steps, Marker(said.language), said.language == language_now())


@dataclass(frozen=True)
class Shown:
    """A text in a list: what it is, and its words."""

    text: Any
    said: Said


def shown(texts: Iterable[Text] | QuerySet[Text]) -> list[Shown]:
    """Each in the language that its own page is in."""
    language = language_now()
    return [Shown(text, said_in(text, language)) for text in with_steps(texts, language)]
