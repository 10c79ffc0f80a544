from datetime import date
from typing import Any

import pytest

from people.enums import MessageState
from people.kinds import get
from people.models import Message, User
from support.actions import check_ins, periods
from support.enums import (
    Capacity,
    CheckInState,
    Going,
    LogKind,
    Phase,
    Wish,
)
from support.models import SupportPeriod
from tests.factories import NOW, TODAY
from tests.support.check_in_steps import DAY, WEEK, answer, asked, contact_of, kinds_sent, miss, next_of, on

pytestmark = pytest.mark.django_db


def test_an_answer_plans_the_next_and_cancels_what_has_not_left(period: SupportPeriod) -> None:
    row = asked(period)
    still_wanted = get("support.check_in_asked").still_wanted

    answer(row, contact=contact_of(period))

    assert (row.state, row.answered_at) == (CheckInState.ANSWERED, on(row.expected))
    assert Message.objects.get().state == MessageState.WITHHELD
    assert still_wanted(row.pk, NOW) == "Frågan är besvarad, eller behövs inte."
    assert (next_of(period).number, next_of(period).expected) == (2, row.expected + WEEK)
    entry = period.log.get(kind=LogKind.CHECK_IN)
    assert (entry.contact, entry.is_internal) == (contact_of(period), False)


def test_an_answer_counts_once(period: SupportPeriod) -> None:
    row = asked(period)
    answer(row)

    with pytest.raises(check_ins.CheckInOver):
        answer(row, wish=Wish.FURTHER)

    assert period.check_ins.count() == 2


@pytest.mark.parametrize(("wish", "weeks"), [(Wish.FURTHER, 2), (Wish.SAME, 1), (Wish.CLOSER, 1)])
def test_the_groups_wish_decides_the_distance(period: SupportPeriod, wish: Wish, weeks: int) -> None:
    row = asked(period)

    answer(row, wish=wish)

    assert next_of(period).expected == row.expected + weeks * WEEK


@pytest.mark.parametrize(("wish", "weeks"), [(None, 1), (Wish.SAME, 2)])
def test_a_set_back_on_the_phone_brings_us_closer_unless_the_group_wished_otherwise(
    period: SupportPeriod, leader: User, wish: Wish | None, weeks: int
) -> None:
    answer(asked(period), wish=Wish.FURTHER)
    row = asked(period)

    answer(row, going=Going.BADLY, wish=wish, by=leader)

    assert next_of(period).expected == row.expected + weeks * WEEK


def test_the_group_may_answer_before_it_is_asked(period: SupportPeriod) -> None:
    row = next_of(period)

    answer(row, now=NOW + DAY)

    assert (row.state, next_of(period).expected) == (CheckInState.ANSWERED, TODAY + DAY + WEEK)


def test_a_missed_one_can_still_be_answered_and_moves_the_next(period: SupportPeriod) -> None:
    row = miss(period)
    assert row.basket_on is not None
    later = on(row.basket_on)

    found = check_ins.answerable(period)
    answer(row, now=later)

    row.refresh_from_db()
    assert found == row
    assert row.basket_done_at == later
    assert next_of(period).expected == later.date() + WEEK


def test_a_missed_one_that_a_later_question_has_replaced_is_over(period: SupportPeriod) -> None:
    first = miss(period)
    second = asked(period)

    with pytest.raises(check_ins.CheckInOver):
        answer(first)

    assert check_ins.answerable(period) == second


def test_a_pause_holds_at_once_until_its_day(period: SupportPeriod) -> None:
    until = date(2026, 12, 1)

    answer(asked(period), wish=Wish.PAUSE, pause_until=until)

    period.refresh_from_db()
    assert (period.paused_until, next_of(period).expected) == (until, until)


def test_a_pause_without_a_day_lasts_as_long_as_the_widest_gap(period: SupportPeriod) -> None:
    row = answer(asked(period), wish=Wish.PAUSE)

    period.refresh_from_db()
    assert period.paused_until == row.expected + 13 * WEEK == next_of(period).expected


def test_an_answer_after_the_pause_ends_it(period: SupportPeriod) -> None:
    answer(asked(period), wish=Wish.PAUSE, pause_until=date(2026, 12, 1))

    answer(asked(period))

    period.refresh_from_db()
    assert (period.paused_until, next_of(period).expected) == (None, date(2026, 12, 8))


def test_a_pause_that_has_passed_is_refused(period: SupportPeriod) -> None:
    row = asked(period)

    with pytest.raises(periods.DayHasPassed):
        answer(row, wish=Wish.PAUSE, pause_until=row.expected)

    row.refresh_from_db()
    assert row.state == CheckInState.ASKED


def test_a_pause_of_decades_is_refused(period: SupportPeriod) -> None:
    row = asked(period)

    with pytest.raises(periods.PauseTooLong):
        answer(row, wish=Wish.PAUSE, pause_until=date(2099, 12, 1))

    row.refresh_from_db()
    assert row.state == CheckInState.ASKED


def test_an_exit_that_is_called_off_leaves_no_wish_to_finish_behind(period: SupportPeriod, leader: User) -> None:
    row = asked(period)
    answer(row, wish=Wish.FINISH)

    periods.change_phase(period, phase=Phase.CHANGE, by=leader, now=on(row.expected) + DAY)

    assert "avsluta" not in next_of(period).why
    assert next_of(period).asks_leader is False


def test_finish_starts_the_exit_at_once(period: SupportPeriod) -> None:
    row = asked(period)
    Message.objects.all().delete()

    answer(row, wish=Wish.FINISH)

    period.refresh_from_db()
    assert period.phase == Phase.EXIT
    assert next_of(period).number == 2
    assert kinds_sent() == ["support.exit_wished"]


@pytest.mark.parametrize(
    "words",
    [{"wish": Wish.CLOSER}, {"going": Going.BADLY}, {"comment": "Ring mig"}, {"wish": Wish.PAUSE}],
)
def test_the_leader_hears_of_an_answer_that_wants_something(period: SupportPeriod, words: dict[str, Any]) -> None:
    row = asked(period)
    Message.objects.all().delete()

    answer(row, **words)

    message = Message.objects.get()
    assert (message.kind, message.user) == ("support.check_in_answered", period.leader)
    assert "Ring mig" not in message.text


def test_a_good_answer_disturbs_nobody(period: SupportPeriod) -> None:
    row = asked(period)
    Message.objects.all().delete()

    answer(row)

    assert kinds_sent() == []


def test_a_way_that_is_no_longer_safe_is_not_used_again(period: SupportPeriod) -> None:
    row = asked(period)
    Message.objects.all().delete()

    answer(row, still_safe=False)  # the only contact person there is

    assert contact_of(period).suppressed_because != ""
    assert [(row.kind, row.user) for row in Message.objects.all()] == [("support.contact_not_safe", period.leader)]


def test_a_way_that_is_still_safe_counts_as_checked(period: SupportPeriod) -> None:
    row = asked(period)

    answer(row, still_safe=True, contact=contact_of(period))

    assert contact_of(period).rechecked_on == row.expected


def test_strengths_are_kept_as_they_were_marked(period: SupportPeriod) -> None:
    row = answer(asked(period), capacity={Capacity.LEADERSHIP: 4})

    row.refresh_from_db()
    assert row.capacity == {"leadership": 4}


def test_a_leader_writes_down_what_the_group_said(period: SupportPeriod) -> None:
    row = asked(period)
    before = kinds_sent()

    answer(row, wish=Wish.CLOSER, by=period.leader)

    period.refresh_from_db()
    assert (row.answered_by_leader, period.last_activity_at) == (period.leader, None)
    assert kinds_sent() == before
