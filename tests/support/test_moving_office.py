"""A case moves to another office with all that belongs to it, and the old office sees it no more."""

from datetime import timedelta

import pytest

from groups.models import Member
from people.enums import CallOutcome, Channel, MessageState
from people.models import CallTask, Contact, Message, PrivateLink, User
from support.actions import hand_overs, passing_on, periods
from support.enums import Outcome, RequestStatus, SlotState
from support.models import CheckIn, HandOver, IntakeMeeting, LogEntry, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_group,
    make_link,
    make_log_entry,
    make_meeting,
    make_member,
    make_office,
    make_request,
    make_slot,
    make_staff,
)
from tests.support.hand_over_kit import LATER, offered, taken, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving(leader, office, other_office) -> SupportPeriod:
    """A group with a history: a request, an earlier period, a meeting, messages and a call to make."""
    group = make_group(office=office, alias="Värmegruppen")
    contact = make_contact(channel=Channel.CALL)
    support_request = make_request(
        office=office, contact=contact, group=group, status=RequestStatus.ACCEPTED, leader=leader
    )
    make_link(about=support_request, contact=contact)
    make_member(group=group, contact=contact)
    make_meeting(support_request=support_request, leader=leader)
    make_log_entry(support_request=support_request, text="Det första samtalet.")
    first = periods.open_period(group, leader=leader, supports=[], now=NOW - timedelta(days=90))
    periods.close_period(first, outcome=Outcome.PARTLY, what_changed="Mycket.", by=leader, now=NOW)
    period = periods.come_back(first, by=leader, now=NOW)
    message = Message.objects.filter(contact=contact).latest("pk")
    CallTask.objects.create(message=message, contact=contact, office=office, created_at=NOW)
    return period


def seen_by(user: User) -> dict[str, int]:
    """How much of everything someone sees."""
    user = User.objects.get(pk=user.pk)
    models = (SupportRequest, SupportPeriod, LogEntry, IntakeMeeting, CheckIn, Member, Contact, PrivateLink, CallTask)
    return {model.__name__: model._default_manager.visible_to(user).count() for model in models}


def test_all_of_the_group_moves_to_the_other_office_and_the_old_one_sees_nothing(
    moving, leader, other_office, other_office_leader
):
    before = seen_by(leader)
    hand_over = offered(moving, leader, office=other_office)
    assert seen_by(other_office_leader) == dict.fromkeys(before, 0)

    hand_overs.accept_hand_over(hand_over, by=other_office_leader, now=LATER)

    moving.refresh_from_db()
    assert (moving.leader, moving.office, moving.group.office) == (other_office_leader, other_office, other_office)
    assert seen_by(leader) == dict.fromkeys(before, 0)
    assert seen_by(other_office_leader) == before | {"LogEntry": before["LogEntry"] + 1}
    assert [one.leader for one in IntakeMeeting.objects.all()] == [other_office_leader]
    assert set(CallTask.objects.values_list("office", flat=True)) == {other_office.pk}
    waiting = Message.objects.filter(contact__isnull=False, state=MessageState.QUEUED)
    assert set(waiting.values_list("office", flat=True)) == {other_office.pk}


def test_a_third_office_never_sees_the_question(moving, leader, other_office, other_office_leader):
    outsider = make_staff(office=make_office())
    hand_over = offered(moving, leader, office=other_office)

    assert list(HandOver.objects.visible_to(outsider)) == []
    with pytest.raises(passing_on.NotALeaderHere):
        hand_overs.accept_hand_over(hand_over, by=outsider, now=NOW)
    assert [name for _kind, name in told() if name == str(outsider)] == []


def test_a_request_goes_over_with_its_meeting_and_its_offered_times(leader, office, other_office, other_office_leader):
    support_request = taken(leader, office)
    make_meeting(support_request=support_request, leader=leader)
    make_slot(support_request=support_request, leader=leader)
    joined = make_request(office=office, joined_to=support_request)
    hand_over = offered(support_request, leader, other_office_leader, office=other_office)

    hand_overs.accept_hand_over(hand_over, by=other_office_leader, now=LATER)

    support_request.refresh_from_db()
    joined.refresh_from_db()
    assert (support_request.leader, support_request.office, support_request.handed_over_on, joined.office) == (
        other_office_leader,
        other_office,
        TODAY,
        other_office,
    )
    assert support_request.meetings.get().leader == other_office_leader
    assert support_request.slots.get(state=SlotState.OFFERED).leader == other_office_leader
    assert joined.leader == other_office_leader
    assert told()[-3:] == [("request_taken", "Alva"), ("request_taken", "Alva"), ("hand_over_accepted", "Maja Lind")]


def test_a_request_of_the_common_queue_gets_the_office_that_takes_it(leader, other_office, other_office_leader):
    support_request = make_request()
    hand_over = offered(support_request, leader, office=other_office)

    hand_overs.accept_hand_over(hand_over, by=other_office_leader, now=LATER)

    support_request.refresh_from_db()
    assert (support_request.office, support_request.leader, support_request.status) == (
        other_office,
        other_office_leader,
        RequestStatus.IN_REVIEW,
    )


def test_a_call_that_was_made_stays_where_it_was_made(moving, leader, office, other_office, other_office_leader):
    CallTask.objects.update(done_at=NOW, done_by=leader, outcome=CallOutcome.REACHED)

    hand_overs.accept_hand_over(offered(moving, leader, office=other_office), by=other_office_leader, now=LATER)

    assert set(CallTask.objects.values_list("office", flat=True)) == {office.pk}


def test_what_was_said_in_the_common_queue_stays_with_who_asked_and_the_office_that_took_it(
    leader, colleague, other_office, other_office_leader
):
    """While the request is in the queue everyone sees it; afterwards no other office reads on."""
    third = make_staff(office=make_office())
    hand_over = hand_overs.offer_hand_over(make_request(), to_office=other_office, note="Kvällar.", by=leader, now=NOW)
    everyone = (leader, colleague, other_office_leader, third)
    before = [user for user in everyone if HandOver.objects.visible_to(user).exists()]

    hand_overs.accept_hand_over(hand_over, by=other_office_leader, now=LATER)

    assert before == list(everyone)
    assert [user for user in everyone if HandOver.objects.visible_to(user).exists()] == [leader, other_office_leader]
