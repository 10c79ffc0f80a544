"""No hour of a leader is promised to two groups unseen."""

from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from people.models import Message, User
from support.actions import handling, leader_time, meetings, slots
from support.enums import PlaceKind, RequestStatus, SlotState
from support.models import IntakeMeeting, LogEntry, MeetingSlot, SupportRequest
from tests.factories import NOW, make_meeting, make_request, make_staff
from tests.support.admin_pages import do, text_of
from tests.support.times_kit import HOUR, PLACE, TUESDAY_AT_TEN, offer, states, taken_by

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def support_request(office, leader, at_now) -> SupportRequest:
    return taken_by(leader, office=office)


def test_a_request_that_a_colleague_takes_at_the_same_moment_is_not_booked_in_their_time(office, leader, colleague):
    seen_before = make_request(office=office)
    handling.take_request(SupportRequest.objects.get(pk=seen_before.pk), by=colleague, now=NOW)

    with pytest.raises(handling.AlreadyTaken) as refusal:
        meetings.book_meeting(
            seen_before,
            starts_at=TUESDAY_AT_TEN,
            ends_at=TUESDAY_AT_TEN + HOUR,
            place_kind=PlaceKind.PHONE,
            place="",
            by=leader,
            now=NOW,
        )

    assert (refusal.value.leader, IntakeMeeting.objects.count()) == (colleague, 0)


def test_a_time_that_one_group_takes_is_gone_for_the_others(leader, colleague):
    first, second, third = taken_by(leader), taken_by(leader), taken_by(colleague)
    offer([first, second], leader, TUESDAY_AT_TEN, TUESDAY_AT_TEN + 4 * HOUR)
    offer([second], leader, TUESDAY_AT_TEN + HOUR / 2)
    offer([third], colleague, TUESDAY_AT_TEN)

    slots.take_slot(first.slots.earliest("starts_at"), now=NOW)

    assert states(second) == [SlotState.WITHDRAWN, SlotState.WITHDRAWN, SlotState.OFFERED]
    assert states(third) == [SlotState.OFFERED]
    assert Message.objects.filter(kind="support.slots_gone").count() == 0


def test_a_group_whose_last_time_is_gone_hears_of_it_and_so_does_its_leader(leader):
    first, second = taken_by(leader), taken_by(leader)
    SupportRequest.objects.filter(pk=second.pk).update(next_step="Vänta", waits_for="group", waits_since=NOW)
    offer([first, second], leader, TUESDAY_AT_TEN)

    slots.take_slot(first.slots.get(), now=NOW)

    second.refresh_from_db()
    assert (second.next_step, second.next_step_on, second.waits_for) == ("Föreslå nya tider", date(2026, 9, 2), "")
    sent = list(Message.objects.filter(contact=second.contact).order_by("pk").values_list("kind", "state"))
    assert sent == [("support.slots_offered", "withheld"), ("support.slots_gone", "queued")]
    log = LogEntry.objects.filter(support_request=second).values_list("text", "is_internal").order_by("pk").last()
    assert log == ("Tiderna vi föreslog hann bli upptagna. Vi föreslår nya.", False)


@pytest.mark.parametrize("is_double", [True, False])
def test_a_leader_whose_time_was_taken_twice_is_told_at_once(leader, colleague, is_double):
    """The case was given to a colleague who has a meeting then, after the time was offered."""
    support_request = taken_by(leader)
    offer([support_request], leader, TUESDAY_AT_TEN)
    start = TUESDAY_AT_TEN + (HOUR / 2 if is_double else HOUR)
    make_meeting(leader=colleague, starts_at=start, ends_at=start + HOUR)
    MeetingSlot.objects.update(leader=colleague)

    slots.take_slot(support_request.slots.get(), now=NOW)

    told = Message.objects.get(kind="support.slot_taken").text
    assert ("Du har redan ett annat möte då." in told) is is_double


def test_booking_by_telephone_takes_the_time_from_those_who_are_offered_it(leader):
    first, second = taken_by(leader), taken_by(leader)
    offer([second], leader, TUESDAY_AT_TEN)

    with pytest.raises(leader_time.LeaderBusy):
        book(first, leader, TUESDAY_AT_TEN)
    book(first, leader, TUESDAY_AT_TEN, even_if_busy=True)

    assert states(second) == [SlotState.WITHDRAWN]


def book(support_request: SupportRequest, by: User, starts_at: datetime, **kwargs) -> IntakeMeeting:
    return meetings.book_meeting(
        support_request, starts_at=starts_at, ends_at=starts_at + HOUR, place_kind=PlaceKind.PHONE, place="", by=by,
        now=NOW, **kwargs,
    )  # fmt: skip


def test_booking_on_top_of_a_meeting_is_warned_of_and_done_when_the_leader_insists(as_leader, support_request, leader):
    make_meeting(leader=leader)
    form = PLACE | {"day": "2026-09-08", "clock": "10:30"}

    warned = as_leader.post(do(support_request, "book"), form)
    other_time = as_leader.post(
        do(support_request, "book"), form | {"clock": "09:30", "anyway": warned.context["preview"]["anyway"]}
    )

    assert "Maja Lind har redan något då: Ett bokat möte tisdag 8 september 10.00–11.00." in text_of(warned)
    assert "Maja Lind har redan något då" in text_of(other_time)
    assert support_request.meetings.count() == 0

    as_leader.post(do(support_request, "book"), form | {"anyway": warned.context["preview"]["anyway"]})

    assert support_request.meetings.get().starts_at == TUESDAY_AT_TEN + HOUR / 2


def test_moving_on_top_of_a_meeting_is_warned_of_and_its_own_time_is_not_in_the_way(as_leader, support_request, leader):
    SupportRequest.objects.filter(pk=support_request.pk).update(status=RequestStatus.MEETING_BOOKED)
    meeting = make_meeting(support_request=support_request, leader=leader)
    make_meeting(leader=leader, starts_at=TUESDAY_AT_TEN + 3 * HOUR, ends_at=TUESDAY_AT_TEN + 4 * HOUR)

    warned = as_leader.post(do(meeting, "move"), PLACE | {"day": "2026-09-08", "clock": "12:30"})
    as_leader.post(do(meeting, "move"), PLACE | {"day": "2026-09-08", "clock": "10:30"})

    assert "Boka ändå" in text_of(warned)
    meeting.refresh_from_db()
    assert meeting.starts_at == TUESDAY_AT_TEN + HOUR / 2


def test_a_warning_tells_nothing_of_a_case_of_another_office(as_leader, support_request, leader, other_office):
    theirs = make_request(office=other_office, place="Hemliga byn")
    make_meeting(support_request=theirs, leader=leader, place="Hemliga huset")

    warned = as_leader.post(do(support_request, "book"), PLACE | {"day": "2026-09-08", "clock": "10:00"})

    told = text_of(warned)
    assert "har redan något då" in told
    assert [word for word in ("Hemliga", f"#{theirs.pk}") if word in told] == []


def side_by_side(*works) -> list[str]:
    """Does all of it at once, each in a connection of its own, and tells how each went."""
    barrier, results = Barrier(len(works)), ["" for _work in works]

    def run(number: int) -> None:
        barrier.wait()
        try:
            works[number]()
        except Exception as refusal:  # the test looks at which
            results[number] = type(refusal).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_groups_that_pick_the_same_hour_at_once_one_gets_it():
    leader = make_staff()
    requests = [taken_by(leader) for _each in range(4)]
    offer(requests, leader, TUESDAY_AT_TEN)
    offer(requests, leader, TUESDAY_AT_TEN + HOUR / 2)
    ids = [request.slots.order_by("starts_at")[number % 2].pk for number, request in enumerate(requests)]

    def take(pk: int):
        return lambda: slots.take_slot(MeetingSlot.objects.get(pk=pk), now=NOW)

    results = side_by_side(*map(take, ids))

    assert sorted(results) == ["", "SlotGone", "SlotGone", "SlotGone"]
    assert IntakeMeeting.objects.booked().count() == 1
    assert MeetingSlot.objects.filter(state=SlotState.OFFERED).count() == 0
    assert Message.objects.filter(kind="support.slots_gone").count() == 3


@pytest.mark.django_db(transaction=True)
def test_picking_booking_and_offering_at_once_never_meets_in_a_circle():
    """Whoever comes first, nobody waits for ever, and the leader is not booked twice."""
    leader = make_staff()
    first, second, third = (taken_by(leader) for _each in range(3))
    offer([first, second], leader, TUESDAY_AT_TEN)
    slot_id = second.slots.get().pk

    results = side_by_side(
        lambda: slots.take_slot(MeetingSlot.objects.get(pk=slot_id), now=NOW),
        lambda: book(SupportRequest.objects.get(pk=first.pk), leader, TUESDAY_AT_TEN),
        lambda: offer([SupportRequest.objects.get(pk=third.pk)], leader, TUESDAY_AT_TEN),
    )

    assert set(results) <= {"", "LeaderBusy", "SlotGone"}
    assert IntakeMeeting.objects.booked().count() == 1
