"""What editors do to any public text: publish it now or later, take it away, take it back, read it through."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from knowledge.actions import editing, publishing
from knowledge.actions.examples import ExampleRefused
from knowledge.enums import State
from knowledge.forms.publishing import ScheduleForm
from knowledge.models import Example, PublicText
from people.admin.commands import Command, Refusals, Words
from people.calendar import stockholm_moment
from people.models import User


def _what_is_missing(refusal: publishing.NotComplete) -> Words:
    return _("Det här saknas än: %(missing)s.") % {"missing": ", ".join(map(str, refusal.missing))}


REFUSALS: Refusals = {
    publishing.NotComplete: _what_is_missing,
    publishing.NotReady: _("Texten är inte klar att publicera än. Ett exempel behöver gruppens ja först."),
    editing.InThePast: _("Tiden har passerat. Välj en tid som kommer, eller publicera nu."),
    editing.IsPublic: _("Texten är publicerad. Ta bort den först."),
    ExampleRefused: lambda refusal: refusal.words,
}


class TextCommand(Command[Any]):
    """A command whose refusals are those of the knowledge app."""

    refusals = REFUSALS


def may_come_out(row: PublicText) -> bool:
    """Whether the state allows publishing. What is missing is told when someone tries."""
    if isinstance(row, Example):
        return row.state == State.READY
    return row.state in {State.DRAFT, State.READY, State.WITHDRAWN}


class Publish(TextCommand):
    name = "publish"
    label = _("Publicera nu")
    done = _("Texten är publicerad. Alla kan läsa den.")
    intro = _(
        "Alla kan läsa texten direkt. Den hittas i sökningen, kommer med i flöden och kan väljas till nästa handbok."
        " Titta på den som läsarna ser den innan du publicerar."
    )
    is_main = True

    def is_possible(self, row: PublicText) -> bool:
        return may_come_out(row)

    def run(self, row: PublicText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        publishing.publish(row, now=now)


class Schedule(TextCommand):
    name = "schedule"
    label = _("Publicera senare")
    done = _("Texten kommer ut av sig själv när det är dags.")
    intro = _("Vi publicerar texten åt dig den dagen, så fort klockan är slagen.")
    form_class = ScheduleForm

    def is_possible(self, row: PublicText) -> bool:
        return may_come_out(row)

    def initial(self, row: PublicText, user: User) -> dict[str, Any]:
        if row.publish_at is None:
            return {}
        at = localtime(row.publish_at)
        return {"on": at.date(), "time": at.time()}

    def run(self, row: PublicText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.schedule(row, at=stockholm_moment(answers["on"], answers["time"]), now=now)


class Withdraw(TextCommand):
    name = "withdraw"
    label = _("Ta bort från webbplatsen")
    done = _("Texten är borttagen. Ingen utanför kan läsa den längre.")
    intro = _(
        "Texten försvinner direkt. Den som öppnar adressen får veta att den inte finns längre (svar 410)."
        " Den hittas inte i sökningen och inte i flöden, och den kan inte väljas till nästa handbok."
        " En handbok som redan är gjord har den kvar."
        " Det andra redan har sparat eller skrivit ut når vi inte. Här i admin finns texten kvar."
    )

    def is_possible(self, row: PublicText) -> bool:
        return row.is_public

    def run(self, row: PublicText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        publishing.withdraw(row, now=now)


class PutBack(TextCommand):
    name = "put-back"
    label = _("Gör till utkast igen")
    done = _("Texten är ett utkast igen.")

    def is_possible(self, row: PublicText) -> bool:
        return row.state in editing.ON_THE_DESK

    def run(self, row: PublicText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.put_back(row, now=now)


class MarkRead(TextCommand):
    name = "mark-read"
    label = _("Läst igenom: stämmer fortfarande")
    done = _("Antecknat. Texten kommer upp igen om ett år.")

    def is_possible(self, row: PublicText) -> bool:
        return row.is_public

    def run(self, row: PublicText, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        editing.mark_read(row, now=now)


class PublishPage(Publish):
    done = _("Sidan är publicerad. Alla kan läsa den.")
    intro = _(
        "Alla kan läsa sidan direkt, och den hittas i sökningen. Titta på den som läsarna ser den innan du publicerar."
    )


class WithdrawPage(Withdraw):
    done = _("Sidan är borttagen. Ingen utanför kan läsa den längre.")
    intro = _(
        "Sidan försvinner direkt, och hittas inte i sökningen. Den som öppnar adressen får veta att texten inte finns"
        " längre (svar 410). Det andra redan har sparat eller skrivit ut når vi inte. Här i admin finns sidan kvar."
    )


class WithdrawExample(Withdraw):
    """The only kind that takes handbooks with it."""

    intro = _(
        "Exemplet försvinner direkt. Den som öppnar adressen får veta att texten inte finns längre (svar 410)."
        " Exemplet hittas inte i sökningen och inte i flöden, och det kan inte väljas till nästa handbok."
        " En handbok som har exemplet med sig tas bort, tills du gör en ny."
        " Det andra redan har sparat eller skrivit ut når vi inte. Här i admin finns exemplet kvar."
    )


_BETWEEN = (Schedule(), MarkRead(), PutBack())
COMMANDS = (Publish(), *_BETWEEN, Withdraw())
PAGE_COMMANDS = (PublishPage(), *_BETWEEN, WithdrawPage())
COMMANDS_OF_EXAMPLES = (Publish(), *_BETWEEN, WithdrawExample())
