from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.enums import OwnerSide, PlanStatus
from support.ownership import Alarm, ItemEvent, alarms, ownership_by_month

TODAY = date(2026, 11, 20)

EVENTS = st.lists(
    st.builds(
        ItemEvent,
        item=st.integers(1, 6),
        on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        owner_side=st.sampled_from(OwnerSide),
        status=st.sampled_from(PlanStatus),
        owner=st.sampled_from(["", "Bo", "Kim"]),
    ),
    max_size=25,
)


def event(item, month, side, status=PlanStatus.UNDER_WAY, *, day=10, owner=""):
    return ItemEvent(item=item, on=date(2026, month, day), owner_side=side, status=status, owner=owner)


def shares(events, until=TODAY):
    return [balance.group_share for balance in ownership_by_month(events, until)]


def found(events=(), *, group_acted_on=TODAY, staff_logged_on=None):
    return alarms(events, group_acted_on=group_acted_on, staff_logged_on=staff_logged_on, today=TODAY)


def test_the_balance_is_the_groups_share_of_the_items_with_an_event_that_month():
    events = [
        event(1, 11, OwnerSide.GROUP),
        event(2, 11, OwnerSide.GROUP),
        event(3, 11, OwnerSide.ENABLER),
        event(4, 11, OwnerSide.PROGRAMME),
    ]

    assert shares(events) == [0.5]


def test_what_only_the_responsible_can_do_and_what_is_not_for_the_group_is_left_out():
    events = [
        event(1, 11, OwnerSide.GROUP),
        event(2, 11, OwnerSide.DUTY_BEARER),
        event(3, 11, OwnerSide.PROGRAMME, PlanStatus.NOT_FOR_US),
    ]

    assert shares(events) == [1.0]


def test_an_item_counts_once_on_the_side_that_has_it_at_the_end_of_the_month():
    events = [
        event(1, 11, OwnerSide.GROUP, day=15),
        event(1, 11, OwnerSide.PROGRAMME, day=3),
        event(2, 11, OwnerSide.PROGRAMME),
    ]

    assert shares(events) == [0.5]


def test_a_month_without_events_is_a_gap_and_not_a_zero():
    events = [event(1, 8, OwnerSide.GROUP), event(1, 10, OwnerSide.PROGRAMME)]

    assert shares(events) == [1.0, None, 0.0, None]


def test_a_month_with_only_the_responsibles_items_is_a_gap():
    assert shares([event(1, 11, OwnerSide.DUTY_BEARER)]) == [None]


def test_the_share_finished_by_the_group_stands_beside():
    events = [
        event(1, 11, OwnerSide.GROUP, PlanStatus.DONE),
        event(2, 11, OwnerSide.PROGRAMME, PlanStatus.DONE),
        event(3, 11, OwnerSide.PROGRAMME, PlanStatus.DONE),
        event(4, 11, OwnerSide.GROUP),
    ]

    (november,) = ownership_by_month(events, TODAY)

    assert (november.items, november.group_share) == (4, 0.5)
    assert november.finished == 3
    assert november.finished_by_group_share == pytest.approx(1 / 3)


def test_where_nothing_was_finished_there_is_no_share():
    (november,) = ownership_by_month([event(1, 11, OwnerSide.GROUP)], TODAY)

    assert (november.finished, november.finished_by_group_share) == (0, None)


def test_no_events_is_no_months():
    assert ownership_by_month([], TODAY) == []
    assert ownership_by_month([event(1, 12, OwnerSide.GROUP)], TODAY) == []


def test_months_pass_into_a_new_year():
    balances = ownership_by_month([event(1, 11, OwnerSide.GROUP)], date(2027, 1, 31))

    assert [balance.month for balance in balances] == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_falling_two_months_in_a_row_is_an_alarm():
    august = [event(item, 8, OwnerSide.GROUP) for item in (1, 2)]
    september = [event(1, 9, OwnerSide.GROUP), event(2, 9, OwnerSide.PROGRAMME)]
    october = [event(item, 10, OwnerSide.PROGRAMME) for item in (1, 2)]

    assert found(august + september + october) == [Alarm.FALLS]
    assert found(september + october) == []


def test_an_even_balance_is_no_alarm():
    assert found([event(1, month, OwnerSide.GROUP) for month in (8, 9, 10)]) == []
    assert found([event(1, month, OwnerSide.PROGRAMME) for month in (8, 9, 10)]) == []


def test_a_month_that_is_not_over_does_not_count_as_falling():
    september = [event(item, 9, OwnerSide.GROUP) for item in (1, 2)]
    october = [event(1, 10, OwnerSide.GROUP), event(2, 10, OwnerSide.PROGRAMME)]
    november = [event(item, 11, OwnerSide.PROGRAMME) for item in (1, 2)]

    assert found(september + october + november) == []


def test_a_gap_breaks_the_row():
    july = [event(item, 7, OwnerSide.GROUP) for item in (1, 2)]
    august = [event(1, 8, OwnerSide.GROUP), event(2, 8, OwnerSide.PROGRAMME)]
    october = [event(item, 10, OwnerSide.PROGRAMME) for item in (1, 2)]

    assert found(july + august + october) == []


@pytest.mark.parametrize("side", [OwnerSide.GROUP, OwnerSide.PROGRAMME])
def test_one_person_who_has_everything_is_an_alarm(side):
    assert found([event(item, 11, side, owner="Kim") for item in (1, 2, 3)]) == [Alarm.ONE_PERSON]


def test_one_person_who_has_all_that_is_the_groups_is_an_alarm_too():
    of_the_group = [event(item, 11, OwnerSide.GROUP, owner="Kim") for item in (1, 2, 3)]
    ours = event(4, 11, OwnerSide.PROGRAMME, owner="Bo")

    assert found([*of_the_group, ours]) == [Alarm.ONE_PERSON]


@pytest.mark.parametrize(
    "events",
    [
        [event(item, 11, OwnerSide.GROUP, owner="Kim") for item in (1, 2)],
        [event(item, 11, OwnerSide.GROUP) for item in (1, 2, 3)],
        [event(item, 11, OwnerSide.GROUP, owner=owner) for item, owner in [(1, "Kim"), (2, "Kim"), (3, "Bo")]],
        [event(item, 11, OwnerSide.GROUP, PlanStatus.DONE, owner="Kim") for item in (1, 2, 3)],
        [event(item, 11, OwnerSide.DUTY_BEARER, owner="Kim") for item in (1, 2, 3)],
    ],
    ids=["few items", "nobody named", "two people", "all done", "the responsible's own"],
)
def test_these_are_not_one_person_with_everything(events):
    assert found(events) == []


def test_a_group_that_has_been_quiet_for_six_weeks_while_staff_work_is_an_alarm():
    six_weeks_ago, after_that = date(2026, 10, 9), date(2026, 10, 10)

    assert found(group_acted_on=six_weeks_ago, staff_logged_on=TODAY) == [Alarm.GROUP_QUIET]
    assert found(group_acted_on=after_that, staff_logged_on=TODAY) == []


def test_when_staff_are_quiet_too_it_is_no_alarm():
    assert found(group_acted_on=date(2026, 6, 1), staff_logged_on=None) == []
    assert found(group_acted_on=date(2026, 6, 1), staff_logged_on=date(2026, 10, 9)) == []


@given(EVENTS)
def test_every_month_is_there_once_and_every_share_is_a_share(events):
    balances = ownership_by_month(events, TODAY)

    months = [balance.month for balance in balances]
    assert months == sorted(set(months))
    for balance in balances:
        assert (balance.group_share is None) == (balance.items == 0)
        assert (balance.finished_by_group_share is None) == (balance.finished == 0)
        assert all(0 <= share <= 1 for share in (balance.group_share, balance.finished_by_group_share) if share)
        assert balance.finished <= balance.items


@given(EVENTS)
def test_taking_an_item_over_never_lowers_the_groups_share(events):
    events = [event for event in events if event.on <= TODAY]
    before = shares(events)
    taken = ItemEvent(item=1, on=TODAY, owner_side=OwnerSide.GROUP, status=PlanStatus.UNDER_WAY)

    after = shares([*events, taken])

    assert after[-1] is not None
    assert not before or before[-1] is None or after[-1] >= before[-1] - 1e-9


@given(EVENTS)
def test_what_happens_later_never_changes_a_month_that_is_over(events):
    by_october = ownership_by_month(events, date(2026, 10, 31))

    assert ownership_by_month(events, date(2026, 12, 31))[: len(by_october)] == by_october
