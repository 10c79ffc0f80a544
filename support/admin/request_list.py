"""The queue of requests: what the list shows, finds and filters."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.bulk import BulkMixin
from support.admin import bulk, words
from support.admin.base import CaseAdmin
from support.admin.filters import ALL, REQUEST_PICKS, Tabs
from support.admin.timeline import waits_for_answer
from support.enums import OPEN_STATUSES, RequestStatus
from support.finding import find_requests
from support.models import SupportRequest


class ShownRequests(Tabs):
    tabs = {
        "open": _("Öppna"),
        "new": _("Nya"),
        "mine": _("Mina"),
        "late": _("Sena svar"),
        "closed": _("Avslutade"),
        **ALL,
    }

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "open": queryset.open(),
            "new": queryset.open().filter(status=RequestStatus.RECEIVED),
            "mine": queryset.open().filter(leader=request.user),
            "late": queryset.promise_broken(clock.today()),
            "closed": queryset.sent().exclude(status__in=OPEN_STATUSES),
            "all": queryset,
        }[chosen]


class RequestList(BulkMixin, CaseAdmin):
    """The oldest promise first; among all, and among those that are done, the newest."""

    bulk = bulk.REQUESTS
    office_path = "office"
    may_lack_office = True
    list_display = ("code", "due", "where", "how_many", "which_support", "which_languages", "channel", "who")
    list_display_links = ("code",)
    list_filter = (ShownRequests, *REQUEST_PICKS)
    search_fields = ("place", "area", "group__alias")
    search_help_text = _("Sök på kod, kommun, område eller grupp. Början av ett ord räcker.")
    ordering = ("promised_by", "received_at", "pk")
    ordering_of: ClassVar = dict.fromkeys(("closed", "all"), ("-received_at", "-pk"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        rows = rows.with_codes().annotate(asks=waits_for_answer(support_request=OuterRef("pk")))
        return rows.select_related("contact", "leader", "group", "municipality", "office")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return find_requests(queryset, search_term, user=request.user), False

    @admin.display(description=_("kod"))
    def code(self, row: Any) -> str:
        return row.code or f"#{row.pk}"

    @admin.display(description=_("plats"), ordering="place")
    def where(self, row: SupportRequest) -> str:
        return ", ".join(part for part in (row.place, row.area) if part) or "–"

    @admin.display(description=_("hur många"))
    def how_many(self, row: SupportRequest) -> str:
        return words.size(row.size_band)

    @admin.display(description=_("stöd"))
    def which_support(self, row: SupportRequest) -> str:
        return words.supports(row.supports)

    @admin.display(description=_("språk"))
    def which_languages(self, row: SupportRequest) -> str:
        return words.languages(row.contact)

    @admin.display(description=_("trygg kontakt"))
    def channel(self, row: SupportRequest) -> str:
        return words.channel(row.contact)

    @admin.display(description=_("svar"), ordering="promised_by")
    def due(self, row: Any) -> SafeString:
        return words.with_question(self.promise(row).html(), asks=row.asks)

    @admin.display(description=_("utvecklingsledare"), ordering="leader__name")
    def who(self, row: SupportRequest) -> str:
        return str(row.leader or _("ingen än"))

    def promise(self, row: SupportRequest) -> words.Due:
        return words.promise(row.promised_by, clock.today(), is_open=row.is_open, answered_at=row.first_answer_at)
