"""How a message about a registration is put together: its link, its words, and how it is taken back."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.functional import lazy

from people.calendar import STOCKHOLM, long_time, stockholm_day
from people.channels.envelopes import portal_url
from people.enums import Channel, MessageState
from people.kinds import MessageKind
from people.links import new_token
from people.models import Contact, Message, PrivateLink
from people.outbox import queue_message
from training.enums import RegistrationState
from training.models import Registration, Session

PAGE = "anmalan/"
"""Where on the private page the registration stands."""

CANCELLING = "anmalan/avanmal/"


def tell(
    kind: MessageKind,
    registration: Registration,
    *,
    now: datetime,
    once: str = "",
    path: str = PAGE,
    context: Mapping[str, Any] | None = None,
    **more: Any,
) -> Message | None:
    """One message to the one who registered. `once` tells apart what may be said again about the same registration."""
    link = link_of(registration)
    return queue_message(
        kind.name,
        to=registration.contact,
        about=registration,
        dedupe_key=":".join(filter(None, [kind.name, str(registration.pk), once])),
        now=now,
        office=registration.session.office,
        context={**_words(registration, link, now), **(context or {})},
        opens=link,
        path=path,
        **more,
    )


def link_of(registration: Registration) -> PrivateLink | None:
    """The private link with which they come back to their registration."""
    return PrivateLink.objects.usable().about(registration).order_by("-pk").first()


def may_have_files(contact: Contact) -> bool:
    """Whether what is in the letter may be seen by whoever opens the letter box."""
    return contact.channel == Channel.EMAIL and not (contact.discreet or contact.protected)


def take_back(registration: Registration, *which: MessageKind, because: str) -> int:
    """Messages that have not left yet, and no longer shall."""
    names = [kind.name for kind in which]
    waiting = Message.objects.about(registration).filter(kind__in=names, state=MessageState.QUEUED)
    return waiting.update(state=MessageState.WITHHELD, reason=because)


def when_of(session: Session, now: datetime) -> str:
    """The day and the time when it begins, written out when the letter is, in the receiver's language."""
    return lazy(long_time, str)(session.starts_at, stockholm_day(now))


def _words(registration: Registration, link: PrivateLink | None, now: datetime) -> dict[str, Any]:
    """What every such letter may say. Written out when the letter is, in the receiver's language."""
    session = registration.session
    return {
        "session": session,
        "title": session.course.title,
        "when": when_of(session, now),
        "ends": f"{session.ends_at.astimezone(STOCKHOLM):%H.%M}",
        "seats": registration.seats,
        "is_waiting": registration.state == RegistrationState.WAITLISTED,
        "until": registration.offered_until,
        "ended_by": registration.ended_by,
        "phone": session.office.phone or settings.PORTAL_PHONE,
        "has_cancelling": link is not None and may_have_files(registration.contact),
        "cancelling": partial(_cancelling, link, now),
    }


def _cancelling(link: PrivateLink | None, now: datetime) -> str:
    """An address of its own that leads straight to the button: two taps from the letter."""
    return portal_url(f"/min-sida/{new_token(link, now=now)}/{CANCELLING}", discreet=False) if link else ""
