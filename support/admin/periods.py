"""The support periods, and the page of one: phase, next step, plan, follow-ups, balance, story."""

from typing import Any

from django.contrib import admin
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from groups.enums import MemberRole
from people import clock
from people.codes import normalise_code
from people.models import PrivateLink, User
from support.actions.check_ins import answerable
from support.admin import words
from support.admin.base import CaseAdmin, PartAdmin
from support.admin.check_ins import AnswerOnPhone
from support.admin.filters import ALL, Tabs
from support.admin.period_commands import (
    AddItem,
    Agree,
    ChangePhase,
    ClosePeriod,
    ComeBack,
    EndPause,
    HandOver,
    Keep,
    LogInPeriod,
    MarkReadiness,
    Pause,
    SetLadder,
    SetNextStep,
    SignExit,
    StartExit,
    Unkeep,
)
from support.admin.timeline import log_of, waits_for_answer
from support.balance import balance_of
from support.enums import CheckInState, Phase, Readiness
from support.facts import policy_of
from support.models import CheckIn, KeptThing, ReadinessMark, SupportPeriod, SupportRequest

CHECK_INS_SHOWN = 20


class ShownPeriods(Tabs):
    title = _("Visar")
    parameter_name = "show"
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


@admin.register(SupportPeriod)
class SupportPeriodAdmin(CaseAdmin):
    """The groups we work with: the nearest next step first."""

    page_template = "admin/support/supportperiod/page.html"
    list_display = ("group", "code", "phase_in_words", "what_next", "due", "next_contact", "leader")
    list_display_links = ("group",)
    list_filter = (ShownPeriods,)
    search_fields = ("group__alias", "group__area", "group__municipality__name", "code")
    search_help_text = _("Sök på grupp, plats eller kod.")
    ordering = (F("next_step_on").asc(nulls_first=True), "opened_at", "pk")
    commands = (
        LogInPeriod(),
        SetNextStep(),
        AddItem(),
        MarkReadiness(),
        Agree(),
        ChangePhase(),
        Pause(),
        EndPause(),
        SetLadder(),
        HandOver(),
        StartExit(),
        Keep(),
        SignExit(),
        ComeBack(),
        ClosePeriod(),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        requests = SupportRequest.objects.filter(group=OuterRef(OuterRef("group")))
        links = PrivateLink.objects.filter(about_model="support.supportrequest", about_id__in=requests.values("pk"))
        live = CheckIn.objects.live().filter(period=OuterRef("pk")).order_by("expected")
        rows = (
            super()
            .get_queryset(request)
            .annotate(
                code=Subquery(links.exclude(code="").order_by("-pk").values("code")[:1]),
                heard_next=Subquery(live.values("expected")[:1]),
                asks=waits_for_answer(period=OuterRef("pk")),
            )
        )
        return rows.select_related("group", "leader", "office", "follows")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, normalise_code(search_term) or search_term)

    @admin.display(description=_("kod"))
    def code(self, row: Any) -> str:
        return row.code or "–"

    @admin.display(description=_("fas"), ordering="phase")
    def phase_in_words(self, row: SupportPeriod) -> str:
        rests = row.paused_until is not None and row.paused_until >= clock.today()
        return f"{row.get_phase_display()}, {_('vilar')}" if rests else str(row.get_phase_display())

    @admin.display(description=_("nästa steg"))
    def what_next(self, row: SupportPeriod) -> str:
        return row.next_step or str(_("Inget nästa steg än"))

    @admin.display(description=_("senast"), ordering="next_step_on")
    def due(self, row: Any) -> SafeString:
        return words.with_question(words.due(row.next_step_on, clock.today()).html(), asks=row.asks)

    @admin.display(description=_("vi hörs"), ordering="heard_next")
    def next_contact(self, row: Any) -> SafeString:
        return format_html("{} {}", _("vi hörs:"), words.due(row.heard_next, clock.today()).html())

    def title_of(self, row: Any) -> str:
        return " · ".join(part for part in (str(row.group), getattr(row, "code", "")) if part)

    def page_context(self, row: SupportPeriod, user: User | None) -> dict[str, Any]:
        today = clock.today()
        members = list(row.group.members.current().select_related("contact"))
        requests = list(row.group.support_requests.order_by("-received_at"))
        return {
            "requests": requests,
            "contact_persons": [member for member in members if member.role == MemberRole.CONTACT_PERSON],
            "next_due": words.due(row.next_step_on, today),
            "supports": words.supports(row.supports),
            "ladder": words.ladder_position(row.step, policy_of(row).ladder),
            "plan": self._plan(row, user),
            "check_ins": self._check_ins(row, user),
            "signs": self._signs(row),
            "kept": [(thing, self.buttons_of(thing, user)) for thing in self._kept(row)],
            "balance": balance_of(row, today),
            "roles": row.group.role_contracts.in_force().select_related("enabler__contact"),
            **self.story_of(
                log_of(period_id=row.pk, request_ids=[one.pk for one in requests]),
                [member.contact for member in members],
                user,
            ),
        }

    def _plan(self, row: SupportPeriod, user: User | None) -> list[tuple[Any, list[Any]]]:
        items = list(row.plan_items.all())
        for item in items:
            item.period = row
        return [(item, self.buttons_of(item, user)) for item in items]

    def _check_ins(self, row: SupportPeriod, user: User | None) -> list[tuple[Any, list[Any]]]:
        newest = list(row.check_ins.exclude(state=CheckInState.CANCELLED).order_by("-number")[:CHECK_INS_SHOWN])
        for check_in in newest:
            check_in.period = row
        can_be_answered = answerable(row)
        buttons = [(one, self.buttons_of(one, user)) for one in newest]
        return [
            (one, [button for button in some if button.name != AnswerOnPhone.name or one == can_be_answered])
            for one, some in buttons
        ]

    def _kept(self, row: SupportPeriod) -> list[KeptThing]:
        things = list(row.kept_things.all())
        for thing in things:
            thing.period = row
        return things

    def _signs(self, row: SupportPeriod) -> list[dict[str, Any]]:
        newest: dict[str, ReadinessMark] = {mark.sign: mark for mark in row.readiness_marks.order_by("marked_on", "pk")}
        return [{"sign": sign.label, "mark": newest.get(sign)} for sign in Readiness]


@admin.register(KeptThing)
class KeptThingAdmin(PartAdmin):
    commands = (Unkeep(),)
    list_select_related = ("period",)
