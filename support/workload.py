"""How much each leader has, counted in the database: seen wherever someone is chosen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, ExpressionWrapper, Q
from django.db.models.fields import BooleanField
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import User
from support.enums import Phase
from support.loads import AFTER_CARE, OPEN_REQUEST, RESTING, weight
from support.models import SupportPeriod, SupportRequest
from support.taper import Policy


@dataclass(frozen=True)
class Load:
    """What one leader has at some offices. `resting` are those of the open periods that have a pause."""

    user: User
    open_requests: int = 0
    open_periods: int = 0
    weight: float = 0.0
    resting: int = 0
    after_care: int = 0

    def __str__(self) -> str:
        """ "7 grupper, 2 förfrågningar, tyngd 4,5" """
        groups = ngettext("%(count)s grupp", "%(count)s grupper", self.open_periods) % {"count": self.open_periods}
        requests = ngettext("%(count)s förfrågan", "%(count)s förfrågningar", self.open_requests)
        heavy = _("tyngd %(weight)s") % {"weight": self.weight_in_words}
        return ", ".join((groups, requests % {"count": self.open_requests}, heavy))

    @property
    def weight_in_words(self) -> str:
        return formats.number_format(round(self.weight, 1), decimal_pos=1)


def loads_of(leaders: Iterable[User], offices: Collection[int], today: date) -> list[Load]:
    """What each of the leaders has at the offices, in their order; with it requests of the common queue.

    Three queries, whatever the number of leaders and cases. Cases of other offices are not counted: who looks may not
    be allowed to know of them.
    """
    users = list(leaders)
    requests = _open_requests(users, offices)
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in _open_periods(users, offices, today):
        groups.setdefault(row["leader"], []).append(row)
    after_care = _after_care(users, offices)
    return [
        Load(
            user=user,
            open_requests=requests.get(user.pk, 0),
            open_periods=sum(row["count"] for row in groups.get(user.pk, [])),
            weight=OPEN_REQUEST * requests.get(user.pk, 0)
            + sum(_weight_of(row) * row["count"] for row in groups.get(user.pk, []))
            + AFTER_CARE * after_care.get(user.pk, 0),
            resting=sum(row["count"] for row in groups.get(user.pk, []) if row["rests"]),
            after_care=after_care.get(user.pk, 0),
        )
        for user in users
    ]


def _open_requests(users: list[User], offices: Collection[int]) -> dict[int, int]:
    rows = SupportRequest.objects.open().filter(Q(office__in=offices) | Q(office__isnull=True), leader__in=users)
    return dict(rows.order_by().values_list("leader").annotate(count=Count("pk")))


def _open_periods(users: list[User], offices: Collection[int], today: date) -> Iterable[Any]:
    """A row for each place on a ladder, not for each group."""
    rests = ExpressionWrapper(Q(paused_until__isnull=False, paused_until__gte=today), output_field=BooleanField())
    return (
        SupportPeriod.objects.open()
        .filter(leader__in=users, office__in=offices)
        .order_by()
        .values("leader", "step", "ladder", "office__policy__ladder", rests=rests)
        .annotate(count=Count("pk"))
    )


def _weight_of(row: dict[str, Any]) -> float:
    if row["rests"]:
        return RESTING
    return weight(row["step"], row["ladder"] or row["office__policy__ladder"] or Policy().ladder)


def _after_care(users: list[User], offices: Collection[int]) -> dict[int, int]:
    rows = SupportPeriod.objects.filter(phase=Phase.SELF_RELIANT, leader__in=users, office__in=offices)
    return dict(rows.order_by().values_list("leader").annotate(count=Count("pk")))
