from datetime import timedelta

import pytest

from support.actions import plans
from support.enums import OwnerSide, Phase, PlanKind, PlanStatus
from support.models import PlanEvent, PlanItem, SupportPeriod
from tests.factories import NOW, TODAY, make_item, make_period

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=5)


def add(period: SupportPeriod, side: OwnerSide = OwnerSide.GROUP) -> PlanItem:
    return plans.add_item(
        period, text="Boka en lokal", kind=PlanKind.TASK, owner_side=side, owner="Alva", by_group=True, now=NOW
    )


def test_a_new_item_is_an_event_and_a_line_in_the_log() -> None:
    period = make_period()

    item = add(period)

    event = PlanEvent.objects.get()
    assert (event.item, event.owner_side, event.status, event.by_group) == (item, "group", "not_started", True)
    assert [entry.text for entry in period.log.all()] == ["Nytt i planen: Boka en lokal"]


def test_what_the_group_finishes_is_its_own_activity() -> None:
    period = make_period()
    item = add(period)

    plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=LATER)

    period.refresh_from_db()
    assert (item.status, item.done_at, period.last_activity_at) == (PlanStatus.DONE, LATER, LATER)
    assert period.check_ins.get().expected > TODAY + timedelta(weeks=1)


def test_what_we_do_is_not_the_groups_activity() -> None:
    period = make_period()
    item = add(period, OwnerSide.PROGRAMME)

    plans.set_item_status(item, status=PlanStatus.DONE, by_group=False, by=period.leader, now=LATER)

    period.refresh_from_db()
    assert period.last_activity_at is None


def test_the_same_status_again_changes_nothing() -> None:
    item = add(make_period())

    plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=NOW)
    plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=LATER)

    assert (item.done_at, PlanEvent.objects.count()) == (NOW, 2)


def test_an_item_taken_up_again_is_no_longer_done() -> None:
    item = add(make_period())
    plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=NOW)

    plans.set_item_status(item, status=PlanStatus.UNDER_WAY, by_group=True, now=LATER)

    item.refresh_from_db()
    assert item.done_at is None


def test_a_change_of_side_is_a_hand_over() -> None:
    item = add(make_period(), OwnerSide.PROGRAMME)

    plans.give_item(item, owner_side=OwnerSide.GROUP, owner="Alva", by_group=False, now=LATER)

    assert list(PlanEvent.objects.values_list("owner_side", "handed_over")) == [
        (OwnerSide.PROGRAMME, False),
        (OwnerSide.GROUP, True),
    ]


def test_another_person_on_the_same_side_is_no_hand_over() -> None:
    item = add(make_period())

    plans.give_item(item, owner_side=OwnerSide.GROUP, owner="Bo", by_group=True, now=LATER)
    plans.give_item(item, owner_side=OwnerSide.GROUP, owner="Bo", by_group=True, now=LATER)

    assert list(PlanEvent.objects.values_list("owner", "handed_over")) == [("Alva", False), ("Bo", False)]


def test_the_plan_of_a_closed_period_stands() -> None:
    item = make_item(period=make_period(phase=Phase.CLOSED, closed_at=NOW))

    with pytest.raises(plans.PlanClosed):
        plans.set_item_status(item, status=PlanStatus.DONE, by_group=True, now=NOW)
