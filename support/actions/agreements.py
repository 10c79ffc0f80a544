"""What group and programme have agreed about the support: which kinds, how long, when to go through it again."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.enums import SupportKind
from people.models import User
from support.actions.locking import PeriodClosed, locked
from support.actions.logs import write_log
from support.enums import LogKind, Phase
from support.models import SupportPeriod


@transaction.atomic
def agree_on_support(
    period: SupportPeriod,
    *,
    supports: Sequence[SupportKind],
    horizon: str,
    review_on: date | None,
    by: User,
    now: datetime,
) -> SupportPeriod:
    """Writes down what was agreed, as the group sees it too. The same again changes nothing. Raises PeriodClosed."""
    period = locked(period)
    if period.phase == Phase.CLOSED:
        raise PeriodClosed
    agreed = {"supports": [str(kind) for kind in supports], "horizon": horizon, "review_on": review_on}
    if all(getattr(period, name) == value for name, value in agreed.items()):
        return period
    for name, value in agreed.items():
        setattr(period, name, value)
    period.save(update_fields=[*agreed])
    write_log(period, LogKind.PLAN, _("Vi har skrivit ner vad vi är överens om."), by=by, now=now)
    return period
