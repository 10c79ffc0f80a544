"""The page of a row's history, at Django's own address: what was changed, and who has read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.actions.contacts import PROTECTED, REVEALED, UNPROTECTED
from people.actions.links import REISSUED
from people.actions.reading import EXPORTED, READ
from people.actions.staff import SECOND_STEP_REMOVED
from people.history import PAGE, Step, reads_of, steps_of, versions_of
from people.models import AccessLog, User

DONE: Mapping[str, Promise] = {
    READ: _("Läste"),
    REVEALED: _("Såg en skyddad adress"),
    PROTECTED: _("Skyddade en identitet"),
    UNPROTECTED: _("Tog bort ett skydd"),
    REISSUED: _("Gav en ny privat länk"),
    EXPORTED: _("Hämtade ut"),
    SECOND_STEP_REMOVED: _("Tog bort ett andra steg"),
}
"""What was done, in words. Each kind of AccessLog row has a line here."""

LAST_PAGE = 40
"""How far back one pages by hand."""


@dataclass(frozen=True)
class Read:
    """One line of who has read: from when until when, and why where a reason was asked for."""

    who: str
    what: str
    at: datetime
    until: datetime | None
    reason: str


def read_line(row: AccessLog) -> Read:
    until = row.last_at if row.last_at and row.last_at > row.at else None
    return Read(str(row.user), done(row), row.at, until, row.reason)


def done(row: AccessLog) -> str:
    return str(DONE.get(row.what, _("Annat")))


class HistoryPage(admin.ModelAdmin):
    """A ModelAdmin whose rows tell their history. Who sees the row sees what was changed; managers see who read it."""

    object_history_template = "admin/object_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Asks for the permission before it looks for the row: otherwise the answer tells whether there is one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None or not isinstance(request.user, User):
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        may_see_reads = request.user.has_perm("people.view_accesslog")
        shows_reads = may_see_reads and request.GET.get("show") == "read"
        page = _page_of(request)
        steps: list[Step] = []
        reads: list[AccessLog] = []
        if shows_reads:
            reads, has_more = reads_of(row, request.user, page=page)
        else:
            steps, has_more = _changes(row, request.user, page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historik"),
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "row": row,
            "row_name": self._name_of(row),
            "row_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]),
            "may_see_reads": may_see_reads,
            "shows_reads": shows_reads,
            "steps": steps,
            "reads": [read_line(one) for one in reads],
            "newer": page - 1,
            "older": page + 1 if has_more and page < LAST_PAGE else None,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def _name_of(self, row: models.Model) -> str:
        return self.title_of(row) if hasattr(self, "title_of") else str(row)


def _page_of(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < len("1000") else 1


def _changes(row: models.Model, user: User, page: int) -> tuple[list[Step], bool]:
    steps, has_more = steps_of(row, user, page=page)
    if versions_of(type(row)) is not None:
        return steps, has_more
    noted, has_more_noted = _from_admin_log(row, page)
    return sorted([*steps, *noted], key=lambda step: step.at, reverse=True), has_more or has_more_noted


def _from_admin_log(row: models.Model, page: int) -> tuple[list[Step], bool]:
    """For the few kinds of rows without versions: what Django's admin has noted."""
    of_kind = ContentType.objects.get_for_model(row)
    lines = LogEntry.objects.filter(content_type=of_kind, object_id=str(row.pk)).select_related("user")
    found = list(lines.order_by("-action_time", "-pk")[(page - 1) * PAGE : page * PAGE + 1])
    thing = capfirst(str(row._meta.verbose_name))
    steps = [Step(one.action_time, str(one.user), one.get_change_message(), thing) for one in found[:PAGE]]
    return steps, len(found) > PAGE
