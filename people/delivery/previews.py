"""What would they get? Exactly what would leave, with the links masked, and nothing sent.

The address of a contact with protected identity is not shown: looking at it needs a reason, and is logged.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from people import kinds
from people.channels.envelopes import Envelope, compose, portal_url
from people.delivery.rules import channel_of, way_is_closed
from people.links import MASKED_LINK, without_links
from people.models import Contact, Message, User
from people.outbox import render_words

MASKED_STOP = "/nej-tack/•••/"


@dataclass(frozen=True)
class Preview:
    """The envelope, or the reason why nothing would be sent."""

    envelope: Envelope | None
    reason: str = ""


def preview(what: Message | str, receiver: Contact | User, *, context: dict[str, Any] | None = None) -> Preview:
    """A message, or a kind by its name with the context its words need, as the receiver would get it.

    Raises UnknownKind when no app has registered the kind.
    """
    message = what if isinstance(what, Message) else _unsaved(what, receiver, context or {})
    with translation.override(settings.LANGUAGE_CODE):
        if reason := _nothing_to_see(message, receiver):
            return Preview(None, reason)
    envelope = compose(_masked(message), receiver, channel_of(receiver))
    if isinstance(receiver, Contact) and receiver.protected:
        envelope = replace(envelope, to="•••")
    return Preview(_without_stop_url(envelope))


def _nothing_to_see(message: Message, receiver: Contact | User) -> str:
    if message.pk and message.is_secret:
        return _("I meddelandet står en kod. Den är bara till för den som bad om den.")
    if message.wiped_at:
        return _("Texten är borttagen.")
    closed = way_is_closed(receiver, is_secret=message.is_secret) if isinstance(receiver, Contact) else None
    return closed.reason if closed else ""


def _without_stop_url(envelope: Envelope) -> Envelope:
    """Whoever follows it says no in the receiver's name."""
    if not envelope.stop_url:
        return envelope
    masked = portal_url(MASKED_STOP, discreet=envelope.is_discreet)
    return replace(
        envelope,
        stop_url=masked,
        text=envelope.text.replace(envelope.stop_url, masked),
        html=envelope.html.replace(envelope.stop_url, masked),
    )


def _masked(message: Message) -> Message:
    """A copy that is never saved: the link of a private page opens it, so nobody else gets to see it."""
    values = {field.attname: getattr(message, field.attname) for field in Message._meta.concrete_fields}
    copy = Message(**values)
    copy.office = message.office
    if copy.contact_id:
        copy.link = MASKED_LINK if copy.link else ""
        copy.text = without_links(copy.text)
    return copy


def _unsaved(kind_name: str, receiver: Contact | User, context: dict[str, Any]) -> Message:
    kind = kinds.get(kind_name)
    contact, user = (receiver, None) if isinstance(receiver, Contact) else (None, receiver)
    language = receiver.reads if isinstance(receiver, Contact) else receiver.language
    words = render_words(kind.template, {"to": receiver, **context}, language)
    return Message(
        contact=contact,
        user=user,
        office=context.get("office"),
        kind=kind.name,
        message_class=kind.message_class,
        language=language,
        subject=words.subject,
        text=words.text,
        short=words.short,
        neutral=words.neutral,
        button=words.button,
        link=MASKED_LINK if words.button else "",
        is_secret=kind.is_secret,
    )
