"""The kinds of messages about sessions, and when each of them is still worth sending."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.enums import MessageClass, Role
from people.models import Message, User
from people.outbox import queue_message
from people.permissions import staff_of
from training.enums import STILL_ON, EndedBy, RegistrationState, SessionState
from training.models import Registration, Session

FROM_A_PERSON = MessageClass.APPOINTMENT
"""What is said before someone comes: never in quiet hours, yet no reminder that the limits count."""


def _unless(condition: Q, registration_id: int, reason: str) -> str | None:
    return None if Registration.objects.filter(condition, pk=registration_id).exists() else reason


def _upcoming(now: datetime) -> Q:
    return Q(session__state=SessionState.PUBLISHED, session__starts_at__gt=now)


def still_registered(registration_id: int, now: datetime) -> str | None:
    comes = Q(state=RegistrationState.REGISTERED) & _upcoming(now)
    return _unless(comes, registration_id, _("De är inte anmälda längre, eller så har träffen börjat."))


def still_in_queue(registration_id: int, now: datetime) -> str | None:
    waits = Q(state=RegistrationState.WAITLISTED) & _upcoming(now)
    return _unless(waits, registration_id, _("De står inte i kön längre."))


def still_offered(registration_id: int, now: datetime) -> str | None:
    held = Q(state=RegistrationState.OFFERED, offered_until__gt=now) & _upcoming(now)
    return _unless(held, registration_id, _("Platsen är inte erbjuden längre."))


def still_lapsed(registration_id: int, now: datetime) -> str | None:
    lapsed = Q(state=RegistrationState.CANCELLED, ended_by=EndedBy.OFFER_LAPSED)
    return _unless(lapsed, registration_id, _("Erbjudandet gick inte ut."))


def still_on(registration_id: int, now: datetime) -> str | None:
    waits = Q(state__in=STILL_ON) & _upcoming(now)
    return _unless(waits, registration_id, _("Anmälan är avslutad, eller så har träffen börjat."))


def still_cancelled(registration_id: int, now: datetime) -> str | None:
    return _unless(Q(state=RegistrationState.CANCELLED), registration_id, _("Anmälan är inte avslutad."))


def still_unanswered(registration_id: int, now: datetime) -> str | None:
    asked = Q(state__in=(RegistrationState.REGISTERED, RegistrationState.ATTENDED), evaluated_at__isnull=True)
    return _unless(asked, registration_id, _("De har svarat redan, eller var inte med."))


def host_hears(message: Message, now: datetime) -> None:
    """What someone had to know, and never gets, is told to the host of the session."""
    registration = Registration.objects.select_related("session").filter(pk=message.about_id).first()
    if registration is not None:
        tell_host(MESSAGE_FAILED, registration, once=str(message.pk), now=now)


def tell_host(kind: kinds.MessageKind, registration: Registration, *, once: str, now: datetime) -> None:
    """A line to the host of the session, or to those who answer for the office when the host is not there any more."""
    session = registration.session
    for user in _hosts(session, now):
        queue_message(
            kind.name,
            to=user,
            about=registration,
            dedupe_key=f"{kind.name}:{registration.pk}:{once}:{user.pk}",
            now=now,
            office=session.office,
            context={"session": session},
            path=f"/admin/training/session/{session.pk}/change/",
        )


def _hosts(session: Session, now: datetime) -> list[User]:
    if session.host.is_active:
        return [session.host]
    return [*staff_of(Role.OFFICE_MANAGER, session.office, stockholm_day(now))]


REGISTRATION_CONFIRMED = kinds.MessageKind(
    "training.registration_confirmed", MessageClass.ANSWER, still_registered, host_hears
)
REGISTRATION_QUEUED = kinds.MessageKind("training.registration_queued", MessageClass.ANSWER, still_in_queue, host_hears)
SEATS_OFFERED = kinds.MessageKind("training.seats_offered", FROM_A_PERSON, still_offered, host_hears)
OFFER_LAPSED = kinds.MessageKind("training.offer_lapsed", FROM_A_PERSON, still_lapsed)
SEATS_CHANGED = kinds.MessageKind("training.seats_changed", MessageClass.ANSWER, still_on)
REGISTRATION_CANCELLED = kinds.MessageKind("training.registration_cancelled", MessageClass.ANSWER, still_cancelled)
SESSION_MOVED = kinds.MessageKind("training.session_moved", FROM_A_PERSON, still_on, host_hears)
SESSION_CALLED_OFF = kinds.MessageKind("training.session_called_off", FROM_A_PERSON, still_cancelled, host_hears)
SESSION_REMINDER = kinds.MessageKind("training.session_reminder", MessageClass.APPOINTMENT, still_registered)
EVALUATION_ASKED = kinds.MessageKind(
    "training.evaluation_asked", MessageClass.REMINDER, still_unanswered, on_stopped=kinds.nobody_to_tell
)
WRITTEN = kinds.MessageKind("training.written", FROM_A_PERSON, on_failed=host_hears)
MESSAGE_FAILED = kinds.MessageKind("training.message_failed", MessageClass.STAFF)
TOO_LATE_TO_TELL = kinds.MessageKind("training.too_late_to_tell", MessageClass.STAFF)


def register() -> None:
    kinds.register(
        REGISTRATION_CONFIRMED,
        REGISTRATION_QUEUED,
        SEATS_OFFERED,
        OFFER_LAPSED,
        SEATS_CHANGED,
        REGISTRATION_CANCELLED,
        SESSION_MOVED,
        SESSION_CALLED_OFF,
        SESSION_REMINDER,
        EVALUATION_ASKED,
        WRITTEN,
        MESSAGE_FAILED,
        TOO_LATE_TO_TELL,
    )
