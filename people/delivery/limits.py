"""The limit of reminders to one address, asked so that two workers cannot both pass it."""

from datetime import datetime, timedelta

from django.db import connection

from people.crypto import keyed_hash, keyed_hashes
from people.limits import A_WEEK, next_allowed
from people.models import Message


def next_reminder_to(address: str, message: Message, now: datetime) -> datetime:
    """When the reminder may go to the address: `now`, or later. Belongs in the transaction that then takes the row.

    The lock on the address lasts until that transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [keyed_hash(address)])
    since = now - A_WEEK - timedelta(days=1)
    counted = Message.objects.reminders_to(keyed_hashes(address), since=since).exclude(pk=message.pk)
    return next_allowed([sent_at or now for sent_at in counted.values_list("sent_at", flat=True)], now)
