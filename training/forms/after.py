"""What is asked afterwards: the three questions, the name on a certificate, and the code of one."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.form_guards import FreeTextForm
from people.form_pack import PortalForm
from training.certificates.codes import normalise_check_code
from training.enums import Usefulness


class EvaluationForm(FreeTextForm):
    """Three questions; only the first needs an answer."""

    submit_label = _("Skicka svaren")

    usefulness = forms.ChoiceField(
        label=_("Har du nytta av det?"),
        choices=Usefulness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om du har nytta av det")},
    )
    learned = forms.CharField(label=_("Vad tar du med dig?"), max_length=1000, required=False, widget=forms.Textarea)
    better = forms.CharField(
        label=_("Vad kan bli bättre?"),
        help_text=_("Skriv inte namn på andra."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )

    def answers(self) -> dict[str, Any]:
        """As `evaluate` takes them. Ask a valid form."""
        return self.cleaned_data | {"usefulness": Usefulness(self.cleaned_data["usefulness"])}


class CertificateForm(FreeTextForm):
    """The name that a certificate is made out in."""

    submit_label = _("Gör intyget")

    name = forms.CharField(
        label=_("Vilket namn ska stå på intyget?"),
        help_text=_("Skriv det så som du vill att andra ska läsa det."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv namnet som ska stå på intyget")},
    )


class CheckCodeForm(PortalForm):
    """The code of a certificate, as it is read from a paper."""

    submit_label = _("Kolla intyget")

    check_code = forms.CharField(
        label=_("Kontrollkod"),
        help_text=_("Tolv tecken, till exempel K7WP-3MXQ-9RTF. Koden står längst ner på intyget."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Skriv koden som står på intyget")},
    )

    def build_helper(self) -> FormHelper:
        """Wherever the form stands, the code is asked about at one address."""
        helper = super().build_helper()
        helper.form_action = "training:verify"
        return helper

    def clean_check_code(self) -> str:
        code = normalise_check_code(self.cleaned_data["check_code"])
        if code is None:
            raise ValidationError(
                _("Koden är tolv bokstäver och siffror. Kolla att du har fått med alla"), code="no_code"
            )
        return code
