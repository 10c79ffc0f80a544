from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from people.models import Message, User
from support.actions import meetings, slots
from support.actions.requests import RequestClosed
from support.enums import PlaceKind, RequestStatus, SlotState
from support.models import IntakeMeeting, MeetingSlot, SupportRequest
from tests.factories import NOW, make_link, make_request, make_slot, make_staff

pytestmark = pytest.mark.django_db

IN_A_WEEK = NOW + timedelta(days=7)
HOUR = timedelta(hours=1)


def kinds_sent() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def offer(support_request: SupportRequest, by: User, *starts: datetime) -> list[MeetingSlot]:
    return slots.offer_slots(
        support_request,
        times=[(start, start + HOUR) for start in starts],
        place_kind=PlaceKind.PLACE,
        place="Biblioteket",
        by=by,
        now=NOW,
    )


def test_offered_times_are_told_in_one_message_that_names_none_of_them(leader: User) -> None:
    support_request = make_request(leader=leader, status=RequestStatus.IN_REVIEW)
    make_link(about=support_request)

    offered = offer(support_request, leader, IN_A_WEEK, IN_A_WEEK + HOUR)
    again = offer(support_request, leader, IN_A_WEEK)

    assert (len(offered), again) == (2, [])
    assert kinds_sent() == ["support.slots_offered"]
    message = Message.objects.get()
    assert "Biblioteket" not in message.text
    assert message.link.endswith("/moten/")


def test_a_time_that_has_passed_is_not_offered(leader: User) -> None:
    with pytest.raises(meetings.MeetingInThePast):
        offer(make_request(), leader, NOW - HOUR)


def test_the_group_picks_a_time_and_the_others_are_withdrawn(leader: User) -> None:
    support_request = make_request(leader=leader, status=RequestStatus.IN_REVIEW)
    first, second = offer(support_request, leader, IN_A_WEEK, IN_A_WEEK + HOUR)

    meeting = slots.take_slot(second, now=NOW)
    again = slots.take_slot(second, now=NOW)

    support_request.refresh_from_db()
    first.refresh_from_db()
    assert again == meeting
    assert (meeting.starts_at, meeting.leader, meeting.place) == (IN_A_WEEK + HOUR, leader, "Biblioteket")
    assert support_request.status == RequestStatus.MEETING_BOOKED
    assert first.state == SlotState.WITHDRAWN
    assert kinds_sent() == [
        "support.slots_offered",
        "support.meeting_booked",
        "support.meeting_reminder",
        "support.meeting_reminder",
        "support.slot_taken",
    ]


def test_who_was_offered_times_may_pick_one_also_when_the_request_is_joined_since(leader: User) -> None:
    main = make_request(leader=leader, status=RequestStatus.IN_REVIEW)
    joined = make_request(leader=leader, status=RequestStatus.IN_REVIEW, office=main.office, joined_to=main)
    slot = make_slot(support_request=joined)

    meeting = slots.take_slot(slot, now=NOW)

    joined.refresh_from_db()
    assert (meeting.support_request, joined.status, joined.joined_to) == (joined, RequestStatus.MEETING_BOOKED, main)


def test_a_time_of_a_request_that_is_decided_cannot_be_picked() -> None:
    slot = make_slot(support_request=make_request(status=RequestStatus.DECLINED, decided_at=NOW))

    with pytest.raises(RequestClosed):
        slots.take_slot(slot, now=NOW)


def test_a_withdrawn_time_cannot_be_picked(leader: User) -> None:
    slot = make_slot()
    slots.withdraw_slot(slot, by=leader, now=NOW)

    with pytest.raises(slots.SlotGone):
        slots.take_slot(slot, now=NOW)


def test_a_time_that_has_passed_cannot_be_picked() -> None:
    slot = make_slot(starts_at=NOW, ends_at=NOW + HOUR)

    with pytest.raises(slots.SlotGone):
        slots.take_slot(slot, now=NOW)


def test_a_picked_time_is_not_withdrawn(leader: User) -> None:
    slot = make_slot()
    slots.take_slot(slot, now=NOW)

    with pytest.raises(slots.SlotGone):
        slots.withdraw_slot(slot, by=leader, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_pick_at_once_the_first_ones_time_holds() -> None:
    support_request = make_request(leader=make_staff(), status=RequestStatus.IN_REVIEW)
    offered = [
        make_slot(support_request=support_request),
        make_slot(support_request=support_request, starts_at=IN_A_WEEK + HOUR, ends_at=IN_A_WEEK + 2 * HOUR),
    ]
    barrier = Barrier(2)
    results: list[IntakeMeeting | str] = []

    def take(pk: int) -> None:
        slot = MeetingSlot.objects.get(pk=pk)
        barrier.wait()
        try:
            results.append(slots.take_slot(slot, now=NOW))
        except (slots.SlotGone, meetings.AlreadyBooked) as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(slot.pk,)) for slot in offered]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    booked = IntakeMeeting.objects.get()
    assert booked in results
    assert "AlreadyBooked" in results
    assert Message.objects.filter(kind="support.meeting_booked").count() == 1
