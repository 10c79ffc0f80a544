"""The small pages of the editors' commands: when to publish, which risks are gone, who has checked a text."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.enums import Risk
from people.form_pack import PortalForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
GONE, LEFT = "gone", "left"
ANSWERS = ((GONE, _("Nej, det finns inte i texten")), (LEFT, _("Ja, eller jag är inte säker")))


class ScheduleForm(PortalForm):
    """The day and the time."""

    on = forms.DateField(label=_("Vilken dag?"), widget=DAY)
    time = forms.TimeField(
        label=_("Vilken tid?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Svensk tid."),
    )


class RisksForm(PortalForm):
    """One question for each risk that someone is recognised."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for risk in Risk:
            self.fields[risk.value] = forms.ChoiceField(
                label=risk.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                error_messages={"required": _("Svara nej eller ja")},
            )

    @property
    def cleared(self) -> list[Risk]:
        return [risk for risk in Risk if self.cleaned_data.get(risk.value) == GONE]


class CheckedForm(PortalForm):
    """Which speaker of the language has read the text, and when."""

    checked_by = forms.CharField(
        label=_("Vem kollade texten?"),
        max_length=120,
        help_text=_("Namnet på den som kan språket. Läsarna ser det inte."),
        error_messages={"required": _("Skriv vem som kollade texten")},
    )
    checked_on = forms.DateField(label=_("Vilken dag?"), widget=DAY)
