"""Someone asks us to forget them: what the trainings know of them goes, and their seats go to the queue."""

from datetime import datetime

from django.db import transaction

from people.models import Contact
from training.actions.locking import end, lock_session, locked_with_session
from training.actions.queue import offer_free_seats
from training.enums import STILL_ON, EndedBy
from training.models import Certificate, Registration


def lock_session_of(contact: Contact) -> None:
    """Before their messages and links are touched: whoever gives out the seats of the session writes such too."""
    if (session := Registration.objects.filter(contact=contact).values_list("session", flat=True).first()) is not None:
        lock_session(session)


@transaction.atomic
def forget_participant(contact: Contact, now: datetime) -> None:
    """Wipes what they need and takes their certificates away; if they are expected still, they are no longer.

    Nothing is sent to them: there is nobody left to reach. How many came stays, for the figures. A second time changes
    nothing.
    """
    found = Registration.objects.filter(contact=contact).first()
    if found is None:
        return
    session, registration = locked_with_session(found)
    Certificate.objects.filter(registration=registration).delete()
    registration.needs = ""
    registration.save(update_fields=["needs"])
    if registration.state in STILL_ON and session.is_open(now):
        end(registration, EndedBy.THEMSELVES, now=now)
        offer_free_seats(session, now=now)
