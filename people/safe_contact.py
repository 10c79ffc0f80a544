"""How a person may be reached, said to staff in whole sentences: nobody should have to read it out of a form."""

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from people.phone_numbers import readable


class Reachable(Protocol):
    """What the sentences are made of; a Contact is one."""

    channel: str
    email: str
    phone: str
    may_say_who_we_are: bool
    never_leave_message: bool
    protected: bool
    suppressed_because: str
    erased_at: datetime | None


def safe_contact_sentence(contact: Reachable, *, is_revealed: bool = False) -> str:
    """Every rule of the contact, always: the way, what may be said, and whether to leave a message.

    The address of a protected contact shows only when it was revealed with a reason.
    """
    if contact.erased_at:
        return _("Allt om personen är borttaget.")
    sentences = [*_stops(contact), *_way(contact, is_hidden=contact.protected and not is_revealed)]
    if contact.channel in {"sms", "call", "email"}:
        sentences += _manners(contact)
    return " ".join(sentences)


def _stops(contact: Reachable) -> list[str]:
    if not contact.suppressed_because:
        return []
    return [_("Stopp, vi skickar inget nu: %(reason)s") % {"reason": contact.suppressed_because.rstrip(".") + "."}]


def _way(contact: Reachable, *, is_hidden: bool) -> list[str]:
    if is_hidden:
        return [_("Skyddad identitet."), *_hidden_way(contact.channel)]
    ways = {
        "sms": _("Sms till %(phone)s."),
        "call": _("Ring %(phone)s."),
        "email": _("E-post till %(email)s."),
        "self": _("Personen hör av sig själv. Vi har inget nummer och ingen adress."),
        "none": _("Inget kontaktsätt är valt än. Hör inte av dig."),
    }
    way = ways[contact.channel] % {"phone": readable(contact.phone), "email": contact.email}
    return [_("Skyddad identitet."), way] if contact.protected else [way]


def _hidden_way(channel: str) -> list[str]:
    ways = {
        "sms": _("Bara sms. Visa numret med skäl."),
        "call": _("Bara telefonsamtal. Visa numret med skäl."),
        "email": _("Bara e-post. Visa adressen med skäl."),
        "self": _("Personen hör av sig själv."),
        "none": _("Inget kontaktsätt är valt än. Hör inte av dig."),
    }
    return [ways[channel]]


def _manners(contact: Reachable) -> list[str]:
    if contact.channel == "email":
        sentences = [
            _("Du får skriva vilka vi är.")
            if contact.may_say_who_we_are
            else _("Skriv inte vilka vi är eller vad det gäller.")
        ]
    else:
        sentences = [
            _("Du får säga varifrån vi ringer.") if contact.may_say_who_we_are else _("Säg inte varifrån vi ringer.")
        ]
    if contact.never_leave_message:
        sentences.append(_("Lämna aldrig meddelande."))
    return sentences
