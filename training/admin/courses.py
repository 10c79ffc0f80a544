"""What is taught: edited by editors, read by all who hold sessions of it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from people.admin.base import PlainAdmin
from training.actions.courses import course_changed
from training.admin.filters import COURSE_PICKS
from training.models import Course

LONGEST_SLUG = 80
LONGEST_LINE = 200


class Lines(forms.Textarea):
    """A list of texts, one on each line."""

    def format_value(self, value: Any) -> str | None:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value


class LinesField(forms.CharField):
    """A list of texts from what is written on each line. Empty lines count for nothing."""

    widget = Lines

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, (list, tuple)) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if any(len(line) > LONGEST_LINE for line in value):
            raise forms.ValidationError(
                _("Skriv högst %(most)s tecken på varje rad."), code="max_length", params={"most": LONGEST_LINE}
            )

    def run_validators(self, value: Any) -> None:
        """Those of one text do not fit a list; `validate` has looked at each line."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class CourseForm(forms.ModelForm):
    """With the outcomes one on each line, and an address made of the title where none is written."""

    slug = forms.SlugField(
        label=_("Adress"),
        max_length=LONGEST_SLUG,
        required=False,
        help_text=_("Står i webbadressen. Lämna tomt, så gör vi den av rubriken."),
    )
    outcomes = LinesField(label=_("Vad du kan efteråt"), required=False, help_text=_("En sak på varje rad."))

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or _free_slug(self.cleaned_data.get("title", ""))


def _free_slug(title: str) -> str:
    """Of the title; with a number when another course has it already."""
    first = slugify(title)[: LONGEST_SLUG - 4].strip("-") or "utbildning"
    taken = set(Course.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    return next(one for one in (first, *(f"{first}-{number}" for number in range(2, 1000))) if one not in taken)


@admin.register(Course)
class CourseAdmin(PlainAdmin):
    nothing_yet = _("Ingen utbildning är inlagd än. Lägg till den första.")
    form = CourseForm
    change_form_template = "admin/training/course/change_form.html"
    list_display = ("title", "kind", "audience", "topic", "public")
    list_filter = COURSE_PICKS
    search_fields = ("title", "lead")
    search_help_text = _("Sök på rubrik eller vad den handlar om.")
    fields = (
        "title",
        "slug",
        "kind",
        "audience",
        "topic",
        "lead",
        "outcomes",
        "programme",
        "bring",
        "material",
        "is_public",
    )

    @admin.display(description=_("syns på webbplatsen"))
    def public(self, row: Course) -> str:
        return str(_("Ja") if row.is_public else _("Nej"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Course, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        course_changed(obj)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> Any:  # type: ignore[override]  # Django calls it by keyword
        if (course := kwargs.get("obj")) is not None:
            context["public_url"] = reverse("training:course", args=[course.slug]) if course.is_public else ""
            context["sessions_url"] = ""
            if request.user.has_perm("training.view_session"):
                a_list = reverse("admin:training_session_changelist")
                context["sessions_url"] = f"{a_list}?course={course.pk}&show=all"
        return super().render_change_form(request, context, **kwargs)
