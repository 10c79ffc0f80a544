"""Taking one row of the outbox, and nobody else taking it at the same time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from people import clock
from people.channels.envelopes import Envelope
from people.crypto import keyed_hash
from people.delivery import outcomes
from people.delivery.rules import Alarm, Send, Verdict, Wait, Withhold, judge
from people.enums import Channel, MessageState
from people.models import Message

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Taken:
    """A row that is ours to send until the lease runs out."""

    pk: int
    lease: UUID
    envelope: Envelope


def take_next(now: datetime) -> Taken | bool:
    """Takes the row whose turn it is and asks the rules about it, in one transaction.

    What comes back is the row to send; True when the row was dealt with without sending; False when nothing is due. A
    worker that dies in here changes nothing; one that dies later leaves a lease that runs out.
    """
    with transaction.atomic():
        due = Message.objects.due(now, clock.real_now()).select_related("contact", "user", "office")
        message = due.select_for_update(of=("self",), skip_locked=True).first()
        if message is None:
            return False
        if message.state == MessageState.SENDING and message.channel == Channel.SMS:
            outcomes.unknown(message, _("Vi vet inte om sms:et skickades: arbetet avbröts."), now)
            return True
        return _act_on(message, _judged(message, now), now)


def _judged(message: Message, now: datetime) -> Verdict | None:
    """None when a rule itself broke: the row then waits as after any other failed try, and blocks nobody."""
    try:
        with transaction.atomic():
            return judge(message, now)
    except Exception:
        logger.exception("message_rule_broke", message=message.pk, kind=message.kind)
        return None


def _act_on(message: Message, verdict: Verdict | None, now: datetime) -> Taken | bool:
    match verdict:
        case Send(envelope):
            return _lease(message, envelope)
        case Wait(until):
            outcomes.wait(message, until)
        case Withhold() as withhold:
            outcomes.withheld(message, withhold, now)
        case Alarm(reason):
            outcomes.alarmed(message, reason, now)
        case None:
            message.attempts += 1
            outcomes.not_this_time(message, _("Något gick fel i portalen."), now)
    return True


def _lease(message: Message, envelope: Envelope) -> Taken:
    message.state = MessageState.SENDING
    message.reason = ""
    message.channel = envelope.channel
    message.address_hash = keyed_hash(envelope.to)
    message.attempts += 1
    message.next_attempt_at = None
    message.lease = uuid4()
    message.leased_until = _lease_end()
    message.save(
        update_fields=[
            "state",
            "reason",
            "channel",
            "address_hash",
            "attempts",
            "next_attempt_at",
            "lease",
            "leased_until",
        ]
    )
    return Taken(message.pk, message.lease, envelope)


def renew(taken: Taken) -> bool:
    """Makes the lease whole again. False when it has run out and somebody else has the row."""
    ours = Message.objects.filter(pk=taken.pk, lease=taken.lease, state=MessageState.SENDING)
    return bool(ours.update(leased_until=_lease_end()))


def _lease_end() -> datetime:
    return clock.real_now() + timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
