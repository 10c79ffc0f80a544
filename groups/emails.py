"""The kinds of messages that the groups app sends, and how a group is reached."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from groups.models import Approval, Group, RoleContract
from people import kinds
from people.calendar import stockholm_day
from people.enums import LinkPurpose, MessageClass, Role
from people.models import Contact, Message, PrivateLink
from people.outbox import queue_message
from people.permissions import staff_of

APPROVALS_PAGE = "att-godkanna/"
"""Where on the private page the list of what waits for a yes stands."""


def link_of(contact: Contact) -> PrivateLink | None:
    """The private link with which the person comes back to the group's page."""
    return PrivateLink.objects.usable().filter(contact=contact, purpose=LinkPurpose.SUPPORT).order_by("-pk").first()


def links_of(group: Group) -> QuerySet[PrivateLink]:
    """Every way in to the group's page: each member has their own."""
    members = group.members.current()
    return PrivateLink.objects.usable().filter(purpose=LinkPurpose.SUPPORT, contact__in=members.values("contact"))


def contact_persons(group: Group) -> list[Contact]:
    """Those who speak for the group at present."""
    members = group.members.contact_persons().select_related("contact")
    return [member.contact for member in members if not member.contact.erased_at]


def still_waiting(approval_id: int, now: datetime) -> str | None:
    if Approval.objects.waiting().filter(pk=approval_id).exists():
        return None
    return _("Gruppen har redan svarat, eller texten är en annan.")


def office_hears(message: Message, now: datetime) -> None:
    """The leaders of the group's office hear that a question to the group did not arrive."""
    approval = Approval.objects.select_related("group__office").filter(pk=message.about_id).first()
    if approval is None:
        return
    office = approval.group.office
    for user in staff_of(Role.LEADER, office, stockholm_day(now)):
        queue_message(
            MESSAGE_FAILED.name,
            to=user,
            about=message,
            dedupe_key=f"{MESSAGE_FAILED.name}:{message.pk}:{user.pk}",
            now=now,
            office=office,
            path=f"/admin/groups/approval/{approval.pk}/change/",
        )


APPROVAL_ASKED = kinds.MessageKind("groups.approval_asked", MessageClass.REMINDER, still_waiting, office_hears)
MESSAGE_FAILED = kinds.MessageKind("groups.message_failed", MessageClass.STAFF)
ROLE_ENDED = kinds.MessageKind("groups.role_ended", MessageClass.APPOINTMENT)


def tell_asked(approval: Approval, *, now: datetime) -> None:
    """Each contact person hears that there is a text to read; the text itself stands on the group's page."""
    for contact in contact_persons(approval.group):
        queue_message(
            APPROVAL_ASKED.name,
            to=contact,
            about=approval,
            dedupe_key=f"{APPROVAL_ASKED.name}:{approval.pk}:{contact.pk}",
            now=now,
            office=approval.group.office,
            opens=link_of(contact),
            path=APPROVALS_PAGE,
        )


def tell_role_ended(contract: RoleContract, *, now: datetime) -> None:
    """The enabler hears that the group manages the task in another way now."""
    contact = contract.enabler.contact
    queue_message(
        ROLE_ENDED.name,
        to=contact,
        about=contract,
        dedupe_key=f"{ROLE_ENDED.name}:{contract.pk}:{contact.pk}",
        now=now,
        office=contract.group.office,
        context={"role": contract.get_role_display(), "task": contract.task, "phone": settings.PORTAL_PHONE},
    )


def register() -> None:
    kinds.register(APPROVAL_ASKED, MESSAGE_FAILED, ROLE_ENDED)
