"""What must hold of a session's seats whatever has happened, and short ways to make things happen."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from people.enums import Channel
from people.models import Message
from tests.factories import NOW
from tests.factories.people import number
from training.actions.queue import held_until
from training.actions.registering import Registered, Wish, register
from training.enums import HOLDS_SEATS, RegistrationState
from training.models import Registration, Session
from training.seats import Waiting, next_offers

LAST_TOLD = {
    RegistrationState.REGISTERED: {"registration_confirmed", "seats_changed", "session_moved"},
    RegistrationState.WAITLISTED: {"registration_queued", "session_moved"},
    RegistrationState.OFFERED: {"seats_offered", "seats_changed", "session_moved"},
}
CANCELLED_TOLD = {
    "themselves": {"registration_cancelled"},
    "staff": {"registration_cancelled"},
    "session": {"session_called_off"},
    # an offer says itself when it ends; once the session has begun there is nothing more to say
    "offer_lapsed": {"offer_lapsed", *LAST_TOLD[RegistrationState.OFFERED]},
}
ABOUT_LATER = ("training.session_reminder", "training.too_late_to_tell")


def wish(seats: int = 1, **kwargs: Any) -> Wish:
    fields: dict[str, Any] = {
        "called": "Noor",
        "seats": seats,
        "needs": "",
        "channel": Channel.EMAIL,
        "email": f"deltagare{next(number)}@example.org",
    } | kwargs
    return Wish(**fields)


def comes(session: Session, seats: int = 1, *, now: datetime = NOW, **kwargs: Any) -> Registration:
    """Someone registers, for the first time."""
    return registered(session, seats, now=now, **kwargs).registration


def registered(session: Session, seats: int = 1, *, now: datetime = NOW, **kwargs: Any) -> Registered:
    return register(session, wish(seats, **kwargs), once_key=uuid4(), now=now)


def states(session: Session) -> list[tuple[int, str]]:
    """Seats and state of each registration, in the order in which they came."""
    return list(session.registrations.order_by("pk").values_list("seats", "state"))


def told(registration: Registration) -> list[str]:
    """What they have been told, in short, except what waits for the day."""
    kinds = Message.objects.about(registration).filter(contact__isnull=False).exclude(kind__in=ABOUT_LATER)
    return [kind.removeprefix("training.") for kind in kinds.order_by("pk").values_list("kind", flat=True)]


def check_seats(session: Session, now: datetime) -> None:
    """Never more held than there are; nobody waits who would fit; who fits was offered in the order of the queue."""
    session = Session.objects.get(pk=session.pk)
    held = sum(row.seats for row in session.registrations.all() if row.state in HOLDS_SEATS)
    assert held <= session.seats
    if session.is_open(now) and held_until(session, now):
        queue = [Waiting(row.pk, row.seats) for row in session.registrations.in_queue()]
        assert next_offers(session.seats - held, queue) == []
    if not session.is_open(now):
        return
    numbers = [row.pk for row in session.registrations.in_queue()]
    assert numbers == sorted(numbers), "the queue is in the order in which they were told that they are in it"


def check_told(session: Session, besides: Collection[int] = ()) -> None:
    """The last thing each of them was told is what holds, save those who asked to be forgotten."""
    for row in session.registrations.exclude(pk__in=besides):
        if Message.objects.about(row).filter(kind="training.too_late_to_tell").exists():
            continue  # no open hour was left: the host knows instead
        if row.state == RegistrationState.CANCELLED:
            assert told(row)[-1] in CANCELLED_TOLD[row.ended_by], (row.ended_by, told(row))
        elif row.state in LAST_TOLD:
            assert told(row)[-1] in LAST_TOLD[RegistrationState(row.state)], (row.state, told(row))
