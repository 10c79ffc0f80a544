"""Which role an enabler takes for a group, agreed with the group and ended by it at will."""

from datetime import date, datetime

from django.db import transaction

from groups import emails
from groups.enums import EnablerRole
from groups.models import Enabler, Group, RoleContract
from people.calendar import stockholm_day


class EnablerInactive(Exception):
    """The enabler does not take on anything at present."""


class ReviewInThePast(Exception):
    """A role is looked over again some day to come."""


@transaction.atomic
def agree_role(
    group: Group,
    *,
    enabler: Enabler,
    role: EnablerRole,
    task: str,
    review_on: date,
    employer_is_duty_bearer: bool,
    now: datetime,
) -> RoleContract:
    """Writes down what group and enabler agreed. The same role in the same task again returns the one in force.

    Raises EnablerInactive, ReviewInThePast.
    """
    Group.objects.select_for_update().get(pk=group.pk)
    task = " ".join(task.split())
    in_force = group.role_contracts.in_force().filter(enabler=enabler, role=role, task=task)
    if same := in_force.first():
        return same
    if not Enabler.objects.filter(pk=enabler.pk, is_active=True).exists():
        raise EnablerInactive
    if review_on < stockholm_day(now):
        raise ReviewInThePast
    return RoleContract.objects.create(
        group=group,
        enabler=enabler,
        role=role,
        task=task,
        employer_is_duty_bearer=employer_is_duty_bearer,
        agreed_on=stockholm_day(now),
        review_on=review_on,
    )


@transaction.atomic
def end_role(contract: RoleContract, *, now: datetime, because: str = "") -> RoleContract:
    """The group ends the role, without having to say why; the enabler is told. Twice changes nothing."""
    contract.refresh_from_db(from_queryset=RoleContract.objects.select_for_update())
    if contract.ended_at:
        return contract
    contract.ended_at = now
    contract.ended_because = because[:200]
    contract.save(update_fields=["ended_at", "ended_because"])
    emails.tell_role_ended(contract, now=now)
    return contract
