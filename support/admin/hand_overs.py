"""Hand-overs between leaders: the questions that wait, the page of one, and how much each leader has."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.commands import page_of
from people.calendar import long_date, stockholm_day
from people.models import User, in_offices_of
from support.actions.hand_overs import why_void
from support.admin import words
from support.admin.base import CaseAdmin
from support.admin.cover import CoverPages, chosen_office
from support.admin.filters import ALL, Tabs
from support.admin.hand_over_commands import AcceptHandOver, RefuseHandOver, TakeBackHandOver
from support.enums import HandOverState
from support.models import HandOver, SupportPeriod, SupportRequest
from support.permissions import LEADING_ROLES, leaders_of
from support.workload import loads_of


class ShownHandOvers(Tabs):
    tabs = {"mine": _("Väntar på dig"), "waiting": _("Väntar på svar"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        if chosen == "all":
            return queryset
        waiting = queryset.waiting()
        if chosen == "waiting":
            return waiting
        user: Any = request.user
        here = in_offices_of(user, "to_office", roles=LEADING_ROLES)
        return waiting.filter(Q(to_user=user) | Q(here, to_user__isnull=True)).exclude(from_user=user)


@admin.register(HandOver)
class HandOverAdmin(CoverPages, CaseAdmin):
    """Whoever is asked sees what they need to answer, and nothing that tells who the group is."""

    page_template = "admin/support/handover/page.html"
    change_list_template = "admin/support/handover/change_list.html"
    list_display = ("what", "asks", "is_asked", "since", "state_in_words")
    list_display_links = ("what",)
    list_filter = (ShownHandOvers,)
    ordering = ("-offered_at", "-pk")
    list_select_related = (
        "from_user",
        "from_office",
        "to_user",
        "to_office",
        "period__group__municipality",
        "period__leader",
        "support_request__contact",
        "support_request__municipality",
        "support_request__leader",
    )
    commands = (AcceptHandOver(), RefuseHandOver(), TakeBackHandOver())

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def get_urls(self) -> list[URLPattern]:
        loads = path("tyngd/", self.admin_site.admin_view(self.loads_view), name="support_handover_workload")
        return [loads, *super().get_urls()]

    @admin.display(description=_("vad"))
    def what(self, row: HandOver) -> str:
        return str(_("En grupp") if row.period_id else _("En förfrågan"))

    @admin.display(description=_("frågar"))
    def asks(self, row: HandOver) -> str:
        return f"{row.from_user}, {row.from_office}" if row.from_office else str(row.from_user)

    @admin.display(description=_("till"))
    def is_asked(self, row: HandOver) -> str:
        return f"{row.to_user or _('alla')}, {row.to_office}"

    @admin.display(description=_("frågad"), ordering="offered_at")
    def since(self, row: HandOver) -> str:
        return long_date(stockholm_day(row.offered_at), clock.today())

    @admin.display(description=_("läge"))
    def state_in_words(self, row: HandOver) -> str:
        return str(row.get_state_display())

    def title_of(self, row: Any) -> str:
        return str(_("%(who)s vill lämna över")) % {"who": row.from_user}

    def page_context(self, row: HandOver, user: User | None) -> dict[str, Any]:
        """Of a question that is over only what was said is shown, unless the case can be seen anyway."""
        case = row.case
        is_seen = user is not None and type(case)._default_manager.visible_to(user).filter(pk=case.pk).exists()
        waits = row.state == HandOverState.OFFERED
        void = why_void(row) if waits else None
        shows_facts = user is not None and (is_seen or (waits and not void))
        return {
            "case_url": page_of(case) if is_seen else "",
            "void": void,
            "facts": facts_of(case) if shows_facts else (),
            "is_for_you": row.to_user_id is None or (user is not None and row.to_user_id == user.pk),
        }

    def loads_view(self, request: HttpRequest) -> HttpResponse:
        """How much each leader of an office has."""
        office, offices = chosen_office(request)
        loads = loads_of(leaders_of(office, clock.today()), [office.pk], clock.today())
        heaviest = max((load.weight for load in loads), default=0)
        bars = [(load, round(100 * load.weight / heaviest) if heaviest else 0) for load in loads]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Så mycket har var och en"),
            "opts": self.opts,
            "office": office,
            "offices": offices,
            "bars": bars,
        }
        return TemplateResponse(request, "admin/support/handover/workload.html", context)


def facts_of(case: SupportRequest | SupportPeriod) -> list[tuple[Any, Any]]:
    """What someone needs to know to answer: how far it has come, how many, where, which languages. No names."""
    if isinstance(case, SupportPeriod):
        group = case.group
        people = [member.contact for member in group.members.contact_persons().select_related("contact")]
        asked = group.support_requests.order_by("-received_at", "-pk").first()
        state, size, place = case.get_phase_display(), group.size_band, group.municipality
    else:
        people, asked = [case.contact], case
        state, size, place = case.get_status_display(), case.size_band, case.municipality
    return [
        (_("Läge"), state),
        (_("Hur många"), words.size(size)),
        (_("Kommun"), place or "–"),
        (_("Språk"), "; ".join(sorted({words.languages(contact) for contact in people})) or "–"),
        (_("Bråttom"), asked.get_urgency_display() if asked and asked.urgency else "–"),
    ]
