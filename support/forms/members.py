"""Who is in the group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_guards import FreeTextForm, OnceKeyMixin


class InviteForm(OnceKeyMixin, FreeTextForm):
    """Whom the group invites: only what to call them."""

    heading = "called"
    submit_label = _("Skapa en inbjudan")

    called = forms.CharField(
        label=_("Vad ska vi kalla den ni bjuder in?"),
        help_text=_("Förnamn eller smeknamn. Inget efternamn."),
        max_length=60,
        error_messages={"required": _("Skriv ett förnamn eller smeknamn")},
    )
