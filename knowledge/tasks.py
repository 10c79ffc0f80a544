"""What Celery beat wakes. What is due stands in PostgreSQL, so a task that is lost or comes twice does no harm."""

import structlog
from celery import shared_task

from knowledge.actions.links import check_links as try_links
from knowledge.actions.publishing import publish_due
from people import clock
from people.actions.heartbeats import beat

logger = structlog.get_logger(__name__)

KNOWLEDGE = "knowledge"
LINKS = "links"


@shared_task(name="knowledge.tasks.sweep_knowledge")
def sweep_knowledge() -> None:
    """Publishes what was to come out by now."""
    started_at, now = clock.real_now(), clock.now()
    count = publish_due(now)
    beat(KNOWLEDGE, started_at=started_at, now=now, result=f"{count} published")
    if count:
        logger.info("scheduled_texts_published", count=count)


@shared_task(name="knowledge.tasks.check_links")
def check_links() -> None:
    """Tries the links of public texts that have not been tried for a day."""
    started_at, now = clock.real_now(), clock.now()
    count = try_links(now)
    beat(LINKS, started_at=started_at, now=now, result=f"{count} lead nowhere")
    if count:
        logger.info("links_lead_nowhere", count=count)
