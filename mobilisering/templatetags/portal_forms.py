"""What the form pack in `templates/portal/` needs: groups of options, follow-ups, the error summary."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.numbers import in_words

register = template.Library()


@register.filter
def is_choice_group(bound: BoundField) -> bool:
    """Whether the field is a set of radio buttons or tick boxes under one question."""
    return isinstance(bound.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


@register.filter
def is_tick(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


@register.filter
def first_id(bound: BoundField) -> str:
    """The id of the field's first control, where a link in the error summary leads."""
    return f"{bound.auto_id}_0" if is_choice_group(bound) else str(bound.auto_id)


@register.filter
def is_optional(bound: BoundField) -> bool:
    """Whether to write "(frivillig)": not for a tick box, nor for a follow-up that must be answered when it shows."""
    required_if_shown = getattr(bound.form, "required_if_shown", ())
    return not bound.field.required and bound.name not in required_if_shown and not is_tick(bound)


@register.filter
def control(bound: BoundField) -> SafeString:
    """The field's control in our clothes: our class beside its own, and no placeholder that repeats the label."""
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"input {own}".strip(), "placeholder": False})


def _of_form(bound: BoundField, attribute: str) -> Mapping[str, Any]:
    declared: Mapping[str, Mapping[str, Any]] = getattr(bound.form, attribute, {})
    return declared.get(bound.name, {})


@register.filter
def reveals_for(bound: BoundField, value: object) -> list[BoundField]:
    """The fields that show when this option is chosen (`reveals` of the form)."""
    names: Iterable[str] = _of_form(bound, "reveals").get(str(value), ())
    return [bound.form[name] for name in names]


@register.filter
def hint_for(bound: BoundField, value: object) -> str:
    return str(_of_form(bound, "hints").get(str(value), ""))


@register.filter
def is_exclusive(bound: BoundField, value: object) -> bool:
    """Whether this option stands alone, after a divider: "Vi vet inte än"."""
    return getattr(bound.form, "exclusive", {}).get(bound.name) == str(value)


@register.filter
def is_heading(bound: BoundField) -> bool:
    """Whether this field's question is the page's H1 (`heading` of the form)."""
    return getattr(bound.form, "heading", "") == bound.name


@register.filter
def own_language(bound: BoundField, value: object) -> str:
    """The language an option's label is written in, where options are languages under their own names."""
    is_language = bound.name in getattr(bound.form, "languages_of", ())
    return str(value) if is_language and value != "other" else ""


@register.filter
def has_two_columns(bound: BoundField) -> bool:
    return bound.name in getattr(bound.form, "two_columns", ())


def _heading(missing: int, total: int) -> str:
    words = {"count": in_words(total)}
    if missing == total:
        sentence = ngettext("%(count)s svar saknas", "%(count)s svar saknas", total)
    else:
        sentence = ngettext("%(count)s svar behöver ändras", "%(count)s svar behöver ändras", total)
    return capfirst(sentence % words)


@register.inclusion_tag("portal/error_summary.html")
def error_summary(form: forms.BaseForm | None) -> dict[str, Any]:
    """Everything that stands in the way, first on the page, each line a link to the place."""
    if not form or not hasattr(form, "errors") or not form.errors:
        return {"heading": ""}
    fields = [bound for bound in form if bound.errors]
    other = form.non_field_errors()
    missing = sum(error.code == "required" for bound in fields for error in bound.errors.as_data()[:1])
    total = len(fields) + len(other)
    heading = _heading(missing, total) if fields else _("Det gick inte än")
    return {"heading": heading, "fields": fields, "other": other}
