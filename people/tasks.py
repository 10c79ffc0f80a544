"""What Celery beat wakes. What is due stands in PostgreSQL, so a task that is lost or comes twice does no harm."""

import structlog
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from people import clock
from people.actions.heartbeats import MESSAGES, TIDYING, beat
from people.actions.links import free_codes
from people.actions.messages import deliver_due, wipe_old_texts
from people.actions.way_in import forget_old_tries

logger = structlog.get_logger(__name__)


@shared_task(name="people.tasks.deliver_messages")
def deliver_messages() -> None:
    """Sends what is due until nothing is left or it is time for the next one to take over."""
    started_at, now = clock.real_now(), clock.now()
    count = deliver_due(clock.now, seconds=settings.DELIVERY_SECONDS)
    beat(MESSAGES, started_at=started_at, now=now, result=f"{count} messages")
    if count:
        logger.info("messages_dealt_with", count=count)


@shared_task(name="people.tasks.tidy_messages")
def tidy_messages() -> None:
    """Wipes old texts, makes codes free whose year has passed, forgets wrong tries of yesterday and ended sessions."""
    started_at, now = clock.real_now(), clock.now()
    wiped, freed, forgotten = wipe_old_texts(now), free_codes(now), forget_old_tries(now)
    SessionStore.clear_expired()
    result = f"{wiped} texts wiped, {freed} codes freed, {forgotten} tries forgotten"
    beat(TIDYING, started_at=started_at, now=now, result=result)
