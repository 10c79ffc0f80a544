"""Which days figures are about, and which they are compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.calendar import ONE_DAY, stockholm_moment

LONGEST_YEARS = 5
QUARTER = 3


class Chosen(models.TextChoices):
    """What can be picked without writing days."""

    MONTH = "month", gettext_lazy("Den här månaden")
    LAST_MONTH = "last_month", gettext_lazy("Förra månaden")
    QUARTER = "quarter", gettext_lazy("Det här kvartalet")
    YEAR = "year", gettext_lazy("Det här året")
    LAST_YEAR = "last_year", gettext_lazy("Förra året")
    OWN = "own", gettext_lazy("Egna datum")


@dataclass(frozen=True)
class Span:
    """Whole days in Sweden, the first and the last with them."""

    first: date
    last: date

    def __str__(self) -> str:
        """ "1–20 november 2026", with no more months and years than are needed."""
        last = date_format(self.last, "j F Y")
        if self.first == self.last:
            return last
        if self.first.replace(day=1) == self.last.replace(day=1):
            return f"{self.first.day}–{last}"
        first = date_format(self.first, "j F" if self.first.year == self.last.year else "j F Y")
        return _("%(first)s – %(last)s") % {"first": first, "last": last}

    @property
    def begins(self) -> datetime:
        return stockholm_moment(self.first, time())

    @property
    def ends(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return stockholm_moment(self.last + ONE_DAY, time())


@dataclass(frozen=True)
class Spans:
    """What is looked at, and the days before that it is compared with. The two never overlap."""

    now: Span
    before: Span


def spans_of(chosen: Chosen, today: date) -> Spans:
    """What is going on is counted until today and compared with as many days of the one before. Not for OWN."""
    month = today.replace(day=1)
    if chosen == Chosen.MONTH:
        return _so_far(month, today, months=1)
    if chosen == Chosen.QUARTER:
        return _so_far(_months_before(month, (today.month - 1) % QUARTER), today, months=QUARTER)
    if chosen == Chosen.YEAR:
        return _so_far(today.replace(month=1, day=1), today, months=12)
    length, first = (1, month) if chosen == Chosen.LAST_MONTH else (12, today.replace(month=1, day=1))
    begins, before = _months_before(first, length), _months_before(first, 2 * length)
    return Spans(Span(begins, first - ONE_DAY), Span(before, begins - ONE_DAY))


def own_spans(first: date, last: date) -> Spans:
    """Days of one's own are compared with as many just before them."""
    return Spans(Span(first, last), Span(first - (last - first) - ONE_DAY, first - ONE_DAY))


def is_too_long(first: date, last: date) -> bool:
    """More than five years."""
    return last >= _months_before(first, -12 * LONGEST_YEARS)


def _so_far(first: date, today: date, *, months: int) -> Spans:
    before = _months_before(first, months)
    return Spans(Span(first, today), Span(before, min(_months_before(today, months), first - ONE_DAY)))


def _months_before(day: date, count: int) -> date:
    """The same day of an earlier month, or its last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
