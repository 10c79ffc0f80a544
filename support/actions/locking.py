"""Taking a period as it is now, so that nobody changes it meanwhile."""

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
