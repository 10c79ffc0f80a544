"""What Celery beat wakes. What is due stands in PostgreSQL, so a task that is lost or comes twice does no harm."""

import structlog
from celery import shared_task

from people import clock
from people.actions.heartbeats import beat
from training.actions.sweeps import sweep

logger = structlog.get_logger(__name__)

TRAINING = "training"


@shared_task(name="training.tasks.sweep_training")
def sweep_training() -> None:
    """Does what is due around the sessions: offers that lapse, questions afterwards, needs that are wiped."""
    started_at, now = clock.real_now(), clock.now()
    done = {work: count for work, count in sweep(now).items() if count}
    beat(TRAINING, started_at=started_at, now=now, result=", ".join(f"{work} {count}" for work, count in done.items()))
    if done:
        logger.info("training_swept", **done)
