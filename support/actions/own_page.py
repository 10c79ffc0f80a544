"""What someone does with their request on their own page: asks something, locks the page, takes everything away."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from groups.actions.groups import leave_group
from groups.models import Member
from people.actions.contacts import ContactErased, erase_contact
from people.actions.forgetting import empty_history
from people.models import Contact
from support.actions.joined import part_from_all
from support.actions.meetings import cancel_meeting
from support.actions.members import note_who_is_left
from support.actions.requests import locked, newest_period, remove_draft
from support.emails import requests as emails
from support.enums import LogKind, RequestStatus, SlotState
from support.models import HandOver, IntakeMeeting, LogEntry, MeetingNeed, SupportPeriod, SupportRequest


class NothingToAskAbout(Exception):
    """A question belongs to a request or to a period."""


@dataclass(frozen=True)
class Receipt:
    """What was taken away when someone asked for it: how many rows of each."""

    answers: int
    log_entries: int
    messages: int
    links: int
    meetings: int


def ask_question(
    *,
    support_request: SupportRequest | None = None,
    period: SupportPeriod | None = None,
    contact: Contact,
    text: str,
    once_key: uuid.UUID,
    now: datetime,
) -> LogEntry:
    """The group asks something; whoever has the case is told that there is a question, not what it says.

    The same key again, also at the same moment, returns the first question. Whoever has taken everything away
    meanwhile, perhaps in another window, leaves nothing new behind. Raises NothingToAskAbout, ContactErased.
    """
    if not (support_request or period):
        raise NothingToAskAbout
    try:
        with transaction.atomic():
            if Contact.objects.select_for_update().get(pk=contact.pk).erased_at:
                raise ContactErased
            entry = LogEntry.objects.create(
                support_request=support_request,
                period=period,
                kind=LogKind.QUESTION,
                text=text,
                contact=contact,
                at=now,
                once_key=once_key,
            )
            emails.tell_of_question(entry, now=now)
    except IntegrityError:
        return LogEntry.objects.get(once_key=once_key)
    return entry


@transaction.atomic
def delete_request(support_request: SupportRequest, *, now: datetime) -> Receipt:
    """Ta bort allt: at once, and for good. Of a draft nothing stays.

    Of a sent request an empty row stays for the figures: when, where and how it ended. The answers, the log, the texts
    of messages, the contact and the way back are gone; a booked meeting is cancelled, and whoever has the case is told.
    In a group that is already at work the person leaves the group; the group and its own log are the others' too.
    A second call finds nothing more to take away.
    """
    support_request = locked(support_request)
    answered = len(support_request.answered)
    if support_request.status == RequestStatus.DRAFT:
        contact = support_request.contact
        links = contact.links.count()
        messages = contact.messages.count()
        remove_draft(support_request)
        return Receipt(answers=answered, log_entries=0, messages=messages, links=links, meetings=0)
    meetings = _clear_meetings(support_request, now)
    was_open = support_request.is_open
    part_from_all(support_request, now=now)
    contact = support_request.contact
    entries = _clear_log(support_request)
    _scrub(support_request, now)
    _forget(support_request)
    erased = erase_contact(contact, now=now)
    _leave(support_request, now)
    if was_open or support_request.status == RequestStatus.ACCEPTED:
        emails.tell_leader(emails.REQUEST_WITHDRAWN, support_request, once=str(support_request.pk), now=now)
    return Receipt(
        answers=answered, log_entries=entries, messages=erased.messages, links=erased.links, meetings=meetings
    )


def _leave(support_request: SupportRequest, now: datetime) -> None:
    """The person is in the group no more, and its log says so."""
    for member in Member.objects.current().filter(contact=support_request.contact_id):
        leave_group(member, now=now)
        if period := newest_period(support_request):
            note_who_is_left(period, now=now)


def _clear_meetings(support_request: SupportRequest, now: datetime) -> int:
    """Booked ones are cancelled as the group's wish; of all of them only time and outcome stay."""
    support_request.slots.filter(state=SlotState.OFFERED).update(state=SlotState.WITHDRAWN)
    for meeting in support_request.meetings.booked():
        cancel_meeting(meeting, by_group=True, now=now)
    support_request.slots.update(place="")
    MeetingNeed.objects.filter(meeting__support_request=support_request).delete()
    return IntakeMeeting.objects.filter(support_request=support_request).update(**WORDS_OF_MEETING)


def _clear_log(support_request: SupportRequest) -> int:
    """The log of the request, and what this person wrote in the log of the group."""
    mine = support_request.contact.pk
    _removed, rows = LogEntry.objects.filter(contact_id=mine, period__isnull=False, kind=LogKind.QUESTION).delete()
    of_request = support_request.log.filter(period__isnull=True)
    return rows.get("support.LogEntry", 0) + of_request.delete()[1].get("support.LogEntry", 0)


ANSWERS = {
    "asker": "",
    "group_knows": "",
    "what": "",
    "tells_when_talking": False,
    "in_common": "",
    "place": "",
    "area": "",
    "responsible_other": "",
    "urgent_what": "",
    "access_needs": [],
    "access_other": "",
    "next_step": "",
    "next_step_on": None,
    "waits_for": "",
    "waits_since": None,
    "reason": "",
    "turn_to": "",
    "answered": [],
    "once_key": None,
}
"""What a sent request looks like when its words are gone. Size, place, kind of support and days stay."""


WORDS_OF_MEETING = dict.fromkeys(["place", "agenda", "shared_notes", "access_notes", "interpreter_language"], "")
WORDS_OF_HAND_OVER = {"note": "", "answer": ""}


def _forget(support_request: SupportRequest) -> None:
    """The versions in the history become as empty as the rows; what leaders wrote to each other goes too."""
    HandOver.objects.filter(support_request=support_request).update(**WORDS_OF_HAND_OVER)
    empty_history(SupportRequest.objects.filter(pk=support_request.pk), ANSWERS)
    empty_history(IntakeMeeting.objects.filter(support_request=support_request), WORDS_OF_MEETING)
    empty_history(HandOver.objects.filter(support_request=support_request), WORDS_OF_HAND_OVER)


def _scrub(support_request: SupportRequest, now: datetime) -> None:
    for name, nothing in ANSWERS.items():
        setattr(support_request, name, nothing)
    fields = [*ANSWERS]
    if support_request.is_open:
        support_request.status = RequestStatus.WITHDRAWN
        support_request.decided_at = now
        fields += ["status", "decided_at"]
    support_request.save(update_fields=fields)
