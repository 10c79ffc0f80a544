"""What a leader fills in about a support period: the plan, the follow-ups, the end and the way back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from people.enums import YesNoUnknown
from people.form_pack import PortalForm
from support.actions.periods import is_ladder
from support.enums import (
    Capacity,
    Drives,
    Going,
    KeepKind,
    Outcome,
    OwnerSide,
    Phase,
    PlanKind,
    PlanStatus,
    Readiness,
    WaitsFor,
    Wish,
)
from support.forms.staff import RESULT_LENGTH, long_text
from support.forms.staff_meetings import DAY
from support.models import OfficePolicy

CAPACITY_MARKS = range(1, 6)


def radio(label: Any, choices: Sequence[tuple[Any, Any]], *, needed: Any = "", **kwargs: Any) -> forms.ChoiceField:
    """One of a few; `needed` is what we say when none is chosen."""
    errors = {"required": needed or _("Välj ett av svaren"), "invalid_choice": _("Välj ett av svaren i listan")}
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=errors, **kwargs)


READ_BY_GROUP = _("Gruppen läser det på sin sida när ni arbetar tillsammans. Skriv till dem: ”Vi ringer igen”.")


def next_step_field() -> forms.CharField:
    """What comes next, in words that hold for whoever reads them: the leader on Min dag, the group on its page."""
    return forms.CharField(
        label=_("Nästa steg"),
        max_length=200,
        help_text=READ_BY_GROUP,
        error_messages={"required": _("Skriv vad som händer härnäst")},
    )


def waits_for_field() -> forms.ChoiceField:
    ours = ("", _("Ingen, det är vår tur"))
    return forms.ChoiceField(label=_("Vem väntar vi på?"), choices=[ours, *WaitsFor.choices], required=False)


class NextStepForm(PortalForm):
    """The one thing that comes next."""

    text = next_step_field()
    on = forms.DateField(label=_("Senast"), widget=DAY)
    waits_for = waits_for_field()


class StepDoneForm(PortalForm):
    """What was next is done: what comes after it."""

    text = next_step_field()
    on = forms.DateField(label=_("Senast"), widget=DAY)


class AgreementForm(PortalForm):
    """What the group and we have agreed about the support."""

    supports = forms.MultipleChoiceField(
        label=_("Stöd"), choices=SupportKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    horizon = forms.CharField(
        label=_("Hur länge vill gruppen ha stöd?"),
        max_length=120,
        required=False,
        help_text=_("Med gruppens ord. Tomt betyder: tills gruppen bestämmer."),
    )
    review_on = forms.DateField(label=_("När går ni igenom det igen?"), widget=DAY, required=False)


class PhaseForm(PortalForm):
    """Between the start and the change; exit, self-reliance and the end have doors of their own."""

    phase = radio(_("Fas"), [(phase.value, phase.label) for phase in (Phase.START, Phase.CHANGE)])


class PauseForm(PortalForm):
    """The group rests until a day."""

    until = forms.DateField(label=_("Vilar till"), widget=DAY, help_text=_("Till dess frågar vi inget."))


class LadderForm(PortalForm):
    """The weeks between our talks, for this group alone."""

    ladder = forms.CharField(
        label=_("Veckor mellan samtalen"),
        required=False,
        max_length=60,
        help_text=_("Till exempel 1, 2, 4, 8, 13. Lämna tomt för ortens egen trappa."),
    )

    def clean_ladder(self) -> list[int] | None:
        parts = self.cleaned_data["ladder"].replace(",", " ").split()
        if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):  # noqa: PLR2004 -- 99 weeks
            raise ValidationError(
                _("Skriv antal veckor med komma emellan, till exempel 1, 2, 4, 8, 13"), code="invalid"
            )
        return [int(part) for part in parts] or None


class PolicyForm(forms.ModelForm):
    """An office's own ladder."""

    class Meta:
        model = OfficePolicy
        fields = ("office", "ladder")

    def clean_ladder(self) -> list[int]:
        ladder: list[int] = self.cleaned_data["ladder"]
        if not is_ladder(ladder):
            raise ValidationError(
                _("En trappa har ett till åtta steg. Varje steg är 1–52 veckor och längre än det förra."), code="ladder"
            )
        return ladder


class KeepForm(PortalForm):
    """Something the group keeps when the support ends."""

    kind = radio(_("Vad för slags?"), KeepKind.choices)
    text = forms.CharField(
        label=_("Vad behåller gruppen?"), max_length=300, error_messages={"required": _("Skriv vad gruppen behåller")}
    )


class CloseForm(PortalForm):
    """How it went, in words. Nothing is sent or asked after this."""

    outcome = radio(_("Hur gick det?"), Outcome.choices, needed=_("Välj hur det gick"))
    what_changed = long_text(
        _("Vad blev annorlunda?"), required=_("Skriv kort vad som blev annorlunda"), max_length=RESULT_LENGTH
    )


class ItemForm(PortalForm):
    """A goal or a task in the group's own words, and whose it is."""

    kind = radio(_("Vad är det?"), PlanKind.choices, initial=PlanKind.TASK)
    text = forms.CharField(
        label=_("Med gruppens egna ord"),
        max_length=300,
        error_messages={"required": _("Skriv vad som ska göras eller bli annorlunda")},
    )
    owner_side = radio(_("Vems är uppgiften?"), OwnerSide.choices, initial=OwnerSide.GROUP)
    owner = forms.CharField(label=_("Vem?"), max_length=80, required=False, help_text=_("Ett alias räcker."))
    support_kind = forms.ChoiceField(
        label=_("Sorts stöd"), choices=[("", _("Inget särskilt")), *SupportKind.choices], required=False
    )
    due_on = forms.DateField(label=_("Senast"), widget=DAY, required=False)


class StatusForm(PortalForm):
    """How far an item has come."""

    status = radio(_("Hur långt har det kommit?"), PlanStatus.choices)
    by_group = forms.BooleanField(
        label=_("Gruppen gjorde det själv"), required=False, help_text=_("Då räknas det som gruppens eget arbete.")
    )


class GiveItemForm(PortalForm):
    """Whose an item is from now on."""

    owner_side = radio(_("Vems är uppgiften nu?"), OwnerSide.choices)
    owner = forms.CharField(label=_("Vem?"), max_length=80, required=False, help_text=_("Ett alias räcker."))


class ReadinessForm(PortalForm):
    """Signs that the group manages by itself, as the leader sees it. Never a grade."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for sign in Readiness:
            self.fields[sign.value] = radio(sign.label, YesNoUnknown.choices, required=False)


class PhoneAnswerForm(PortalForm):
    """What the group said on the phone when asked how it is going."""

    reveals = {"wish": {Wish.PAUSE.value: ["pause_until"]}}

    going = radio(_("Hur går det?"), Going.choices)
    drives = radio(_("Driver de frågan själva?"), Drives.choices)
    wish = radio(_("Hur nära vill de ha oss?"), [*Wish.choices, ("", _("De sa inget om det"))], required=False)
    pause_until = forms.DateField(label=_("Paus till"), widget=DAY, required=False)
    comment = long_text(_("Något mer de ville säga?"), max_length=1000, help_text=_("Gruppen ser texten på sin sida."))

    def __init__(self, *args: Any, asks_still_safe: bool, asks_capacity: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_still_safe:
            choices = [("yes", _("Ja")), ("no", _("Nej"))]
            self.fields["still_safe"] = radio(_("Är kontaktsättet fortfarande tryggt?"), choices)
        for domain in Capacity if asks_capacity else ():
            marks = [("", _("Inget svar")), *((mark, str(mark)) for mark in CAPACITY_MARKS)]
            self.fields[f"capacity_{domain.value}"] = forms.TypedChoiceField(
                label=domain.label, choices=marks, coerce=int, required=False, empty_value=None
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        safe = self.cleaned_data.get("still_safe")
        self.cleaned_data["still_safe"] = None if safe is None else safe == "yes"
        marks = {domain: self.cleaned_data.get(f"capacity_{domain.value}") for domain in Capacity}
        self.cleaned_data["capacity"] = {domain: mark for domain, mark in marks.items() if mark}
        return self.cleaned_data
