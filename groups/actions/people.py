"""Someone who is asked on the telephone: staff write down what to call them and how to reach them safely.

Each gets a contact of their own for just this relation; contacts are never shared.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from groups.actions.groups import add_member
from groups.enums import MemberRole
from groups.models import Enabler, Group, Member, Organisation
from people.actions.contacts import choose_contact_way
from people.actions.links import open_link
from people.enums import LinkPurpose
from people.models import Contact, Office


@transaction.atomic
def add_person(group: Group, *, called: str, way: Mapping[str, Any], role: MemberRole, now: datetime) -> Member:
    """A new member, reached in the `way` that choose_contact_way takes. Raises its NoSuchAddress.

    With a private link to the group's page, that messages lead to; its code and words are told by issuing it anew.
    """
    contact = _contact(called, way, now, discreet=True)
    member = add_member(group, contact=contact, role=role, now=now)
    open_link(LinkPurpose.SUPPORT, contact=contact, about=member, now=now)
    return member


@transaction.atomic
def add_enabler(
    *,
    called: str,
    way: Mapping[str, Any],
    office: Office,
    organisation: Organisation | None,
    competences: str,
    languages: Sequence[str],
    now: datetime,
) -> Enabler:
    """Someone new who shares time, knowledge and resources with groups. Raises as `add_person`."""
    return Enabler.objects.create(
        contact=_contact(called, way, now, discreet=False),
        office=office,
        organisation=organisation,
        competences=competences,
        languages=[*languages],
    )


def _contact(called: str, way: Mapping[str, Any], now: datetime, *, discreet: bool) -> Contact:
    contact = Contact.objects.create(called=called, discreet=discreet, created_at=now)
    return choose_contact_way(contact, **way, now=now)
