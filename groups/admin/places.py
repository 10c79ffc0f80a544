"""Municipalities and which office answers for them, topics, organisations."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.admin.filters import HasOfficePick, SectorPick
from groups.models import Municipality, Organisation, Topic
from people.admin.base import PlainAdmin
from people.admin.filters import OfficePick


@admin.register(Municipality)
class MunicipalityAdmin(PlainAdmin):
    """Sweden's municipalities are given: what staff decide is which office answers."""

    list_display = ("name", "county_name", "office")
    list_filter = (HasOfficePick, OfficePick)
    list_select_related = ("office",)
    search_fields = ("name", "code", "county_name")
    search_help_text = _("Sök på kommun, kod eller län.")
    fields = ("name", "code", "county_name", "office")
    readonly_fields = ("name", "code", "county_name")
    ordering = ("sort_key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(PlainAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    ordering = ("sort_key",)


@admin.register(Organisation)
class OrganisationAdmin(PlainAdmin):
    list_display = ("name", "sector", "municipality", "org_number")
    list_filter = (SectorPick,)
    list_select_related = ("municipality",)
    search_fields = ("name", "org_number", "municipality__name")
    search_help_text = _("Sök på namn, organisationsnummer eller kommun.")
    ordering = ("sort_key",)
