"""A group answers how it is going: the answer is kept, acted upon at once, and the next time is planned."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.emails import contact_persons
from people.actions.contacts import recheck_contact
from people.calendar import stockholm_day
from people.models import Contact, User
from support.actions.exits import start_exit
from support.actions.locking import locked
from support.actions.logs import write_log
from support.actions.periods import check_pause, come_back, end_after_care
from support.actions.planning import cancel_check_ins, plan_next_check_in
from support.emails import check_ins as emails
from support.enums import Capacity, CheckInKind, CheckInState, Drives, Going, LogKind, Phase, Wish
from support.facts import policy_of
from support.models import CheckIn


class CheckInOver(Exception):
    """The check-in is answered or no longer needed, so it cannot be answered (again)."""


WANTS_THE_LEADER = {Wish.CLOSER, Wish.PAUSE, Wish.FINISH}
"""Wishes that the leader hears of at once; the others are read when the leader next opens the case."""


@transaction.atomic
def answer_check_in(
    check_in: CheckIn,
    *,
    going: Going,
    drives: Drives,
    wish: Wish | None,
    now: datetime,
    pause_until: date | None = None,
    still_safe: bool | None = None,
    comment: str = "",
    capacity: Mapping[Capacity, int] | None = None,
    contact: Contact | None = None,
    by: User | None = None,
) -> CheckIn:
    """The group answers, or a leader writes down what they said (`by`). Pause and finish hold at once.

    No wish means that the group said nothing of how close the contact should be; then the taper goes by how it is.
    Plans the next one; in after-care *closer* means that the group comes back, and *finish* that no more is asked.
    A contact way that is no longer safe is not used again, and the leader is told. Raises CheckInOver, DayHasPassed,
    PauseTooLong.
    """
    check_in = _locked_unanswered(check_in)
    today = stockholm_day(now)
    if wish == Wish.PAUSE:
        pause_until = pause_until or today + timedelta(weeks=policy_of(check_in.period).ladder[-1])
        check_pause(pause_until, today)
    check_in.going, check_in.drives, check_in.wish = going, drives, wish or ""
    check_in.wished_pause_until = pause_until if wish == Wish.PAUSE else None
    check_in.still_safe = still_safe
    check_in.comment = comment.strip()
    check_in.capacity = {str(domain): int(mark) for domain, mark in (capacity or {}).items()}
    _save_answer(check_in, by, now)
    contact = contact or _only_contact_person(check_in)
    _log_answer(check_in, contact, by, now)
    if contact and still_safe is not None:
        _recheck(check_in, contact, still_safe=still_safe, now=now)
    if by is None:
        _tell_leader_if_needed(check_in, now)
    _act_upon(check_in, by, now)
    return check_in


def _locked_unanswered(check_in: CheckIn) -> CheckIn:
    """The check-in as it is now, with its period, both locked. Raises CheckInOver."""
    period = locked(check_in.period)
    check_in.refresh_from_db(from_queryset=CheckIn.objects.select_for_update())
    check_in.period = period
    if period.phase == Phase.CLOSED or check_in.state in {CheckInState.ANSWERED, CheckInState.CANCELLED}:
        raise CheckInOver
    later = period.check_ins.filter(number__gt=check_in.number)
    if later.filter(state__in=[CheckInState.ASKED, CheckInState.ANSWERED, CheckInState.MISSED]).exists():
        raise CheckInOver
    return check_in


def _only_contact_person(check_in: CheckIn) -> Contact | None:
    """Whose contact way an answer is about when nobody says so."""
    people = contact_persons(check_in.period.group)
    return people[0] if len(people) == 1 else None


def _save_answer(check_in: CheckIn, by: User | None, now: datetime) -> None:
    check_in.state = CheckInState.ANSWERED
    check_in.answered_at = now
    check_in.answered_by_leader = by
    if check_in.basket_at and not check_in.basket_done_at:
        check_in.basket_done_at = now
    check_in.save()
    emails.take_back_questions(check_in)
    period = check_in.period
    period.paused_until = check_in.wished_pause_until
    if by is None:
        period.last_activity_at = now
    period.save(update_fields=["paused_until", "last_activity_at"])


def _log_answer(check_in: CheckIn, contact: Contact | None, by: User | None, now: datetime) -> None:
    values = {
        "going": Going(check_in.going).label,
        "drives": Drives(check_in.drives).label,
        "wish": Wish(check_in.wish).label if check_in.wish else _("Inget sagt"),
        "comment": check_in.comment,
    }
    text = _(
        "Hur går det? %(going)s. Driver ni frågan själva? %(drives)s. Hur ofta ska vi höras? %(wish)s. %(comment)s"
    )
    write_log(check_in.period, LogKind.CHECK_IN, text, values, now=now, by=by, contact=None if by else contact)


def _recheck(check_in: CheckIn, contact: Contact, *, still_safe: bool, now: datetime) -> None:
    recheck_contact(contact, still_safe=still_safe, now=now)
    if not still_safe:
        emails.tell_not_safe(check_in, contact, now=now)


def _tell_leader_if_needed(check_in: CheckIn, now: datetime) -> None:
    """Finishing and coming back have messages of their own."""
    in_after_care = check_in.kind == CheckInKind.AFTER_CARE
    starts_exit = check_in.wish == Wish.FINISH and check_in.period.phase != Phase.EXIT
    wants = check_in.wish in WANTS_THE_LEADER and not (in_after_care or starts_exit)
    if wants or check_in.going == Going.BADLY or check_in.comment:
        emails.tell_answered(check_in, now=now)


def _act_upon(check_in: CheckIn, by: User | None, now: datetime) -> None:
    """What the group wants happens now."""
    period = check_in.period
    if check_in.kind == CheckInKind.AFTER_CARE:
        _act_upon_after_care(check_in, by, now)
    elif check_in.wish == Wish.FINISH and period.phase != Phase.EXIT:
        start_exit(period, by=by, now=now)
    else:
        plan_next_check_in(period, now=now)


def _act_upon_after_care(check_in: CheckIn, by: User | None, now: datetime) -> None:
    period = check_in.period
    if check_in.wish == Wish.CLOSER:
        come_back(period, by=by, now=now)
        return
    if check_in.wish == Wish.FINISH:
        cancel_check_ins(period)
    if not period.check_ins.live().exists():
        end_after_care(period, now=now)
