"""The ways of working, step by step."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from knowledge.admin.base import StepInline, TextAdmin, pairs
from knowledge.admin.commands import COMMANDS
from knowledge.admin.filters import TOOL_PICKS, ShownTexts
from knowledge.models import Tool, ToolStep


class ToolStepInline(StepInline):
    model = ToolStep
    order = ("number", "minutes")


@admin.register(Tool)
class ToolAdmin(TextAdmin):
    nothing_yet = _("Inga verktyg än. Skriv det första.")
    commands = COMMANDS
    inlines = (ToolStepInline,)
    list_display = ("title", "kind", "order", "state_in_words", "review_by", "to_do")
    list_filter = (ShownTexts, *TOOL_PICKS)
    search_fields = ("title", "title_en", "lead")
    search_help_text = _("Sök på rubrik eller ingress.")
    ordering = ("order", "pk")
    fieldsets = (
        (
            None,
            {"fields": pairs("title", "lead", "when", "time", "people", "bring", "tips", "pitfalls", "sheet"),
             "classes": ["texts"]},
        ),
        (_("Övrigt"), {"fields": ("kind", "order", "related", "slug", "review_by")}),
    )  # fmt: skip
