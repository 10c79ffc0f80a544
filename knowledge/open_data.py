"""The public texts as data: rows of plain values under English names that do not change, with the licence.

A new column may come; one that is there is never renamed and never means anything else. Nothing is told here that the
public page of the same text does not tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from knowledge.models import Example, PublicText, Term, Tool
    from knowledge.models.public_texts import Translated

Row = dict[str, Any]


@dataclass(frozen=True)
class Licence:
    """What others may do with our texts."""

    code: str
    name: str
    url: str


LICENCE = Licence(
    "CC-BY-4.0", "Creative Commons Erkännande 4.0 (CC BY 4.0)", "https://creativecommons.org/licenses/by/4.0/"
)
"""The one licence of all public texts: share and rework them, say where they came from."""

TERM = ("word", "meaning", "usage")
TOOL = ("title", "lead", "when", "time", "people", "bring", "tips", "pitfalls", "sheet")
EXAMPLE = (
    *("title", "lead", "period", "who", "duty_bearer", "cost_text", "wrong", "quote", "quote_by"),
    *("outcome", "did_not_work", "learned"),
)
STEP = ("title", "text")


def term_row(term: "Term", url: str) -> Row:
    """A word of the glossary."""
    return {
        **_common(term, url),
        **_both(term, TERM, _is_whole(term)),
        "say_instead_sv": term.say_instead,
        "topic": term.topic,
        "related": sorted(other.slug for other in term.related.all() if other.is_public),
    }


def tool_row(tool: "Tool", url: str) -> Row:
    steps = tool.steps.all()
    is_whole = _is_whole(tool, *steps)
    return {
        **_common(tool, url),
        "kind": tool.kind,
        **_both(tool, TOOL, is_whole),
        "steps": [{"minutes": step.minutes, **_both(step, STEP, is_whole)} for step in steps],
        "related": sorted(other.slug for other in tool.related.all() if other.is_public),
    }


def example_row(example: "Example", url: str) -> Row:
    """What a group did. `invented` tells that it never happened: it was made up to show how it can be."""
    steps = example.steps.all()
    is_whole = _is_whole(example, *steps)
    return {
        **_common(example, url),
        "invented": example.is_invented,
        **_both(example, EXAMPLE, is_whole),
        "place": example.place,
        "place_kind": example.setting,
        "group_size": example.size_band,
        "duty_bearer_kind": example.duty_bearer_kind,
        "cost_kind": example.cost,
        "supports": list(example.supports),
        "topics": sorted(topic.slug for topic in example.topics.all()),
        "steps": [_both(step, STEP, is_whole) for step in steps],
        "tools": sorted(tool.slug for tool in example.tools.all() if tool.is_public),
    }


def _common(text: "PublicText", url: str) -> Row:
    return {
        "id": text.slug,
        "url": url,
        "published": f"{text.published_at:%Y-%m-%d}",
        "changed": f"{text.changed_at:%Y-%m-%d}",
    }


def _is_whole(*rows: "Translated") -> bool:
    """Whether a text is read in English: all of it, its steps too. No reader meets a part of a translation."""
    return all(row.is_in("en") for row in rows)


def _both(row: Any, names: tuple[str, ...], has_english: bool) -> Row:
    """Each in Swedish and in English; the English is empty until all of the text is translated."""
    found: Row = {}
    for name in names:
        swedish = found[f"{name}_sv"] = getattr(row, name)
        found[f"{name}_en"] = getattr(row, f"{name}_en") if has_english else type(swedish)()
    return found


def flat(row: Mapping[str, Any]) -> dict[str, str]:
    """The row for a table: several of something stand in one cell, a line each."""
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return " | ".join(_cell(part) for part in value.values())
    if isinstance(value, list):
        return "\n".join(_cell(part) for part in value)
    return "" if value is None else str(value)
