"""The morning's summary: a line on working days to those who asked for it, about how much waits, never about whom."""

from datetime import date, datetime, time

from people.calendar import SwedishCalendar, stockholm_day, stockholm_moment
from people.models import Message, User
from support.day.counts import counts_of
from support.day.desk import desk_of
from support.emails import morning as emails

SENT_FROM = time(7, 30)
NO_LATER_THAN = time(12, 0)
"""After noon the morning is over: a summary that could not be sent before is not sent at all."""


def send_morning_summaries(now: datetime) -> int:
    """Writes today's summaries to the outbox, one for each person and day. Returns how many were new.

    A crash in between leaves the others for the next sweep; the key of the message keeps anyone from getting two.
    """
    today = stockholm_day(now)
    closes_at = stockholm_moment(today, NO_LATER_THAN)
    is_time = stockholm_moment(today, SENT_FROM) <= now < closes_at
    if not (is_time and SwedishCalendar().is_working_day(today)):
        return 0
    readers = _still_to_write_to(today)
    for user in readers:
        emails.tell_morning(user, counts_of(desk_of(user, now)), today=today, now=now, expires_at=closes_at)
    return len(readers)


def _still_to_write_to(today: date) -> list[User]:
    """Those who want it, work with cases today, and have not got today's."""
    wanting = {emails.key_of(user, today): user for user in emails.readers(today).order_by("pk")}
    written = set(Message.objects.filter(dedupe_key__in=wanting).values_list("dedupe_key", flat=True))
    return [user for key, user in wanting.items() if key not in written]
