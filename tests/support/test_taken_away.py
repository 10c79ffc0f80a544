"""Someone takes everything away from their own page."""

from uuid import uuid4

import pytest
from django.test import Client

from people.models import Contact
from support.actions.requests import start_draft
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.factories import (
    NOW,
)
from tests.support.walking import at_home, come_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_tuesday")]

HOME = "/min-sida/"


def test_everything_is_taken_away_in_two_steps_with_a_receipt(client: Client) -> None:
    at_home(client)

    first = client.get("/min-sida/ta-bort/")
    assert "Det sker med en gång och går inte att ångra." in text_of(first)
    assert SupportRequest.objects.get().status == RequestStatus.RECEIVED
    client.post("/min-sida/ta-bort/")

    receipt = text_of(client.get("/min-sida/borttaget/"))
    assert "Allt är borttaget" in receipt
    assert "Svar 3" in receipt
    assert text_of(client.get("/min-sida/borttaget/")) == receipt
    assert SupportRequest.objects.get().what == ""
    assert client.get(HOME).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_a_draft_is_taken_away_the_same_way(client: Client) -> None:
    started = start_draft(once_key=uuid4(), question="vem", values={"asker": "member"}, now=NOW)
    come_in(client, started.opened_link.link)

    assert client.get("/min-sida/ta-bort/").status_code == 200
    client.post("/min-sida/ta-bort/")

    assert not SupportRequest.objects.exists()
    assert not Contact.objects.exists()


def test_a_receipt_is_shown_to_nobody_else(client: Client) -> None:
    assert client.get("/min-sida/borttaget/").url == "/"  # type: ignore[attr-defined]
