"""Addresses that open a private link."""

import secrets
from datetime import datetime

from people.crypto import keyed_hash
from people.models import LinkToken, PrivateLink

TOKEN_BYTES = 20
"""160 bits: more than the 128 that the programme asks for."""


def new_token(link: PrivateLink, *, now: datetime) -> str:
    """Another address for the link. The token is told once, here; the database keeps its hash."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    LinkToken.objects.create(link=link, token_hash=keyed_hash(token), created_at=now)
    return token
