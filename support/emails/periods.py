"""What is said in the course of a support period: a new leader, the exit, self-reliance, and the way back."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from people import kinds
from people.enums import MessageClass
from support.emails.to_groups import FROM_A_PERSON, leader_hears, take_back, tell_group, tell_user
from support.enums import OPEN_PHASES, Phase
from support.models import SupportPeriod

EXIT_PAGE = "avslut/"
"""Where on the private page the list of what the group keeps is read and signed."""


def _phase(period_id: int) -> str:
    return SupportPeriod.objects.values_list("phase", flat=True).filter(pk=period_id).first() or ""


def still_open(period_id: int, now: datetime) -> str | None:
    return None if _phase(period_id) in OPEN_PHASES else _("Stödperioden är inte öppen längre.")


def still_in_exit(period_id: int, now: datetime) -> str | None:
    return None if _phase(period_id) == Phase.EXIT else _("Avslutet pågår inte längre.")


def still_self_reliant(period_id: int, now: datetime) -> str | None:
    return None if _phase(period_id) == Phase.SELF_RELIANT else _("Gruppen är inte i det läget längre.")


def still_closed(period_id: int, now: datetime) -> str | None:
    rows = SupportPeriod.objects.filter(pk=period_id, phase=Phase.CLOSED, followed_by__isnull=True)
    return None if rows.exists() else _("Gruppen har kommit tillbaka.")


LEADER_CHANGED = kinds.MessageKind("support.leader_changed", FROM_A_PERSON, still_open, leader_hears)
PERIOD_GIVEN = kinds.MessageKind("support.period_given", MessageClass.STAFF, still_open)
EXIT_STARTED = kinds.MessageKind("support.exit_started", FROM_A_PERSON, still_in_exit, leader_hears)
EXIT_WISHED = kinds.MessageKind("support.exit_wished", MessageClass.STAFF, still_in_exit)
EXIT_SIGNED = kinds.MessageKind("support.exit_signed", MessageClass.STAFF, still_in_exit)
SELF_RELIANT = kinds.MessageKind("support.self_reliant", FROM_A_PERSON, still_self_reliant, leader_hears)
WELCOME_BACK = kinds.MessageKind("support.welcome_back", FROM_A_PERSON, still_open, leader_hears)
GROUP_CAME_BACK = kinds.MessageKind("support.group_came_back", MessageClass.STAFF, still_open)
PERIOD_CLOSED = kinds.MessageKind("support.period_closed", FROM_A_PERSON, still_closed, leader_hears)


def _tell_group(
    kind: kinds.MessageKind, period: SupportPeriod, now: datetime, *, path: str = "", once: str = ""
) -> None:
    leader = period.leader
    tell_group(
        kind,
        period.group,
        about=period,
        once=once,
        now=now,
        office=period.office,
        context={"period": period, "leader": leader, "leader_phone": leader.phone or settings.PORTAL_PHONE},
        path=path,
    )


def _tell_leader(kind: kinds.MessageKind, period: SupportPeriod, now: datetime, *, once: str = "") -> None:
    tell_user(kind, period.leader, about=period, once=once, now=now, office=period.office)


def tell_new_leader(period: SupportPeriod, *, now: datetime) -> None:
    """The group hears who is their leader now. What has not left yet about an earlier one never does."""
    take_back(period, LEADER_CHANGED, because=_("Gruppen har fått en annan utvecklingsledare."))
    _tell_group(LEADER_CHANGED, period, now, once=now.isoformat())


def tell_given(period: SupportPeriod, *, now: datetime) -> None:
    """The new leader hears that the group is theirs."""
    _tell_leader(PERIOD_GIVEN, period, now, once=now.isoformat())


def tell_exit_started(period: SupportPeriod, *, by_group: bool, now: datetime) -> None:
    """The side that did not start it hears of it."""
    once = period.phase_since.isoformat()
    if by_group:
        _tell_leader(EXIT_WISHED, period, now, once=once)
    else:
        _tell_group(EXIT_STARTED, period, now, path=EXIT_PAGE, once=once)


def tell_signed_by_group(period: SupportPeriod, *, now: datetime) -> None:
    assert period.exit_signed_by_group_at is not None  # they have just signed
    _tell_leader(EXIT_SIGNED, period, now, once=period.exit_signed_by_group_at.isoformat())


def tell_self_reliant(period: SupportPeriod, *, now: datetime) -> None:
    _tell_group(SELF_RELIANT, period, now)


def tell_came_back(period: SupportPeriod, *, by_group: bool, now: datetime) -> None:
    """The group is welcomed; the leader hears of it when the group itself came."""
    _tell_group(WELCOME_BACK, period, now)
    if by_group:
        _tell_leader(GROUP_CAME_BACK, period, now)


def tell_closed(period: SupportPeriod, *, now: datetime) -> None:
    _tell_group(PERIOD_CLOSED, period, now)


def register() -> None:
    kinds.register(
        LEADER_CHANGED,
        PERIOD_GIVEN,
        EXIT_STARTED,
        EXIT_WISHED,
        EXIT_SIGNED,
        SELF_RELIANT,
        WELCOME_BACK,
        GROUP_CAME_BACK,
        PERIOD_CLOSED,
    )
