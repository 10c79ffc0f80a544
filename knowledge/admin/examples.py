"""The examples: written in fixed sections, read for who could be recognised, let go by the group they are about."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from groups.models import Approval
from knowledge.actions.approved_text import has_yes, is_real, needs_yes
from knowledge.actions.editing import BEYOND_STUBS
from knowledge.actions.examples import NotNow
from knowledge.admin.base import StepInline, TextAdmin, pairs
from knowledge.admin.example_commands import EXAMPLE_COMMANDS
from knowledge.admin.filters import EXAMPLE_PICKS, ShownExamples
from knowledge.completeness import completeness
from knowledge.enums import Risk
from knowledge.forms.editing import TextForm
from knowledge.models import Example, ExampleStep


class ExampleForm(TextForm):
    """An example. One that is out, or on its way out, as invented has had no one answer for who could be recognised."""

    def clean_is_invented(self) -> bool:
        is_invented = bool(self.cleaned_data["is_invented"])
        if not is_invented and self.instance.state in BEYOND_STUBS and self.instance.checked_at is None:
            raise forms.ValidationError(NotNow.words, code="too_far")
        return is_invented


class ExampleStepInline(StepInline):
    model = ExampleStep


@admin.register(Example)
class ExampleAdmin(TextAdmin):
    form = ExampleForm
    nothing_yet = _("Inga exempel än. De kommer från grupper, från avslutade stöd, eller så skriver du ett.")
    commands = EXAMPLE_COMMANDS
    inlines = (ExampleStepInline,)
    list_display = ("title", "state_in_words", "parts_done", "whose", "review_by", "to_do")
    list_filter = (ShownExamples, *EXAMPLE_PICKS)
    list_select_related = ("group",)
    search_fields = ("title", "title_en", "lead", "place", "duty_bearer")
    search_help_text = _("Sök på rubrik, ingress, plats eller ansvarig.")
    readonly_fields = ("group",)
    fieldsets = (
        (
            None,
            {"fields": (*pairs("title", "lead", "period", "who", "duty_bearer", "cost_text"),), "classes": ["texts"]},
        ),
        (
            _("Berättelsen"),
            {"fields": pairs("wrong", "quote", "quote_by", "outcome", "did_not_work", "learned"), "classes": ["texts"]},
        ),
        (
            _("I korthet"),
            {"fields": ("place", "setting", "happened_on", "size_band", "duty_bearer_kind", "cost", "supports",
                        "topics", "tools")},
        ),
        (_("Övrigt"), {"fields": ("is_invented", "group", "slug", "review_by")}),
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is about someone real never becomes invented by a tick."""
        is_fixed = obj is not None and is_real(obj)
        return [*super().get_readonly_fields(request, obj), *(["is_invented"] if is_fixed else [])]

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The answers of the group are taken before the example, as everyone takes them who answers."""
        if request.method != "POST" or object_id is None or not unquote(object_id).isdecimal():
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            answers = Approval.objects.filter(about_model=Example._meta.label_lower, about_id=int(unquote(object_id)))
            list(answers.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
            return super().changeform_view(request, object_id, form_url, extra_context)

    def state_of(self, row: Any) -> dict[str, Any]:
        needs = needs_yes(row)
        return {
            **super().state_of(row),
            "needs_yes": needs,
            "has_yes": needs and has_yes(row),
            "risks_left": [risk.label for risk in Risk if risk.value not in row.risks_cleared] if needs else [],
            "is_reachable": row.contact_id is not None or row.group_id is not None,
        }

    @admin.display(description=_("delar"))
    def parts_done(self, row: Example) -> str:
        """How many parts are there, and which are not."""
        parts = completeness(row)
        said = str(_("%(done)s av %(of)s delar klara")) % {"done": parts.done, "of": parts.of}
        if not parts.missing:
            return said
        return str(_("%(said)s. Saknas: %(missing)s")) % {"said": said, "missing": ", ".join(map(str, parts.missing))}

    @admin.display(description=_("vems"))
    def whose(self, row: Example) -> str:
        if row.group:
            return str(row.group)
        if row.is_invented:
            return str(_("Påhittat"))
        return str(_("Inskickat")) if row.contributed_at else str(_("Vårt utkast"))
