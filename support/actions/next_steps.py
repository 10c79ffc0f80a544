"""What happens next in a case, by when, and whose turn it is. The same for requests and periods."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.models import User
from support.actions import locking, requests
from support.actions.logs import write_log
from support.enums import LogKind, WaitsFor
from support.models import SupportPeriod, SupportRequest

STEP_FIELDS = ("next_step", "next_step_on", "waits_for", "waits_since")

ONE_WEEK = timedelta(days=7)


class StepNeeded(Exception):
    """A case that is open always has a next step."""


class DayGone(Exception):
    """The next step is something to come: its day has passed."""


def locked_open(case: SupportRequest | SupportPeriod) -> SupportRequest | SupportPeriod:
    """The case as it is now, locked. Raises RequestClosed, PeriodClosed."""
    return requests.locked_open(case) if isinstance(case, SupportRequest) else locking.locked_open(case)


@transaction.atomic
def set_next_step(
    case: SupportRequest | SupportPeriod,
    *,
    text: str,
    on: date,
    by: User,
    now: datetime,
    waits_for: WaitsFor | str = "",
) -> SupportRequest | SupportPeriod:
    """What happens next and by when, as group and leader see it, and whom we wait for, if anyone.

    The same again changes nothing. Raises StepNeeded, DayGone, RequestClosed, PeriodClosed.
    """
    case = locked_open(case)
    text = " ".join(text.split())
    if not text:
        raise StepNeeded
    if (case.next_step, case.next_step_on, case.waits_for) == (text, on, waits_for):
        return case
    if on < stockholm_day(now):
        raise DayGone
    if case.waits_for != waits_for:
        case.waits_since = now if waits_for else None
    case.next_step, case.next_step_on, case.waits_for = text, on, waits_for
    case.save(update_fields=STEP_FIELDS)
    return case


@transaction.atomic
def finish_step(
    case: SupportRequest | SupportPeriod, *, text: str, on: date, by: User, now: datetime
) -> SupportRequest | SupportPeriod:
    """What was next is done, and something else comes next. The log says what was done.

    Raises StepNeeded, DayGone, RequestClosed, PeriodClosed.
    """
    done = locked_open(case).next_step
    case = set_next_step(case, text=text, on=on, by=by, now=now)
    if done and done != case.next_step:
        write_log(case, LogKind.NOTE, _("Klart: %(step)s"), {"step": done}, now=now, by=by)
    return case


@transaction.atomic
def postpone_step(
    case: SupportRequest | SupportPeriod, *, by: User, now: datetime, wait: timedelta = ONE_WEEK
) -> SupportRequest | SupportPeriod:
    """The next step waits: counted from today, or from its own day when that is later.

    Raises StepNeeded, RequestClosed, PeriodClosed.
    """
    case = locked_open(case)
    if not case.next_step:
        raise StepNeeded
    today = stockholm_day(now)
    case.next_step_on = max(case.next_step_on or today, today) + wait
    case.save(update_fields=["next_step_on"])
    return case
