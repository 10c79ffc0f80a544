"""Long work that someone has asked for: how far it is, what came of it, the file to fetch. Everyone sees their own."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from people.actions.jobs import JobFile, file_of
from people.admin.base import NeverChanged, OfficeScopedAdmin
from people.enums import JobState
from people.jobs import page_of_kind
from people.models import Job
from people.spreadsheets import TYPES


@admin.register(Job)
class JobAdmin(NeverChanged, OfficeScopedAdmin):
    """Dina jobb."""

    actions = None
    list_display = ("name", "created_at", "state", "progress", "result")
    change_list_template = "admin/people/job/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """What the work has made may be large: it is read where it is fetched, and there alone."""
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[URLPattern]:
        fetch = path("<int:pk>/fil/", self.admin_site.admin_view(self.file_view), name="people_job_file")
        return [fetch, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Dina jobb"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        job = self._own(request, unquote(object_id))
        if page := page_of_kind(job.kind):
            return HttpResponseRedirect(reverse(page, args=[job.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": job.name,
            "job": job,
            "is_going_on": is_going_on(job),
            "file": file_of(job),
        }
        return TemplateResponse(request, "admin/people/job/page.html", context)

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = file_of(self._own(request, str(pk)))
        if file is None:
            raise Http404
        return as_download(file)

    def _own(self, request: HttpRequest, pk: str) -> Job:
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = self.get_object(request, pk)
        if job is None:
            raise Http404
        return job

    @admin.display(description=_("hur långt"))
    def progress(self, row: Job) -> str:
        return f"{row.done}/{row.total}" if row.total else "–"

    @admin.display(description=_("vad det blev"))
    def result(self, row: Job) -> str:
        if row.state == JobState.DONE and "file" in row.outcome:
            return str(_("En fil att hämta") if row.wipe_at else _("Filen är borttagen"))
        return row.reason or "–"


def is_going_on(job: Job) -> bool:
    return job.state in {JobState.WAITING, JobState.RUNNING}


def as_download(file: JobFile) -> HttpResponse:
    """The file, kept by nobody on the way."""
    kind = file.name.rpartition(".")[2]
    response = HttpResponse(file.data, content_type=TYPES.get(kind, "application/octet-stream"))
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
