"""Supervision of enablers, kept apart from any group's case, and each office's ladder."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people import clock
from people.admin.base import OfficeScopedAdmin
from support.forms.staff_periods import PolicyForm
from support.models import OfficePolicy, SupervisionSession


@admin.register(SupervisionSession)
class SupervisionSessionAdmin(OfficeScopedAdmin):
    nothing_yet = _("Ingen handledning är inskriven än. Lägg till den första.")
    list_display = ("held_on", "enabler", "supervisor", "tries_next")
    list_display_links = ("held_on", "enabler")
    list_select_related = ("enabler__contact", "supervisor")
    search_fields = ("enabler__contact__called", "supervisor__name")
    search_help_text = _("Sök på möjliggörare eller handledare.")
    fields = ("enabler", "supervisor", "held_on", "dilemma", "agreed", "tries_next")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"supervisor": request.user.pk, "held_on": clock.today(), **super().get_changeform_initial_data(request)}


@admin.register(OfficePolicy)
class OfficePolicyAdmin(OfficeScopedAdmin):
    """Each office decides over its own ladder."""

    list_display = ("office", "ladder")
    list_select_related = ("office",)
    form = PolicyForm
