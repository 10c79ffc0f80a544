"""What is due: each function does all that is due by now, one row per transaction.

A row that cannot be done is logged and tried again the next time, and the others go on. Two sweeps at once do nothing
twice: a row is taken with `skip_locked`, and the action looks again at its state before it does anything. A crash in
the middle leaves the row as it was, for the next sweep.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Model, QuerySet

from people.calendar import SwedishCalendar, stockholm_day
from support.actions.check_ins import announce_check_in, ask_check_in, give_check_in_to_leader, remind_check_in
from support.actions.hand_overs import end_void_hand_over, why_void
from support.actions.morning import send_morning_summaries
from support.actions.next_due import next_due_moment
from support.actions.planning import plan_next_check_in
from support.actions.promises import own_up_to_lateness, warn_of_promise, warn_of_waiting_organisation
from support.actions.requests import delete_stale_drafts
from support.models import CheckIn, HandOver, OrganisationRequest, SupportPeriod, SupportRequest

__all__ = ["next_due_moment", "sweep"]

logger = structlog.get_logger(__name__)


def sweep(now: datetime) -> dict[str, int]:
    """Does everything that is due, and tells how many of each were done."""
    return {work.__name__: _safely(work, now) for work in WORK}


def warn_of_promises(now: datetime) -> int:
    """The last day to answer is here."""
    calendar, today = SwedishCalendar(), stockholm_day(now)
    rows = SupportRequest.objects.owed_an_answer().filter(
        risk_told_at__isnull=True, promised_by__gte=today, promised_by__lt=calendar.add_working_days(today, 1)
    )
    return _each(rows, SupportRequest.objects.all(), lambda row: warn_of_promise(row, now=now))


def own_up_to_broken_promises(now: datetime) -> int:
    """The last day to answer has passed."""
    owed = SupportRequest.objects.owed_an_answer()
    rows = owed.filter(promised_by__lt=stockholm_day(now), late_told_at__isnull=True)
    return _each(rows, SupportRequest.objects.all(), lambda row: own_up_to_lateness(row, now=now))


def warn_of_waiting_organisations(now: datetime) -> int:
    """The last day to answer an organisation is here, or gone."""
    last_day = SwedishCalendar().add_working_days(stockholm_day(now), 1)
    rows = OrganisationRequest.objects.to_tell_of().filter(promised_by__lt=last_day)
    return _each(rows, OrganisationRequest.objects.all(), lambda row: warn_of_waiting_organisation(row, now=now))


def plan_missing_check_ins(now: datetime) -> int:
    """An open period always has a next time; one that lost it gets it back."""
    with_plan = CheckIn.objects.live().values("period")
    rows = SupportPeriod.objects.open().exclude(pk__in=with_plan)
    return _each(rows, SupportPeriod.objects.all(), lambda row: plan_next_check_in(row, now=now) is not None)


def ask_check_ins(now: datetime) -> int:
    return _each_check_in(CheckIn.objects.to_ask(stockholm_day(now)), lambda row: ask_check_in(row, now=now))


def announce_check_ins(now: datetime) -> int:
    """Comes after asking: what is asked today needs no announcement."""
    return _each_check_in(CheckIn.objects.to_announce(stockholm_day(now)), lambda row: announce_check_in(row, now=now))


def remind_check_ins(now: datetime) -> int:
    return _each_check_in(CheckIn.objects.to_remind(stockholm_day(now)), lambda row: remind_check_in(row, now=now))


def give_check_ins_to_leaders(now: datetime) -> int:
    """Comes before asking: the next time may be due at once."""
    rows = CheckIn.objects.to_give_to_leader(stockholm_day(now))
    return _each_check_in(rows, lambda row: give_check_in_to_leader(row, now=now))


def end_void_hand_overs(now: datetime) -> int:
    """Few wait at a time, so each is looked at: there are many ways in which a case can be closed meanwhile."""
    waiting = HandOver.objects.waiting().select_related("support_request", "period").order_by("pk")
    return sum(
        _take_and_do(type(row.case)._default_manager.filter(pk=row.case.pk), row, partial(end_void_hand_over, now=now))
        for row in waiting
        if why_void(row)
    )


WORK: tuple[Callable[[datetime], int], ...] = (
    warn_of_promises,
    own_up_to_broken_promises,
    warn_of_waiting_organisations,
    plan_missing_check_ins,
    remind_check_ins,
    give_check_ins_to_leaders,
    ask_check_ins,
    announce_check_ins,
    delete_stale_drafts,
    send_morning_summaries,
    end_void_hand_overs,
)


def _safely(work: Callable[[datetime], int], now: datetime) -> int:
    """One kind of work that breaks altogether does not keep the others from being done."""
    try:
        return work(now)
    except Exception:
        logger.exception("sweep_failed", work=work.__name__)
        return 0


def _each(rows: QuerySet[Any], takes: QuerySet[Any], do: Callable[[Any], bool]) -> int:
    return sum(_take_and_do(takes.filter(pk=row.pk), row, do) for row in rows.order_by("pk"))


def _each_check_in(rows: Iterable[CheckIn], do: Callable[[CheckIn], bool]) -> int:
    """The period is what is taken: every action on a check-in locks it first, so no two wait for each other."""
    return sum(_take_and_do(SupportPeriod.objects.filter(pk=row.period_id), row, do) for row in rows)


def _take_and_do(taken: QuerySet[Any], row: Model, do: Callable[[Any], bool]) -> bool:
    try:
        with transaction.atomic():
            if taken.select_for_update(of=("self",), skip_locked=True).first() is None:
                return False
            return do(row)
    except Exception:
        logger.exception("sweep_row_failed", model=row._meta.label, pk=row.pk)
        return False
