"""The outbox from outside: delivering what is due, what became of an sms, calls, no more reminders, wiping."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.delivery.outcomes import WORDS, failed
from people.delivery.sending import deliver_next
from people.emails import REMINDERS_STOPPED
from people.enums import CallOutcome, MessageState, Role
from people.models import CallTask, Contact, Message, User
from people.outbox import queue_message
from people.permissions import staff_of

WORDS_ARE_KEPT = timedelta(days=30)
"""How long the words of a message stay after it was sent or withheld."""

AT_A_TIME = 1000
"""Rows changed in one statement."""


class NoSuchOutcome(Exception):
    """A call ends in one of the ways there are."""


def deliver_due(ask_now: Callable[[], datetime], *, seconds: float) -> int:
    """Deals with one due row after another until none is left or the time is up; returns how many.

    Several may run side by side, in any number of processes. Asks for the programme's time anew before each row.
    """
    until = time.monotonic() + seconds
    count = 0
    while deliver_next(ask_now()):
        count += 1
        if time.monotonic() >= until:
            break
    return count


@transaction.atomic
def record_delivery_report(message: Message, *, provider_id: str, is_delivered: bool, now: datetime) -> bool:
    """The gateway tells what became of an sms. It may tell twice, late, or before our own note of having sent it.

    False when the report is about another attempt than the last one.
    """
    message.refresh_from_db(from_queryset=Message.objects.select_for_update())
    if message.provider_id and message.provider_id != provider_id:
        return False
    if message.state not in {MessageState.SENDING, MessageState.SENT, MessageState.UNKNOWN}:
        return True
    message.provider_id = provider_id
    message.sent_at = message.sent_at or now
    message.lease = message.leased_until = None
    if is_delivered:
        message.state = MessageState.DELIVERED
        message.delivered_at = now
        message.reason = ""
    message.save(update_fields=["state", "reason", "provider_id", "sent_at", "delivered_at", "lease", "leased_until"])
    if not is_delivered:
        failed(message, _("Sms:et kom inte fram."), now)
    return True


@transaction.atomic
def finish_call(call_task: CallTask, *, outcome: CallOutcome | str, by: User, now: datetime) -> CallTask:
    """A leader has made the call, or seen that it is not needed. A second time changes nothing."""
    call_task.refresh_from_db(from_queryset=CallTask.objects.select_for_update())
    if call_task.done_at is None:
        if outcome not in CallOutcome.values:
            raise NoSuchOutcome(outcome)
        call_task.outcome = CallOutcome(outcome)
        call_task.done_at = now
        call_task.done_by = by
        call_task.save(update_fields=["outcome", "done_at", "done_by"])
    return call_task


@transaction.atomic
def stop_reminders(message: Message, *, now: datetime) -> bool:
    """The receiver wants no more reminders of this kind; whoever waits for an answer is told. Twice is as once."""
    contacts = Contact.objects.select_for_update(of=("self",))
    contact = contacts.filter(messages=message, erased_at__isnull=True).first()
    if contact is None or message.kind in contact.stopped_kinds:
        return False
    contact.stopped_kinds = [*contact.stopped_kinds, message.kind]
    contact.save(update_fields=["stopped_kinds"])
    kind = kinds.find(message.kind)
    tell = kind.on_stopped if kind and kind.on_stopped else _tell_leaders_of_stop
    tell(message, now)
    return True


def _tell_leaders_of_stop(message: Message, now: datetime) -> None:
    """Who it is stands behind the link, never in the message."""
    for user in staff_of(Role.LEADER, message.office, stockholm_day(now)):
        queue_message(
            REMINDERS_STOPPED,
            to=user,
            about=message,
            dedupe_key=f"{REMINDERS_STOPPED}:{message.contact_id}:{message.kind}:{user.pk}",
            now=now,
            path=f"/admin/people/message/{message.pk}/change/",
        )


def wipe_old_texts(now: datetime) -> int:
    """Empties what was said more than 30 days ago; that it was said, and when, stays. Returns how many were emptied."""
    done = Message.objects.filter(wiped_at__isnull=True).exclude(state__in=[MessageState.QUEUED, MessageState.SENDING])
    old = done.alias(done_at=Coalesce("sent_at", "not_before")).filter(done_at__lte=now - WORDS_ARE_KEPT)
    count = 0
    while batch := list(old.order_by("pk").values_list("pk", flat=True)[:AT_A_TIME]):
        count += Message.objects.filter(pk__in=batch).update(wiped_at=now, **dict.fromkeys(WORDS, ""))
    return count
