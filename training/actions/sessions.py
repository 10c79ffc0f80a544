"""What happens to a session as a whole: published, moved, given more seats, called off, repeated, and who came."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from people.models import User
from training import emails
from training.actions.locking import end, lock_session
from training.actions.queue import offer_free_seats, shorten_offers
from training.enums import EndedBy, RegistrationState, SessionState
from training.models import Registration, Session

MOVES = ("starts_at", "ends_at", "place", "link", "way_there")
"""What stands in people's calendars: when it changes they are told, once, and the entry is replaced."""

CHANGES = (*MOVES, "seats", "language", "interpreted", "access", "access_notes", "price", "led_by", "host")
MOST_REPEATS = 30
COPIED = (
    "course",
    "office",
    "host",
    "led_by",
    "place",
    "way_there",
    "link",
    "language",
    "interpreted",
    "access",
    "access_notes",
    "price",
    "seats",
)


class NotComplete(Exception):
    """Neither place nor link stands in the session yet."""


class SessionOver(Exception):
    """The session has begun, or would have, or is called off: that cannot be undone."""


class TooFewSeats(Exception):
    """More seats are held already; `held` says how many."""

    def __init__(self, held: int) -> None:
        self.held = held
        super().__init__(held)


@transaction.atomic
def publish(session: Session, *, by: User, now: datetime) -> Session:
    """Anyone can read about it and register. A second time changes nothing. Raises NotComplete, SessionOver."""
    session = lock_session(session.pk)
    if session.state == SessionState.PUBLISHED:
        return session
    if session.state == SessionState.CANCELLED or session.starts_at <= now:
        raise SessionOver
    if not (session.place or session.link):
        raise NotComplete
    session.state = SessionState.PUBLISHED
    session.published_at = session.changed_at = now
    session.save(update_fields=["state", "published_at", "changed_at"])
    return session


@transaction.atomic
def change_session(session: Session, *, values: Mapping[str, Any], by: User, now: datetime) -> Session:
    """Writes down what has changed. Whoever is registered is told once when they must come at another time or place.

    More seats go to the queue at once. Raises TooFewSeats, NotComplete when neither place nor link is left in what is
    published, SessionOver when it is called off or over or would begin in the past.
    """
    session = lock_session(session.pk)
    if session.state == SessionState.CANCELLED or session.is_over(now):
        raise SessionOver
    changed = [name for name in CHANGES if name in values and values[name] != getattr(session, name)]
    if not changed:
        return session
    if "seats" in changed and values["seats"] < (held := session.registrations.holding_seats().seat_count()):
        raise TooFewSeats(held)
    for name in changed:
        setattr(session, name, values[name])
    is_public = session.state == SessionState.PUBLISHED
    if "starts_at" in changed and session.starts_at <= now:
        raise SessionOver
    if is_public and not (session.place or session.link):
        raise NotComplete
    session.changed_at = now
    session.save(update_fields=[*changed, "changed_at"])
    if is_public:
        if "starts_at" in changed:
            shorten_offers(session, now=now)
        if set(changed) & set(MOVES):
            _tell_moved(session, now=now)
        offer_free_seats(session, now=now)
    return session


def _tell_moved(session: Session, *, now: datetime) -> None:
    still_on = session.registrations.still_on()
    still_on.update(sequence=F("sequence") + 1, changed_at=now)
    for registration in still_on.select_related("contact"):
        registration.session = session
        emails.tell_moved(registration, now=now)


@transaction.atomic
def call_off(session: Session, *, because: str, by: User, now: datetime) -> Session:
    """The session is not held: everyone who waits or is expected is told once. A second time changes nothing.

    Raises SessionOver when it has begun.
    """
    session = lock_session(session.pk)
    if session.state == SessionState.CANCELLED:
        return session
    if session.starts_at <= now:
        raise SessionOver
    was_public = session.state == SessionState.PUBLISHED
    session.state = SessionState.CANCELLED
    session.cancelled_because = because
    session.changed_at = now
    session.save(update_fields=["state", "cancelled_because", "changed_at"])
    for registration in session.registrations.still_on().select_for_update(of=("self",)).select_related("contact"):
        registration.session = session
        end(registration, EndedBy.SESSION, now=now)
        if was_public:
            emails.tell_called_off(registration, now=now)
    return session


@transaction.atomic
def repeat(session: Session, *, starts: Iterable[datetime], by: User, now: datetime) -> list[Session]:
    """Drafts like this one at other times, as long each, all of one series. A time that is in it already is passed by.

    At most thirty at once: ValueError.
    """
    wanted = sorted(set(starts))
    if len(wanted) > MOST_REPEATS:
        raise ValueError(len(wanted))
    session = lock_session(session.pk)
    if session.series is None:
        session.series = uuid.uuid4()
        session.save(update_fields=["series"])
    there = set(Session.objects.filter(series=session.series).values_list("starts_at", flat=True))
    length: timedelta = session.ends_at - session.starts_at
    copied = {name: getattr(session, name) for name in COPIED}
    return Session.objects.bulk_create(
        Session(
            **copied,
            series=session.series,
            starts_at=start,
            ends_at=start + length,
            changed_at=now,
            created_at=now,
        )
        for start in wanted
        if start not in there
    )


@transaction.atomic
def note_attendance(session: Session, *, came: Mapping[int, int], by: User, now: datetime) -> int:
    """Writes down how many of each registration came, by its key; nought is nobody. Can be changed until it is right.

    Only those who had seats, and at most as many as they were; others are passed by. Returns how many were written.
    """
    session = lock_session(session.pk)
    rows = session.registrations.select_for_update(of=("self",)).filter(
        pk__in=came,
        state__in=(RegistrationState.REGISTERED, RegistrationState.ATTENDED, RegistrationState.ABSENT),
    )
    written = [row for row in rows if 0 <= came[row.pk] <= row.seats]
    for row in written:
        row.came = came[row.pk]
        row.state = RegistrationState.ATTENDED if row.came else RegistrationState.ABSENT
        row.changed_at = now
    Registration.objects.bulk_update(written, ["came", "state", "changed_at"])
    return len(written)
