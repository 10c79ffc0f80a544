"""Signed references to a message, for addresses that someone outside calls without being signed in."""

from django.core import signing

STOP = "people.message.stop"
REPORT = "people.message.report"


def reference_to(message_pk: int, purpose: str) -> str:
    return _signer(purpose).sign(str(message_pk))


def message_pk_of(reference: str, purpose: str) -> int | None:
    """None when the reference was not made by us for that purpose."""
    try:
        return int(_signer(purpose).unsign(reference))
    except signing.BadSignature:
        return None


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=purpose, sep=".")
