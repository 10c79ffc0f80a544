"""Questions 8–10: how someone can be reached safely, what to call them, and which language to speak."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people import forms as people_forms
from people.enums import Channel, SpokenLanguage, YesNoUnknown
from people.models import Contact
from people.phone_numbers import readable
from support.forms.questions import QuestionForm
from support.models import SupportRequest

NEVER_CALLED = (Channel.EMAIL, Channel.SELF)


class ContactWayForm(QuestionForm, people_forms.ContactWayForm):
    """The way chosen here is the only one in which anything is ever sent."""

    slug = "kontakt"
    heading = "channel"
    submit_label = _("Fortsätt")
    hints = {
        "channel": {
            Channel.SMS: _("Vi skriver kort och nämner inte vad det gäller"),
            Channel.CALL: _("Vi ringer vardagar 9–16"),
            Channel.EMAIL: _("Ämnesraden avslöjar inget"),
            Channel.SELF: _("Du får en kod att säga när du ringer"),
        }
    }

    @classmethod
    def initial_of(cls, support_request: SupportRequest) -> dict[str, Any]:
        return cls.way_of(support_request.contact)

    @staticmethod
    def way_of(contact: Contact) -> dict[str, Any]:
        """Leaving no message is the safe start for someone who has not said anything yet."""
        if contact.channel == Channel.NONE:
            return {"never_leave_message": True}
        return {
            "channel": contact.channel,
            "sms_phone": readable(contact.phone),
            "call_phone": readable(contact.phone),
            "never_leave_message": contact.never_leave_message or contact.channel != Channel.CALL,
            "email": contact.email,
            "may_say_who_we_are": "yes" if contact.may_say_who_we_are else "no",
        }

    def clean(self) -> dict[str, Any]:
        """Nobody else answers for someone who is never called: then the last question need not be answered."""
        super().clean()
        if self.cleaned_data.get("channel") in NEVER_CALLED and self.has_error("may_say_who_we_are", "required"):
            del self.errors["may_say_who_we_are"]
            self.cleaned_data["may_say_who_we_are"] = False
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        return self.contact_way()


class OfContact(QuestionForm):
    """A question whose answer is kept in the contact under the same names."""

    @classmethod
    def initial_of(cls, support_request: SupportRequest) -> dict[str, Any]:
        return {name: getattr(support_request.contact, name) for name in cls.answer_names()}


class NameForm(OfContact):
    slug = "namn"
    heading = "called"

    called = forms.CharField(
        label=_("Vad ska vi kalla dig?"),
        help_text=_("Förnamn eller smeknamn."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )


class LanguageForm(OfContact):
    slug = "sprak"
    heading = "languages"
    two_columns = ("languages",)
    languages_of = ("languages",)
    reveals = {"languages": {SpokenLanguage.OTHER: ["other_language"]}}

    languages = forms.MultipleChoiceField(
        label=_("Vilket språk vill ni prata?"),
        help_text=_("Vi kan boka tolk. Det kostar inget."),
        choices=[(one.value, _("Annat") if one == SpokenLanguage.OTHER else one.label) for one in SpokenLanguage],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett språk")},
    )
    other_language = forms.CharField(
        label=_("Vilket?"), max_length=60, error_messages={"required": _("Skriv vilket språk")}
    )
    wants_interpreter = forms.ChoiceField(
        label=_("Vill ni ha tolk när vi ses?"),
        choices=YesNoUnknown.choices,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om ni vill ha tolk")},
    )
