"""Whose work someone answers for today, and which cases that is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from people.calendar import stockholm_day
from people.models import User
from people.permissions import works_for
from support.enums import OPEN_PHASES, Phase
from support.models import SupportPeriod, SupportRequest
from support.taper import Policy

Row = TypeVar("Row", bound=Model)

PEACE = Policy().hand_over
"""How long a new leader reads in before anything is reminded of: the same rule as for the group's reminders."""

LIVING_PHASES = (*OPEN_PHASES, Phase.SELF_RELIANT)
"""A self-reliant group is still heard from: its questions and after-care are someone's work."""


@dataclass(frozen=True)
class Desk:
    """The user, whose cases they answer for (their own, and those of colleagues they cover for), and the moment."""

    user: User
    leaders: tuple[int, ...]
    now: datetime

    @property
    def today(self) -> date:
        return stockholm_day(self.now)


def desk_of(user: User, now: datetime) -> Desk:
    return Desk(user, tuple(works_for(user, stockholm_day(now))), now)


def my_requests(desk: Desk) -> QuerySet[SupportRequest]:
    """Open requests that I answer for, at offices where I work."""
    return SupportRequest.objects.open().visible_to(desk.user).filter(leader__in=desk.leaders)


def my_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    """Open periods that I answer for, at offices where I work."""
    return SupportPeriod.objects.open().visible_to(desk.user).filter(leader__in=desk.leaders)


def my_living_periods(desk: Desk) -> QuerySet[SupportPeriod]:
    """The same with after-care."""
    return SupportPeriod.objects.visible_to(desk.user).filter(leader__in=desk.leaders, phase__in=LIVING_PHASES)


def awake(rows: QuerySet[SupportPeriod], desk: Desk) -> QuerySet[SupportPeriod]:
    """Not resting until a day that they chose."""
    return rows.filter(Q(paused_until__isnull=True) | Q(paused_until__lt=desk.today))


def settled(rows: QuerySet[Row], desk: Desk, path: str = "") -> QuerySet[Row]:
    """Cases that have been with their leader for a while. The others stand in "Nytt hos dig" alone."""
    column = f"{path}handed_over_on"
    return rows.filter(Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lte": desk.today - PEACE}))


def fresh(rows: QuerySet[Row], desk: Desk, path: str = "") -> QuerySet[Row]:
    """Cases that changed leader during the last seven days."""
    condition: dict[str, Any] = {f"{path}handed_over_on__gt": desk.today - PEACE}
    return rows.filter(**condition)
