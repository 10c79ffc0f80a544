"""Sample secrets for development. They are public: settings.py never uses them without DEVELOPMENT=1."""

import base64
import hashlib


def _sample(name: str) -> bytes:
    return hashlib.sha256(f"development only: {name}".encode()).digest()


SECRET_KEY = f"django-insecure-{_sample('secret key').hex()}"
FIELD_KEY = base64.urlsafe_b64encode(_sample("field key")).decode()
HASH_KEY = f"dev:{_sample('hash key').hex()}"
