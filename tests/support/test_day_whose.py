"""Whose work lies on whose table: managers, hand-overs, cover, other offices; and that the counts are true."""

from datetime import date

import pytest

from people.enums import Channel, Role
from people.models import StaffRole, User
from support.day import work
from support.day.counts import counts_of
from support.day.desk import Desk, desk_of, fresh
from support.enums import (
    CheckInState,
    HandOverState,
    LogKind,
    RequestStatus,
)
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_log_entry,
    make_member,
    make_request,
    make_staff,
)
from tests.support.day_kit import (
    LONG_AGO,
    ONE_DAY,
    call_to,
    cover,
    fill_day,
    fill_follow_up,
    handed_over,
    offered,
    pks,
    taken,
    working,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def desk(leader: User) -> Desk:
    return desk_of(leader, NOW)


def test_promises_are_watched_by_those_who_answer_for_the_office(desk, office, other_office, leader, office_manager):
    late = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW, promised_by=TODAY - ONE_DAY)
    today = make_request(office=office, promised_by=TODAY)
    make_request(office=office, promised_by=TODAY + ONE_DAY)
    make_request(office=office, promised_by=TODAY, first_answer_at=NOW)
    elsewhere = make_request(office=other_office, promised_by=TODAY)
    programme_manager = make_staff(Role.PROGRAMME_MANAGER)

    assert pks(work.promises_at_risk(desk)) == []
    assert pks(work.promises_at_risk(desk_of(office_manager, NOW))) == [late.pk, today.pk]
    assert pks(work.promises_at_risk(desk_of(programme_manager, NOW))) == [late.pk, today.pk, elsewhere.pk]


def test_contact_ways_are_checked_again_after_ninety_days(desk, office, leader, colleague):
    def known(days: int, **kwargs):
        return make_contact(rechecked_on=TODAY - days * ONE_DAY, **kwargs)

    old = taken(leader, office, contact=known(91)).contact
    taken(leader, office, contact=known(90))
    taken(leader, office, contact=known(400, channel=Channel.SELF))
    taken(leader, office, contact=known(400, erased_at=NOW))
    taken(colleague, office, contact=known(400))
    stopped = taken(leader, office, contact=known(1, suppressed_because="Studs")).contact
    period = working(leader, office)
    member = make_member(group=period.group, contact=known(200)).contact
    make_member(group=period.group, contact=known(300), left_at=NOW)

    assert pks(work.unsafe_contacts(desk)) == [member.pk, old.pk, stopped.pk]


def test_seven_days_after_a_hand_over_a_case_stands_among_the_new_alone(desk, office, leader, colleague):
    new = working(leader, office, opened_at=LONG_AGO, next_step_on=TODAY)
    handed_over(new, by=colleague, note="De vill ses på kvällen.")
    make_check_in(period=new, state=CheckInState.MISSED, basket_at=NOW)
    question = make_log_entry(period=new, kind=LogKind.QUESTION)
    question.at = LONG_AGO
    question.save()
    call = call_to(new.group.members.get().contact)
    known = working(leader, office, opened_at=LONG_AGO, next_step_on=TODAY, handed_over_on=TODAY - 7 * ONE_DAY)

    assert [(row.pk, row.note) for row in work.new_here_periods(desk)] == [(new.pk, "De vill ses på kvällen.")]
    assert pks(work.periods_to_follow_up(desk)) == [known.pk]
    assert pks(work.quiet_periods(desk)) == [known.pk]
    assert pks(work.check_ins_in_basket(desk)) == []
    assert (pks(work.questions(desk)), pks(work.questions(desk, fresh))) == ([], [question.pk])
    assert (pks(work.calls_to_make(desk)), pks(work.calls_to_make(desk, fresh))) == ([], [call.pk])


def test_a_request_that_was_handed_over_has_its_peace_too(desk, office, leader, colleague):
    new = taken(leader, office, next_step_on=TODAY)
    handed_over(new, by=colleague, note="Ring efter fem.")

    assert [(row.pk, row.note) for row in work.new_here_requests(desk)] == [(new.pk, "Ring efter fem.")]
    assert pks(work.requests_to_follow_up(desk)) == []


def test_hand_overs_that_wait_are_those_to_me_or_to_anyone_at_my_office(
    desk, office, other_office, leader, colleague, other_office_leader
):
    to_me = offered(working(colleague, office), to=leader)
    to_anyone = offered(working(other_office_leader, other_office), to=None, to_office=office)
    offered(working(colleague, office), to=make_staff(office=office))
    offered(working(other_office_leader, other_office), to=None)
    offered(working(leader, office), to=None)
    answered = offered(working(colleague, office), to=leader)
    answered.state = HandOverState.TAKEN_BACK
    answered.save()

    assert pks(work.hand_overs_to_answer(desk)) == [to_me.pk, to_anyone.pk]


def test_whoever_covers_has_the_colleagues_work_too_while_it_lasts(leader, colleague, office):
    period = working(colleague, office, next_step_on=TODAY)

    assert pks(work.periods_to_follow_up(desk_of(leader, NOW))) == []
    assert pks(work.periods_to_follow_up(cover(leader, colleague, office))) == [period.pk]
    StaffRole.objects.filter(covers=colleague).update(starts_on=date(2026, 8, 1), ends_on=TODAY - ONE_DAY)
    assert pks(work.periods_to_follow_up(desk_of(User.objects.get(pk=leader.pk), NOW))) == []


def test_cover_never_opens_an_office_where_one_does_not_work(leader, colleague, office, other_office):
    StaffRole.objects.create(user=colleague, office=other_office, role=Role.LEADER, starts_on=date(2020, 1, 1))
    fill_follow_up(colleague, other_office)

    assert counts_of(cover(leader, colleague, office))["follow-up"] == 0


def test_a_case_left_behind_at_an_office_is_seen_there_no_more(desk, leader, office, other_office):
    fill_day(leader, other_office)

    assert set(counts_of(desk).values()) == {0}


def test_the_counts_say_what_the_blocks_hold(leader, office, office_manager):
    for _twice in range(2):
        fill_day(leader, office)

    assert counts_of(desk_of(leader, NOW)) == {
        "hand-overs": 2,
        "new": 4,
        "today": 2,
        "follow-up": 16,
        "quiet": 2,
        "waiting": 6,
        "resting": 2,
        "promises": 0,
        "contacts": 4,
        "new-here": 8,
        "phase start": 14,
        "phase change": 2,
        "phase exit": 0,
        "phase self_reliant": 0,
    }
    assert counts_of(desk_of(office_manager, NOW))["promises"] == 2


def test_all_counts_come_in_one_query(leader, office, django_assert_num_queries):
    fill_day(leader, office)
    desk = desk_of(leader, NOW)

    with django_assert_num_queries(2):  # the roles and the counts
        counts_of(desk)


def test_nobody_elses_day_holds_anything_of_mine(leader, office, other_office_leader, treasurer, outsider):
    fill_day(leader, office)

    for user in (other_office_leader, treasurer, outsider):
        assert set(counts_of(desk_of(user, NOW)).values()) == {0}
