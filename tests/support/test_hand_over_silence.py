"""Seven days without reminders after a hand-over, whatever was on its way; a broken promise still surfaces."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given

from people.enums import Channel, MessageState
from people.models import Message, Office, User
from support.actions import handling, passing_on, periods
from support.actions.check_ins import announce_check_in, ask_check_in, remind_check_in
from support.actions.sweeps import sweep
from support.enums import CheckInState
from support.models import SupportPeriod
from tests.factories import NOW, TODAY, make_contact, make_group, make_member, make_request
from tests.support.test_taper_properties import cases, decide

pytestmark = pytest.mark.django_db

NIGHT = timedelta(hours=-9)
"""From ten in the morning back to one at night, when nothing is sent yet."""


@pytest.fixture
def period(leader: User, office: Office) -> SupportPeriod:
    member = make_member(group=make_group(office=office))
    return periods.open_period(member.group, leader=leader, supports=[], now=NOW)


def on(day: int) -> datetime:
    return NOW + timedelta(days=day)


def left() -> None:
    Message.objects.filter(state=MessageState.QUEUED).update(state=MessageState.SENT)


def said(since: datetime, until: datetime, *kinds: str) -> list[str]:
    """What was queued by the sweeps of those days, of these kinds."""
    days = (until - since).days
    for day in range(1, days + 1):
        sweep(since + timedelta(days=day))
    rows = Message.objects.filter(created_at__gt=since, kind__in=[f"support.{kind}" for kind in kinds])
    return [row.kind.removeprefix("support.") for row in rows.order_by("pk")]


CHECK_INS = ("check_in_soon", "check_in_asked", "check_in_reminder", "check_in_missed", "check_in_for_leader")


def test_a_planned_question_waits_seven_days(period, leader, colleague):
    passing_on.give_period_to(period, to=colleague, by=leader, now=on(6))

    assert said(on(6), on(12), *CHECK_INS) == []
    assert period.check_ins.get().expected >= TODAY + timedelta(days=13)


def test_nobody_is_reminded_of_a_question_that_was_asked_just_before(period, leader, colleague):
    check_in = period.check_ins.get()
    ask_check_in(check_in, now=on(7))
    left()

    passing_on.give_period_to(period, to=colleague, by=leader, now=on(8))
    check_in.refresh_from_db()

    assert check_in.state == CheckInState.ASKED
    assert (check_in.remind_on, check_in.basket_on) == (TODAY + timedelta(days=15), TODAY + timedelta(days=21))
    assert said(on(8), on(14), *CHECK_INS) == []
    assert said(on(14), on(21), *CHECK_INS) == ["check_in_reminder", "check_in_missed", "check_in_asked"]


def test_the_new_leader_is_not_told_of_silence_during_the_first_seven_days(period, leader, colleague):
    check_in = period.check_ins.get()
    ask_check_in(check_in, now=on(7))
    left()
    remind_check_in(check_in, now=on(11))
    left()

    passing_on.give_period_to(period, to=colleague, by=leader, now=on(16))

    assert said(on(16), on(22), *CHECK_INS) == []
    assert said(on(22), on(23), *CHECK_INS) == ["check_in_missed", "check_in_asked"]
    assert Message.objects.get(kind="support.check_in_missed").user == colleague


def test_days_that_lie_later_already_stay(period, leader, colleague):
    check_in = period.check_ins.get()
    ask_check_in(check_in, now=on(7))
    left()
    check_in.remind_on, check_in.basket_on = TODAY + timedelta(days=20), TODAY + timedelta(days=26)
    check_in.save()

    passing_on.give_period_to(period, to=colleague, by=leader, now=on(8))
    check_in.refresh_from_db()

    assert (check_in.remind_on, check_in.basket_on) == (TODAY + timedelta(days=20), TODAY + timedelta(days=26))


def test_a_question_that_has_not_left_is_asked_later(period, leader, colleague):
    check_in = period.check_ins.get()
    ask_check_in(check_in, now=on(7) + NIGHT)

    passing_on.give_period_to(period, to=colleague, by=leader, now=on(7) + NIGHT)
    check_in.refresh_from_db()
    first = Message.objects.get(kind="support.check_in_asked")

    assert (check_in.state, check_in.asked_at, check_in.basket_on) == (CheckInState.PLANNED, None, None)
    assert check_in.expected >= TODAY + timedelta(days=14)
    assert first.state == MessageState.WITHHELD
    ask_check_in(check_in, now=on((check_in.expected - TODAY).days))
    assert Message.objects.filter(kind="support.check_in_asked", state=MessageState.QUEUED).count() == 1


def test_a_reminder_that_has_not_left_is_sent_later(period, leader, colleague):
    check_in = period.check_ins.get()
    ask_check_in(check_in, now=on(7))
    left()
    remind_check_in(check_in, now=on(11) + NIGHT)

    passing_on.give_period_to(period, to=colleague, by=leader, now=on(11) + NIGHT)
    check_in.refresh_from_db()

    assert (check_in.reminded_at, check_in.remind_on) == (None, TODAY + timedelta(days=18))
    assert said(on(11), on(17), *CHECK_INS) == []
    assert said(on(17), on(18), *CHECK_INS) == ["check_in_reminder"]


def test_an_announcement_of_a_day_that_moves_is_taken_back(period, leader, colleague):
    periods.set_ladder(period, ladder=[4], by=leader, now=NOW)
    check_in = period.check_ins.get()
    announce_check_in(check_in, now=on((check_in.expected - TODAY).days - 2))

    passing_on.give_period_to(period, to=colleague, by=leader, now=on((check_in.expected - TODAY).days - 1))

    assert Message.objects.get(kind="support.check_in_soon").state == MessageState.WITHHELD


def test_a_promise_that_breaks_is_told_of_all_the_same(leader, colleague, office, office_manager):
    waits_for_a_call = make_request(office=office, contact=make_contact(channel=Channel.CALL), promised_by=TODAY)
    handling.take_request(waits_for_a_call, by=leader, now=NOW)
    passing_on.give_request_to(waits_for_a_call, to=colleague, by=office_manager, now=NOW)

    assert said(NOW, on(1), "promise_broken") == ["promise_broken"]


def test_a_day_is_not_told_in_advance_during_seven_days(period, leader, colleague):
    periods.set_ladder(period, ladder=[4], by=leader, now=NOW)

    passing_on.give_period_to(
        period, to=colleague, by=leader, now=on(40)
    )  # the day has passed, so it comes as soon as it may
    check_in = period.check_ins.get()

    assert check_in.announce_on is not None
    assert check_in.announce_on >= TODAY + timedelta(days=47)
    assert said(on(40), on(46), *CHECK_INS) == []


@given(cases())
def test_whatever_has_happened_nothing_is_planned_during_seven_days(case):
    facts, history, policy, today = case

    decision = decide((replace(facts, handed_over_on=today), history, policy, today))

    assert decision.expected >= today + policy.hand_over
