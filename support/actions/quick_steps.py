"""What leaders do many times a day, in one go: a line in the log, what comes next, and a message to the group."""

from datetime import date, datetime

from django.db import transaction

from people.models import User
from support.actions.handling import log_contact
from support.actions.logs import write_log
from support.actions.messages import write_to_group
from support.actions.next_steps import locked_open, set_next_step
from support.enums import LogKind, WaitsFor
from support.models import SupportPeriod, SupportRequest


@transaction.atomic
def do_quick_step(
    case: SupportRequest | SupportPeriod,
    *,
    kind: LogKind,
    text: str,
    is_internal: bool,
    next_step: str,
    next_step_on: date | None,
    waits_for: WaitsFor | str,
    message: str,
    by: User,
    now: datetime,
) -> SupportRequest | SupportPeriod:
    """All of a quick step (snabbsteg) at once, or nothing: the log, the next step and its day, and the message.

    A line that only we see is no answer to the group, and no contact with it: they did not pick up the phone. Without
    a next step the one that was stays; without a message nothing is sent.
    Raises StepNeeded, DayGone, NoWayToReach, RequestClosed, PeriodClosed.
    """
    case = locked_open(case)
    if text.strip() and is_internal:
        write_log(case, kind, text, now=now, by=by, is_internal=True)
    elif text.strip():
        log_contact(case, kind=kind, text=text, is_internal=False, by=by, now=now)
    if next_step and next_step_on:
        set_next_step(case, text=next_step, on=next_step_on, waits_for=waits_for, by=by, now=now)
    if message.strip():
        write_to_group(case, text=message, by=by, now=now)
    return case
