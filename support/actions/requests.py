"""A group asks for support: the draft that grows with every Fortsätt, the sending, and answers changed afterwards."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from groups.models import Municipality
from people.actions.contacts import choose_contact_way
from people.actions.forgetting import remove_history
from people.actions.links import OpenedLink, open_link, reissue
from people.calendar import SwedishCalendar
from people.enums import Channel, LinkPurpose
from people.links import new_token
from people.models import Contact, Message, PrivateLink
from support import questions
from support.actions.joined import part_from_all
from support.actions.logs import write_log
from support.actions.meeting_needs import follow_needs
from support.emails import requests as emails
from support.enums import LogKind, RequestStatus
from support.models import SupportPeriod, SupportRequest
from support.promises import promised_by

DRAFT_LIVES = timedelta(days=14)
"""How long a draft is kept after its last Fortsätt (the programme's own rule)."""

REPLAY_WITHIN = timedelta(minutes=10)
"""A first page sent twice within this time is one and the same click; later it may be someone else at the keyboard."""


class OnceKeySpent(Exception):
    """The key belongs to a draft that was started a while ago: to open that, its code or link is needed."""


class RequestClosed(Exception):
    """The request has been decided or withdrawn, or the answer is one it rests on: it stands."""


class JoinedToAnother(RequestClosed):
    """The request is worked with together with another one: do it there, or part them first."""


class AnswersMissing(Exception):
    """Needed questions have no answer yet; `questions` lists them in order."""

    def __init__(self, missing: list[questions.Question]) -> None:
        super().__init__(", ".join(question.slug for question in missing))
        self.questions = missing


@dataclass(frozen=True)
class Started:
    """A new draft, and the way back to it: the two words are told once, here."""

    support_request: SupportRequest
    opened_link: OpenedLink


def start_draft(
    *, once_key: uuid.UUID, question: str, values: Mapping[str, Any], now: datetime, reads: str = "sv"
) -> Started:
    """The first Fortsätt: a draft with a contact that cannot be reached yet, and a private link to it.

    The same key again within ten minutes, also at the same moment, finds the draft and gives new words for the same
    code: the page with the first ones was never seen. Later it raises OnceKeySpent.
    """
    try:
        with transaction.atomic():
            contact = Contact.objects.create(reads=reads, created_at=now)
            support_request = SupportRequest.objects.create(
                contact=contact, once_key=once_key, created_at=now, draft_until=now + DRAFT_LIVES
            )
            _write_answer(support_request, question, values, now)
            link = open_link(LinkPurpose.SUPPORT, contact=contact, about=support_request, now=now)
    except IntegrityError:
        return _same_draft(once_key, now)
    return Started(support_request, link)


@transaction.atomic
def _same_draft(once_key: uuid.UUID, now: datetime) -> Started:
    support_request = SupportRequest.objects.select_for_update().get(once_key=once_key)
    if support_request.status != RequestStatus.DRAFT or now - support_request.created_at > REPLAY_WITHIN:
        raise OnceKeySpent
    return Started(support_request, reissue(link_to(support_request), now=now))


def link_to(support_request: SupportRequest) -> PrivateLink:
    """The private link with which the person comes back to this request."""
    return PrivateLink.objects.usable().about(support_request).get(purpose=LinkPurpose.SUPPORT)


@transaction.atomic
def address_to(support_request: SupportRequest, *, words: str, now: datetime) -> OpenedLink:
    """One more address for the same link, for a page that shows it; words and code stay as they were told."""
    link = link_to(support_request)
    return OpenedLink(link, new_token(link, now=now), link.code, words)


def locked(support_request: SupportRequest) -> SupportRequest:
    """The row as it is now, with its contact, locked until the transaction ends."""
    # Locked first by itself: who has waited for a lock gets the row anew, but what is joined to it as it was before.
    SupportRequest.objects.select_for_update().get(pk=support_request.pk)
    rows = SupportRequest.objects.select_related("contact", "office", "leader", "municipality__office")
    return rows.select_for_update(of=("self", "contact")).get(pk=support_request.pk)


def locked_open(support_request: SupportRequest) -> SupportRequest:
    """As `locked`. Raises RequestClosed, JoinedToAnother."""
    row = locked(support_request)
    if not row.is_open:
        raise RequestClosed
    if row.joined_to_id:
        raise JoinedToAnother
    return row


@transaction.atomic
def save_answers(
    support_request: SupportRequest, *, question: str, values: Mapping[str, Any], now: datetime
) -> SupportRequest:
    """One question's answer. A draft lives for another 14 days; in a sent request the change is noted in the log.

    Whoever has the case is told that something changed. The same answer again changes nothing. How to be reached can
    be changed for as long as we work together. Raises RequestClosed.
    """
    support_request = locked(support_request)
    if support_request.status == RequestStatus.DRAFT:
        support_request.draft_until = now + DRAFT_LIVES
        _write_answer(support_request, question, values, now)
    elif not questions.may_change(support_request, question):
        raise RequestClosed
    elif _write_answer(support_request, question, values, now):
        if question == "behov":
            follow_needs(support_request)
        _note_change(support_request, question, now)
    return support_request


def _write_answer(support_request: SupportRequest, question: str, values: Mapping[str, Any], now: datetime) -> bool:
    """Puts the answer where it belongs. Says whether it differs from what stood there."""
    owner = support_request.contact if question in questions.CONTACT_QUESTIONS else support_request
    before = {name: getattr(owner, name) for name in values}
    if question == "kontakt":
        choose_contact_way(support_request.contact, **values, now=now)
    else:
        for name, value in values.items():
            setattr(owner, name, value)
        owner.save(update_fields=list(values))
    if "place" in values:
        support_request.municipality = Municipality.objects.named(values["place"]).select_related("office").first()
    if question not in support_request.answered:
        support_request.answered = [*support_request.answered, question]
    support_request.save(update_fields=["municipality", "answered", "draft_until"])
    return before != {name: getattr(owner, name) for name in values}


def _note_change(support_request: SupportRequest, question: str, now: datetime) -> None:
    """The log says what was changed, never the address: it is read by more people than the contact is."""
    contact = support_request.contact
    is_way = question == "kontakt"
    sentence = _("Gruppen bytte kontaktsätt: %(value)s.") if is_way else _("Gruppen ändrade sitt svar: %(value)s.")
    value = Channel(contact.channel).label if is_way else questions.BY_SLUG[question].label
    kind = LogKind.CONTACT if is_way else LogKind.NOTE
    case = newest_period(support_request) or support_request
    entry = write_log(case, kind, sentence, {"value": value}, contact=contact, now=now)
    if support_request.status == RequestStatus.RECEIVED:
        _route(support_request, now)
    else:
        told = emails.CONTACT_WAY_CHANGED if is_way else emails.REQUEST_CHANGED
        emails.tell_leader(told, case, once=str(entry.pk), now=now, about=support_request)


def newest_period(support_request: SupportRequest) -> SupportPeriod | None:
    """The period that an accepted request led to, or the one that followed it."""
    if support_request.status != RequestStatus.ACCEPTED or support_request.group_id is None:
        return None
    periods = SupportPeriod.objects.select_related("leader", "office")
    return periods.filter(group_id=support_request.group_id).order_by("-opened_at", "-pk").first()


def _route(support_request: SupportRequest, now: datetime) -> None:
    """To the office of the municipality, or to the common queue. A promise is only ever moved closer."""
    municipality = support_request.municipality
    moved_from, support_request.office = support_request.office, municipality.office if municipality else None
    promise = promised_by(now, support_request.is_urgent, SwedishCalendar())
    support_request.promised_by = min(promise, support_request.promised_by or promise)
    support_request.save(update_fields=["office", "promised_by"])
    if moved_from != support_request.office:
        part_from_all(support_request, now=now)
        emails.tell_leaders_of_new(support_request, now=now)


@transaction.atomic
def submit_request(support_request: SupportRequest, *, now: datetime) -> SupportRequest:
    """Skicka till oss: the promise of an answer begins, the group gets a receipt, the office's leaders hear of it.

    A second call changes nothing. Raises AnswersMissing.
    """
    support_request = locked(support_request)
    if support_request.status != RequestStatus.DRAFT:
        return support_request
    if unanswered := questions.missing(support_request):
        raise AnswersMissing(unanswered)
    support_request.status = RequestStatus.RECEIVED
    support_request.received_at = now
    support_request.promised_by = promised_by(now, support_request.is_urgent, SwedishCalendar())
    support_request.office = support_request.municipality.office if support_request.municipality else None
    support_request.draft_until = None
    support_request.save(update_fields=["status", "received_at", "promised_by", "office", "draft_until"])
    write_log(support_request, LogKind.STATUS, _("Förfrågan kom in."), contact=support_request.contact, now=now)
    emails.send_receipt(support_request, link=link_to(support_request), now=now)
    emails.tell_leaders_of_new(support_request, now=now)
    return support_request


def send_saved_link(support_request: SupportRequest, *, now: datetime) -> Message | None:
    """Sends the way back to a draft on the channel the person has already chosen."""
    return emails.send_saved_link(support_request, link=link_to(support_request), now=now)


def delete_stale_drafts(now: datetime) -> int:
    """Removes drafts nobody has touched for 14 days, with contact, link and messages. Says how many.

    Each in a transaction of its own; a draft that is being written in this moment is left for the next time.
    """
    removed = 0
    for pk in SupportRequest.objects.stale_drafts(now).values_list("pk", flat=True):
        with transaction.atomic():
            rows = SupportRequest.objects.stale_drafts(now).select_for_update(skip_locked=True)
            if draft := rows.filter(pk=pk).first():
                remove_draft(draft)
                removed += 1
    return removed


def remove_draft(draft: SupportRequest) -> None:
    """Nothing of a draft stays, in the history neither: it was never sent to anyone."""
    contact_id, draft_id = draft.contact_id, draft.pk
    draft.delete()
    Contact.objects.filter(pk=contact_id).delete()
    remove_history(SupportRequest, draft_id)
    remove_history(Contact, contact_id)
