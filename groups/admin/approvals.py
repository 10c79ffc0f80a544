"""What groups have been asked to agree to, and what they said. Only a group changes its answer."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from groups.admin.base import ReadAndCommandAdmin
from groups.enums import Decision
from groups.models import Approval


class Standing(admin.SimpleListFilter):
    title = _("svar")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("Väntar på svar")), ("yes", _("Ja som gäller")), ("no", _("Nej"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return {
            "waiting": queryset.waiting(),
            "yes": queryset.in_force(),
            "no": queryset.filter(decision=Decision.NO),
        }.get(self.value() or "", queryset)


@admin.register(Approval)
class ApprovalAdmin(ReadAndCommandAdmin):
    nothing_yet = _("Inga frågor om ett ja än. De ställs på gruppens sida.")
    list_display = ("title", "group", "kind", "standing", "asked_at")
    list_filter = (Standing, "kind")
    list_select_related = ("group", "decided_by__contact")
    search_fields = ("title", "group__alias")
    search_help_text = _("Sök på rubrik eller grupp.")
    fields = ("group", "kind", "title", "text", "standing", "asked_at", "decided_at", "decided_by", "taken_back_at")

    @admin.display(description=_("svar"))
    def standing(self, row: Approval) -> str:
        """Where it stands, in words."""
        if row.superseded_at:
            return str(_("Ersatt av en ny text"))
        if row.taken_back_at:
            return str(_("Tog tillbaka sitt ja"))
        return str(row.get_decision_display()) if row.decided_at else str(_("Väntar på svar"))
