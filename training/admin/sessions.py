"""Sessions: their list, the page of one with those who come, and the lists on paper and in files."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import clock
from people.actions.reading import note_reading
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import page_of
from people.admin.jobs import as_download
from people.admin.lists import RowList
from people.admin.shown_once import ShowsOnceMixin
from people.calendar import STOCKHOLM, long_time, stockholm_day
from people.models import User
from training.actions.exporting import export_participants
from training.admin.filters import SESSION_PICKS, ShownSessions
from training.admin.network import network_meetings
from training.admin.registration_commands import Attendance, Register, WriteToAll, expected_at
from training.admin.session_commands import CallOff, Change, Copy, NewSession, Publish, Repeat
from training.admin.session_page import Taken, in_series, page_of_session, taken_in_words, taken_of
from training.enums import SessionState
from training.forms.staff_registrations import ExportForm
from training.models import Session
from training.permissions import can_read_needs


class SessionList(RowList):
    """The rows of one page, each with how many seats are held."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        taken = taken_of([row.pk for row in self.result_list])
        for row in self.result_list:
            row.taken_now = taken.get(row.pk, Taken())


@admin.register(Session)
class SessionAdmin(ShowsOnceMixin, OfficeScopedAdmin):
    """What is held when and where; the next first."""

    nothing_yet = gettext_lazy("Inget tillfälle är inlagt än. Lägg till det första.")
    creation = NewSession()
    commands = (
        Publish(),
        Attendance(),
        Change(),
        Register(),
        WriteToAll(),
        Repeat(),
        Copy(),
        CallOff(),
    )
    actions = None
    office_path = "office"
    change_list_template = "admin/training/session/change_list.html"
    list_display = ("when", "course", "office", "where", "seats_taken", "how")
    list_display_links = ("when",)
    list_filter = (ShownSessions, *SESSION_PICKS)
    list_select_related = ("course", "office")
    search_fields = ("course__title", "place", "led_by")
    search_help_text = gettext_lazy("Sök på utbildning, plats eller vem som leder.")
    ordering = ("starts_at", "pk")
    ordering_of: ClassVar = {
        "held": ("-starts_at", "-pk"),
        "cancelled": ("-starts_at", "-pk"),
        "all": ("-starts_at", "-pk"),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("course", "office", "host")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RowList]:
        return SessionList

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("när"))
    def when(self, row: Session) -> str:
        return long_time(row.starts_at, clock.today())

    @admin.display(description=gettext_lazy("var"))
    def where(self, row: Session) -> str:
        return row.place or (_("På nätet") if row.link else "–")

    @admin.display(description=gettext_lazy("platser"))
    def seats_taken(self, row: Any) -> str:
        words = taken_in_words(row.taken_now.held, row.seats)
        queue = _("%(count)s i kö") % {"count": row.taken_now.waiting} if row.taken_now.waiting else ""
        return ", ".join(filter(None, (words, queue)))

    @admin.display(description=gettext_lazy("läge"))
    def how(self, row: Session) -> str:
        is_over = row.state == SessionState.PUBLISHED and row.is_over(clock.now())
        return _("Genomfört") if is_over else str(SessionState(row.state).label)

    def title_of(self, row: Any) -> str:
        return f"{row.course}, {long_time(row.starts_at, clock.today())}"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        now = clock.now()
        year = now.astimezone(STOCKHOLM).year
        lines = network_meetings(request.user, year=year, now=now) if isinstance(request.user, User) else []
        return super().changelist_view(request, {"network": lines, "year": year, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything about the session. Only reads, and whoever reads is written down."""
        row, user = self._row_to_read(request, unquote(object_id))
        now, may_change = clock.now(), self.has_change_permission(request, row)
        note_reading(row, by=user, office=row.office, now=now)
        context = {
            **self._frame_of(request, row),
            "title": self.title_of(row),
            "may_change": may_change,
            "buttons": self.buttons(row, user) if may_change else [],
            "series": [(one, self.title_of(one), page_of(one)) for one in in_series(row, user)],
            "is_public": row.course.is_public and row.state != SessionState.DRAFT,
            **page_of_session(row, user, may_change=may_change, now=now),
        }
        return TemplateResponse(request, "admin/training/session/page.html", context)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/lista/", self.admin_site.admin_view(self.list_view), name="training_session_paper"),
            path("<int:pk>/hamta/", self.admin_site.admin_view(self.export_view), name="training_session_export"),
        ]
        return [*own, *super().get_urls()]

    def list_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A list to print: what those who come are called and how many they are. Needs where they are asked for."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row, user = self._row_to_read(request, str(pk))
        note_reading(row, by=user, office=row.office, now=clock.now())
        may_read = can_read_needs(user, row.office_id)
        context = {
            **self._frame_of(request, row),
            "title": _("Lista: %(what)s") % {"what": self.title_of(row)},
            "rows": expected_at(row),
            "may_read_needs": may_read,
            "with_needs": may_read and request.GET.get("behov") == "1",
        }
        return TemplateResponse(request, "admin/training/session/paper.html", context)

    def export_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET asks which kind of file, POST gives it."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        row, user = self._row_to_read(request, str(pk))
        form = ExportForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            wanted = form.cleaned_data["file_format"]
            return as_download(export_participants(row, file_format=wanted, by=user, now=clock.now()))
        command = {
            "label": _("Hämta fil"),
            "intro": _("I filen står vad alla kallas, platser och läge. Inga adresser, inga behov."),
        }
        context = {
            **self._frame_of(request, row),
            "title": _("Hämta listan som fil"),
            "command": command,
            "back": self.title_of(row),
            "back_url": page_of(row),
            "form": form,
        }
        return TemplateResponse(request, "admin/command.html", context)

    def _row_to_read(self, request: HttpRequest, pk: str) -> tuple[Any, User]:
        if not self.has_view_permission(request):  # asked first: else the answer tells whether there is such a row
            raise PermissionDenied
        row = self.get_object(request, pk)
        if row is None or not isinstance(request.user, User):
            raise Http404
        return row, request.user

    def _frame_of(self, request: HttpRequest, row: Session) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "row": row,
            "page_url": page_of(row),
            "day": stockholm_day(row.starts_at),
        }
