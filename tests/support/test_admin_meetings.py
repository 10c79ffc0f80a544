"""Times, meetings and interpreters, as a leader plans and writes them down."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils.translation import override

from people.models import Message
from support.enums import AccessNeed, InterpreterState, MeetingState, RequestStatus, SlotState
from support.models import IntakeMeeting, LogEntry, MeetingSlot, SupportRequest
from tests.factories import NOW, TODAY, make_contact, make_link, make_meeting, make_request, make_slot
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

MEETINGS = "/admin/support/intakemeeting/"
PLACE = {"minutes": "60", "place_kind": "place", "place": "Biblioteket"}


@pytest.fixture
def support_request(office, leader) -> SupportRequest:
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        contact=make_contact(languages=["so"], wants_interpreter="yes"),
        access_needs=[AccessNeed.NO_STAIRS, AccessNeed.OTHER],
        access_other="Plats för barnvagn",
    )
    make_link(about=support_request)
    return support_request


@pytest.fixture
def meeting(support_request, leader) -> IntakeMeeting:
    SupportRequest.objects.update(status=RequestStatus.MEETING_BOOKED)
    return make_meeting(support_request=support_request, leader=leader)


def test_several_times_are_offered_in_one_step(as_leader, support_request):
    form = {"day_1": "2026-09-08", "clock_1": "10:00", "clock_2": "14:30", "day_3": "2026-10-26", "clock_3": "9:00"}

    response = as_leader.post(do(support_request, "offer"), PLACE | form, follow=True)

    offered = [(slot.starts_at, slot.ends_at - slot.starts_at) for slot in MeetingSlot.objects.order_by("starts_at")]
    assert offered == [
        (datetime(2026, 9, 8, 8, 0, tzinfo=UTC), timedelta(hours=1)),
        (datetime(2026, 9, 8, 12, 30, tzinfo=UTC), timedelta(hours=1)),
        (datetime(2026, 10, 26, 8, 0, tzinfo=UTC), timedelta(hours=1)),  # winter time by then
    ]
    assert "tisdag 8 september 10.00–11.00" in text_of(response)
    assert Message.objects.count() == 1


def test_planning_shows_what_they_need(as_leader, support_request):
    for command in ("offer", "book"):
        told = text_of(as_leader.get(do(support_request, command)))

        assert "Somaliska, tolk" in told
        assert "Lokal utan trappor" in told
        assert "Plats för barnvagn" in told


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Välj minst en tid"),
        ({"clock_1": "10:00"}, "Välj vilken dag tiden gäller"),
        ({"day_1": "2026-09-08"}, "Välj ett klockslag"),
        ({"day_1": "i morgon", "clock_1": "10:00"}, "Skriv datumet så här: 2026-09-08"),
        ({"day_1": "2026-09-08", "clock_1": "tio"}, "Skriv klockslaget så här: 14:30"),
        ({"day_1": "2026-08-08", "clock_1": "10:00"}, "Tiden har redan passerat."),
        ({"day_1": "2026-09-08", "clock_1": "10:00", "place": ""}, "Skriv var ni ses"),
        ({"place": ""}, "Välj minst en tid"),
    ],
)
def test_what_is_missing_is_said_in_words(as_leader, support_request, form, words):
    response = as_leader.post(do(support_request, "offer"), PLACE | form)

    assert words in text_of(response)
    assert MeetingSlot.objects.count() == 0


def test_a_meeting_by_telephone_needs_no_place(as_leader, support_request):
    form = {"day_1": "2026-09-08", "clock_1": "10:00", "minutes": "30", "place_kind": "phone"}

    as_leader.post(do(support_request, "offer"), form)

    assert MeetingSlot.objects.get().place == ""


def test_an_offered_time_is_taken_back(as_leader, support_request):
    slot = make_slot(support_request=support_request)

    assert "Ta bort tiden" in buttons(as_leader.get(page(support_request)))
    response = as_leader.post(do(slot, "withdraw"), follow=True)

    assert response.request["PATH_INFO"] == page(support_request)
    slot.refresh_from_db()
    assert slot.state == SlotState.WITHDRAWN


def test_a_time_the_group_has_picked_stays(as_leader, support_request):
    slot = make_slot(support_request=support_request, state=SlotState.TAKEN)

    response = as_leader.post(do(slot, "withdraw"), follow=True)

    assert "Gruppen har redan valt tiden." in text_of(response)


def test_a_meeting_is_booked_at_once_and_a_second_one_is_refused(as_leader, support_request):
    form = PLACE | {"day": "2026-09-08", "clock": "17:00"}

    as_leader.post(do(support_request, "book"), form)
    refused = as_leader.post(do(support_request, "book"), form | {"day": "2026-09-09"})

    meeting = IntakeMeeting.objects.get()
    assert meeting.starts_at == datetime(2026, 9, 8, 15, 0, tzinfo=UTC)
    assert meeting.interpreter == InterpreterState.TO_BOOK
    assert "Det finns redan ett bokat möte: tisdag 8 september klockan 17.00." in text_of(refused)


def test_a_meeting_is_moved(as_leader, meeting):
    shown = as_leader.get(do(meeting, "move"))
    as_leader.post(do(meeting, "move"), PLACE | {"day": "2026-09-10", "clock": "10:00", "minutes": "90"})

    assert shown.context["form"].initial["day"] == date(2026, 9, 8)
    assert 'value="10:00"' in shown.content.decode()
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (datetime(2026, 9, 10, 8, 0, tzinfo=UTC), 1)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("who", "state"), [("group", MeetingState.CANCELLED_BY_GROUP), ("us", MeetingState.CANCELLED_BY_US)]
)
def test_a_meeting_is_called_off_by_whom(as_leader, meeting, who, state):
    missing = as_leader.post(do(meeting, "cancel"), {})
    as_leader.post(do(meeting, "cancel"), {"who": who})
    again = as_leader.post(do(meeting, "cancel"), {"who": who}, follow=True)

    assert "Välj vem som ställde in" in text_of(missing)
    meeting.refresh_from_db()
    assert meeting.state == state
    assert "Mötet är inställt." in text_of(again)


def test_a_meeting_is_written_down_afterwards(as_leader, meeting, support_request):
    form = {"state": "held", "shared_notes": "Vi ska mäta värmen.", "internal_note": "Ta med en kollega."}

    early = as_leader.post(do(meeting, "record"), form)
    with time_machine.travel(meeting.ends_at, tick=False):
        as_leader.force_login(meeting.leader)
        as_leader.post(do(meeting, "record"), form)

    assert "Mötet har inte börjat än." in text_of(early)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.shared_notes) == (MeetingState.HELD, "Vi ska mäta värmen.")
    internal = LogEntry.objects.filter(support_request=support_request, is_internal=True)
    assert [entry.text for entry in internal] == ["Ta med en kollega."]


def test_the_interpreter_is_written_down(as_leader, meeting):
    missing = as_leader.post(do(meeting, "interpreter"), {"state": "booked", "language": ""})
    as_leader.post(do(meeting, "interpreter"), {"state": "booked", "language": "somaliska"})

    assert "Skriv vilket språk tolken ska kunna" in text_of(missing)
    assert "somaliska: Bokad" in text_of(as_leader.get(MEETINGS))


def test_todays_meetings_stand_first_and_what_is_past_is_to_be_written_down(as_leader, office, leader):
    hours = {"I morgon": 24, "I dag": 3, "I dag, redan varit": -1}
    for place, hour in hours.items():
        starts_at = NOW + timedelta(hours=hour)
        make_meeting(
            support_request=make_request(office=office),
            leader=leader,
            place=place,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=45),
        )

    with override("sv"):
        response = as_leader.get(MEETINGS)
        to_record = as_leader.get(MEETINGS, {"show": "to_record"})

    assert cells(response, "where") == ["I dag, redan varit", "I dag", "I morgon"]
    assert cells(response, "how") == ["Ska antecknas", "Bokat", "Bokat"]
    assert cells(to_record, "where") == ["I dag, redan varit"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_meetings_costs_the_same(as_leader, office, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        make_meeting(support_request=make_request(office=office), leader=leader)

    with django_assert_num_queries(12):
        as_leader.get(MEETINGS)


@pytest.mark.parametrize("command", ["move", "cancel", "record", "interpreter"])
def test_meetings_of_other_offices_do_not_exist(client, other_office_leader, meeting, command):
    client.force_login(other_office_leader)

    assert client.get(page(meeting)).status_code == 404
    assert client.get(do(meeting, command)).status_code == 404
    assert client.post(do(meeting, command)).status_code == 404


def test_slots_of_other_offices_do_not_exist(client, other_office_leader, support_request):
    client.force_login(other_office_leader)
    slot = make_slot(support_request=support_request)

    assert client.post(do(slot, "withdraw")).status_code == 404
    assert client.get("/admin/support/meetingslot/").status_code == 404
    assert MeetingSlot.objects.get().state == SlotState.OFFERED


def test_the_page_of_a_meeting(as_leader, meeting):
    told = text_of(as_leader.get(page(meeting)))

    assert "Trygg kontakt" in told
    assert "tisdag 8 september 2026 10.00–11.00" in told
    assert "Lokal utan trappor" in told
    assert meeting.starts_at.date() > TODAY
