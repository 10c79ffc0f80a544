"""Someone registers without an account, changes how many they are, and takes the registration back.

Seats are given out with the session's row locked, so that two who ask at once get their answers one after the other.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from people.actions.contacts import choose_contact_way
from people.actions.links import OpenedLink, open_link
from people.enums import Channel, LinkPurpose
from people.models import Contact
from training import emails
from training.actions.locking import end, lock_session, locked_with_session
from training.actions.queue import free_seats, is_held, offer_free_seats
from training.enums import HOLDS_SEATS, STILL_ON, EndedBy, RegistrationState
from training.models import Registration, Session
from training.seats import MOST_SEATS


class SessionClosed(Exception):
    """The session has begun, is called off, or was never published: nobody can register any more."""


class SeatsTaken(Exception):
    """So many seats are not free; `most` is how many they can be."""

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(most)


class RegistrationEnded(Exception):
    """The registration is taken back, the offer was not answered in time, or the session has begun."""


@dataclass(frozen=True)
class Wish:
    """What someone wrote when they registered. Nothing else is asked for."""

    called: str
    seats: int
    needs: str
    channel: Channel
    email: str = ""
    phone: str = ""
    discreet: bool = False
    reads: str = "sv"


@dataclass(frozen=True)
class Registered:
    """A registration, and the way back to it when it is new: told once."""

    registration: Registration
    opened: OpenedLink | None


def register(session: Session, wish: Wish, *, once_key: uuid.UUID, now: datetime) -> Registered:
    """Someone comes, with others if they wish: seats together if they are free, else a place last in the queue.

    What is free is so because nobody in the queue fits in it: those who could were offered it in the same moment. The
    same key, even at the same moment, gives the same registration and sends nothing. Raises SessionClosed, ValueError
    for other than one to six seats, and as `choose_contact_way` does.
    """
    if not 1 <= wish.seats <= MOST_SEATS:
        raise ValueError(wish.seats)
    try:
        with transaction.atomic():
            return _register(session, wish, once_key, now)
    except IntegrityError:
        already = Registration.objects.select_related("session", "contact").filter(once_key=once_key).first()
        if already is None:
            raise
        return Registered(already, None)


def _register(session: Session, wish: Wish, once_key: uuid.UUID, now: datetime) -> Registered:
    session = lock_session(session.pk)
    if already := session.registrations.select_related("contact").filter(once_key=once_key).first():
        return Registered(already, None)
    if not session.is_open(now):
        raise SessionClosed
    has_seats = wish.seats <= free_seats(session)
    contact = Contact.objects.create(
        called=wish.called, discreet=wish.discreet, reads=wish.reads, created_at=now, languages=[]
    )
    contact = choose_contact_way(
        contact,
        channel=wish.channel,
        email=wish.email,
        phone=wish.phone,
        may_say_who_we_are=not wish.discreet,
        never_leave_message=wish.discreet,
        now=now,
    )
    registration = Registration.objects.create(
        session=session,
        contact=contact,
        once_key=once_key,
        seats=wish.seats,
        needs=wish.needs,
        state=RegistrationState.REGISTERED if has_seats else RegistrationState.WAITLISTED,
        queued_at=None if has_seats else _last_in_queue(session, now),
        changed_at=now,
        created_at=now,
    )
    opened = open_link(LinkPurpose.TRAINING, contact=contact, about=registration, now=now)
    (emails.confirm if has_seats else emails.tell_in_queue)(registration, now=now)
    return Registered(registration, opened)


def _last_in_queue(session: Session, now: datetime) -> datetime:
    """After all who wait. Of those who ask at once, whoever gets the lock first was first, whatever the clocks say."""
    last = session.registrations.aggregate(last=Max("queued_at"))["last"]
    return max(now, last) if last else now


@transaction.atomic
def change_seats(registration: Registration, *, seats: int, now: datetime) -> Registration:
    """Fewer of them come, or more. Fewer frees seats for the queue at once; in the queue the place is kept.

    The same number changes nothing. Raises SeatsTaken, RegistrationEnded, ValueError as `register`.
    """
    if not 1 <= seats <= MOST_SEATS:
        raise ValueError(seats)
    session, registration = locked_with_session(registration)
    _check_can_change(session, registration, now)
    if seats == registration.seats:
        return registration
    more = seats - registration.seats
    free = free_seats(session)
    is_waiting = registration.state == RegistrationState.WAITLISTED
    if not is_waiting and more > free:
        raise SeatsTaken(min(registration.seats + free, MOST_SEATS))
    registration.seats = seats
    registration.changed_at = now
    registration.save(update_fields=["seats", "changed_at"])
    if not is_waiting:
        emails.tell_seats_changed(registration, now=now)
    offer_free_seats(session, now=now)
    return registration


@transaction.atomic
def change_needs(registration: Registration, *, needs: str, now: datetime) -> Registration:
    """What they need, in other words. Raises RegistrationEnded."""
    session, registration = locked_with_session(registration)
    _check_can_change(session, registration, now)
    registration.needs = needs
    registration.changed_at = now
    registration.save(update_fields=["needs", "changed_at"])
    return registration


@transaction.atomic
def cancel(registration: Registration, *, now: datetime, ended_by: EndedBy = EndedBy.THEMSELVES) -> Registration:
    """They do not come. Their seats go to the queue at once; they themselves are not offered any again.

    A second time changes nothing. Raises RegistrationEnded when the session has begun.
    """
    session, registration = locked_with_session(registration)
    if registration.state == RegistrationState.CANCELLED:
        return registration
    _check_still_on(session, registration, now)
    had_seats = registration.state in HOLDS_SEATS
    end(registration, EndedBy(ended_by), now=now)
    emails.confirm_cancelled(registration, now=now)
    if had_seats:
        offer_free_seats(session, now=now)
    return registration


def _check_still_on(session: Session, registration: Registration, now: datetime) -> None:
    if registration.state not in STILL_ON or not session.is_open(now):
        raise RegistrationEnded


def _check_can_change(session: Session, registration: Registration, now: datetime) -> None:
    """As above; and an offer that was not answered in time is over, also before the sweep has said so."""
    _check_still_on(session, registration, now)
    if registration.state == RegistrationState.OFFERED and not is_held(session, registration, now):
        raise RegistrationEnded
