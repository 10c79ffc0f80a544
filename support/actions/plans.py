"""The plan: whose each goal and task is, how far it has come, and when it changed hands."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from people.models import User
from support.actions.locking import locked
from support.actions.logs import write_log
from support.actions.planning import touch_activity
from support.enums import LogKind, OwnerSide, Phase, PlanKind, PlanStatus
from support.models import PlanEvent, PlanItem, SupportPeriod


class PlanClosed(Exception):
    """The period is closed, so its plan stands as it is."""


def _check(period: SupportPeriod) -> SupportPeriod:
    if locked(period).phase == Phase.CLOSED:
        raise PlanClosed
    return period


@transaction.atomic
def add_item(
    period: SupportPeriod,
    *,
    text: str,
    kind: PlanKind,
    owner_side: OwnerSide,
    by_group: bool,
    now: datetime,
    support_kind: SupportKind | str = "",
    owner: str = "",
    due_on: date | None = None,
    by: User | None = None,
    once_key: uuid.UUID | None = None,
) -> PlanItem:
    """Writes a goal or a task in the group's own words, and whose it is. The same key again returns the first one.

    Raises PlanClosed.
    """
    period = _check(period)
    if once_key and (already := period.plan_items.filter(once_key=once_key).first()):
        return already
    item = PlanItem.objects.create(
        period=period,
        kind=kind,
        text=text,
        support_kind=support_kind,
        owner_side=owner_side,
        owner=owner,
        due_on=due_on,
        created_at=now,
        once_key=once_key,
    )
    _happened(item, by_group=by_group, now=now)
    write_log(period, LogKind.PLAN, _("Nytt i planen: %(what)s"), {"what": text}, now=now, by=by)
    return item


@transaction.atomic
def set_item_status(
    item: PlanItem, *, status: PlanStatus, by_group: bool, now: datetime, by: User | None = None
) -> PlanItem:
    """How far the item has come. What the group does itself counts as its own activity. The same changes nothing.

    Raises PlanClosed.
    """
    period = _check(item.period)
    item.refresh_from_db(from_queryset=PlanItem.objects.select_for_update())
    if item.status == status:
        return item
    item.status = status
    item.done_at = now if status == PlanStatus.DONE else None
    item.save(update_fields=["status", "done_at"])
    _happened(item, by_group=by_group, now=now)
    values = {"what": item.text, "status": PlanStatus(status).label}
    write_log(period, LogKind.PLAN, _("%(what)s: %(status)s"), values, now=now, by=by)
    if by_group or (status == PlanStatus.DONE and item.owner_side == OwnerSide.GROUP):
        touch_activity(period, now=now)
    return item


@transaction.atomic
def give_item(
    item: PlanItem,
    *,
    owner_side: OwnerSide,
    owner: str,
    by_group: bool,
    now: datetime,
    by: User | None = None,
) -> PlanItem:
    """Hands the item to another side or person; a change of side is recorded as a hand-over. The same changes nothing.

    Raises PlanClosed.
    """
    period = _check(item.period)
    item.refresh_from_db(from_queryset=PlanItem.objects.select_for_update())
    if (item.owner_side, item.owner) == (owner_side, owner):
        return item
    handed_over = item.owner_side != owner_side
    item.owner_side = owner_side
    item.owner = owner
    item.save(update_fields=["owner_side", "owner"])
    _happened(item, by_group=by_group, handed_over=handed_over, now=now)
    if handed_over:
        values = {"what": item.text, "whose": OwnerSide(owner_side).label}
        write_log(period, LogKind.PLAN, _("%(what)s har bytt händer. Nu: %(whose)s"), values, now=now, by=by)
    return item


def _happened(item: PlanItem, *, by_group: bool, now: datetime, handed_over: bool = False) -> None:
    PlanEvent.objects.create(
        item=item,
        at=now,
        owner_side=item.owner_side,
        owner=item.owner,
        status=item.status,
        handed_over=handed_over,
        by_group=by_group,
    )
