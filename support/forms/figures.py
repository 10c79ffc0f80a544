"""What stands in the address of the offices' figures: whose, and which days."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm
from support.figures.places import Places
from support.figures.spans import Chosen, Spans, is_too_long, own_spans, spans_of

QUEUE = "queue"
FIRST_DAY = date(2000, 1, 1)
DAY = {"type": "date"}


class FiguresForm(PortalForm):
    """Nothing chosen means every place the user sees, and the year so far."""

    office = forms.CharField(label=_("Ort"), required=False, max_length=12)
    period = forms.ChoiceField(
        label=_("Period"),
        choices=Chosen.choices,
        required=False,
        error_messages={"invalid_choice": _("Den perioden finns inte. Välj en i listan.")},
    )
    first = forms.DateField(
        label=_("Från och med"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("Datumen gäller när du väljer Egna datum."),
    )
    last = forms.DateField(
        label=_("Till och med"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )

    def __init__(self, asked: QueryDict, *, places: Places, today: date) -> None:
        asked = asked.copy()
        asked["period"] = asked.get("period") or Chosen.YEAR  # so that the page shows what holds
        super().__init__(asked)
        self.today = today
        offices = [(str(office.pk), office.name) for office in places.offices]
        queue = [(QUEUE, _("Den gemensamma kön"))] if places.has_queue else []
        everything = [("", _("Alla orter") if places.is_everything else _("Alla dina orter"))]
        choices = [*(everything if len(offices + queue) > 1 else []), *offices, *queue]
        self.fields["office"].widget = forms.Select(choices=choices)

    def clean_office(self) -> str:
        """Whether there is such an office to see is for the page to say; here only that it can be one."""
        office: str = self.cleaned_data["office"]
        if office and office != QUEUE and not (office.isascii() and office.isdigit()):
            raise ValidationError(_("Den orten finns inte. Välj en i listan."), code="invalid")
        return office

    def clean_period(self) -> Chosen:
        return Chosen(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("period") == Chosen.OWN:
            self._check_days(cleaned)
        else:
            for name in ("first", "last"):
                self.errors.pop(name, None)  # days that do not hold need not be right
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        for name in ("first", "last"):
            if name not in self.errors and cleaned.get(name) is None:
                self.add_error(name, ValidationError(_("Skriv en dag."), code="required"))
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and first < FIRST_DAY:
            self.add_error("first", ValidationError(_("Välj en dag från år 2000 eller senare."), code="too_early"))
        elif last and last > self.today:
            self.add_error("last", ValidationError(_("Välj en dag som har varit, eller i dag."), code="to_come"))
        elif first and last and first > last:
            self.add_error("last", ValidationError(_("Sista dagen kommer före den första."), code="backwards"))
        elif first and last and is_too_long(first, last):
            self.add_error("last", ValidationError(_("Välj högst fem år åt gången."), code="too_long"))

    def spans(self) -> Spans:
        answers = self.cleaned_data
        if answers["period"] == Chosen.OWN:
            return own_spans(answers["first"], answers["last"])
        return spans_of(answers["period"], self.today)
