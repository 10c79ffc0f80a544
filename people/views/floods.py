"""How much may come from one network address in a day: so much that nobody at a library is ever stopped.

The address itself is never kept. What is counted has a keyed hash of address and day as its name, in the cache only;
without a cache nothing is counted and everyone gets through.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from people.calendar import stockholm_day
from people.crypto import keyed_hash

SENT_A_DAY = 250
"""More than all who could sit down at the computers of one library in a day."""

STARTED_A_DAY = 1000
"""Drafts: many more are begun than sent."""

ONE_DAY = 24 * 3600


def address_of(request: HttpRequest) -> str:
    """The visitor's network address, as our outermost trusted proxy saw it."""
    forwarded = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    return forwarded[-trusted] if 0 < trusted <= len(forwarded) else request.META.get("REMOTE_ADDR", "")


def _name(request: HttpRequest, what: str, now: datetime) -> str:
    return f"floods:{keyed_hash(f'{stockholm_day(now)} {what} {address_of(request)}')}"


def is_flooding(request: HttpRequest, what: str, most: int, *, now: datetime) -> bool:
    """Whether so much has come from this address today that it can hardly be people."""
    return bool(cache.get(_name(request, what, now), 0) >= most)


def count(request: HttpRequest, what: str, *, now: datetime) -> None:
    name = _name(request, what, now)
    cache.add(name, 0, ONE_DAY)
    try:
        cache.incr(name)
    except ValueError:  # it ran out in this very moment
        cache.set(name, 1, ONE_DAY)
