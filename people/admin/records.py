"""What the portal notes by itself: who read a case or saw something hidden, and whether the sweeps still run."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people import clock, contact_owners
from people.admin.base import NeverChanged, PlainAdmin
from people.admin.command_base import page_of
from people.admin.filters import Pick, RowPick
from people.admin.history import DONE, done
from people.admin.lists import RowList
from people.codes import normalise_code
from people.history import told_together
from people.models import MANAGING_ROLES, AccessLog, Contact, Heartbeat, PrivateLink, StaffRole, User, in_offices_of

PERIODS: dict[str, tuple[timedelta, Any]] = {
    "day": (timedelta(days=1), _("Senaste dygnet")),
    "week": (timedelta(days=7), _("Senaste veckan")),
    "month": (timedelta(days=30), _("Senaste månaden")),
    "year": (timedelta(days=365), _("Senaste året")),
}


class Who(RowPick):
    """Those who work at the offices that the manager answers for."""

    title = _("Vem")
    parameter_name = "who"
    column = "user"

    def rows(self, request: HttpRequest) -> Iterable[tuple[Any, str]]:
        here = StaffRole.objects.filter(in_offices_of(request.user, roles=MANAGING_ROLES), user=OuterRef("pk"))
        return User.objects.filter(Exists(here)).order_by("name", "pk").values_list("pk", "name")


class What(Pick):
    title = _("Vad")
    parameter_name = "what"
    column = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(DONE.items())


class When(Pick):
    title = _("När")
    parameter_name = "when"
    column = "at"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, words) for name, (_length, words) in PERIODS.items()]

    def choices_of(self, row: Mapping[str, Any]) -> list[str]:
        return [name for name, (length, _words) in PERIODS.items() if row["at"] >= clock.now() - length]

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(at__gte=clock.now() - PERIODS[chosen][0])


class Readings(RowList):
    """The rows of one page, each with the case that it is about where the manager sees that case today."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        about: dict[str, set[int]] = {}
        for row in self.result_list:
            about.setdefault(row.about_model, set()).add(row.about_id)
        things, codes = _seen_by(request.user, about), _codes(about)
        for row in self.result_list:
            row.thing = things.get((row.about_model, row.about_id))
            row.code = codes.get((row.about_model, row.about_id), "")


def _seen_by(user: Any, about: Mapping[str, set[int]]) -> dict[tuple[str, int], Any]:
    """One query for each kind of row that is there."""
    found: dict[tuple[str, int], Any] = {}
    models: set[Any] = {Contact, *contact_owners.all_owners(), *told_together()}
    for model in models:
        label, rows = model._meta.label_lower, model._default_manager
        if label in about and hasattr(rows, "visible_to"):
            found |= {(label, one.pk): one for one in rows.visible_to(user).filter(pk__in=about[label])}
    return found


def _codes(about: Mapping[str, set[int]]) -> dict[tuple[str, int], str]:
    contacts = Contact._meta.label_lower
    of_things = (Q(about_model=label, about_id__in=pks) for label, pks in about.items())
    wanted = reduce(or_, of_things, Q(contact__in=about.get(contacts, ())))
    found: dict[tuple[str, int], str] = {}
    for link in PrivateLink.objects.exclude(code="").filter(wanted).order_by("pk"):
        found[link.about_model, link.about_id] = found[contacts, link.contact_id] = link.code
    return found


@admin.register(AccessLog)
class AccessLogAdmin(NeverChanged, PlainAdmin):
    """Who has read what, for those who answer for an office: its own cases, no other's."""

    nothing_yet = _("Ingen har öppnat ett ärende än. När någon gör det står det här, med dag och namn.")
    actions = None
    list_display = ("at", "user", "done", "about", "reason", "office")
    list_select_related = ("user", "office")
    list_filter = (Who, What, When)
    search_fields = ("user__name",)
    search_help_text = _("Sök på ärendets kod eller på vem som läste.")
    fields = ("at", "last_at", "user", "done", "about", "reason", "office")
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RowList]:
        return Readings

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the code of a case: what was done with the case itself, or with the contact in it."""
        code = normalise_code(search_term)
        if not code:
            return super().get_search_results(request, queryset, search_term)
        found = PrivateLink.objects.filter(code=code).first()
        if found is None:
            return queryset.none(), False
        of_case = Q(about_model=found.about_model, about_id=found.about_id)
        of_contact = Q(about_model=Contact._meta.label_lower, about_id=found.contact_id)
        return queryset.filter(of_case | of_contact), False

    @admin.display(description=_("vad"))
    def done(self, row: AccessLog) -> str:
        return done(row)

    @admin.display(description=_("om"))
    def about(self, row: Any) -> SafeString | str:
        """With a link where the manager sees the case today."""
        thing = getattr(row, "thing", None)
        if thing is None:
            return "–"
        name = f"{capfirst(str(thing._meta.verbose_name))} {row.code or thing.pk}"
        return format_html('<a href="{}">{}</a>', page_of(thing), name)


@admin.register(Heartbeat)
class HeartbeatAdmin(NeverChanged, PlainAdmin):
    actions = None
    list_display = ("name", "finished_at", "programme_time", "runs", "result")
    fields = ("name", "started_at", "finished_at", "programme_time", "runs", "result")
