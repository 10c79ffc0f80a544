"""Prints new secrets as lines for .env: `python -m mobilisering.new_secrets`."""

import secrets
from datetime import UTC, datetime

from cryptography.fernet import Fernet


def lines() -> list[str]:
    key_id = datetime.now(UTC).strftime("%y%m%d")  # tells keys apart when they are changed; any short word would do
    return [
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        f"FIELD_KEYS={Fernet.generate_key().decode()}",
        f"HASH_KEYS={key_id}:{secrets.token_urlsafe(32)}",
        f"POSTGRES_PASSWORD={secrets.token_urlsafe(24)}",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
