"""What happens next in a case: written, done, put off. For requests and periods alike; Min dag does it in place."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import User
from support.actions import next_steps
from support.admin.base import SupportCommand
from support.forms.staff_periods import NextStepForm, StepDoneForm


class OfOpenCase(SupportCommand):
    """A command on a case that is open. A request that is joined to another has its next step there."""

    place = "next"

    def is_possible(self, row: Any) -> bool:
        return row.is_open and getattr(row, "joined_to_id", None) is None


class SetNextStep(OfOpenCase):
    name = "next-step"
    label = _("Skriv nästa steg")
    done = _("Nästa steg är sparat.")
    form_class = NextStepForm

    def initial(self, row: Any, user: User) -> dict[str, Any]:
        return {"text": row.next_step, "on": row.next_step_on, "waits_for": row.waits_for}

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        next_steps.set_next_step(
            row, text=answers["text"], on=answers["on"], waits_for=answers["waits_for"], by=by, now=now
        )


class StepDone(OfOpenCase):
    name = "step-done"
    label = _("Klart")
    done = _("Antecknat som klart, och nästa steg är sparat.")
    form_class = StepDoneForm

    def is_possible(self, row: Any) -> bool:
        return super().is_possible(row) and bool(row.next_step)

    def context(self, row: Any, user: User) -> dict[str, Any]:
        return {"about": row.next_step}

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        next_steps.finish_step(row, text=answers["text"], on=answers["on"], by=by, now=now)


class Postpone(OfOpenCase):
    name = "postpone"
    label = _("Skjut upp en vecka")
    done = _("Uppskjutet en vecka.")

    def is_possible(self, row: Any) -> bool:
        return super().is_possible(row) and bool(row.next_step)

    def run(self, row: Any, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        next_steps.postpone_step(row, by=by, now=now)
