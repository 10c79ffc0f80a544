"""Which examples fit what a reader has picked, and how many fit each pick that could be added.

Picks within a facet widen (housing or school), picks in different facets narrow (school and in a city). The number
beside an option says how many examples one finds there with everything picked in the other facets. All numbers come
from two queries, however many examples there are: one for the facets that are columns, put together to few groups by
the database, and one for the topics.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups.enums import DutyBearerKind, SupportKind
from groups.models import Topic
from knowledge.enums import Cost, EntryKind, Setting
from knowledge.models import Example, SearchEntry
from knowledge.searching.questions import Way, asked
from knowledge.texts import LANGUAGES

Picks = Mapping[str, Sequence[str]]
"""Facet → the values picked in it."""

LABELS: dict[str, Promise] = {
    "topic": _("Tema"),
    "duty_bearer": _("Vem som har ansvar"),
    "support": _("Stöd de fick"),
    "setting": _("Sorts plats"),
    "cost": _("Vad det kostade"),
}
"""The facets, in the order shown."""

CHOICES: dict[str, Iterable[tuple[str, Any]]] = {
    "duty_bearer": DutyBearerKind.choices,
    "support": SupportKind.choices,
    "setting": Setting.choices,
    "cost": Cost.choices,
}
COLUMNS = {"duty_bearer": "duty_bearer_kind", "support": "supports", "setting": "setting", "cost": "cost"}

NARROWED: dict[str, Callable[[Sequence[str]], Q]] = {
    "topic": lambda values: Q(pk__in=_about(values)),
    "duty_bearer": lambda values: Q(duty_bearer_kind__in=values),
    "support": lambda values: Q(supports__overlap=values),
    "setting": lambda values: Q(setting__in=values),
    "cost": lambda values: Q(cost__in=values),
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_picked: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: Promise
    options: list[Option]

    @property
    def picked(self) -> list[Option]:
        return [option for option in self.options if option.is_picked]


@dataclass(frozen=True)
class Found:
    """The examples that fit, newest first, how many they are, and the facets with their numbers."""

    rows: QuerySet[Example]
    count: int
    facets: list[Facet]


def find_examples(picks: Picks, words: str = "") -> Found:
    """Three queries, two more when there are words, and one when `rows` is read."""
    examples = _with_words(Example.objects.published(), words)
    groups = _groups(_narrowed(examples, {"topic": picks.get("topic", ())}))
    facets = [_topics(examples, picks), *(_facet(name, groups, picks) for name in COLUMNS)]
    count = sum(number for values, number in groups if _fits(values, picks))
    return Found(_narrowed(examples, picks), count, facets)


def _narrowed(examples: QuerySet[Example], picks: Picks) -> QuerySet[Example]:
    for name, values in picks.items():
        if values:
            examples = examples.filter(NARROWED[name](list(values)))
    return examples


def _about(topics: Sequence[str]) -> QuerySet[Any]:
    return Example.topics.through.objects.filter(topic__slug__in=topics).values("example_id")


def _with_words(examples: QuerySet[Example], words: str) -> QuerySet[Example]:
    """Those that answer the words, in either language, as the search does: every word, or what it is called."""
    question = asked(words)
    if not question.parts:
        return examples
    said = Q()
    for language in LANGUAGES:
        for matching in question.matches(language, Way.ALL):
            said |= Q(language=language) & matching
    return examples.filter(pk__in=SearchEntry.objects.filter(said, kind=EntryKind.EXAMPLE).values("about_id"))


Group = tuple[dict[str, tuple[str, ...]], int]
"""What a number of examples have in common: facet → their values, and how many they are."""


def _groups(examples: QuerySet[Example]) -> list[Group]:
    rows = examples.order_by().values_list(*COLUMNS.values()).annotate(number=Count("pk"))
    return [(dict(zip(COLUMNS, map(_as_values, values), strict=True)), number) for *values, number in rows]


def _as_values(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _fits(values: Mapping[str, tuple[str, ...]], picks: Picks, *, but: str = "") -> bool:
    return all(not picks.get(name) or name == but or not set(values[name]).isdisjoint(picks[name]) for name in COLUMNS)


def _facet(name: str, groups: list[Group], picks: Picks) -> Facet:
    counts: dict[str, int] = {}
    for values, number in groups:
        if _fits(values, picks, but=name):
            for value in values[name]:
                counts[value] = counts.get(value, 0) + number
    return Facet(name, LABELS[name], _options(CHOICES[name], counts, picks.get(name, ())))


def _topics(examples: QuerySet[Example], picks: Picks) -> Facet:
    others = {name: values for name, values in picks.items() if name != "topic"}
    through = Example.topics.through.objects.filter(example__in=_narrowed(examples, others).order_by())
    counts = dict(through.values_list("topic__slug").annotate(number=Count("pk")))
    choices = Topic.objects.values_list("slug", "name")
    return Facet("topic", LABELS["topic"], _options(choices, counts, picks.get("topic", ())))


def _options(choices: Iterable[tuple[str, Any]], counts: Mapping[str, int], picked: Sequence[str]) -> list[Option]:
    """Those where there is something to find, and those picked."""
    return [
        Option(value, str(label), counts.get(value, 0), value in picked)
        for value, label in choices
        if counts.get(value) or value in picked
    ]
