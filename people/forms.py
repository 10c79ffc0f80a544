"""The forms of the people app: coming in to one's own page, and choosing how to be reached."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from people.codes import normalise_code, normalise_words
from people.enums import CallOutcome, Channel
from people.form_pack import PhoneField, PortalForm
from people.phone_numbers import can_be_called, can_take_sms

HOMES = ("/min-sida/", "/stod/")
"""Where the way in may lead."""


class NextForm(forms.Form):
    """Where someone was going when they were asked to come in: a private page of ours, or their own first page."""

    next = forms.CharField(required=False)

    def clean_next(self) -> str:
        path = self.cleaned_data["next"]
        is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None) and path.startswith(HOMES)
        return path if is_ours else HOMES[0]


class CodeField(forms.CharField):
    """The code as a person writes it; cleaned to the way we write it."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Er kod"),
            help_text=_("Ett ord och fyra siffror, till exempel TALL 4827."),
            max_length=40,
            error_messages={"required": _("Skriv er kod")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        code = normalise_code(super().clean(value))
        if code is None:
            raise ValidationError(_("Koden är ett ord och fyra siffror, till exempel TALL 4827"), code="no_code")
        return code


class WayInForm(PortalForm):
    """Code and two words."""

    code = CodeField()
    words = forms.CharField(
        label=_("Era två ord"),
        help_text=_("Orden stod bredvid koden när ni fick den."),
        max_length=60,
        error_messages={"required": _("Skriv era två ord")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    submit_label = _("Öppna er sida")

    def clean_words(self) -> str:
        text = self.cleaned_data["words"]
        words = normalise_words(text)
        if words is None:
            raise ValidationError(_("Skriv de två orden med mellanslag emellan. Kolla stavningen"), code="no_words")
        return words


class AskOneTimeCodeForm(PortalForm):
    """The code, to get a one-time code in the way one has chosen."""

    code = CodeField()
    submit_label = _("Be om en engångskod")


class OneTimeCodeForm(PortalForm):
    """Code and the six digits that were sent."""

    code = CodeField()
    digits = forms.CharField(
        label=_("Engångskoden"),
        help_text=_("Sex siffror."),
        max_length=20,
        error_messages={"required": _("Skriv engångskoden")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    submit_label = _("Öppna er sida")

    def clean_digits(self) -> str:
        digits = "".join(self.cleaned_data["digits"].split())
        if len(digits) != 6 or not digits.isascii() or not digits.isdigit():  # noqa: PLR2004 -- as the help text says
            raise ValidationError(_("Engångskoden är sex siffror"), code="no_digits")
        return digits


class UnlockForm(PortalForm):
    """The code of a link that does not open by itself."""

    code = CodeField()
    submit_label = _("Öppna er sida")


class ReasonForm(PortalForm):
    """Why staff look at something that is hidden, or change what hides it."""

    reason = forms.CharField(
        label=_("Varför?"),
        help_text=_("Till exempel: ringer om mötet på tisdag."),
        max_length=300,
        error_messages={"required": _("Skriv varför")},
    )


class CallOutcomeForm(PortalForm):
    """How a call went."""

    outcome = forms.ChoiceField(
        label=_("Hur gick det?"),
        choices=CallOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det gick")},
    )


class ContactWayForm(PortalForm):
    """The safe way to reach someone, with an address for the ways that need one (question 8, asked again)."""

    channel = forms.ChoiceField(
        label=_("Hur kan vi nå dig på ett tryggt sätt?"),
        help_text=_("Vi hör bara av oss på det sätt du väljer här."),
        choices=[(one.value, one.label) for one in (Channel.SMS, Channel.CALL, Channel.EMAIL)]
        + [(Channel.SELF.value, _("Jag hör av mig själv"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur vi kan nå dig")},
    )
    sms_phone = PhoneField(
        label=_("Mobilnummer"),
        error_messages={"required": _("Skriv ett telefonnummer som vi kan skicka sms till")},
    )
    call_phone = PhoneField(
        label=_("Telefonnummer"), error_messages={"required": _("Skriv ett telefonnummer som vi kan ringa")}
    )
    never_leave_message = forms.BooleanField(label=_("Lämna aldrig meddelande"), required=False)
    email = forms.EmailField(label=_("E-postadress"))
    may_say_who_we_are = forms.TypedChoiceField(
        label=_("Får vi säga var vi ringer ifrån om någon annan svarar?"),
        choices=[("yes", _("Ja")), ("no", _("Nej"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om vi får säga var vi ringer ifrån")},
    )
    reveals = {"channel": {"sms": ["sms_phone"], "call": ["call_phone", "never_leave_message"], "email": ["email"]}}
    submit_label = _("Spara")

    def clean_sms_phone(self) -> Any:
        phone = self.cleaned_data["sms_phone"]
        if phone and not can_take_sms(str(phone)):
            raise ValidationError(_("Skriv ett mobilnummer. Vi kan inte skicka sms till det här numret"), code="no_sms")
        return phone

    def clean_call_phone(self) -> Any:
        phone = self.cleaned_data["call_phone"]
        if phone and not can_be_called(str(phone)):
            raise ValidationError(_("Vi kan inte ringa det här numret. Skriv ett annat"), code="no_call")
        return phone

    def contact_way(self) -> dict[str, Any]:
        """The answers as `choose_contact_way` takes them."""
        return self.as_contact_way(self.cleaned_data)

    @staticmethod
    def as_contact_way(answers: dict[str, Any]) -> dict[str, Any]:
        phone = answers["sms_phone"] or answers["call_phone"]
        return {
            "channel": Channel(answers["channel"]),
            "email": answers["email"] or "",
            "phone": str(phone) if phone else "",
            "may_say_who_we_are": bool(answers["may_say_who_we_are"]),
            "never_leave_message": answers["never_leave_message"],
        }


STAFF_ASKS = {
    "channel": _("Hur vill personen bli nådd?"),
    "sms_phone": _("Mobilnummer, för sms"),
    "call_phone": _("Telefonnummer, för samtal"),
    "email": _("E-postadress, för e-post"),
    "never_leave_message": _("Lämna aldrig meddelande, vid samtal"),
    "may_say_who_we_are": _("Får vi säga var vi ringer ifrån om någon annan svarar?"),
}


class StaffContactWayForm(ContactWayForm):
    """The same, asked of someone at the telephone and filled in by staff."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in STAFF_ASKS.items():
            self.fields[name].label = label
        self.fields["channel"].help_text = ""
        self.fields["channel"].choices = Channel.choices[1:]  # type: ignore[attr-defined]
