from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from groups.enums import SupportKind
from knowledge.caching import public_page
from knowledge.facets import Found, find_examples
from knowledge.forms.picking import ExamplePicks
from knowledge.models import Example, Tool
from knowledge.views.loading import public_text, text_page
from knowledge.views.reading import Reading, Shown, reading, shown

ON_A_PAGE = 12
SIMILAR = 3
ALIKE_LOOKED_AT = 60
"""So many of the newest with a theme or a kind of duty-bearer in common are compared, however many there are."""

SUPPORT_ICONS = {
    SupportKind.STARTUP: "plant-2",
    SupportKind.KNOWLEDGE: "school",
    SupportKind.RESOURCES: "tools",
    SupportKind.GUIDANCE: "compass",
}


TOPIC_LANGUAGE = {"topic": "sv"}
"""Themes have Swedish names alone."""


class Counted(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, found: Found) -> None:
        super().__init__(found.rows.prefetch_related("topics"), ON_A_PAGE)
        self.count = found.count


@public_page
def example_list(request: HttpRequest) -> HttpResponse:
    form = ExamplePicks(request.GET)
    picks, words = form.picks(), form.words()
    found = find_examples(picks, words)
    page = Counted(found).get_page(request.GET.get("page"))
    query = _query(picks, words)
    context = {
        "found": found,
        "picked": _picked(found, picks, words),
        "words": words,
        "page": page,
        "rows": shown(page.object_list),
        "query": f"{query}&" if query else "",
        "is_narrowed": bool(picks or words),
    }
    return render(request, "knowledge/example_list.html", context)


def _query(picks: dict[str, list[str]], words: str) -> str:
    """The picks as they stand in an address, in one order, so that the same choice has one address."""
    return urlencode({**({"q": words} if words else {}), **picks}, doseq=True)


def _picked(found: Found, picks: dict[str, list[str]], words: str) -> list[dict[str, str]]:
    """Each pick by its name, with the address where it is taken away."""
    chosen = [(facet.name, option) for facet in found.facets for option in facet.picked]
    return [
        {
            "label": option.label,
            "language": TOPIC_LANGUAGE.get(name, ""),
            "without": _query(_but(picks, name, option.value), words),
        }
        for name, option in chosen
    ] + ([{"label": f"”{words}”", "language": "", "without": _query(picks, "")}] if words else [])


def _but(picks: dict[str, list[str]], name: str, value: str) -> dict[str, list[str]]:
    return picks | {name: [one for one in picks[name] if one != value]}


@text_page
def example_page(request: HttpRequest, slug: str) -> HttpResponse:
    example = public_text(Example.objects.prefetch_related("steps"), slug)
    return render(request, "knowledge/example_page.html", example_context(reading(example)))


def example_context(read: Reading) -> dict[str, Any]:
    """What the page shows of an example; an editor's preview shows the same."""
    example: Example = read.text
    topics = list(example.topics.all())
    return {
        "read": read,
        "example": example,
        "said": read.said,
        "steps": read.steps,
        "marker": read.marker,
        "topics": topics,
        "supports": [(kind, SUPPORT_ICONS[kind]) for kind in map(SupportKind, example.supports)],
        "tools": shown(Tool.objects.published().filter(examples=example)),
        "similar": shown(similar_to(example)),
        "is_approved": bool(example.group_id) and not example.is_invented,
    }


def similar_to(example: Example) -> list[Example]:
    """Others about the same: as many themes in common as can be, then the same kind of duty-bearer, then the newest."""
    themes = {topic.pk for topic in example.topics.all()}
    about = Example.topics.through.objects.filter(topic__in=themes).values("example_id")
    alike = Q(pk__in=about)
    if example.duty_bearer_kind:
        alike |= Q(duty_bearer_kind=example.duty_bearer_kind)
    others = Example.objects.published().filter(alike).exclude(pk=example.pk).prefetch_related("topics")

    def closeness(other: Example) -> tuple[int, bool]:
        shared = sum(topic.pk in themes for topic in other.topics.all())
        return (shared, other.duty_bearer_kind == example.duty_bearer_kind)

    return sorted(others[:ALIKE_LOOKED_AT], key=closeness, reverse=True)[:SIMILAR]


def newest_examples(number: int) -> list[Shown]:
    """For the start page."""
    return shown(Example.objects.published().prefetch_related("topics")[:number])
