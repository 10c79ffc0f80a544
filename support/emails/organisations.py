"""What is said about a request from an organisation: a receipt to the sender, a line to the leaders."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from people import kinds
from people.calendar import stockholm_day
from people.enums import Channel, MessageClass, Role
from people.models import Message
from people.outbox import queue_message
from people.permissions import staff_of
from support.emails.receivers import staff_page
from support.emails.to_groups import leader_hears, tell_managers
from support.enums import OrganisationRequestStatus
from support.models import OrganisationRequest


def still_open(request_id: int, now: datetime) -> str | None:
    return None if OrganisationRequest.objects.open().filter(pk=request_id).exists() else _("Förfrågan är avslutad.")


def still_new(request_id: int, now: datetime) -> str | None:
    rows = OrganisationRequest.objects.filter(pk=request_id, status=OrganisationRequestStatus.RECEIVED)
    return None if rows.exists() else _("Förfrågan är inte längre ny.")


ORGANISATION_RECEIVED = kinds.MessageKind(
    "support.organisation_received", MessageClass.ANSWER, still_open, leader_hears
)
ORGANISATION_NEW = kinds.MessageKind("support.organisation_new", MessageClass.STAFF, still_new)
ORGANISATION_WAITS = kinds.MessageKind("support.organisation_waits", MessageClass.STAFF, still_open)
ORGANISATION_ANSWERED = kinds.MessageKind("support.organisation_answered", MessageClass.ANSWER, on_failed=leader_hears)


def send_receipt(organisation_request: OrganisationRequest, *, now: datetime) -> Message | None:
    """Thanks, with the date. Whoever wants to be called is not called only to hear thanks."""
    if organisation_request.contact.channel != Channel.EMAIL:
        return None
    return queue_message(
        ORGANISATION_RECEIVED.name,
        to=organisation_request.contact,
        about=organisation_request,
        dedupe_key=f"{ORGANISATION_RECEIVED.name}:{organisation_request.pk}",
        now=now,
        context={"promised_by": organisation_request.promised_by, "phone": settings.PORTAL_PHONE},
        office=organisation_request.office,
    )


def tell_leaders_of_new(organisation_request: OrganisationRequest, *, now: datetime) -> None:
    for user in staff_of(Role.LEADER, organisation_request.office, stockholm_day(now)):
        queue_message(
            ORGANISATION_NEW.name,
            to=user,
            about=organisation_request,
            dedupe_key=f"{ORGANISATION_NEW.name}:{organisation_request.pk}:{user.pk}",
            now=now,
            context={"promised_by": organisation_request.promised_by},
            office=organisation_request.office,
            path=staff_page(organisation_request),
        )


def tell_waiting(organisation_request: OrganisationRequest, *, now: datetime) -> None:
    """The managers hear that the promise runs out."""
    tell_managers(ORGANISATION_WAITS, organisation_request, now=now)


def send_answer(organisation_request: OrganisationRequest, *, text: str, now: datetime) -> Message | None:
    """What a leader answers, word for word; for someone who wants to be called it is what to say."""
    return queue_message(
        ORGANISATION_ANSWERED.name,
        to=organisation_request.contact,
        about=organisation_request,
        dedupe_key=f"{ORGANISATION_ANSWERED.name}:{organisation_request.pk}",
        now=now,
        context={"answer": text, "phone": settings.PORTAL_PHONE},
        office=organisation_request.office,
    )


def register() -> None:
    kinds.register(ORGANISATION_RECEIVED, ORGANISATION_NEW, ORGANISATION_WAITS, ORGANISATION_ANSWERED)
