"""Rows that the database has counted, added up in whatever way a table asks for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Case, Q, Value, When
from django.db.models.fields import BooleanField

from support.figures.spans import Spans

OFFICE = "in_office"
"""The name under which every counted row says whose it is."""


@dataclass
class Tally:
    """Counted rows: what they have in common, and `count`. Those of one place are found without reading the others'."""

    rows: list[Mapping[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_office: dict[int | None, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.rows:
            self._by_office[row.get(OFFICE)].append(row)

    def at(self, office: int | None) -> "Tally":
        return Tally(self._by_office.get(office, []))

    def count(self, name: str = "count", **alike: Any) -> int:
        """How many rows are like this."""
        return sum(row[name] or 0 for row in self._like(alike))

    def median_days(self, **alike: Any) -> float | None:
        """The median of `days` over what is like this; None when there is nothing."""
        counts: dict[int, int] = defaultdict(int)
        for row in self._like(alike):
            if row["days"] is not None:
                counts[row["days"].days if isinstance(row["days"], timedelta) else row["days"]] += row["count"]
        return weighted_median(counts)

    def _like(self, alike: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
        return (row for row in self.rows if all(row[name] == value for name, value in alike.items()))


def weighted_median(counts: Mapping[int, int]) -> float | None:
    """The middle of values that each come so many times; between two middle ones, half-way."""
    total = sum(counts.values())
    if not total:
        return None
    middles = ((total - 1) // 2, total // 2)
    found: list[int] = []
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        found += [value for middle in middles[len(found) :] if middle < passed]
    return sum(found) / len(found)


def within(path: str, spans: Spans, *, moments: bool = True) -> Q:
    """Rows of either span, by a moment or by a day: one stretch, less what lies between the two.

    A single stretch is read from an index in one go, which two are not.
    """
    now, before = spans.now, spans.before
    if moments:
        stretch = Q(**{f"{path}__gte": before.begins, f"{path}__lt": now.ends})
        return stretch & (Q(**{f"{path}__gte": now.begins}) | Q(**{f"{path}__lt": before.ends}))
    stretch = Q(**{f"{path}__gte": before.first, f"{path}__lte": now.last})
    return stretch & (Q(**{f"{path}__gte": now.first}) | Q(**{f"{path}__lte": before.last}))


def is_now(path: str, spans: Spans, *, moments: bool = True) -> Case:
    """Which of the two spans a row of `within` is in."""
    first = spans.now.begins if moments else spans.now.first
    return Case(When(**{f"{path}__gte": first}, then=Value(True)), default=Value(False), output_field=BooleanField())
