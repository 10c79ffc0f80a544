"""A leader handles a request: takes it, talks with the group, answers its questions, gives it to a colleague."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from people.enums import Channel
from people.models import User
from support.actions.logs import write_log
from support.actions.periods import NotALeaderHere
from support.actions.planning import plan_next_check_in
from support.actions.requests import RequestClosed, locked, locked_open
from support.emails import handling as emails
from support.enums import LogKind, RequestStatus, SlotState
from support.models import LogEntry, SupportPeriod, SupportRequest
from support.permissions import leaders_of

__all__ = [
    "AlreadyAnswered",
    "AlreadyTaken",
    "NotALeaderHere",
    "QuestionGone",
    "RequestClosed",
    "answer_question",
    "give_request_to",
    "log_contact",
    "take_request",
]

COUNTS_AS_ANSWER = {LogKind.CALL, LogKind.MEETING}


class AlreadyTaken(Exception):
    """A colleague has taken the request; `leader` is who."""

    def __init__(self, leader: User) -> None:
        super().__init__(str(leader))
        self.leader = leader


class QuestionGone(Exception):
    """The group has taken its question away, with everything else."""


class AlreadyAnswered(Exception):
    """The question has an answer."""


@transaction.atomic
def take_request(support_request: SupportRequest, *, by: User, now: datetime) -> SupportRequest:
    """A leader takes the request, and the group is told who has it: that is the promised answer.

    Taking again what one already has changes nothing. For a group that wants to be called the answer is the call
    itself, so the promise stands until one is logged. Raises AlreadyTaken, RequestClosed.
    """
    support_request = locked_open(support_request)
    if support_request.leader_id == by.pk:
        return support_request
    if support_request.leader:
        raise AlreadyTaken(support_request.leader)
    _give(support_request, by, now)
    write_log(support_request, LogKind.STATUS, _("%(leader)s har ert ärende."), {"leader": by.name}, now=now, by=by)
    emails.tell_taken(support_request, now=now)
    return support_request


@transaction.atomic
def give_request_to(support_request: SupportRequest, *, to: User, by: User, now: datetime) -> SupportRequest:
    """Hands the request to a colleague, who is told; so is the group. To whom has it already: nothing changes.

    Raises RequestClosed, NotALeaderHere.
    """
    support_request = locked_open(support_request)
    if support_request.leader_id == to.pk:
        return support_request
    if not leaders_of(support_request.office, stockholm_day(now)).filter(pk=to.pk).exists():
        raise NotALeaderHere
    _give(support_request, to, now)
    write_log(support_request, LogKind.STATUS, _("%(leader)s har ert ärende."), {"leader": to.name}, now=now, by=by)
    emails.tell_given(support_request, to=to, now=now)
    emails.tell_taken(support_request, now=now)
    return support_request


def _give(support_request: SupportRequest, leader: User, now: datetime) -> None:
    """Meetings already booked go along. Saying who has the case is an answer, unless they wait for a call."""
    support_request.leader = leader
    support_request.taken_at = support_request.taken_at or now
    if support_request.status == RequestStatus.RECEIVED:
        support_request.status = RequestStatus.IN_REVIEW
    if support_request.contact.channel != Channel.CALL:
        support_request.first_answer_at = support_request.first_answer_at or now
    support_request.save(update_fields=["leader", "taken_at", "status", "first_answer_at"])
    support_request.meetings.booked().update(leader=leader)
    support_request.slots.filter(state=SlotState.OFFERED).update(leader=leader)


@transaction.atomic
def log_contact(
    about: SupportRequest | SupportPeriod, *, kind: LogKind, text: str, is_internal: bool, by: User, now: datetime
) -> LogEntry:
    """Writes down that we talked, met or noted something. A call or a meeting counts as the promised answer.

    In a period it counts as contact, so the day we are in touch next may move. Raises RequestClosed when all is erased.
    """
    if isinstance(about, SupportRequest) and locked(about).contact.erased_at:
        raise RequestClosed
    entry = write_log(about, kind, text, now=now, by=by, is_internal=is_internal)
    if kind not in COUNTS_AS_ANSWER:
        return entry
    if isinstance(about, SupportRequest):
        SupportRequest.objects.filter(pk=about.pk, first_answer_at__isnull=True).update(first_answer_at=now)
    elif about.is_open:
        plan_next_check_in(about, now=now)
    return entry


@transaction.atomic
def answer_question(entry: LogEntry, *, text: str, by: User, now: datetime) -> LogEntry:
    """Answers a question of the group; they are told that there is an answer, and read it on their page.

    The same answer again returns the first one. Raises AlreadyAnswered when a colleague was first, and QuestionGone.
    """
    question = LogEntry.objects.select_for_update().filter(pk=entry.pk, kind=LogKind.QUESTION).first()
    if question is None:
        raise QuestionGone
    if earlier := question.answered_by:
        if earlier.user_id == by.pk and earlier.text == text:
            return earlier
        raise AlreadyAnswered
    about = question.support_request or question.period
    assert about is not None  # `log_entry_about_request_or_period`
    answer = write_log(about, LogKind.ANSWER, text, now=now, by=by)
    question.answered_by = answer
    question.save(update_fields=["answered_by"])
    if isinstance(about, SupportRequest):
        SupportRequest.objects.filter(pk=about.pk, first_answer_at__isnull=True).update(first_answer_at=now)
    emails.tell_answered(question, now=now)
    return answer
