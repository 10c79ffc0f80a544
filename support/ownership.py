"""The ownership balance: whether the work moves into the group's own hands. The same figures for group and leader.

All of it is the programme's own rule: the group owns its cause, and the portal shows whether it does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from support.enums import OwnerSide, PlanStatus

COUNTED_SIDES = frozenset({OwnerSide.GROUP, OwnerSide.ENABLER, OwnerSide.PROGRAMME})
FEWEST_ITEMS_TO_SHARE = 3
GROUP_QUIET_FOR = timedelta(weeks=6)


class Alarm(StrEnum):
    """What a leader should see and talk with the group about."""

    FALLS = "falls"
    ONE_PERSON = "one_person"
    GROUP_QUIET = "group_quiet"


@dataclass(frozen=True, kw_only=True)
class ItemEvent:
    """What a plan item became on a day (a Swedish day): whose it was from then on, and how far it had come.

    Events are given in the order they happened, so that the later of two on one day counts.
    """

    item: int
    on: date
    owner_side: str
    status: str
    owner: str = ""

    @property
    def is_counted(self) -> bool:
        """What only the responsible can do, and what was not for the group, says nothing of ownership."""
        return self.owner_side in COUNTED_SIDES and self.status != PlanStatus.NOT_FOR_US

    @property
    def owner_name(self) -> str:
        return self.owner.strip().casefold()

    @property
    def is_open(self) -> bool:
        return self.status not in {PlanStatus.DONE, PlanStatus.NOT_FOR_US}


@dataclass(frozen=True, kw_only=True)
class MonthBalance:
    """A month, named by its first day. A share is None where there was nothing to count: a gap, not a zero."""

    month: date
    items: int
    group_share: float | None
    finished: int
    finished_by_group_share: float | None


def ownership_by_month(events: Iterable[ItemEvent], until: date) -> list[MonthBalance]:
    """Every month from the first event to the one of `until`, over the items with an event in that month.

    An item counts once a month, on the side that has it at the month's end; finished are those that are done by then.
    """
    ordered = sorted(events, key=lambda event: event.on)
    if not ordered:
        return []
    by_month = {month: list(group) for month, group in groupby(ordered, key=lambda event: event.on.replace(day=1))}
    return [_balance(month, by_month.get(month, [])) for month in _months(ordered[0].on, until)]


def alarms(
    events: Sequence[ItemEvent], *, group_acted_on: date, staff_logged_on: date | None, today: date
) -> list[Alarm]:
    """What is wrong with the balance today.

    `group_acted_on` is the last day anyone in the group did something (or the day the period opened, if nobody has),
    `staff_logged_on` the last day staff logged work.
    """
    group_is_quiet = group_acted_on + GROUP_QUIET_FOR <= today
    staff_work = staff_logged_on is not None and staff_logged_on > today - GROUP_QUIET_FOR
    found = {
        Alarm.FALLS: _falls_two_months_in_row(ownership_by_month(events, today), today),
        Alarm.ONE_PERSON: _one_person_has_everything(events),
        Alarm.GROUP_QUIET: group_is_quiet and staff_work,
    }
    return [alarm for alarm, is_on in found.items() if is_on]


def _balance(month: date, events: Sequence[ItemEvent]) -> MonthBalance:
    counted = [event for event in _newest_of_each(events) if event.is_counted]
    finished = [event for event in counted if event.status == PlanStatus.DONE]
    return MonthBalance(
        month=month,
        items=len(counted),
        group_share=_group_share(counted),
        finished=len(finished),
        finished_by_group_share=_group_share(finished),
    )


def _newest_of_each(events: Iterable[ItemEvent]) -> list[ItemEvent]:
    return list({event.item: event for event in events}.values())


def _group_share(events: Sequence[ItemEvent]) -> float | None:
    if not events:
        return None
    return sum(event.owner_side == OwnerSide.GROUP for event in events) / len(events)


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _falls_two_months_in_row(balances: Sequence[MonthBalance], today: date) -> bool:
    """Over the last three whole months; a month without a figure breaks the row."""
    shares = [balance.group_share for balance in balances if balance.month < today.replace(day=1)]
    match shares[-3:]:
        case [float(first), float(second), float(third)]:
            return first > second > third
    return False


def _one_person_has_everything(events: Iterable[ItemEvent]) -> bool:
    """One and the same has every open item, or every one of the group's; with fewer than three it says nothing."""
    ordered = sorted(events, key=lambda event: event.on)
    items = [event for event in _newest_of_each(ordered) if event.is_counted and event.is_open]
    of_the_group = [event for event in items if event.owner_side == OwnerSide.GROUP]
    return any(
        len(some) >= FEWEST_ITEMS_TO_SHARE and len({event.owner_name for event in some}) == 1 and some[0].owner_name
        for some in (items, of_the_group)
    )
