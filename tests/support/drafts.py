"""Requests made by the actions themselves, without pages."""

from typing import Any
from uuid import uuid4

from people.actions.links import open_link
from people.enums import Channel, LinkPurpose
from people.models import Message, PrivateLink, User
from support.actions.requests import (
    save_answers,
    start_draft,
)
from support.models import SupportRequest
from tests.factories import (
    NOW,
)

ANSWERS: dict[str, dict[str, Any]] = {
    "vem": {"asker": "member"},
    "vad": {"what": "Värmen är avstängd.", "tells_when_talking": False},
    "hur-manga": {"size_band": "5-9", "in_common": ""},
    "var": {"place": "Lindhaga", "area": ""},
    "ansvar": {"responsible": ["landlord"], "responsible_other": ""},
    "stod": {"supports": []},
    "brattom": {"urgency": "no", "urgent_what": ""},
    "kontakt": {
        "channel": Channel.SMS,
        "phone": "0701740615",
        "email": "",
        "may_say_who_we_are": False,
        "never_leave_message": False,
    },
    "sprak": {"languages": ["sv"], "other_language": "", "wants_interpreter": "no"},
}


def a_draft(**instead: dict[str, Any]) -> SupportRequest:
    """A draft with every needed answer."""
    started = start_draft(once_key=uuid4(), question="vem", values=ANSWERS["vem"], now=NOW)
    for question, values in ANSWERS.items():
        save_answers(started.support_request, question=question, values=instead.get(question, values), now=NOW)
    return SupportRequest.objects.get(pk=started.support_request.pk)


def linked(support_request: SupportRequest) -> PrivateLink:
    return open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW).link


def kinds_to(user: User) -> list[str]:
    return list(Message.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))
