"""The groups we work with: what the list shows, finds and filters."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.bulk import BulkMixin
from support.admin import bulk, words
from support.admin.base import CaseAdmin
from support.admin.filters import ALL, PERIOD_PICKS, Tabs
from support.admin.timeline import waits_for_answer
from support.enums import Phase
from support.finding import find_periods
from support.models import CheckIn, SupportPeriod


class ShownPeriods(Tabs):
    tabs = {
        "open": _("Pågående"),
        "mine": _("Mina"),
        "start": _("Upptakt"),
        "change": _("Förändringsarbete"),
        "exit": _("Exit"),
        "self_reliant": _("Självgående"),
        "closed": _("Avslutade"),
        **ALL,
    }

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        if chosen in Phase.values:
            return queryset.filter(phase=chosen)
        return {
            "open": queryset.open(),
            "mine": queryset.open().filter(leader=request.user),
            "all": queryset,
        }[chosen]


class PeriodList(BulkMixin, CaseAdmin):
    """The nearest next step first; where there is none, the newest."""

    bulk = bulk.PERIODS
    office_path = "office"
    list_display = ("group", "code", "phase_in_words", "what_next", "due", "next_contact", "leader")
    list_display_links = ("group",)
    list_filter = (ShownPeriods, *PERIOD_PICKS)
    search_fields = ("group__alias", "group__area")
    search_help_text = _("Sök på grupp, kommun, område eller kod. Början av ett ord räcker.")
    ordering = ("next_step_on", "opened_at", "pk")
    ordering_of: ClassVar = dict.fromkeys(("self_reliant", "closed", "all"), ("-opened_at", "-pk"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        live = CheckIn.objects.live().filter(period=OuterRef("pk")).order_by("expected")
        rows: Any = super().get_queryset(request)
        rows = rows.with_codes().annotate(
            heard_next=Subquery(live.values("expected")[:1]), asks=waits_for_answer(period=OuterRef("pk"))
        )
        return rows.select_related("group", "leader", "office", "follows")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return find_periods(queryset, search_term, user=request.user), False

    @admin.display(description=_("kod"))
    def code(self, row: Any) -> str:
        return row.code or "–"

    @admin.display(description=_("fas"), ordering="phase")
    def phase_in_words(self, row: SupportPeriod) -> str:
        rests = row.paused_until is not None and row.paused_until >= clock.today()
        phase = str(Phase(row.phase).label)
        return f"{phase}, {_('vilar')}" if rests else phase

    @admin.display(description=_("nästa steg"))
    def what_next(self, row: SupportPeriod) -> str:
        return row.next_step or str(_("Inget nästa steg än"))

    @admin.display(description=_("senast"), ordering="next_step_on")
    def due(self, row: Any) -> SafeString:
        return words.with_question(words.due(row.next_step_on, clock.today()).html(), asks=row.asks)

    @admin.display(description=_("vi hörs"), ordering="heard_next")
    def next_contact(self, row: Any) -> SafeString:
        return words.due(row.heard_next, clock.today()).html()
