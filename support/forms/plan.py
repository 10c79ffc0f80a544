"""The plan, written by the group itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.form_guards import FreeTextForm, OnceKeyMixin
from people.form_pack import PortalForm
from support.enums import OwnerSide, PlanKind, PlanStatus
from support.forms.staff_periods import radio

WHOSE = (
    (OwnerSide.GROUP.value, _("Vi i gruppen")),
    (OwnerSide.PROGRAMME.value, _("Er utvecklingsledare")),
    (OwnerSide.ENABLER.value, _("En möjliggörare")),
    (OwnerSide.DUTY_BEARER.value, _("Den som har ansvar")),
)


def whose() -> forms.ChoiceField:
    return radio(_("Vems är det?"), WHOSE, needed=_("Välj vem som gör det"))


def owner() -> forms.CharField:
    return forms.CharField(
        label=_("Vem?"), help_text=_("Ett förnamn eller ett smeknamn räcker."), max_length=80, required=False
    )


class AddItemForm(OnceKeyMixin, FreeTextForm):
    """A goal or a task in the group's own words, and whose it is."""

    submit_label = _("Lägg till")

    kind = radio(
        _("Vad vill ni skriva upp?"),
        [(PlanKind.TASK.value, _("Något att göra")), (PlanKind.GOAL.value, _("Ett mål"))],
        needed=_("Välj om det är något att göra eller ett mål"),
        initial=PlanKind.TASK.value,
    )
    text = forms.CharField(
        label=_("Med era egna ord"),
        help_text=_("En mening räcker."),
        max_length=300,
        error_messages={"required": _("Skriv vad ni vill göra eller nå")},
    )
    owner_side = whose()
    owner = owner()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_side"].initial = OwnerSide.GROUP.value


class GiveItemForm(FreeTextForm):
    """Whose an item is from now on."""

    submit_label = _("Spara")

    owner_side = whose()
    owner = owner()


class StatusForm(PortalForm):
    """How far an item has come: one tap on one of a few buttons."""

    status = forms.ChoiceField(choices=PlanStatus.choices)
