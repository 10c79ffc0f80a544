"""Whether the portal can answer, and whether messages go out: asked by health checks, alarms and the staff pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import clock
from people.models import Heartbeat, Message

OLDEST_UNSENT = timedelta(minutes=15)
"""How long a message may wait after its time before somebody should look."""

PULSE = timedelta(minutes=5)
"""How long a sweep may be silent; the hourly one two hours."""

SLOW_PULSE = timedelta(hours=2)
SLOW_SWEEPS = ("links", "tidying")


@dataclass(frozen=True)
class DeliveryFacts:
    """How old the oldest message is that should have gone out, how many there are, and when each sweep last ran."""

    oldest_unsent: timedelta | None
    unsent: int
    pulses: dict[str, timedelta]

    @property
    def faults(self) -> list[str]:
        """What is wrong, by name; nothing when all is well. A sweep that never ran is seen by its messages."""
        silent = [name for name, age in self.pulses.items() if age > (SLOW_PULSE if name in SLOW_SWEEPS else PULSE)]
        late = self.oldest_unsent is not None and self.oldest_unsent > OLDEST_UNSENT
        return [*(["unsent"] if late else []), *silent]


def delivery_facts(now: datetime, real_now: datetime) -> DeliveryFacts:
    """Messages wait in the programme's time; sweeps beat in real time. Two queries."""
    waiting = Message.objects.overdue(now).aggregate(oldest=Min("not_before"), count=Count("pk"))
    beats = Heartbeat.objects.values_list("name", "finished_at")
    return DeliveryFacts(
        oldest_unsent=now - waiting["oldest"] if waiting["oldest"] else None,
        unsent=waiting["count"],
        pulses={name: real_now - finished_at for name, finished_at in beats},
    )


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers. Redis is not asked: the pages work without it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def delivery_health(request: HttpRequest) -> JsonResponse:
    """503 when messages wait too long or a sweep is silent. For alarms: starting the web server anew does not help."""
    facts = delivery_facts(clock.now(), clock.real_now())
    seconds = None if facts.oldest_unsent is None else int(facts.oldest_unsent.total_seconds())
    answer = {
        "faults": facts.faults,
        "unsent": facts.unsent,
        "oldest_unsent_seconds": seconds,
        "pulse_seconds": {name: int(age.total_seconds()) for name, age in facts.pulses.items()},
    }
    return JsonResponse(answer, status=HTTPStatus.SERVICE_UNAVAILABLE if facts.faults else HTTPStatus.OK)
