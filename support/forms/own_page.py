"""What someone writes on their own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_guards import FreeTextForm, OnceKeyMixin


class AskForm(OnceKeyMixin, FreeTextForm):
    heading = "text"
    submit_label = _("Skicka frågan")

    text = forms.CharField(
        label=_("Vad vill ni fråga?"),
        help_text=_("Svaret kommer på den här sidan."),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Skriv er fråga")},
    )
