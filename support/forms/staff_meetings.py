"""What a leader fills in about the first meeting: times, place, interpreter, how it went."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_moment
from people.form_pack import PortalForm
from support.enums import InterpreterState, MeetingState, PlaceKind
from support.forms.staff import long_text

LENGTHS = [
    (30, _("En halv timme")),
    (45, _("Tre kvart")),
    (60, _("En timme")),
    (90, _("En och en halv timme")),
    (120, _("Två timmar")),
]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class PlaceForm(PortalForm):
    """How long, and where we meet."""

    minutes = forms.TypedChoiceField(label=_("Hur länge?"), choices=LENGTHS, coerce=int, initial=60)
    place_kind = forms.ChoiceField(
        label=_("Hur ses ni?"), choices=PlaceKind.choices, widget=forms.RadioSelect, initial=PlaceKind.PLACE
    )
    place = forms.CharField(
        label=_("Plats, nummer eller länk"),
        max_length=200,
        required=False,
        help_text=_("Skriv så att den som är ny på orten hittar dit. På telefon kan du lämna det tomt."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.required_if_shown.add("place")

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"]
        if not place and self.cleaned_data.get("place_kind") in {PlaceKind.PLACE, PlaceKind.VIDEO}:
            raise ValidationError(_("Skriv var ni ses"), code="required")
        return place

    def span(self, day: date, clock: time) -> tuple[datetime, datetime]:
        """Beginning and end of a meeting on a Swedish day and clock."""
        starts_at = stockholm_moment(day, clock)
        return starts_at, starts_at + timedelta(minutes=self.cleaned_data["minutes"])


class TimeForm(PlaceForm):
    """One time and place: to book or to move."""

    day = forms.DateField(label=_("Dag"), widget=DAY)
    clock = forms.TimeField(label=_("Klockan"), widget=CLOCK)
    anyway = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    """The time that someone wants although the leader has something else then, as `key_of` writes it."""

    field_order = ("day", "clock", "minutes", "place_kind", "place")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if {"day", "clock", "minutes"} <= self.cleaned_data.keys():
            starts_at, ends_at = self.span(self.cleaned_data["day"], self.cleaned_data["clock"])
            insists = self.cleaned_data.get("anyway") == key_of(starts_at, ends_at)
            self.cleaned_data |= {"starts_at": starts_at, "ends_at": ends_at, "even_if_busy": insists}
        return self.cleaned_data


def key_of(starts_at: datetime, ends_at: datetime) -> str:
    """A time as it stands behind the button "Boka ändå": with another time in the form it means nothing."""
    return f"{starts_at.astimezone(UTC).isoformat()}/{ends_at.astimezone(UTC).isoformat()}"


class CancelForm(PortalForm):
    """Who called the meeting off."""

    who = forms.ChoiceField(
        label=_("Vem ställde in?"),
        choices=[("group", _("Gruppen")), ("us", _("Vi"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ställde in")},
    )


class RecordForm(PortalForm):
    """How the meeting went."""

    state = forms.ChoiceField(
        label=_("Hur gick det?"),
        choices=[(state.value, state.label) for state in (MeetingState.HELD, MeetingState.NOBODY_CAME)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj hur det gick")},
    )
    shared_notes = long_text(
        _("Anteckningar som gruppen ser"),
        help_text=_("Vad gruppen vill göra, vad ni kom överens om, och vad som händer nu."),
    )
    internal_note = long_text(
        _("Bara vi ser"), help_text=_("Sådant som gruppen inte ska se. Skriv så lite som möjligt.")
    )


class InterpreterForm(PortalForm):
    """Whether an interpreter is needed, and in which language."""

    state = forms.ChoiceField(label=_("Tolk"), choices=InterpreterState.choices, widget=forms.RadioSelect)
    language = forms.CharField(label=_("På vilket språk?"), max_length=60, required=False)

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        if not language and self.cleaned_data.get("state") in {InterpreterState.TO_BOOK, InterpreterState.BOOKED}:
            raise ValidationError(_("Skriv vilket språk tolken ska kunna"), code="required")
        return language
