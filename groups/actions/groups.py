"""Groups and who is in them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from groups.enums import MemberRole, SizeBand
from groups.models import Group, Member, Municipality, Topic
from people.actions.links import close_code, keep_code
from people.models import Contact, Office, PrivateLink


class AliasNamesPerson(Exception):
    """The alias is what we call a person in the group: a group is never known by a person's name."""


class AliasEmpty(Exception):
    """A group needs an alias."""


@transaction.atomic
def create_group(
    *,
    alias: str,
    office: Office,
    now: datetime,
    contact: Contact | None = None,
    municipality: Municipality | None = None,
    area: str = "",
    size_band: SizeBand | str = SizeBand.UNKNOWN,
    in_common: str = "",
    topics: Iterable[Topic] = (),
) -> Group:
    """Creates a group under its alias, with `contact` as its first contact person.

    Raises AliasEmpty, AliasNamesPerson.
    """
    group = Group(
        alias=_checked_alias(alias, [contact] if contact else []),
        office=office,
        municipality=municipality,
        area=area,
        size_band=size_band or SizeBand.UNKNOWN,
        in_common=in_common,
        created_at=now,
    )
    group.save(force_insert=True)
    group.topics.set(topics)
    if contact:
        add_member(group, contact=contact, role=MemberRole.CONTACT_PERSON, now=now)
    return group


@transaction.atomic
def rename_group(group: Group, *, alias: str) -> Group:
    """Gives the group another alias. Raises AliasEmpty, AliasNamesPerson."""
    group.refresh_from_db(from_queryset=Group.objects.select_for_update())
    group.alias = _checked_alias(alias, Contact.objects.filter(member__group=group))
    group.save(update_fields=["alias"])
    return group


def _checked_alias(alias: str, people: Iterable[Contact]) -> str:
    alias = " ".join(alias.split())
    if not alias:
        raise AliasEmpty
    if alias.casefold() in {" ".join(person.called.split()).casefold() for person in people}:
        raise AliasNamesPerson
    return alias


@transaction.atomic
def add_member(
    group: Group,
    *,
    contact: Contact,
    now: datetime,
    role: MemberRole = MemberRole.MEMBER,
    invited_by: Member | None = None,
) -> Member:
    """Someone joins the group by a contact of their own. Whoever had left is back; again the same changes nothing."""
    member, is_new = Member.objects.select_for_update().get_or_create(
        contact=contact, group=group, defaults={"role": role, "invited_by": invited_by, "joined_at": now}
    )
    if not is_new and (member.left_at or member.role != role):
        member.left_at = None
        member.role = role
        member.save(update_fields=["left_at", "role"])
        for link in PrivateLink.objects.usable().filter(contact=contact):
            keep_code(link)
    return member


@transaction.atomic
def become_contact_person(member: Member) -> bool:
    """A member speaks for the group from now on, by their own will. False when they did already, or have left."""
    member.refresh_from_db(from_queryset=Member.objects.select_for_update())
    if member.left_at or member.role == MemberRole.CONTACT_PERSON:
        return False
    member.role = MemberRole.CONTACT_PERSON
    member.save(update_fields=["role"])
    return True


@transaction.atomic
def leave_group(member: Member, *, now: datetime) -> Member:
    """Someone leaves, and their code becomes free in a year. Twice changes nothing."""
    member.refresh_from_db(from_queryset=Member.objects.select_for_update())
    if member.left_at is None:
        member.left_at = now
        member.save(update_fields=["left_at"])
        for link in PrivateLink.objects.usable().filter(contact=member.contact_id):
            close_code(link, now=now)
    return member
