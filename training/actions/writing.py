"""One text to many who come to a session. Each gets it by themselves, in their own way, and hears of nobody else."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from people.models import User
from training import emails
from training.actions.locking import lock_session
from training.enums import RegistrationState
from training.models import Registration, Session


class NothingWritten(Exception):
    """There are no words to send."""


class NobodyToTell(Exception):
    """Nobody is in any of the states."""


@transaction.atomic
def write_to_all(
    session: Session, *, text: str, states: Collection[RegistrationState], press: uuid.UUID, by: User, now: datetime
) -> int:
    """Everyone whose registration is in one of the states is told the same. How many they are.

    The same text by the same press a second time sends nothing more. Raises NothingWritten, NobodyToTell.
    """
    session = lock_session(session.pk)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise NothingWritten
    registrations = receivers_of(session, states)
    if not registrations:
        raise NobodyToTell
    for registration in registrations:
        registration.session = session
        emails.tell_written(registration, text=text, press=press, now=now)
    return len(registrations)


def receivers_of(session: Session, states: Collection[RegistrationState]) -> list[Registration]:
    """Those whom a text goes to: whoever has taken everything about themselves away gets none."""
    rows = session.registrations.filter(state__in=states, contact__erased_at__isnull=True)
    return list(rows.select_related("contact"))
