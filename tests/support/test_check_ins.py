from datetime import timedelta

import pytest
from django.utils import translation

from groups.enums import MemberRole
from people.enums import Channel, MessageState, YesNoUnknown
from people.kinds import get
from people.models import Contact, Message, User
from support.actions import check_ins, handling, periods
from support.enums import (
    CheckInState,
    LogKind,
    Phase,
    Readiness,
    Wish,
)
from support.models import CheckIn, SupportPeriod
from tests.factories import NOW, TODAY, make_check_in, make_contact, make_link, make_member, make_period
from tests.support.check_in_steps import DAY, WEEK, answer, asked, contact_of, kinds_sent, miss, next_of, on

pytestmark = pytest.mark.django_db


def test_the_first_follow_up_comes_after_a_week_with_a_reason(period: SupportPeriod) -> None:
    row = next_of(period)

    assert (row.number, row.step, row.expected) == (1, 0, TODAY + WEEK)
    assert row.why.startswith("Vi hörs igen vecka 37.")


def test_the_reason_is_in_swedish_whoever_acts(period: SupportPeriod) -> None:
    with translation.override("en"):
        periods.set_ladder(period, ladder=[2], by=period.leader, now=NOW)

    assert next_of(period).why.startswith("Vi hörs igen vecka 38.")


def test_it_is_asked_on_its_day_by_the_safe_channel(period: SupportPeriod) -> None:
    make_link(contact=contact_of(period))
    row = next_of(period)

    too_early = check_ins.ask_check_in(row, now=on(row.expected) - DAY)
    first, second = (check_ins.ask_check_in(row, now=on(row.expected)) for _twice in range(2))

    assert (too_early, first, second) == (False, True, False)
    assert (row.state, row.remind_on, row.basket_on) == (
        CheckInState.ASKED,
        row.expected + 4 * DAY,
        row.expected + 10 * DAY,
    )
    message = Message.objects.get()
    assert (message.kind, message.message_class) == ("support.check_in_asked", "reminder")
    assert message.link.endswith("/hur-gar-det/")
    assert message.expires_at is not None
    assert message.expires_at.date() == row.remind_on


def test_each_contact_person_is_asked_and_members_are_not(period: SupportPeriod) -> None:
    make_member(group=period.group, contact=make_contact(called="Bo"))
    make_member(group=period.group, contact=make_contact(called="Cim"), role=MemberRole.MEMBER)
    make_member(group=period.group, contact=make_contact(called="Di"), left_at=NOW)

    asked(period)

    assert sorted(str(row.contact) for row in Message.objects.all()) == ["Alva", "Bo"]


def test_a_late_sweep_still_gives_the_group_its_ten_days(period: SupportPeriod) -> None:
    row = next_of(period)

    check_ins.ask_check_in(row, now=on(row.expected) + 20 * DAY)

    assert row.basket_on == row.expected + 30 * DAY


def test_long_gaps_are_announced_three_days_before(period: SupportPeriod) -> None:
    periods.set_ladder(period, ladder=[4], by=period.leader, now=NOW)
    row = next_of(period)

    too_early = check_ins.announce_check_in(row, now=on(row.expected) - 4 * DAY)
    first, second = (check_ins.announce_check_in(row, now=on(row.expected) - 3 * DAY) for _twice in range(2))

    assert (too_early, first, second) == (False, True, False)
    assert kinds_sent() == ["support.check_in_soon"]


def test_short_gaps_are_not_announced(period: SupportPeriod) -> None:
    assert next_of(period).announce_on is None


def test_a_day_that_moves_after_it_was_told_is_told_anew(period: SupportPeriod) -> None:
    periods.set_ladder(period, ladder=[4], by=period.leader, now=NOW)
    row = next_of(period)
    day_before = on(row.expected) - DAY
    check_ins.announce_check_in(row, now=day_before)

    handling.log_contact(
        period, kind=LogKind.CALL, text="Vi pratade.", is_internal=False, by=period.leader, now=day_before
    )

    row.refresh_from_db()
    assert (row.announced_at, row.expected) == (None, day_before.date() + 4 * WEEK)
    assert Message.objects.get().state == MessageState.WITHHELD


def test_a_reminder_goes_out_once_after_four_days(period: SupportPeriod) -> None:
    row = asked(period)

    too_early = check_ins.remind_check_in(row, now=on(row.expected) + 3 * DAY)
    first, second = (check_ins.remind_check_in(row, now=on(row.expected) + 4 * DAY) for _twice in range(2))

    assert (too_early, first, second) == (False, True, False)
    assert kinds_sent() == ["support.check_in_asked", "support.check_in_reminder"]


def test_on_day_ten_it_is_the_leaders_and_the_next_one_is_planned(period: SupportPeriod) -> None:
    row = asked(period)

    too_early = check_ins.give_check_in_to_leader(row, now=on(row.expected) + 9 * DAY)
    check_ins.give_check_in_to_leader(row, now=on(row.expected) + 10 * DAY)

    period.refresh_from_db()
    assert (too_early, row.state) == (False, CheckInState.MISSED)
    assert list(CheckIn.objects.in_basket()) == [row]
    assert (next_of(period).number, next_of(period).asks_leader) == (2, False)
    assert period.phase == Phase.START
    assert kinds_sent() == ["support.check_in_asked", "support.check_in_missed"]


def test_after_two_missed_in_a_row_a_person_gets_in_touch(period: SupportPeriod) -> None:
    miss(period)
    miss(period)
    third = next_of(period)
    Message.objects.all().delete()

    asked(period)

    third.refresh_from_db()
    assert third.asks_leader
    assert third.basket_at is not None
    assert kinds_sent() == ["support.check_in_asked", "support.check_in_for_leader"]


def test_a_group_that_gets_in_touch_itself_is_waited_for(period: SupportPeriod) -> None:
    Contact.objects.update(channel=Channel.SELF)
    miss(period)
    miss(period)

    assert not next_of(period).asks_leader
    assert "väntar på er sida" in next_of(period).why


def test_silence_never_closes_a_period(period: SupportPeriod) -> None:
    for _round in range(12):
        miss(period)

    period.refresh_from_db()
    assert (period.phase, period.check_ins.live().count()) == (Phase.START, 1)


def test_the_contact_way_is_asked_about_after_ninety_days(period: SupportPeriod) -> None:
    row, contact = next_of(period), contact_of(period)

    on_day_90, on_day_91 = (
        check_ins.questions_of(row, contact, TODAY + timedelta(days=days)).asks_still_safe for days in (90, 91)
    )

    assert (on_day_90, on_day_91) == (False, True)


def test_every_third_time_the_nine_strengths_are_asked(period: SupportPeriod) -> None:
    rows = [make_check_in(period=period, number=number, state=CheckInState.CANCELLED) for number in range(2, 8)]

    asks = [row.number for row in rows if check_ins.questions_of(row, None, TODAY).asks_capacity]

    assert asks == [3, 6]


def test_the_groups_own_activity_moves_the_day_but_not_past_one_and_a_half_gaps(period: SupportPeriod) -> None:
    periods.set_ladder(period, ladder=[4], by=period.leader, now=NOW)

    periods.touch_activity(period, now=NOW + timedelta(days=6))
    a_little = next_of(period).expected
    periods.touch_activity(period, now=NOW + timedelta(days=25))

    assert (a_little, next_of(period).expected) == (TODAY + timedelta(days=34), TODAY + timedelta(days=42))


def test_ticks_offer_a_longer_gap_without_taking_it(period: SupportPeriod) -> None:
    answer(asked(period), wish=Wish.SAME)
    four = list(Readiness)[:4]

    check_ins.mark_readiness(
        period, marks=dict.fromkeys(four, YesNoUnknown.YES), by_group=True, now=on(next_of(period).earliest)
    )

    assert (next_of(period).offers, next_of(period).step) == ("further", 0)


def test_a_tick_is_written_once_a_day(period: SupportPeriod) -> None:
    for now in (NOW, NOW, NOW + DAY):
        check_ins.mark_readiness(period, marks={Readiness.OWN_MONEY: YesNoUnknown.YES}, by_group=False, now=now)

    assert period.readiness_marks.count() == 2


def test_the_leader_empties_the_basket(period: SupportPeriod) -> None:
    row = miss(period)

    check_ins.handle_basket(row, by=period.leader, now=NOW)
    check_ins.handle_basket(row, by=period.leader, now=NOW + DAY)

    row.refresh_from_db()
    assert row.basket_done_at == NOW
    assert list(CheckIn.objects.in_basket()) == []


def test_nothing_is_planned_when_the_support_is_over(leader: User) -> None:
    period = make_period(phase=Phase.CLOSED, closed_at=NOW)

    assert check_ins.plan_next_check_in(period, now=NOW) is None
    assert check_ins.answerable(period) is None


def test_who_stops_the_reminders_is_told_to_the_leader_of_the_case(period: SupportPeriod) -> None:
    asked(period)
    message = Message.objects.get()

    stop = get("support.check_in_asked").on_stopped
    assert stop is not None
    stop(message, NOW)

    told = Message.objects.exclude(pk=message.pk).get()
    assert (told.kind, told.user) == ("support.reminders_stopped", period.leader)
    assert told.link == f"/admin/support/supportperiod/{period.pk}/change/"


def test_what_never_arrived_is_told_to_the_leader(period: SupportPeriod) -> None:
    asked(period)
    message = Message.objects.get()

    for _twice in range(2):
        get(message.kind).on_failed(message, NOW)

    told = Message.objects.exclude(pk=message.pk).get()
    assert (told.kind, told.user) == ("support.message_failed", period.leader)
