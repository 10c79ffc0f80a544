"""What the admin pages of all public texts have in common."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.text import capfirst, format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from knowledge.actions import editing
from knowledge.actions.links import broken, broken_in
from knowledge.actions.publishing import NotComplete
from knowledge.admin.preview import PreviewMixin, draw, plain_of
from knowledge.completeness import completeness
from knowledge.enums import State
from knowledge.forms.editing import LinesField, StepForm, TextForm
from knowledge.readability import MOST_LIX, MOST_WORDS, readability
from knowledge.texts import KIND_OF, is_whole_in
from people import clock
from people.admin.base import PlainAdmin
from people.admin.commands import CommandsMixin, page_of
from people.admin.editing import CarefulInline

SHORT = 160
"""Signs. What may be longer is written in a box of several lines."""

ONE_A_LINE = _("En på varje rad.")
STUB = _(
    "Det saknas något som måste finnas i en publicerad text: %(missing)s. Inget är sparat."
    " Fyll i det, eller ta bort texten från webbplatsen först."
)


def pairs(*names: str) -> tuple[tuple[str, str], ...]:
    """Swedish and English side by side."""
    return tuple((name, f"{name}_en") for name in names)


class WritesTexts(BaseModelAdmin):
    """How columns are written: lists one on each line, choices as boxes, long texts in big boxes."""

    rows_of_text = 10

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ArrayField):
            return _field_of_list(db_field)
        is_long = isinstance(db_field, models.CharField) and not db_field.choices and (db_field.max_length or 0) > SHORT
        if is_long:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        elif isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": self.rows_of_text, "class": "vLargeTextField"})
        elif isinstance(db_field, models.ManyToManyField):
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_add_related"):
            field.widget.can_add_related = False
        return field


def _field_of_list(column: Any) -> forms.Field:
    says_so = str(column.help_text) in {"", str(ONE_A_LINE)}
    named: dict[str, Any] = {
        "label": capfirst(column.verbose_name),
        "required": not column.blank,
        "help_text": ONE_A_LINE if says_so else format_lazy("{} {}", column.help_text, ONE_A_LINE),
    }
    if column.base_field.choices:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(**{**named, "help_text": ""}, choices=column.base_field.choices, widget=boxes)
    return LinesField(**named, line_length=column.base_field.max_length, widget=forms.Textarea(attrs={"rows": 5}))


class StepInline(WritesTexts, CarefulInline):
    """The steps under a text: numbered, in both languages, with one empty one to fill in."""

    form = StepForm
    rows_of_text = 5
    extra = 1
    order: ClassVar[Iterable[str]] = ("number",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With what was seen of each, which the page carries."""
        return [(None, {"fields": [tuple(self.order), *pairs("title", "text"), "seen"], "classes": ["texts"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """To take a step out is to write."""
        return self.has_change_permission(request, obj)


class TextAdmin(CommandsMixin, PreviewMixin, WritesTexts, PlainAdmin):
    """A kind of public text. A save is found by the search and shown to readers in the same moment."""

    form = TextForm
    change_form_template = "admin/knowledge/change_form.html"
    actions = None
    ordering = ("-changed_at", "-pk")
    fixed_when_out: ClassVar[tuple[str, ...]] = ("slug",)
    """What stands in the address: it does not change once readers have met it."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the steps, which are a part of the text, and whether a link in it fails."""
        rows: Any = super().get_queryset(request)
        if KIND_OF[self.model].has_steps:
            rows = rows.prefetch_related("steps")
        bad = broken().filter(about_model=self.model._meta.label_lower, about_id=OuterRef("pk"))
        return rows.annotate(has_broken_link=Exists(bad))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A text that goes leaves a page that says so: it is withdrawn."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = self.fixed_when_out if obj is not None and obj.published_at else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Again, with what was written and why it was not saved, when a public text would have become a stub."""
        show = partial(super().changeform_view, request, object_id, form_url, extra_context)
        try:
            return show()
        except NotComplete as refusal:
            words = STUB % {"missing": ", ".join(map(str, refusal.missing))}
            request.refusal = words  # type: ignore[attr-defined]  # read by `get_form`
            return show()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.changed_at = clock.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not _wants_preview(request):
            editing.text_edited(form.instance, now=clock.now())

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._drawn_unsaved(request, obj) or super().response_change(request, obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """On to the page of the new text: there it is read, scheduled, published."""
        if drawn := self._drawn_unsaved(request, obj):
            return drawn
        super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(page_of(obj))

    def _drawn_unsaved(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """The page as it would be if this was saved; nothing is."""
        if not _wants_preview(request):
            return None
        language = "en" if "_preview_en" in request.POST else "sv"
        return draw(request, obj, language=language, is_saved=False, is_easy="_preview_easy" in request.POST)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        context |= {"most_lix": MOST_LIX, "most_words": MOST_WORDS, "is_public": False}
        if (row := kwargs.get("obj")) is not None and row.pk:
            context |= self.state_of(row)
        return super().render_change_form(request, context, *args, **kwargs)

    def state_of(self, row: Any) -> dict[str, Any]:
        """What the page says above the text: how far it has come, what is missing, how it reads, which links fail."""
        return {
            "text": row,
            "is_public": row.is_public,
            "is_overdue": bool(row.review_by and row.review_by <= clock.today()),
            "is_stuck": row.state == State.READY and row.publish_at is not None and row.publish_at <= clock.now(),
            "parts": completeness(row),
            "measured": readability(plain_of(row)),
            "broken_links": list(broken_in(row)),
            "preview_url": self.preview_url(row),
            "has_easy": bool(getattr(row, "easy", "")),
            "is_in_english": is_whole_in(row, "en"),
        }

    @admin.display(description=_("läge"), ordering="state")
    def state_in_words(self, row: Any) -> str:
        if row.state == State.READY and row.publish_at:
            return str(_("Publiceras %(when)s")) % {"when": _short(row.publish_at)}
        return str(row.get_state_display())

    @admin.display(description=_("att göra"))
    def to_do(self, row: Any) -> str:
        """What an editor should do with it, in words; nothing when all is well."""
        found = []
        if row.is_public and row.review_by and row.review_by <= clock.today():
            found.append(_("Läs igenom igen"))
        if row.has_broken_link:
            found.append(_("Trasig länk"))
        if not is_whole_in(row, "en"):
            found.append(_("Engelska saknas"))
        return ". ".join(map(str, found)) or "–"


def _wants_preview(request: HttpRequest) -> bool:
    return any(name in request.POST for name in ("_preview", "_preview_en", "_preview_easy"))


def _short(moment: datetime) -> str:
    return date_format(localtime(moment), "j F H.i")
