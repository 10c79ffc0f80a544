"""In which order what was found is shown: the title itself, words in the title, in other words for it, in the lead, in
the text; the newest first among equals."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchRank, SearchVector
from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When

from knowledge.models import SearchEntry
from knowledge.searching.candidates import Candidate
from knowledge.searching.questions import CONFIGS, Question

RANKED = 300
"""Of each kind, the newest. To weigh more takes longer than anyone waits, and nobody leafs so far."""
WEIGHTS = [0.02, 0.1, 0.4, 1.0]
"""For what stands nowhere else, in the text, in the lead, in the title or as another word for it."""
BEFORE_WEIGHT = ("title", "also")
"""Where the words themselves come before all that stands elsewhere, however often it stands there."""


def ranked(question: Question, found: Iterable[Candidate]) -> list[int]:
    """The keys of the entries, best first. One query for each language."""
    by_kind: dict[str, list[Candidate]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.published_at, reverse=True):
        by_kind[one.kind].append(one)
    kept = [one for of_kind in by_kind.values() for one in of_kind[:RANKED]]
    rows: list[tuple[Any, ...]] = []
    for language in CONFIGS:
        keys = [one.pk for one in kept if one.language == language]
        rows += _weighed(question, language, keys) if keys else []
    rows.sort(key=lambda row: row[1:], reverse=True)
    return [row[0] for row in rows]


def _weighed(question: Question, language: str, keys: list[int]) -> QuerySet[SearchEntry, tuple[Any, ...]]:
    """Each key with what it is put in order by, the more the better."""
    stemmed, beginning = question.stemmed(language), question.beginning(language)
    written = question.bare
    stems, words = written.stemmed(language), written.beginning(language)
    return (
        SearchEntry.objects.filter(pk__in=keys)
        .alias(**{f"{column}_stems": SearchVector(column, config=CONFIGS[language]) for column in BEFORE_WEIGHT})
        .alias(**{f"{column}_words": SearchVector(column, config="simple") for column in BEFORE_WEIGHT})
        .annotate(
            is_title=_whether(Q(title__iexact=question.text)),
            in_title=_whether(Q(title_stems=stems) | Q(title_words=words)),
            in_also=_whether(Q(also_stems=stems) | Q(also_words=words)),
            weight=SearchRank(F("words"), stemmed | beginning, weights=WEIGHTS),
        )
        .values_list("pk", "is_title", "in_title", "in_also", "weight", "published_at")
    )


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())
