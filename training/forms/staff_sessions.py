"""What staff fill in about a session: when and where, what to know before one comes, and how often it is held."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_moment
from people.enums import SpokenLanguage
from people.form_pack import PortalForm
from people.models import Office, User
from training.actions.sessions import MOST_REPEATS
from training.enums import AccessFact
from training.models import Course

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
MOST_SEATS_OF_SESSION = 500
WRITTEN_DAY = "%Y-%m-%d"


def _language_choices() -> list[tuple[str, str]]:
    """As staff call them."""
    return [(one.value, one.plain_name) for one in SpokenLanguage]


class TimeForm(PortalForm):
    """A day and a clock, as they are read in Sweden."""

    day = forms.DateField(label=_("Dag"), widget=DAY)
    clock = forms.TimeField(label=_("Börjar klockan"), widget=CLOCK)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if {"day", "clock"} <= self.cleaned_data.keys():
            starts_at = stockholm_moment(self.cleaned_data["day"], self.cleaned_data["clock"])
            self.cleaned_data["starts_at"] = starts_at
        return self.cleaned_data


class SessionForm(TimeForm):
    """All that can be changed in a session."""

    until = forms.TimeField(label=_("Slutar klockan"), widget=CLOCK)
    place = forms.CharField(
        label=_("Plats"), max_length=200, required=False, help_text=_("Namn och gatuadress. Alla får läsa det.")
    )
    way_there = forms.CharField(label=_("Hitta hit"), max_length=1000, required=False, widget=forms.Textarea)
    link = forms.URLField(
        label=_("Länk till mötet"),
        required=False,
        assume_scheme="https",
        help_text=_("Visas bara för dem som är anmälda."),
    )
    seats = forms.IntegerField(label=_("Hur många platser?"), min_value=1, max_value=MOST_SEATS_OF_SESSION, initial=20)
    led_by = forms.CharField(
        label=_("Vem leder?"), max_length=120, help_text=_("Namn eller organisation. Alla får läsa det.")
    )
    language = forms.ChoiceField(label=_("Språk"), choices=_language_choices, initial=SpokenLanguage.SWEDISH)
    interpreted = forms.MultipleChoiceField(
        label=_("Tolk till"), choices=_language_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    access = forms.MultipleChoiceField(
        label=_("Det här finns på plats"),
        choices=AccessFact.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kryssa bara i det du vet."),
    )
    access_notes = forms.CharField(
        label=_("Mer om hur man kan vara med"), max_length=1000, required=False, widget=forms.Textarea
    )
    price = forms.CharField(label=_("Pris"), max_length=80, required=False, help_text=_("Tomt: det kostar inget."))

    def clean(self) -> dict[str, Any]:
        super().clean()
        if "starts_at" in self.cleaned_data and "until" in self.cleaned_data:
            ends_at = stockholm_moment(self.cleaned_data["day"], self.cleaned_data["until"])
            if ends_at <= self.cleaned_data["starts_at"]:
                self.add_error("until", ValidationError(_("Sluttiden måste vara efter starttiden"), code="order"))
            self.cleaned_data["ends_at"] = ends_at
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The answers under the names of the columns."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"day", "clock", "until"}}


class ChangeSessionForm(SessionForm):
    """And who of us answers for it."""

    host = forms.ModelChoiceField(User.objects.none(), label=_("Ansvarig hos oss"), empty_label=None)

    def __init__(self, *args: Any, hosts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class NewSessionForm(SessionForm):
    """A draft of a course at an office."""

    course = forms.ModelChoiceField(Course.objects.all(), label=_("Utbildning"), empty_label=_("Välj utbildning"))
    office = forms.ModelChoiceField(Office.objects.none(), label=_("Ort"), empty_label=_("Välj ort"))

    field_order: Any = ("course", "office")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in {"course", "office"}}


class CallOffForm(PortalForm):
    """Why a session is not held."""

    because = forms.CharField(
        label=_("Varför ställer ni in?"),
        max_length=200,
        help_text=_("De som är anmälda läser det, och det står på webbplatsen."),
        error_messages={"required": _("Skriv varför")},
    )


class RepeatForm(PortalForm):
    """At which times the session is held again: at even intervals, or on days of their own."""

    how = forms.ChoiceField(
        label=_("Hur ofta?"),
        choices=[("7", _("Varje vecka")), ("14", _("Varannan vecka")), ("days", _("På de här dagarna"))],
        widget=forms.RadioSelect,
        initial="7",
    )
    times = forms.IntegerField(
        label=_("Hur många gånger till?"), min_value=1, max_value=MOST_REPEATS, initial=4, required=False
    )
    days = forms.CharField(
        label=_("Dagar"),
        max_length=1000,
        widget=forms.Textarea,
        help_text=_("En dag på varje rad, till exempel 2026-12-01. Klockslaget är detsamma."),
        required=False,
    )
    reveals = {"how": {"days": ["days"]}}

    def __init__(self, *args: Any, starts_at: datetime, **kwargs: Any) -> None:
        """`starts_at` is when the session that is repeated begins, by Swedish clocks."""
        super().__init__(*args, **kwargs)
        self.starts_at = starts_at
        self.required_if_shown |= {"days", "times"}

    def clean_times(self) -> int:
        times: int | None = self.cleaned_data["times"]
        if times is None and self.cleaned_data.get("how") != "days":
            raise ValidationError(_("Skriv ett antal"), code="required")
        return times or 0

    def clean_days(self) -> list[date]:
        if self.cleaned_data.get("how") != "days":
            return []
        days = []
        for line in filter(None, map(str.strip, self.cleaned_data["days"].splitlines())):
            try:
                days.append(datetime.strptime(line, WRITTEN_DAY).date())  # noqa: DTZ007 -- a day has no zone
            except ValueError:
                raise ValidationError(
                    _("”%(line)s” är ingen dag. Skriv så här: 2026-12-01"), code="invalid", params={"line": line}
                ) from None
        if len(days) > MOST_REPEATS:
            raise ValidationError(_("Skriv högst %(most)s dagar"), code="max", params={"most": MOST_REPEATS})
        return days

    def clean(self) -> dict[str, Any]:
        super().clean()
        days = self.cleaned_data.get("days") or []
        if self.cleaned_data.get("how") in {"7", "14"} and "times" in self.cleaned_data:
            step = timedelta(days=int(self.cleaned_data["how"]))
            first = self.starts_at.date()
            days = [first + step * number for number in range(1, self.cleaned_data["times"] + 1)]
        clock: time = self.starts_at.time()
        self.cleaned_data["starts"] = [stockholm_moment(day, clock) for day in days]
        return self.cleaned_data
