"""The pages on which a group writes in its example, as a member has them open."""

from typing import Any

from django.test import Client

from groups.models import Approval, Member
from tests.factories import make_link
from tests.knowledge.desk import form_on
from tests.support.walking import come_in


def page(approval: Approval, name: str = "andra") -> str:
    return f"/min-sida/att-godkanna/{approval.pk}/{name}/"


def inside(member: Member) -> Client:
    """A browser with the member's link open."""
    client = Client()
    come_in(client, make_link(about=member, contact=member.contact))
    return client


def written(client: Client, approval: Approval, **instead: str) -> dict[str, Any]:
    """The form as it stands, with some of it written anew."""
    answers = form_on(client, page(approval))
    assert set(instead) <= set(answers)
    return answers | instead
