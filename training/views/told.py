"""What is told once about a registration: two words and a link, for as long as the page with the thanks is open.

It stands encrypted in the session, and for some minutes in the cache beside the key of the form: whoever presses twice
gets the same page, whichever of the two answers reaches them.
"""

import json
import uuid
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.http import HttpRequest

from people.actions.links import OpenedLink
from people.crypto import decrypt, encrypt, keyed_hash
from people.enums import LinkPurpose
from people.models import PrivateLink
from people.private_access import open_in_session
from training.actions.registering import Registered
from training.models import Registration

TOLD = "told_of_registration"
SAME_PRESS = timedelta(minutes=10)
"""So long the same form, sent again unchanged, is the same press of the button."""


def tell(request: HttpRequest, registered: Registered, *, once_key: uuid.UUID, now: datetime) -> bool:
    """Opens the registration's own page in this browser. False when it was made long ago, and nothing is opened."""
    name = f"told:{keyed_hash(str(once_key))}"
    if registered.opened is not None:
        secrets = _sealed(registered.opened)
        cache.set(name, secrets, SAME_PRESS.total_seconds())
        return _open(request, registered.opened.link, secrets)
    registration = registered.registration
    if now - registration.created_at > SAME_PRESS:
        return False
    link = link_of(registration)
    return link is not None and _open(request, link, cache.get(name))


def _sealed(opened: OpenedLink) -> str:
    return encrypt(json.dumps({"link": opened.link.pk, "words": opened.words}))


def _open(request: HttpRequest, link: PrivateLink, secrets: str | None) -> bool:
    open_in_session(request, link)
    if secrets:
        request.session[TOLD] = secrets
    return True


def link_of(registration: Registration) -> PrivateLink | None:
    links = PrivateLink.objects.usable().filter(purpose=LinkPurpose.TRAINING, about_id=registration.pk)
    return links.filter(about_model=Registration._meta.label_lower).first()


def told_words(request: HttpRequest, link: PrivateLink) -> str:
    """The two words of this link, as they were told in this browser; empty once they are forgotten."""
    try:
        told = json.loads(decrypt(request.session[TOLD]))
    except (KeyError, InvalidToken):  # never told here, or with a key that has been taken away
        return ""
    return str(told["words"]) if told["link"] == link.pk else ""


def forget_told(request: HttpRequest) -> None:
    request.session.pop(TOLD, None)
