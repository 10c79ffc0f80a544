"""Writing to the outbox: the one way in which the portal says anything to anyone outside.

A message's words stand in one template: a few header lines, an empty line, the text.

    subject: Vi har fått er förfrågan
    sms: Hej! Vi har fått er förfrågan.            (at most 160 GSM characters together with the link)
    neutral: Det finns ett svar till dig.           (all that a discreet contact gets to see)
    button: Öppna er sida

    Hej! …
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.template import Context, Engine
from django.utils import translation

from people import kinds, quiet_hours
from people.calendar import SwedishCalendar
from people.crypto import keyed_hash
from people.enums import Channel
from people.links import new_token
from people.models import Contact, Message, Office, PrivateLink, User

SECRETS_EXPIRE_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Words:
    """What a message says, in each of the forms it may leave in."""

    subject: str
    short: str
    neutral: str
    button: str
    text: str


def render_words(template: str, context: dict[str, Any], language: str) -> Words:
    """The words of a message in a language. Raises ValueError when the template has an unknown header."""
    with translation.override(language):
        # words, not html: an & in a place's name stays an &
        whole = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    head, _, text = whole.strip().partition("\n\n")
    headers = dict.fromkeys(("subject", "sms", "neutral", "button"), "")
    for line in head.splitlines():
        name, separator, value = line.partition(":")
        if name not in headers or not separator:
            raise ValueError(f"{template}: {line!r} is no header")
        headers[name] = value.strip()
    return Words(
        subject=headers["subject"],
        short=headers["sms"],
        neutral=headers["neutral"],
        button=headers["button"],
        text=text.strip(),
    )


def queue_message(
    kind_name: str,
    *,
    to: Contact | User,
    about: models.Model,
    dedupe_key: str,
    now: datetime,
    context: dict[str, Any] | None = None,
    office: Office | None = None,
    opens: PrivateLink | None = None,
    path: str = "",
    wanted_at: datetime | None = None,
    starts_at: datetime | None = None,
    expires_at: datetime | None = None,
    attachments: Sequence[Attachment] = (),
) -> Message | None:
    """Puts a message in the outbox, in the receiver's language. Belongs inside the transaction of what caused it.

    `opens` is the private link that the button leads to (each message gets an address of its own), and `path` the page
    beneath it; for staff `path` alone. `wanted_at` is moved out of quiet hours by the class of the kind.
    The same dedupe_key a second time changes nothing and returns the first row. None when its time has already passed.
    """
    kind = kinds.get(kind_name)
    if existing := Message.objects.filter(dedupe_key=dedupe_key).first():
        return existing
    not_before = quiet_hours.when_to_send(
        wanted_at or now, kind.message_class, now=now, calendar=SwedishCalendar(), starts_at=starts_at
    )
    if not_before is None:
        return None
    row = {
        **_to(to),
        **_said(kind, to, {"to": to, "office": office, **(context or {})}),
        **_about(kind, about, office),
        "link": _link(opens, path, now),
        "attachments": _packed(attachments),
        "message_id": _message_id(dedupe_key),
        **_times(kind, now, not_before, starts_at, expires_at),
    }
    return Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=row)[0]


def _to(receiver: Contact | User) -> dict[str, Any]:
    if isinstance(receiver, Contact):
        return {"contact": receiver, "channel": receiver.channel}
    return {"user": receiver, "channel": Channel.EMAIL}


def _said(kind: kinds.MessageKind, receiver: Contact | User, context: dict[str, Any]) -> dict[str, str]:
    """The words, in the receiver's language."""
    language = receiver.reads if isinstance(receiver, Contact) else receiver.language
    words = render_words(kind.template, context, language)
    return {
        "language": language,
        "subject": " ".join(words.subject.split()),
        "text": words.text,
        "short": words.short,
        "neutral": words.neutral,
        "button": words.button,
    }


def _about(kind: kinds.MessageKind, about: models.Model, office: Office | None) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "message_class": kind.message_class,
        "is_secret": kind.is_secret,
        "about_model": about._meta.label_lower,
        "about_id": about.pk,
        "office": office,
    }


def _times(
    kind: kinds.MessageKind,
    now: datetime,
    not_before: datetime,
    starts_at: datetime | None,
    expires_at: datetime | None,
) -> dict[str, datetime | None]:
    """When it may leave, when what it is about begins, and when it is no longer worth sending."""
    return {
        "created_at": now,
        "not_before": not_before,
        "starts_at": starts_at,
        "expires_at": expires_at or (now + SECRETS_EXPIRE_AFTER if kind.is_secret else starts_at),
    }


def _message_id(dedupe_key: str) -> str:
    """Derived from the key before the first attempt, so that a second attempt is the same letter."""
    return f"<{keyed_hash(dedupe_key).partition(':')[2]}@{settings.NEUTRAL_DOMAIN}>"


def _link(opens: PrivateLink | None, path: str, now: datetime) -> str:
    return f"/min-sida/{new_token(opens, now=now)}/{path}" if opens else path


def _packed(attachments: Sequence[Attachment]) -> str:
    if not attachments:
        return ""
    rows = [[one.name, one.content_type, base64.b64encode(one.content).decode()] for one in attachments]
    return json.dumps(rows)


def unpacked(packed: str) -> list[Attachment]:
    """The attachments of a message."""
    rows = json.loads(packed) if packed else []
    return [Attachment(name, content_type, base64.b64decode(content)) for name, content_type, content in rows]
