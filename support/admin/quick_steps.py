"""Quick steps (snabbsteg): done from the page of a case in one click and one look, and changed by the office itself."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import Button, CommandsMixin
from people.calendar import ONE_DAY, SwedishCalendar
from people.form_pack import PortalForm
from people.models import MANAGING_ROLES, Office, User, held_roles
from support.actions import quick_steps
from support.admin.messages import SeenFirst
from support.enums import LogKind, QuickStepScope
from support.forms.quick_steps import DoQuickStepForm, QuickStepForm
from support.models import QuickStep

CALENDAR = SwedishCalendar()


class DoQuickStep(SeenFirst):
    """One of the quick steps, on one case. Made for the request that asks for it."""

    name = "quick-step"
    done = _("Gjort. Det står i loggen, med nästa steg.")
    template = "admin/support/quick_step.html"
    field = "message"

    def __init__(self, step: QuickStep, scope: QuickStepScope) -> None:
        self.step, self.scope = step, scope
        self.shows_current = not step.next_step  # type: ignore[misc]  # only then the next step of the case is shown
        self.label = step.name  # type: ignore[misc]  # each step has words of its own

    def is_possible(self, row: Any) -> bool:
        return bool(row.is_open)

    def is_allowed(self, row: Any, user: User) -> bool:
        return self.step.office_id in {None, row.office_id} and self.step.scope in {self.scope, QuickStepScope.BOTH}

    def make_form(self, row: Any, user: User, data: Any = None) -> PortalForm:
        needs = bool(row.next_step or self.step.next_step)
        return DoQuickStepForm(data, initial=self.initial(row, user), needs_next_step=needs)

    def initial(self, row: Any, user: User) -> dict[str, Any]:
        """The step as it is written, or the next step of the case where the step says nothing of it."""
        step = self.step
        said = {
            "kind": step.log_kind,
            "log_text": step.log_text,
            "is_internal": step.is_internal,
            "message": step.message,
        }
        if step.next_step:
            day = clock.today() + timedelta(days=step.next_step_days or 0)
            on = CALENDAR.add_working_days(day - ONE_DAY, 1)
            return {**said, "next_step": step.next_step, "next_step_on": on, "waits_for": step.waits_for}
        return {
            **said,
            "next_step": row.next_step,
            "next_step_on": row.next_step_on,
            "waits_for": step.waits_for or row.waits_for,
        }

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        quick_steps.do_quick_step(
            row,
            kind=LogKind(answers["kind"]),
            text=answers["log_text"],
            is_internal=answers["is_internal"],
            next_step=answers["next_step"],
            next_step_on=answers["next_step_on"],
            waits_for=answers["waits_for"],
            message=answers["message"],
            by=by,
            now=now,
        )


class QuickStepsMixin(CommandsMixin):
    """A page of a case with quick steps on it, each at an address of its own."""

    quick_step_scope: ClassVar[QuickStepScope]

    def get_urls(self) -> list[URLPattern]:
        address = path(
            "<int:pk>/quick-step/<int:step>/",
            self.admin_site.admin_view(self.quick_step_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_quick-step",
        )
        return [address, *super().get_urls()]

    def quick_step_view(self, request: HttpRequest, pk: int, step: int) -> HttpResponse:
        """As any command. A step of another office, or one that is switched off, does not exist."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = QuickStep.objects.active().visible_to(request.user).filter(pk=step).first()
        if found is None:
            raise Http404
        return self.command_view(request, pk, command=DoQuickStep(found, self.quick_step_scope))

    def quick_steps_of(self, row: Any) -> list[Button]:
        """A button for each step that fits the case. One query when it is open, none when it is not."""
        if not row.is_open:
            return []
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_quick-step"
        steps = QuickStep.objects.for_case(row.office_id, self.quick_step_scope)
        return [
            Button(
                f"quick-step-{step.pk}",
                step.name,
                reverse(name, args=[row.pk, step.pk]),
                at_once=False,
                is_main=False,
                place="quick",
            )
            for step in steps
        ]


def may_write_for(user: User, office_id: int | None) -> bool:
    """Whether someone decides over the office's quick steps; the common ones belong to the whole programme."""
    mine = {office for role, office in held_roles(user) if role in MANAGING_ROLES}
    return user.is_superuser or bool(mine & {None, office_id})


@admin.register(QuickStep)
class QuickStepAdmin(OfficeScopedAdmin):
    """Everyone who works with cases reads them; whoever answers for an office changes its own."""

    form = QuickStepForm
    list_display = ("name", "whose", "scope", "next_step", "sends", "position", "used")
    list_select_related = ("office",)
    fieldsets = (
        (None, {"fields": ("name", "office", "scope", "position", "is_active")}),
        (_("Det som skrivs i loggen"), {"fields": ("log_kind", "log_text", "is_internal")}),
        (_("Det som händer sedan"), {"fields": ("next_step", "next_step_days", "waits_for")}),
        (_("Det som gruppen får"), {"fields": ("message",)}),
    )

    @admin.display(description=_("ort"), ordering="office__name")
    def whose(self, row: QuickStep) -> str:
        return str(row.office or _("alla orter"))

    @admin.display(description=_("meddelande"))
    def sends(self, row: QuickStep) -> str:
        return str(_("skickar meddelande") if row.message else _("skickar inget"))

    @admin.display(description=_("används"), ordering="is_active")
    def used(self, row: QuickStep) -> str:
        return str(_("används") if row.is_active else _("används inte"))

    def has_change_permission(self, request: HttpRequest, obj: QuickStep | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or (isinstance(request.user, User) and may_write_for(request.user, obj.office_id)))

    def has_delete_permission(self, request: HttpRequest, obj: QuickStep | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only offices that one answers for; a step for every office is written by whoever answers for all."""
        if db_field.name == "office" and isinstance(request.user, User):
            user = request.user
            mine = [office.pk for office in Office.objects.filter(is_active=True) if may_write_for(user, office.pk)]
            kwargs["queryset"] = Office.objects.filter(pk__in=mine)
            kwargs["required"] = not may_write_for(user, None)
            kwargs["help_text"] = "" if kwargs["required"] else db_field.help_text
            kwargs["empty_label"] = _("Välj ort") if kwargs["required"] else _("Alla orter")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
