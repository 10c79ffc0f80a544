"""How heavy a group weighs, and how much each leader has."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from support.enums import Phase
from support.loads import AFTER_CARE, weight
from support.models import OfficePolicy
from support.permissions import leaders_of
from support.workload import Load, loads_of
from tests.factories import NOW, TODAY, make_group, make_period, make_request

LADDERS = st.lists(st.integers(1, 52), min_size=1, max_size=8, unique=True).map(sorted)


def test_a_group_that_is_met_every_week_weighs_one():
    assert [round(weight(step, (1, 2, 4, 8, 13)), 2) for step in range(5)] == [1, 0.5, 0.25, 0.12, 0.08]


def test_a_ladder_without_steps_weighs_nothing_at_all():
    with pytest.raises(ValueError, match="at least one step"):
        weight(0, ())


@given(LADDERS, st.integers(-3, 12))
def test_no_group_weighs_more_than_one_that_is_met_every_week(ladder, step):
    assert 0 < weight(step, ladder) <= 1


@given(LADDERS, st.integers(0, 8), st.integers(0, 8))
def test_the_wider_the_gap_the_lighter_the_group(ladder, one, other):
    one, other = sorted((one, other))

    assert weight(one, ladder) >= weight(other, ladder)


@given(LADDERS, st.integers(0, 8))
def test_how_heavy_is_how_often(ladder, step):
    gap = ladder[min(step, len(ladder) - 1)]

    assert weight(step, ladder) * gap == pytest.approx(1)


def loads(office, *more):
    return loads_of(leaders_of(office, TODAY), [one.pk for one in (office, *more)], TODAY)


@pytest.mark.django_db
def test_each_leader_with_what_they_have(leader, colleague, office):
    for step in (0, 1):
        make_period(leader=leader, office=office, group=make_group(office=office), step=step)
    make_period(leader=leader, office=office, group=make_group(office=office), ladder=[4, 8])
    make_period(leader=leader, office=office, group=make_group(office=office), paused_until=TODAY)
    after = {"phase": Phase.SELF_RELIANT, "self_reliant_at": NOW}
    make_period(leader=leader, office=office, group=make_group(office=office), **after)
    make_request(leader=leader, office=office)
    make_request(leader=leader)  # of the common queue

    mine, other = loads(office)

    assert mine == Load(leader, 2, 4, mine.weight, resting=1, after_care=1)
    assert mine.weight == pytest.approx(2 + 1 + 0.5 + 0.25 + AFTER_CARE)
    assert str(mine) == "4 grupper, 2 förfrågningar, tyngd 3,8"
    assert (other, str(other)) == (Load(colleague), "0 grupper, 0 förfrågningar, tyngd 0,0")


@pytest.mark.django_db
def test_the_ladder_of_the_office_counts(leader, office):
    OfficePolicy.objects.create(office=office, ladder=[2, 5])
    make_period(leader=leader, office=office, group=make_group(office=office), step=1)

    assert [load.weight for load in loads(office)] == [pytest.approx(0.2)]


@pytest.mark.django_db
def test_what_is_over_or_elsewhere_is_not_counted(leader, office, other_office):
    make_period(leader=leader, office=other_office, group=make_group(office=other_office))
    closed = {"phase": Phase.CLOSED, "closed_at": NOW}
    make_period(leader=leader, office=office, group=make_group(office=office), **closed)
    make_request(leader=leader, office=office, status="declined")
    make_request(leader=leader, office=other_office)

    assert loads(office) == [Load(leader)]


@pytest.mark.django_db
def test_the_number_of_questions_to_the_database_is_the_same_however_much_there_is(leader, colleague, office):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            loads(office)
        return len(asked)

    make_period(leader=leader, office=office, group=make_group(office=office))
    few = queries()
    for step in range(3):
        make_period(leader=colleague, office=office, group=make_group(office=office), step=step)
        make_request(leader=colleague, office=office)

    assert (few, queries()) == (4, 4)
