"""Tabs above a list: which rows it shows, always said, and "visa alla" one click away."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Tabs(admin.SimpleListFilter):
    """A filter drawn as tabs. The first one holds when nothing is chosen, and is shown as the one that holds."""

    template = "admin/tabs.html"
    tabs: ClassVar[dict[str, Promise | str]] = {}
    """What stands in the address → the words on the tab."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.tabs.items())

    def chosen(self) -> str:
        value = self.value()
        return value if value in self.tabs else next(iter(self.tabs))

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, words in self.tabs.items():
            yield {
                "selected": value == self.chosen(),
                "query_string": changelist.get_query_string({str(self.parameter_name): value}),
                "display": words,
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return self.rows(request, queryset, self.chosen())

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        raise NotImplementedError


ALL = {"all": _("Visa alla")}
