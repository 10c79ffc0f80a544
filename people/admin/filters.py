"""What narrows a list down: tabs above it, and picks in a form. Always said in words, always one click to undo."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Choices, Q
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from people.counting import count_in_words
from people.models import Office, in_offices_of

ALL = {"all": _("Visa alla")}
NOBODY = "none"
SELECTED = mark_safe(" selected")


class Tabs(admin.SimpleListFilter):
    """A filter drawn as tabs, each with its count. The first one holds when nothing is chosen.

    A search looks through everything, unless a tab is chosen: what someone looks for may well be closed.
    """

    title = _("Visar")
    parameter_name = "show"
    template = "admin/tabs.html"
    tabs: ClassVar[dict[str, Promise | str]] = {}
    """What stands in the address → the words on the tab."""
    uncounted: ClassVar[Collection[str]] = ()
    """Those whose rows take too long to count."""
    few: ClassVar[Collection[str]] = ("mine",)
    """Those that nobody has many rows under, so that they are counted whatever a search finds."""

    def __init__(self, request: HttpRequest, *rest: Any) -> None:
        super().__init__(request, *rest)
        self.is_search = bool(request.GET.get(SEARCH_VAR, "").strip())
        self.counts: dict[str, int] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(self.tabs.items())

    def chosen(self) -> str:
        value = self.value()
        if value in self.tabs:
            return value
        return "all" if self.is_search and "all" in self.tabs else next(iter(self.tabs))

    @property
    def looks_everywhere(self) -> bool:
        """Whether a search goes through everything without having been asked to."""
        return self.is_search and self.value() not in self.tabs

    def words(self) -> Promise | str:
        return self.tabs[self.chosen()]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for value, words in self.tabs.items():
            yield {
                "selected": value == self.chosen(),
                "query_string": changelist.get_query_string({str(self.parameter_name): value}),
                "display": words,
                "count": count_in_words(self.counts[value]) if value in self.counts else "",
            }

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return self.rows(request, queryset, self.chosen())

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        raise NotImplementedError


class Pick(admin.SimpleListFilter):
    """A filter drawn as a select, with how many rows each choice would leave where they are few enough to count.

    `column` is what is compared; a list of values holds when the chosen one is among them.
    """

    column: ClassVar[str] = ""
    anything: ClassVar[Promise | str] = _("Alla")

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.counts: Mapping[str, int] | None = None

    def chosen(self) -> str:
        """What is picked; a value that is not among the choices (any more) counts as nothing."""
        value = self.value() or ""
        return value if value in dict(self.lookup_choices) else ""

    def words(self) -> str:
        return str(dict(self.lookup_choices)[self.chosen()])

    def options(self) -> Iterator[tuple[str, str, str]]:
        """What stands in the address, the words, and how many rows that would leave, where it was counted."""
        for value, words in self.lookup_choices:
            yield value, str(words), "" if self.counts is None else count_in_words(self.counts.get(value, 0))

    def options_as_html(self) -> SafeString:
        """Written here at once: 290 municipalities through a template take longer than a page of rows."""
        chosen = self.chosen()
        parts = (
            (value, SELECTED if value == chosen else "", words, f" ({count})" if count else "")
            for value, words, count in self.options()
        )
        return format_html_join("", '<option value="{}"{}>{}{}</option>', parts)

    def columns(self) -> tuple[str, ...]:
        """What must be read of a row to tell which of the choices it belongs to."""
        return (self.column,)

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        value = row[self.column]
        return [str(one) for one in value] if isinstance(value, list) else [str(value)]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return self.keep(queryset, self.chosen()) if self.chosen() else queryset

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(**{self.column: chosen})


class AmongPick(Pick):
    """A pick of a column that holds several values."""

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(**{f"{self.column}__contains": [chosen]})


class RowPick(Pick):
    """A pick of another row, or of none: `nobody` is what that is called, if it can be."""

    nobody: ClassVar[Promise | str] = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        none = [(NOBODY, self.nobody)] if self.nobody else []
        rows = [(str(pk), name) for pk, name in self.rows(request)]
        return none + rows if len(none + rows) > 1 else []

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        raise NotImplementedError

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return [NOBODY if row[self.column] is None else str(row[self.column])]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(Q(**{f"{self.column}__isnull": True}) if chosen == NOBODY else Q(**{self.column: chosen}))


class OfficePick(RowPick):
    """Of the offices where the user works."""

    title = _("Ort")
    parameter_name = "office"
    column = "office"

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        return Office.objects.filter(in_offices_of(request.user, "pk")).values_list("pk", "name")


class YesNoPick(Pick):
    """A pick of a column that is true or false."""

    yes: ClassVar[Promise | str] = _("Ja")
    no: ClassVar[Promise | str] = _("Nej")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", self.yes), ("no", self.no)]

    def choices_of(self, row: Mapping[str, Any]) -> Collection[str]:
        return ["yes" if row[self.column] else "no"]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(**{self.column: chosen == "yes"})


def pick(
    name: Promise | str, column: str, choices: type[Choices], *, parameter: str = "", among: bool = False
) -> type[Pick]:
    """A pick of one of a closed list of choices."""

    class ChoicePick(AmongPick if among else Pick):  # type: ignore[misc]  # one of the two, by what the column holds
        title = name
        parameter_name = parameter or column.rpartition("__")[2]

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return [(str(value), words) for value, words in choices.choices if value]

    ChoicePick.column = column
    return ChoicePick
