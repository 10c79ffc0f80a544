"""A desk with something in every block of Min dag, as many times over as a test wants."""

from datetime import date, timedelta
from uuid import uuid4

from django.db.models import QuerySet

from people.enums import Channel, Role
from people.models import CallTask, Office, StaffRole, User
from support.day.desk import Desk, desk_of
from support.enums import CheckInState, HandOverState, LogKind, Phase, RequestStatus, WaitsFor
from support.models import HandOver, MeetingNeed, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_group,
    make_link,
    make_log_entry,
    make_meeting,
    make_member,
    make_message,
    make_organisation_request,
    make_period,
    make_request,
    make_slot,
    make_staff,
)

ONE_DAY = timedelta(days=1)
MONTH = timedelta(days=31)
LONG_AGO = NOW - timedelta(days=90)


def pks(rows: QuerySet) -> list[int]:
    return [row.pk for row in rows]


def cover(leader: User, away: User, office: Office, until: date = TODAY) -> Desk:
    StaffRole.objects.create(user=leader, office=office, role=Role.LEADER, starts_on=TODAY, ends_on=until, covers=away)
    return desk_of(User.objects.get(pk=leader.pk), NOW)


def taken(leader: User, office: Office, **kwargs) -> SupportRequest:
    """A request that the leader has, with nothing due."""
    fields = {
        "status": RequestStatus.IN_REVIEW,
        "first_answer_at": NOW,
        "next_step": "Hör av dig",
        "next_step_on": TODAY + 7 * ONE_DAY,
    } | kwargs
    return make_request(office=office, leader=leader, **fields)


def working(leader: User, office: Office, alias: str = "", **kwargs) -> SupportPeriod:
    """A group that the leader works with, with nothing due."""
    group = make_group(office=office, **({"alias": alias} if alias else {}))
    make_member(group=group)
    return make_period(group=group, leader=leader, **kwargs)


def call_to(contact, **kwargs) -> CallTask:
    return CallTask.objects.create(message=make_message(contact=contact), contact=contact, created_at=NOW, **kwargs)


def handed_over(case: SupportRequest | SupportPeriod, *, by: User, note: str) -> HandOver:
    """The colleague gave it yesterday, with a note."""
    case.handed_over_on = TODAY - ONE_DAY
    case.save(update_fields=["handed_over_on"])
    assert case.office
    return HandOver.objects.create(
        period=case if isinstance(case, SupportPeriod) else None,
        support_request=case if isinstance(case, SupportRequest) else None,
        from_user=by,
        from_office=case.office,
        to_user=case.leader,
        to_office=case.office,
        note=note,
        state=HandOverState.ACCEPTED,
        offered_at=NOW - ONE_DAY,
        answered_at=NOW - ONE_DAY,
        answered_by=case.leader,
    )


def offered(period: SupportPeriod, *, to: User | None, to_office: Office | None = None) -> HandOver:
    return HandOver.objects.create(
        period=period,
        from_user=period.leader,
        from_office=period.office,
        to_user=to,
        to_office=to_office or period.office,
        note="De vill ses på kvällen.",
        offered_at=NOW,
    )


def fill_day(leader: User, office: Office) -> None:
    """One row of every kind there is."""
    colleague = make_staff(office=office)
    offered(working(colleague, office), to=leader)
    make_link(about=make_request(office=office))
    make_organisation_request(office=office)
    meeting = make_meeting(
        support_request=taken(leader, office, status=RequestStatus.MEETING_BOOKED),
        leader=leader,
        starts_at=NOW + timedelta(hours=2),
        ends_at=NOW + timedelta(hours=3),
    )
    MeetingNeed.objects.create(meeting=meeting, need="hearing_loop")
    fill_follow_up(leader, office)
    working(leader, office, opened_at=LONG_AGO, phase=Phase.CHANGE)
    taken(leader, office, waits_for=WaitsFor.GROUP, waits_since=NOW)
    make_slot(support_request=taken(leader, office), leader=leader)
    working(leader, office, waits_for=WaitsFor.DUTY_BEARER, waits_since=NOW)
    working(leader, office, paused_until=TODAY + 30 * ONE_DAY)
    make_request(office=office, leader=colleague, status=RequestStatus.IN_REVIEW, promised_by=TODAY - ONE_DAY)
    taken(leader, office, contact=make_contact(rechecked_on=TODAY - 200 * ONE_DAY))
    old = working(leader, office)
    old.group.members.get().contact.__class__.objects.filter(member__group=old.group).update(suppressed_because="Studs")
    handed_over(taken(leader, office), by=colleague, note="De vill ses på kvällen.")
    given = working(leader, office)
    handed_over(given, by=colleague, note="De vill ses på kvällen.")
    make_log_entry(period=given, kind=LogKind.QUESTION)
    call_to(given.group.members.get().contact)


def fill_follow_up(leader: User, office: Office) -> None:
    """One of each kind that is followed up."""
    taken(leader, office, next_step_on=TODAY)
    working(leader, office, next_step_on=TODAY - ONE_DAY)
    yesterday = {"starts_at": NOW - ONE_DAY, "ends_at": NOW - ONE_DAY + timedelta(hours=1)}
    make_meeting(support_request=taken(leader, office, status=RequestStatus.MEETING_BOOKED), leader=leader, **yesterday)
    make_check_in(period=working(leader, office), state=CheckInState.MISSED, asked_at=LONG_AGO, basket_at=NOW)
    call_to(taken(leader, office, contact=make_contact(channel=Channel.CALL)).contact)
    make_log_entry(support_request=taken(leader, office), kind=LogKind.QUESTION)
    make_log_entry(period=working(leader, office), kind=LogKind.QUESTION)
    make_organisation_request(office=office, leader=leader, once_key=uuid4())
