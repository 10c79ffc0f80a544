"""How a person may be reached: chosen, checked again, stopped, shown to staff with a reason, and taken away."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from people import contact_owners
from people.actions.forgetting import empty_history
from people.calendar import stockholm_day
from people.crypto import keyed_hashes
from people.enums import Channel, MessageState, YesNoUnknown
from people.models import AccessLog, CallTask, Contact, LinkToken, Message, PrivateLink, User
from people.phone_numbers import can_be_called, can_take_sms

REVEALED = "reveal"
PROTECTED = "protect"
UNPROTECTED = "unprotect"
"""What an AccessLog row says was done: a protected address was looked at, the protection was set or lifted."""


WAY_FIELDS = (
    "channel",
    "email",
    "email_hash",
    "phone",
    "phone_hash",
    "may_say_who_we_are",
    "never_leave_message",
    "suppressed_because",
    "rechecked_on",
)
"""All that a choice of contact way decides."""


class ContactErased(Exception):
    """Everything about the person was taken away; there is nobody to reach any more."""


class NoSuchAddress(Exception):
    """The chosen way needs a number that takes sms, a number to call, or an e-mail address, and got none."""


class ReasonNeeded(Exception):
    """A protected person's address is only shown to someone who says why."""


@dataclass(frozen=True)
class ErasedContact:
    """The receipt: how many rows were emptied or taken away."""

    addresses: int
    messages: int
    call_tasks: int
    links: int


def _locked(contact: Contact) -> Contact:
    """The row as it is now, locked; the caller's instance gets the same values. Raises ContactErased.

    Others may write rows about the person meanwhile: who holds a session to tell its queue must not wait for who
    holds a contact to take it off that session.
    """
    contact.refresh_from_db(from_queryset=Contact.objects.select_for_update(no_key=True))
    if contact.erased_at:
        raise ContactErased
    return contact


@transaction.atomic
def choose_contact_way(
    contact: Contact,
    *,
    channel: Channel | str,
    email: str = "",
    phone: str = "",
    may_say_who_we_are: bool,
    never_leave_message: bool,
    now: datetime,
) -> Contact:
    """From now on the person is reached in this way and in no other.

    Addresses that the way does not need are taken away: whoever gets in touch themselves leaves none behind. When an
    address is exchanged, the links and codes that went to the old one stop working at once, so that whoever holds the
    old telephone learns nothing; the code and the two words still open. Where a discreet person begins to get links in
    messages, the links ask for the code as well. Raises NoSuchAddress, ContactErased.
    """
    _locked(contact)
    channel = Channel(channel)
    by_phone = channel in {Channel.SMS, Channel.CALL}
    email, phone = email if channel == Channel.EMAIL else "", phone if by_phone else ""
    _require_address(channel, email=email, phone=phone)
    before = {contact.email, contact.phone} - {""}
    contact.assign_addresses(email=email, phone=phone)
    after = {contact.email, contact.phone} - {""}
    contact.channel = channel
    contact.may_say_who_we_are = may_say_who_we_are
    contact.never_leave_message = never_leave_message and by_phone
    contact.suppressed_because = ""
    contact.rechecked_on = None if channel == Channel.NONE else stockholm_day(now)
    contact.save(update_fields=WAY_FIELDS)
    if before - after:
        _close_what_was_sent(contact, now)
    if after - before and contact.needs_locked_links:
        PrivateLink.objects.usable().filter(contact=contact).exclude(code="").update(asks_for_code=True)
    return contact


def _require_address(channel: Channel, *, email: str, phone: str) -> None:
    fits = {Channel.SMS: can_take_sms(phone), Channel.CALL: can_be_called(phone), Channel.EMAIL: "@" in email}
    if not fits.get(channel, True):
        raise NoSuchAddress(channel)


def _close_what_was_sent(contact: Contact, now: datetime) -> None:
    """Ends every address and one-time code that may lie in the old inbox; those not sent yet keep theirs."""
    waiting = Message.objects.filter(contact=contact, state=MessageState.QUEUED).exclude(link="")
    unsent = [digest for message in waiting for digest in keyed_hashes(_token_in(message.link))]
    tokens = LinkToken.objects.filter(link__contact=contact, revoked_at__isnull=True)
    tokens.exclude(token_hash__in=unsent).update(revoked_at=now)
    PrivateLink.objects.filter(contact=contact).update(one_time_hash="", one_time_until=None)


def _token_in(path: str) -> str:
    """The token of `/min-sida/<token>/…`; empty for other paths."""
    return [*path.strip("/").split("/"), "", ""][1]


@transaction.atomic
def recheck_contact(contact: Contact, *, still_safe: bool, now: datetime) -> Contact:
    """The person says whether the way is still safe. When it is not, nothing more is sent until they choose anew."""
    _locked(contact)
    contact.rechecked_on = stockholm_day(now)
    if not still_safe:
        contact.suppressed_because = _("Personen säger att kontaktsättet inte är tryggt längre.")
    contact.save(update_fields=["rechecked_on", "suppressed_because"])
    return contact


@transaction.atomic
def reveal_contact(contact: Contact, *, by: User, reason: str, now: datetime) -> AccessLog:
    """Writes down that someone looks at a protected person's address, and why. Raises ReasonNeeded, ContactErased."""
    _locked(contact)
    return _write_down(REVEALED, contact, by, reason, now)


@transaction.atomic
def protect_contact(contact: Contact, *, is_protected: bool, by: User, reason: str, now: datetime) -> Contact:
    """Hides the address of someone with a protected identity everywhere, or stops doing so.

    Written down with its reason either way: whoever lifts the protection can see the address. Raises ReasonNeeded,
    ContactErased. Asking for what already is so changes nothing.
    """
    _locked(contact)
    if contact.protected == is_protected:
        return contact
    _write_down(PROTECTED if is_protected else UNPROTECTED, contact, by, reason, now)
    contact.protected = is_protected
    contact.save(update_fields=["protected"])
    return contact


def _write_down(what: str, contact: Contact, by: User, reason: str, now: datetime) -> AccessLog:
    """With the office whose work the contact belongs to: whoever answers for that sees it."""
    reason = " ".join(reason.split())
    if not reason:
        raise ReasonNeeded
    return AccessLog.objects.create(
        user=by,
        what=what,
        about_model=contact._meta.label_lower,
        about_id=contact.pk,
        reason=reason[:300],
        office_id=contact_owners.office_of(contact),
        at=now,
    )


@transaction.atomic
def erase_contact(contact: Contact, *, now: datetime) -> ErasedContact:
    """Takes away everything about the person: name, addresses, texts of messages, calls to make, links and codes.

    The row stays, empty, so that figures keep counting right; so do its versions, as empty as the row. A message that
    is on its way this moment cannot be called back. A second call changes nothing and says so in its receipt.
    """
    try:
        _locked(contact)
    except ContactErased:
        return ErasedContact(addresses=0, messages=0, call_tasks=0, links=0)
    contact_owners.lock_everywhere(contact)
    receipt = ErasedContact(
        addresses=bool(contact.email) + bool(contact.phone),
        messages=_empty_messages(contact, now),
        call_tasks=CallTask.objects.filter(contact=contact).delete()[1].get("people.CallTask", 0),
        links=_end_links(contact, now),
    )
    _empty(contact, now)
    empty_history(Contact.objects.filter(pk=contact.pk), EMPTY)
    AccessLog.objects.filter(about_model=Contact._meta.label_lower, about_id=contact.pk).update(reason="")
    _forget_name_in_admin_log(contact)
    contact_owners.forget_everywhere(contact, now)
    return receipt


def _forget_name_in_admin_log(contact: Contact) -> None:
    """Django's admin notes what a row was called: the contact itself, and the member or enabler that it belongs to."""
    rows: list[tuple[type[models.Model], int]] = [(Contact, contact.pk)]
    for owner in contact_owners.all_owners():
        found = owner._default_manager.filter(contact=contact).values_list("pk", flat=True)
        rows += [(owner, pk) for pk in found]
    for model, pk in rows:
        of_row = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id=str(pk))
        of_row.update(object_repr=str(contact))


def _empty_messages(contact: Contact, now: datetime) -> int:
    messages = Message.objects.filter(contact=contact)
    messages.filter(state=MessageState.QUEUED).update(
        state=MessageState.WITHHELD, reason=_("Personen har bett oss ta bort allt.")
    )
    texts = dict.fromkeys(["subject", "text", "short", "neutral", "button", "link", "attachments"], "")
    return messages.update(**texts, address_hash="", provider_id="", wiped_at=now)


def _end_links(contact: Contact, now: datetime) -> int:
    LinkToken.objects.filter(link__contact=contact).delete()
    return PrivateLink.objects.filter(contact=contact).update(
        code="", words_hash="", one_time_hash="", one_time_until=None, code_freed_at=None, revoked_at=now
    )


EMPTY = {
    "called": "",
    "channel": Channel.NONE,
    "email": "",
    "email_hash": "",
    "phone": "",
    "phone_hash": "",
    "languages": [],
    "other_language": "",
    "wants_interpreter": YesNoUnknown.UNKNOWN,
    "may_say_who_we_are": False,
    "never_leave_message": False,
    "suppressed_because": "",
    "rechecked_on": None,
}
"""What a contact looks like when the person is taken away, the row itself and every version of it."""


def _empty(contact: Contact, now: datetime) -> None:
    for name, nothing in EMPTY.items():
        setattr(contact, name, nothing)
    contact.erased_at = now
    contact.save()
