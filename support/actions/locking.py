"""Taking a period as it is now, so that nobody changes it meanwhile.

Whoever needs several locks asks for them in this order, so that nobody waits in a circle:

1. the time of a leader (`leader_time.lock_time_of`)
2. requests: the one that others are joined to before these, else by number; each with its contact
3. the period
4. its group
5. what belongs to them: hand-overs, meetings, offered times, check-ins, lines of the plan
"""

from datetime import datetime

from support.enums import OPEN_PHASES, Phase
from support.models import SupportPeriod


class PeriodClosed(Exception):
    """The period is over for this: it is closed, or the group is self-reliant."""


def locked(period: SupportPeriod) -> SupportPeriod:
    """The period as it is now, locked until the transaction ends. The caller's instance gets the same values."""
    period.refresh_from_db(from_queryset=SupportPeriod.objects.select_for_update())
    return period


def locked_open(period: SupportPeriod) -> SupportPeriod:
    """As `locked`. Raises PeriodClosed."""
    if locked(period).phase not in OPEN_PHASES:
        raise PeriodClosed
    return period


def set_phase(period: SupportPeriod, phase: Phase, now: datetime) -> None:
    period.phase = phase
    period.phase_since = now
    period.save(update_fields=["phase", "phase_since"])
