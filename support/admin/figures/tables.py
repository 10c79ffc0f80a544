"""A table of figures: what each is, the days it holds for, the rows, and the bars beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.admin.filters import NOBODY
from people.calendar import stockholm_day
from people.counting import grouped
from support.figures.charts import Chart, Measured, chart_of
from support.figures.places import Places
from support.figures.spans import Spans
from support.figures.tallies import Tally

NOTHING = "–"


@dataclass(frozen=True)
class Asked:
    """What the figures are asked for: which places, which days, and when it is asked."""

    places: Places
    spans: Spans
    now: datetime

    @property
    def today(self) -> date:
        return stockholm_day(self.now)

    @property
    def days(self) -> str:
        return _("%(days)s, jämfört med %(before)s") % {"days": self.spans.now, "before": self.spans.before}

    def list_url(self, model: str, **chosen: str) -> str:
        """The list that shows the rows, where it can show just these places; else nothing."""
        if not self.places.is_everything:
            if len(self.places.keys) != 1:
                return ""
            chosen["office"] = str(self.places.keys[0] or NOBODY)
        return f"{reverse(f'admin:support_{model}_changelist')}?{urlencode(chosen)}"


@dataclass(frozen=True)
class Row:
    """A line of a table: `value` and `before` are what is drawn, None where nothing is."""

    label: str
    cells: list[str]
    value: float | None = None
    before: float | None = None
    url: str = ""
    words: str = ""
    words_before: str = ""


@dataclass(frozen=True)
class Table:
    """`about` says what is counted, `days` for which days, `empty` what there is to know when nothing is."""

    slug: str
    title: str
    about: str
    days: str
    headings: list[str]
    rows: list[Row]
    empty: str
    drawn: str = ""
    """What the bars show, where it is not the number of each row."""
    more_url: str = ""
    more_words: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(row.value or row.before for row in self.rows)

    @cached_property
    def chart(self) -> Chart | None:
        """Rows where there is nothing to see are left out."""
        return chart_of(
            [
                Measured(
                    row.label, row.value or 0, row.words or grouped(round(row.value or 0)), row.before, _before(row)
                )
                for row in self.rows
                if row.value or row.before
            ]
        )


@dataclass(frozen=True)
class Section:
    slug: str
    title: str
    tables: list[Table]


def _before(row: Row) -> str:
    return row.words_before or ("" if row.before is None else grouped(round(row.before)))


def counted(label: str, now: int, before: int, *, whole: int | None = None, url: str = "") -> Row:
    """A row of a table that compares. `whole` is what the share is taken of; without it there is none."""
    return Row(label, [grouped(now), share(now, whole), grouped(before)], now, before, url)


def all_and_each(tally: Tally, what: str, shown: Mapping[Any, str]) -> list[Row]:
    """How many there were in all, and of each sort: now, and in the period before."""
    whole = tally.count(is_now=True)
    counts = {
        label: (tally.count(is_now=True, **{what: value}), tally.count(is_now=False, **{what: value}))
        for value, label in shown.items()
    }
    each = [counted(label, now, before, whole=whole) for label, (now, before) in counts.items()]
    return [counted(_("Alla"), whole, tally.count(is_now=False)), *each]


def standing(label: str, now: int, *, whole: int | None = None, url: str = "") -> Row:
    """A row of a table of how things stand: nothing to compare with."""
    return Row(label, [grouped(now), share(now, whole)], now, url=url)


def share(part: int, whole: int | None) -> str:
    percent = percent_of(part, whole)
    return NOTHING if percent is None else _("%(percent)s %%") % {"percent": percent}


def percent_of(part: int, whole: int | None) -> int | None:
    return round(100 * part / whole) if whole else None


def days_in_words(days: float | None) -> str:
    """ "2 dagar", "1,5 dagar", and a line for nothing."""
    if days is None:
        return NOTHING
    if days == int(days):
        return ngettext("%(days)s dag", "%(days)s dagar", int(days)) % {"days": int(days)}
    return _("%(days)s dagar") % {"days": formats.number_format(days, decimal_pos=1)}


def compared_headings(first: str) -> list[str]:
    return [first, _("Antal"), _("Andel"), _("Perioden före")]


def standing_headings(first: str) -> list[str]:
    return [first, _("Nu"), _("Andel")]
