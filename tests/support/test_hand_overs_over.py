"""What is not handed over, and when a question to take over no longer holds."""

import pytest

from people.enums import MessageState
from people.models import Message
from support.actions import hand_overs, handling, passing_on, periods
from support.actions.locking import PeriodClosed
from support.actions.requests import JoinedToAnother, RequestClosed
from support.actions.sweeps import sweep
from support.enums import HandOverState, Outcome
from tests.factories import (
    NOW,
    make_group,
    make_request,
    make_staff,
)
from tests.support.hand_over_kit import LATER, offered, opened, taken

pytestmark = pytest.mark.django_db


def test_what_has_not_left_about_an_earlier_leader_never_does(leader, colleague, office):
    support_request = taken(leader, office)
    hand_overs.accept_hand_over(offered(support_request, leader, colleague), by=colleague, now=LATER)

    rows = Message.objects.filter(kind="support.request_taken").order_by("pk")

    assert [(row.state, "Sam Ek" in row.text) for row in rows] == [
        (MessageState.WITHHELD, False),
        (MessageState.QUEUED, True),
    ]


@pytest.mark.parametrize("status", ["declined", "referred", "withdrawn", "accepted"])
def test_a_decided_request_is_not_handed_over(leader, colleague, office, status):
    support_request = make_request(office=office, status=status, leader=leader, group=make_group(office=office))

    with pytest.raises(RequestClosed):
        offered(support_request, leader, colleague)


def test_a_joined_request_goes_where_the_other_one_goes(leader, colleague, office):
    joined = make_request(office=office, joined_to=make_request(office=office))

    with pytest.raises(JoinedToAnother):
        offered(joined, leader, colleague)


def test_a_closed_period_is_not_handed_over(leader, colleague, office):
    period = opened(leader, office)
    periods.close_period(period, outcome=Outcome.REACHED, what_changed="Allt.", by=leader, now=NOW)

    with pytest.raises(PeriodClosed):
        offered(period, leader, colleague)


def test_a_question_dies_in_words_when_the_support_ends(leader, colleague, office):
    period = opened(leader, office)
    hand_over = offered(period, leader, colleague)
    periods.close_period(period, outcome=Outcome.REACHED, what_changed="Allt.", by=leader, now=NOW)

    with pytest.raises(hand_overs.HandOverOver) as refusal:
        hand_overs.accept_hand_over(hand_over, by=colleague, now=LATER)
    swept = sweep(LATER)["end_void_hand_overs"]

    hand_over.refresh_from_db()
    assert (refusal.value.because, swept) == ("Stödet är avslutat.", 1)
    assert (hand_over.state, hand_over.answer) == (HandOverState.TAKEN_BACK, "Stödet är avslutat.")
    assert sweep(LATER)["end_void_hand_overs"] == 0


def test_a_question_that_still_holds_is_left_alone_by_the_sweep(leader, colleague, office):
    hand_over = offered(opened(leader, office), leader, colleague)

    assert hand_overs.end_void_hand_over(hand_over, now=LATER) is False
    assert sweep(LATER)["end_void_hand_overs"] == 0


def test_a_question_is_void_when_somebody_has_the_case_meanwhile(leader, colleague, office):
    third = make_staff(office=office)
    period, support_request = opened(leader, office), make_request(office=office)
    about_period, about_request = offered(period, leader, colleague), offered(support_request, leader, colleague)

    passing_on.give_period_to(period, to=third, by=leader, now=LATER)
    handling.take_request(support_request, by=third, now=LATER)

    for hand_over in (about_period, about_request):
        with pytest.raises(hand_overs.HandOverOver) as refusal:
            hand_overs.accept_hand_over(hand_over, by=colleague, now=LATER)
        assert refusal.value.because == "Gruppen har fått en annan utvecklingsledare."
