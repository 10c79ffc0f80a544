"""Those who sign in, and the roles that say what they may do."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people import clock
from people.actions import staff
from people.admin.base import PlainAdmin
from people.admin.commands import Command, CommandsMixin
from people.admin.editing import CarefulInline
from people.admin.filters import ALL, NOBODY, OfficePick, Tabs, YesNoPick, pick
from people.enums import Role
from people.models import StaffRole, User
from people.permissions import can_manage_account


class RemoveSecondStep(Command[User]):
    name = "second-step"
    label = _("Ta bort andra steget")
    intro = _(
        "För den som har tappat sin telefon eller nyckel. Ring upp på ett nummer du känner till och hör att det är rätt"
        " person. Nästa gång hen loggar in skapas ett nytt."
    )
    done = _("Kontot har inget andra steg nu. Ett nytt skapas vid nästa inloggning.")

    def is_allowed(self, row: User, user: User) -> bool:
        return can_manage_account(user, row)

    def run(self, row: User, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        staff.remove_second_step(row, by=by, now=now)


class AccountForm(forms.ModelForm):
    def clean_email(self) -> str:
        """One address is one account, however it is written."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Adressen hör redan till ett konto."), code="unique")
        return email


class RoleInline(CarefulInline):
    model = StaffRole
    fk_name = "user"
    extra = 0
    fields = ("role", "office", "starts_on", "ends_on", "covers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("office", "user")


def having(**role: Any) -> Exists:
    """Whether a user has such a role today."""
    return Exists(StaffRole.objects.active(clock.today()).filter(user=OuterRef("pk"), **role))


class AccountTabs(Tabs):
    tabs: ClassVar = {
        **ALL,
        "now": _("Har en roll nu"),
        "not": _("Har ingen roll nu"),
        "off": _("Avstängda"),
    }

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        if chosen == "all":
            return queryset
        works = Q() if chosen == "off" else Q(having() if chosen == "now" else ~having())
        return queryset.filter(works, is_active=chosen != "off")


class HeldRolePick(pick(_("Roll"), "role", Role)):  # type: ignore[misc]  # made there
    """Of the roles of today. Its rows are not a user's own columns, so nothing is counted for each choice."""

    def columns(self) -> tuple[str, ...]:
        return ()

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(having(role=chosen))


class HeldOfficePick(OfficePick):
    nobody = _("Alla orter")

    def columns(self) -> tuple[str, ...]:
        return ()

    def keep(self, rows: Any, chosen: str) -> Any:
        return rows.filter(having(office__isnull=True) if chosen == NOBODY else having(office=chosen))


class OpensAdminPick(YesNoPick):
    title = _("Får öppna admin")
    parameter_name = "is_staff"
    column = "is_staff"


@admin.register(User)
class UserAdmin(CommandsMixin, PlainAdmin):
    """An account needs no password: a code is sent to the address each time."""

    form = AccountForm
    actions = None
    list_display = ("name", "email", "what", "state", "last_login")
    list_filter = (AccountTabs, HeldRolePick, HeldOfficePick, OpensAdminPick)
    search_fields = ("name", "email")
    search_help_text = _("Sök på namn eller e-post.")
    fields = ("name", "email", "phone", "language", "is_staff", "is_active", "last_login")
    readonly_fields = ("last_login",)
    inlines = (RoleInline,)
    commands = (RemoveSecondStep(),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today = StaffRole.objects.active(clock.today()).select_related("office")
        return super().get_queryset(request).prefetch_related(Prefetch("roles", today, to_attr="roles_today"))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (isinstance(request.user, User) and can_manage_account(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An account that has done something stays, switched off: its name stands in the log."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            staff.make_account(obj)
            return
        others = [name for name in form.changed_data if name != "email"]
        if others:
            obj.save(update_fields=others)
        if "email" in form.changed_data:
            staff.change_email(obj, email=form.cleaned_data["email"])

    @admin.display(description=_("roller i dag"))
    def what(self, row: Any) -> str:
        return "; ".join(str(role) for role in row.roles_today) or "–"

    @admin.display(description=_("läge"))
    def state(self, row: User) -> str:
        if not row.is_active:
            return str(_("Avstängd"))
        return str(_("Får öppna admin") if row.is_staff else _("Får inte öppna admin"))
