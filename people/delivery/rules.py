"""Whether a message may leave now: every rule that no caller can get round, applied just before sending.

The rules stand in the order they are asked. The first that has something to say decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from people import kinds
from people.calendar import SwedishCalendar
from people.channels.envelopes import Envelope, compose
from people.delivery.limits import next_reminder_to
from people.enums import Channel, MessageClass
from people.models import Contact, Message, User
from people.quiet_hours import when_to_send


@dataclass(frozen=True)
class Send:
    envelope: Envelope


@dataclass(frozen=True)
class Wait:
    """Back to the queue, until a moment of the programme's time."""

    until: datetime


@dataclass(frozen=True)
class Withhold:
    """Never sent. `is_failure`: somebody wanted it to arrive and must be told; `as_call`: a leader says it instead."""

    reason: str
    is_failure: bool = False
    as_call: bool = False


@dataclass(frozen=True)
class Alarm:
    """Something is wrong with the portal itself."""

    reason: str


Verdict = Send | Wait | Withhold | Alarm
Rule = Callable[[Message, datetime], Verdict | None]


def judge(message: Message, now: datetime) -> Verdict:
    """What becomes of a row that has been taken. Belongs in the transaction that holds the row."""
    for rule in RULES:
        if verdict := rule(message, now):
            return verdict
    receiver = message.contact or message.user
    assert receiver is not None  # a row has one of them: `message_to_contact_or_user`
    return Send(compose(message, receiver, channel_of(receiver)))


def channel_of(receiver: Contact | User) -> Channel:
    """Staff are always reached by e-mail, everyone else only in the way they chose."""
    return Channel(receiver.channel) if isinstance(receiver, Contact) else Channel.EMAIL


def registered(message: Message, now: datetime) -> Verdict | None:
    try:
        kinds.get(message.kind)
    except kinds.UnknownKind:
        return Alarm(_("Slaget %(kind)s är okänt för portalen.") % {"kind": message.kind})
    return None


def receiver_is_there(message: Message, now: datetime) -> Verdict | None:
    if message.contact and message.contact.erased_at:
        return Withhold(_("Personens uppgifter är borttagna."))
    if message.user and not message.user.is_active:
        return Withhold(_("Kontot är avstängt."))
    if message.wiped_at:
        return Withhold(_("Texten är borttagen."))
    return None


def in_time(message: Message, now: datetime) -> Verdict | None:
    """What came too late without a single try is nobody's fault; what we tried to send in vain is a failure."""
    if message.expires_at is None or now < message.expires_at:
        return None
    if message.attempts:
        return Withhold(_("Det gick inte att skicka i tid."), is_failure=True)
    return Withhold(_("Det var för sent."))


def still_wanted(message: Message, now: datetime) -> Verdict | None:
    reason = kinds.get(message.kind).still_wanted(message.about_id, now)
    return Withhold(str(reason)) if reason else None


def not_stopped(message: Message, now: datetime) -> Verdict | None:
    if message.contact and message.kind in message.contact.stopped_kinds:
        return Withhold(_("Personen vill inte ha fler påminnelser av det här slaget."))
    return None


def reachable(message: Message, now: datetime) -> Verdict | None:
    """The way the person chose, as it stands at this moment."""
    return way_is_closed(message.contact, is_secret=message.is_secret) if message.contact else None


def way_is_closed(contact: Contact, *, is_secret: bool = False) -> Withhold | None:
    """Why nothing can be sent to the contact, or None when an e-mail or sms can."""
    if contact.suppressed_because:
        return Withhold(_("Vi skickar inte: %(why)s") % {"why": contact.suppressed_because}, is_failure=True)
    if contact.channel in {Channel.SMS, Channel.EMAIL}:
        return None if contact.address else Withhold(_("Adressen saknas."), is_failure=True)
    if contact.channel == Channel.SELF:
        return Withhold(_("Personen hör av sig själv. Det som ska sägas väntar på den egna sidan."))
    if contact.channel == Channel.CALL and is_secret:
        return Withhold(_("En kod går inte att ringa upp med."), is_failure=True)
    if contact.channel == Channel.CALL:
        return Withhold(_("Ring: personen har valt telefonsamtal."), as_call=True)
    return Withhold(_("Personen har inte valt hur vi får höra av oss."), is_failure=True)


def outside_quiet_hours(message: Message, now: datetime) -> Verdict | None:
    """Asked again here: the row may have waited for a server or a broker since its time was set."""
    if message.user:
        return None
    message_class = MessageClass(message.message_class)
    when = when_to_send(now, message_class, now=now, calendar=SwedishCalendar(), starts_at=message.starts_at)
    if when is None:
        return Withhold(_("Det fanns ingen tid kvar när vi får höra av oss."))
    return Wait(when) if when > now else None


def within_limits(message: Message, now: datetime) -> Verdict | None:
    """At most one reminder a day and three a week to one address, whoever it is that reminds."""
    if message.message_class != MessageClass.REMINDER or message.contact is None:
        return None
    when = next_reminder_to(message.contact.address, message, now)
    return Wait(when) if when > now else None


RULES: tuple[Rule, ...] = (
    registered,
    receiver_is_there,
    in_time,
    still_wanted,
    not_stopped,
    reachable,
    outside_quiet_hours,
    within_limits,
)
