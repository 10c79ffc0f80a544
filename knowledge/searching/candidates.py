"""Which entries answer a question, with as little reading as can be done.

The index of words tells quickly where rare words stand, and slowly where common ones do, since it tells all places
before the first can be read. To read the newest entries one after another is the other way about. So a few of the
newest are read first: when many of them answer, the next ones are read until enough do; else the index is asked.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import DateTimeField, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from knowledge.models import SearchEntry
from knowledge.searching.questions import Question, Way
from people.counting import LIMIT

TOLD_AT_MOST = 2000
"""Entries that the index of words tells. When it knows more, the newest are read besides."""
READ_FIRST = 100
COMMON = READ_FIRST // 4
"""Of the newest of a kind. When so many of them answer, what was asked for is common."""
READ_MORE = 2500
"""Of the newest of each kind, besides what the index told of too much."""
READ_AT_MOST = 5000
"""Of each kind, newest first, of what is common."""
BEGINNING = datetime.min.replace(tzinfo=UTC)
COLUMNS = ("pk", "kind", "about_id", "language", "published_at")


@dataclass(frozen=True)
class Candidate:
    """An entry that answers, without its words: these are read when it is shown."""

    pk: int
    kind: str
    about_id: int
    language: str
    published_at: datetime


@dataclass(frozen=True)
class Found:
    """What answers a question in the strictest way that finds anything; `is_all` unless that was too much to tell."""

    candidates: list[Candidate]
    way: Way
    is_all: bool


def find(question: Question, language: str, kinds: Collection[str]) -> Found:
    """All that a reader of the language may see: texts in it, and Swedish ones that are not there in it."""
    found = Found([], Way.ALL, is_all=True)
    with _asking_the_index():
        for way in question.ways:
            found = _find_in(question, way, language, kinds)
            if language != "sv":
                swedish = _find_in(question, way, "sv", kinds)
                others = _without_those_in(language, swedish.candidates)
                found = Found(found.candidates + others, way, is_all=found.is_all and swedish.is_all)
            if found.candidates:
                break
    return found


def _find_in(question: Question, way: Way, language: str, kinds: Collection[str]) -> Found:
    conditions = question.matches(language, way)
    either = Q(*conditions, _connector=Q.OR)
    first = Counter(one.kind for one in _newest(either, language, kinds, _read_first))
    common = [kind for kind, number in first.items() if number >= COMMON]
    if common and _large(common, language):
        newest = _newest(either, language, kinds, _read_on)
        if max(Counter(one.kind for one in newest).values(), default=0) > LIMIT:
            return Found(newest, way, is_all=False)
    told: dict[int, Candidate] = {}
    for condition in conditions:
        some, is_all = _told_by_index(condition)
        told |= {one.pk: one for one in some if one.language == language and one.kind in kinds}
        if not is_all:
            reading = _read_more if len(told) >= READ_FIRST else _read_on
            told |= {one.pk: one for one in _newest(either, language, kinds, reading)}
            return Found(list(told.values()), way, is_all=False)
    return Found(list(told.values()), way, is_all=True)


def _large(kinds: Collection[str], language: str) -> bool:
    """Whether there is so much of any of the kinds that it could be too much to count."""
    of_kinds = (SearchEntry.objects.filter(language=language, kind=kind).order_by("-published_at") for kind in kinds)
    first, *rest = (rows.values("kind")[LIMIT : LIMIT + 1] for rows in of_kinds)
    return bool(first.union(*rest, all=True))


def _newest(
    matches: Q, language: str, kinds: Collection[str], reading: Callable[[QuerySet[Any], Q], QuerySet[Any]]
) -> list[Candidate]:
    """What answers among the newest of each kind, in one query."""
    of_kinds = [SearchEntry.objects.filter(language=language, kind=kind).order_by("-published_at") for kind in kinds]
    first, *rest = [reading(rows, matches) for rows in of_kinds]
    return [Candidate(*row) for row in first.union(*rest, all=True)]


def _read_first(rows: QuerySet[Any], matches: Q) -> QuerySet[Any]:
    return SearchEntry.objects.filter(matches, pk__in=rows.values("pk")[:READ_FIRST]).values_list(*COLUMNS)


def _read_more(rows: QuerySet[Any], matches: Q) -> QuerySet[Any]:
    return SearchEntry.objects.filter(matches, pk__in=rows.values("pk")[:READ_MORE]).values_list(*COLUMNS)


def _read_on(rows: QuerySet[Any], matches: Q) -> QuerySet[Any]:
    """More than anyone counts, but never back to the beginning of time."""
    oldest = Subquery(rows.values("published_at")[READ_AT_MOST : READ_AT_MOST + 1])
    since = Coalesce(oldest, BEGINNING, output_field=DateTimeField())
    return rows.filter(matches, published_at__gte=since).values_list(*COLUMNS)[: LIMIT + 1]


def _told_by_index(matches: Q) -> tuple[list[Candidate], bool]:
    """What the index of words tells, whatever its language and kind, and whether that is all it knows."""
    told = [Candidate(*row) for row in SearchEntry.objects.filter(matches).values_list(*COLUMNS)[: TOLD_AT_MOST + 1]]
    return told, len(told) <= TOLD_AT_MOST


def _without_those_in(language: str, swedish: list[Candidate]) -> list[Candidate]:
    """Of Swedish texts those that cannot be read in the language."""
    about = {one.about_id for one in swedish}
    twins = SearchEntry.objects.filter(language=language, about_id__in=about) if about else SearchEntry.objects.none()
    there = set(twins.values_list("kind", "about_id"))
    return [one for one in swedish if (one.kind, one.about_id) not in there]


@contextmanager
def _asking_the_index() -> Iterator[None]:
    """The database thinks that to look into an entry costs nothing, and would rather read them all. Not in here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0")
        yield
