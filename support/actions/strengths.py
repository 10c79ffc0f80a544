"""The nine strengths a group marks for itself."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from support.actions.locking import locked
from support.actions.logs import write_log
from support.enums import Capacity, CheckInState, LogKind
from support.models import CheckIn, SupportPeriod


class NothingAnswered(Exception):
    """The strengths belong to a check-in the group has answered, and there is none."""


@transaction.atomic
def mark_strengths(period: SupportPeriod, *, marks: Mapping[Capacity, int], now: datetime) -> CheckIn:
    """Keeps the marks (1–5, any number of the nine) with the group's newest answer. New marks take the old ones' place.

    Raises NothingAnswered.
    """
    period = locked(period)
    answered = period.check_ins.filter(state=CheckInState.ANSWERED).order_by("-number").first()
    if answered is None:
        raise NothingAnswered
    capacity = {str(domain): int(mark) for domain, mark in marks.items()}
    if capacity != answered.capacity:
        answered.capacity = capacity
        answered.save(update_fields=["capacity"])
        write_log(period, LogKind.CHECK_IN, _("Gruppen har ritat sitt nät av styrkor."), now=now)
    return answered
