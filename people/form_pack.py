"""What every form the public meets is made of: plain Swedish errors and follow-up questions.

A form declares, beside its fields, how they hang together; the templates in `templates/portal/` draw it.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from phonenumber_field.formfields import PhoneNumberField

from people.plain_text import plain_post
from people.validators import NO_EMAIL, email_to_send_to, refuse_far_days, refuse_unreadable

Words = str | Promise
"""Something a reader sees, translated when it is shown."""

SIGNS_PER_WORD = 6.5
"""Mean length of a word in everyday Swedish, with the space after it."""

SHORT_ANSWER = 200
"""Answers allowed more signs than this are measured in words, shorter ones in signs."""

ERRORS: tuple[tuple[type[forms.Field], dict[str, Any]], ...] = (
    (forms.Field, {"required": _("Svara på frågan")}),
    (forms.CharField, {"required": _("Skriv ett svar")}),
    (
        forms.EmailField,
        {
            "required": _("Skriv en e-postadress"),
            "invalid": NO_EMAIL,
        },
    ),
    (forms.URLField, {"invalid": _("Skriv hela webbadressen, till exempel https://exempel.se")}),
    (forms.ChoiceField, {"required": _("Välj ett av svaren"), "invalid_choice": _("Välj ett av svaren i listan")}),
    (forms.ModelChoiceField, {"required": _("Välj ett av svaren"), "invalid_choice": _("Välj ett av svaren i listan")}),
    (forms.MultipleChoiceField, {"required": _("Välj minst ett svar"), "invalid_list": _("Välj svar i listan")}),
    (forms.ModelMultipleChoiceField, {"required": _("Välj minst ett svar"), "invalid_list": _("Välj svar i listan")}),
    (forms.BooleanField, {"required": _("Kryssa i rutan för att gå vidare")}),
    (
        forms.IntegerField,
        {
            "required": _("Skriv ett antal"),
            "invalid": _("Skriv med siffror, till exempel 12"),
            "min_value": _("Skriv minst %(limit_value)s"),
            "max_value": _("Skriv högst %(limit_value)s"),
        },
    ),
    (forms.DateField, {"required": _("Välj ett datum"), "invalid": _("Skriv datumet så här: 2026-09-08")}),
    (forms.TimeField, {"required": _("Välj ett klockslag"), "invalid": _("Skriv klockslaget så här: 14:30")}),
    (
        forms.DateTimeField,
        {"required": _("Välj dag och tid"), "invalid": _("Skriv dag och tid så här: 2026-09-08 14:30")},
    ),
)
"""What we say instead of Django's own sentences; a form's own `error_messages` win over these."""


def about_words(signs: int) -> int:
    """A number of signs as a round number of words."""
    words = round(signs / SIGNS_PER_WORD)
    return max(1, words if words < 20 else round(words, -1))  # noqa: PLR2004 -- round numbers are for long texts


class ShortEnough(MaxLengthValidator):
    """Refuses a text that is too long and says how much to take away; nothing is cut off behind the writer's back."""

    def __call__(self, value: str) -> None:
        over = len(value) - int(self.limit_value)
        if over <= 0:
            return
        if self.limit_value > SHORT_ANSWER:
            words = about_words(over)
            sentence = ngettext(
                "Texten är för lång. Ta bort ungefär %(words)s ord.",
                "Texten är för lång. Ta bort ungefär %(words)s ord.",
                words,
            )
            raise ValidationError(sentence % {"words": words}, code="max_length")
        raise ValidationError(
            _("Skriv högst %(limit)s tecken. Nu är det %(length)s."),
            code="max_length",
            params={"limit": self.limit_value, "length": len(value)},
        )


class PhoneField(PhoneNumberField):
    """A telephone number, Swedish unless it begins with +; spaces, hyphens and brackets are fine."""

    default_error_messages: ClassVar[dict[str, Words]] = {
        "required": _("Skriv ett telefonnummer"),
        "invalid": _("Skriv hela numret, till exempel 070-174 06 15"),
    }


class Datalist(forms.TextInput):
    """A text box that offers answers while one writes, and takes others too."""

    template_name = "portal/widgets/datalist.html"

    def __init__(self, offered: Sequence[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_list"
        return context | {"offered": self.offered}


class Button(BaseInput):
    """A button that sends the form; `css_class` "btn--2" for a second one, "btn--link" to look like a link."""

    input_type = "submit"
    field_classes = ""


class Why:
    """A layout object: a fold-out "Varför frågar vi?" with a plain answer."""

    def __init__(self, text: Words, title: Words = "") -> None:
        self.text, self.title = text, title or _("Varför frågar vi?")

    def render(self, form: forms.BaseForm, context: Any, **kwargs: Any) -> SafeString:
        return render_to_string("portal/layout/why.html", {"text": self.text, "title": self.title})


class PortalFormMixin(forms.BaseForm):
    """How a form of ours behaves; see the class attributes for what a form may declare."""

    use_required_attribute = False

    reveals: ClassVar[Mapping[str, Mapping[str, Sequence[str]]]] = {}
    """field → option → the fields that show under it. A required one is required only when its option is chosen;
    what was written under an option that is not chosen counts as not answered."""
    hints: ClassVar[Mapping[str, Mapping[str, Words]]] = {}
    """field → option → a line under the option."""
    exclusive: ClassVar[Mapping[str, str]] = {}
    """field → the option that stands alone, such as "Vi vet inte än"."""
    two_columns: ClassVar[Sequence[str]] = ()
    """Fields whose many short options stand in two columns where there is room."""
    languages_of: ClassVar[Sequence[str]] = ()
    """Fields whose options are languages, each written in its own: a screen reader then says them rightly."""
    heading: ClassVar[str] = ""
    """The field whose question is the H1 of the page."""
    layout: ClassVar[Sequence[Any]] = ()
    """Field names and layout objects in order; left out: every field as declared."""
    submit_label: ClassVar[Words] = _("Fortsätt")
    more_buttons: ClassVar[Sequence[tuple[str, Words]]] = ()
    """Further ways to send the form: (name, label), drawn as links."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(None if data is None else plain_post(data), *args, **kwargs)
        self.label_suffix = ""
        self.required_if_shown = {name for name in self._follow_ups & set(self.fields) if self.fields[name].required}
        for name, field in self.fields.items():
            _speak_plainly(field)
            field.required = field.required and name not in self._follow_ups

    @property
    def _follow_ups(self) -> set[str]:
        return {name for options in self.reveals.values() for names in options.values() for name in names}

    @cached_property
    def helper(self) -> FormHelper:
        """What crispy draws the form by. Made when the form is drawn: every field is there by then."""
        return self.build_helper()

    def build_helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "post"
        helper.render_hidden_fields = True
        traps = [name for name, field in self.fields.items() if getattr(field, "is_trap", False)]
        skipped = {*self._follow_ups, *traps}
        shown = [name for name in self.fields if name not in skipped and not self[name].is_hidden]
        helper.layout = Layout(*(self.layout or shown), *traps)
        helper.add_input(Button("", self.submit_label))
        for name, label in self.more_buttons:
            helper.add_input(Button(name, label, css_class="btn--link"))
        return helper

    def replace_answer(self, name: str, value: str) -> None:
        """Puts another value in the form that is shown next, as if it had been sent."""
        answers: Any = copy(self.data)  # of a QueryDict, one that may be written to
        answers[self.add_prefix(name)] = value
        self.data = answers

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._settle_follow_ups()
        self._settle_exclusive()
        return self.cleaned_data

    def _chosen(self, name: str) -> set[str]:
        value = self.cleaned_data.get(name)
        return {str(one) for one in value} if isinstance(value, (list, tuple, set)) else {str(value)}

    def _settle_follow_ups(self) -> None:
        for parent, option, name in self._each_follow_up():
            field = self.fields[name]
            if parent not in self.cleaned_data:  # first things first: the question above it
                self.errors.pop(name, None)
            elif option not in self._chosen(parent):
                self.errors.pop(name, None)
                self.cleaned_data[name] = field.to_python("")
            elif name in self.required_if_shown and self.cleaned_data.get(name, True) in field.empty_values:
                self.add_error(name, ValidationError(field.error_messages["required"], code="required"))

    def _each_follow_up(self) -> Iterator[tuple[str, str, str]]:
        for parent, options in self.reveals.items():
            for option, names in options.items():
                yield from ((parent, option, name) for name in names if name in self.fields)

    def _settle_exclusive(self) -> None:
        for name, option in self.exclusive.items():
            chosen = self._chosen(name)
            if option in chosen and len(chosen) > 1:
                label = dict(self.fields[name].choices)[option]  # type: ignore[attr-defined]
                sentence = _("Välj antingen ”%(option)s” eller något av de andra svaren")
                self.add_error(name, ValidationError(sentence, code="exclusive", params={"option": label}))


class PortalForm(PortalFormMixin, forms.Form):
    """A form for a command: its answers are handed to an action."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):
    """A form for the plain editing of one row."""


def _speak_plainly(field: forms.Field) -> None:
    """Our sentences for errors, length in words, and no limit that cuts a pasted text off in silence."""
    defaults: dict[str, Any] = {}
    for cls in reversed(type(field).__mro__):
        defaults.update(getattr(cls, "default_error_messages", {}) if cls.__module__.startswith("django.") else {})
    for cls, sentences in ERRORS:
        if isinstance(field, cls):
            for code, sentence in sentences.items():
                if field.error_messages.get(code) is defaults.get(code):
                    field.error_messages[code] = sentence
                    defaults[code] = sentence
    if isinstance(field, forms.DateField):
        field.validators.append(refuse_far_days)
    if isinstance(field, forms.EmailField):
        instead = [one for one in field.validators if not isinstance(one, EmailValidator)]
        field.validators = [*instead, email_to_send_to]
    if isinstance(field, forms.CharField):
        field.validators.append(refuse_unreadable)
        _limit_in_words(field)


def _limit_in_words(field: forms.CharField) -> None:
    field.widget.attrs.pop("maxlength", None)
    field.widget.attrs.pop("minlength", None)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 5
    if field.max_length is None:
        return
    field.validators = [one for one in field.validators if not isinstance(one, MaxLengthValidator)]
    field.validators.append(ShortEnough(field.max_length))
    if isinstance(field.widget, forms.Textarea):
        room = format_lazy(_("Du kan skriva ungefär {words} ord."), words=about_words(field.max_length))
        field.help_text = format_lazy("{} {}", field.help_text, room) if field.help_text else room
