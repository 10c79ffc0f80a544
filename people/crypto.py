"""Encryption of what must not lie open in the database, and the keyed hashes that make it searchable.

Both keys come from settings as lists, newest first: the first writes, all of them read. So a key is changed by
putting a new one first, running `manage.py rotate_keys`, and taking the old one away.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token. Raises `cryptography.fernet.InvalidToken` when no key opens it."""
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def _digest(key: str, text: str) -> str:
    """A key in settings is written `id:secret`; the id stands first in the hash, so that one sees which key made it."""
    key_id, _, secret = key.partition(":")
    mac = hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest()
    return f"{key_id}:{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def keyed_hash(text: str) -> str:
    """The hash to store: the same text gives the same hash, and nobody without the key can guess the text from it."""
    return _digest(settings.HASH_KEYS[0], text)


def keyed_hashes(text: str) -> list[str]:
    """Every hash under which the text may stand in the database, also while keys are being changed."""
    return [_digest(key, text) for key in settings.HASH_KEYS]


def same_as_hash(text: str, stored: str) -> bool:
    """Compares in constant time."""
    return sum(hmac.compare_digest(candidate, stored) for candidate in keyed_hashes(text)) > 0


def is_current(stored: Iterable[str]) -> bool:
    """Whether every stored hash was made with the newest key."""
    key_id = settings.HASH_KEYS[0].partition(":")[0]
    return all(not value or value.startswith(f"{key_id}:") for value in stored)
