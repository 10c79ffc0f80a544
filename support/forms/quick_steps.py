"""What a leader fills in, or finds filled in, when writing to a group; and how quick steps themselves are changed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.form_pack import PortalForm
from support.actions.messages import LONGEST_MESSAGE
from support.enums import LogKind
from support.forms.staff import LOG_LENGTH, long_text
from support.forms.staff_meetings import DAY
from support.forms.staff_periods import next_step_field, waits_for_field
from support.models import QuickStep


class ShownForm(PortalForm):
    """A form whose message is seen before it is sent: the page carries a mark of what was shown."""

    shown = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class WriteForm(ShownForm):
    """What a leader wants to say to the group."""

    text = long_text(
        _("Vad vill du säga?"),
        required=_("Skriv det du vill säga"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Gruppen läser det på sin sida. Du får se vad som skickas innan det går iväg."),
    )


class DoQuickStepForm(ShownForm):
    """A quick step, filled in beforehand; everything can be changed before it is done."""

    kind = forms.ChoiceField(
        label=_("Vad var det?"),
        choices=[(kind.value, kind.label) for kind in (LogKind.CALL, LogKind.MEETING, LogKind.NOTE)],
        widget=forms.RadioSelect,
    )
    log_text = long_text(_("Rad i loggen"), required=_("Skriv kort vad som hände"), max_length=LOG_LENGTH)
    is_internal = forms.BooleanField(
        label=_("Bara vi ser raden"), required=False, help_text=_("Utan krysset läser gruppen den på sin sida.")
    )
    next_step = next_step_field()
    next_step_on = forms.DateField(label=_("Senast"), widget=DAY)
    waits_for = waits_for_field()
    message = long_text(
        _("Meddelande till gruppen"),
        max_length=LONGEST_MESSAGE,
        help_text=_("Lämna tomt om inget ska skickas."),
    )

    def __init__(self, *args: Any, needs_next_step: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("next_step", "next_step_on"):
            self.fields[name].required = needs_next_step

    def clean(self) -> dict[str, Any]:
        super().clean()
        step, day = self.cleaned_data.get("next_step"), self.cleaned_data.get("next_step_on")
        if step and day is None and "next_step_on" not in self.errors:
            self.add_error("next_step_on", ValidationError(_("Välj en dag för nästa steg"), code="required"))
        return self.cleaned_data


class QuickStepForm(forms.ModelForm):
    """How a quick step is changed, by whoever answers for the office."""

    class Meta:
        model = QuickStep
        fields = (
            *("office", "name", "scope", "log_kind", "log_text", "is_internal"),
            *("next_step", "next_step_days", "waits_for", "message", "position", "is_active"),
        )
        help_texts = {
            "name": _("Det som står på knappen. Kort, och som du skulle säga det."),
            "log_text": _("Raden som skrivs i loggen. Den går att ändra varje gång."),
            "is_internal": _("Utan krysset läser gruppen raden på sin sida."),
            "next_step": _("Gruppen läser det också: ”Vi ringer igen”. Tomt betyder att steget blir kvar som det är."),
            "next_step_days": _("Räknat från i dag. Blir det en helg tar vi nästa vardag."),
            "waits_for": _("Om det inte är vår tur."),
            "message": _("Står på gruppens sida, och gruppen får veta det på sitt trygga sätt. Tomt: inget skickas."),
            "position": _("Knappar med låga tal står först."),
            "is_active": _("Ta bort krysset i stället för att ta bort snabbsteget."),
        }
