"""What staff write to those who come to a session. Whoever wants nothing to be seen reads it on their own page."""

import uuid
from datetime import datetime
from typing import Any

from people.models import Message
from training.emails.kinds import WRITTEN
from training.emails.letters import tell, when_of
from training.models import Registration


def tell_written(registration: Registration, *, text: str, press: uuid.UUID, now: datetime) -> Message | None:
    """The text, to one of them. The same text twice by the same press is sent once."""
    return tell(WRITTEN, registration, now=now, once=str(uuid.uuid5(press, text)), context={"text": text})


def written_context(registration: Registration, text: str, *, now: datetime) -> dict[str, Any]:
    """What the words are made of, for a look at the letter before it is written."""
    session = registration.session
    return {
        "text": text,
        "title": session.course.title,
        "when": when_of(session, now),
        "office": session.office,
    }


def written_to(registration: Registration) -> list[Message]:
    """What we have written to them, the newest first, for as long as we keep the words."""
    rows = Message.objects.about(registration).filter(kind=WRITTEN.name, wiped_at__isnull=True)
    return list(rows.order_by("-created_at", "-pk"))
