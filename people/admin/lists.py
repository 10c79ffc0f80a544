"""Lists of any size: one page is read, and one row more; nothing is counted beyond a thousand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.db.models import Q
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from people.admin.filters import Pick, Tabs
from people.admin.list_reading import ReadByHead
from people.admin.rows import rows_as_html
from people.counting import LIMIT, count_in_words
from people.models import CASE_ROLES, User, held_roles

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


class RowList(ReadByHead):
    """A list that says in words what it shows and what it found, and how to be rid of what narrows it."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Reads the address. What no filter of ours knows, such as one that is gone, is passed over."""
        known = {getattr(one, "parameter_name", None) for one in self.list_filter}
        if None not in known:
            kept = known | {SEARCH_VAR, ORDER_VAR, *self.kept_as_they_are}
            self.params = {name: value for name, value in self.params.items() if name in kept}
            self.filter_params = {name: value for name, value in self.filter_params.items() if name in kept}
        return super().get_filters(request)

    kept_as_they_are = ("_popup", "_to_field")

    def link(self, with_: Mapping[str, Any] = MappingProxyType({}), *, without: Iterable[str] = ()) -> str:
        """The address of this list with something taken away or put in; always from its first page."""
        gone = set(without)
        kept = {name: value for name, value in self.filter_params.items() if name not in gone}
        return f"?{urlencode(sorted(({**kept, **with_}).items()), doseq=True)}"

    def headers(self) -> list[dict[str, Any]]:
        """The heads of the columns, as Django's own lists have them."""
        return list(result_headers(self))

    def rows(self) -> Iterator[SafeString]:
        """The rows of this page, as HTML."""
        return rows_as_html(self)

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
    list_per_page = 30
    office_path = ""
    """How the office of a row is reached, for those whose rows have one."""
    may_lack_office = False
    count_limit = LIMIT
    """Nothing is counted beyond this."""
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

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RowList]:
        return RowList

    def offices_apart(self, request: HttpRequest) -> list[Q]:
        return offices_apart(request.user, self.office_path, may_lack=self.may_lack_office)
