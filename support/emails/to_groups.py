"""How the group and those who have its case are told something: to whom, with which link, and what is taken back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from groups.emails import contact_persons, link_of
from groups.models import Group
from people import kinds
from people.calendar import stockholm_day
from people.enums import MessageClass, MessageState
from people.models import Contact, Message, Office, User
from people.outbox import queue_message
from support.emails.receivers import staff_page
from support.models import OrganisationRequest, SupportRequest
from support.permissions import covers_of, managers_of

FROM_A_PERSON = MessageClass.APPOINTMENT
"""What a leader tells a group leads up to a meeting: never in quiet hours, yet no reminder that the limits count."""

MESSAGE_FAILED = kinds.MessageKind("support.message_failed", MessageClass.STAFF)
REMINDERS_STOPPED = kinds.MessageKind("support.reminders_stopped", MessageClass.STAFF)


def tell_contact(
    kind: kinds.MessageKind,
    contact: Contact,
    *,
    about: Model,
    now: datetime,
    once: str = "",
    office: Office | None = None,
    context: Mapping[str, Any] | None = None,
    path: str = "",
    **times: Any,
) -> Message | None:
    """One message to one person of the group. `once` tells apart what may be said again about the same thing."""
    return queue_message(
        kind.name,
        to=contact,
        about=about,
        dedupe_key=":".join(filter(None, [kind.name, str(about.pk), once, str(contact.pk)])),
        now=now,
        office=office,
        context={"phone": settings.PORTAL_PHONE, **(context or {})},
        opens=link_of(contact),
        path=path,
        **times,
    )


def tell_group(kind: kinds.MessageKind, group: Group, **words: Any) -> list[Message]:
    """The same message to each contact person of the group."""
    messages = [tell_contact(kind, contact, **words) for contact in contact_persons(group)]
    return [message for message in messages if message]


def tell_user(
    kind: kinds.MessageKind,
    user: User,
    *,
    about: Model,
    now: datetime,
    once: str = "",
    office: Office | None = None,
    context: Mapping[str, Any] | None = None,
    page: Model | None = None,
) -> Message | None:
    """A line to a colleague, and to whoever covers for them at the office just now.

    It leads to the admin page of `page`, or of what it is about. Returns the colleague's own.
    """
    told = [
        queue_message(
            kind.name,
            to=one,
            about=about,
            dedupe_key=":".join(filter(None, [kind.name, str(about.pk), once, str(one.pk)])),
            now=now,
            office=office,
            context=dict(context or {}),
            path=staff_page(page or about),
        )
        for one in (user, *covers_of(user, office, stockholm_day(now)))
    ]
    return told[0]


def tell_managers(kind: kinds.MessageKind, about: SupportRequest | OrganisationRequest, *, now: datetime) -> None:
    """A line about a promise to those who answer for the office: the day, and who has the case, if anyone."""
    for user in managers_of(about.office, stockholm_day(now)):
        context = {"promised_by": about.promised_by, "leader": about.leader}
        tell_user(kind, user, about=about, now=now, office=about.office, context=context)


def take_back(about: Model, *which: kinds.MessageKind, because: str) -> int:
    """Messages that have not left yet, and no longer shall."""
    waiting = Message.objects.about(about).filter(kind__in=[kind.name for kind in which], state=MessageState.QUEUED)
    return waiting.update(state=MessageState.WITHHELD, reason=because)


def leader_hears(message: Message, now: datetime) -> None:
    """What never arrives is told to whoever has the case, or to those who answer for the office."""
    _tell_who_has_the_case(MESSAGE_FAILED, message, now)


def leader_hears_of_stop(message: Message, now: datetime) -> None:
    """Someone wants no more reminders of a kind: the question waits on the page, and the leader knows."""
    _tell_who_has_the_case(REMINDERS_STOPPED, message, now)


def _tell_who_has_the_case(kind: kinds.MessageKind, message: Message, now: datetime) -> None:
    about = apps.get_model(message.about_model)._default_manager.filter(pk=message.about_id).first()
    if about is None:
        return
    case = getattr(about, "support_request", None) or getattr(about, "period", None) or about
    leader = getattr(about, "leader", None) or getattr(case, "leader", None)
    office = case.office
    for user in [leader] if leader else managers_of(office, stockholm_day(now)):
        tell_user(kind, user, about=message, now=now, office=office, page=case)


def register() -> None:
    kinds.register(MESSAGE_FAILED, REMINDERS_STOPPED)
