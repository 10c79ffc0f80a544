"""Times to offer a group: one by one, or many at once by pattern."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people import clock
from people.calendar import ONE_DAY
from support.actions.slots import MOST_TIMES
from support.forms.staff_meetings import CLOCK, DAY, PlaceForm

ROWS = 4
"""Single times in one form."""

LONGEST_PATTERN = timedelta(days=366)
WEEKDAYS = [
    ("0", _("måndagar")),
    ("1", _("tisdagar")),
    ("2", _("onsdagar")),
    ("3", _("torsdagar")),
    ("4", _("fredagar")),
    ("5", _("lördagar")),
    ("6", _("söndagar")),
]
PATTERN = ("weekdays", "clocks", "from_day", "until_day")
BETWEEN_CLOCKS = re.compile(r"(?:\s|,|;|och)+")
ONE_CLOCK = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?")


class Clocks(forms.CharField):
    """Clock times in one box: "10.00 och 14.30"."""

    def clean(self, value: Any) -> list[time]:
        text = super().clean(value)
        return sorted({self._clock(part) for part in BETWEEN_CLOCKS.split(text) if part})

    def _clock(self, text: str) -> time:
        found = ONE_CLOCK.fullmatch(text)
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else time(24)
        except ValueError:
            raise ValidationError(_("Skriv klockslagen så här: 10.00 och 14.30"), code="invalid") from None


class Starts(forms.MultipleChoiceField):
    """Times that were ticked in what the page showed. What the page could not have shown is left out later."""

    def valid_value(self, value: Any) -> bool:
        return True


class OfferForm(PlaceForm):
    """Several times at one place, for the group to pick from. A row without a day is on the day of the row above.

    `times` holds every time that was asked for; when the page has shown them with what is in the way, `looked` says
    which ones it showed, and `picked` and `anyway` which were ticked among the free ones and among the others.
    """

    weekdays = forms.MultipleChoiceField(
        label=_("Vilka veckodagar?"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    clocks = Clocks(
        label=_("Vilka klockslag?"), max_length=100, required=False, help_text=_("Till exempel 10.00 och 14.30.")
    )
    from_day = forms.DateField(label=_("Från och med"), widget=DAY, required=False)
    until_day = forms.DateField(label=_("Till och med"), widget=DAY, required=False)
    looked = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    picked = Starts(required=False, widget=forms.MultipleHiddenInput)
    anyway = Starts(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: dict[str, forms.Field] = {}
        for number in range(1, ROWS + 1):
            rows[f"day_{number}"] = forms.DateField(
                label=_("Dag %(number)s") % {"number": number},
                widget=DAY,
                required=False,
                error_messages={"invalid": _("Skriv datumet så här: 2026-09-08")},
            )
            rows[f"clock_{number}"] = forms.TimeField(
                label=_("Klockan, tid %(number)s") % {"number": number},
                widget=CLOCK,
                required=False,
                error_messages={"invalid": _("Skriv klockslaget så här: 14:30")},
            )
        self.fields = {**rows, **self.fields}
        self.required_if_shown |= {*rows, *PATTERN}

    def rows(self) -> Iterator[tuple[int, Any, Any]]:
        """The rows as the page draws them."""
        for number in range(1, ROWS + 1):
            yield number, self[f"day_{number}"], self[f"clock_{number}"]

    def pattern(self) -> list[Any]:
        """The fields of the pattern as the page draws them."""
        return [self[name] for name in PATTERN]

    def has_pattern(self) -> bool:
        """Whether any part of the pattern is filled in, or wrong: then it is not folded away."""
        return self.is_bound and any(self[name].data for name in PATTERN)

    def clean(self) -> dict[str, Any]:
        super().clean()
        singles, by_pattern = self._chosen_times(), self._times_of_pattern()
        if not (singles or self.has_pattern() or self._has_wrong_row()):
            self.add_error("day_1", ValidationError(_("Välj minst en tid"), code="required"))
        if "minutes" in self.cleaned_data and not self.errors:
            times = {self.span(day, at) for day, at in singles}
            times |= {span for day, at in by_pattern if (span := self.span(day, at))[0] > clock.now()}
            self.cleaned_data |= {"times": sorted(times), "by_pattern": bool(by_pattern)}
            self._refuse_wrong_number(len(times))
        return self.cleaned_data

    def _has_wrong_row(self) -> bool:
        return any(name.startswith(("day_", "clock_")) for name in self.errors)

    def _refuse_wrong_number(self, count: int) -> None:
        if count > MOST_TIMES:
            words = _("Det blir %(count)s tider. Välj färre dagar eller klockslag: högst %(most)s på en gång.")
            params = {"count": count, "most": MOST_TIMES}
            self.add_error("until_day", ValidationError(words, code="too_many", params=params))
        elif not count:
            words = _("Ingen av veckodagarna finns mellan de dagarna. Välj andra dagar.")
            self.add_error("until_day", ValidationError(words, code="none"))
        elif self.cleaned_data["looked"] and not (self.cleaned_data["picked"] or self.cleaned_data["anyway"]):
            self.add_error(None, ValidationError(_("Välj minst en tid"), code="required"))

    def _chosen_times(self) -> list[tuple[date, time]]:
        """Day and clock of each row that was filled in; half a row is asked about."""
        chosen: list[tuple[date, time]] = []
        day: date | None = None
        for number in range(1, ROWS + 1):
            own_day = self.cleaned_data.get(f"day_{number}")
            at = self.cleaned_data.get(f"clock_{number}")
            day = own_day or day
            if at and day:
                chosen.append((day, at))
            elif at and f"day_{number}" in self.cleaned_data:
                self.add_error(f"day_{number}", ValidationError(_("Välj vilken dag tiden gäller"), code="required"))
            elif own_day and f"clock_{number}" in self.cleaned_data:
                self.add_error(f"clock_{number}", ValidationError(_("Välj ett klockslag"), code="required"))
        return chosen

    def _times_of_pattern(self) -> list[tuple[date, time]]:
        """Every day and clock of the pattern; without a first day it begins today. Half a pattern is asked about."""
        if not self.has_pattern() or any(name in self.errors for name in PATTERN):
            return []
        weekdays, clocks = self.cleaned_data["weekdays"], self.cleaned_data["clocks"]
        first, last = self.cleaned_data["from_day"] or clock.today(), self.cleaned_data["until_day"]
        missing = {
            "weekdays": (not weekdays, _("Välj minst en veckodag")),
            "clocks": (not clocks, _("Skriv minst ett klockslag")),
            "until_day": (last is None, _("Välj till och med vilken dag")),
        }
        for name, (is_missing, words) in missing.items():
            if is_missing:
                self.add_error(name, ValidationError(words, code="required"))
        if last is None or not (weekdays and clocks):
            return []
        if not timedelta() <= last - first <= LONGEST_PATTERN:
            words = _("Välj en dag som kommer efter den första, högst ett år bort")
            self.add_error("until_day", ValidationError(words, code="span"))
            return []
        days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
        return [(day, at) for day in days if str(day.weekday()) in weekdays for at in clocks]
