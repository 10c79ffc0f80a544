"""A leader handles a request: takes it, talks with the group, answers its questions."""

from datetime import datetime

from django.db import transaction

from people.models import User
from support.actions.joined import bring_along
from support.actions.leaders import AlreadyTaken, set_leader
from support.actions.logs import write_log
from support.actions.passing_on import NotALeaderHere, drop_offers, give_request_to
from support.actions.planning import plan_next_check_in
from support.actions.requests import RequestClosed, locked, locked_open
from support.emails import handling as emails
from support.enums import LogKind, RequestStatus
from support.models import LogEntry, SupportPeriod, SupportRequest

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


class QuestionGone(Exception):
    """The group has taken its question away, with everything else."""


class AlreadyAnswered(Exception):
    """The question has an answer."""


@transaction.atomic
def take_request(support_request: SupportRequest, *, by: User, now: datetime) -> SupportRequest:
    """A leader takes the request, and the group is told who has it: that is the promised answer.

    Taking again what one already has changes nothing. For a group that wants to be called the answer is the call
    itself, so the promise stands until one is logged. What is joined to it comes along.
    Raises AlreadyTaken, RequestClosed, JoinedToAnother.
    """
    support_request = locked_open(support_request)
    if support_request.leader_id == by.pk:
        return support_request
    if support_request.leader:
        raise AlreadyTaken(support_request.leader)
    drop_offers(support_request, now=now)
    set_leader(support_request, by, by=by, now=now)
    bring_along(support_request, by=by, now=now)
    return support_request


@transaction.atomic
def log_contact(
    about: SupportRequest | SupportPeriod, *, kind: LogKind, text: str, is_internal: bool, by: User, now: datetime
) -> LogEntry:
    """Writes down that we talked, met or noted something. A call or a meeting counts as the promised answer.

    In a period it counts as contact, so the day we are in touch next may move. Raises RequestClosed when all is erased,
    and for a draft that is not taken in yet.
    """
    if isinstance(about, SupportRequest):
        as_it_is = locked(about)
        if as_it_is.contact.erased_at or as_it_is.status == RequestStatus.DRAFT:
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
