"""The four questions to an organisation that supports groups."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.enums import Channel
from people.form_guards import FreeTextForm, GuardMixin, OnceKeyMixin
from people.form_pack import Datalist, PhoneField
from people.phone_numbers import can_be_called
from support.enums import OrganisationWish, Urgency
from support.forms.questions import offer_municipalities


class OrganisationForm(OnceKeyMixin, GuardMixin, FreeTextForm):
    """What it is about, which support, how urgent, and who asks."""

    submit_label = _("Skicka till oss")
    layout = (
        "about",
        "wishes",
        "urgency",
        Fieldset(_("Vem frågar, och hur når vi dig?"), "organisation_name", "place", "called", "channel"),
    )
    reveals = {"channel": {Channel.EMAIL: ["email"], Channel.CALL: ["phone"]}}

    about = forms.CharField(
        label=_("Vad gäller det?"),
        help_text=_("Några meningar räcker. Skriv inte namn på dem du stöttar."),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Berätta kort vad det gäller")},
    )
    wishes = forms.MultipleChoiceField(
        label=_("Vilket stöd vill ni ha?"),
        help_text=_("Välj ett eller flera."),
        choices=OrganisationWish.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett svar")},
    )
    urgency = forms.ChoiceField(
        label=_("Är det bråttom?"),
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur bråttom det är")},
    )
    organisation_name = forms.CharField(
        label=_("Vilken organisation arbetar du i?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Skriv vilken organisation du arbetar i")},
    )
    place = forms.CharField(
        label=_("Vilken kommun?"),
        max_length=80,
        widget=Datalist(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Skriv vilken kommun ni finns i")},
    )
    called = forms.CharField(
        label=_("Vad heter du?"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Skriv vad du heter")},
    )
    channel = forms.ChoiceField(
        label=_("Hur vill du att vi svarar?"),
        choices=[(Channel.EMAIL.value, _("E-post")), (Channel.CALL.value, _("Telefonsamtal"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur vi kan nå dig")},
    )
    email = forms.EmailField(
        label=_("E-postadress"), widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
    )
    phone = PhoneField(
        label=_("Telefonnummer"), error_messages={"required": _("Skriv ett telefonnummer som vi kan ringa")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_municipalities(self.fields["place"])

    def clean_phone(self) -> Any:
        phone = self.cleaned_data["phone"]
        if phone and not can_be_called(str(phone)):
            raise ValidationError(_("Vi kan inte ringa det här numret. Skriv ett annat"), code="no_call")
        return phone

    def answers(self) -> dict[str, Any]:
        """The answers as `send_organisation_request` takes them, with the key that makes twice once."""
        guards = {"website", "opened", "email", "phone"}
        plain = {name: value for name, value in self.cleaned_data.items() if name not in guards}
        return plain | {"email": self.cleaned_data["email"] or "", "phone": str(self.cleaned_data["phone"] or "")}
