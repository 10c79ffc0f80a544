"""What is due: each function does all that is due by now, one row per transaction.

A row that cannot be done is logged and tried again the next time, and the others go on. Two sweeps at once do nothing
twice: a row is taken with `skip_locked`, and looked at again once it is held. A crash in the middle leaves the row as
it was, for the next sweep. Reminders before a session are no due work: they wait in the outbox from the first day.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from people.calendar import stockholm_day, stockholm_moment
from people.enums import Channel
from people.models import Message
from training import emails
from training.actions import queue
from training.emails.after import ASKED_AT_MOST
from training.emails.kinds import EVALUATION_ASKED
from training.enums import RegistrationState, SessionState
from training.models import Registration, Session

NEEDS_ARE_KEPT = timedelta(days=90)
"""How long after a session we know what someone needed there (domain.md §6)."""

logger = structlog.get_logger(__name__)


def sweep(now: datetime) -> dict[str, int]:
    """Does everything that is due, and tells how many of each were done."""
    return {work.__name__: _safely(work, now) for work in WORK}


def lapse_offers(now: datetime) -> int:
    """Offers that nobody answered in time: the seats go to the next in the queue. How many lapsed."""
    with_lapsed = Registration.objects.lapsed(now).values("session")
    rows = Session.objects.filter(pk__in=with_lapsed).order_by("pk")
    return sum(_take_and_do(row, partial(queue.lapse_offers, now=now)) for row in rows)


def ask_evaluations(now: datetime) -> int:
    """From the day after, whoever was there is asked once; also where nobody has noted who came."""
    return sum(_take_and_do(row, partial(_ask, now=now)) for row in _to_ask(now).order_by("pk"))


def _to_ask(now: datetime) -> QuerySet[Registration]:
    """Not those who are called: on the telephone, what one thinks would not be told without one's name."""
    already = Message.objects.filter(
        kind=EVALUATION_ASKED.name, about_model=Registration._meta.label_lower, about_id=OuterRef("pk")
    )
    return Registration.objects.filter(
        ~Exists(already),
        state__in=(RegistrationState.REGISTERED, RegistrationState.ATTENDED),
        evaluated_at__isnull=True,
        contact__channel__in=(Channel.EMAIL, Channel.SMS),
        contact__erased_at__isnull=True,
        session__state=SessionState.PUBLISHED,
        session__ends_at__lt=stockholm_moment(stockholm_day(now), time(0)),
        session__ends_at__gt=now - ASKED_AT_MOST,
    )


def _ask(registration: Registration, *, now: datetime) -> int:
    still = _to_ask(now).select_related("contact", "session__course", "session__office").filter(pk=registration.pk)
    to_ask = still.first()
    return int(to_ask is not None and emails.ask_evaluation(to_ask, now=now) is not None)


def wipe_needs(now: datetime) -> int:
    """What someone needed at a session is nobody's business ninety days later. How many sessions were emptied."""
    rows = Session.objects.filter(ends_at__lte=now - NEEDS_ARE_KEPT, needs_wiped_at__isnull=True)
    return sum(_take_and_do(row, partial(_wipe, now=now)) for row in rows.order_by("pk"))


def _wipe(session: Session, *, now: datetime) -> int:
    session.refresh_from_db(fields=["ends_at", "needs_wiped_at"])
    if session.needs_wiped_at is not None or session.ends_at > now - NEEDS_ARE_KEPT:
        return 0
    session.registrations.update(needs="")
    session.needs_wiped_at = now
    session.save(update_fields=["needs_wiped_at"])
    return 1


WORK: tuple[Callable[[datetime], int], ...] = (lapse_offers, ask_evaluations, wipe_needs)


def _safely(work: Callable[[datetime], int], now: datetime) -> int:
    """One kind of work that breaks altogether does not keep the others from being done."""
    try:
        return work(now)
    except Exception:
        logger.exception("sweep_failed", work=work.__name__)
        return 0


def _take_and_do(row: Model, do: Callable[[Any], int]) -> int:
    taken = type(row)._default_manager.filter(pk=row.pk).select_for_update(of=("self",), skip_locked=True)
    try:
        with transaction.atomic():
            return do(row) if taken.first() is not None else 0
    except Exception:
        logger.exception("sweep_row_failed", model=row._meta.label, pk=row.pk)
        return 0
