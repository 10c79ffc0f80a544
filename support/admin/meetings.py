"""First meetings: the list, the page of one, and the parts that belong to them. Commands: `meeting_commands.py`."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.bulk import BulkMixin
from people.calendar import STOCKHOLM, long_time, stockholm_day
from people.models import User
from support.actions.meeting_needs import is_still_needed, needs_as_they_stand
from support.admin import bulk, words
from support.admin.base import CaseAdmin, PartAdmin
from support.admin.filters import ALL, MEETING_PICKS, Tabs
from support.admin.meeting_commands import (
    BookMeeting,
    CancelMeeting,
    MoveMeeting,
    NeedArranged,
    NeedMissing,
    NeedToArrange,
    OfferSlots,
    RecordMeeting,
    SetInterpreter,
    WithdrawSlot,
    needs_of,
)
from support.admin.week import address_of, week_context, with_code
from support.enums import InterpreterState, MeetingState, NeedState, PlaceKind
from support.finding import find_meetings
from support.models import IntakeMeeting, MeetingNeed, MeetingSlot

__all__ = ["BookMeeting", "IntakeMeetingAdmin", "MeetingNeedAdmin", "MeetingSlotAdmin", "OfferSlots", "needs_of"]


@admin.register(MeetingSlot)
class MeetingSlotAdmin(PartAdmin):
    commands = (WithdrawSlot(),)
    list_select_related = ("support_request",)


@admin.register(MeetingNeed)
class MeetingNeedAdmin(PartAdmin):
    commands = (NeedArranged(), NeedMissing(), NeedToArrange())
    list_select_related = ("meeting__support_request",)


class ShownMeetings(Tabs):
    tabs = {"coming": _("Kommande"), "to_record": _("Att anteckna"), "mine": _("Mina"), **ALL}
    uncounted = ("all",)

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "coming": queryset.booked(),
            "to_record": queryset.to_record(clock.now()),
            "mine": queryset.booked().filter(leader=request.user),
            "all": queryset,
        }[chosen]


@admin.register(IntakeMeeting)
class IntakeMeetingAdmin(BulkMixin, CaseAdmin):
    """First meetings: today's first, then those to come, then what has been."""

    bulk = bulk.MEETINGS
    office_path = "office"
    may_lack_office = True
    page_template = "admin/support/intakemeeting/page.html"
    change_list_template = "admin/support/intakemeeting/change_list.html"
    list_display = ("when", "where", "group_place", "interpreter_state", "to_arrange", "how", "leader")
    list_display_links = ("when",)
    list_filter = (ShownMeetings, *MEETING_PICKS)
    search_fields = ("place", "support_request__place", "support_request__group__alias", "leader__name")
    search_help_text = _("Sök på plats, grupp, kod eller utvecklingsledare. Början av ett ord räcker.")
    ordering_of: ClassVar = {"all": ("-starts_at", "-pk"), "to_record": ("starts_at", "pk")}
    commands = (RecordMeeting(), MoveMeeting(), SetInterpreter(), CancelMeeting())

    def get_ordering(self, request: HttpRequest) -> Any:
        today, local = clock.today(), clock.now().astimezone(STOCKHOLM)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        turn = Case(
            When(starts_at__date=today, then=Value(0)),
            When(starts_at__gte=midnight, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return super().get_ordering(request) or (turn.asc(), "starts_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        asked = ("support_request__contact", "support_request__group")
        rows = super().get_queryset(request).select_related(*asked, "leader").prefetch_related("needs")
        return with_code(rows)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return find_meetings(queryset, search_term, user=request.user), False

    @admin.display(description=_("när"))
    def when(self, row: IntakeMeeting) -> str:
        return long_time(row.starts_at, clock.today())

    @admin.display(description=_("var"))
    def where(self, row: IntakeMeeting) -> str:
        return row.place or str(PlaceKind(row.place_kind).label)

    @admin.display(description=_("med"))
    def group_place(self, row: IntakeMeeting) -> str:
        return words.met(row)

    @admin.display(description=_("tolk"))
    def interpreter_state(self, row: IntakeMeeting) -> str:
        state = str(InterpreterState(row.interpreter).label)
        return f"{row.interpreter_language}: {state}" if row.interpreter_language else state

    @admin.display(description=_("att ordna"))
    def to_arrange(self, row: IntakeMeeting) -> str:
        """What nobody has arranged yet, of what they still need."""
        needs = [need for need in needs_as_they_stand(row) if need.state == NeedState.TO_ARRANGE]
        return ", ".join(str(need) for need in needs if is_still_needed(need)) or "–"

    @admin.display(description=_("läge"))
    def how(self, row: IntakeMeeting) -> SafeString | str:
        if row.state == MeetingState.BOOKED and row.ends_at <= clock.now():
            return words.Due(str(_("Ska antecknas")), "soon").html()
        return str(MeetingState(row.state).label)

    def title_of(self, row: Any) -> str:
        return str(_("Första möte %(when)s")) % {"when": long_time(row.starts_at, clock.today())}

    def name_in_bulk(self, row: Any) -> str:
        return f"{self.when(row)}, {self.group_place(row)}"

    def page_context(self, row: IntakeMeeting, user: User | None) -> dict[str, Any]:
        return {
            **needs_of(row.support_request),
            "all_needs": [self._need(need, user) for need in needs_as_they_stand(row)],
            "week_url": address_of(stockholm_day(row.starts_at)),
        }

    def _need(self, need: MeetingNeed, user: User | None) -> dict[str, Any]:
        buttons = self.buttons_of(need, user) if need.pk else []
        return {"row": need, "is_gone": not is_still_needed(need), "buttons": buttons}

    def get_urls(self) -> list[URLPattern]:
        week = path("vecka/", self.admin_site.admin_view(self.week_view), name="support_intakemeeting_week")
        return [week, *super().get_urls()]

    def week_view(self, request: HttpRequest) -> HttpResponse:
        """The week, with what can be done with each meeting."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not self.has_view_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        user = request.user if self.has_change_permission(request) else None
        shown = week_context(request.GET, request.user, lambda row: self.buttons_of(row, user))
        context = {**self.admin_site.each_context(request), "opts": self.opts, **shown}
        return TemplateResponse(request, "admin/support/week.html", context)
