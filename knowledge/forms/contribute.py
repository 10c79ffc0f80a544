"""The eight questions to a group that wants to tell others what it did, with the headings that readers meet."""

import re
from textwrap import wrap
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.enums import DutyBearerKind, SizeBand
from knowledge.actions.contributing import Told
from knowledge.enums import Setting
from knowledge.markup import literally
from people import forms as people_forms
from people.enums import Channel
from people.form_guards import FreeTextForm, GuardMixin, OnceKeyMixin

LONGEST_TEXT, LONGEST_STEPS, LONGEST_LINE = 2400, 5000, 300
MOST_LINES = 20
"""Things they did, or learned: more than any example has."""
LIST_SIGN = re.compile(r"^(?:\d{1,2}[.)]|[-–•*])(?:\s+|$)")


def _long(label: Any, *, hint: Any, required: Any = "", most: int = LONGEST_TEXT) -> forms.CharField:
    errors = {"required": required} if required else {}
    widget = forms.Textarea
    return forms.CharField(
        label=label, help_text=hint, max_length=most, widget=widget, required=bool(required), error_messages=errors
    )


def _short(label: Any, *, hint: Any, most: int, required: Any = "") -> forms.CharField:
    errors = {"required": required} if required else {}
    return forms.CharField(label=label, help_text=hint, max_length=most, required=bool(required), error_messages=errors)


def _choice(label: Any, choices: Any, *, required: Any) -> forms.ChoiceField:
    errors = {"required": required}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors)


class ContributeForm(OnceKeyMixin, GuardMixin, FreeTextForm, people_forms.ContactWayForm):
    """All eight on one page: nothing is kept before it is sent, and nothing is lost on the way."""

    submit_label = _("Visa hur det blir")
    reveals = {
        "channel": {
            Channel.SMS: ["sms_phone"],
            Channel.CALL: ["call_phone", "may_say_who_we_are", "never_leave_message"],
            Channel.EMAIL: ["email"],
        }
    }
    hints = {"channel": {Channel.NONE: _("Då kan vi inte publicera er berättelse, för vi kan inte be om ert ja")}}
    two_columns = ("duty_bearer_kind", "setting")
    layout = (
        Fieldset(_("1. Vad var fel?"), "wrong"),
        Fieldset(_("2. Vilka är ni?"), "who", "size_band"),
        Fieldset(_("3. Var hände det?"), "setting", "place"),
        Fieldset(_("4. Vem hade ansvar?"), "duty_bearer_kind", "duty_bearer"),
        Fieldset(_("5. Vad gjorde ni?"), "steps"),
        Fieldset(_("6. Vad hände sedan?"), "outcome"),
        Fieldset(_("7. Vad lärde ni er?"), "did_not_work", "learned"),
        Fieldset(_("8. Hur når vi dig?"), "channel", "called"),
    )

    wrong = _long(
        _("Vad var orättvist eller fungerade inte?"),
        hint=_("Skriv som du skulle berätta för en vän. Skriv inga namn."),
        required=_("Berätta vad som var fel"),
    )
    who = _short(
        _("Vad har ni gemensamt?"),
        hint=_("Till exempel: hyresgäster i samma hus. Skriv inga namn."),
        most=120,
        required=_("Skriv vad ni har gemensamt, utan namn"),
    )
    size_band = _choice(_("Hur många är ni?"), SizeBand.choices, required=_("Välj ungefär hur många ni är"))
    setting = _choice(_("Vilken sorts plats?"), Setting.choices, required=_("Välj en sorts plats"))
    place = _short(_("Vad heter platsen?"), hint=_("Hoppa över frågan om någon kan kännas igen."), most=80)
    duty_bearer_kind = _choice(
        _("Vem kunde ändra på det?"), DutyBearerKind.choices, required=_("Välj vem som hade ansvar")
    )
    duty_bearer = _short(
        _("Vad heter den som har ansvar?"),
        hint=_("Till exempel: kommunens skolnämnd. Skriv inga namn på personer."),
        most=120,
    )
    steps = _long(
        _("Vad gjorde ni, och i vilken ordning?"),
        hint=_("Skriv det ni gjorde först överst. Skriv varje sak på en egen rad."),
        required=_("Berätta vad ni gjorde"),
        most=LONGEST_STEPS,
    )
    outcome = _long(
        _("Vad blev annorlunda?"),
        hint=_("Berätta också om det som inte blev som ni ville."),
        required=_("Berätta vad som hände sedan"),
    )
    did_not_work = _long(
        _("Vad fungerade inte?"), hint=_("Det hjälper andra att slippa samma sak."), most=LONGEST_TEXT - 800
    )
    learned = _long(_("Vad vill ni säga till andra grupper?"), hint=_("En sak på varje rad."), most=LONGEST_TEXT)
    called = forms.CharField(
        label=_("Vad ska vi kalla dig?"),
        help_text=_("Förnamn eller smeknamn. Det syns aldrig för läsarna."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel: Any = self.fields["channel"]
        channel.label = _("Hur kan vi fråga dig om ert ja?")
        channel.help_text = _("Vi hör bara av oss på det sätt du väljer här.")
        ways = [(one.value, one.label) for one in (Channel.SMS, Channel.CALL, Channel.EMAIL)]
        channel.choices = [*ways, (Channel.NONE.value, _("Ni kan inte nå mig"))]

    def clean_steps(self) -> str:
        return self._few_enough("steps")

    def clean_learned(self) -> str:
        return self._few_enough("learned")

    def _few_enough(self, name: str) -> str:
        text = str(self.cleaned_data[name])
        if len(lines_of(text)) > MOST_LINES:
            sentence = _("Skriv högst %(most)s rader. Sätt ihop några av dem.")
            raise ValidationError(sentence, code="too_many", params={"most": MOST_LINES})
        return text

    def told(self) -> Told:
        """What the group tells. Ask a valid form."""
        plain = {name: self.cleaned_data[name] for name in Told.__dataclass_fields__}
        learned = [part for line in lines_of(plain["learned"]) for part in in_parts(line)]
        return Told(**plain | {"steps": lines_of(plain["steps"]), "learned": learned})

    def way(self) -> dict[str, Any] | None:
        """How to reach whoever tells, as `choose_contact_way` takes it; None for someone who cannot be reached."""
        return None if self.cleaned_data["channel"] == Channel.NONE else self.contact_way()


def lines_of(text: str) -> list[str]:
    """The lines with something on them, without the numbers or points that someone may have put before each."""
    lines = (LIST_SIGN.sub("", line.strip()) for line in text.splitlines())
    return [line for line in lines if line]


def in_parts(line: str) -> list[str]:
    """A line that is longer than a point may be, also with what keeps it literal, is several."""
    return [line] if len(literally(line)) <= LONGEST_LINE else wrap(line, LONGEST_LINE // 2)
