"""Changing the keys: everything written with an older key is written anew with the newest."""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast

from people.crypto import decrypt, encrypt
from people.fields import EncryptedTextField
from people.models import Contact, LinkToken, Message, PrivateLink, Tries

AT_A_TIME = 500
"""Rows held and rewritten in one transaction."""

SAID_ONCE: tuple[tuple[type[models.Model], str], ...] = (
    (LinkToken, "token_hash"),
    (PrivateLink, "words_hash"),
    (PrivateLink, "one_time_hash"),
    (Tries, "key"),
)
"""Hashes of what we told once and do not know any more: they stay under the key they were made with."""


SECRETS_OF_SECOND_STEP = ("secret", "seed")
"""Of an authenticator app, and of the recovery codes."""


@dataclass(frozen=True)
class Rotated:
    """How far one batch came: which model, how many of its rows were looked at, how many were written anew."""

    model: type[models.Model]
    looked_at: int
    rewritten: int


def encrypted_fields(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def rotate_texts() -> Iterator[Rotated]:
    """Writes every encrypted column of every app anew, batch by batch. May be stopped and started again."""
    for model in apps.get_models():
        if names := encrypted_fields(model):
            yield from _rotate_model(model, names)


def _rotate_model(model: type[models.Model], names: list[str]) -> Iterator[Rotated]:
    last = 0
    while True:
        with transaction.atomic():
            rows = model._default_manager.select_for_update().filter(pk__gt=last).order_by("pk")
            raw = {f"raw_{name}": Cast(name, models.TextField()) for name in names}
            batch = list(rows.annotate(**raw)[:AT_A_TIME])
            if not batch:
                return
            old = [row for row in batch if any(_is_old(getattr(row, f"raw_{name}")) for name in names)]
            model._default_manager.bulk_update(old, names)
        last = batch[-1].pk
        yield Rotated(model, len(batch), len(old))


def _is_old(token: str) -> bool:
    if not token:
        return False
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return True
    return False


def rotate_second_steps() -> Iterator[Rotated]:
    """Writes the secrets of the second step of sign-in anew, which django-allauth keeps in a JSON column."""
    with transaction.atomic():
        rows = list(Authenticator.objects.select_for_update().order_by("pk"))
        old = [row for row in rows if any(_is_old(row.data.get(name, "")) for name in SECRETS_OF_SECOND_STEP)]
        for row in old:
            kept = {name: row.data[name] for name in SECRETS_OF_SECOND_STEP if name in row.data}
            row.data |= {name: encrypt(decrypt(secret)) for name, secret in kept.items()}
            row.save(update_fields=["data"])
    yield Rotated(Authenticator, len(rows), len(old))


def rotate_hashes() -> Iterator[Rotated]:
    """Makes the hashes of addresses anew, from the addresses, and takes the sent messages along."""
    last = 0
    while True:
        with transaction.atomic():
            rows = Contact.objects.select_for_update().filter(pk__gt=last).order_by("pk")
            batch = list(rows[:AT_A_TIME])
            if not batch:
                return
            rewritten = sum(_rehash(contact) for contact in batch)
        last = batch[-1].pk
        yield Rotated(Contact, len(batch), rewritten)


def _rehash(contact: Contact) -> bool:
    before = (contact.email_hash, contact.phone_hash)
    contact.assign_addresses(email=contact.email, phone=contact.phone)
    after = (contact.email_hash, contact.phone_hash)
    if before == after:
        return False
    contact.save(update_fields=["email_hash", "phone_hash"])
    for old, new in zip(before, after, strict=True):
        if old and old != new:
            Message.objects.filter(address_hash=old).update(address_hash=new)
    return True


def left_under_old_keys() -> dict[str, int]:
    """What still needs an older HASH_KEYS entry, by model and column; it may go when all of these are closed."""
    newest = f"{settings.HASH_KEYS[0].partition(':')[0]}:"
    counts = {}
    for model, name in SAID_ONCE:
        old = model._default_manager.exclude(Q(**{name: ""}) | Q(**{f"{name}__startswith": newest}))
        counts[f"{model._meta.label}.{name}"] = old.count()
    return counts
