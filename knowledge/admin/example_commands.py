"""The way of an example through the desk: taken in, cleared of what gives someone away, asked about, ready."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.actions.groups import AliasEmpty, AliasNamesPerson
from knowledge.actions import contributing, editing, examples
from knowledge.actions.approved_text import needs_yes
from knowledge.actions.examples import ON_OUR_DESK
from knowledge.admin.commands import COMMANDS_OF_EXAMPLES, REFUSALS, TextCommand
from knowledge.enums import Risk
from knowledge.forms.publishing import GONE, RisksForm
from knowledge.models import Example
from people.form_pack import PortalForm
from people.models import Office, User


class TakeInForm(PortalForm):
    """What the group is called, and where it belongs. Nothing is needed where we can tell by ourselves."""

    alias = forms.CharField(
        label=_("Vad ska gruppen heta hos oss?"),
        max_length=80,
        required=False,
        help_text=_("Aldrig en persons namn. Tomt: vi använder exemplets rubrik."),
    )
    office = forms.ModelChoiceField(
        Office.objects.filter(is_active=True),
        label=_("Ort"),
        required=False,
        empty_label=_("Orten som svarar för platsen"),
    )


class TakeIn(TextCommand):
    name = "take-in"
    label = _("Ta dig an exemplet")
    done = _("Den som skickade in exemplet har en egen sida nu. Där svarar de när vi frågar om texten.")
    intro = _(
        "Vi gör en grupp av den som skickade in exemplet, med det trygga kontaktsätt som de själva valde."
        " Då kan de läsa texten på sin egen sida, säga ja eller nej, och ändra sig."
    )
    form_class = TakeInForm
    shows_current = False
    refusals = {
        **REFUSALS,
        AliasEmpty: _("Skriv vad gruppen ska heta."),
        AliasNamesPerson: _("Namnet är också vad vi kallar en person. Välj ett annat."),
    }
    is_main = True

    def is_possible(self, row: Example) -> bool:
        return row.state in ON_OUR_DESK and row.contact_id is not None and row.group_id is None

    def run(self, row: Example, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        examples.take_in(row, alias=answers["alias"], office=answers["office"], by=by, now=now)


class ClearRisks(TextCommand):
    name = "risks"
    label = _("Kan någon kännas igen?")
    done = _("Svaren är sparade.")
    intro = _(
        "Läs hela texten en gång till innan du svarar, på engelska också om den finns. Tänk på den som bor granne,"
        " och på den som letar efter någon."
        " Ingen annan får läsa exemplet förrän svaret är nej på allt."
    )
    form_class = RisksForm
    template = "admin/knowledge/risks.html"

    def is_possible(self, row: Example) -> bool:
        return row.state in ON_OUR_DESK and needs_yes(row)

    def initial(self, row: Example, user: User) -> dict[str, Any]:
        return {risk.value: GONE for risk in Risk if risk.value in row.risks_cleared}

    def context(self, row: Example, user: User) -> dict[str, Any]:
        return {"preview_url": reverse("admin:knowledge_example_preview", args=[row.pk])}

    def run(self, row: Example, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        cleared = [risk for risk in Risk if answers[risk.value] == GONE]
        examples.clear_risks(row, risks=cleared, by=by, now=now)


class AskGroup(TextCommand):
    name = "ask"
    label = _("Fråga gruppen om ett ja")
    done = _("Gruppen är tillfrågad. Den läser texten på sin egen sida.")
    intro = _(
        "Gruppen svarar på precis de ord som står nu, på engelska också när hela texten är översatt."
        " Ändrar du texten sedan frågar vi dem igen. De kan ändra i den själva. Då kommer den tillbaka till dig."
    )
    is_main = True

    def is_possible(self, row: Example) -> bool:
        return row.state in ON_OUR_DESK and needs_yes(row) and row.checked_at is not None

    def run(self, row: Example, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        examples.ask_group(row, now=now)


class MakeReady(TextCommand):
    name = "ready"
    label = _("Klar att publicera")
    done = _("Exemplet är klart att publicera.")
    is_main = True

    def is_possible(self, row: Example) -> bool:
        return row.state in ON_OUR_DESK and not needs_yes(row)

    def run(self, row: Example, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.make_ready(row, now=now)


class RemoveContribution(TextCommand):
    name = "remove"
    label = _("Ta bort det som kom in")
    done = _("Exemplet är borttaget, och den som skickade in det också.")
    intro = _(
        "Allt i exemplet tas bort, med namn, nummer och adress till den som skickade in det. Det går inte att ångra."
    )
    takes_away = True

    def is_possible(self, row: Example) -> bool:
        return row.contributed_at is not None and row.group_id is None and row.published_at is None

    def run(self, row: Example, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        contributing.remove_contribution(row, now=now)


EXAMPLE_COMMANDS = (TakeIn(), ClearRisks(), AskGroup(), MakeReady(), *COMMANDS_OF_EXAMPLES, RemoveContribution())
