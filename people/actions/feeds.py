"""The private address where someone's own calendar program reads their meetings: made, ended, found."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from people.crypto import keyed_hash, keyed_hashes
from people.models import CalendarFeed, User

TOKEN_BYTES = 24
"""192 bits: more than the 128 that the programme asks for."""


@dataclass(frozen=True)
class OpenedFeed:
    """A feed and what opens it. Told once: the database keeps only a hash of the token."""

    feed: CalendarFeed
    token: str


@transaction.atomic
def open_feed(user: User, *, now: datetime) -> OpenedFeed:
    """A new private address. The one before it, if any, ends at once: each has one at most."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    close_feed(user, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return OpenedFeed(CalendarFeed.objects.create(user=user, token_hash=keyed_hash(token), created_at=now), token)


def close_feed(user: User, *, now: datetime) -> bool:
    """Ends the address: whoever has it reads nothing more. Says whether there was one."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None).update(revoked_at=now) > 0


def find_feed(token: str) -> CalendarFeed | None:
    """The feed that an address opens, with whose it is. None for one that has ended or never was."""
    rows = CalendarFeed.objects.usable().select_related("user")
    return rows.filter(token_hash__in=keyed_hashes(token)).first()


def note_reading(feed: CalendarFeed, *, today: date) -> None:
    """When a calendar program last fetched it, so that its owner sees that it works. Written once a day."""
    if feed.last_read_on != today:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_on=today)
