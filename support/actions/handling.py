"""A leader handles a request: takes it, talks with the group, and accepts, refers or declines it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.actions.groups import AliasNamesPerson, add_member, create_group
from groups.emails import link_of
from groups.enums import MemberRole
from groups.models import Group
from people.actions.links import close_code
from people.calendar import stockholm_day
from people.enums import Channel
from people.models import Office, StaffRole, User
from support.actions.logs import write_log
from support.actions.meetings import cancel_meeting
from support.actions.periods import NotALeaderHere, open_period
from support.actions.planning import plan_next_check_in
from support.actions.requests import RequestClosed, locked, locked_open
from support.emails import handling as emails
from support.enums import LogKind, RequestStatus, SlotState, SupportKind
from support.models import LogEntry, SupportPeriod, SupportRequest
from support.permissions import can_handle_cases_of, leaders_of

__all__ = [
    "AliasNamesPerson",
    "AliasNeeded",
    "AlreadyAnswered",
    "AlreadyTaken",
    "NotALeaderHere",
    "OfficeNeeded",
    "OtherOffice",
    "ReasonNeeded",
    "RequestClosed",
    "accept_request",
    "answer_question",
    "decline_request",
    "give_request_to",
    "log_contact",
    "refer_request",
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


class AliasNeeded(Exception):
    """A new group is known by an alias: none was given."""


class OtherOffice(Exception):
    """The group belongs to an office where the leader does not work."""


class OfficeNeeded(Exception):
    """A request in the common queue, taken by someone who works for every office: which one shall the group have?"""


class ReasonNeeded(Exception):
    """A no needs a reason, and where to turn instead."""


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


@transaction.atomic
def accept_request(
    support_request: SupportRequest,
    *,
    by: User,
    now: datetime,
    supports: Sequence[SupportKind],
    alias: str = "",
    group: Group | None = None,
    office: Office | None = None,
) -> SupportPeriod:
    """Says yes: creates the group under its alias, or joins an existing one, and opens the support period.

    The person who asked becomes the group's contact person by the same contact. A group that already has an open
    period keeps it. A request from the common queue gets the office of whoever accepts. Accepting again returns the
    same period. Raises RequestClosed, OtherOffice, OfficeNeeded, AliasNeeded, AliasNamesPerson.
    """
    support_request = locked(support_request)
    if support_request.status == RequestStatus.ACCEPTED and support_request.group:
        return support_request.group.periods.order_by("-opened_at", "-pk")[0]
    if not support_request.is_open:
        raise RequestClosed
    if group and not can_handle_cases_of(by, group.office, stockholm_day(now)):
        raise OtherOffice
    if not (group or alias.strip()):
        raise AliasNeeded
    home = group.office if group else office or support_request.office or _office_of(by, now)
    group = group or _new_group(support_request, alias, home, now)
    add_member(group, contact=support_request.contact, role=MemberRole.CONTACT_PERSON, now=now)
    support_request.group = group
    support_request.office = home
    support_request.leader = support_request.leader or by
    support_request.taken_at = support_request.taken_at or now
    support_request.first_answer_at = support_request.first_answer_at or now
    support_request.save(update_fields=["group", "office", "leader", "taken_at", "first_answer_at"])
    _decide(support_request, RequestStatus.ACCEPTED, now=now, by=by)
    period = open_period(group, leader=support_request.leader, supports=supports, now=now)
    emails.tell_decided(support_request, now=now)
    return period


def _new_group(support_request: SupportRequest, alias: str, office: Office, now: datetime) -> Group:
    return create_group(
        alias=alias,
        office=office,
        contact=support_request.contact,
        municipality=support_request.municipality,
        area=support_request.area,
        size_band=support_request.size_band,
        in_common=support_request.in_common,
        now=now,
    )


def _office_of(user: User, now: datetime) -> Office:
    """The one office where the user works. Raises OfficeNeeded."""
    roles = StaffRole.objects.of(user).active(stockholm_day(now)).filter(office__isnull=False)
    offices = list(Office.objects.filter(roles__in=roles).distinct())
    if len(offices) != 1:
        raise OfficeNeeded
    return offices[0]


@transaction.atomic
def refer_request(
    support_request: SupportRequest, *, reason: str, turn_to: str, by: User, now: datetime
) -> SupportRequest:
    """Someone else can help better: says why and where to turn. Again the same changes nothing.

    Raises ReasonNeeded, RequestClosed.
    """
    return _turn_away(support_request, RequestStatus.REFERRED, reason=reason, turn_to=turn_to, by=by, now=now)


@transaction.atomic
def decline_request(
    support_request: SupportRequest, *, reason: str, turn_to: str, by: User, now: datetime
) -> SupportRequest:
    """We cannot help: says why, and where to turn instead. Again the same changes nothing.

    Raises ReasonNeeded, RequestClosed.
    """
    return _turn_away(support_request, RequestStatus.DECLINED, reason=reason, turn_to=turn_to, by=by, now=now)


def _turn_away(
    support_request: SupportRequest, status: RequestStatus, *, reason: str, turn_to: str, by: User, now: datetime
) -> SupportRequest:
    support_request = locked(support_request)
    if support_request.status == status:
        return support_request
    if not support_request.is_open:
        raise RequestClosed
    if not (reason.strip() and turn_to.strip()):
        raise ReasonNeeded
    support_request.leader = support_request.leader or by
    support_request.first_answer_at = support_request.first_answer_at or now
    support_request.reason = reason.strip()
    support_request.turn_to = turn_to.strip()
    support_request.save(update_fields=["leader", "first_answer_at", "reason", "turn_to"])
    for meeting in support_request.meetings.upcoming(now):
        cancel_meeting(meeting, by_group=False, by=by, now=now)
    _decide(support_request, status, now=now, by=by)
    emails.tell_decided(support_request, now=now)
    if link := link_of(support_request.contact):
        close_code(link, now=now)
    return support_request


def _decide(support_request: SupportRequest, status: RequestStatus, *, now: datetime, by: User) -> None:
    """Times that are still offered are taken back: what happens next is agreed in another way."""
    support_request.status = status
    support_request.decided_at = now
    support_request.save(update_fields=["status", "decided_at"])
    support_request.slots.filter(state=SlotState.OFFERED).update(state=SlotState.WITHDRAWN)
    sentences = {
        RequestStatus.ACCEPTED: _("Vi har kommit överens om att arbeta tillsammans."),
        RequestStatus.REFERRED: _("Vi har hänvisat er vidare."),
        RequestStatus.DECLINED: _("Vi kan inte hjälpa er med det här."),
    }
    write_log(support_request, LogKind.STATUS, sentences[status], now=now, by=by)
