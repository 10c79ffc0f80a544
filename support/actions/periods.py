"""A support period from its opening to its end, and the way back. The exit itself stands in `exits.py`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.emails import links_of
from groups.enums import SupportKind
from groups.models import Group
from people.actions.links import close_code, keep_code
from people.calendar import ONE_DAY, stockholm_day
from people.models import User
from support.actions.exits import NotInExit, keep_thing, sign_exit, start_exit, unkeep_thing
from support.actions.locking import PeriodClosed, locked, locked_open, set_phase
from support.actions.logs import day_in_log, in_swedish, write_log
from support.actions.passing_on import NotALeaderHere, give_period_to
from support.actions.planning import cancel_check_ins, plan_next_check_in, touch_activity
from support.emails import periods as emails
from support.enums import LogKind, Outcome, Phase
from support.models import SupportPeriod
from support.permissions import leaders_of

__all__ = [
    "BadLadder",
    "DayHasPassed",
    "NotALeaderHere",
    "NotInExit",
    "PauseTooLong",
    "PeriodClosed",
    "WrongPhase",
    "change_phase",
    "check_pause",
    "close_period",
    "come_back",
    "end_after_care",
    "give_period_to",
    "is_ladder",
    "keep_thing",
    "open_period",
    "pause",
    "set_ladder",
    "sign_exit",
    "start_exit",
    "touch_activity",
    "unkeep_thing",
]

LONGEST_LADDER = 8
WIDEST_GAP = 52  # weeks


class WrongPhase(Exception):
    """The phase cannot be set by hand: exit is started, self-reliance is signed, closing asks for an outcome."""


class BadLadder(Exception):
    """A ladder is one to eight gaps of 1–52 weeks, each longer than the one before."""


class DayHasPassed(Exception):
    """The day must be one to come."""


class PauseTooLong(Exception):
    """A pause lasts two years at most: a slip of the pen must not silence a group for decades."""


FIRST_STEP_WITHIN = timedelta(days=14)
"""When a plan should be there (the programme's own rule)."""

LONGEST_PAUSE = timedelta(days=2 * 365)
"""The programme's own rule."""


def check_pause(until: date, today: date) -> None:
    """Raises DayHasPassed, PauseTooLong."""
    if until <= today:
        raise DayHasPassed
    if until > today + LONGEST_PAUSE:
        raise PauseTooLong


@transaction.atomic
def open_period(
    group: Group,
    *,
    leader: User,
    supports: Sequence[SupportKind | str],
    now: datetime,
    follows: SupportPeriod | None = None,
) -> SupportPeriod:
    """Opens the period and plans the first follow-up. The group's open period is returned when there is one already."""
    group = Group.objects.select_for_update().get(pk=group.pk)
    if already := group.periods.open().first():
        return already
    period = SupportPeriod.objects.create(
        group=group,
        office=group.office,
        leader=leader,
        follows=follows,
        supports=list(supports),
        next_step=in_swedish(_("Gör en plan tillsammans")),
        next_step_on=stockholm_day(now) + FIRST_STEP_WITHIN,
        opened_at=now,
        phase_since=now,
    )
    write_log(period, LogKind.STATUS, _("Nu arbetar vi tillsammans."), now=now, by=leader)
    plan_next_check_in(period, now=now)
    return period


@transaction.atomic
def change_phase(period: SupportPeriod, *, phase: Phase, by: User, now: datetime) -> SupportPeriod:
    """Moves between the start and the change, or back from the exit to the change. The same phase changes nothing.

    Raises WrongPhase, PeriodClosed.
    """
    period = locked_open(period)
    if period.phase == phase:
        return period
    if phase not in {Phase.START, Phase.CHANGE}:
        raise WrongPhase
    period.exit_signed_by_group_at = period.exit_signed_by = period.exit_signed_by_leader_at = None
    period.save(update_fields=["exit_signed_by_group_at", "exit_signed_by", "exit_signed_by_leader_at"])
    set_phase(period, phase, now)
    write_log(period, LogKind.STATUS, _("Ny fas: %(phase)s."), {"phase": phase.label}, now=now, by=by)
    plan_next_check_in(period, now=now)
    return period


def is_ladder(gaps: Sequence[int]) -> bool:
    """Whether the gaps, in weeks, can be a ladder: BadLadder says what is asked of one."""
    rises = list(gaps) == sorted(set(gaps))
    return 1 <= len(gaps) <= LONGEST_LADDER and rises and gaps[0] >= 1 and gaps[-1] <= WIDEST_GAP


@transaction.atomic
def set_ladder(period: SupportPeriod, *, ladder: Sequence[int] | None, by: User, now: datetime) -> SupportPeriod:
    """Gives the group a ladder of its own, in weeks; None goes back to the office's. Raises BadLadder, PeriodClosed."""
    period = locked_open(period)
    gaps = list(ladder) if ladder is not None else None
    if gaps is not None and not is_ladder(gaps):
        raise BadLadder
    period.ladder = gaps
    period.save(update_fields=["ladder"])
    plan_next_check_in(period, now=now)
    return period


@transaction.atomic
def pause(period: SupportPeriod, *, until: date | None, now: datetime, by: User | None = None) -> SupportPeriod:
    """The group rests until a day, and nothing is asked meanwhile; None ends the pause, also one from an answer.

    Raises PeriodClosed, DayHasPassed, PauseTooLong.
    """
    period = locked_open(period)
    if until is not None:
        check_pause(until, stockholm_day(now))
    if period.paused_until == until:
        return period
    period.paused_until = until
    period.save(update_fields=["paused_until"])
    if until:
        cancel_check_ins(period)
        write_log(
            period,
            LogKind.STATUS,
            _("Paus till %(day)s."),
            {"day": day_in_log(until, stockholm_day(now))},
            now=now,
            by=by,
        )
    else:
        _end_wished_pause(period, now)
        write_log(period, LogKind.STATUS, _("Pausen är slut."), now=now, by=by)
    plan_next_check_in(period, now=now)
    return period


def _end_wished_pause(period: SupportPeriod, now: datetime) -> None:
    """The taper keeps to the pause of the last answer, so that ends as well."""
    today = stockholm_day(now)
    period.check_ins.filter(wished_pause_until__gte=today).update(wished_pause_until=today - ONE_DAY)


@transaction.atomic
def come_back(period: SupportPeriod, *, now: datetime, by: User | None = None) -> SupportPeriod:
    """The group wants to come back: a new period that follows the old, which is closed with its after-care.

    With the leader they had, if still there. An open period is returned as it is. `by` is the leader who writes it
    down; None means that the group came by itself.
    """
    # The period first, then its group: who answers a check-in comes here with the period locked already.
    newest = locked(SupportPeriod.objects.filter(group=period.group_id).order_by("-opened_at", "-pk")[0])
    group = Group.objects.select_for_update().get(pk=period.group_id)
    if already := group.periods.open().first():
        return already
    if newest.phase != Phase.CLOSED:
        _close(newest, now)
    new = open_period(group, leader=_leader_for(newest, by, now), supports=newest.supports, follows=newest, now=now)
    for link in links_of(group):
        keep_code(link)
    emails.tell_came_back(new, by_group=by is None, now=now)
    return new


def _leader_for(period: SupportPeriod, by: User | None, now: datetime) -> User:
    """The one they know, else whoever writes it down, else someone at the office."""
    leaders = leaders_of(period.office, stockholm_day(now))
    known = leaders.filter(pk=period.leader_id).first()
    return known or by or leaders.first() or period.leader


@transaction.atomic
def close_period(
    period: SupportPeriod, *, outcome: Outcome, what_changed: str, by: User, now: datetime
) -> SupportPeriod:
    """A leader closes the period, in words. Nothing else is sent or asked. Twice changes nothing."""
    period = locked(period)
    if period.phase == Phase.CLOSED:
        return period
    period.outcome = outcome
    period.what_changed = what_changed
    period.save(update_fields=["outcome", "what_changed"])
    _close(period, now)
    write_log(period, LogKind.STATUS, _("Vi har avslutat. Ni kan alltid komma tillbaka."), now=now, by=by)
    emails.tell_closed(period, now=now)
    return period


@transaction.atomic
def end_after_care(period: SupportPeriod, *, now: datetime) -> SupportPeriod:
    """The group has said for the last time how it goes on its own: the period is closed. Twice changes nothing.

    Raises PeriodClosed when the group never became self-reliant.
    """
    period = locked(period)
    if period.phase == Phase.CLOSED:
        return period
    if period.phase != Phase.SELF_RELIANT:
        raise PeriodClosed
    _close(period, now)
    write_log(period, LogKind.STATUS, _("Ni klarar er själva. Ni kan alltid komma tillbaka."), now=now)
    emails.tell_closed(period, now=now)
    return period


def _close(period: SupportPeriod, now: datetime) -> None:
    """Calls off what is planned; the codes become free in a year."""
    cancel_check_ins(period)
    period.phase = Phase.CLOSED
    period.phase_since = now
    period.closed_at = now
    period.paused_until = None
    period.save(update_fields=["phase", "phase_since", "closed_at", "paused_until"])
    for link in links_of(period.group):
        close_code(link, now=now)
