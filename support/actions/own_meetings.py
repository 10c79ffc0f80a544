"""The meetings a group holds without us, and tells of if it likes."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from groups.models import Member
from people.actions.contacts import ContactErased
from people.calendar import stockholm_day
from people.models import Contact
from support.actions.locking import PeriodClosed, locked_open
from support.actions.logs import day_in_log, write_log
from support.actions.planning import touch_activity
from support.enums import LogKind
from support.models import LogEntry, SupportPeriod

__all__ = ["MeetingToCome", "PeriodClosed", "tell_of_meeting"]


class MeetingToCome(Exception):
    """A meeting is told of when it has been held."""


def tell_of_meeting(
    period: SupportPeriod, *, member: Member, held_on: date, text: str, once_key: uuid.UUID, now: datetime
) -> LogEntry:
    """The group has met by itself: it stands in the history, and the day we are in touch next moves as the taper says.

    The same key again, also at the same moment, returns the first entry. Raises MeetingToCome, PeriodClosed,
    ContactErased.
    """
    today = stockholm_day(now)
    if held_on > today:
        raise MeetingToCome
    try:
        with transaction.atomic():
            if Contact.objects.select_for_update().get(pk=member.contact_id).erased_at:
                raise ContactErased
            period = locked_open(period)
            words = {"day": day_in_log(held_on, today), "text": text}
            entry = write_log(
                period,
                LogKind.MEETING,
                _("Gruppen träffades %(day)s. %(text)s"),
                words,
                now=now,
                contact=member.contact,
                once_key=once_key,
            )
            touch_activity(period, now=now)
    except IntegrityError:
        return LogEntry.objects.get(once_key=once_key)
    return entry
