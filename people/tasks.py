"""What Celery beat wakes. What is due stands in PostgreSQL, so a task that is lost or comes twice does no harm."""

import structlog
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from people import clock
from people.actions.heartbeats import JOBS, MESSAGES, TIDYING, beat
from people.actions.jobs import run_due_jobs, wipe_old_jobs
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


@shared_task(name="people.tasks.run_jobs")
def run_jobs() -> None:
    """Does the long work that someone has asked for, until nothing is left or the next one takes over."""
    started_at, now = clock.real_now(), clock.now()
    count = run_due_jobs(clock.now, seconds=settings.JOB_SECONDS)
    beat(JOBS, started_at=started_at, now=now, result=f"{count} jobs")
    if count:
        logger.info("jobs_done", count=count)


@shared_task(name="people.tasks.tidy_messages")
def tidy_messages() -> None:
    """Wipes old texts and what jobs hold, frees codes whose year has passed, forgets old tries and ended sessions."""
    started_at, now = clock.real_now(), clock.now()
    wiped = wipe_old_texts(now) + wipe_old_jobs(now)
    freed, forgotten = free_codes(now), forget_old_tries(now)
    SessionStore.clear_expired()
    result = f"{wiped} texts wiped, {freed} codes freed, {forgotten} tries forgotten"
    beat(TIDYING, started_at=started_at, now=now, result=result)
