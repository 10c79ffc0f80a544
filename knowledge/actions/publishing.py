"""Public texts come out and are taken away. Whatever the server keeps of them is gone in the same moment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

import structlog
from django.db import connection, transaction
from django.utils.functional import Promise

from knowledge.actions.approved_text import has_yes, needs_yes
from knowledge.actions.indexing import enter, leave
from knowledge.actions.recall import recall_editions
from knowledge.completeness import completeness
from knowledge.enums import State
from knowledge.models import Example, PublicText, Published
from knowledge.texts import KINDS

logger = structlog.get_logger(__name__)

Text = TypeVar("Text", bound=PublicText)


class NotReady(Exception):
    """The text has not come so far that it may be published."""


class NotComplete(NotReady):
    """Needed parts are missing, by name: a stub is never public."""

    def __init__(self, missing: Sequence[Promise]) -> None:
        super().__init__(missing)
        self.missing = missing


def content_changed() -> None:
    """Whatever is kept of public pages holds no longer. In the transaction of the change itself."""
    with connection.cursor() as cursor:
        table = Published._meta.db_table
        cursor.execute(
            f"INSERT INTO {table} (id, changes) VALUES (1, 1) "  # noqa: S608 -- the name of our own table
            f"ON CONFLICT (id) DO UPDATE SET changes = {table}.changes + 1"
        )


def changes_so_far() -> int:
    """The number that what is kept of public pages is kept under. One query, by key, asked for every public page."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT changes FROM {Published._meta.db_table} WHERE id = 1")  # noqa: S608 -- our own table
        row = cursor.fetchone()
    return row[0] if row else 0


@transaction.atomic
def publish(text: Text, *, now: datetime) -> Text:
    """Lets everyone read it, and the search find it. Raises NotReady for an example that is not approved, by its
    group and in just these words; NotComplete for a stub.

    A second time it changes nothing but what the search knows of it.
    """
    lock(text)
    needed = {State.READY, State.PUBLISHED}
    if not isinstance(text, Example):
        needed |= {State.DRAFT, State.WITHDRAWN}
    if text.state not in needed or (isinstance(text, Example) and needs_yes(text) and not has_yes(text)):
        raise NotReady
    if (parts := completeness(text)).is_stub:
        raise NotComplete(parts.needed)
    if text.state != State.PUBLISHED:
        text.state, text.publish_at, text.published_at, text.withdrawn_at = State.PUBLISHED, None, now, None
        text.save(update_fields=["state", "publish_at", "published_at", "withdrawn_at"])
    enter(text)
    content_changed()
    return text


@transaction.atomic
def withdraw(text: Text, *, now: datetime) -> Text:
    """Takes it away from readers at once: from its page, the search, the feeds, the next handbook. Twice is once."""
    lock(text)
    if text.state != State.WITHDRAWN:
        text.state, text.withdrawn_at, text.publish_at = State.WITHDRAWN, now, None
        text.save(update_fields=["state", "withdrawn_at", "publish_at"])
    if isinstance(text, Example):
        recall_editions(text, now=now)
    leave(text)
    content_changed()
    return text


@transaction.atomic
def text_saved(text: PublicText, *, now: datetime) -> None:
    """After an editor's change: what is public is found by its new words. Call it in the transaction of the save."""
    text.changed_at = now
    text.save(update_fields=["changed_at"])
    if text.is_public:
        enter(text)
        content_changed()


def publish_due(now: datetime) -> int:
    """Publishes finished texts whose time has come; how many. Each in a transaction of its own.

    One that may not come out any more stays where it is, and the editors' first page says so.
    """
    due = [kind.model._default_manager.to_publish(now).order_by("publish_at", "pk") for kind in KINDS]
    return sum(_publish_if_ready(text, now) for texts in due for text in texts)


def _publish_if_ready(text: PublicText, now: datetime) -> bool:
    try:
        publish(text, now=now)
    except NotReady:
        logger.warning("scheduled_text_is_not_ready", kind=text._meta.model_name, pk=text.pk)
        return False
    return True


def lock(text: PublicText) -> None:
    """The row as it is now, and nobody else's until the transaction ends."""
    rows: Any = type(text)._default_manager
    text.refresh_from_db(from_queryset=rows.select_for_update())
