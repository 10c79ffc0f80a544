"""What staff fill in about those who come: for someone on the telephone, to all at once, and on the day."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.form_pack import PortalForm
from people.forms import StaffContactWayForm
from people.spreadsheets import CSV, XLSX
from training.actions.registering import Wish
from training.models import Registration
from training.seats import MOST_SEATS

LONGEST_MESSAGE = 1000
SEATS = [(number, str(number)) for number in range(1, MOST_SEATS + 1)]


class SeatsForm(PortalForm):
    """How many they are."""

    seats = forms.TypedChoiceField(label=_("Hur många kommer?"), choices=SEATS, coerce=int, initial=1)


class RegisterForm(StaffContactWayForm):
    """Someone who rings: what to call them, how many they are, the safe way to reach them, what they need."""

    called = forms.CharField(
        label=_("Vad ska vi kalla personen?"), max_length=60, required=False, help_text=_("Får vara ett alias.")
    )
    seats = forms.TypedChoiceField(label=_("Hur många kommer?"), choices=SEATS, coerce=int, initial=1)
    needs = forms.CharField(
        label=_("Vad behöver de för att kunna vara med?"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text=_("Bara sådant som vi ska ordna. Vi tar bort det 90 dagar efter."),
    )
    discreet = forms.BooleanField(
        label=_("Skriv så att ingen annan förstår vad det gäller"), required=False, initial=True
    )
    press = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    """The press goes with it, so that a double click registers once."""

    field_order: Any = ("called", "seats")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["may_say_who_we_are"]  # follows from whether they are discreet
        del self.fields["never_leave_message"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data |= {"may_say_who_we_are": False, "never_leave_message": False}
        if not self.errors:
            way = self.contact_way()
            self.cleaned_data["wish"] = Wish(
                called=self.cleaned_data["called"],
                seats=self.cleaned_data["seats"],
                needs=self.cleaned_data["needs"],
                channel=way["channel"],
                email=way["email"],
                phone=way["phone"],
                discreet=self.cleaned_data["discreet"],
            )
        return self.cleaned_data


class Receivers(models.TextChoices):
    """Whom a message goes to."""

    EXPECTED = "expected", _("De som har plats")
    QUEUE = "queue", _("De som står i kö")
    BOTH = "both", _("Alla")


class WriteForm(PortalForm):
    """A text to those who come. The press goes with it, so that one press sends once."""

    to = forms.ChoiceField(
        label=_("Vilka ska få det?"), choices=Receivers.choices, widget=forms.RadioSelect, initial=Receivers.EXPECTED
    )
    text = forms.CharField(
        label=_("Vad vill du säga?"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea,
        help_text=_("Alla får samma text. Skriv inga namn på dem som kommer."),
        error_messages={"required": _("Skriv det du vill säga")},
    )
    press = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """What was shown before it is sent, as its mark. Drawn with what is shown, not among the fields."""


class ExportForm(PortalForm):
    """Which kind of file."""

    file_format = forms.ChoiceField(
        label=_("Vilken sorts fil?"),
        choices=[(XLSX, _("Excel (xlsx)")), (CSV, _("Text (csv)"))],
        widget=forms.RadioSelect,
        initial=XLSX,
    )


class AttendanceForm(PortalForm):
    """Who came: a tick for someone who comes alone, a number for those who come together.

    Only the rows that the page has shown are answered: someone added meanwhile is not taken for absent.
    """

    rows = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)

    def __init__(self, *args: Any, registrations: Sequence[Registration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.registrations = registrations
        self.fields["rows"].initial = ",".join(str(one.pk) for one in registrations)
        for one in registrations:
            self.fields[name_of(one)] = _came_field(one)

    def clean(self) -> dict[str, Any]:
        """`came` is how many came of each registration that was shown, by its key."""
        super().clean()
        shown = set(self.cleaned_data.get("rows", "").split(","))
        answered = [one for one in self.registrations if str(one.pk) in shown and name_of(one) in self.cleaned_data]
        self.cleaned_data["came"] = {one.pk: int(self.cleaned_data[name_of(one)] or 0) for one in answered}
        return self.cleaned_data


def name_of(registration: Registration) -> str:
    """The field of a registration."""
    return f"came_{registration.pk}"


def _came_field(registration: Registration) -> forms.Field:
    called = registration.contact.called or _("Utan namn")
    if registration.seats == 1:
        return forms.BooleanField(label=called, required=False)
    of = ngettext("%(count)s plats", "%(count)s platser", registration.seats) % {"count": registration.seats}
    return forms.TypedChoiceField(
        label=f"{called}, {of}",
        choices=[(number, str(number)) for number in range(registration.seats + 1)],
        coerce=int,
        required=False,
        empty_value="0",
    )
