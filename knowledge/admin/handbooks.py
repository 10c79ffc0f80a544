"""Handbooks: chosen, made while one does something else, read through, published and taken away."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from knowledge.actions import handbooks
from knowledge.forms.handbooks import HandbookForm, Offered
from knowledge.models import Example, HandbookEdition, Term, Tool
from knowledge.views.handbooks import as_pdf
from people import clock
from people.admin.base import PlainAdmin, ReadOnlyPage
from people.admin.commands import Command, CommandsMixin, Creation, Refusals, page_of
from people.enums import JobState
from people.form_pack import PortalForm
from people.models import Job, User

REFUSALS: Refusals = {
    handbooks.NothingChosen: _("Välj minst en text."),
    handbooks.NotMade: _("Boken finns inte än. Vänta tills den är klar, eller gör om den."),
    handbooks.HoldsWithdrawn: _("Ett exempel i boken har tagits bort eller ändrats. Gör en ny upplaga."),
    handbooks.BeingMade: _("Boken görs redan. Vänta tills den är klar."),
    handbooks.AlreadyPublished: _("Upplagan är publicerad. Gör en ny upplaga i stället."),
}


def run_handbook(job: Job) -> None:
    """The runner of `knowledge.handbook`."""
    handbooks.make_edition(job, now=clock.now())


def offered() -> Offered:
    """The published texts, in the order readers meet them. Three queries."""
    examples = Example.objects.published().order_by("-published_at", "-pk")
    return {
        "tools": list(Tool.objects.published().values_list("pk", "title")),
        "examples": list(examples.values_list("pk", "title")),
        "terms": list(Term.objects.published().values_list("pk", "word")),
    }


def _order(answers: dict[str, Any], *, by: User, now: datetime) -> HandbookEdition:
    names = ("title", "language", "tools", "examples", "terms")
    return handbooks.order_edition(**{name: answers[name] for name in names}, by=by, now=now)


class NewHandbook(Creation[HandbookEdition]):
    label = _("Gör handboken")
    done = _("Vi gör boken nu. Du kan göra annat under tiden.")
    intro = _("Alla publicerade texter är ikryssade. Boken syns inte för läsarna förrän du publicerar den.")
    template = "admin/knowledge/handbookedition/choose.html"
    refusals = REFUSALS

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        return HandbookForm(data, offered=offered())

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> HandbookEdition:
        return _order(answers, by=by, now=now)


class HandbookCommand(Command[HandbookEdition]):
    refusals = REFUSALS
    shows_current = False


class Publish(HandbookCommand):
    name = "publish"
    label = _("Publicera upplagan")
    done = _("Upplagan är publicerad. Alla kan hämta den.")
    intro = _("Alla kan hämta boken direkt, på sidan Handbok. Läs igenom den innan du publicerar.")
    is_main = True

    def is_possible(self, row: HandbookEdition) -> bool:
        return row.made_at is not None and (row.published_at is None or row.withdrawn_at is not None)

    def run(self, row: HandbookEdition, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handbooks.publish_edition(row, now=now)


class Withdraw(HandbookCommand):
    name = "withdraw"
    label = _("Ta bort för läsarna")
    done = _("Ingen kan hämta upplagan längre.")
    intro = _(
        "Den som har länken får veta att boken är borttagen. Boken finns kvar här, och du kan publicera den igen."
    )

    def is_possible(self, row: HandbookEdition) -> bool:
        return row.published_at is not None and row.withdrawn_at is None

    def run(self, row: HandbookEdition, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handbooks.withdraw_edition(row, now=now)


class MakeAgain(HandbookCommand):
    name = "again"
    label = _("Gör om upplagan")
    done = _("Vi gör boken igen, med texterna som de är nu.")

    def is_possible(self, row: HandbookEdition) -> bool:
        going_on = (JobState.WAITING, JobState.RUNNING)
        return row.published_at is None and handbooks.job_of(row, *going_on) is None

    def run(self, row: HandbookEdition, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        handbooks.order_again(row, by=by, now=now)


class NewEdition(HandbookCommand):
    name = "new"
    label = _("Ny upplaga")
    done = NewHandbook.done
    intro = _("Samma texter är ikryssade som i den här upplagan, om de fortfarande är publicerade.")
    template = "admin/knowledge/handbookedition/choose.html"

    def make_form(self, row: HandbookEdition, user: User, data: Any = None) -> PortalForm:
        return HandbookForm(data, offered=offered(), like=row)

    def run(self, row: HandbookEdition, answers: dict[str, Any], *, by: User, now: datetime) -> HandbookEdition:
        return _order(answers, by=by, now=now)


@admin.register(HandbookEdition)
class HandbookEditionAdmin(CommandsMixin, ReadOnlyPage, PlainAdmin):
    nothing_yet = _("Ingen handbok är gjord än. Välj texter, så gör vi en bok av dem.")
    actions = None
    creation = NewHandbook()
    commands = (Publish(), Withdraw(), MakeAgain(), NewEdition())
    change_form_template = "admin/knowledge/handbookedition/page.html"
    list_display = ("number", "title", "language_in_words", "state_in_words", "pages", "published_at")
    list_display_links = ("number", "title")
    ordering = ("-number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[HandbookEdition]:
        """Without the books themselves: each is read where it is shown, and there alone."""
        return super().get_queryset(request).select_related("made_by").defer("pdf")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        made = ["pages", "made_at"] if obj is not None and obj.made_at else []
        return ["language_in_words", *made, "ordered_by"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/bok/", view(self.pdf_view), name="knowledge_handbookedition_pdf"),
            path("jobb/<int:pk>/", view(self.job_view), name="knowledge_handbookedition_job"),
        ]
        return own + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def pdf_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The book, also before anyone else may read it."""
        edition = self._edition(request, pk)
        if edition.made_at is None:
            raise Http404
        response = as_pdf(edition)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def job_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From one's own list of work to what it makes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk, kind=handbooks.KIND)
        return HttpResponseRedirect(page_of(self._edition(request, job.options["edition"])))

    def _edition(self, request: HttpRequest, pk: int) -> HandbookEdition:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:  # type: ignore[override]  # Django calls it by keyword
        row: Any = kwargs.get("obj")
        chosen = row.chosen
        context |= {
            "title": str(row),
            "edition": row,
            "job": handbooks.job_of(row) if row.made_at is None else None,
            "holds": [
                (_("Verktyg"), _in_order(Tool.objects.all(), chosen.get("tools", []))),
                (_("Exempel"), _in_order(Example.objects.all(), chosen.get("examples", []))),
            ],
            "term_count": len(chosen.get("terms", [])),
        }
        return super().render_change_form(request, context, **kwargs)

    @admin.display(description=_("språk"), ordering="language")
    def language_in_words(self, row: HandbookEdition) -> str:
        return str({"sv": _("Svenska"), "en": _("Engelska")}.get(row.language, row.language))

    @admin.display(description=_("beställdes av"))
    def ordered_by(self, row: HandbookEdition) -> str:
        return str(row.made_by or "–")

    @admin.display(description=_("läge"))
    def state_in_words(self, row: HandbookEdition) -> str:
        if row.withdrawn_at:
            return str(_("Borttagen för läsarna"))
        if row.published_at:
            return str(_("Publicerad"))
        return str(_("Klar att läsa igenom") if row.made_at else _("Inte klar"))


def _in_order(rows: QuerySet[Any], keys: list[int]) -> list[Any]:
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]
