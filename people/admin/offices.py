"""Where the programme works."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.admin.base import PlainAdmin
from people.models import Office


@admin.register(Office)
class OfficeAdmin(PlainAdmin):
    actions = None
    list_display = ("name", "phone", "email", "visiting_address", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name",)
    search_help_text = _("Sök på ortens namn.")
    fields = ("name", "slug", "phone", "email", "visiting_address", "is_active")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj or not self.has_add_permission(request) else {"slug": ("name",)}
