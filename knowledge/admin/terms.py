"""The words of the glossary."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from knowledge.admin.base import TextAdmin, pairs
from knowledge.admin.commands import COMMANDS
from knowledge.admin.filters import TERM_PICKS, ShownTexts
from knowledge.models import Term


@admin.register(Term)
class TermAdmin(TextAdmin):
    nothing_yet = _("Inga ord än. Skriv det första.")
    commands = COMMANDS
    list_display = ("word", "word_en", "topic", "state_in_words", "review_by", "to_do")
    list_filter = (ShownTexts, *TERM_PICKS)
    search_fields = ("word", "word_en", "meaning")
    search_help_text = _("Sök på ordet, på svenska eller engelska, eller på vad det betyder.")
    ordering = ("sort_key", "pk")
    fieldsets = (
        (None, {"fields": pairs("word", "meaning", "usage"), "classes": ["texts"]}),
        (
            _("Så hittas och visas ordet"),
            {"fields": ("forms", "synonyms", "say_instead", "topic", "is_marked", "related", "slug", "review_by")},
        ),
    )
