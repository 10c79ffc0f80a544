"""Whatever a group and its leader do, and in whatever order: what always holds in the life of the support."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.calendar import SwedishCalendar, stockholm_day
from people.enums import MessageState, YesNoUnknown
from people.models import Message, User
from people.quiet_hours import is_quiet
from support.actions import check_ins, handling, periods, plans
from support.actions.sweeps import next_due_moment, sweep
from support.enums import (
    CheckInKind,
    CheckInState,
    Drives,
    Going,
    LogKind,
    Outcome,
    OwnerSide,
    Phase,
    PlanKind,
    PlanStatus,
    Readiness,
    Wish,
)
from support.models import SupportPeriod
from tests.factories import NOW, make_group, make_member, make_office, make_staff

pytestmark = pytest.mark.django_db

CALENDAR = SwedishCalendar()
REFUSALS = (
    check_ins.CheckInOver,
    periods.DayHasPassed,
    periods.NotInExit,
    periods.PeriodClosed,
    plans.PlanClosed,
)


class Life:
    """One group with two leaders, and the programme's clock."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.office = make_office()
        self.leaders = [make_staff(office=self.office), make_staff(office=self.office)]
        self.member = make_member(group=make_group(office=self.office))
        periods.open_period(self.member.group, leader=self.leader, supports=[], now=self.now)

    @property
    def leader(self) -> User:
        return self.leaders[0]

    @property
    def period(self) -> SupportPeriod:
        return self.member.group.periods.order_by("-pk")[0]

    def wait(self, times: int = 1) -> None:
        """Until something is due; what has been sent is out of the way."""
        for _time in range(times):
            Message.objects.update(state=MessageState.SENT)
            due = next_due_moment(self.now)
            self.now = max(self.now + timedelta(hours=1), due or self.now)
            sweep(self.now)
            assert not any(sweep(self.now).values()), "a second sweep at the same moment finds nothing"

    def answer(self, wish: Wish, going: Going = Going.WELL) -> None:
        if row := check_ins.answerable(self.period):
            check_ins.answer_check_in(
                row, going=going, drives=Drives.YES, wish=wish, contact=self.member.contact, now=self.now
            )

    def talk(self) -> None:
        handling.log_contact(
            self.period, kind=LogKind.CALL, text="Vi pratade.", is_internal=False, by=self.leader, now=self.now
        )

    def finish_something(self) -> None:
        item = plans.add_item(
            self.period, text="Brevet", kind=PlanKind.TASK, owner_side=OwnerSide.GROUP, by_group=True, now=self.now
        )
        plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=self.now)

    def manage_by_themselves(self) -> None:
        marks = dict.fromkeys(list(Readiness), YesNoUnknown.YES)
        check_ins.mark_readiness(self.period, marks=marks, by_group=True, now=self.now)

    def hand_over(self) -> None:
        self.leaders.reverse()
        periods.give_period_to(self.period, to=self.leader, by=self.leader, now=self.now)

    def rest(self) -> None:
        periods.pause(self.period, until=stockholm_day(self.now) + timedelta(days=40), now=self.now)

    def rest_no_more(self) -> None:
        periods.pause(self.period, until=None, now=self.now)

    def sign(self) -> None:
        periods.sign_exit(self.period, member=self.member, now=self.now)
        periods.sign_exit(self.period, by=self.leader, now=self.now)

    def come_back(self) -> None:
        periods.come_back(self.period, now=self.now)

    def close(self) -> None:
        periods.close_period(self.period, outcome=Outcome.PARTLY, what_changed="", by=self.leader, now=self.now)


def answers(wish: Wish) -> Callable[[Life], None]:
    return lambda life: life.answer(wish)


STEPS: dict[str, Callable[[Life], None]] = {
    **{f"answers {wish}": answers(wish) for wish in Wish},
    "answers badly": lambda life: life.answer(Wish.SAME, Going.BADLY),
    "waits": Life.wait,
    "waits longer": lambda life: life.wait(times=4),
    "talks": Life.talk,
    "finishes something": Life.finish_something,
    "manages by itself": Life.manage_by_themselves,
    "gets another leader": Life.hand_over,
    "rests": Life.rest,
    "rests no more": Life.rest_no_more,
    "signs": Life.sign,
    "comes back": Life.come_back,
    "is closed": Life.close,
}


def broken(life: Life) -> list[str]:
    """What should hold at this moment and does not."""
    found = [what for period in life.member.group.periods.all() for what in _broken_in(period, stockholm_day(life.now))]
    to_group = Message.objects.filter(contact__isnull=False)
    is_over = life.period.phase in {Phase.CLOSED, Phase.SELF_RELIANT}
    held = {
        "one support at a time": life.member.group.periods.open().count() <= 1,
        "nothing is sent in quiet hours": not any(is_quiet(row.not_before, CALENDAR) for row in to_group),
        "something is due until it is over": is_over or next_due_moment(life.now) is not None,
    }
    return found + [what for what, holds in held.items() if not holds]


def _broken_in(period: SupportPeriod, today: date) -> list[str]:
    live = list(period.check_ins.live())
    follow_ups = [row for row in live if row.kind == CheckInKind.FOLLOW_UP]
    planned = [row.expected for row in follow_ups if row.state == CheckInState.PLANNED]
    held = {
        "one follow-up as long as the support lasts": len(follow_ups) == (1 if period.is_open else 0),
        "nothing is left of what is closed": period.phase != Phase.CLOSED or live == [],
        "no follow-up is planned for a day that has passed": all(day >= today for day in planned),
        "every check-in says why": all(row.why for row in live),
    }
    return [what for what, holds in held.items() if not holds]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(sorted(STEPS)), max_size=10))
def test_what_always_holds(db: None, steps: list[str]) -> None:
    with transaction.atomic():
        life = Life()
        assert broken(life) == []
        for step in steps:
            try:
                with transaction.atomic():
                    STEPS[step](life)
            except REFUSALS:
                pass
            assert broken(life) == []
        transaction.set_rollback(True)


def test_a_group_that_wants_more_distance_each_time_reaches_self_reliance() -> None:
    life = Life()
    gaps = []
    for _time in range(5):
        planned = life.period.check_ins.live().get()
        gaps.append(life.period.step)
        while planned.state == CheckInState.PLANNED:
            life.wait()
            planned.refresh_from_db()
        life.answer(Wish.FURTHER)
    life.answer(Wish.FINISH)
    life.sign()
    while life.period.phase != Phase.CLOSED:
        life.wait()
        if life.period.check_ins.filter(state=CheckInState.ASKED).exists():
            life.answer(Wish.SAME)

    assert gaps == [0, 1, 2, 3, 4]
    assert life.period.self_reliant_at is not None
    assert life.now - life.period.self_reliant_at > timedelta(days=360)
