"""One leader asks another to take over: what happens then, who may, and what is said to whom."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from people.enums import Role
from people.models import Message, StaffRole, User
from support.actions import hand_overs, passing_on
from support.enums import HandOverState, LogKind
from support.models import HandOver, LogEntry
from tests.factories import (
    NOW,
    TODAY,
    make_office,
    make_request,
    make_staff,
)
from tests.support.hand_over_kit import LATER, offered, opened, told

pytestmark = pytest.mark.django_db


def test_asking_changes_nothing_for_the_group_and_tells_who_is_asked_nothing_else(leader, colleague, office):
    period = opened(leader, office)

    hand_over = offered(period, leader, colleague)

    period.refresh_from_db()
    assert (period.leader, period.handed_over_on, hand_over.state) == (leader, None, HandOverState.OFFERED)
    assert told() == [("hand_over_offered", "Sam Ek")]
    message = Message.objects.get()
    said = message.subject + message.text
    assert [word for word in (str(period.group), "kvällar", "Maja", "Almhöjden") if word in said] == []
    assert message.link == f"/admin/support/handover/{hand_over.pk}/change/"


def test_asking_the_same_again_asks_once(leader, colleague, office):
    period = opened(leader, office)

    assert offered(period, leader, colleague) == offered(period, leader, colleague)
    assert told() == [("hand_over_offered", "Sam Ek")]


def test_nobody_else_is_asked_while_one_question_waits(leader, colleague, office):
    period = opened(leader, office)
    waiting = offered(period, leader, colleague)
    third = make_staff(office=office)

    with pytest.raises(hand_overs.AlreadyOffered) as refusal:
        offered(period, leader, third)

    assert refusal.value.hand_over == waiting


def test_a_question_needs_a_note_and_someone_who_can_answer(leader, other_office_leader, office):
    period = opened(leader, office)

    with pytest.raises(hand_overs.NoteNeeded):
        offered(period, leader, leader, note="  ")
    for nobody in (leader, other_office_leader):
        with pytest.raises(passing_on.NotALeaderHere):
            offered(period, leader, nobody)
    with pytest.raises(hand_overs.NobodyThere):
        offered(period, leader, office=make_office())
    assert HandOver.objects.count() == 0


def test_who_accepts_has_the_group_and_both_are_told(leader, colleague, office):
    period = opened(leader, office)
    hand_over = offered(period, leader, colleague)
    Message.objects.all().delete()

    hand_overs.accept_hand_over(hand_over, by=colleague, now=LATER)

    period.refresh_from_db()
    assert (period.leader, period.handed_over_on) == (colleague, TODAY)
    assert (hand_over.state, hand_over.answered_by, hand_over.answered_at) == (
        HandOverState.ACCEPTED,
        colleague,
        LATER,
    )
    assert told() == [("leader_changed", "Alva"), ("hand_over_accepted", "Maja Lind")]
    newest = period.log.shared().first()
    assert newest is not None
    assert (newest.kind, newest.text) == (LogKind.HAND_OVER, "Sam Ek är er utvecklingsledare nu.")


def test_accepting_twice_changes_nothing(leader, colleague, office):
    hand_over = offered(opened(leader, office), leader, colleague)
    hand_overs.accept_hand_over(hand_over, by=colleague, now=NOW)
    before = told(), LogEntry.objects.count()

    again = hand_overs.accept_hand_over(hand_over, by=colleague, now=LATER)

    assert again.answered_at == NOW
    assert (told(), LogEntry.objects.count()) == before


def test_only_who_is_asked_can_answer(leader, colleague, office, office_manager, other_office_leader):
    hand_over = offered(opened(leader, office), leader, colleague)

    for someone in (leader, office_manager, other_office_leader, make_staff(office=office)):
        with pytest.raises(hand_overs.NotYours):
            hand_overs.accept_hand_over(hand_over, by=someone, now=NOW)
        with pytest.raises(hand_overs.NotYours):
            hand_overs.refuse_hand_over(hand_over, answer="Nej", by=someone, now=NOW)


def test_who_has_lost_the_role_cannot_accept(leader, colleague, office):
    hand_over = offered(opened(leader, office), leader, colleague)
    StaffRole.objects.filter(user=colleague).update(ends_on=TODAY - timedelta(days=1))

    with pytest.raises(passing_on.NotALeaderHere):
        hand_overs.accept_hand_over(hand_over, by=colleague, now=NOW)


def test_a_no_comes_with_a_reason_and_leaves_all_as_it_was(leader, colleague, office):
    period = opened(leader, office)
    hand_over = offered(period, leader, colleague)
    with pytest.raises(hand_overs.AnswerNeeded):
        hand_overs.refuse_hand_over(hand_over, answer=" ", by=colleague, now=LATER)

    for _ in range(2):
        hand_overs.refuse_hand_over(hand_over, answer="Jag har fullt.", by=colleague, now=LATER)

    period.refresh_from_db()
    assert (period.leader, hand_over.state, hand_over.answer) == (leader, HandOverState.REFUSED, "Jag har fullt.")
    assert told() == [("hand_over_offered", "Sam Ek"), ("hand_over_refused", "Maja Lind")]
    assert "fullt" not in Message.objects.latest("pk").text
    assert offered(period, leader, make_staff(office=office)) != hand_over


def test_who_asked_takes_the_question_back(leader, colleague, office, office_manager):
    period = opened(leader, office)
    hand_over = offered(period, leader, colleague)
    with pytest.raises(hand_overs.NotYours):
        hand_overs.take_back_hand_over(hand_over, by=colleague, now=NOW)

    for by in (leader, office_manager):  # the second time changes nothing
        hand_overs.take_back_hand_over(hand_over, by=by, now=LATER)

    assert (hand_over.state, hand_over.answered_by) == (HandOverState.TAKEN_BACK, leader)
    with pytest.raises(hand_overs.HandOverOver):
        hand_overs.accept_hand_over(hand_over, by=colleague, now=LATER)


def test_an_accepted_question_is_not_taken_back(leader, colleague, office):
    hand_over = offered(opened(leader, office), leader, colleague)
    hand_overs.accept_hand_over(hand_over, by=colleague, now=NOW)

    with pytest.raises(hand_overs.HandOverOver) as refusal:
        hand_overs.take_back_hand_over(hand_over, by=leader, now=LATER)

    assert refusal.value.because == "Sam Ek har redan tagit över."


def test_a_whole_office_is_asked_and_its_manager_says_no_for_it(leader, office, other_office, other_office_leader):
    manager = make_staff(Role.OFFICE_MANAGER, office=other_office, name="Nils Chef")
    hand_over = offered(opened(leader, office), leader, office=other_office)

    assert told() == [("hand_over_offered", "Kim Berg"), ("hand_over_offered", "Nils Chef")]
    with pytest.raises(hand_overs.NotYours):
        hand_overs.refuse_hand_over(hand_over, answer="Nej", by=other_office_leader, now=NOW)
    hand_overs.refuse_hand_over(hand_over, answer="Vi är för få.", by=manager, now=NOW)

    assert hand_over.state == HandOverState.REFUSED


def test_those_who_answer_for_the_office_give_without_asking(leader, colleague, office, office_manager):
    support_request = make_request(office=office)

    passing_on.give_request_to(support_request, to=colleague, by=office_manager, now=NOW)
    first = support_request.log.latest("pk")
    passing_on.give_request_to(support_request, to=leader, by=office_manager, now=LATER)

    support_request.refresh_from_db()
    last = support_request.log.latest("pk")
    assert (first.kind, first.text) == (LogKind.STATUS, "Sam Ek har ert ärende.")
    assert (last.kind, last.text) == (LogKind.HAND_OVER, "Maja Lind är er utvecklingsledare nu.")
    assert (support_request.leader, support_request.handed_over_on) == (leader, TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_once_get_one_group(leader, office, other_office):
    period = opened(leader, office)
    both = [make_staff(office=other_office, name=name) for name in ("Ett", "Två")]
    hand_over = offered(period, leader, office=other_office)
    start, outcomes = Barrier(2), []

    def accept(user: User) -> None:
        try:
            start.wait()
            hand_overs.accept_hand_over(HandOver.objects.get(pk=hand_over.pk), by=user, now=LATER)
            outcomes.append("got it")
        except hand_overs.HandOverOver:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [Thread(target=accept, args=[user]) for user in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    hand_over.refresh_from_db()
    period.refresh_from_db()
    assert sorted(outcomes) == ["got it", "too late"]
    assert period.leader == hand_over.answered_by
    assert Message.objects.filter(kind="support.leader_changed").count() == 1
