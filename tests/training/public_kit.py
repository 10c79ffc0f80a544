"""Someone who registers on the public page, and comes back to their own."""

from typing import Any
from uuid import uuid4

from django.test import Client

from people.models import PrivateLink
from tests.support.walking import come_in, opened_a_while_ago
from training.models import Registration, Session

MINE = "/min-sida/anmalan/"

ANSWERS: dict[str, Any] = {
    "called": "Noor",
    "seats": "2",
    "channel": "email",
    "email": "noor@exempel.se",
    "needs": "Jag hör dåligt",
}


def page_of(session: Session) -> str:
    return f"/utbildningar/{session.course.slug}/{session.pk}/"


def form_of(session: Session) -> str:
    return f"{page_of(session)}anmal/"


def sign_up(client: Client, session: Session, **values: Any) -> Any:
    """Sends the form; the client is the browser."""
    answers = {"once_key": str(uuid4()), "opened": opened_a_while_ago(), **ANSWERS, **values}
    return client.post(form_of(session), answers)


def at_mine(client: Client, registration: Registration) -> Registration:
    """Opens the registration's own page in the browser, as its link does."""
    come_in(client, PrivateLink.objects.get(contact=registration.contact))
    return registration
