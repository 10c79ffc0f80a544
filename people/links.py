"""Addresses that open a private link."""

import re
import secrets
from datetime import datetime

from people.crypto import keyed_hash
from people.models import LinkToken, PrivateLink

TOKEN_BYTES = 20
"""160 bits: more than the 128 that the programme asks for."""

MASKED_LINK = "/min-sida/•••/"
_PRIVATE_LINK = re.compile(r"/min-sida/[\w-]{20,}/")


def new_token(link: PrivateLink, *, now: datetime) -> str:
    """Another address for the link. The token is told once, here; the database keeps its hash."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    LinkToken.objects.create(link=link, token_hash=keyed_hash(token), created_at=now)
    return token


def without_links(text: str) -> str:
    """A text for others to read: an address of a private page opens it, so nobody but its owner gets to see it."""
    return _PRIVATE_LINK.sub(MASKED_LINK, text)
