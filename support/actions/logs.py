"""The story of a request or a period, line by line."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy

from people.calendar import long_date
from people.models import Contact, User
from support.enums import LogKind
from support.models import LogEntry, SupportPeriod, SupportRequest

LONGEST = 4000

day_in_log = lazy(long_date, str)
"""A day among the values of a log line: written out when the line is, in Swedish. Takes the day and today."""


def in_swedish(text: Any) -> str:
    """One of our own sentences as it is stored, whoever is acting."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text)


def write_log(
    about: SupportRequest | SupportPeriod,
    kind: LogKind,
    text: Any,
    values: Mapping[str, Any] | None = None,
    *,
    now: datetime,
    by: User | None = None,
    contact: Contact | None = None,
    is_internal: bool = False,
    once_key: UUID | None = None,
) -> LogEntry:
    """One line in the story. Without `is_internal` the group reads it too.

    Our own sentences come as lazy texts with their values, and are stored in Swedish whoever is acting.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = str(text) % values if values else str(text)
    return LogEntry.objects.create(
        support_request=about if isinstance(about, SupportRequest) else None,
        period=about if isinstance(about, SupportPeriod) else None,
        kind=kind,
        text=words.strip()[:LONGEST],
        is_internal=is_internal,
        user=by,
        contact=contact,
        at=now,
        once_key=once_key,
    )
