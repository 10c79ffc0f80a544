"""What is said while a leader handles a request, and when a promise is about to be broken."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from groups.emails import link_of
from people import kinds
from people.enums import Channel, MessageClass
from people.models import User
from support.emails.to_groups import FROM_A_PERSON, leader_hears, take_back, tell_contact, tell_managers, tell_user
from support.enums import OPEN_STATUSES, LogKind, RequestStatus
from support.models import LogEntry, SupportRequest


def _status(request_id: int) -> str:
    return SupportRequest.objects.values_list("status", flat=True).filter(pk=request_id).first() or ""


def still_open(request_id: int, now: datetime) -> str | None:
    return None if _status(request_id) in OPEN_STATUSES else _("Förfrågan är avslutad.")


def still_unanswered(request_id: int, now: datetime) -> str | None:
    if SupportRequest.objects.owed_an_answer().filter(pk=request_id).exists():
        return None
    return _("Förfrågan är besvarad eller avslutad.")


def still_accepted(request_id: int, now: datetime) -> str | None:
    return None if _status(request_id) == RequestStatus.ACCEPTED else _("Beslutet gäller inte längre.")


def still_turned_away(request_id: int, now: datetime) -> str | None:
    decided = {RequestStatus.REFERRED, RequestStatus.DECLINED}
    return None if _status(request_id) in decided else _("Beslutet gäller inte längre.")


def still_answered(question_id: int, now: datetime) -> str | None:
    rows = LogEntry.objects.filter(pk=question_id, kind=LogKind.QUESTION, answered_by__isnull=False)
    return None if rows.exists() else _("Frågan är borttagen.")


REQUEST_TAKEN = kinds.MessageKind("support.request_taken", FROM_A_PERSON, still_open, leader_hears)
REQUEST_GIVEN = kinds.MessageKind("support.request_given", MessageClass.STAFF, still_open)
REQUEST_LATE = kinds.MessageKind("support.request_late", FROM_A_PERSON, still_unanswered, leader_hears)
PROMISE_AT_RISK = kinds.MessageKind("support.promise_at_risk", MessageClass.STAFF, still_unanswered)
PROMISE_BROKEN = kinds.MessageKind("support.promise_broken", MessageClass.STAFF, still_unanswered)
REQUEST_ACCEPTED = kinds.MessageKind("support.request_accepted", FROM_A_PERSON, still_accepted, leader_hears)
REQUEST_REFERRED = kinds.MessageKind("support.request_referred", FROM_A_PERSON, still_turned_away, leader_hears)
REQUEST_DECLINED = kinds.MessageKind("support.request_declined", FROM_A_PERSON, still_turned_away, leader_hears)
DECISIONS = {
    RequestStatus.ACCEPTED: REQUEST_ACCEPTED,
    RequestStatus.REFERRED: REQUEST_REFERRED,
    RequestStatus.DECLINED: REQUEST_DECLINED,
}
QUESTION_ANSWERED = kinds.MessageKind("support.question_answered", FROM_A_PERSON, still_answered, leader_hears)


def tell_taken(support_request: SupportRequest, *, now: datetime) -> None:
    """Who has the case now. What has not left yet about an earlier leader never does."""
    leader = support_request.leader
    assert leader is not None  # someone has just taken it
    take_back(support_request, REQUEST_TAKEN, because=_("Gruppen har fått en annan utvecklingsledare."))
    tell_contact(
        REQUEST_TAKEN,
        support_request.contact,
        about=support_request,
        once=now.isoformat(),
        now=now,
        office=support_request.office,
        context={"leader": leader, "leader_phone": leader.phone or settings.PORTAL_PHONE},
    )


def tell_given(support_request: SupportRequest, *, to: User, now: datetime) -> None:
    tell_user(REQUEST_GIVEN, to, about=support_request, once=now.isoformat(), now=now, office=support_request.office)


def tell_at_risk(support_request: SupportRequest, *, now: datetime) -> None:
    """The managers hear that today is the last day."""
    tell_managers(PROMISE_AT_RISK, support_request, now=now)


def tell_late(support_request: SupportRequest, *, now: datetime) -> None:
    """The group hears plainly that we are late, the managers that a promise is broken."""
    if support_request.contact.channel != Channel.CALL:  # a call is what they wait for
        tell_contact(
            REQUEST_LATE, support_request.contact, about=support_request, now=now, office=support_request.office
        )
    tell_managers(PROMISE_BROKEN, support_request, now=now)


def tell_decided(support_request: SupportRequest, *, now: datetime) -> None:
    """Accepted, referred or declined: with what comes next or where to turn."""
    tell_contact(
        DECISIONS[RequestStatus(support_request.status)],
        support_request.contact,
        about=support_request,
        now=now,
        office=support_request.office,
        context={
            "leader": support_request.leader,
            "reason": support_request.reason,
            "turn_to": support_request.turn_to,
        },
    )


def tell_answered(question: LogEntry, *, now: datetime) -> None:
    """There is an answer on the page: what was asked and answered is read there, not in the message."""
    case = question.support_request or question.period
    if question.contact and case and link_of(question.contact):
        tell_contact(QUESTION_ANSWERED, question.contact, about=question, now=now, office=case.office)


def register() -> None:
    kinds.register(
        REQUEST_TAKEN,
        REQUEST_GIVEN,
        REQUEST_LATE,
        PROMISE_AT_RISK,
        PROMISE_BROKEN,
        REQUEST_ACCEPTED,
        REQUEST_REFERRED,
        REQUEST_DECLINED,
        QUESTION_ANSWERED,
    )
