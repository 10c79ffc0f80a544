"""The queue of requests, and the page of one: what they wrote, how to reach them, what comes next."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.codes import normalise_code
from people.models import PrivateLink, User
from support.admin import words
from support.admin.base import CaseAdmin
from support.admin.filters import ALL, Tabs
from support.admin.meetings import BookMeeting, OfferSlots
from support.admin.request_commands import (
    AcceptRequest,
    DeclineRequest,
    GiveRequest,
    LogContact,
    ReferRequest,
    TakeRequest,
)
from support.admin.timeline import log_of, waits_for_answer
from support.answers import answers
from support.enums import OPEN_STATUSES, RequestStatus
from support.models import SupportRequest

SHOWN_ELSEWHERE = frozenset({"kontakt", "namn"})
"""Questions whose answers stand in the safe-contact banner, with what is protected hidden."""


def code_of(model: str, pk: str = "pk") -> Subquery:
    """The speakable code of the newest private link about a row."""
    links = PrivateLink.objects.filter(about_model=model, about_id=OuterRef(pk)).exclude(code="")
    return Subquery(links.order_by("-pk").values("code")[:1])


class ShownRequests(Tabs):
    title = _("Visar")
    parameter_name = "show"
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
            "new": queryset.filter(status=RequestStatus.RECEIVED),
            "mine": queryset.open().filter(leader=request.user),
            "late": queryset.promise_broken(clock.today()),
            "closed": queryset.exclude(status__in=OPEN_STATUSES),
            "all": queryset,
        }[chosen]


@admin.register(SupportRequest)
class SupportRequestAdmin(CaseAdmin):
    """The queue: the oldest promise first."""

    page_template = "admin/support/supportrequest/page.html"
    list_display = ("code", "due", "where", "how_many", "which_support", "which_languages", "channel", "who")
    list_display_links = ("code",)
    list_filter = (ShownRequests,)
    search_fields = ("code", "place", "area", "municipality__name", "group__alias")
    search_help_text = _("Sök på kod, plats eller grupp.")
    ordering = ("promised_by", "received_at", "pk")
    commands = (
        TakeRequest(),
        OfferSlots(),
        BookMeeting(),
        LogContact(),
        AcceptRequest(),
        ReferRequest(),
        DeclineRequest(),
        GiveRequest(),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = (
            super()
            .get_queryset(request)
            .annotate(code=code_of("support.supportrequest"), asks=waits_for_answer(support_request=OuterRef("pk")))
        )
        return rows.select_related("contact", "leader", "group", "municipality", "office")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, normalise_code(search_term) or search_term)

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
        return row.contact.get_channel_display()

    @admin.display(description=_("svar"), ordering="promised_by")
    def due(self, row: Any) -> SafeString:
        return words.with_question(self._promise(row).html(), asks=row.asks)

    @admin.display(description=_("utvecklingsledare"), ordering="leader__name")
    def who(self, row: SupportRequest) -> str:
        return str(row.leader or _("ingen än"))

    def title_of(self, row: Any) -> str:
        code = row.code if hasattr(row, "code") else PrivateLink.objects.about(row).exclude(code="").first()
        return " · ".join(str(part) for part in (code or f"#{row.pk}", row.place) if part)

    def page_context(self, row: SupportRequest, user: User | None) -> dict[str, Any]:
        period = row.group.periods.order_by("-opened_at").first() if row.group else None
        return {
            "contact": row.contact,
            "promise": self._promise(row),
            "answers": [one for one in answers(row) if one.question.slug not in SHOWN_ELSEWHERE],
            "languages": words.languages(row.contact),
            "slots": [(slot, self.buttons_of(slot, user)) for slot in row.slots.select_related("leader")],
            "meetings": [(one, self.buttons_of(one, user)) for one in row.meetings.select_related("leader")],
            "period": period,
            **self.story_of(log_of(period_id=None, request_ids=[row.pk]), [row.contact], user),
        }

    def _promise(self, row: SupportRequest) -> words.Due:
        return words.promise(row.promised_by, clock.today(), is_open=row.is_open, answered_at=row.first_answer_at)
