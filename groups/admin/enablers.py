"""Those who share time, knowledge and resources, and what they have agreed with groups."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from groups.actions import people, roles
from groups.admin.base import GroupsCommand, GroupsCreation, ReadAndCommandAdmin, offices_of
from groups.admin.filters import ENABLER_PICKS, InForcePick
from groups.admin.forms import EnablerForm, EndRoleForm, NewEnablerForm
from groups.enums import EnablerRole
from groups.models import Enabler, RoleContract
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import CommandsMixin
from people.admin.filters import pick
from people.form_pack import PortalForm
from people.models import User


class NewEnabler(GroupsCreation):
    label = _("Ny möjliggörare")
    done = _("Möjliggöraren finns nu.")

    def make_form(self, user: User, data: Any = None) -> PortalForm:
        return NewEnablerForm(data, offices=offices_of(user))

    def run(self, answers: dict[str, Any], *, by: User, now: datetime) -> Enabler:
        return people.add_enabler(
            called=answers["called"],
            way=answers["way"],
            office=answers["office"],
            organisation=answers["organisation"],
            competences=answers["competences"],
            languages=answers["spoken"],
            now=now,
        )


@admin.register(Enabler)
class EnablerAdmin(CommandsMixin, OfficeScopedAdmin):
    nothing_yet = _("Ingen är inlagd än. Lägg till den som kan stötta en grupp.")
    creation = NewEnabler()
    form = EnablerForm
    list_display = ("name", "organisation", "office", "competences", "state")
    list_filter = ENABLER_PICKS
    list_select_related = ("contact", "organisation", "office")
    office_path = "office"
    search_fields = ("contact__called", "organisation__name", "competences")
    search_help_text = _("Sök på namn, organisation eller vad de kan bidra med.")
    readonly_fields = ("safe_contact",)
    fields = ("safe_contact", "office", "organisation", "competences", "languages", "is_active")
    ordering = ("contact__called", "pk")

    @admin.display(description=_("namn"), ordering="contact__called")
    def name(self, row: Enabler) -> str:
        return str(row.contact)

    @admin.display(description=_("läge"))
    def state(self, row: Enabler) -> str:
        return str(_("Aktiv") if row.is_active else _("Inte aktiv"))

    @admin.display(description=_("trygg kontakt"))
    def safe_contact(self, row: Enabler) -> str:
        return row.contact.safe_sentence


class EndRole(GroupsCommand):
    name = "end"
    label = _("Avsluta rollen")
    done = _("Rollen är avslutad, och möjliggöraren får veta det.")
    form_class = EndRoleForm

    def is_possible(self, row: RoleContract) -> bool:
        return row.ended_at is None

    def run(self, row: RoleContract, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        roles.end_role(row, because=answers["because"], now=now)


@admin.register(RoleContract)
class RoleContractAdmin(ReadAndCommandAdmin):
    nothing_yet = _("Inga överenskommelser än. De skrivs på gruppens sida.")
    list_display = ("enabler", "group", "role", "task", "review_on", "ended_at")
    list_filter = (InForcePick, pick(_("Roll"), "role", EnablerRole))
    list_select_related = ("enabler__contact", "group")
    search_fields = ("enabler__contact__called", "group__alias", "task")
    search_help_text = _("Sök på möjliggörare, grupp eller uppgift.")
    fields = (
        "group",
        "enabler",
        "role",
        "task",
        "employer_is_duty_bearer",
        "agreed_on",
        "review_on",
        "ended_at",
        "ended_because",
    )
    commands = (EndRole(),)
