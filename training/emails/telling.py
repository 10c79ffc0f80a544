"""What someone is told of their registration, from the first word until the day: once each, and never of others."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from people.calendar import SwedishCalendar
from people.enums import Channel, MessageClass
from people.kinds import MessageKind
from people.models import Message
from people.outbox import Attachment
from people.quiet_hours import when_to_send
from training.calendar_files import FILE_NAME, content_type, entry
from training.emails.kinds import (
    OFFER_LAPSED,
    REGISTRATION_CANCELLED,
    REGISTRATION_CONFIRMED,
    REGISTRATION_QUEUED,
    SEATS_CHANGED,
    SEATS_OFFERED,
    SESSION_CALLED_OFF,
    SESSION_MOVED,
    SESSION_REMINDER,
    TOO_LATE_TO_TELL,
    tell_host,
)
from training.emails.letters import may_have_files, take_back, tell
from training.enums import RegistrationState
from training.models import Registration

A_WEEK_BEFORE, A_DAY_BEFORE = timedelta(days=7), timedelta(days=1)
REMINDERS = ((A_WEEK_BEFORE, A_WEEK_BEFORE - timedelta(days=2)), (A_DAY_BEFORE, timedelta(0)))
"""When we remind someone, and until when it is worth it: so long before the session begins."""

OF_THE_TIME = (
    REGISTRATION_CONFIRMED,
    REGISTRATION_QUEUED,
    SEATS_OFFERED,
    SEATS_CHANGED,
    SESSION_MOVED,
    SESSION_REMINDER,
)
"""What tells when and where: wrong as soon as the session is moved."""


def confirm(registration: Registration, *, now: datetime) -> None:
    """They are registered: what they come to, the entry for their calendar, and the reminders to come."""
    take_back(registration, REGISTRATION_QUEUED, SEATS_OFFERED, because=_("De är anmälda nu."))
    _answer(REGISTRATION_CONFIRMED, registration, now=now, attachments=_files(registration))
    _remind(registration, now)


def tell_in_queue(registration: Registration, *, now: datetime) -> None:
    """So many seats are not free together; they stand in the queue."""
    _answer(REGISTRATION_QUEUED, registration, now=now)


def offer_seats(registration: Registration, *, now: datetime) -> None:
    """Seats are held for them until a certain time. After that there is nothing left to say of it."""
    take_back(registration, REGISTRATION_QUEUED, because=_("De är erbjudna en plats."))
    message = tell(
        SEATS_OFFERED,
        registration,
        now=now,
        path="anmalan/plats/",
        starts_at=registration.offered_until,
    )
    _see_that_someone_knows(message, registration, now)


def tell_offer_lapsed(registration: Registration, *, now: datetime) -> None:
    """Nobody answered in time. The seats have gone on to the next."""
    take_back(registration, SEATS_OFFERED, because=_("Erbjudandet har gått ut."))
    tell(OFFER_LAPSED, registration, now=now, starts_at=registration.session.starts_at)


def tell_seats_changed(registration: Registration, *, now: datetime) -> None:
    """They are more or fewer than they said before; only the last number is told."""
    take_back(registration, SEATS_OFFERED, SEATS_CHANGED, because=_("Antalet är ändrat."))
    _answer(SEATS_CHANGED, registration, now=now, once=now.isoformat())


def confirm_cancelled(registration: Registration, *, now: datetime) -> None:
    """They do not come, whoever said it. The entry goes out of the calendar of whoever got one."""
    had_entry = Message.objects.about(registration).filter(kind=REGISTRATION_CONFIRMED.name).exists()
    take_back(registration, *OF_THE_TIME, because=_("De är avanmälda."))
    files = _files(registration) if had_entry else []
    _answer(REGISTRATION_CANCELLED, registration, now=now, once=str(registration.sequence), attachments=files)


def tell_moved(registration: Registration, *, now: datetime) -> None:
    """Another time or place. What was said of the old one is taken back, as far as it has not left."""
    take_back(registration, *OF_THE_TIME, because=_("Tillfället är ändrat."))
    is_registered = registration.state == RegistrationState.REGISTERED
    message = tell(
        SESSION_MOVED,
        registration,
        now=now,
        once=str(registration.sequence),
        starts_at=registration.session.starts_at,
        attachments=_files(registration) if is_registered else [],
    )
    _see_that_someone_knows(message, registration, now)
    if is_registered:
        _remind(registration, now)


def tell_called_off(registration: Registration, *, now: datetime) -> None:
    """The session is not held. The entry goes out of the calendar of whoever got one."""
    had_entry = Message.objects.about(registration).filter(kind=REGISTRATION_CONFIRMED.name).exists()
    take_back(registration, *OF_THE_TIME, because=_("Tillfället är inställt."))
    message = tell(
        SESSION_CALLED_OFF,
        registration,
        now=now,
        starts_at=registration.session.starts_at,
        attachments=_files(registration) if had_entry else [],
    )
    _see_that_someone_knows(message, registration, now)


def _answer(
    kind: MessageKind,
    registration: Registration,
    *,
    now: datetime,
    once: str = "",
    attachments: list[Attachment] | None = None,
) -> None:
    """What they just did themselves. Who is called has heard it or read it then, and need not be called about it."""
    if registration.contact.channel != Channel.CALL:
        tell(kind, registration, now=now, once=once, attachments=attachments or [])


def _see_that_someone_knows(message: Message | None, registration: Registration, now: datetime) -> None:
    """None is sent when there is no open hour left before it would be too late: then the host hears of it."""
    if message is None:
        tell_host(TOO_LATE_TO_TELL, registration, once=str(registration.sequence), now=now)


def _files(registration: Registration) -> list[Attachment]:
    """The entry itself only where anyone may see it; otherwise it lies behind the link."""
    if not may_have_files(registration.contact):
        return []
    return [Attachment(FILE_NAME, content_type(registration), entry(registration))]


def _remind(registration: Registration, now: datetime) -> None:
    """A week and a day before, as rows that wait for their time. What is past already is not said.

    What quiet hours would bring to the same moment is said once. One that comes late, because we stood still, is sent
    only as long as it is of use.
    """
    starts_at, moments = registration.session.starts_at, set()
    for before, of_use_until in REMINDERS:
        wanted = starts_at - before
        moment = when_to_send(
            wanted, MessageClass.APPOINTMENT, now=now, calendar=SwedishCalendar(), starts_at=starts_at
        )
        if wanted <= now or moment is None or moment in moments:
            continue
        moments.add(moment)
        tell(
            SESSION_REMINDER,
            registration,
            now=now,
            once=f"{registration.sequence}:{before.days}",
            wanted_at=wanted,
            starts_at=starts_at,
            expires_at=starts_at - of_use_until,
        )
