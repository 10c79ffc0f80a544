"""Private links: issued anew when they are lost, locked, and revoked."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.actions import links as actions
from people.admin.base import OfficeScopedAdmin, ReadOnlyPage
from people.admin.commands import Command, Refusals
from people.admin.shown_once import ShowOnce, ShowsOnceMixin
from people.channels.envelopes import is_discreet, portal_url
from people.codes import normalise_code
from people.forms import ReasonForm
from people.models import PrivateLink, User

REFUSALS: Refusals = {actions.LinkRevoked: _("Länken är stängd och kan inte öppnas igen.")}


class LinkCommand(Command[PrivateLink]):
    refusals = REFUSALS

    def is_possible(self, row: PrivateLink) -> bool:
        return row.revoked_at is None


class Reissue(ShowOnce):
    name = "reissue"
    label = _("Ge en ny länk och nya ord")
    intro = _("Koden är kvar. Den gamla länken och de gamla orden slutar gälla direkt. Vi antecknar att du bad om det.")
    form_class = ReasonForm
    refusals = REFUSALS
    page = "admin/people/privatelink/reissued.html"

    def is_possible(self, row: PrivateLink) -> bool:
        return row.revoked_at is None

    def show(self, row: PrivateLink, answers: dict[str, Any], *, by: User, now: datetime) -> dict[str, Any]:
        told = actions.reissue_by_staff(row, by=by, reason=answers["reason"], now=now)
        contact = row.contact
        address = portal_url(told.path, discreet=is_discreet(contact))
        return {"code": told.code, "words": told.words, "address": address, "contact": contact}


class AskForCode(LinkCommand):
    name = "lock"
    label = _("Lås: fråga efter koden")
    done = _("Sidan är låst. Länken frågar efter koden.")

    def is_possible(self, row: PrivateLink) -> bool:
        return super().is_possible(row) and not row.asks_for_code and bool(row.code)

    def run(self, row: PrivateLink, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.ask_for_code(row, asks=True)


class StopAsking(LinkCommand):
    name = "unlock"
    label = _("Lås upp: länken räcker")
    done = _("Länken räcker för att öppna sidan.")

    def is_possible(self, row: PrivateLink) -> bool:
        return super().is_possible(row) and row.asks_for_code

    def run(self, row: PrivateLink, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.ask_for_code(row, asks=False)


class Revoke(LinkCommand):
    name = "revoke"
    label = _("Stäng länken")
    intro = _("Ingen kommer in på sidan mer: inte med länken, inte med koden. Det går inte att ångra.")
    done = _("Länken är stängd.")

    def run(self, row: PrivateLink, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        actions.revoke(row, now=now)


@admin.register(PrivateLink)
class PrivateLinkAdmin(ShowsOnceMixin, ReadOnlyPage, OfficeScopedAdmin):
    actions = None
    counts_rows = False
    list_display = ("code_or_number", "contact", "purpose", "asks_for_code", "opened_at", "revoked_at")
    list_display_links = ("code_or_number",)
    list_select_related = ("contact",)
    search_fields = ("code",)
    search_help_text = _("Sök på koden, till exempel TALL 4827.")
    ordering = ("-created_at", "-pk")
    fields = ("code", "contact", "purpose", "asks_for_code", "created_at", "opened_at", "revoked_at", "code_freed_at")
    commands = (Reissue(), AskForCode(), StopAsking(), Revoke())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("contact")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, normalise_code(search_term) or search_term)

    @admin.display(description=_("kod"), ordering="code")
    def code_or_number(self, row: PrivateLink) -> str:
        return str(row)
