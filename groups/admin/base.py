"""What the pages of the groups app have in common."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from groups.actions import roles
from groups.actions.groups import AliasEmpty, AliasNamesPerson
from people.actions.contacts import ContactErased, NoSuchAddress
from people.admin.base import OfficeScopedAdmin
from people.admin.commands import Command, CommandsMixin, Creation, Refusals
from people.models import Office, User, in_offices_of

REFUSALS: Refusals = {
    AliasEmpty: _("Skriv det namn ni har bestämt med gruppen."),
    AliasNamesPerson: _("Namnet är också vad vi kallar en person i gruppen. Välj ett annat alias."),
    roles.EnablerInactive: _("Möjliggöraren tar inte uppdrag just nu."),
    roles.ReviewInThePast: _("Dagen har redan passerat. Välj en dag som kommer."),
    NoSuchAddress: _("Kontaktsättet behöver ett nummer eller en adress som går att nå."),
    ContactErased: _("Personens uppgifter är borttagna."),
}


class GroupsCommand(Command[Any]):
    """A command whose refusals are those of the groups app."""

    refusals = REFUSALS


class GroupsCreation(Creation[Any]):
    """As GroupsCommand, for what is added."""

    refusals = REFUSALS


def offices_of(user: User) -> QuerySet[Office]:
    """Where the user works with groups' cases."""
    return Office.objects.filter(in_offices_of(user, "pk"), is_active=True)


class ReadAndCommandAdmin(CommandsMixin, OfficeScopedAdmin):
    """Rows that are read here and changed only through commands."""

    actions = None
    actions_on_top = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.get_fields(request, obj) if isinstance(name, str)]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        nothing_to_save = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().change_view(request, object_id, form_url, {**nothing_to_save, **(extra_context or {})})
