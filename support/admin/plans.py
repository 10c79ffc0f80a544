"""The plan, one item at a time: how far it has come and whose it is."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from people.models import User
from support.actions import plans
from support.admin.base import PartAdmin, SupportCommand
from support.enums import OwnerSide, PlanStatus
from support.forms.staff_periods import GiveItemForm, StatusForm
from support.models import PlanItem, SupportPeriod


class OfItem(SupportCommand):
    """A command on an item of a plan that is still worked on."""

    def is_possible(self, row: PlanItem) -> bool:
        return row.period.is_open

    def comes_back_to(self, row: PlanItem) -> SupportPeriod:
        return row.period

    def context(self, row: PlanItem, user: User) -> dict[str, Any]:
        return {"about": row.text}


class SetStatus(OfItem):
    name = "status"
    label = _("Hur långt")
    done = _("Det är ändrat.")
    form_class = StatusForm

    def initial(self, row: PlanItem, user: User) -> dict[str, Any]:
        return {"status": row.status}

    def run(self, row: PlanItem, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        plans.set_item_status(row, status=PlanStatus(answers["status"]), by_group=answers["by_group"], by=by, now=now)


class GiveItem(OfItem):
    name = "give"
    label = _("Vems är den")
    done = _("Uppgiften har bytt händer.")
    form_class = GiveItemForm

    def initial(self, row: PlanItem, user: User) -> dict[str, Any]:
        return {"owner_side": row.owner_side, "owner": row.owner}

    def run(self, row: PlanItem, answers: dict[str, Any], *, by: User, now: datetime) -> None:
        plans.give_item(
            row,
            owner_side=OwnerSide(answers["owner_side"]),
            owner=answers["owner"],
            by_group=False,
            by=by,
            now=now,
        )


@admin.register(PlanItem)
class PlanItemAdmin(PartAdmin):
    commands = (SetStatus(), GiveItem())
    list_select_related = ("period",)
