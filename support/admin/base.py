"""What the leader's pages have in common: one page per case, commands on it, refusals in plain words."""

from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.actions.groups import AliasEmpty, AliasNamesPerson
from people import clock
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import Button, Command, CommandsMixin, Refusals
from people.calendar import long_time
from people.models import User
from support.actions import (
    check_ins,
    decisions,
    hand_overs,
    handling,
    joining,
    meetings,
    messages,
    next_steps,
    organisations,
    periods,
    plans,
    slots,
)
from support.actions.leader_time import LeaderBusy
from support.actions.requests import RequestClosed


def _taken(refusal: handling.AlreadyTaken) -> str:
    return _("%(leader)s har redan tagit ärendet.") % {"leader": refusal.leader}


def _accepted(refusal: decisions.AlreadyAccepted) -> str:
    return _("En kollega har redan sagt ja. Gruppen heter %(group)s.") % {"group": refusal.group}


def _offered(refusal: hand_overs.AlreadyOffered) -> str:
    asked = refusal.hand_over.to_user or refusal.hand_over.to_office
    return _("%(who)s har redan fått frågan. Vänta på svar, eller ta tillbaka den först.") % {"who": asked}


def _over(refusal: hand_overs.HandOverOver) -> str:
    return _("Det går inte längre. %(because)s Inget är ändrat.") % {"because": refusal.because}


def _booked(refusal: meetings.AlreadyBooked) -> str:
    when = long_time(refusal.meeting.starts_at, clock.today())
    return _("Det finns redan ett bokat möte: %(when)s. Flytta det i stället.") % {"when": when}


def _no_way(refusal: messages.NoWayToReach) -> str:
    """Why nobody can be written to, and that nothing was done."""
    why = " ".join(refusal.reasons) or _("Gruppen har ingen kontaktperson.")
    return _("Vi kan inte skriva till gruppen nu. %(why)s Inget är skickat eller sparat.") % {"why": why}


def _busy(refusal: LeaderBusy) -> str:
    times = [long_time(one.starts_at, clock.today()) for one in refusal.clashes]
    return _("Du har redan något annat då: %(times)s. Tryck en gång till och se efter.") % {"times": ", ".join(times)}


ALIAS_NEEDED = gettext_lazy("Skriv det namn ni har bestämt med gruppen.")
CLOSED = gettext_lazy("Förfrågan är redan avslutad eller tillbakadragen. Inget är ändrat.")

REFUSALS: Refusals = {
    RequestClosed: CLOSED,
    joining.JoinedToAnother: gettext_lazy(
        "Förfrågan hör ihop med en annan. Gör det på den andra, eller ta isär dem först."
    ),
    joining.NotTheSameOffice: gettext_lazy("De två hör till olika orter, så de går inte att lägga ihop."),
    joining.NothingToJoin: gettext_lazy("Det är samma förfrågan. Skriv koden på en annan."),
    joining.ChangedMeanwhile: gettext_lazy("En kollega ändrade samtidigt. Kolla sidan och försök igen."),
    handling.AlreadyTaken: _taken,
    decisions.AlreadyAccepted: _accepted,
    handling.QuestionGone: gettext_lazy("Gruppen har tagit bort sin fråga."),
    handling.AlreadyAnswered: gettext_lazy("En kollega har redan svarat på frågan."),
    decisions.OtherOffice: gettext_lazy("Gruppen hör till en annan ort."),
    decisions.OfficeNeeded: gettext_lazy("Välj vilken ort gruppen ska höra till."),
    decisions.ReasonNeeded: gettext_lazy("Skriv varför, och vart gruppen kan vända sig."),
    decisions.AliasNeeded: ALIAS_NEEDED,
    AliasEmpty: ALIAS_NEEDED,
    AliasNamesPerson: gettext_lazy("Namnet är också vad vi kallar en person i gruppen. Välj ett annat alias."),
    slots.SlotGone: gettext_lazy("Gruppen har redan valt tiden."),
    slots.TooManyTimes: gettext_lazy("Det är för många tider på en gång. Välj högst 30."),
    LeaderBusy: _busy,
    meetings.MeetingInThePast: gettext_lazy("Tiden har redan passerat. Välj en tid som kommer."),
    meetings.AlreadyBooked: _booked,
    meetings.MeetingOver: gettext_lazy("Mötet är redan avslutat eller inställt. Inget är ändrat."),
    meetings.MeetingNotYet: gettext_lazy("Mötet har inte börjat än. Du kan anteckna när ni har setts."),
    organisations.AlreadyAnswered: gettext_lazy("En kollega har redan svarat organisationen."),
    hand_overs.NoteNeeded: gettext_lazy("Skriv det den nya behöver veta."),
    hand_overs.AlreadyOffered: _offered,
    hand_overs.HandOverOver: _over,
    hand_overs.NotYours: gettext_lazy("Frågan gick till någon annan."),
    hand_overs.AnswerNeeded: gettext_lazy("Skriv kort varför."),
    hand_overs.NobodyThere: gettext_lazy("Ingen på den orten kan ta över just nu. Välj en annan ort."),
    periods.NotALeaderHere: gettext_lazy("Personen arbetar inte med ärenden på den orten. Välj någon annan."),
    periods.PeriodClosed: gettext_lazy("Stödet är avslutat, så det går inte att ändra längre."),
    periods.NotInExit: gettext_lazy("Listan finns bara medan ni avslutar tillsammans."),
    periods.WrongPhase: gettext_lazy("Den fasen väljs inte för hand."),
    next_steps.StepNeeded: gettext_lazy("Skriv vad som händer härnäst."),
    next_steps.DayGone: gettext_lazy("Dagen har redan passerat. Välj en dag som kommer."),
    messages.NothingWritten: gettext_lazy("Skriv det du vill säga."),
    messages.NoWayToReach: _no_way,
    periods.DayHasPassed: gettext_lazy("Dagen har redan passerat. Välj en dag som kommer."),
    periods.PauseTooLong: gettext_lazy("En paus är högst två år. Kolla årtalet."),
    periods.BadLadder: gettext_lazy(
        "En trappa har ett till åtta steg. Varje steg är 1–52 veckor och längre än det förra."
    ),
    plans.PlanClosed: gettext_lazy("Stödet är avslutat, så planen går inte att ändra längre."),
    check_ins.CheckInOver: gettext_lazy("Frågan är redan besvarad, eller behövs inte längre."),
}


class SupportCommand(Command[Any]):
    """A command whose refusals are those of the support app."""

    refusals = REFUSALS


class CaseAdmin(CommandsMixin, OfficeScopedAdmin):
    """Rows that are read on a page of their own and changed only through commands."""

    page_template: ClassVar[str]
    actions = None
    actions_on_top = True
    change_list_template = "admin/support/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of the case. Only reads: every change is a command."""
        row = self.get_object(request, unquote(object_id))
        if row is None or not isinstance(request.user, User):
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        may_change = self.has_change_permission(request, row)
        context = {
            **self.admin_site.each_context(request),
            "title": self.title_of(row),
            "opts": self.opts,
            "list_name": capfirst(self.opts.verbose_name_plural),
            "row": row,
            "today": clock.today(),
            "may_change": may_change,
            **self._buttons_by_place(row, request.user if may_change else None),
            **self.page_context(row, request.user if may_change else None),
        }
        return TemplateResponse(request, self.page_template, context)

    def _buttons_by_place(self, row: models.Model, user: User | None) -> dict[str, list[Button]]:
        """`buttons` for the top of the page, `buttons_<place>` for where else the page puts some."""
        found: dict[str, list[Button]] = {}
        for button in self.buttons(row, user) if user else []:
            found.setdefault(f"buttons_{button.place}" if button.place else "buttons", []).append(button)
        return found

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(
            request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        )

    def page_context(self, row: Any, user: User | None) -> dict[str, Any]:
        """What the page shows beside the row. `user` is who may change it; None for someone who only reads."""
        return {}

    def buttons_of(self, row: models.Model, user: User | None) -> list[Button]:
        """The commands of another row that is shown on this page."""
        model_admin = self.admin_site.get_model_admin(type(row))
        return model_admin.buttons(row, user) if user and isinstance(model_admin, CommandsMixin) else []


class PartAdmin(CommandsMixin, OfficeScopedAdmin):
    """Rows that are part of a case: no list and no page of their own, only commands."""

    def get_urls(self) -> list[Any]:
        names = {command.name for command in self.commands}
        return [url for url in super().get_urls() if str(url.name).rpartition("_")[2] in names]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False
