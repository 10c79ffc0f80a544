"""Many times at once, shown before they are offered, and the same times for many groups."""

from datetime import UTC, datetime

import pytest

from people.models import Message
from support.actions import leader_time, slots
from support.enums import RequestStatus
from support.models import MeetingSlot, SupportRequest
from tests.factories import NOW, make_meeting, make_request, make_slot
from tests.support.admin_pages import do, text_of
from tests.support.times_kit import HOUR, PLACE, TUESDAY_AT_TEN, offer, states, taken_by

pytestmark = [pytest.mark.django_db]

PATTERN = {"weekdays": ["1", "3"], "clocks": "10.00 och 14:30", "from_day": "2026-09-07", "until_day": "2026-09-20"}


@pytest.fixture
def support_request(office, leader, at_now) -> SupportRequest:
    return taken_by(leader, office=office)


def ticked(response) -> list[tuple[str, str, list[str]]]:
    """Each time in the preview: the name of its box, the words, what is in the way."""
    return [
        ("anyway" if one.in_the_way else "picked", one.words, one.in_the_way)
        for one in response.context["preview"]["times"]
    ]


def test_a_pattern_is_shown_before_anything_is_offered(as_leader, support_request):
    response = as_leader.post(do(support_request, "offer"), PLACE | PATTERN)

    assert [words for _name, words, _way in ticked(response)] == [
        "tisdag 8 september klockan 10.00–11.00",
        "tisdag 8 september klockan 14.30–15.30",
        "torsdag 10 september klockan 10.00–11.00",
        "torsdag 10 september klockan 14.30–15.30",
        "tisdag 15 september klockan 10.00–11.00",
        "tisdag 15 september klockan 14.30–15.30",
        "torsdag 17 september klockan 10.00–11.00",
        "torsdag 17 september klockan 14.30–15.30",
    ]
    assert "Inget är skickat än." in text_of(response)
    assert MeetingSlot.objects.count() == 0


def test_what_is_ticked_is_offered_in_one_message(as_leader, support_request):
    shown = as_leader.post(do(support_request, "offer"), PLACE | PATTERN).context["preview"]
    picked = [time.key for time in shown["times"][1:3]]

    as_leader.post(do(support_request, "offer"), PLACE | PATTERN | {"looked": shown["looked"], "picked": picked})

    assert list(MeetingSlot.objects.order_by("starts_at").values_list("starts_at", flat=True)) == [
        datetime(2026, 9, 8, 12, 30, tzinfo=UTC),
        datetime(2026, 9, 10, 8, 0, tzinfo=UTC),
    ]
    assert [message.kind for message in Message.objects.all()] == ["support.slots_offered"]


def test_what_is_in_the_way_is_told_and_not_ticked(as_leader, support_request, leader, office):
    make_meeting(support_request=make_request(office=office), leader=leader, starts_at=TUESDAY_AT_TEN + HOUR / 2,
                 ends_at=TUESDAY_AT_TEN + 2 * HOUR)  # fmt: skip
    other = datetime(2026, 10, 25, 9, 0, tzinfo=UTC)
    make_slot(support_request=taken_by(leader), leader=leader, starts_at=other, ends_at=other + HOUR)
    form = PLACE | {
        "day_1": "2026-09-08", "clock_1": "10:00", "clock_2": "13:00",
        "day_3": "2026-10-25", "clock_3": "10:00", "day_4": "2026-12-24", "clock_4": "20:30",
    }  # fmt: skip

    response = as_leader.post(do(support_request, "offer"), form)

    assert [(name, in_the_way) for name, _words, in_the_way in ticked(response)] == [
        ("anyway", ["Du har ett möte 10.30–12.00"]),
        ("picked", []),
        ("anyway", ["Du har erbjudit en annan grupp 10.00–11.00", "Söndag"]),
        ("anyway", ["Röd dag eller afton"]),
    ]
    assert response.content.decode().count("checked") == 2  # the free time, and how they meet
    assert MeetingSlot.objects.filter(support_request=support_request).count() == 0


def test_a_time_in_the_way_is_offered_when_the_leader_wants_it(as_leader, support_request, leader, office):
    make_meeting(support_request=make_request(office=office), leader=leader)
    form = PLACE | {"day_1": "2026-09-08", "clock_1": "10:00"}
    shown = as_leader.post(do(support_request, "offer"), form).context["preview"]

    as_leader.post(do(support_request, "offer"), form | {"looked": shown["looked"], "anyway": shown["times"][0].key})

    assert MeetingSlot.objects.get().starts_at == TUESDAY_AT_TEN


def test_what_has_come_in_the_way_since_is_shown_once_more(as_leader, support_request, leader, office):
    form = PLACE | PATTERN
    shown = as_leader.post(do(support_request, "offer"), form).context["preview"]
    make_meeting(support_request=make_request(office=office), leader=leader)

    answer = form | {"looked": shown["looked"], "picked": [time.key for time in shown["times"]]}
    response = as_leader.post(do(support_request, "offer"), answer)

    assert ticked(response)[0] == (
        "anyway", "tisdag 8 september klockan 10.00–11.00", ["Du har ett möte 10.00–11.00"]
    )  # fmt: skip
    assert MeetingSlot.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"clocks": ""}, "Skriv minst ett klockslag"),
        ({"clocks": "tio"}, "Skriv klockslagen så här: 10.00 och 14.30"),
        ({"clocks": "25.00"}, "Skriv klockslagen så här: 10.00 och 14.30"),
        ({"weekdays": []}, "Välj minst en veckodag"),
        ({"weekdays": ["9"]}, "Välj ett av svaren i listan"),
        ({"until_day": ""}, "Välj till och med vilken dag"),
        ({"until_day": "2026-09-01"}, "Välj en dag som kommer efter den första"),
        ({"until_day": "2029-09-01"}, "högst ett år bort"),
        ({"until_day": "2026-12-20"}, "Det blir 60 tider. Välj färre dagar eller klockslag: högst 30 på en gång."),
        ({"from_day": "2026-09-09", "until_day": "2026-09-09"}, "Ingen av veckodagarna finns mellan de dagarna."),
        ({"looked": "x"}, "Välj minst en tid"),
    ],
)
def test_what_is_missing_in_a_pattern_is_said_in_words(as_leader, support_request, changed, words):
    response = as_leader.post(do(support_request, "offer"), PLACE | PATTERN | changed)

    assert words in text_of(response)
    assert MeetingSlot.objects.count() == 0


def test_times_of_a_pattern_that_have_passed_are_left_out(as_leader, support_request):
    pattern = {"weekdays": ["1"], "clocks": "9, 11", "until_day": "2026-09-01"}

    response = as_leader.post(do(support_request, "offer"), PLACE | pattern)

    assert [words for _name, words, _way in ticked(response)] == ["tisdag 1 september klockan 11.00–12.00"]


def test_the_same_times_go_to_many_and_those_who_have_a_meeting_are_left_out(leader):
    first, second, booked = taken_by(leader), taken_by(leader), taken_by(leader)
    make_meeting(support_request=booked, starts_at=NOW + 5 * HOUR, ends_at=NOW + 6 * HOUR)
    closed = make_request(status=RequestStatus.DECLINED)

    offered = offer([booked, second, first, closed], leader, TUESDAY_AT_TEN, TUESDAY_AT_TEN + HOUR)

    assert [slot.support_request for slot in offered.slots] == [first, first, second, second]
    assert [(one, type(why).__name__) for one, why in offered.left_out] == [
        (booked, "AlreadyBooked"), (closed, "RequestClosed")
    ]  # fmt: skip
    assert [message.kind for message in Message.objects.all()] == ["support.slots_offered"] * 2


def test_a_time_when_the_leader_has_a_meeting_is_not_offered_unseen(leader):
    support_request = taken_by(leader)
    make_meeting(leader=leader, starts_at=TUESDAY_AT_TEN, ends_at=TUESDAY_AT_TEN + HOUR)

    with pytest.raises(leader_time.LeaderBusy):
        offer([support_request], leader, TUESDAY_AT_TEN + HOUR / 2)

    assert states(support_request) == []
    offer([support_request], leader, TUESDAY_AT_TEN + HOUR)  # begins as the other ends
    offer([support_request], leader, TUESDAY_AT_TEN, despite=[TUESDAY_AT_TEN])
    assert states(support_request) == ["offered", "offered"]


def test_more_than_thirty_times_are_too_many(leader):
    with pytest.raises(slots.TooManyTimes):
        offer([taken_by(leader)], leader, *(TUESDAY_AT_TEN + number * HOUR for number in range(31)))
