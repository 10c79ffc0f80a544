"""The pages that the editors keep."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from knowledge.admin.base import TextAdmin, pairs
from knowledge.admin.commands import PAGE_COMMANDS
from knowledge.admin.filters import ShownTexts
from knowledge.forms.editing import TextForm
from knowledge.models import Page
from knowledge.views.shown import EASY

ADDRESS = re.compile(r"/(?:[a-z0-9åäö]+(?:-[a-z0-9åäö]+)*/)+")
NOT_PAGES = frozenset({"konto", "static", "media", "dev"})
"""What is kept for accounts, for files, and for those who build the portal, also where nothing answers."""


class PageForm(TextForm):
    """A page, at an address where nothing else is."""

    def clean_path(self) -> str:
        path = str(self.cleaned_data["path"])
        if path == self.instance.path:
            return path
        if path == "/" or not path.startswith("/") or not path.endswith("/"):
            raise forms.ValidationError(_("Adressen börjar och slutar med ett snedstreck, till exempel /om/."))
        if not ADDRESS.fullmatch(path):
            raise forms.ValidationError(_("Skriv adressen med små bokstäver, siffror och bindestreck."), code="signs")
        if _is_taken(path):
            raise forms.ValidationError(_("Det finns redan en sida på den adressen."), code="taken")
        return path


def _is_taken(path: str) -> bool:
    """Whether something else answers there, or to all that begins like that."""
    parts = path.strip("/").split("/")
    first = f"/{parts[0]}/"
    if parts[0] in NOT_PAGES or parts[-1] == EASY.strip("/"):
        return True
    return _answers(path, but="knowledge:page") or _answers(first, but="knowledge:")


def _answers(path: str, *, but: str) -> bool:
    """Whether there is such a page, other than those whose names begin so."""
    try:
        return not resolve(path).view_name.startswith(but)
    except Resolver404:
        return False


@admin.register(Page)
class PageAdmin(TextAdmin):
    nothing_yet = _("Inga sidor än. Skriv den första.")
    form = PageForm
    commands = PAGE_COMMANDS
    fixed_when_out = ("slug", "path")
    list_display = ("title", "path", "state_in_words", "review_by", "to_do", "has_easy")
    list_filter = (ShownTexts,)
    search_fields = ("title", "title_en", "lead", "path")
    search_help_text = _("Sök på rubrik, ingress eller adress.")
    ordering = ("path", "pk")
    fieldsets = (
        (None, {"fields": ("path", *pairs("title", "lead", "body")), "classes": ["texts"]}),
        (_("Lättläst"), {"fields": ("easy_title", "easy")}),
        (_("Övrigt"), {"fields": ("slug", "review_by")}),
    )

    @admin.display(description=_("lättläst"), boolean=True)
    def has_easy(self, row: Any) -> bool:
        return bool(row.easy)
