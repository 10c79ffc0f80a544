"""What a leader does with a support period, from the next step to the end and the way back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people import clock
from people.enums import YesNoUnknown
from people.models import User
from support.actions import agreements, check_ins, periods, plans
from support.admin.base import SupportCommand
from support.admin.request_commands import LogContact
from support.balance import balance_of
from support.enums import KeepKind, Outcome, OwnerSide, Phase, PlanKind, Readiness
from support.forms.staff_periods import (
    AgreementForm,
    CloseForm,
    ItemForm,
    KeepForm,
    LadderForm,
    PauseForm,
    PhaseForm,
    ReadinessForm,
)
from support.models import KeptThing, SupportPeriod


class OfOpenPeriod(SupportCommand):
    """A command on a period in start, change or exit."""

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.is_open


class LogInPeriod(LogContact):
    is_main = True


class AddItem(OfOpenPeriod):
    name = "add-item"
    place = "plan"
    label = _("Skriv in i planen")
    done = _("Det står i planen nu.")
    form_class = ItemForm

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        plans.add_item(
            row,
            text=answers["text"],
            kind=PlanKind(answers["kind"]),
            support_kind=answers["support_kind"],
            owner_side=OwnerSide(answers["owner_side"]),
            owner=answers["owner"],
            due_on=answers["due_on"],
            by_group=False,
            by=by,
            now=now,
        )


class MarkReadiness(OfOpenPeriod):
    name = "readiness"
    place = "agreed"
    label = _("Tecken på självgående")
    done = _("Det är antecknat.")
    intro = _("Kryssa för det du har sett eller hört. Det är inget betyg, och det gäller ett halvår.")
    form_class = ReadinessForm

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        marks = {sign: YesNoUnknown(answers[sign.value]) for sign in Readiness if answers.get(sign.value)}
        check_ins.mark_readiness(row, marks=marks, by_group=False, now=now)


class Agree(OfOpenPeriod):
    name = "agree"
    place = "agreed"
    label = _("Det ni är överens om")
    done = _("Det är sparat, och gruppen ser det.")
    form_class = AgreementForm

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase != Phase.CLOSED

    def initial(self, row: SupportPeriod, user: User) -> dict[str, Any]:
        return {"supports": row.supports, "horizon": row.horizon, "review_on": row.review_on}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        agreements.agree_on_support(
            row,
            supports=answers["supports"],
            horizon=answers["horizon"],
            review_on=answers["review_on"],
            by=by,
            now=now,
        )


class ChangePhase(OfOpenPeriod):
    name = "phase"
    place = "more"
    label = _("Byt fas")
    done = _("Fasen är bytt.")
    form_class = PhaseForm
    shows_current = False

    def initial(self, row: SupportPeriod, user: User) -> dict[str, Any]:
        return {"phase": Phase.START if row.phase == Phase.CHANGE else Phase.CHANGE}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.change_phase(row, phase=Phase(answers["phase"]), by=by, now=now)


class Pause(OfOpenPeriod):
    name = "pause"
    place = "contact"
    label = _("Paus")
    done = _("Gruppen har paus. Vi frågar inget till dess.")
    form_class = PauseForm

    def initial(self, row: SupportPeriod, user: User) -> dict[str, Any]:
        return {"until": row.paused_until}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.pause(row, until=answers["until"], by=by, now=now)


class EndPause(OfOpenPeriod):
    name = "end-pause"
    place = "contact"
    label = _("Avsluta pausen")
    done = _("Pausen är slut.")

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.is_open and row.paused_until is not None

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.pause(row, until=None, by=by, now=now)


class SetLadder(OfOpenPeriod):
    name = "ladder"
    place = "contact"
    label = _("Egen trappa")
    done = _("Trappan är sparad.")
    form_class = LadderForm

    def initial(self, row: SupportPeriod, user: User) -> dict[str, Any]:
        return {"ladder": ", ".join(str(weeks) for weeks in row.ladder or [])}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.set_ladder(row, ladder=answers["ladder"], by=by, now=now)


class StartExit(OfOpenPeriod):
    name = "start-exit"
    place = "more"
    label = _("Börja avsluta")
    done = _("Nu avslutar ni tillsammans. Skriv vad gruppen behåller.")
    intro = _("Ni går igenom vad gruppen behåller, och båda skriver under. Gruppen kan alltid komma tillbaka.")

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase in {Phase.START, Phase.CHANGE}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.start_exit(row, by=by, now=now)


class Keep(SupportCommand):
    name = "keep"
    place = "kept"
    label = _("Skriv upp något gruppen behåller")
    done = _("Det står på listan.")
    form_class = KeepForm

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase == Phase.EXIT

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.keep_thing(row, kind=KeepKind(answers["kind"]), text=answers["text"], by=by, now=now)


class SignExit(SupportCommand):
    name = "sign"
    place = "kept"
    label = _("Skriv under listan")
    done = _("Du har skrivit under.")
    intro = _("När gruppen också har skrivit under är den självgående. Vi hör av oss efter tre, sex och tolv månader.")

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase == Phase.EXIT and row.exit_signed_by_leader_at is None

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.sign_exit(row, by=by, now=now)


class ComeBack(SupportCommand):
    name = "come-back"
    label = _("Gruppen vill komma tillbaka")
    done = _("Gruppen är tillbaka, i en ny stödperiod.")
    intro = _("Då börjar en ny stödperiod som följer på den här.")

    def is_possible(self, row: SupportPeriod) -> bool:
        return not row.is_open

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> SupportPeriod:
        return periods.come_back(row, by=by, now=now)


class ClosePeriod(SupportCommand):
    name = "close"
    place = "more"
    label = _("Avsluta stödet")
    done = _("Stödet är avslutat.")
    form_class = CloseForm
    template = "admin/support/supportperiod/close.html"
    intro = _("Efter det skickar och frågar vi inget mer. Gruppen kan alltid komma tillbaka.")

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase != Phase.CLOSED

    def context(self, row: SupportPeriod, user: User) -> dict[str, Any]:
        """Whose the work has become, to think of when they say how it went."""
        return {"balance": balance_of(row, clock.today())}

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.close_period(
            row, outcome=Outcome(answers["outcome"]), what_changed=answers["what_changed"], by=by, now=now
        )


class Unkeep(SupportCommand):
    name = "unkeep"
    label = _("Ta bort från listan")
    done = _("Det är borttaget från listan.")

    def is_possible(self, row: KeptThing) -> bool:
        return row.period.phase == Phase.EXIT

    def run(self, row: KeptThing, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        periods.unkeep_thing(row, by=by, now=now)

    def comes_back_to(self, row: KeptThing) -> SupportPeriod:
        return row.period
