"""The links of public texts: which lead nowhere, since when, and in which text."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from knowledge.actions.links import broken
from knowledge.models import LinkCheck
from knowledge.texts import KINDS
from people.admin.base import NeverChanged, PlainAdmin
from people.admin.filters import ALL, Tabs


class ShownLinks(Tabs):
    tabs = {"broken": _("Leder fel"), **ALL}

    def rows(self, request: HttpRequest, queryset: Any, chosen: str) -> Any:
        return queryset if chosen == "all" else queryset.filter(pk__in=broken().values("pk"))


@admin.register(LinkCheck)
class LinkCheckAdmin(NeverChanged, PlainAdmin):
    nothing_yet = _("Inga länkar har provats än. Det händer en gång om dagen.")
    actions = None
    list_display = ("url", "stands_in", "problem_in_words", "broken_since", "checked_at")
    list_filter = (ShownLinks,)
    search_fields = ("url",)
    search_help_text = _("Sök på en del av länken.")
    fields = ("url", "stands_in", "problem_in_words", "status", "broken_since", "checked_at")
    ordering = ("broken_since", "url", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the name of the text, in the same query."""
        names = [
            When(
                about_model=kind.model._meta.label_lower,
                then=Subquery(kind.model._default_manager.filter(pk=OuterRef("about_id")).values(kind.title)[:1]),
            )
            for kind in KINDS
        ]
        name = Case(*names, default=Value(""), output_field=CharField())
        return super().get_queryset(request).annotate(text_name=name)

    @admin.display(description=_("står i"))
    def stands_in(self, row: Any) -> SafeString | str:
        if not row.text_name:
            return "–"
        page = reverse(f"admin:{row.about_model.replace('.', '_')}_change", args=[row.about_id])
        return format_html('<a href="{}">{}</a>', page, row.text_name)

    @admin.display(description=_("vad som är fel"), ordering="problem")
    def problem_in_words(self, row: LinkCheck) -> str:
        return row.problem or (str(_("Fungerar")) if row.checked_at else str(_("Inte provad än")))
