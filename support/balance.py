"""The ownership balance of a period, read from its plan: the same figures and the same chart for group and leader."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.calendar import stockholm_day
from support.models import PlanEvent, SupportPeriod
from support.ownership import Alarm, ItemEvent, MonthBalance, alarms, ownership_by_month

MONTHS_SHOWN = 12
BAR_WIDTH = 28
BAR_GAP = 16
CHART_HEIGHT = 100

ALARM_WORDS = {
    Alarm.FALLS: _("Gruppens andel har minskat två månader i rad. Prata med gruppen om vem som gör vad."),
    Alarm.ONE_PERSON: _("En och samma person har allt. Vad kan delas?"),
    Alarm.GROUP_QUIET: _("Ingen i gruppen har gjort något på sex veckor, men vi har. Vems är frågan nu?"),
}


@dataclass(frozen=True)
class Bar:
    """A month in the chart, in whole units; `height` is None where there was nothing to count."""

    month: MonthBalance
    x: int
    height: int | None

    @property
    def y(self) -> int:
        return CHART_HEIGHT - (self.height or 0)

    @property
    def middle(self) -> int:
        return self.x + BAR_WIDTH // 2

    @property
    def percent(self) -> int | None:
        """The group's share of what was worked on in the month."""
        return _percent(self.month.group_share)

    @property
    def finished_percent(self) -> int | None:
        """The group's share of what was finished in the month."""
        return _percent(self.month.finished_by_group_share)


@dataclass(frozen=True)
class Balance:
    bars: list[Bar]
    alarms: list[Promise]

    @property
    def width(self) -> int:
        return len(self.bars) * (BAR_WIDTH + BAR_GAP) + BAR_GAP


def balance_of(period: SupportPeriod, today: date) -> Balance:
    """The last twelve months, and what a leader should talk with the group about. Two queries."""
    rows = list(PlanEvent.objects.filter(item__period=period).order_by("at", "pk"))
    events = [_event(row) for row in rows]
    logged = period.log.aggregate(
        staff=Max("at", filter=Q(user__isnull=False)), group=Max("at", filter=Q(contact__isnull=False))
    )
    acted = [period.last_activity_at, logged["group"], *(row.at for row in rows if row.by_group)]
    found = alarms(
        events,
        group_acted_on=stockholm_day(max(filter(None, acted), default=period.opened_at)),
        staff_logged_on=stockholm_day(logged["staff"]) if logged["staff"] else None,
        today=today,
    )
    months = ownership_by_month(events, today)[-MONTHS_SHOWN:]
    bars = [
        Bar(month, BAR_GAP + number * (BAR_WIDTH + BAR_GAP), _percent(month.group_share))
        for number, month in enumerate(months)
    ]
    return Balance(bars=bars, alarms=[ALARM_WORDS[alarm] for alarm in found])


def _event(row: PlanEvent) -> ItemEvent:
    return ItemEvent(
        item=row.item_id, on=stockholm_day(row.at), owner_side=row.owner_side, status=row.status, owner=row.owner
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)
