"""The queue of organisations that ask for training, supervision or planning: take, answer, close."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.models import User
from support.actions import organisations
from support.admin import words
from support.admin.base import CaseAdmin, SupportCommand
from support.admin.filters import ALL, ORGANISATION_PICKS, Tabs
from support.admin.timeline import story
from support.enums import OrganisationRequestStatus, OrganisationWish
from support.finding import find_organisation_requests
from support.forms.staff import OrganisationAnswerForm, ResultForm
from support.models import OrganisationRequest


class TakeOrganisationRequest(SupportCommand):
    name = "take"
    label = _("Ta ärendet")
    done = _("Ärendet är ditt.")
    is_main = True

    def is_possible(self, row: OrganisationRequest) -> bool:
        return row.leader is None and row.status != OrganisationRequestStatus.CLOSED

    def run(self, row: OrganisationRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        organisations.take_organisation_request(row, by=by, now=now)


class AnswerOrganisationRequest(SupportCommand):
    name = "answer"
    label = _("Svara")
    done = _("Svaret är på väg till organisationen.")
    form_class = OrganisationAnswerForm

    def is_possible(self, row: OrganisationRequest) -> bool:
        return row.answered_at is None and row.status != OrganisationRequestStatus.CLOSED

    def context(self, row: OrganisationRequest, user: User) -> dict[str, Any]:
        return {"contact": row.contact, "about": row.about}

    def run(self, row: OrganisationRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        organisations.answer_organisation_request(row, text=answers["text"], by=by, now=now)


class CloseOrganisationRequest(SupportCommand):
    name = "close"
    label = _("Avsluta")
    done = _("Förfrågan är avslutad.")
    form_class = ResultForm

    def is_possible(self, row: OrganisationRequest) -> bool:
        return row.status != OrganisationRequestStatus.CLOSED

    def run(self, row: OrganisationRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        organisations.close_organisation_request(row, result=answers["result"], by=by, now=now)


class ShownOrganisationRequests(Tabs):
    tabs = {"open": _("Öppna"), "mine": _("Mina"), "answered": _("Besvarade"), "closed": _("Avslutade"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "open": queryset.open(),
            "mine": queryset.exclude(status=OrganisationRequestStatus.CLOSED).filter(leader=request.user),
            "answered": queryset.filter(status=OrganisationRequestStatus.ANSWERED),
            "closed": queryset.filter(status=OrganisationRequestStatus.CLOSED),
            "all": queryset,
        }[chosen]


@admin.register(OrganisationRequest)
class OrganisationRequestAdmin(CaseAdmin):
    """The oldest promise first; among all, and among those that are done, the newest."""

    office_path = "office"
    may_lack_office = True
    page_template = "admin/support/organisationrequest/page.html"
    list_display = ("organisation_name", "which_wishes", "place", "due", "who")
    list_filter = (ShownOrganisationRequests, *ORGANISATION_PICKS)
    list_select_related = ("contact", "leader", "office")
    search_fields = ("organisation_name", "place")
    search_help_text = _("Sök på organisation, plats eller kommun.")
    ordering = ("promised_by", "received_at", "pk")
    ordering_of: ClassVar = dict.fromkeys(("answered", "closed", "all"), ("-received_at", "-pk"))
    commands = (TakeOrganisationRequest(), AnswerOrganisationRequest(), CloseOrganisationRequest())

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return find_organisation_requests(queryset, search_term), False

    @admin.display(description=_("vill ha"))
    def which_wishes(self, row: OrganisationRequest) -> str:
        return ", ".join(str(OrganisationWish(wish).label) for wish in row.wishes)

    @admin.display(description=_("svar"), ordering="promised_by")
    def due(self, row: OrganisationRequest) -> SafeString:
        return self._promise(row).html()

    @admin.display(description=_("utvecklingsledare"), ordering="leader__name")
    def who(self, row: OrganisationRequest) -> str:
        return str(row.leader or _("ingen än"))

    def page_context(self, row: OrganisationRequest, user: User | None) -> dict[str, Any]:
        return {
            "contact": row.contact,
            "promise": self._promise(row),
            "wishes": self.which_wishes(row),
            "story": story([row.contact]),
        }

    def _promise(self, row: OrganisationRequest) -> words.Due:
        is_open = row.status in {OrganisationRequestStatus.RECEIVED, OrganisationRequestStatus.IN_REVIEW}
        return words.promise(row.promised_by, clock.today(), is_open=is_open, answered_at=row.answered_at)
