"""The previous and the next row of the list someone came from, with its tab, filters, search and order.

Django keeps the address of the list in the links of its rows (`_changelist_filters`). Only the page of the list that
the row stood on is looked at, and one row on each side: one query, two where a page begins, however long the list is.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from people.admin.filters import Pick
from people.admin.list_reading import LAST_PAGE
from people.admin.lists import RowList

FILTERS = "_changelist_filters"

FROM_THE_FIRST_PAGE = urlencode({PAGE_VAR: 1})
"""Django says nothing in the links of a list without filters; we say that someone came from it."""


@dataclass(frozen=True)
class Neighbours:
    """Ways on from a row. An empty address: there is none."""

    list_url: str
    previous_url: str = ""
    next_url: str = ""
    first_url: str = ""
    """Set when the row no longer stands in the list: what stands first there now."""


class OrderOnly(RowList):
    """A list that is only asked in which order its rows stand."""

    def get_results(self, request: HttpRequest) -> None:
        model_admin: Any = self.model_admin
        self.apart = model_admin.offices_apart(request)
        self.page_num = min(max(self.page_num, 1), LAST_PAGE)
        self.keys = self._keys()

    def last_before(self) -> int:
        """The row that stands just before this page."""
        self.page_num -= 1
        before = self._keys()
        self.page_num += 1
        return int(before[self.list_per_page - 1])


class NeighboursMixin(admin.ModelAdmin):
    """Pages of rows that lead on to the next one in the list. For a `ListAdmin`."""

    def get_preserved_filters(self, request: HttpRequest) -> str:
        kept = super().get_preserved_filters(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == f"{self.opts.app_label}_{self.opts.model_name}_changelist"
        return kept or (urlencode({FILTERS: FROM_THE_FIRST_PAGE}) if is_list else "")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return OrderOnly if _asks_only_for_order(request) else super().get_changelist(request, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> Any:
        """For the order alone, without the picks that are not picked: their choices are not asked for."""
        filters = super().get_list_filter(request)
        if not _asks_only_for_order(request):
            return filters
        return [one for one in filters if not _is_idle(one, request)]

    def neighbours_of(self, request: HttpRequest, row: models.Model) -> Neighbours | None:
        """Around a row in the list that the address names. None when someone came from elsewhere."""
        came_from = request.GET.get(FILTERS)
        if not came_from:
            return None
        filters = QueryDict(came_from, mutable=True)
        a_list = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            order = self._order(request, filters)
        except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError):
            return Neighbours(a_list)
        list_url = f"{a_list}?{filters.urlencode()}"
        page, keys, size = order.page_num, order.keys, order.list_per_page
        if row.pk not in keys[:size]:
            return Neighbours(list_url, first_url=self._address(keys[0], filters, page) if keys else "")
        at = keys.index(row.pk)
        before, after = "", ""
        if at or page > 1:
            pk = keys[at - 1] if at else order.last_before()
            before = self._address(pk, filters, page if at else page - 1)
        if at + 1 < len(keys):
            after = self._address(keys[at + 1], filters, page + (at + 1 == size))
        return Neighbours(list_url, before, after)

    def _order(self, request: HttpRequest, filters: QueryDict) -> OrderOnly:
        """The page of the list that the address names, as the keys of its rows and of one more."""
        if any("\x00" in text for name, values in filters.lists() for text in (name, *values)):
            raise ValueError
        asked: Any = copy(request)
        asked.GET, asked.asks_only_for_order = filters.copy(), True
        order: Any = self.get_changelist_instance(asked)
        return order

    def _address(self, pk: int, filters: QueryDict, page: int) -> str:
        there = filters.copy()
        there[PAGE_VAR] = str(page)
        page_of_it = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[pk])
        return f"{page_of_it}?{urlencode({FILTERS: there.urlencode()})}"


def _asks_only_for_order(request: HttpRequest) -> bool:
    return getattr(request, "asks_only_for_order", False)


def _is_idle(a_filter: Any, request: HttpRequest) -> bool:
    is_pick = isinstance(a_filter, type) and issubclass(a_filter, Pick)
    return is_pick and a_filter.parameter_name not in request.GET
