"""Samtal på fältet: talks before there is a request, noted in one line above their list, a request in one click."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.actions import outreach as talks
from groups.admin.base import ReadAndCommandAdmin
from groups.enums import LedTo
from groups.models import OutreachContact
from people import clock
from people.admin.commands import Command, Refusals, came_from
from people.admin.filters import ALL, OfficePick, Tabs, pick
from people.models import User
from support.actions import outreach
from support.enums import RequestStatus
from support.forms.outreach import LedToForm, TalkForm
from support.models import SupportRequest

REFUSALS: Refusals = {
    talks.TalkToCome: gettext_lazy("Dagen har inte kommit än. Skriv dagen ni pratade."),
    talks.BecameRequest: gettext_lazy("Samtalet har redan lett till en förfrågan."),
    outreach.NotYourDraft: gettext_lazy("En kollega har redan börjat skriva förfrågan."),
}


class ShownTalks(Tabs):
    tabs = {"open": gettext_lazy("Inget än"), "led": gettext_lazy("Ledde till något"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "open": queryset.open(),
            "led": queryset.exclude(led_to__in=[LedTo.NOTHING_YET, LedTo.NO]),
            "all": queryset,
        }[chosen]


class MakeRequest(Command[OutreachContact]):
    """One press: a draft to go on with on the telephone, with what is known filled in."""

    name = "make-request"
    label = gettext_lazy("Gör till förfrågan")
    done = gettext_lazy("Här är förfrågan. Det du visste är redan ifyllt.")
    refusals = REFUSALS
    is_main = True

    def is_possible(self, row: OutreachContact) -> bool:
        return row.led_to != LedTo.REQUEST

    def run(self, row: OutreachContact, answers: dict[str, Any], *, by: User, now: datetime) -> SupportRequest:
        return outreach.make_request(row, by=by, now=now)


class Settle(Command[OutreachContact]):
    name = "led-to"
    label = gettext_lazy("Anteckna vad det ledde till")
    done = gettext_lazy("Det är antecknat.")
    form_class = LedToForm
    refusals = REFUSALS

    def is_possible(self, row: OutreachContact) -> bool:
        return row.led_to != LedTo.REQUEST

    def initial(self, row: OutreachContact, user: User) -> dict[str, Any]:
        return {"led_to": row.led_to}

    def run(self, row: OutreachContact, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        talks.settle_talk(row, led_to=LedTo(answers["led_to"]), by=by, now=now)


@admin.register(OutreachContact)
class OutreachAdmin(ReadAndCommandAdmin):
    """The newest first. A new one is written in the line above the list, here or on Min dag."""

    change_list_template = "admin/support/outreach/change_list.html"
    change_form_template = "admin/support/outreach/page.html"
    list_display = ("who_with", "day", "where", "need", "led_to", "user")
    list_display_links = ("who_with",)
    list_filter = (ShownTalks, OfficePick, pick(gettext_lazy("Ledde till"), "led_to", LedTo, parameter="led"))
    list_select_related = ("municipality", "user", "office")
    office_path = "office"
    search_fields = ("who_with", "place", "need", "municipality__name")
    search_help_text = gettext_lazy("Sök på plats, kommun eller vad det gällde.")
    ordering = ("-met_on", "-pk")
    fields = ("who_with", "need", "where", "met_on", "office", "user", "led_to")
    commands = (MakeRequest(), Settle())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("municipality", "user", "office")

    @admin.display(description=gettext_lazy("dag"), ordering="met_on")
    def day(self, row: OutreachContact) -> Any:
        return row.met_on

    @admin.display(description=gettext_lazy("var"))
    def where(self, row: OutreachContact) -> str:
        return ", ".join(str(part) for part in (row.place, row.municipality) if part) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("groups.add_outreachcontact")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**talk_context(request), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(
            request, object_id, form_url, {"came_of_it": _came_of(request, object_id), **(extra_context or {})}
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The line that was sent. What must be mended or decided has a page of its own, with all that was written."""
        if not self.has_add_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        form = TalkForm(request.POST if request.method == "POST" else None, user=request.user)
        if request.method != "POST" or not form.is_valid():
            return self._page(request, form)
        if numbers := form.personal_numbers():
            return self._page(request, form, numbers)
        talks.note_talk(**form.talk(), by=request.user, now=clock.now())
        messages.success(request, _("Samtalet är antecknat."))
        return HttpResponseRedirect(came_from(request) or reverse("admin:groups_outreachcontact_changelist"))

    def _page(self, request: HttpRequest, form: TalkForm, numbers: Any = ()) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext_lazy("Anteckna ett samtal"),
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "command": {"label": gettext_lazy("Anteckna")},
            "back_url": came_from(request) or reverse("admin:groups_outreachcontact_changelist"),
            "came_from": came_from(request),
            "form": form,
            "numbers": numbers,
        }
        return TemplateResponse(request, "admin/support/outreach/add.html", context)


def talk_context(request: HttpRequest, *, back: str = "", is_short: bool = False) -> dict[str, Any]:
    """What `admin/support/outreach/_talk.html` needs. `is_short` leaves out the list of municipalities under the field.

    Empty for someone who may not note talks. At most two queries.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_perm("groups.add_outreachcontact"):
        return {}
    return {"talk_form": TalkForm(user=user, is_short=is_short), "talk_back": back}


def _came_of(request: HttpRequest, object_id: str) -> SupportRequest | None:
    """The request that a talk became, when the user sees it."""
    if not object_id.isdigit():
        return None
    rows = SupportRequest.objects.visible_to(request.user).exclude(status=RequestStatus.WITHDRAWN)
    return rows.filter(outreach=int(object_id)).first()
