"""Talks before there is a request: noted in one line, and what they led to."""

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction

from groups.enums import LedTo
from groups.models import Municipality, OutreachContact
from people.calendar import stockholm_day
from people.models import Office, User


class TalkToCome(Exception):
    """A talk is noted when it has been: its day has not come yet."""


class BecameRequest(Exception):
    """The talk led to a request; that stands."""


def note_talk(
    *,
    office: Office,
    who_with: str,
    need: str,
    met_on: date,
    by: User,
    now: datetime,
    place: str = "",
    municipality: Municipality | None = None,
    once_key: uuid.UUID | None = None,
) -> OutreachContact:
    """Someone on the staff has talked with someone: where, and what it was about. Nothing that says who it was.

    The same key again, also at the same moment, returns the first talk. Raises TalkToCome.
    """
    if met_on > stockholm_day(now):
        raise TalkToCome
    try:
        with transaction.atomic():
            return OutreachContact.objects.create(
                office=office,
                user=by,
                met_on=met_on,
                who_with=" ".join(who_with.split()),
                place=" ".join(place.split()),
                municipality=municipality,
                need=need.strip(),
                created_at=now,
                once_key=once_key,
            )
    except IntegrityError:
        if once_key is None:
            raise
        return OutreachContact.objects.get(once_key=once_key)


@transaction.atomic
def settle_talk(talk: OutreachContact, *, led_to: LedTo | str, by: User, now: datetime) -> OutreachContact:
    """What the talk led to; nothing yet is an answer too. The same again changes nothing. Raises BecameRequest."""
    talk.refresh_from_db(from_queryset=OutreachContact.objects.select_for_update())
    if talk.led_to == led_to:
        return talk
    if talk.led_to == LedTo.REQUEST:
        raise BecameRequest
    talk.led_to = led_to
    talk.save(update_fields=["led_to"])
    return talk
