"""What the tests of hand-overs share: a case, and a colleague who is asked to take it."""

from datetime import timedelta

from groups.enums import SupportKind
from people.models import Message, Office, User
from support.actions import hand_overs, handling, periods
from support.models import HandOver, SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    make_group,
    make_member,
    make_request,
)

LATER = NOW + timedelta(hours=1)
NOTE = "De vill träffas på kvällar. Ring aldrig före nio."


def opened(leader: User, office: Office) -> SupportPeriod:
    member = make_member(group=make_group(office=office))
    return periods.open_period(member.group, leader=leader, supports=[SupportKind.GUIDANCE], now=NOW)


def taken(leader: User, office: Office, **kwargs) -> SupportRequest:
    support_request = make_request(office=office, **kwargs)
    return handling.take_request(support_request, by=leader, now=NOW)


def offered(case, by: User, to: User | None = None, *, office: Office | None = None, note: str = NOTE) -> HandOver:
    return hand_overs.offer_hand_over(case, to_office=office or case.office, to_user=to, note=note, by=by, now=NOW)


def told() -> list[tuple[str, str]]:
    """Kind and receiver of every message, in order."""
    rows = Message.objects.select_related("contact", "user").order_by("pk")
    return [(row.kind.removeprefix("support."), str(row.contact or row.user)) for row in rows]
