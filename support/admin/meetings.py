"""First meetings: offered, booked, moved, cancelled, and written down afterwards."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from people import clock
from people.calendar import STOCKHOLM, long_time
from people.models import User
from support.actions import meetings
from support.admin import words
from support.admin.base import CaseAdmin, PartAdmin, SupportCommand
from support.admin.filters import ALL, Tabs
from support.enums import AccessNeed, InterpreterState, MeetingState, PlaceKind, RequestStatus, SlotState
from support.forms.staff_meetings import CancelForm, InterpreterForm, OfferForm, PlaceForm, RecordForm, TimeForm
from support.models import IntakeMeeting, MeetingSlot, SupportRequest


def needs_of(support_request: SupportRequest) -> dict[str, Any]:
    """What to think of when a meeting is planned: language, interpreter, and what they need to be able to come."""
    needs = [str(AccessNeed(need).label) for need in support_request.access_needs]
    return {
        "contact": support_request.contact,
        "languages": words.languages(support_request.contact),
        "needs": [*needs, *filter(None, [support_request.access_other])],
        "how_many": words.size(support_request.size_band),
    }


class OfferSlots(SupportCommand):
    name = "offer"
    label = _("Erbjud tider")
    done = _("Gruppen får välja bland tiderna på sin sida.")
    form_class: ClassVar[type[PlaceForm]] = OfferForm
    template = "admin/support/supportrequest/offer.html"

    def is_possible(self, row: SupportRequest) -> bool:
        return row.status in {RequestStatus.RECEIVED, RequestStatus.IN_REVIEW}

    def context(self, row: SupportRequest, user: User) -> dict[str, Any]:
        return needs_of(row)

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.offer_slots(
            row,
            times=answers["times"],
            place_kind=PlaceKind(answers["place_kind"]),
            place=answers["place"],
            by=by,
            now=now,
        )


class BookMeeting(OfferSlots):
    name = "book"
    label = _("Boka möte")
    done = _("Mötet är bokat, och gruppen får veta det.")
    form_class = TimeForm
    template = "admin/support/supportrequest/book.html"

    def run(self, row: SupportRequest, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.book_meeting(row, **_time_and_place(answers), by=by, now=now)


def _time_and_place(answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "starts_at": answers["starts_at"],
        "ends_at": answers["ends_at"],
        "place_kind": PlaceKind(answers["place_kind"]),
        "place": answers["place"],
    }


class OfMeeting(SupportCommand):
    """A command on a booked meeting."""

    def is_possible(self, row: IntakeMeeting) -> bool:
        return row.state == MeetingState.BOOKED

    def context(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        return needs_of(row.support_request)


class MoveMeeting(OfMeeting):
    name = "move"
    label = _("Flytta")
    done = _("Mötet är flyttat, och gruppen får veta det.")
    form_class = TimeForm
    template = "admin/support/supportrequest/book.html"

    def initial(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        local = row.starts_at.astimezone(STOCKHOLM)
        return {
            "day": local.date(),
            "clock": local.time(),
            "minutes": int((row.ends_at - row.starts_at).total_seconds() // 60),
            "place_kind": row.place_kind,
            "place": row.place,
        }

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.move_meeting(row, **_time_and_place(answers), by=by, now=now)


class CancelMeeting(OfMeeting):
    name = "cancel"
    label = _("Ställ in")
    done = _("Mötet är inställt.")
    form_class = CancelForm

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.cancel_meeting(row, by_group=answers["who"] == "group", by=by, now=now)


class RecordMeeting(OfMeeting):
    name = "record"
    label = _("Anteckna")
    done = _("Mötet är antecknat.")
    form_class = RecordForm
    is_main = True

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.record_meeting(
            row,
            state=MeetingState(answers["state"]),
            shared_notes=answers["shared_notes"],
            internal_note=answers["internal_note"],
            by=by,
            now=now,
        )


class SetInterpreter(OfMeeting):
    name = "interpreter"
    label = _("Tolk")
    done = _("Tolken är antecknad.")
    form_class = InterpreterForm

    def initial(self, row: IntakeMeeting, user: User) -> dict[str, Any]:
        return {"state": row.interpreter, "language": row.interpreter_language}

    def run(self, row: IntakeMeeting, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.set_interpreter(
            row, state=InterpreterState(answers["state"]), language=answers["language"], by=by, now=now
        )


class WithdrawSlot(SupportCommand):
    name = "withdraw"
    label = _("Ta bort tiden")
    done = _("Tiden är borttagen.")

    def is_possible(self, row: MeetingSlot) -> bool:
        return row.state == SlotState.OFFERED

    def run(self, row: MeetingSlot, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        meetings.withdraw_slot(row, by=by, now=now)

    def comes_back_to(self, row: MeetingSlot) -> SupportRequest:
        return row.support_request


@admin.register(MeetingSlot)
class MeetingSlotAdmin(PartAdmin):
    commands = (WithdrawSlot(),)
    list_select_related = ("support_request",)


class ShownMeetings(Tabs):
    title = _("Visar")
    parameter_name = "show"
    tabs = {"coming": _("Kommande"), "to_record": _("Att anteckna"), "mine": _("Mina"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return {
            "coming": queryset.booked(),
            "to_record": queryset.to_record(clock.now()),
            "mine": queryset.booked().filter(leader=request.user),
            "all": queryset,
        }[chosen]


@admin.register(IntakeMeeting)
class IntakeMeetingAdmin(CaseAdmin):
    """First meetings: today's first, then those to come, then what has been."""

    page_template = "admin/support/intakemeeting/page.html"
    list_display = ("when", "where", "group_place", "interpreter_state", "how", "leader")
    list_display_links = ("when",)
    list_filter = (ShownMeetings,)
    search_fields = ("place", "support_request__place", "support_request__group__alias", "leader__name")
    search_help_text = _("Sök på plats, grupp eller utvecklingsledare.")
    commands = (RecordMeeting(), MoveMeeting(), SetInterpreter(), CancelMeeting())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today, local = clock.today(), clock.now().astimezone(STOCKHOLM)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        turn = Case(
            When(starts_at__date=today, then=Value(0)),
            When(starts_at__gte=midnight, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        rows = super().get_queryset(request).annotate(turn=turn).order_by("turn", "starts_at", "pk")
        return rows.select_related("support_request__contact", "support_request__group", "leader")

    @admin.display(description=_("när"))
    def when(self, row: IntakeMeeting) -> str:
        return long_time(row.starts_at, clock.today())

    @admin.display(description=_("var"))
    def where(self, row: IntakeMeeting) -> str:
        return row.place or str(row.get_place_kind_display())

    @admin.display(description=_("grupp"))
    def group_place(self, row: IntakeMeeting) -> str:
        return str(row.support_request.group or row.support_request.place or row.support_request)

    @admin.display(description=_("tolk"))
    def interpreter_state(self, row: IntakeMeeting) -> str:
        state = str(row.get_interpreter_display())
        return f"{row.interpreter_language}: {state}" if row.interpreter_language else state

    @admin.display(description=_("läge"))
    def how(self, row: IntakeMeeting) -> SafeString | str:
        if row.state == MeetingState.BOOKED and row.ends_at <= clock.now():
            return words.Due(str(_("Ska antecknas")), "soon").html()
        return str(row.get_state_display())

    def title_of(self, row: Any) -> str:
        return str(_("Första möte %(when)s")) % {"when": long_time(row.starts_at, clock.today())}

    def page_context(self, row: IntakeMeeting, user: User | None) -> dict[str, Any]:
        return needs_of(row.support_request)
