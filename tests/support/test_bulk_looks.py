"""What is looked at before it is done to many: where meetings go, which times are offered, what a text becomes."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from people.enums import Channel
from people.models import Office, User
from support.models import IntakeMeeting, LogEntry, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    make_contact,
    make_group,
    make_meeting,
    make_member,
    make_period,
    make_request,
)
from tests.support.admin_pages import text_of
from tests.support.bulk_kit import bulk, hidden, press, shown, three_requests

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def three(office: Office) -> list[SupportRequest]:
    return three_requests(office)


@pytest.fixture
def meetings(office: Office, leader: User) -> list[IntakeMeeting]:
    rows = [make_request(office=office, leader=leader, place=f"Gård {number}") for number in range(3)]
    return [
        make_meeting(
            support_request=row,
            leader=leader,
            starts_at=NOW + timedelta(days=7, hours=number),
            ends_at=NOW + timedelta(days=7, hours=number + 1),
        )
        for number, row in enumerate(rows)
    ]


MOVED = {"days": "1", "clock": "", "place_kind": "", "place": ""}


def test_meetings_are_shown_where_they_go_before_they_are_moved(
    as_leader: Client, meetings: list[IntakeMeeting]
) -> None:
    address = bulk(IntakeMeeting, "move", *meetings)

    look = press(as_leader, address, as_leader.get(address), **MOVED)
    before = list(IntakeMeeting.objects.order_by("pk").values_list("starts_at", flat=True))
    done = press(as_leader, address, look, **MOVED)
    after = list(IntakeMeeting.objects.order_by("pk").values_list("starts_at", flat=True))

    assert "Inget är gjort än." in text_of(look)
    assert shown(look, "Det här händer")[-1].endswith("Gård 0 Blir onsdag 9 september klockan 10.00, Biblioteket.")
    assert before == [meeting.starts_at for meeting in meetings]
    assert "3 möten är flyttade." in text_of(done)
    assert after == [meeting.starts_at + timedelta(days=1) for meeting in meetings]


def test_meetings_move_an_hour_without_running_into_one_another(
    as_leader: Client, meetings: list[IntakeMeeting]
) -> None:
    address = bulk(IntakeMeeting, "move", *meetings)
    later = MOVED | {"days": "0", "clock": "13:00"}

    look = press(as_leader, address, as_leader.get(address), **later)

    assert len(shown(look, "Det här händer")) == 1
    assert [one.partition("Något")[1] for one in shown(look, "lämnas som de är")] == ["Något", "Något"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("5", "Den nya tiden är på en söndag, en röd dag, före 8 eller efter 20."),
        ("-30", "Den nya tiden har redan passerat."),
    ],
)
def test_a_meeting_is_never_moved_to_a_bad_hour(
    as_leader: Client, meetings: list[IntakeMeeting], days: str, words: str
) -> None:
    address = bulk(IntakeMeeting, "move", meetings[0])

    look = press(as_leader, address, as_leader.get(address), **MOVED | {"days": days})

    assert words in text_of(look)
    assert "Det finns inget att göra med de här raderna." in text_of(look)


def test_a_meeting_that_changed_after_the_look_is_looked_at_again(
    as_leader: Client, meetings: list[IntakeMeeting]
) -> None:
    address = bulk(IntakeMeeting, "move", meetings[0])
    look = press(as_leader, address, as_leader.get(address), **MOVED)
    IntakeMeeting.objects.filter(pk=meetings[0].pk).update(
        starts_at=NOW + timedelta(days=7, hours=4), ends_at=NOW + timedelta(days=7, hours=5)
    )

    again = press(as_leader, address, look, **MOVED)

    assert "Inget är gjort än." in text_of(again)
    meetings[0].refresh_from_db()
    assert meetings[0].starts_at == NOW + timedelta(days=7, hours=4)


def test_moving_twice_by_the_same_page_moves_once(as_leader: Client, meetings: list[IntakeMeeting]) -> None:
    address = bulk(IntakeMeeting, "move", meetings[0])
    look = press(as_leader, address, as_leader.get(address), **MOVED)

    press(as_leader, address, look, **MOVED)
    again = press(as_leader, address, look, **MOVED)

    assert "1 möte är flyttat." in text_of(again)
    meetings[0].refresh_from_db()
    assert meetings[0].starts_at == NOW + timedelta(days=8)


TIMES = {"day_1": "2026-09-15", "clock_1": "10:00", "minutes": "60", "place_kind": "place", "place": "Biblioteket"}


def test_the_same_times_are_offered_to_several_groups(as_leader: Client, three: list[SupportRequest]) -> None:
    make_meeting(support_request=three[2])
    address = bulk(SupportRequest, "offer", *three)

    look = press(as_leader, address, as_leader.get(address), **TIMES)
    picked = re.findall(r'name="picked" value="([^"]+)"', look.content.decode())
    done = press(as_leader, address, look, **TIMES, picked=picked)

    assert "Inget är gjort än." in text_of(look)
    assert "2 grupper får välja tid. 1 gick inte" in text_of(done)
    assert [row.slots.count() for row in three] == [1, 1, 0]


def test_a_text_to_many_is_seen_in_each_way_it_goes(as_leader: Client, office: Office) -> None:
    ways: list[dict[str, Any]] = [
        {"channel": Channel.EMAIL},
        {"channel": Channel.EMAIL},
        {"channel": Channel.SMS, "phone": "+46701740601"},
        {"channel": Channel.CALL, "phone": "+46701740602"},
        {"channel": Channel.SELF},
        {"channel": Channel.NONE},
    ]
    rows = [make_request(office=office, contact=make_contact(**way)) for way in ways]
    address = bulk(SupportRequest, "write", *rows)

    look = press(as_leader, address, as_leader.get(address), text="Vi ses på torget.")
    nothing_yet = LogEntry.objects.count()
    done = press(as_leader, address, look, text="Vi ses på torget.")

    headings = re.findall(r"<h3>([^<]+)</h3>", look.content.decode())
    assert headings == ["E-post: 2 personer", "Sms: 1 person", "Bara på sidan: 1 person", "Samtal att ringa: 1 person"]
    assert nothing_yet == 0
    assert "Texten står på 5 gruppers sidor. 1 gick inte" in text_of(done)
    assert LogEntry.objects.filter(text="Vi ses på torget.").count() == 5


def test_groups_we_work_with_are_written_to_through_all_who_speak_for_them(as_leader: Client, leader: User) -> None:
    group = make_group(office=leader.roles.get().office, alias="Ljusgruppen")
    make_member(group=group)
    make_member(group=group)
    address = bulk(SupportPeriod, "write", make_period(group=group, leader=leader))

    look = press(as_leader, address, as_leader.get(address), text="Hej alla.")

    assert re.findall(r"<h3>([^<]+)</h3>", look.content.decode()) == ["E-post: 2 personer"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("take", 4), ("write", 4), ("offer", 4)])
def test_the_page_costs_the_same_for_any_number_of_rows(
    as_leader: Client, office: Office, django_assert_num_queries: Any, name: str, queries: int, count: int
) -> None:
    address = bulk(SupportRequest, name, *[make_request(office=office) for _ in range(count)])

    with django_assert_num_queries(queries):
        assert as_leader.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "answers", "queries"), [("move", MOVED, 10), ("write", {"text": "Hej."}, 9)])
def test_the_look_costs_the_same_for_any_number_of_rows(
    as_leader: Client,
    leader: User,
    django_assert_num_queries: Any,
    name: str,
    answers: dict[str, str],
    queries: int,
    count: int,
) -> None:
    office = leader.roles.get().office
    periods = [make_period(group=make_group(office=office), office=office, leader=leader) for _ in range(count)]
    for period in periods:
        make_member(group=period.group)
    at = [NOW + timedelta(days=7, hours=number) for number in range(count)]
    rows = [
        make_meeting(
            support_request=make_request(office=office), leader=leader, starts_at=one, ends_at=one + timedelta(hours=1)
        )
        for one in at
    ]
    model: type[Model] = IntakeMeeting if name == "move" else SupportPeriod
    address = bulk(model, name, *(rows if name == "move" else periods))
    page = as_leader.get(address)

    with django_assert_num_queries(queries):
        as_leader.post(address, {**hidden(page), **answers})
