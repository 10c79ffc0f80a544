"""The few sentences in other languages. None is public before someone who speaks the language has read it."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from knowledge.actions import editing
from knowledge.admin.preview import PreviewMixin
from knowledge.forms.editing import ShortTextForm
from knowledge.forms.publishing import CheckedForm
from knowledge.models import ShortText
from people import clock
from people.admin.base import PlainAdmin
from people.admin.commands import Command, CommandsMixin
from people.models import User


class RecordCheck(Command[ShortText]):
    name = "checked"
    label = _("Anteckna vem som kollade")
    done = _("Antecknat. Nu kan alla läsa texten.")
    intro = _(
        "Någon som kan språket väl ska ha läst just de här orden, och tyckt att de är rätta."
        " När du sparar kan alla läsa texten. Ändras orden efteråt försvinner den, tills någon har kollat igen."
    )
    form_class = CheckedForm
    refusals = {editing.NobodyChecked: _("Skriv vem som kollade texten, och en dag som har varit.")}
    is_main = True

    def initial(self, row: ShortText, user: User) -> dict[str, Any]:
        return {"checked_by": row.checked_by, "checked_on": row.checked_on}

    def run(self, row: ShortText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.record_check(row, checked_by=answers["checked_by"], checked_on=answers["checked_on"], by=by, now=now)


class TakeCheckAway(Command[ShortText]):
    name = "unchecked"
    label = _("Ta bort från webbplatsen")
    done = _("Texten är inte publicerad längre.")
    intro = _("Texten försvinner för läsarna direkt, tills någon har kollat den igen.")

    def is_possible(self, row: ShortText) -> bool:
        return row.checked_on is not None

    def run(self, row: ShortText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.take_check_away(row, now=now)


@admin.register(ShortText)
class ShortTextAdmin(CommandsMixin, PreviewMixin, PlainAdmin):
    nothing_yet = _("Inga korta texter än. Skriv den första.")
    form = ShortTextForm
    change_form_template = "admin/knowledge/shorttext/change_form.html"
    actions = None
    commands = (RecordCheck(), TakeCheckAway())
    list_display = ("__str__", "title", "is_out", "checked_by", "checked_on")
    ordering = ("language",)
    fieldsets = ((None, {"fields": ("language", "title", ("body", "in_swedish")), "classes": ["texts"]}),)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["language"] if obj is not None else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)
        editing.short_text_edited(obj, changed=set(form.changed_data) if change else set(), now=clock.now())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if (row := kwargs.get("obj")) is not None and row.pk:
            context |= {"short": row, "preview_url": self.preview_url(row)}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("publicerad"), boolean=True)
    def is_out(self, row: ShortText) -> bool:
        return row.checked_on is not None
