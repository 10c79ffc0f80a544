"""What lies on someone's table, block by block: what is in it, what is not, and that the counts say the same."""

import pytest

from people.models import User
from support.day import work
from support.day.desk import Desk, desk_of
from support.enums import (
    CheckInState,
    LogKind,
    MeetingState,
    Phase,
    RequestStatus,
    SlotState,
    WaitsFor,
)
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_log_entry,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
    make_slot,
)
from tests.support.day_kit import (
    LONG_AGO,
    MONTH,
    ONE_DAY,
    call_to,
    pks,
    taken,
    working,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk(leader: User) -> Desk:
    return desk_of(leader, NOW)


def test_new_are_those_that_nobody_has_taken_with_the_oldest_promise_first(desk, office, leader):
    later = make_request(office=office, promised_by=TODAY + 3 * ONE_DAY)
    common = make_request(office=None, promised_by=TODAY + 2 * ONE_DAY)
    first = make_request(office=office, promised_by=TODAY)
    make_request(office=office, status=RequestStatus.DRAFT, promised_by=None, received_at=None)
    make_request(office=office, status=RequestStatus.WITHDRAWN)
    make_request(office=office, joined_to=later)
    taken(leader, office)

    assert pks(work.new_requests(desk)) == [first.pk, common.pk, later.pk]


def test_organisations_that_wait_are_new_until_someone_takes_them(desk, office, leader):
    waiting = make_organisation_request(office=office)
    mine = make_organisation_request(office=office, leader=leader)
    make_organisation_request(office=office, status="answered", answered_at=NOW)

    assert pks(work.new_organisations(desk)) == [waiting.pk]
    assert pks(work.organisations_to_answer(desk)) == [mine.pk]


@pytest.mark.parametrize(
    ("starts", "is_today"),
    [
        ("2026-08-31T21:59:59Z", False),
        ("2026-08-31T22:00:00Z", True),
        ("2026-09-01T21:59:59Z", True),
        ("2026-09-01T22:00:00Z", False),
    ],
)
def test_today_is_the_day_in_stockholm(desk, office, leader, starts, is_today):
    starts_at = NOW.fromisoformat(starts)
    meeting = make_meeting(
        support_request=taken(leader, office), leader=leader, starts_at=starts_at, ends_at=starts_at + ONE_DAY
    )

    assert pks(work.meetings_today(desk)) == ([meeting.pk] if is_today else [])


def test_a_meeting_that_was_never_written_down_is_followed_up_from_the_day_after(desk, office, leader, colleague):
    span = {"starts_at": NOW - ONE_DAY, "ends_at": NOW - ONE_DAY / 2}
    forgotten = make_meeting(support_request=taken(leader, office), leader=leader, **span)
    make_meeting(support_request=taken(leader, office), leader=leader, state=MeetingState.HELD, **span)
    make_meeting(support_request=taken(colleague, office), leader=colleague, **span)

    assert pks(work.meetings_to_record(desk)) == [forgotten.pk]


def test_a_next_step_is_followed_up_from_its_day_the_latest_first(desk, office, leader, colleague):
    today = taken(leader, office, next_step_on=TODAY)
    late = taken(leader, office, next_step_on=TODAY - ONE_DAY)
    taken(leader, office, next_step_on=TODAY + ONE_DAY)
    taken(colleague, office, next_step_on=TODAY)
    period = working(leader, office, next_step_on=TODAY)
    working(leader, office, next_step_on=TODAY + ONE_DAY)
    working(leader, office, next_step_on=TODAY, paused_until=TODAY)
    make_period(office=office, leader=leader, phase=Phase.CLOSED, closed_at=NOW, next_step_on=TODAY)

    assert pks(work.requests_to_follow_up(desk)) == [late.pk, today.pk]
    assert pks(work.periods_to_follow_up(desk)) == [period.pk]


def test_the_basket_holds_what_nobody_has_handled(desk, office, leader, colleague):
    in_basket = {"state": CheckInState.MISSED, "asked_at": NOW, "basket_at": NOW}
    mine = make_check_in(period=working(leader, office), **in_basket)
    after = working(leader, office, phase=Phase.SELF_RELIANT, self_reliant_at=NOW)
    cared_for = make_check_in(period=after, **in_basket)
    make_check_in(period=working(leader, office), **in_basket, basket_done_at=NOW)
    make_check_in(period=working(colleague, office), **in_basket)

    assert pks(work.check_ins_in_basket(desk)) == [mine.pk, cared_for.pk]


def test_calls_are_mine_when_the_person_is_in_a_case_of_mine(desk, office, leader, colleague):
    of_request = call_to(taken(leader, office).contact)
    of_member = call_to(working(leader, office).group.members.get().contact)
    of_organisation = call_to(make_organisation_request(office=office, leader=leader).contact)
    call_to(taken(leader, office).contact, done_at=NOW)
    call_to(taken(colleague, office).contact)
    call_to(make_contact())

    found = list(work.calls_to_make(desk))

    assert [call.pk for call in found] == [of_request.pk, of_member.pk, of_organisation.pk]
    assert [call.case_leader for call in found] == [leader.pk] * 3


def test_questions_without_an_answer_wait_also_those_asked_before_the_group_began(desk, office, leader, colleague):
    in_request = make_log_entry(support_request=taken(leader, office), kind=LogKind.QUESTION)
    period = working(leader, office)
    in_period = make_log_entry(period=period, kind=LogKind.QUESTION)
    before = make_request(office=office, status=RequestStatus.ACCEPTED, group=period.group, leader=leader)
    asked_before = make_log_entry(support_request=before, kind=LogKind.QUESTION)
    answer = make_log_entry(period=period, kind=LogKind.ANSWER)
    make_log_entry(period=period, kind=LogKind.QUESTION, answered_by=answer)
    make_log_entry(period=working(colleague, office), kind=LogKind.QUESTION)

    assert pks(work.questions(desk)) == [in_request.pk, in_period.pk, asked_before.pk]


def test_silence_is_counted_from_the_last_thing_heard(desk, office, leader):
    silent = working(leader, office, opened_at=LONG_AGO)
    since_the_call = working(leader, office, opened_at=LONG_AGO)
    make_log_entry(period=since_the_call, kind=LogKind.CALL, at=NOW - MONTH)
    make_log_entry(period=since_the_call, kind=LogKind.NOTE, at=NOW)

    found = [(row.pk, row.silent_since) for row in work.quiet_periods(desk)]

    assert found == [(silent.pk, LONG_AGO), (since_the_call.pk, NOW - MONTH)]


@pytest.mark.parametrize("heard", ["call", "meeting", "question", "answer", "check_in", "message"])
def test_a_talk_this_month_is_no_silence(desk, office, leader, heard):
    make_log_entry(period=working(leader, office, opened_at=LONG_AGO), kind=heard, at=NOW - 29 * ONE_DAY)

    assert pks(work.quiet_periods(desk)) == []


def test_neither_answers_nor_own_work_nor_rest_nor_a_new_group_is_silence(desk, office, leader):
    answered = working(leader, office, opened_at=LONG_AGO)
    make_check_in(period=answered, state=CheckInState.ANSWERED, answered_at=NOW - ONE_DAY)
    working(leader, office, opened_at=LONG_AGO, last_activity_at=NOW - ONE_DAY)
    working(leader, office, opened_at=LONG_AGO, paused_until=TODAY)
    working(leader, office, opened_at=NOW - 29 * ONE_DAY)

    assert pks(work.quiet_periods(desk)) == []


def test_someone_elses_turn_is_what_was_said_or_times_that_nobody_has_picked(desk, office, leader):
    said = taken(leader, office, waits_for=WaitsFor.OTHER, waits_since=NOW)
    slots = make_slot(support_request=taken(leader, office), leader=leader).support_request
    make_slot(support_request=taken(leader, office), leader=leader, state=SlotState.WITHDRAWN)
    gone = {"starts_at": NOW - ONE_DAY, "ends_at": NOW - ONE_DAY / 2}
    make_slot(support_request=taken(leader, office), leader=leader, **gone)
    period = working(leader, office, waits_for=WaitsFor.DUTY_BEARER, waits_since=NOW)
    resting = working(leader, office, waits_for=WaitsFor.GROUP, waits_since=NOW, paused_until=TODAY)

    assert pks(work.waiting_requests(desk)) == [said.pk, slots.pk]
    assert pks(work.waiting_periods(desk)) == [period.pk]
    assert pks(work.resting_periods(desk)) == [resting.pk]


def test_a_rest_that_ended_yesterday_is_no_rest(desk, office, leader):
    working(leader, office, paused_until=TODAY - ONE_DAY)

    assert pks(work.resting_periods(desk)) == []
