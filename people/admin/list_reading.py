"""How the rows of a list are read, so that a list of any size answers at once, and asks as often whatever it holds.

One page of rows is found by their keys; what is shown is read for those alone. Beyond a thousand nothing is counted.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people.admin.filters import Pick, Tabs
from people.counting import capped_counts

LAST_PAGE = 200
"""Nobody turns more pages than this: what is further down is found by a search or a filter, and we say so."""


class ReadByHead(ChangeList):
    """Django's list, without its counts. What is shown of the rows is read for those of one page only."""

    model_admin: Any
    result_count: Any

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        specs, self.has_filters, rest, _duplicates, self.has_active_filters = self.get_filters(request)
        self.filter_specs = specs
        self.tabs = next((one for one in specs if isinstance(one, Tabs)), None)
        self.picks = [one for one in specs if isinstance(one, Pick)]
        self.others = [one for one in specs if not isinstance(one, Tabs | Pick)]
        self.counted_picks = [one for one in self.picks if one.columns()]
        self.limit = self.model_admin.count_limit
        self.columns = sorted({column for one in self.counted_picks for column in one.columns()})
        self.found = self._search(request)
        rows = self._keep_the_rest(self.found, rest)
        before = [one for one in specs if one not in self.counted_picks]
        self.unpicked = _narrowed(rows, before, request)
        rows = _narrowed(self.unpicked, self.counted_picks, request)
        return rows.order_by(*self.get_ordering(request, rows))

    def _keep_the_rest(self, rows: QuerySet[Any], rest: dict[str, Any]) -> QuerySet[Any]:
        """What Django's own filters have put in the address."""
        try:
            return rows.filter(build_q_object_from_lookup_parameters(rest)) if rest else rows
        except (SuspiciousOperation, ImproperlyConfigured):
            raise
        except Exception as error:  # whatever cannot be looked up
            raise IncorrectLookupParameters(error) from error

    def _search(self, request: HttpRequest) -> QuerySet[Any]:
        """What the search finds. When that is little it is found once, and all else is read from what was found."""
        rows = self.root_queryset.order_by()
        self.is_broad = False
        if not self.query.strip():
            return rows
        found, _duplicates = self.model_admin.get_search_results(request, rows, self.query)
        self.read_by_search = list(found.values_list("pk", *self.columns)[: self.limit + 1])
        self.is_broad = len(self.read_by_search) > self.limit
        return found if self.is_broad else rows.filter(pk__in={row[0] for row in self.read_by_search})

    def get_results(self, request: HttpRequest) -> None:
        self.apart = self.model_admin.offices_apart(request)
        self._count(request)
        self.page_num = min(max(self.page_num, 1), LAST_PAGE)
        keys = self._keys()
        if not keys and self.page_num > 1:
            messages.info(request, _("Listan är kortare än så. Här är den första sidan."))
            self.page_num = 1
            keys = self._keys()
        self.has_next = len(keys) > self.list_per_page
        self.is_cut_off = self.has_next and self.page_num == LAST_PAGE
        keys = keys[: self.list_per_page]
        shown = self.root_queryset
        shown = shown if shown.query.select_related else self.apply_select_related(shown)
        rows = {row.pk: row for row in shown.order_by().filter(pk__in=keys)}
        self.result_list = [rows[key] for key in keys if key in rows]
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = False
        self.multi_page = self.has_next or self.page_num > 1
        self.more_than = self.page_num * self.list_per_page if self.has_next else 0
        self.is_guess = self.result_count is None and self.has_next
        if self.result_count is None:  # Django's own parts of the page want a number
            before = (self.page_num - 1) * self.list_per_page
            self.result_count = before + len(keys) + self.has_next

    def _keys(self) -> list[Any]:
        """The keys of the rows on this page and of one more. Each office is read by itself, in order."""
        start = (self.page_num - 1) * self.list_per_page
        stop = start + self.list_per_page + 1
        columns = self._columns_of_order()
        if len(self.apart) == 1 or not columns:
            rows = self.queryset.filter(self.apart[0]) if len(self.apart) == 1 else self.queryset
            return list(rows.values_list("pk", flat=True)[start:stop])
        order = self.queryset.query.order_by
        parts = [self.queryset.filter(one).values_list("pk", *columns)[:stop] for one in self.apart]
        together = parts[0].union(*parts[1:], all=True).order_by(*order)
        return [row[0] for row in together[start:stop]]

    def _columns_of_order(self) -> list[str]:
        """The columns of the rows themselves that they are ordered by; nothing when it takes more than those."""
        own = {field.name for field in self.opts.concrete_fields}
        names = []
        for part in self.queryset.query.order_by:
            name = part.lstrip("-") if isinstance(part, str) else getattr(getattr(part, "expression", None), "name", "")
            if name == "pk":
                continue
            if name not in own:
                return []
            names.append(name)
        return names

    def _count_choices(self) -> None:
        """How many rows there are, and how many each choice would leave; nothing when the tab has over a thousand."""
        read = self._read_to_count()
        if len(read) > self.limit:
            return
        picks = self.counted_picks
        belongs = [_choices_of(one, self.columns, read) for one in picks]
        chosen = {number: one.chosen() for number, one in enumerate(picks) if one.chosen()}

        def fits(row: int, *, but: int | None = None) -> bool:
            return all(name in belongs[number][row] for number, name in chosen.items() if number != but)

        for number, one in enumerate(picks):
            alike = Counter(choices for row, choices in enumerate(belongs[number]) if fits(row, but=number))
            one.counts = Counter()
            for choices, count in alike.items():
                one.counts.update(dict.fromkeys(choices, count))
        self.result_count = sum(fits(row) for row in range(len(read)))
        if self.tabs:
            self.tabs.counts[self.tabs.chosen()] = self.result_count

    def _read_to_count(self) -> list[tuple[Any, ...]]:
        """What the counted picks need to know of the rows under the tab, and of one row more than are counted.

        A search through everything has read it already. Few rows are read office by office from an index; of many the
        first that are found will do.
        """
        if self.query.strip() and self.unpicked is self.found:
            return self.read_by_search
        are_few = self.result_count is not None and self.result_count <= self.limit
        parts = [
            self.unpicked.filter(one).values_list("pk", *self.columns)[: self.limit + 1]
            for one in (self.apart if are_few else [Q()])
        ]
        return list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])

    def _count(self, request: HttpRequest) -> None:
        """What can be counted by reading little. Where a list is not counted at all, nothing is."""
        self.result_count = None
        if not self.model_admin.counts_rows:
            return
        if self.tabs:
            self._count_tabs(self.tabs, request)
        if self.counted_picks or not self.tabs:
            self._count_choices()

    def _count_tabs(self, tabs: Tabs, request: HttpRequest) -> None:
        """How many there are under each tab, all in one query; in a search that finds much only where few can be."""
        counted = [name for name in tabs.tabs if name not in tabs.uncounted and (not self.is_broad or name in tabs.few)]
        rows = _narrowed(self.found, self.picks, request)
        counts = capped_counts(
            {
                f"{name}:{i}": tabs.rows(request, rows, name).filter(one)
                for name in counted
                for i, one in enumerate(self.apart)
            },
            self.limit,
        )
        sums = dict.fromkeys(counted, 0)
        for name, number in counts.items():
            sums[name.rpartition(":")[0]] += number
        tabs.counts = {name: min(number, self.limit + 1) for name, number in sums.items()}
        self.result_count = tabs.counts.get(tabs.chosen())


def _narrowed(rows: QuerySet[Any], specs: Sequence[Any], request: HttpRequest) -> QuerySet[Any]:
    for spec in specs:
        kept = spec.queryset(request, rows)
        rows = rows if kept is None else kept
    return rows


def _choices_of(pick: Pick, columns: Sequence[str], read: Sequence[tuple[Any, ...]]) -> list[frozenset[str]]:
    """The choices of a pick that each row belongs to; asked once for rows that hold the same."""
    own = [columns.index(column) + 1 for column in pick.columns()]
    known: dict[Any, frozenset[str]] = {}
    found = []
    for row in read:
        values: Mapping[str, Any] = {columns[at - 1]: row[at] for at in own}
        key = str(values) if any(isinstance(row[at], list) for at in own) else itemgetter(*own)(row)
        if key not in known:
            known[key] = frozenset(pick.choices_of(values))
        found.append(known[key])
    return found
