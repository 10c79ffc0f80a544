"""What is asked of someone who registers, and what they may change afterwards."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from people.enums import Channel
from people.form_guards import FreeTextForm, GuardMixin, OnceKeyMixin
from people.forms import ContactWayForm
from training.actions.registering import Wish
from training.seats import FEW, MOST_SEATS

LONGEST_NEEDS = 600


def seat_choices() -> list[tuple[str, str]]:
    more = [(str(number), gettext("%(number)s personer") % {"number": number}) for number in range(2, MOST_SEATS + 1)]
    return [("1", gettext("Bara jag")), *more]


def seats_field() -> forms.TypedChoiceField:
    """How many they are, together."""
    return forms.TypedChoiceField(
        label=_("Hur många kommer ni?"),
        choices=seat_choices,
        coerce=int,
        initial="1",
        error_messages={"required": _("Välj hur många ni är")},
    )


def needs_field() -> forms.CharField:
    return forms.CharField(
        label=_("Behöver du något för att kunna vara med?"),
        help_text=_(
            "Till exempel teckenspråk, plats för rullstol eller mat utan nötter. Bara vi som ordnar träffen läser det."
            " Vi tar bort svaret 90 dagar efter träffen."
        ),
        max_length=LONGEST_NEEDS,
        required=False,
        widget=forms.Textarea,
    )


class RegisterForm(OnceKeyMixin, GuardMixin, FreeTextForm, ContactWayForm):
    """What to call them, how many they are, how to reach them, and what they need. `free` seats are said when few."""

    submit_label = _("Anmäl dig")
    layout = ("called", "seats", "channel", "discreet", "needs")
    reveals = {
        "channel": {Channel.SMS: ["sms_phone"], Channel.CALL: ["call_phone"], Channel.EMAIL: ["email"]},
    }
    hints = {"channel": {Channel.SELF.value: _("Då får du en kod. Med den kan du se din anmälan här.")}}

    called = forms.CharField(
        label=_("Vad ska vi kalla dig?"),
        help_text=_("Förnamn, smeknamn eller ett påhittat namn. De andra som kommer ser det inte."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Skriv vad vi ska kalla dig")},
    )
    seats = seats_field()
    discreet = forms.BooleanField(
        label=_("Ni ska inte skriva vad det gäller i meddelandena"),
        help_text=_("Bra om någon annan kan läsa det. Ringer vi, säger vi inget till andra."),
        required=False,
    )
    needs = needs_field()
    may_say_who_we_are = None  # type: ignore[assignment]  # `discreet` says both
    never_leave_message = None  # type: ignore[assignment]

    def __init__(self, *args: Any, free: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if 0 < free <= FEW:
            said = ngettext(
                "Det finns %(free)s plats kvar. Är ni fler, ställer vi er i kö.",
                "Det finns %(free)s platser kvar. Är ni fler, ställer vi er i kö.",
                free,
            )
            self.fields["seats"].help_text = said % {"free": free}
        channel: Any = self.fields["channel"]
        channel.label = _("Hur kan vi nå dig?")

    def wish(self, *, reads: str) -> Wish:
        """What was written, for the action. Ask a valid form."""
        answers = self.cleaned_data
        return Wish(
            called=answers["called"],
            seats=answers["seats"],
            needs=answers["needs"],
            channel=Channel(answers["channel"]),
            email=answers["email"] or "",
            phone=str(answers["sms_phone"] or answers["call_phone"] or ""),
            discreet=answers["discreet"],
            reads=reads,
        )


class QueueForm(RegisterForm):
    """The same, where there is no seat left."""

    submit_label = _("Ställ dig i kö")


class ChangeForm(FreeTextForm):
    """How many they are, and what they need. What they are called and how they are reached stays."""

    submit_label = _("Spara")

    seats = seats_field()
    needs = needs_field()
