"""What is asked for when the same is done to many rows."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm
from people.models import User
from support.actions.messages import LONGEST_MESSAGE
from support.enums import PlaceKind
from support.forms.staff import long_text
from support.forms.staff_hand_overs import choose_leader, leader_field
from support.forms.staff_meetings import CLOCK
from support.workload import Load

FARTHEST = 366
"""Days that meetings can be moved at once."""


class GiveToForm(PortalForm):
    """Who gets them, each with how much they have already."""

    to = leader_field(_("Vem ska ha dem?"), _("Välj vem som ska ha dem"))

    def __init__(self, *args: Any, leaders: QuerySet[User], loads: Iterable[Load], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_leader(self, "to", leaders, loads)


class MoveManyForm(PortalForm):
    """How far the meetings are moved, and to what. What is left empty stays as it is."""

    days = forms.IntegerField(
        label=_("Hur många dagar framåt?"),
        min_value=-FARTHEST,
        max_value=FARTHEST,
        initial=7,
        help_text=_("7 är samma veckodag veckan efter. Skriv 0 för samma dag, eller −1 för dagen före."),
    )
    clock = forms.TimeField(
        label=_("Nytt klockslag"), widget=CLOCK, required=False, help_text=_("Tomt: samma klockslag som nu.")
    )
    place_kind = forms.ChoiceField(
        label=_("Hur ses ni?"),
        choices=[("", _("Som nu")), *PlaceKind.choices],
        widget=forms.RadioSelect,
        required=False,
    )
    place = forms.CharField(
        label=_("Ny plats, nytt nummer eller ny länk"),
        max_length=200,
        required=False,
        help_text=_("Tomt: samma som nu. Skriv så att den som är ny på orten hittar dit."),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        answers = self.cleaned_data
        if answers.get("place_kind") in {PlaceKind.PLACE, PlaceKind.VIDEO} and not answers.get("place"):
            self.add_error("place", ValidationError(_("Skriv var ni ses"), code="required"))
        if not self.errors and not any(answers.get(name) for name in ("days", "clock", "place_kind", "place")):
            self.add_error("days", ValidationError(_("Välj vad som ska bli annorlunda"), code="nothing"))
        return answers


class WriteToManyForm(PortalForm):
    """What a leader wants to say to several groups."""

    text = long_text(
        _("Vad vill du säga?"),
        required=_("Skriv det du vill säga"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Varje grupp läser det på sin sida. Skriv inget som rör bara en av dem."),
    )
