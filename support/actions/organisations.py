"""An organisation that supports groups asks for training, supervision or planning, and gets an answer."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from groups.models import Municipality
from people.actions.contacts import choose_contact_way
from people.calendar import SwedishCalendar
from people.enums import Channel
from people.models import Contact, User
from support.actions.leaders import AlreadyTaken
from support.actions.requests import RequestClosed
from support.emails import organisations as emails
from support.enums import OrganisationRequestStatus, OrganisationWish, Urgency
from support.models import OrganisationRequest
from support.promises import promised_by

__all__ = [
    "AlreadyAnswered",
    "AlreadyTaken",
    "RequestClosed",
    "answer_organisation_request",
    "close_organisation_request",
    "send_organisation_request",
    "take_organisation_request",
]


class AlreadyAnswered(Exception):
    """The organisation has had its answer."""


def send_organisation_request(
    *,
    once_key: uuid.UUID,
    organisation_name: str,
    about: str,
    wishes: Sequence[OrganisationWish | str],
    urgency: Urgency | str,
    place: str,
    called: str,
    channel: Channel | str,
    email: str = "",
    phone: str = "",
    now: datetime,
    reads: str = "sv",
) -> OrganisationRequest:
    """The request comes in with the same promise as a group's; the sender gets a receipt, the leaders a line.

    The same key, even at the same moment, returns the first and sends nothing. Raises as `choose_contact_way` does.
    """
    try:
        with transaction.atomic():
            municipality = Municipality.objects.named(place).select_related("office").first()
            organisation_request = OrganisationRequest.objects.create(
                once_key=once_key,
                contact=_contact(called, now, channel=channel, email=email, phone=phone, reads=reads),
                organisation_name=organisation_name,
                about=about,
                wishes=list(wishes),
                urgency=urgency,
                place=place,
                municipality=municipality,
                office=municipality.office if municipality else None,
                received_at=now,
                promised_by=promised_by(now, urgency == Urgency.TWO_WEEKS, SwedishCalendar()),
            )
            emails.send_receipt(organisation_request, now=now)
            emails.tell_leaders_of_new(organisation_request, now=now)
    except IntegrityError:
        return OrganisationRequest.objects.get(once_key=once_key)
    return organisation_request


def _contact(called: str, now: datetime, *, channel: Channel | str, email: str, phone: str, reads: str) -> Contact:
    """Whoever writes here does so in their work: the contact is not discreet."""
    contact = Contact.objects.create(called=called, discreet=False, reads=reads, created_at=now)
    rules = {"may_say_who_we_are": True, "never_leave_message": False}
    return choose_contact_way(contact, channel=channel, email=email, phone=phone, **rules, now=now)


def _locked(organisation_request: OrganisationRequest) -> OrganisationRequest:
    """The row as it is now, locked. Raises RequestClosed."""
    # Without joins: who has waited for the lock would get the leader as it was before.
    organisation_request = OrganisationRequest.objects.select_for_update().get(pk=organisation_request.pk)
    if organisation_request.status == OrganisationRequestStatus.CLOSED:
        raise RequestClosed
    return organisation_request


@transaction.atomic
def take_organisation_request(
    organisation_request: OrganisationRequest, *, by: User, now: datetime
) -> OrganisationRequest:
    """A leader takes the request. Taking what one already has changes nothing. Raises AlreadyTaken, RequestClosed."""
    organisation_request = _locked(organisation_request)
    leader = organisation_request.leader
    if leader and leader != by:
        raise AlreadyTaken(leader)
    if leader is None:
        organisation_request.leader = by
        if organisation_request.status == OrganisationRequestStatus.RECEIVED:
            organisation_request.status = OrganisationRequestStatus.IN_REVIEW
        organisation_request.save(update_fields=["leader", "status"])
    return organisation_request


@transaction.atomic
def answer_organisation_request(
    organisation_request: OrganisationRequest, *, text: str, by: User, now: datetime
) -> OrganisationRequest:
    """The answer goes to the sender in the way they chose, and the promise is kept.

    Whoever answers takes the request if nobody had it. The same text again changes nothing. Raises AlreadyTaken,
    AlreadyAnswered, RequestClosed.
    """
    organisation_request = take_organisation_request(organisation_request, by=by, now=now)
    if organisation_request.answered_at:
        if organisation_request.result == text:
            return organisation_request
        raise AlreadyAnswered
    organisation_request.status = OrganisationRequestStatus.ANSWERED
    organisation_request.answered_at = now
    organisation_request.result = text
    organisation_request.save(update_fields=["status", "answered_at", "result"])
    emails.send_answer(organisation_request, text=text, now=now)
    return organisation_request


@transaction.atomic
def close_organisation_request(
    organisation_request: OrganisationRequest, *, result: str, by: User, now: datetime
) -> OrganisationRequest:
    """Finished: what it led to is written down. A second call changes nothing. Raises AlreadyTaken."""
    try:
        organisation_request = take_organisation_request(organisation_request, by=by, now=now)
    except RequestClosed:
        organisation_request.refresh_from_db()
        return organisation_request
    organisation_request.status = OrganisationRequestStatus.CLOSED
    organisation_request.closed_at = now
    organisation_request.result = result
    organisation_request.save(update_fields=["status", "closed_at", "result"])
    return organisation_request
