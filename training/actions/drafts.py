"""A session begins as a draft: written from nothing, or copied from one that was held before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from people.models import Office, User
from training.actions.locking import lock_session
from training.actions.sessions import CHANGES, COPIED
from training.models import Course, Session


def draft_session(course: Course, *, office: Office, values: Mapping[str, Any], by: User, now: datetime) -> Session:
    """A session that nobody outside sees yet. `values` are those of `CHANGES`; whoever writes it is its host."""
    wanted = {name: values[name] for name in CHANGES if name in values}
    return Session.objects.create(
        **{"host": by, **wanted}, course=course, office=office, changed_at=now, created_at=now
    )


@transaction.atomic
def copy_session(session: Session, *, starts_at: datetime, by: User, now: datetime) -> Session:
    """The same again at another time, as a draft of its own and as long. It belongs to no series."""
    session = lock_session(session.pk)
    length = session.ends_at - session.starts_at
    return Session.objects.create(
        **{name: getattr(session, name) for name in COPIED},
        starts_at=starts_at,
        ends_at=starts_at + length,
        changed_at=now,
        created_at=now,
    )
