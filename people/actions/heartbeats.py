"""The pulse of what runs in the background: without it nobody sees that a sweep has stopped."""

from datetime import datetime

from django.db.models import F

from people import clock
from people.models import Heartbeat

JOBS = "jobs"
MESSAGES = "messages"
TIDYING = "tidying"


def beat(name: str, *, started_at: datetime, now: datetime, result: str = "") -> None:
    """Says that a sweep has run to its end. `started_at` is real time, `now` the programme's time when it began.

    So everything that was due at `now` has been looked at. Of two that ran side by side the one that began last stays.
    """
    values = {"started_at": started_at, "finished_at": clock.real_now(), "programme_time": now, "result": result[:300]}
    _, is_first = Heartbeat.objects.get_or_create(name=name, defaults={**values, "runs": 1})
    if not is_first:
        Heartbeat.objects.filter(name=name).update(runs=F("runs") + 1)
        Heartbeat.objects.filter(name=name, started_at__lte=started_at).update(**values)
