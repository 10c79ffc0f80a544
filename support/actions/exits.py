"""The exit: what the group keeps is listed and signed by both sides, and the group is self-reliant."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.models import Member
from people.models import User
from support.actions.locking import locked, locked_open, set_phase
from support.actions.logs import write_log
from support.actions.planning import cancel_check_ins, plan_after_care, plan_next_check_in
from support.emails import periods as emails
from support.enums import KeepKind, LogKind, Phase
from support.models import KeptThing, SupportPeriod


class NotInExit(Exception):
    """Only in the exit phase is there a list to write and sign."""


class NotInTheGroup(Exception):
    """Only a current member of the group signs for it."""


def _locked_in_exit(period: SupportPeriod) -> SupportPeriod:
    if locked(period).phase != Phase.EXIT:
        raise NotInExit
    return period


@transaction.atomic
def start_exit(period: SupportPeriod, *, now: datetime, by: User | None = None) -> SupportPeriod:
    """Group and leader begin to finish: what the group keeps is listed, then both sign. Twice changes nothing.

    `by` is the leader; None means that the group asked for it. Raises PeriodClosed.
    """
    period = locked_open(period)
    if period.phase == Phase.EXIT:
        return period
    period.paused_until = None
    period.save(update_fields=["paused_until"])
    set_phase(period, Phase.EXIT, now)
    write_log(period, LogKind.STATUS, _("Vi börjar avsluta. Ni bestämmer vad ni behåller."), now=now, by=by)
    emails.tell_exit_started(period, by_group=by is None, now=now)
    plan_next_check_in(period, now=now)
    return period


@transaction.atomic
def keep_thing(period: SupportPeriod, *, kind: KeepKind, text: str, now: datetime, by: User | None = None) -> KeptThing:
    """Adds to the list of what the group keeps. A list that changes must be signed anew; the same line stands once.

    Raises NotInExit.
    """
    period = _locked_in_exit(period)
    thing, is_new = KeptThing.objects.get_or_create(period=period, kind=kind, text=" ".join(text.split()))
    if is_new:
        _unsign(period)
    return thing


@transaction.atomic
def unkeep_thing(thing: KeptThing, *, now: datetime, by: User | None = None) -> None:
    """Takes something off the list, which must then be signed anew. Twice changes nothing. Raises NotInExit."""
    period = _locked_in_exit(thing.period)
    if KeptThing.objects.filter(pk=thing.pk).delete()[0]:
        _unsign(period)


def _unsign(period: SupportPeriod) -> None:
    period.exit_signed_by_group_at = period.exit_signed_by = period.exit_signed_by_leader_at = None
    period.save(update_fields=["exit_signed_by_group_at", "exit_signed_by", "exit_signed_by_leader_at"])


@transaction.atomic
def sign_exit(
    period: SupportPeriod, *, now: datetime, member: Member | None = None, by: User | None = None
) -> SupportPeriod:
    """Signs the list, for the group (`member`) or for us (`by`). With both, the group is self-reliant.

    Then after-care follows at three, six and twelve months. Signing again changes nothing.
    Raises NotInExit, NotInTheGroup.
    """
    period = locked(period)
    if period.phase == Phase.SELF_RELIANT:
        return period
    if period.phase != Phase.EXIT:
        raise NotInExit
    if member:
        _sign_for_group(period, member, now)
    if by and not period.exit_signed_by_leader_at:
        period.exit_signed_by_leader_at = now
        period.save(update_fields=["exit_signed_by_leader_at"])
        write_log(period, LogKind.STATUS, _("Vi har skrivit under avslutet."), now=now, by=by)
    if period.is_signed:
        _become_self_reliant(period, now)
    elif member:
        emails.tell_signed_by_group(period, now=now)
    return period


def _sign_for_group(period: SupportPeriod, member: Member, now: datetime) -> None:
    if not Member.objects.current().filter(pk=member.pk, group=period.group_id).exists():
        raise NotInTheGroup
    if period.exit_signed_by_group_at:
        return
    period.exit_signed_by_group_at = now
    period.exit_signed_by = member
    period.save(update_fields=["exit_signed_by_group_at", "exit_signed_by"])
    write_log(period, LogKind.STATUS, _("Ni har skrivit under avslutet."), now=now, contact=member.contact)


def _become_self_reliant(period: SupportPeriod, now: datetime) -> None:
    cancel_check_ins(period)
    period.self_reliant_at = now
    period.save(update_fields=["self_reliant_at"])
    set_phase(period, Phase.SELF_RELIANT, now)
    write_log(period, LogKind.STATUS, _("Ni klarar er själva nu. Vi hör av oss om tre månader."), now=now)
    emails.tell_self_reliant(period, now=now)
    plan_after_care(period, now=now)
