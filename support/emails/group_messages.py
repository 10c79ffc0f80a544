"""What a leader writes to a group: it is read on the group's own page, and a message says that it is there.

Whoever has not said that they are discreet gets the words in the e-mail too; an sms never holds them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from groups.models import Member
from people import kinds
from people.delivery import previews
from people.delivery.previews import Preview
from people.delivery.rules import way_is_closed
from people.enums import Channel
from people.models import Contact, Office
from support.emails.to_groups import FROM_A_PERSON, leader_hears, tell_contact
from support.enums import LogKind
from support.models import LogEntry, SupportPeriod, SupportRequest

TALK_PAGE = "fragor/"
"""Where on a group's private page the talk with us stands; before there is a group, it stands on the page itself."""


def still_there(entry_id: int, now: datetime) -> str | None:
    rows = LogEntry.objects.shared().filter(pk=entry_id, kind=LogKind.MESSAGE)
    return None if rows.exists() else _("Meddelandet är borttaget.")


MESSAGE_WRITTEN = kinds.MessageKind("support.message_written", FROM_A_PERSON, still_there, leader_hears)


@dataclass(frozen=True)
class Reach:
    """How what we write comes to one person: exactly what is sent, or in words what happens instead."""

    contact: Contact
    preview: Preview
    words: str
    is_refused: bool
    """There is no way that the person has said yes to, so nothing is written to them."""


def receivers_of(cases: Sequence[SupportRequest | SupportPeriod]) -> Mapping[int, list[Contact]]:
    """Who reads what we write: those who speak for the group, or whoever sent the request; by the key of the case.

    For cases of one kind at a time. One query, however many there are.
    """
    people = {case.pk: [case.contact] for case in cases if isinstance(case, SupportRequest)}
    if periods := [case for case in cases if isinstance(case, SupportPeriod)]:
        by_group: dict[int, list[Contact]] = {period.group_id: [] for period in periods}
        members = Member.objects.contact_persons().filter(group__in=by_group).select_related("contact")
        for member in members.order_by("pk"):
            by_group[member.group_id].append(member.contact)
        people |= {period.pk: by_group[period.group_id] for period in periods}
    return {pk: [one for one in contacts if not one.erased_at] for pk, contacts in people.items()}


def receivers(case: SupportRequest | SupportPeriod) -> list[Contact]:
    """As `receivers_of`, of one case."""
    return receivers_of([case])[case.pk]


def reach(contact: Contact, *, text: str, office: Office | None) -> Reach:
    """What becomes of a text to this person, on the way they have chosen."""
    shown = previews.preview(MESSAGE_WRITTEN.name, contact, context={"text": text, "office": office})
    if contact.suppressed_because or contact.channel == Channel.NONE:
        return Reach(contact, shown, shown.reason, is_refused=True)
    words = {
        Channel.CALL: _("Har valt telefonsamtal. Det blir ett samtal att ringa, med de här orden. Inget skickas."),
        Channel.SELF: _("Hör av sig själv. Inget skickas. Texten ligger på gruppens sida."),
    }.get(Channel(contact.channel), "")
    closed = way_is_closed(contact)
    return Reach(contact, shown, words or shown.reason, is_refused=bool(closed and not words))


def tell_written(entry: LogEntry, to: Sequence[Contact], *, now: datetime) -> None:
    """There is something to read: to each in their own way."""
    case = entry.period or entry.support_request
    assert case is not None  # `log_entry_about_request_or_period`
    for contact in to:
        tell_contact(
            MESSAGE_WRITTEN,
            contact,
            about=entry,
            now=now,
            office=case.office,
            context={"text": entry.text},
            path=TALK_PAGE if entry.period_id else "",
        )


def register() -> None:
    kinds.register(MESSAGE_WRITTEN)
