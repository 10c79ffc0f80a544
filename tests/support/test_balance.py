"""What a leader is told of the balance, read from the rows of a period."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from people.models import User
from support.actions import own_page, plans
from support.actions.logs import write_log
from support.balance import ALARM_WORDS, balance_of
from support.enums import LogKind, OwnerSide, PlanKind
from support.models import SupportPeriod
from support.ownership import Alarm
from tests.factories import NOW, TODAY, make_member, make_period

pytestmark = pytest.mark.django_db

QUIET = [ALARM_WORDS[Alarm.GROUP_QUIET]]


@pytest.fixture
def period(leader: User) -> SupportPeriod:
    """Seven weeks old; the leader has worked this week."""
    period = make_period(leader=leader, opened_at=NOW - timedelta(weeks=7))
    write_log(period, LogKind.CALL, "Vi ringde kommunen.", by=leader, now=NOW - timedelta(days=2))
    return period


def asks(period: SupportPeriod) -> Any:
    contact = make_member(group=period.group).contact
    return own_page.ask_question(period=period, contact=contact, text="Hur gör vi?", once_key=uuid4(), now=NOW)


def writes_in_the_plan(period: SupportPeriod, *, by_group: bool = True) -> Any:
    return plans.add_item(
        period, text="Ring", kind=PlanKind.TASK, owner_side=OwnerSide.GROUP, by_group=by_group, now=NOW
    )


def test_a_leader_who_works_alone_is_told(period: SupportPeriod) -> None:
    writes_in_the_plan(period, by_group=False)

    assert balance_of(period, TODAY).alarms == QUIET


@pytest.mark.parametrize("act", [asks, writes_in_the_plan])
def test_whatever_the_group_does_counts_as_acting(period: SupportPeriod, act: Callable[[SupportPeriod], Any]) -> None:
    act(period)

    assert balance_of(period, TODAY).alarms == []


def test_a_period_that_has_just_begun_is_not_quiet(leader: User) -> None:
    period = make_period(leader=leader, opened_at=NOW)
    write_log(period, LogKind.CALL, "Vi ringde.", by=leader, now=NOW)

    assert balance_of(period, TODAY).alarms == []
