"""Lists of any size: one page is read, and one row more; nothing is counted beyond a thousand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import build_q_object_from_lookup_parameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.admin.filters import Pick, Tabs
from people.counting import LIMIT, capped_counts, count_in_words
from people.models import CASE_ROLES, User, held_roles

LAST_PAGE = 200
"""Nobody turns more pages than this: what is further down is found by a search or a filter, and we say so."""
MOST_BRANCHES = 8


def offices_apart(user: Any, path: str, *, may_lack: bool) -> list[Q]:
    """The offices of someone, one condition each, so that the database reads each in order from an index.

    One condition that always holds stands for those who see every office. Narrows nothing by itself: `visible_to` does.
    """
    if not path or not isinstance(user, User) or user.is_superuser:
        return [Q()]
    offices = {office for role, office in held_roles(user) if role in CASE_ROLES}
    if None in offices or not 0 < len(offices) <= MOST_BRANCHES:
        return [Q()]
    apart = [Q(**{path: office}) for office in sorted(office for office in offices if office)]
    return [*apart, Q(**{f"{path}__isnull": True})] if may_lack else apart


class RowList(ChangeList):
    """Django's list, without its counts, with what is shown and what is found said in words.

    The rows of a page are found first, by their keys alone; what is shown of them is read for those rows only.
    """

    model_admin: Any
    result_count: Any

    def get_filters(self, request: HttpRequest) -> Any:
        """Reads the address. What no filter of ours knows, such as one that is gone, is passed over."""
        known = {getattr(one, "parameter_name", None) for one in self.list_filter}
        if None not in known:
            kept = known | {SEARCH_VAR, ORDER_VAR, *self.kept_as_they_are}
            self.params = {name: value for name, value in self.params.items() if name in kept}
            self.filter_params = {name: value for name, value in self.filter_params.items() if name in kept}
        return super().get_filters(request)

    kept_as_they_are = ("_popup", "_to_field")

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        specs, self.has_filters, rest, _duplicates, self.has_active_filters = self.get_filters(request)
        self.filter_specs = specs
        self.tabs = next((one for one in specs if isinstance(one, Tabs)), None)
        self.picks = [one for one in specs if isinstance(one, Pick)]
        self.others = [one for one in specs if not isinstance(one, Tabs | Pick)]
        self.found = self._search(request)
        rows = self._keep_the_rest(self.found, rest)
        for spec in specs:
            kept = spec.queryset(request, rows)
            rows = rows if kept is None else kept
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
        keys = list(found.values_list("pk", flat=True)[: LIMIT + 1])
        self.is_broad = len(keys) > LIMIT
        return found if self.is_broad else rows.filter(pk__in=set(keys))

    def get_results(self, request: HttpRequest) -> None:
        self.apart = self.model_admin.offices_apart(request)
        self.is_guess = False
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
        if self.result_count is None:  # Django's own parts of the page want a number
            before = (self.page_num - 1) * self.list_per_page
            self.result_count = before + len(keys) + self.has_next
            self.is_guess = self.has_next

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

    def _count(self, request: HttpRequest) -> None:
        """How many there are under each tab and for each choice, where that is cheap."""
        counted = self._tabs_to_count()
        rows = self.found
        for one in self.picks:
            rows = one.queryset(request, rows)
        tabs = {name: self.tabs.rows(request, rows, name) if self.tabs else self.queryset for name in counted}
        counts = capped_counts(
            {f"{name}:{i}": some.filter(one) for name, some in tabs.items() for i, one in enumerate(self.apart)}
        )
        sums = dict.fromkeys(counted, 0)
        for name, number in counts.items():
            sums[name.rpartition(":")[0]] += number
        if self.tabs:
            self.tabs.counts = {name: min(number, LIMIT + 1) for name, number in sums.items()}
        chosen = self.tabs.chosen() if self.tabs else ""
        self.result_count = min(sums[chosen], LIMIT + 1) if chosen in sums else None
        if self.result_count is not None and self.result_count <= LIMIT:
            self._count_choices(request)

    def _tabs_to_count(self) -> list[str]:
        """Not what cannot be counted without reading much: the tab that says so, and a search that finds much."""
        if not self.model_admin.counts_rows:
            return []
        if self.tabs is None:
            return [] if self.is_broad else [""]
        names = [self.tabs.chosen()] if self.is_broad else list(self.tabs.tabs)
        return [name for name in names if name not in self.tabs.uncounted and not (self.is_broad and name == "all")]

    def _count_choices(self, request: HttpRequest) -> None:
        """Counts the choices of each pick among what the other picks leave, if there are a thousand rows at most."""
        picks = [one for one in self.picks if one.columns()]
        columns = sorted({column for one in picks for column in one.columns()})
        if not columns:
            return
        rows = self.tabs.rows(request, self.found, self.tabs.chosen()) if self.tabs else self.found
        for one in self.picks:
            rows = rows if one.columns() else one.queryset(request, rows)
        parts = [rows.order_by().filter(one).values(*columns, "pk")[: LIMIT + 1] for one in self.apart]
        read = list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])
        if len(read) > LIMIT:
            return
        belongs = [[set(one.choices_of(row)) for row in read] for one in picks]
        for number, one in enumerate(picks):
            others = [(i, other.chosen()) for i, other in enumerate(picks) if i != number and other.chosen()]
            one.counts = Counter(
                choice
                for i, choices in enumerate(belongs[number])
                if all(chosen in belongs[other][i] for other, chosen in others)
                for choice in choices
            )

    def link(self, with_: Mapping[str, Any] = MappingProxyType({}), *, without: Iterable[str] = ()) -> str:
        """The address of this list with something taken away or put in; always from its first page."""
        gone = set(without)
        kept = {name: value for name, value in self.filter_params.items() if name not in gone}
        return f"?{urlencode(sorted(({**kept, **with_}).items()), doseq=True)}"

    @property
    def everything(self) -> str:
        """The address where nothing is left out."""
        has_all = self.tabs is not None and "all" in self.tabs.tabs
        return f"?{self.tabs.parameter_name}=all" if self.tabs and has_all else "?"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.picked or (self.tabs and self.tabs.chosen() != "all"))

    @property
    def picked(self) -> list[Pick]:
        return [one for one in self.picks if one.chosen()]

    def said(self) -> Iterator[dict[str, Any]]:
        """What the list shows now: tab, picks and search, each with the address that is rid of it."""
        if self.tabs:
            name = str(self.tabs.parameter_name)
            is_all = self.tabs.chosen() == "all"
            undo = "" if is_all or "all" not in self.tabs.tabs else self.link({name: "all"})
            yield {"words": _("allt") if is_all else self.tabs.words(), "undo": undo}
        for one in self.picked:
            yield {"words": f"{one.title}: {one.words()}", "undo": self.link(without=[str(one.parameter_name)])}
        if self.query:
            yield {"words": _("sök ”%(text)s”") % {"text": self.query}, "undo": self.link(without=[SEARCH_VAR])}

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What the form for search and picks must not lose: tab and order."""
        own = {SEARCH_VAR, *(str(one.parameter_name) for one in self.picks)}
        return [(name, value) for name, value in self.params.items() if name not in own]

    @property
    def without_picks(self) -> str:
        return self.link(without=[str(one.parameter_name) for one in self.picks])

    @property
    def search_everywhere(self) -> str:
        """The same search in everything, where it is not that already."""
        if not self.picked and (self.tabs is None or self.tabs.chosen() == "all"):
            return ""
        return f"?{urlencode({SEARCH_VAR: self.query})}"

    def count_words(self) -> str:
        return count_in_words(self.result_count, self.more_than) if self.is_guess else count_in_words(self.result_count)

    def previous_link(self) -> str:
        return self.link({PAGE_VAR: self.page_num - 1}) if self.page_num > 1 else ""

    def next_link(self) -> str:
        return self.link({PAGE_VAR: self.page_num + 1}) if self.has_next and not self.is_cut_off else ""


class ListAdmin(admin.ModelAdmin):
    """A ModelAdmin whose list can be of any size."""

    show_full_result_count = False
    list_per_page = 50
    office_path = ""
    """How the office of a row is reached, for those whose rows have one."""
    may_lack_office = False
    counts_rows = True
    """Whether its rows are counted: not where telling which ones the user sees takes reading other tables."""
    ordering_of: ClassVar[Mapping[str, Sequence[str]]] = {}
    """The order under a tab, where it is not the ordinary one."""

    def get_ordering(self, request: HttpRequest) -> Any:
        tabs = next((one for one in self.list_filter if isinstance(one, type) and issubclass(one, Tabs)), None)
        if tabs and self.ordering_of:
            given = {str(tabs.parameter_name): request.GET.getlist(str(tabs.parameter_name))[-1:] or [""]}
            return self.ordering_of.get(tabs(request, given, self.model, self).chosen()) or self.ordering
        return super().get_ordering(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RowList

    def offices_apart(self, request: HttpRequest) -> list[Q]:
        return offices_apart(request.user, self.office_path, may_lack=self.may_lack_office)
