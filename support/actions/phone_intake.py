"""A request written by a leader while the caller talks: answers in any order, kept as they come, then taken in."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from groups.actions.outreach import BecameRequest, settle_talk
from groups.enums import LedTo
from groups.models import OutreachContact
from people.actions.links import open_link
from people.calendar import SwedishCalendar, stockholm_day
from people.codes import new_words
from people.crypto import keyed_hash
from people.enums import LinkPurpose
from people.models import Contact, Office, PrivateLink, StaffRole, User
from support import questions
from support.actions.logs import in_swedish, write_log
from support.actions.requests import (
    DRAFT_LIVES,
    REPLAY_WITHIN,
    AnswersMissing,
    RequestClosed,
    link_to,
    locked,
    remove_draft,
    save_answers,
)
from support.emails import requests as emails
from support.enums import LogKind, RequestStatus
from support.models import SupportRequest
from support.permissions import LEADING_ROLES, leaders_of
from support.promises import promised_by

__all__ = [
    "REPLAY_WITHIN",
    "AnswersMissing",
    "NotYourDraft",
    "Received",
    "RequestClosed",
    "discard_call",
    "receive_call",
    "save_call_answers",
    "start_call",
]


class NotYourDraft(Exception):
    """What a colleague has begun to write is theirs until it is taken in."""


@dataclass(frozen=True)
class Received:
    """A request that was taken in, and what opens its page: read out to the caller, and told here only."""

    support_request: SupportRequest
    code: str
    words: str


def start_call(*, once_key: uuid.UUID, by: User, now: datetime, talk: OutreachContact | None = None) -> SupportRequest:
    """A draft that only its writer sees, with a contact that cannot be reached yet. It lives as long as others do.

    The same key again, or the same talk, also at the same moment, finds what was started. Raises NotYourDraft.
    """
    try:
        with transaction.atomic():
            contact = Contact.objects.create(created_at=now)
            return SupportRequest.objects.create(
                contact=contact,
                once_key=once_key,
                written_by=by,
                outreach=talk,
                created_at=now,
                draft_until=now + DRAFT_LIVES,
            )
    except IntegrityError:
        rows = (
            SupportRequest.objects.filter(outreach=talk) if talk else SupportRequest.objects.filter(once_key=once_key)
        )
        begun = rows.get()
        if begun.status == RequestStatus.DRAFT and begun.written_by_id != by.pk:
            raise NotYourDraft from None
        return begun


def _locked_draft(support_request: SupportRequest, by: User) -> SupportRequest:
    """Raises RequestClosed, NotYourDraft."""
    support_request = locked(support_request)
    if support_request.status != RequestStatus.DRAFT:
        raise RequestClosed
    if support_request.written_by_id != by.pk:
        raise NotYourDraft
    return support_request


@transaction.atomic
def save_call_answers(
    support_request: SupportRequest, *, answers: Mapping[str, Mapping[str, Any]], by: User, now: datetime
) -> SupportRequest:
    """What the caller has said so far: question → answer. Keeps the draft alive. Raises RequestClosed, NotYourDraft."""
    support_request = _locked_draft(support_request, by)
    for question in questions.QUESTIONS:
        if question.slug in answers:
            support_request = save_answers(
                support_request, question=question.slug, values=answers[question.slug], now=now
            )
    return support_request


@transaction.atomic
def receive_call(support_request: SupportRequest, *, by: User, now: datetime) -> Received:
    """Ta emot: the request is in, with code and words for the caller, who gets a receipt where they chose to get one.

    It goes to the office of the municipality; where that is not known, to the office of whoever wrote it. If they lead
    groups there it is theirs at once, and talking now is the promised answer; at another office the promise stands, and
    its leaders hear of it. The same press again within ten minutes tells new words for the same code: the page with the
    first ones was never seen. Raises AnswersMissing, NotYourDraft, RequestClosed.
    """
    support_request = locked(support_request)
    if support_request.written_by_id != by.pk:
        raise NotYourDraft
    if support_request.status != RequestStatus.DRAFT:
        return _told_again(support_request, now)
    if unanswered := questions.missing(support_request):
        raise AnswersMissing(unanswered)
    support_request.office = _office_for(support_request, by, now)
    support_request.received_at = now
    support_request.promised_by = promised_by(now, support_request.is_urgent, SwedishCalendar())
    support_request.draft_until = None
    support_request.status = RequestStatus.RECEIVED
    if leaders_of(support_request.office, stockholm_day(now)).filter(pk=by.pk).exists():
        _take(support_request, by, now)
    support_request.save()
    write_log(support_request, LogKind.CALL, _("Förfrågan skrevs på telefon."), now=now, by=by)
    opened = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=now)
    emails.send_receipt(support_request, link=opened.link, now=now)
    if support_request.leader is None:
        emails.tell_leaders_of_new(support_request, now=now)
    _settle_talk(support_request, by, now)
    return Received(support_request, opened.code, opened.words)


def _take(support_request: SupportRequest, by: User, now: datetime) -> None:
    support_request.status = RequestStatus.IN_REVIEW
    support_request.leader = by
    support_request.taken_at = support_request.first_answer_at = now
    support_request.next_step = in_swedish(_("Bestäm en tid att ses"))
    support_request.next_step_on = support_request.promised_by


def _office_for(support_request: SupportRequest, by: User, now: datetime) -> Office | None:
    """Of the municipality; unknown, the one office where the writer leads groups; else the common queue."""
    if support_request.municipality:
        return support_request.municipality.office
    roles = StaffRole.objects.of(by).active(stockholm_day(now)).filter(role__in=LEADING_ROLES, office__isnull=False)
    own = list(Office.objects.filter(roles__in=roles, is_active=True).distinct()[:2])
    return own[0] if len(own) == 1 else None


def _settle_talk(support_request: SupportRequest, by: User, now: datetime) -> None:
    if support_request.outreach:
        try:
            settle_talk(support_request.outreach, led_to=LedTo.REQUEST, by=by, now=now)
        except BecameRequest:  # by an earlier request that is gone
            return


def _told_again(support_request: SupportRequest, now: datetime) -> Received:
    """New words for the same code; what has been sent opens as before. Raises RequestClosed."""
    received_at = support_request.received_at
    if not support_request.is_open or received_at is None or now - received_at > REPLAY_WITHIN:
        raise RequestClosed
    link = PrivateLink.objects.select_for_update().get(pk=link_to(support_request).pk)
    if link.opened_at:
        raise RequestClosed
    words = new_words()
    link.words_hash = keyed_hash(words)
    link.save(update_fields=["words_hash"])
    return Received(support_request, link.code, words)


@transaction.atomic
def discard_call(support_request: SupportRequest, *, by: User, now: datetime) -> None:
    """Släng utkastet: nothing of it stays. Raises RequestClosed, NotYourDraft."""
    remove_draft(_locked_draft(support_request, by))
