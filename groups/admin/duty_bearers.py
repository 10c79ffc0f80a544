"""Those responsible: the register, with its source and when it was checked."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from groups.admin.filters import DUTY_BEARER_PICKS
from groups.models import DutyBearer
from people.admin.base import PlainAdmin


@admin.register(DutyBearer)
class DutyBearerAdmin(PlainAdmin):
    list_display = ("name", "kind", "municipality", "registrar_email", "checked_on")
    list_filter = DUTY_BEARER_PICKS
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")
    search_help_text = _("Sök på namn eller kommun.")
    fields = ("name", "kind", "municipality", "registrar_email", "how_to_hand_in", "source", "checked_on")
    ordering = ("sort_key", "pk")
