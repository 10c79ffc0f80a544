"""A small page that is sent twice, by a double click or a reload, is carried out once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import HttpRequest

SENT = "sent_pages"
NOT_WRITTEN = frozenset({"once", "csrfmiddlewaretoken"})
REMEMBERED = 50
"""How many pages back a second press is recognised, in one session."""


def new_key() -> str:
    """Stands in the page; whoever sends it once more sends the same."""
    return str(uuid.uuid4())


@contextmanager
def once(request: HttpRequest) -> Iterator[bool]:
    """Tells whether the page is sent for the first time. What is done inside is undone together when it fails.

    A second press at the same moment waits for the first. A page without a key counts as new.
    """
    with transaction.atomic():
        key = _key_of(request)
        if key is None:
            yield True
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        sent = type(request.session)(request.session.session_key).get(SENT, [])
        yield key not in sent
        request.session[SENT] = [*(one for one in sent if one != key), key][-REMEMBERED:]
        request.session.save()


def _key_of(request: HttpRequest) -> str | None:
    """The key of the page and what was written in it: an old page, edited and sent again, is not lost."""
    try:
        key = uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return None
    written = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_WRITTEN)
    return str(uuid.uuid5(key, repr(written)))
