from datetime import date, timedelta

import pytest

from people.calendar import SwedishCalendar
from support.enums import Wish
from support.taper import Moved
from tests.support.taper_cases import TUESDAY, answer, days, decide


def test_a_day_that_has_passed_becomes_today():
    decision = decide(answer(Wish.SAME), today=date(2026, 12, 1))

    assert days(decision) == (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 6))


def test_the_window_never_begins_before_today():
    decision = decide(answer(Wish.SAME), today=date(2026, 9, 28))

    assert days(decision) == (date(2026, 9, 28), date(2026, 9, 29), date(2026, 10, 4))


@pytest.mark.parametrize(
    ("last_contact", "expected"),
    [
        (date(2026, 9, 5), date(2026, 10, 2)),  # Saturday 3 October: the Friday is nearer
        (date(2026, 9, 6), date(2026, 10, 5)),  # Sunday 4 October: the Monday is nearer
        (date(2026, 11, 26), date(2026, 12, 23)),  # Christmas Eve
    ],
)
def test_the_expected_day_is_the_nearest_working_day(last_contact, expected):
    decision = decide(answer(Wish.SAME, on=last_contact), today=last_contact)

    assert decision.expected == expected
    assert decision.earliest <= expected <= decision.latest


def test_where_the_window_has_no_working_day_the_expected_day_stays():
    closed = SwedishCalendar(holidays=[date(2026, 9, 7), date(2026, 9, 8), date(2026, 9, 9)])

    assert decide(answer(Wish.SAME, step=0), calendar=closed).expected == date(2026, 9, 8)


def test_the_groups_own_activity_moves_the_expected_day():
    decision = decide(answer(Wish.SAME), last_activity_on=date(2026, 9, 8), today=date(2026, 9, 8))

    assert (decision.expected, decision.moved_by) == (date(2026, 10, 6), Moved.ACTIVITY)
    assert decision.why.endswith("Ni är i gång själva, så vi väntar lite.")


def test_activity_never_moves_it_past_the_last_contact_and_one_and_a_half_gaps():
    decision = decide(answer(Wish.SAME), last_activity_on=date(2026, 9, 28), today=date(2026, 9, 28))

    assert decision.expected == TUESDAY + timedelta(weeks=6)


def test_a_limit_on_a_sunday_is_kept_by_the_friday_before():
    sunday = date(2026, 9, 6)

    decision = decide(answer(Wish.SAME, on=sunday), last_activity_on=date(2026, 10, 1), today=date(2026, 10, 1))

    assert decision.expected == date(2026, 10, 16)


def test_activity_before_the_last_contact_moves_nothing():
    decision = decide(answer(Wish.SAME), last_activity_on=date(2026, 8, 20))

    assert (decision.expected, decision.moved_by) == (date(2026, 9, 29), Moved.NOTHING)


def test_a_new_leader_gets_seven_days_and_the_whole_window_moves():
    decision = decide(answer(Wish.SAME), facts={"handed_over_on": date(2026, 9, 21)})

    assert days(decision) == (date(2026, 9, 28), date(2026, 10, 2), date(2026, 10, 8))
    assert decision.moved_by == Moved.HAND_OVER
    assert decision.why.endswith("Er nya utvecklingsledare får några dagar på sig att läsa på.")


def test_a_hand_over_planned_for_after_the_window_moves_nothing():
    assert decide(answer(Wish.SAME), facts={"handed_over_on": date(2026, 10, 5)}).moved_by == Moved.NOTHING


def test_a_hand_over_well_before_the_window_moves_nothing():
    assert decide(answer(Wish.SAME), facts={"handed_over_on": date(2026, 9, 14)}).moved_by == Moved.NOTHING


def test_the_days_of_a_hand_over_do_not_creep_when_asked_again():
    facts = {"handed_over_on": date(2026, 9, 25)}
    asked = [decide(answer(Wish.SAME), facts=facts, today=date(2026, 9, day)) for day in (25, 27, 30)]

    assert len({decision.expected for decision in asked}) == 1


def test_a_meeting_booked_inside_the_window_moves_the_whole_window_past_it():
    decision = decide(answer(Wish.SAME), facts={"next_meeting_on": date(2026, 9, 30)})

    assert days(decision) == (date(2026, 10, 1), date(2026, 10, 6), date(2026, 10, 11))
    assert decision.why.endswith("Vi ses onsdag 30 september, så vi väntar till efter det.")


@pytest.mark.parametrize("meeting_on", [date(2026, 9, 23), date(2026, 10, 5)])
def test_a_meeting_outside_the_window_moves_nothing(meeting_on):
    assert decide(answer(Wish.SAME), facts={"next_meeting_on": meeting_on}).moved_by == Moved.NOTHING
