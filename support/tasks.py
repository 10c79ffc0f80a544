"""What Celery beat wakes. What is due stands in PostgreSQL, so a task that is lost or comes twice does no harm."""

import structlog
from celery import shared_task

from people import clock
from people.actions.heartbeats import beat
from support.actions.sweeps import sweep

logger = structlog.get_logger(__name__)

SUPPORT = "support"


@shared_task(name="support.tasks.sweep_support")
def sweep_support() -> None:
    """Does what is due in the support: promises, follow-ups, drafts that nobody came back to."""
    started_at, now = clock.real_now(), clock.now()
    done = {work: count for work, count in sweep(now).items() if count}
    beat(SUPPORT, started_at=started_at, now=now, result=", ".join(f"{work} {count}" for work, count in done.items()))
    if done:
        logger.info("support_swept", **done)
