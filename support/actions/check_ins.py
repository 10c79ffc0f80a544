"""The next time we are in touch: announced, asked, reminded, answered, or handed to the leader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from people.calendar import stockholm_day
from people.enums import YesNoUnknown
from people.models import Contact, User
from support.actions.answers import CheckInOver, answer_check_in
from support.actions.locking import locked
from support.actions.planning import plan_next_check_in
from support.emails import check_ins as emails
from support.enums import OPEN_PHASES, CheckInKind, CheckInState, Phase, Readiness
from support.models import CheckIn, ReadinessMark, SupportPeriod
from support.taper import BASKET_AFTER, REMINDED_AFTER

__all__ = [
    "CheckInOver",
    "Questions",
    "announce_check_in",
    "answer_check_in",
    "answerable",
    "ask_check_in",
    "give_check_in_to_leader",
    "handle_basket",
    "mark_readiness",
    "plan_next_check_in",
    "questions_of",
    "remind_check_in",
]

CAPACITY_EVERY = 3
"""Every third time the group may also mark its nine strengths (the programme's own rule)."""


@dataclass(frozen=True)
class Questions:
    """Which questions a check-in asks beside the three taps."""

    asks_still_safe: bool
    asks_capacity: bool


def questions_of(check_in: CheckIn, contact: Contact | None, today: date) -> Questions:
    """Every third time the nine domains, voluntarily; the contact way when it was last checked over 90 days ago."""
    return Questions(
        asks_still_safe=bool(contact and contact.address and contact.needs_recheck(today)),
        asks_capacity=check_in.number % CAPACITY_EVERY == 0,
    )


def answerable(period: SupportPeriod) -> CheckIn | None:
    """The check-in that the group can answer now.

    The one that is asked; else a missed one that no other question has followed; else, while support goes on, the one
    that is planned: nobody has to wait to say how it is going.
    """
    if period.phase == Phase.CLOSED:
        return None
    rows = {row.state: row for row in period.check_ins.order_by("number")}
    latest = max(
        (row for state, row in rows.items() if state in {CheckInState.ANSWERED, CheckInState.MISSED}),
        key=lambda row: row.number,
        default=None,
    )
    if asked := rows.get(CheckInState.ASKED):
        return asked
    if latest and latest.state == CheckInState.MISSED:
        return latest
    return rows.get(CheckInState.PLANNED) if period.phase in OPEN_PHASES else None


def _locked(check_in: CheckIn) -> CheckIn:
    """The check-in as it is now, with its period, both locked: the period first, as everywhere."""
    period = locked(check_in.period)
    check_in.refresh_from_db(from_queryset=CheckIn.objects.select_for_update())
    check_in.period = period
    return check_in


@transaction.atomic
def announce_check_in(check_in: CheckIn, *, now: datetime) -> bool:
    """Tells the group three days before, when it was long ago. False when it is no longer to be said."""
    check_in = _locked(check_in)
    today = stockholm_day(now)
    is_due = check_in.announce_on is not None and check_in.announce_on <= today < check_in.expected
    if check_in.state != CheckInState.PLANNED or check_in.announced_at or not is_due:
        return False
    check_in.announced_at = now
    check_in.save(update_fields=["announced_at"])
    emails.announce(check_in, now=now)
    return True


@transaction.atomic
def ask_check_in(check_in: CheckIn, *, now: datetime) -> bool:
    """Asks the group how it is going. When the taper wants a person to get in touch, the leader is told as well.

    False when it is not to be asked: not yet, or not any more.
    """
    check_in = _locked(check_in)
    today = stockholm_day(now)
    if check_in.state != CheckInState.PLANNED or check_in.expected > today:
        return False
    check_in.state = CheckInState.ASKED
    check_in.asked_at = now
    check_in.remind_on = today + REMINDED_AFTER
    check_in.basket_on = today + BASKET_AFTER
    if check_in.asks_leader:
        check_in.basket_at = now
    check_in.save(update_fields=["state", "asked_at", "remind_on", "basket_on", "basket_at"])
    emails.take_back_announcement(check_in)
    emails.ask(check_in, now=now)
    if check_in.asks_leader:
        emails.tell_leader_to_ask(check_in, now=now)
    return True


@transaction.atomic
def remind_check_in(check_in: CheckIn, *, now: datetime) -> bool:
    """Reminds the group once, four days after it was asked. False when there is nothing to remind of."""
    check_in = _locked(check_in)
    is_due = check_in.remind_on is not None and check_in.remind_on <= stockholm_day(now)
    if check_in.state != CheckInState.ASKED or check_in.reminded_at or not is_due:
        return False
    check_in.reminded_at = now
    check_in.save(update_fields=["reminded_at"])
    emails.remind(check_in, now=now)
    return True


@transaction.atomic
def give_check_in_to_leader(check_in: CheckIn, *, now: datetime) -> bool:
    """Nobody answered in ten days: it counts as missed, lies in the leader's basket, and the next one is planned.

    The group can still answer it. Silence never closes a period. False when it is answered or not yet time.
    """
    check_in = _locked(check_in)
    is_due = check_in.basket_on is not None and check_in.basket_on <= stockholm_day(now)
    if check_in.state != CheckInState.ASKED or not is_due:
        return False
    check_in.state = CheckInState.MISSED
    check_in.basket_at = check_in.basket_at or now
    check_in.save(update_fields=["state", "basket_at"])
    emails.take_back_questions(check_in)
    emails.tell_missed(check_in, now=now)
    if check_in.kind == CheckInKind.FOLLOW_UP:
        plan_next_check_in(check_in.period, now=now)
    return True


@transaction.atomic
def handle_basket(check_in: CheckIn, *, by: User, now: datetime) -> CheckIn:
    """The leader has dealt with a check-in that lay in the basket. Twice changes nothing."""
    check_in = _locked(check_in)
    if check_in.basket_at and not check_in.basket_done_at:
        check_in.basket_done_at = now
        check_in.save(update_fields=["basket_done_at"])
    return check_in


@transaction.atomic
def mark_readiness(
    period: SupportPeriod, *, marks: Mapping[Readiness, YesNoUnknown], by_group: bool, now: datetime
) -> None:
    """Ticks signs that the group manages by itself. A tick lasts 26 weeks, so the same again makes it fresh."""
    period = locked(period)
    today = stockholm_day(now)
    newest = {mark.sign: mark for mark in period.readiness_marks.order_by("marked_on", "pk")}
    new = [
        ReadinessMark(period=period, sign=sign, value=value, by_group=by_group, marked_on=today)
        for sign, value in marks.items()
        if sign not in newest or (newest[sign].value, newest[sign].marked_on) != (value, today)
    ]
    ReadinessMark.objects.bulk_create(new)
    if new:
        plan_next_check_in(period, now=now)
