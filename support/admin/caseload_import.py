"""An existing caseload from a spreadsheet: choose a file, name its columns, see what would happen, take it in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import clock
from people.actions.jobs import JobGone, file_of, telling_beside
from people.admin.commands import Refusals, in_words
from people.admin.jobs import as_download, is_going_on
from people.admin.once import new_key, once
from people.enums import JobState
from people.models import Job, Office, User, in_offices_of
from support.actions import caseload
from support.actions.caseload_rows import CheckedRow, Fate
from support.admin.exporting import export_page
from support.admin.import_words import line_of, samples_of
from support.forms.caseload import ColumnsForm, SpreadsheetForm
from support.models import ImportedCase, SupportPeriod

ROWS_ON_PAGE = 50
SHOWN_AFTERWARDS = 50
ORDER = (Fate.WRONG, Fate.NEW, Fate.EXISTS, Fate.OVER)
"""What needs a hand comes first."""

GONE = gettext_lazy("Filen finns inte kvar, eller är redan hämtad in. Välj den igen om du vill fortsätta.")

REFUSALS: Refusals = {
    caseload.AliasColumnNeeded: gettext_lazy("Välj kolumnen som gruppens alias står i."),
    caseload.ColumnTwice: gettext_lazy("Samma kolumn är vald två gånger. Välj en annan på ett av ställena."),
    caseload.RowsAreWrong: gettext_lazy("Några rader behöver rättas först. Kolla dem här nedanför."),
    caseload.NothingNew: gettext_lazy("Ingen rad blir en ny grupp. Det finns inget att hämta in."),
}


@admin.register(ImportedCase)
class CaseloadImport(admin.ModelAdmin):
    """Hämta in från kalkylblad, and beside it the way out. The rows have no list of their own: they are cases now."""

    def get_urls(self) -> list[URLPattern]:
        """In the place of Django's pages for rows."""
        pages = (
            ("", self.file_page, "support_importedcase_changelist"),
            ("<int:pk>/", self.job_page, "support_import"),
            ("<int:pk>/kolumner/", self.columns_page, "support_import_columns"),
            ("<int:pk>/kontroll/", self.check_page, "support_import_check"),
            ("<int:pk>/ratta/", self.mending_page, "support_import_mending"),
            ("ut/<str:model>/", export_page, "support_export"),
        )
        return [path(address, self.admin_site.admin_view(view), name=name) for address, view, name in pages]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def file_page(self, request: HttpRequest) -> HttpResponse:
        """The first page: which file. It is read at once, and what is wrong with it is said here."""
        user, offices = self._importer(request), self._offices(request)
        form = SpreadsheetForm(
            request.POST if request.method == "POST" else None, request.FILES or None, offices=offices
        )
        if request.method == "POST" and form.is_valid():
            with once(request) as is_first:
                if not is_first:
                    return HttpResponseRedirect(reverse("admin:people_job_changelist"))
                answers = form.cleaned_data
                job = caseload.keep_spreadsheet(answers["file"], office=answers["office"], by=user, now=clock.now())
            return HttpResponseRedirect(reverse("admin:support_import_columns", args=[job.pk]))
        return self._answer(request, "file", title=_("Hämta in från kalkylblad"), form=form, has_office=bool(offices))

    def columns_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The second: what each column holds, guessed already, with a few cells of each to see by."""
        job = self._own_draft(request, pk)
        if isinstance(job, HttpResponse):
            return job
        sheet, chosen = caseload.sheet_of(job), caseload.columns_of(job)
        form = ColumnsForm(request.POST if request.method == "POST" else None, headings=sheet.headings, chosen=chosen)
        if request.method == "POST" and form.is_valid():
            try:
                caseload.choose_columns(job, form.columns())
            except (caseload.AliasColumnNeeded, caseload.ColumnTwice) as refusal:
                form.add_error(None, str(in_words(refusal, REFUSALS)))
            except JobGone:
                return self._gone(request)
            else:
                return HttpResponseRedirect(reverse("admin:support_import_check", args=[pk]))
        used = form.columns() if form.is_bound and form.is_valid() else chosen
        return self._answer(
            request,
            "columns",
            title=_("Vad står i kolumnerna?"),
            job=job,
            form=form,
            sheet=sheet,
            samples=samples_of(sheet, used),
        )

    def check_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The third: row by row what would happen. Nothing does until the button is pressed."""
        job = self._own_draft(request, pk)
        if isinstance(job, HttpResponse):
            return job
        if not job.options.get("is_chosen"):
            return HttpResponseRedirect(reverse("admin:support_import_columns", args=[pk]))
        if request.method == "POST":
            return self._start(request, job)
        headings, columns = caseload.sheet_of(job).headings, caseload.columns_of(job)
        rows = sorted(self._checked(request, job), key=lambda row: (ORDER.index(row.fate), row.line.number))
        fates = [row.fate for row in rows]
        shown = Paginator(rows, ROWS_ON_PAGE).get_page(request.GET.get("sida"))
        return self._answer(
            request,
            "check",
            title=_("Så här skulle det bli"),
            job=job,
            counts={fate.value: fates.count(fate) for fate in Fate},
            shown=shown,
            lines=[line_of(row, headings, columns, clock.now()) for row in shown],
            unused=[heading for index, heading in enumerate(headings) if heading and index not in columns.values()],
        )

    def _start(self, request: HttpRequest, job: Job) -> HttpResponse:
        try:
            leaves_out = request.POST.get("leave_out") == "yes"
            caseload.start_import(job, leaves_out_wrong=leaves_out, by=self._importer(request), now=clock.now())
        except JobGone:
            return HttpResponseRedirect(reverse("admin:support_import", args=[job.pk]))
        except (caseload.RowsAreWrong, caseload.NothingNew) as refusal:
            messages.error(request, str(in_words(refusal, REFUSALS)))
            return HttpResponseRedirect(reverse("admin:support_import_check", args=[job.pk]))
        return HttpResponseRedirect(reverse("admin:support_import", args=[job.pk]))

    def mending_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The rows that are wrong as a file: before they are taken in, and a day after the others were."""
        job = self._own(request, pk)
        if job.state != JobState.DRAFT:
            file = file_of(job)
            if file is None:
                raise Http404
            return as_download(file)
        rows = self._checked(request, job)
        if not any(row.fate == Fate.WRONG for row in rows):
            raise Http404
        return as_download(caseload.mending_file(caseload.sheet_of(job).headings, rows))

    def job_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The last: how far it is, and what came of it."""
        job = self._own(request, pk)
        if job.state == JobState.DRAFT:
            step = "check" if job.options.get("is_chosen") else "columns"
            return HttpResponseRedirect(reverse(f"admin:support_import_{step}", args=[pk]))
        new = SupportPeriod.objects.visible_to(request.user).filter(imported_from__job=job)
        return self._answer(
            request,
            "result",
            title=job.name,
            job=job,
            is_going_on=is_going_on(job),
            periods=new.select_related("group", "leader").order_by("pk")[:SHOWN_AFTERWARDS],
            file=file_of(job),
        )

    def _checked(self, request: HttpRequest, job: Job) -> Sequence[CheckedRow]:
        try:
            return caseload.check_caseload(job, by=self._importer(request), now=clock.now())
        except JobGone:
            raise Http404 from None

    def _importer(self, request: HttpRequest) -> User:
        if not isinstance(request.user, User) or not request.user.has_perms(
            ["support.change_supportperiod", "groups.add_group", "people.add_job"]
        ):
            raise PermissionDenied
        return request.user

    def _offices(self, request: HttpRequest) -> QuerySet[Office]:
        return Office.objects.filter(in_offices_of(request.user, "pk"), is_active=True)

    def _own(self, request: HttpRequest, pk: int) -> Job:
        """One's own import alone, at an office where one still works."""
        user = self._importer(request)
        job = Job.objects.visible_to(user).filter(kind=caseload.KIND, pk=pk).select_related("office").first()
        if job is None:
            raise Http404
        return job

    def _own_draft(self, request: HttpRequest, pk: int) -> Job | HttpResponse:
        """The import before it begins; else the page that says what became of it."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "POST"])
        job = self._own(request, pk)
        if job.state != JobState.DRAFT:
            return HttpResponseRedirect(reverse("admin:support_import", args=[pk]))
        return job if job.content else self._gone(request)

    def _gone(self, request: HttpRequest) -> HttpResponse:
        messages.warning(request, str(GONE))
        return HttpResponseRedirect(reverse("admin:support_importedcase_changelist"))

    def _answer(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "once_key": new_key(), **context}
        return TemplateResponse(request, f"admin/support/import/{name}.html", context)


def run_import(job: Job) -> None:
    """The runner of `support.caseload`."""
    with telling_beside(job) as tell:
        caseload.import_caseload(job, now=clock.now(), tell=tell)
