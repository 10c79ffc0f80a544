"""What a group needs to be able to come: listed, arranged, changed, and never lost in silence."""

from datetime import date, timedelta

import pytest

from people.models import User
from support.actions import meetings, own_page, requests
from support.actions.meeting_needs import is_still_needed
from support.enums import AccessNeed, MeetingState, NeedState, PlaceKind, RequestStatus
from support.models import IntakeMeeting, MeetingNeed, SupportRequest
from tests.factories import NOW, make_link, make_meeting, make_request
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

IN_A_WEEK = NOW + timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(office, leader) -> IntakeMeeting:
    """Booked with a group that needs a place without stairs, and something in its own words."""
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        access_needs=[AccessNeed.NO_STAIRS, AccessNeed.OTHER],
        access_other="Plats för barnvagn",
    )
    make_link(about=support_request)
    return meetings.book_meeting(
        support_request, starts_at=IN_A_WEEK, ends_at=IN_A_WEEK + HOUR, place_kind=PlaceKind.PLACE,
        place="Biblioteket", by=leader, now=NOW,
    )  # fmt: skip


def needs_of(meeting: IntakeMeeting) -> list[tuple[str, str]]:
    return [(str(need), need.state) for need in meeting.needs.order_by("pk")]


def arrange(meeting: IntakeMeeting, need: AccessNeed, by: User, state: NeedState = NeedState.ARRANGED) -> None:
    meetings.set_need(meeting.needs.get(need=need), state=state, by=by, now=NOW)


def answer(meeting: IntakeMeeting, needs: list[str], other: str = "") -> None:
    values = {"access_needs": needs, "access_other": other}
    requests.save_answers(meeting.support_request, question="behov", values=values, now=NOW)


def move(meeting: IntakeMeeting, by: User, days: int = 0, place: str = "Biblioteket") -> None:
    starts_at = IN_A_WEEK + timedelta(days=days)
    meetings.move_meeting(
        meeting, starts_at=starts_at, ends_at=starts_at + HOUR, place_kind=PlaceKind.PLACE, place=place, by=by, now=NOW
    )


def test_what_the_group_needs_is_to_be_arranged_from_the_start(meeting):
    assert needs_of(meeting) == [
        ("Lokal utan trappor", NeedState.TO_ARRANGE),
        ("Plats för barnvagn", NeedState.TO_ARRANGE),
    ]
    assert meeting.access_notes == ""


def test_a_need_that_comes_later_is_to_be_arranged_and_what_is_arranged_stays(meeting, leader):
    arrange(meeting, AccessNeed.NO_STAIRS, leader)

    answer(meeting, [AccessNeed.NO_STAIRS, AccessNeed.CHILDREN, AccessNeed.OTHER], "Plats för barnvagn")

    assert needs_of(meeting) == [
        ("Lokal utan trappor", NeedState.ARRANGED),
        ("Plats för barnvagn", NeedState.TO_ARRANGE),
        ("Barn följer med", NeedState.TO_ARRANGE),
    ]


def test_a_need_with_other_words_is_arranged_anew(meeting, leader):
    arrange(meeting, AccessNeed.OTHER, leader)

    answer(meeting, [AccessNeed.NO_STAIRS, AccessNeed.OTHER], "Plats för två barnvagnar")

    assert needs_of(meeting)[1] == ("Plats för två barnvagnar", NeedState.TO_ARRANGE)


def test_what_nobody_needs_any_more_goes_but_what_is_arranged_is_told_to_be_over(as_leader, meeting, leader):
    arrange(meeting, AccessNeed.NO_STAIRS, leader)

    answer(meeting, [])

    assert needs_of(meeting) == [("Lokal utan trappor", NeedState.ARRANGED)]
    assert not is_still_needed(MeetingNeed.objects.get())
    told = text_of(as_leader.get(page(meeting)))
    assert "Lokal utan trappor Behövs inte längre (Ordnat)" in told
    assert "Det gick inte" not in told


def test_answers_changed_without_a_booked_meeting_list_nothing(office):
    support_request = make_request(office=office, status=RequestStatus.IN_REVIEW)
    meeting = make_meeting(support_request=support_request, state=MeetingState.HELD)

    answer(meeting, [AccessNeed.CALM])

    assert MeetingNeed.objects.count() == 0


def test_what_was_arranged_for_another_time_or_place_is_arranged_anew(meeting, leader):
    arrange(meeting, AccessNeed.NO_STAIRS, leader)
    arrange(meeting, AccessNeed.OTHER, leader, NeedState.MISSING)

    move(meeting, leader, place="Folkets hus")

    assert [state for _need, state in needs_of(meeting)] == [NeedState.TO_ARRANGE, NeedState.MISSING]


def test_a_need_is_set_with_one_press_on_the_page_of_the_meeting(as_leader, meeting):
    need = meeting.needs.get(need=AccessNeed.NO_STAIRS)

    before = buttons(as_leader.get(page(meeting)))
    response = as_leader.post(do(need, "arranged"), follow=True)

    assert before[-4:] == ["Det är ordnat", "Det gick inte"] * 2
    assert response.request["PATH_INFO"] == page(meeting)
    assert "Lokal utan trappor Ordnat" in text_of(response)
    need.refresh_from_db()
    assert need.state == NeedState.ARRANGED


@pytest.mark.parametrize(
    ("command", "state"), [("missing", NeedState.MISSING), ("to-arrange", NeedState.TO_ARRANGE)]
)  # fmt: skip
def test_a_need_that_cannot_be_met_or_is_open_again_is_said(as_leader, meeting, leader, command, state):
    arrange(meeting, AccessNeed.NO_STAIRS, leader)

    as_leader.post(do(meeting.needs.get(need=AccessNeed.NO_STAIRS), command))

    assert meeting.needs.get(need=AccessNeed.NO_STAIRS).state == state


def test_the_needs_of_a_meeting_that_is_over_stay_as_they_are(as_leader, meeting, leader):
    need = meeting.needs.get(need=AccessNeed.NO_STAIRS)
    meetings.cancel_meeting(meeting, by_group=False, by=leader, now=NOW)

    with pytest.raises(meetings.MeetingOver):
        meetings.set_need(need, state=NeedState.ARRANGED, by=leader, now=NOW)
    response = as_leader.post(do(need, "arranged"), follow=True)

    assert "Mötet är redan avslutat eller inställt." in text_of(response)


def test_needs_of_other_offices_do_not_exist(client, other_office_leader, meeting):
    client.force_login(other_office_leader)
    need = meeting.needs.get(need=AccessNeed.NO_STAIRS)

    assert [client.post(do(need, name)).status_code for name in ("arranged", "missing")] == [404, 404]
    assert client.get("/admin/support/meetingneed/").status_code == 404
    client.logout()
    assert client.post(do(need, "arranged"))["Location"].startswith("/admin/login/")
    need.refresh_from_db()
    assert need.state == NeedState.TO_ARRANGE


def test_the_list_tells_what_is_still_to_arrange(as_leader, meeting, leader):
    arrange(meeting, AccessNeed.NO_STAIRS, leader)

    assert cells(as_leader.get("/admin/support/intakemeeting/"), "to_arrange") == ["Plats för barnvagn"]


def test_a_meeting_from_before_shows_what_was_noted_then_and_what_they_need(as_leader, office, leader):
    support_request = make_request(office=office, access_needs=[AccessNeed.HEARING_LOOP])
    meeting = make_meeting(support_request=support_request, leader=leader, access_notes="Ramp vid dörren")

    told = text_of(as_leader.get(page(meeting)))

    assert "Att ordna Ramp vid dörren" in told
    assert "Hörslinga Ska ordnas" in told
    assert cells(as_leader.get("/admin/support/intakemeeting/"), "to_arrange") == ["Hörslinga"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_meeting_costs_the_same(as_leader, office, leader, count, django_assert_num_queries):
    meeting = make_meeting(support_request=make_request(office=office), leader=leader)
    for need in list(AccessNeed)[:count]:
        MeetingNeed.objects.create(meeting=meeting, need=need)

    with django_assert_num_queries(5):
        as_leader.get(page(meeting))


def test_when_all_is_taken_away_the_needs_go_too(meeting):
    own_page.delete_request(meeting.support_request, now=NOW)

    assert MeetingNeed.objects.count() == 0


def test_the_next_step_follows_the_meeting(meeting, leader):
    move(meeting, leader, days=2)

    support_request = SupportRequest.objects.get(pk=meeting.support_request_id)
    assert (support_request.next_step, support_request.next_step_on) == ("Vi ses för första gången", date(2026, 9, 10))


def test_a_step_that_the_leader_has_set_stays_when_the_meeting_is_moved(meeting, leader):
    SupportRequest.objects.update(next_step="Ring Dina", next_step_on=date(2026, 9, 3))

    move(meeting, leader, days=2)

    support_request = SupportRequest.objects.get(pk=meeting.support_request_id)
    assert (support_request.next_step, support_request.next_step_on) == ("Ring Dina", date(2026, 9, 3))


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (MeetingState.CANCELLED_BY_GROUP, "Hitta en ny tid med gruppen"),
        (MeetingState.NOBODY_CAME, "Hitta en ny tid med gruppen"),
        (MeetingState.HELD, "Bestäm med gruppen hur ni går vidare"),
    ],
)
def test_after_a_meeting_there_is_something_to_do_within_two_working_days(meeting, leader, state, step):
    friday = IN_A_WEEK + timedelta(days=3, hours=2)
    if state == MeetingState.CANCELLED_BY_GROUP:
        meetings.cancel_meeting(meeting, by_group=True, now=friday)
    else:
        meetings.record_meeting(meeting, state=state, shared_notes="", internal_note="", by=leader, now=friday)

    support_request = SupportRequest.objects.get(pk=meeting.support_request_id)
    assert (support_request.next_step, support_request.next_step_on) == (step, date(2026, 9, 15))
