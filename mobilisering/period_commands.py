"""What can be done on the page of a support period and needs more than the support app knows of."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.models import Example
from mobilisering.actions import CLOSING, AlreadyDrafted, NotClosing, draft_example
from people.models import User
from support.admin.base import REFUSALS, SupportCommand
from support.admin.periods import SupportPeriodAdmin
from support.models import SupportPeriod


class DraftExample(SupportCommand):
    """A leader lets the editors have what the group has done, for others to learn from."""

    name = "draft-example"
    place = "more"
    label = _("Gör ett utkast till exempel")
    done = _("Redaktörerna har ett utkast nu. Gruppen får läsa texten innan någon annan gör det.")
    intro = _(
        "Vi gör ett utkast av planen och den delade loggen. Interna anteckningar är inte med. Namn och adresser"
        " som vi känner till tas bort. Fråga gruppen först om den vill berätta. Inget blir publicerat utan gruppens ja."
    )
    refusals = {
        **REFUSALS,
        NotClosing: _("Gruppen är mitt i arbetet. Gör utkastet när ni avslutar tillsammans."),
        AlreadyDrafted: _("Det finns redan ett exempel från den här stödperioden."),
    }

    def is_possible(self, row: SupportPeriod) -> bool:
        return row.phase in CLOSING and not Example.objects.filter(from_period=row.pk).exists()

    def run(self, row: SupportPeriod, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        draft_example(row, by=by, now=now)


def register() -> None:
    """Once, before the addresses of the admin are read."""
    SupportPeriodAdmin.commands = (*SupportPeriodAdmin.commands, DraftExample())  # type: ignore[assignment]
