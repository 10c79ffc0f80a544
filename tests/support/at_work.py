"""A group at work, with its page open in the browser: the one who asked, or someone who was invited."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from groups.actions.invitations import invite_member
from groups.models import Member
from people.actions.links import open_link
from people.enums import LinkPurpose
from people.models import Contact, PrivateLink
from support.actions.planning import plan_next_check_in
from support.enums import CheckInState, RequestStatus
from support.models import CheckIn, SupportPeriod, SupportRequest
from tests.factories import NOW, make_check_in, make_contact, make_group, make_member, make_period, make_request
from tests.support.walking import come_in

HOME = "/min-sida/"


@dataclass(frozen=True)
class AtWork:
    support_request: SupportRequest
    member: Member
    period: SupportPeriod
    link: PrivateLink


def a_group_at_work(*, contact: Contact | None = None, **kwargs: Any) -> AtWork:
    """A request that was accepted: group, contact person, period and link. `kwargs` go to the period."""
    contact = contact or make_contact(called="Alva")
    group = make_group(alias="Värmegruppen", office=kwargs.get("office"))
    member = make_member(group=group, contact=contact)
    period = make_period(group=group, **kwargs)
    support_request = make_request(
        contact=contact, status=RequestStatus.ACCEPTED, group=group, office=group.office, leader=period.leader
    )
    opened = open_link(LinkPurpose.SUPPORT, contact=contact, about=support_request, now=NOW)
    return AtWork(support_request, member, period, opened.link)


def at_work(client: Client, **kwargs: Any) -> AtWork:
    """The same, opened in the browser by whoever asked for support."""
    ours = a_group_at_work(**kwargs)
    come_in(client, ours.link)
    return ours


def invited_to(ours: AtWork, client: Client, *, called: str = "Bo") -> Member:
    """Someone was invited and has opened their link in this browser."""
    opened = invite_member(ours.member, called=called, once_key=uuid4(), now=NOW)
    opened.link.opened_at = NOW
    opened.link.save()
    come_in(client, opened.link)
    return Member.objects.get(contact=opened.link.contact)


def asked(period: SupportPeriod, **kwargs: Any) -> CheckIn:
    """The question is out and waits for an answer."""
    return make_check_in(period=period, state=CheckInState.ASKED, asked_at=NOW, **kwargs)


def planned(period: SupportPeriod) -> CheckIn:
    """As the taper plans it."""
    check_in = plan_next_check_in(period, now=NOW)
    assert check_in is not None
    return check_in


def text_of(response: Any) -> str:
    """What a reader reads: the page without its menus, marks and hidden fields."""
    main = response.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", f"<{main}").split())
