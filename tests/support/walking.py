"""Walks through the request as a person does: one page after the other, with the answers of someone ordinary."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import time_machine
from django.core import signing
from django.test import Client

from people.actions.links import open_link
from people.enums import Channel, LinkPurpose
from people.models import PrivateLink
from people.private_access import SESSION_KEY
from support.models import SupportRequest
from tests.factories import NOW, make_contact, make_request

WAY: dict[str, dict[str, Any]] = {
    "vem": {"asker": "member"},
    "vad": {"what": "Lekplatsen på vår gård är avstängd."},
    "hur-manga": {"size_band": "5-9", "in_common": "Samma gård"},
    "var": {"place": "Lindhaga", "area": "Norra"},
    "ansvar": {"responsible": ["landlord"]},
    "stod": {"supports": ["startup", "guidance"]},
    "brattom": {"urgency": "no"},
    "kontakt": {"channel": "sms", "sms_phone": "070-174 06 15", "may_say_who_we_are": "no"},
    "namn": {"called": "Alva"},
    "sprak": {"languages": ["sv", "ar"], "wants_interpreter": "yes"},
    "behov": {"access_needs": ["children"]},
}
"""Every question's answer; a supporter has one more."""


def answer(client: Client, slug: str, values: dict[str, Any] | None = None, **more: Any) -> Any:
    """Sends one question; `more` goes to the client (as `query="andra=1"`)."""
    query = more.pop("query", "")
    data = {"once_key": str(uuid4()), **(WAY[slug] if values is None else values)}
    return client.post(f"/stod/{slug}/{f'?{query}' if query else ''}", data, **more)


def walk(client: Client, *, until: str = "", **instead: Any) -> None:
    """Answers every question before `until`; `instead` gives other answers (`hur_manga={…}`)."""
    for slug in WAY:
        if slug == until:
            break
        response = answer(client, slug, instead.get(slug.replace("-", "_")))
        assert response.status_code == 302, response.content.decode()


def newest() -> SupportRequest:
    return SupportRequest.objects.select_related("contact", "office").latest("pk")


def opened_a_while_ago() -> str:
    """What the guard of a form says when the page was shown ten seconds ago."""
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=10), tick=False):
        return signing.dumps("opened", salt="people.form_guards")


def press_send(client: Client) -> Any:
    return client.post("/stod/kolla/", {"opened": opened_a_while_ago()})


def send(client: Client, **instead: Any) -> SupportRequest:
    """A request from the first question to Skicka till oss."""
    walk(client, **instead)
    response = press_send(client)
    assert response.url == "/stod/klart/", response.content.decode()
    return newest()


def link_of(support_request: SupportRequest) -> PrivateLink:
    return PrivateLink.objects.get(purpose=LinkPurpose.SUPPORT, about_id=support_request.pk)


def text_of(response: Any) -> str:
    """What a reader sees of the page, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def knows(client: Client) -> bool:
    """Whether this browser can open anybody's request."""
    return bool(client.session.get(SESSION_KEY))


def come_in(client: Client, link: PrivateLink) -> None:
    """Opens a link in the browser, as its address does."""
    session = client.session
    session[SESSION_KEY] = {link.purpose: {"link": link.pk, "until": "2100-01-01T00:00:00+00:00"}}
    session.save()
    client.cookies["sessionid"] = session.session_key or ""


def at_home(client: Client, **kwargs: Any) -> SupportRequest:
    """A request that was sent, opened in the browser by its link."""
    kwargs.setdefault("contact", make_contact(channel=Channel.SMS, phone="+46701740615", discreet=True))
    support_request = make_request(answered=["vem", "vad", "stod"], **kwargs)
    opened = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    come_in(client, opened.link)
    return support_request
