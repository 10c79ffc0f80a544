"""The queue: freed seats are offered, an offer is taken or turned down, and one that nobody answers goes on."""

from datetime import datetime

from django.db import transaction

from people.calendar import SwedishCalendar
from people.enums import MessageClass
from people.quiet_hours import when_to_send
from training import emails
from training.actions.locking import end, lock_session, locked_with_session
from training.enums import EndedBy, RegistrationState
from training.models import Registration, Session
from training.seats import Waiting, next_offers, offer_until


class OfferGone(Exception):
    """The seats are not held any more: the time has passed, or the registration is taken back."""


def free_seats(session: Session) -> int:
    """How many seats nobody holds. Certain only while the session is locked."""
    return session.seats - session.registrations.holding_seats().seat_count()


def shorten_offers(session: Session, *, now: datetime) -> None:
    """No offer is held longer than one that is made now, for a session that has been moved nearer.

    Where there is no time left for offers, they are held until the beginning. Call it with the session locked, before
    anyone is told.
    """
    latest = held_until(session, now) or session.starts_at
    offers = session.registrations.filter(state=RegistrationState.OFFERED)
    offers.filter(offered_until__gt=latest).update(offered_until=latest)


def offer_free_seats(session: Session, *, now: datetime) -> list[Registration]:
    """Offers what is free to those first in the queue whose seats fit. Call it with the session locked."""
    until = held_until(session, now) if session.is_open(now) else None
    if until is None:
        return []
    queue = list(session.registrations.in_queue().select_for_update(of=("self",)).select_related("contact"))
    chosen = {one.key for one in next_offers(free_seats(session), (Waiting(row.pk, row.seats) for row in queue))}
    offered = [row for row in queue if row.pk in chosen]
    for registration in offered:
        registration.session = session
        registration.state = RegistrationState.OFFERED
        registration.offered_until = until
        registration.changed_at = now
        registration.save(update_fields=["state", "offered_until", "changed_at"])
        emails.offer_seats(registration, now=now)
    return offered


def held_until(session: Session, now: datetime) -> datetime | None:
    """Until when a seat that is freed now is held; None when nobody could be told in time to come.

    The time to answer begins when they can be told: nobody is written to at night or on a holiday.
    """
    told_at = when_to_send(
        now, MessageClass.APPOINTMENT, now=now, calendar=SwedishCalendar(), starts_at=session.starts_at
    )
    return offer_until(told_at, session.starts_at) if told_at else None


@transaction.atomic
def take_offer(registration: Registration, *, now: datetime) -> Registration:
    """They come. A second time changes nothing. Raises OfferGone."""
    session, registration = locked_with_session(registration)
    if registration.state == RegistrationState.REGISTERED:
        return registration
    if not is_held(session, registration, now):
        raise OfferGone
    registration.state = RegistrationState.REGISTERED
    registration.queued_at = registration.offered_until = None
    registration.changed_at = now
    registration.save(update_fields=["state", "queued_at", "offered_until", "changed_at"])
    emails.confirm(registration, now=now)
    return registration


@transaction.atomic
def lapse_offers(session: Session, *, now: datetime) -> int:
    """Offers that were not answered in time are over, and the seats go to the next in the queue. How many lapsed."""
    session = lock_session(session.pk)
    lapsed = list(session.registrations.lapsed(now).select_for_update(of=("self",)).select_related("contact"))
    for registration in lapsed:
        registration.session = session
        end(registration, EndedBy.OFFER_LAPSED, now=now)
        emails.tell_offer_lapsed(registration, now=now)
    if lapsed:
        offer_free_seats(session, now=now)
    return len(lapsed)


def is_held(session: Session, registration: Registration, now: datetime) -> bool:
    """Whether the seats are offered to them and the time to answer has not passed."""
    until = registration.offered_until if registration.state == RegistrationState.OFFERED else None
    return until is not None and until > now and session.is_open(now)
