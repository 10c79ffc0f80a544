"""Hämta ut: the rows of a list as a file, exactly those that the list shows with its search and its filters.

The address of a list, after its question mark, says which rows they are. It is read anew when the file is made, by the
list itself and for the user as they are then: whoever has lost a role meanwhile gets nothing of it.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from people import clock
from people.actions.jobs import NotPossible
from people.admin.jobs import as_download
from people.models import Job, User
from support.actions import exporting
from support.exports import EXPORTS
from support.forms.caseload import ExportForm

PAGING = ("p", "all", "o_after", "efter", "fore", "sida", "e")
"""What in the address says which page of the list is shown: a file holds all of them."""

CHOSEN = "pks"
"""The name under which rows that were ticked stand in the address."""


def rows_of_list(model: str, query: str, user: User) -> QuerySet[Any]:
    """The rows that the list at this address holds for the user now. Raises NotPossible when they may not see it."""
    model_admin = admin.site.get_model_admin(apps.get_model(model))
    request = HttpRequest()
    request.method = "GET"
    request.path = reverse(f"admin:{model.replace('.', '_')}_changelist")
    request.user = user
    asked = QueryDict(query, mutable=True)
    for name in PAGING:
        asked.pop(name, None)
    request.GET = asked  # type: ignore[assignment]  # nobody writes to it from here on
    if not model_admin.has_view_permission(request):
        raise NotPossible(_("Du ser inte den listan längre. Inget är hämtat ut."))
    try:
        return model_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        raise NotPossible(_("Filtret i listan går inte att läsa. Öppna listan och välj igen.")) from None


def run_export(job: Job) -> None:
    """The runner of `support.export`."""
    exporting.export_job(job, rows_of_list, now=clock.now())


def export_page(request: HttpRequest, model: str) -> HttpResponse:
    """Which columns, and what kind of file. Few rows come at once; many become a job that one can leave alone."""
    if model not in EXPORTS:
        raise Http404
    user, query = request.user, _query_of(request)
    if not isinstance(user, User) or not user.has_perm(f"{model.replace('.', '.view_')}"):
        raise PermissionDenied
    export, pks = EXPORTS[model], _chosen(request)
    a_list = reverse(f"admin:{model.replace('.', '_')}_changelist")
    form = ExportForm(request.POST if request.method == "POST" else None, offered=export.columns)
    try:
        rows = rows_of_list(model, query, user)
        if request.method == "POST" and form.is_valid():
            return _make(model, rows, form, query=query, pks=pks, by=user)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(a_list)
    context = {
        **admin.site.each_context(request),
        "title": _("Hämta ut: %(what)s") % {"what": export.title},
        "form": form,
        "count": _count(rows, pks),
        "most_at_once": exporting.AT_ONCE,
        "list_name": export.title,
        "list_url": f"{a_list}?{query}" if query else a_list,
    }
    return TemplateResponse(request, "admin/support/import/export.html", context)


def _make(
    model: str, rows: QuerySet[Any], form: ExportForm, *, query: str, pks: list[int] | None, by: User
) -> HttpResponse:
    answers, now = form.cleaned_data, clock.now()
    columns, file_format = answers["columns"], answers["file_format"]
    if _count(rows, pks) > exporting.AT_ONCE:
        job = exporting.start_export(
            model, query=query, pks=pks, columns=columns, file_format=file_format, by=by, now=now
        )
        return HttpResponseRedirect(reverse("admin:people_job_change", args=[job.pk]))
    chosen = rows if pks is None else rows.filter(pk__in=pks)
    return as_download(exporting.export_now(model, chosen, columns=columns, file_format=file_format, by=by, now=now))


def _count(rows: QuerySet[Any], pks: list[int] | None) -> int:
    """How many there are, up to one more than are made at once."""
    chosen = rows if pks is None else rows.filter(pk__in=pks)
    return len(chosen.order_by().values_list("pk")[: exporting.AT_ONCE + 1])


def _query_of(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop(CHOSEN, None)
    return asked.urlencode()


def _chosen(request: HttpRequest) -> list[int] | None:
    """The rows that were ticked in the list; None means all of them."""
    if CHOSEN not in request.GET:
        return None
    return [int(pk) for pk in request.GET[CHOSEN].split(",") if pk.isdecimal() and len(pk) < 19][:1000]  # noqa: PLR2004 -- of a bigint
