"""The order in which rows are locked: the session first, then its registrations. Who gives out seats begins here."""

from datetime import datetime

from training.enums import EndedBy, RegistrationState
from training.models import Registration, Session


def lock_session(pk: int) -> Session:
    """The session as it is now, locked until the transaction ends: nobody else gives out its seats meanwhile."""
    return Session.objects.select_for_update(of=("self",)).select_related("course", "office", "host").get(pk=pk)


def locked_with_session(registration: Registration) -> tuple[Session, Registration]:
    """Both as they are now, the session locked first."""
    session = lock_session(registration.session_id)
    rows = Registration.objects.select_for_update(of=("self",)).select_related("contact")
    registration = rows.get(pk=registration.pk)
    registration.session = session
    return session, registration


def end(registration: Registration, ended_by: EndedBy, *, now: datetime) -> None:
    """The registration is over; its entry in their calendar goes. Call it with the session locked."""
    registration.state = RegistrationState.CANCELLED
    registration.ended_by = ended_by
    registration.queued_at = registration.offered_until = None
    registration.sequence += 1
    registration.changed_at = now
    registration.save(update_fields=["state", "ended_by", "queued_at", "offered_until", "sequence", "changed_at"])
