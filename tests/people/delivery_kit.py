"""What the tests of delivery share: kinds of our own, and rows as they look at awkward moments."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection

from people import clock, kinds
from people.enums import Channel, MessageClass, MessageState
from people.kinds import MessageKind
from people.models import Message
from tests.factories import make_contact, make_message

told: list[tuple[str, int, str]] = []
"""Whom `on_failed` was called for: kind, message, state."""


def note_failure(message: Message, now: datetime) -> None:
    told.append((message.kind, message.pk, message.state))


def break_down(*args: Any) -> Any:
    raise RuntimeError("a bug in the kind")


def break_the_transaction(about_id: int, now: datetime) -> str | None:
    """A bug that the database sees: without a savepoint nothing more can be said in the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return None


def odd_ones_are_not_wanted(about_id: int, now: datetime) -> str | None:
    return "Mötet är inställt." if about_id % 2 else None


def register_kinds() -> None:
    told.clear()
    kinds.register(
        MessageKind("test.hello", MessageClass.ANSWER, on_failed=note_failure),
        MessageKind("test.meeting", MessageClass.APPOINTMENT, still_wanted=odd_ones_are_not_wanted),
        MessageKind("test.reminder", MessageClass.REMINDER, on_failed=note_failure),
        MessageKind("test.code", MessageClass.ANSWER, on_failed=note_failure, is_secret=True),
        MessageKind("test.poison", MessageClass.ANSWER, still_wanted=break_the_transaction),
        MessageKind("test.deaf", MessageClass.ANSWER, on_failed=break_down),
    )


def make_reminder(**kwargs: Any) -> Message:
    return make_message(**{"kind": "test.reminder", "message_class": MessageClass.REMINDER} | kwargs)


def make_sms(**kwargs: Any) -> Message:
    return make_message(contact=make_contact(channel=Channel.SMS), **kwargs)


def moment(when: datetime) -> datetime:
    return when


def reread(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def state_of(message: Message) -> tuple[str, str]:
    row = reread(message)
    return row.state, row.reason


def as_if_time_passed(message: Message) -> None:
    """The wait after a failed try is over."""
    Message.objects.filter(pk=message.pk).update(next_attempt_at=clock.real_now())


def as_if_worker_died(message: Message, **kwargs: Any) -> None:
    """The row as a worker leaves it that was killed while sending, after the lease has run out."""
    past = clock.real_now() - timedelta(seconds=1)
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.SENDING, lease=uuid4(), leased_until=past, attempts=1, **kwargs
    )
