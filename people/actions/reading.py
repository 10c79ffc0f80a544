"""Who reads a case: written down each time someone opens its page, and told to a colleague who opens it meanwhile."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from people.models import AccessLog, Office, User

READ = "read"
"""What stands in `AccessLog.what` for having opened the page of a case."""

EXPORTED = "export"
"""What stands there for rows of a list that were fetched as a file."""

ONE_READING = timedelta(minutes=30)
"""Whoever comes back to the page within this time is still reading: the same row, a later `last_at`."""

STILL_THERE = timedelta(minutes=10)
"""Whoever opened the page within this time is taken to have it open."""

LONGEST_READING = timedelta(days=1)
"""Only rows this new are looked through: nobody keeps coming back for longer than a day without a pause."""


def note_reading(row: models.Model, *, by: User, office: Office | None, now: datetime) -> None:
    """Someone opened the page of a case. One row per person and case for as long as they keep coming back.

    Two windows opened at the same moment are one reading.
    """
    if not _extend(row, by, now):
        _begin(row, by, office, now)


@transaction.atomic
def _begin(row: models.Model, by: User, office: Office | None, now: datetime) -> None:
    with connection.cursor() as cursor:
        key = f"reading:{by.pk}:{row._meta.label_lower}:{row.pk}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    if not _extend(row, by, now):
        AccessLog.objects.create(
            user=by,
            what=READ,
            about_model=row._meta.label_lower,
            about_id=row.pk,
            office=office,
            at=now,
            last_at=now,
        )


def others_reading(row: models.Model, *, than: User, now: datetime) -> Sequence[AccessLog]:
    """The colleagues who seem to have the case open now, each once, with since when. One query."""
    found = _recent(row, now).filter(last_at__gte=now - STILL_THERE).exclude(user=than).select_related("user")
    return list({reading.user_id: reading for reading in found.order_by("-at", "-pk")}.values())


def _extend(row: models.Model, by: User, now: datetime) -> int:
    return _recent(row, now).filter(user=by, last_at__gte=now - ONE_READING).update(last_at=now)


def _recent(row: models.Model, now: datetime) -> "models.QuerySet[AccessLog]":
    return AccessLog.objects.about(row).filter(what=READ, at__gte=now - LONGEST_READING)
