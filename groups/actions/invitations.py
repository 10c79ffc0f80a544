"""A group runs its own membership: a member invites someone by a link of their own, and can take that back."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from groups.actions.groups import add_member, leave_group
from groups.models import Member
from people.actions.contacts import ErasedContact, erase_contact
from people.actions.links import OpenedLink, open_link
from people.enums import Channel, LinkPurpose
from people.models import Contact, PrivateLink

MOST_UNUSED = 20
"""Invitations of a group that nobody has opened yet: more than a group needs at once, too few to use up our codes."""


class HasLeft(Exception):
    """Only a current member of the group invites others."""


class AlreadyInvited(Exception):
    """The same invitation was already made; its words were told then."""


class TooManyUnused(Exception):
    """So many invitations wait to be opened that no more are made."""


class AlreadyIn(Exception):
    """Whoever was invited has come in: they leave by themselves."""


@transaction.atomic
def invite_member(by: Member, *, called: str, once_key: uuid.UUID, now: datetime) -> OpenedLink:
    """Someone new in the group, with a link, a code and two words of their own, told once to whoever invites.

    We never reach out to them until they have chosen how, themselves. Raises HasLeft, AlreadyInvited, TooManyUnused.
    """
    inviter = Member.objects.select_for_update(of=("self",)).select_related("group", "contact").get(pk=by.pk)
    if inviter.left_at:
        raise HasLeft
    if Member.objects.filter(once_key=once_key).exists():
        raise AlreadyInvited
    if unopened(inviter).count() >= MOST_UNUSED:
        raise TooManyUnused
    contact = Contact.objects.create(
        called=called, channel=Channel.SELF, discreet=True, reads=inviter.contact.reads, created_at=now
    )
    member = add_member(inviter.group, contact=contact, invited_by=inviter, now=now)
    member.once_key = once_key
    member.save(update_fields=["once_key"])
    return open_link(LinkPurpose.SUPPORT, contact=contact, about=member, now=now)


def unopened(member: Member) -> QuerySet[Member]:
    """Those invited to the member's group who have not come in yet."""
    links = PrivateLink.objects.usable().filter(purpose=LinkPurpose.SUPPORT, opened_at__isnull=True)
    rows = Member.objects.current().filter(group=member.group_id, once_key__isnull=False)
    return rows.filter(contact__in=links.values("contact"))


@transaction.atomic
def take_back_invitation(invited: Member, *, now: datetime) -> None:
    """An invitation nobody has opened is undone, and its link is dead. Twice changes nothing. Raises AlreadyIn."""
    invited.refresh_from_db(from_queryset=Member.objects.select_for_update(of=("self",)).select_related("contact"))
    if invited.left_at:
        return
    if not unopened(invited).filter(pk=invited.pk).exists():
        raise AlreadyIn
    leave_and_forget(invited, now=now)


@transaction.atomic
def leave_and_forget(member: Member, *, now: datetime) -> ErasedContact:
    """Someone leaves the group, and what we know of the person is taken away. The group is the others'."""
    leave_group(member, now=now)
    return erase_contact(member.contact, now=now)
