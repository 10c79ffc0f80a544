"""Who is in the group, where it touches the support: someone leaves, and their questions go with them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from groups.actions.groups import become_contact_person
from groups.actions.invitations import leave_and_forget
from groups.models import Member
from support.actions.logs import write_log
from support.enums import LogKind
from support.models import LogEntry, SupportPeriod


class AskedForSupport(Exception):
    """Whoever asked for the support takes away the request at the same time, on a page of its own."""


@transaction.atomic
def speak_for_group(member: Member, *, period: SupportPeriod, now: datetime) -> None:
    """From now on we get in touch with this member too, in the way they have chosen. Twice changes nothing."""
    if become_contact_person(member):
        write_log(period, LogKind.CONTACT, _("Gruppen har en ny kontaktperson."), now=now, contact=member.contact)


@transaction.atomic
def leave_support(member: Member, *, period: SupportPeriod, now: datetime) -> None:
    """Someone who was invited leaves for good: name, address, link, code and the questions they asked are gone.

    The group and its log stay the others'; the log says that someone left, and when nobody speaks for the group any
    more. Twice changes nothing. Raises AskedForSupport.
    """
    if hasattr(member.contact, "support_request"):
        raise AskedForSupport
    member.refresh_from_db(from_queryset=Member.objects.select_for_update())
    if member.left_at:
        return
    leave_and_forget(member, now=now)
    LogEntry.objects.filter(contact=member.contact_id, period__isnull=False, kind=LogKind.QUESTION).delete()
    note_who_is_left(period, now=now)


def note_who_is_left(period: SupportPeriod, *, now: datetime) -> None:
    """The log after someone has left: that they did, never who, and whether anyone speaks for the group now."""
    write_log(period, LogKind.NOTE, _("Någon har lämnat gruppen."), now=now)
    if not period.group.members.contact_persons().exists():
        write_log(period, LogKind.NOTE, _("Gruppen har ingen kontaktperson nu."), now=now)
