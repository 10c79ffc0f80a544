"""What someone has been sent about their registration, and what waits for its time."""

from datetime import datetime

from people.channels.envelopes import Envelope, compose
from people.enums import Channel, MessageState
from people.models import Message
from tests.factories import contact_of
from training.models import Registration

REMINDER = "training.session_reminder"


def messages(registration: Registration, kind: str) -> list[Message]:
    return list(Message.objects.about(registration).filter(kind=f"training.{kind}").order_by("pk"))


def letter(registration: Registration, kind: str) -> Envelope:
    message = messages(registration, kind)[-1]
    return compose(message, contact_of(message), Channel(message.channel))


def waiting(registration: Registration, kind: str = REMINDER) -> list[datetime]:
    rows = Message.objects.about(registration).filter(kind=kind, state=MessageState.QUEUED)
    return list(rows.order_by("not_before").values_list("not_before", flat=True))
