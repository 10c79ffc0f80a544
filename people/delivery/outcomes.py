"""What is written in a row when it has been dealt with. Each belongs in the transaction that holds the row.

Programme time says when something was sent; back-off is about machines and keeps to real time.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from people import clock, kinds
from people.channels.results import Accepted, Refused, Result, Unknown
from people.delivery.alarms import alarm_administrators
from people.delivery.rules import Withhold
from people.enums import MessageState
from people.models import CallTask, Contact, Message

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=24)
MOST_ATTEMPTS = 17
"""Waits of 5·2ⁿ seconds, at most 24 hours: the seventeenth attempt comes almost three days after the first."""

WORDS = ("subject", "text", "short", "neutral", "button", "link", "attachments")
"""The columns that hold what was said."""

logger = structlog.get_logger(__name__)


def wait_after(attempts: int) -> timedelta:
    """How long a row rests after so many attempts."""
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def settle(message: Message, result: Result, now: datetime) -> None:
    """What became of an attempt to send."""
    match result:
        case Accepted(provider_id):
            message.provider_id = provider_id
            message.sent_at = now
            _close(message, MessageState.SENT, "", now, "provider_id", "sent_at")
        case Refused(reason, is_permanent=True, is_bad_address=is_bad_address):
            if is_bad_address and message.contact_id:
                _suppress(message.contact_id, reason)
            failed(message, reason, now)
        case Refused(reason):
            not_this_time(message, reason, now)
        case Unknown(reason):
            unknown(message, reason, now)


def wait(message: Message, until: datetime) -> None:
    message.not_before = until
    _to_queue(message, None, message.reason)


def not_this_time(message: Message, reason: str, now: datetime) -> None:
    """Back to the queue for a while that doubles each time, or failed when it has been tried for three days."""
    if message.attempts >= MOST_ATTEMPTS:
        failed(message, reason, now)
    else:
        _to_queue(message, clock.real_now() + wait_after(message.attempts), reason)


def failed(message: Message, reason: str, now: datetime) -> None:
    _close(message, MessageState.FAILED, reason, now)
    tell_of_failure(message, now)


def unknown(message: Message, reason: str, now: datetime) -> None:
    """Counts as sent for the limits: it may have arrived."""
    message.sent_at = now
    _close(message, MessageState.UNKNOWN, reason, now, "sent_at")
    tell_of_failure(message, now)


def withheld(message: Message, withhold: Withhold, now: datetime) -> None:
    if withhold.as_call and message.contact:
        CallTask.objects.get_or_create(
            message=message,
            defaults={"contact": message.contact, "office": message.office, "created_at": now},
        )
    _close(message, MessageState.WITHHELD, withhold.reason, now)
    if withhold.is_failure:
        tell_of_failure(message, now)


def alarmed(message: Message, reason: str, now: datetime) -> None:
    logger.error("message_kind_unknown", message=message.pk, kind=message.kind)
    _close(message, MessageState.FAILED, reason, now)
    alarm_administrators(message, now)


def tell_of_failure(message: Message, now: datetime) -> None:
    """Lets the kind tell whoever waits for it. A hook that breaks is logged and takes nothing with it."""
    try:
        with transaction.atomic():
            kinds.get(message.kind).on_failed(message, now)
    except Exception:
        logger.exception("message_on_failed_broke", message=message.pk, kind=message.kind)


def _to_queue(message: Message, next_attempt_at: datetime | None, reason: str) -> None:
    message.state = MessageState.QUEUED
    message.reason = reason
    message.next_attempt_at = next_attempt_at
    message.lease = message.leased_until = None
    message.save(
        update_fields=["state", "reason", "not_before", "attempts", "next_attempt_at", "lease", "leased_until"]
    )


def _close(message: Message, state: MessageState, reason: str, now: datetime, *fields: str) -> None:
    """Nothing more happens to the row. A code is wiped at once: it has been sent, or is of no use to anyone."""
    message.state = state
    message.reason = reason[:300]
    message.next_attempt_at = message.lease = message.leased_until = None
    written = {"state", "reason", "attempts", "next_attempt_at", "lease", "leased_until", *fields}
    if message.is_secret:
        for name in WORDS:
            setattr(message, name, "")
        message.wiped_at = now
        written |= {*WORDS, "wiped_at"}
    message.save(update_fields=sorted(written))


def _suppress(contact_pk: int, reason: str) -> None:
    """Nothing more is sent to the contact until someone has found a way that works."""
    Contact.objects.filter(pk=contact_pk, suppressed_because="").update(suppressed_because=reason[:200])
