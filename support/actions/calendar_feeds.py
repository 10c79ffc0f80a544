"""What someone's own calendar program reads: their meetings, without a word about whom they meet."""

from datetime import datetime, timedelta

from people.actions.feeds import find_feed, note_reading
from people.calendar import stockholm_day
from support.calendar_files import own_calendar
from support.models import IntakeMeeting
from support.permissions import works_with_cases

BACK = timedelta(days=30)
AHEAD = timedelta(days=180)


def feed_file(token: str, *, now: datetime) -> bytes | None:
    """The calendar behind a private address, and a note that it was read today.

    None when the address opens nothing, or its owner no longer works with cases.
    """
    feed = find_feed(token)
    if feed is None or not works_with_cases(feed.user):
        return None
    note_reading(feed, today=stockholm_day(now))
    rows = IntakeMeeting.objects.visible_to(feed.user).filter(leader=feed.user)
    rows = rows.filter(starts_at__gte=now - BACK, starts_at__lt=now + AHEAD).order_by("starts_at", "pk")
    return own_calendar(rows, feed.user)
