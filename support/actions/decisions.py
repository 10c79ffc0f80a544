"""What becomes of a request: accepted, referred or declined."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.actions.groups import AliasNamesPerson, add_member, create_group
from groups.emails import link_of
from groups.enums import MemberRole, SupportKind
from groups.models import Group
from people.actions.links import close_code
from people.calendar import stockholm_day
from people.models import Office, StaffRole, User
from support.actions.joined import locked_joined
from support.actions.joining import ask_next
from support.actions.logs import write_log
from support.actions.meetings import cancel_meeting
from support.actions.periods import open_period
from support.actions.requests import JoinedToAnother, RequestClosed, locked
from support.emails import handling as emails
from support.enums import LogKind, RequestStatus, SlotState
from support.models import SupportPeriod, SupportRequest
from support.permissions import can_handle_cases_of

__all__ = [
    "AliasNamesPerson",
    "AliasNeeded",
    "AlreadyAccepted",
    "JoinedToAnother",
    "OfficeNeeded",
    "OtherOffice",
    "ReasonNeeded",
    "RequestClosed",
    "accept_request",
    "decline_request",
    "refer_request",
]


class AlreadyAccepted(Exception):
    """A colleague has just said yes, and `group` is what they agreed with the person to be."""

    def __init__(self, group: Group) -> None:
        super().__init__(str(group))
        self.group = group


class AliasNeeded(Exception):
    """A new group is known by an alias: none was given."""


class OtherOffice(Exception):
    """The group belongs to an office where the leader does not work."""


class OfficeNeeded(Exception):
    """A request in the common queue, taken by someone who works for every office: which one shall the group have?"""


class ReasonNeeded(Exception):
    """A no needs a reason, and where to turn instead."""


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
    also: Collection[SupportRequest] = (),
) -> SupportPeriod:
    """Says yes: creates the group under its alias, or joins an existing one, and opens the support period.

    The person who asked becomes the group's contact person by the same contact. A group that already has an open
    period keeps it. A request from the common queue gets the office of whoever accepts. Accepting again in the
    same words returns the same period. `also` are those joined to it who have said yes to the group themselves: they
    become members; the others are back in the queue. Raises AlreadyAccepted, RequestClosed, JoinedToAnother,
    OtherOffice, OfficeNeeded, AliasNeeded, AliasNamesPerson.
    """
    support_request = locked(support_request)
    if support_request.status == RequestStatus.ACCEPTED and support_request.group:
        return _period_of(support_request.group, alias=alias, group=group)
    _check_open(support_request)
    if group and not can_handle_cases_of(by, group.office, stockholm_day(now)):
        raise OtherOffice
    if not (group or alias.strip()):
        raise AliasNeeded
    home = group.office if group else office or support_request.office or _office_of(by, now)
    group = group or _new_group(support_request, alias, home, now)
    _accept(support_request, group, MemberRole.CONTACT_PERSON, leader=by, by=by, now=now)
    assert support_request.leader is not None  # whoever says yes, where nobody had it
    period = open_period(group, leader=support_request.leader, supports=supports, now=now)
    emails.tell_decided(support_request, now=now)
    _decide_for_joined(support_request, also, by=by, now=now)
    return period


def _check_open(support_request: SupportRequest) -> None:
    """Raises RequestClosed, JoinedToAnother."""
    if not support_request.is_open:
        raise RequestClosed
    if support_request.joined_to_id:
        raise JoinedToAnother


def _accept(
    support_request: SupportRequest, group: Group, role: MemberRole, *, leader: User, by: User, now: datetime
) -> None:
    add_member(group, contact=support_request.contact, role=role, now=now)
    support_request.group = group
    support_request.office = group.office
    support_request.leader = support_request.leader or leader
    support_request.taken_at = support_request.taken_at or now
    support_request.first_answer_at = support_request.first_answer_at or now
    support_request.save(update_fields=["group", "office", "leader", "taken_at", "first_answer_at"])
    _decide(support_request, RequestStatus.ACCEPTED, now=now, by=by)


def _decide_for_joined(main: SupportRequest, also: Collection[SupportRequest], *, by: User, now: datetime) -> None:
    """The decision holds for those joined to it that the leader named; the others are back in the queue, asked next."""
    named = {one.pk for one in also}
    for joined in locked_joined(main):
        if not joined.is_open:
            continue
        if joined.pk not in named:
            ask_next(joined, main, by=by, now=now)
        elif main.status == RequestStatus.ACCEPTED and main.group:
            _accept(joined, main.group, MemberRole.MEMBER, leader=main.leader or by, by=by, now=now)
            emails.tell_decided(joined, now=now)
        else:
            _say_no(joined, RequestStatus(main.status), reason=main.reason, turn_to=main.turn_to, by=by, now=now)


def _period_of(accepted: Group, *, alias: str, group: Group | None) -> SupportPeriod:
    """The period that a first yes has opened. Raises AlreadyAccepted when this yes means another group."""
    if (group and group != accepted) or (alias.strip() and " ".join(alias.split()) != accepted.alias):
        raise AlreadyAccepted(accepted)
    return accepted.periods.order_by("-opened_at", "-pk")[0]


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
    support_request: SupportRequest,
    *,
    reason: str,
    turn_to: str,
    by: User,
    now: datetime,
    also: Collection[SupportRequest] = (),
) -> SupportRequest:
    """Someone else can help better: says why and where to turn. Again the same changes nothing.

    `also` are those joined to it who get the same words; the others are back in the queue.
    Raises ReasonNeeded, RequestClosed, JoinedToAnother.
    """
    words = {"reason": reason, "turn_to": turn_to}
    return _turn_away(support_request, RequestStatus.REFERRED, words, also=also, by=by, now=now)


@transaction.atomic
def decline_request(
    support_request: SupportRequest,
    *,
    reason: str,
    turn_to: str,
    by: User,
    now: datetime,
    also: Collection[SupportRequest] = (),
) -> SupportRequest:
    """We cannot help: says why, and where to turn instead. Again the same changes nothing.

    `also` as for `refer_request`. Raises ReasonNeeded, RequestClosed, JoinedToAnother.
    """
    words = {"reason": reason, "turn_to": turn_to}
    return _turn_away(support_request, RequestStatus.DECLINED, words, also=also, by=by, now=now)


def _turn_away(
    support_request: SupportRequest,
    status: RequestStatus,
    words: dict[str, str],
    *,
    also: Collection[SupportRequest],
    by: User,
    now: datetime,
) -> SupportRequest:
    support_request = locked(support_request)
    if support_request.status != status:
        _check_open(support_request)
        _say_no(support_request, status, **words, by=by, now=now)
        _decide_for_joined(support_request, also, by=by, now=now)
    return support_request


def _say_no(
    support_request: SupportRequest, status: RequestStatus, *, reason: str, turn_to: str, by: User, now: datetime
) -> None:
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
