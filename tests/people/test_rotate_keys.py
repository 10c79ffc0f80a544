from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from people.actions import keys
from people.crypto import decrypt, is_current
from people.enums import Channel, LinkPurpose
from people.links import new_token
from people.models import Contact, Message, PrivateLink, User
from tests.factories import NOW, make_contact, make_link, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_keys(settings: Settings) -> Settings:
    """What an administrator does: the new keys stand first, the old ones after them."""

    def put_first() -> None:
        settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
        settings.HASH_KEYS = ["new:another secret", *settings.HASH_KEYS]

    settings.put_new_keys_first = put_first
    return settings


def rotate() -> str:
    out = StringIO()
    call_command("rotate_keys", quiet=True, stdout=out)
    return out.getvalue()


def raw(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


def test_everything_can_be_read_with_the_new_key_alone(new_keys: Settings):
    contact = make_contact(email="alva@example.org")
    message = make_message(contact=contact, text="Hej Alva!")
    new_keys.put_new_keys_first()

    rotate()
    new_keys.FIELD_KEYS = new_keys.FIELD_KEYS[:1]
    new_keys.HASH_KEYS = new_keys.HASH_KEYS[:1]

    assert Contact.objects.with_email("alva@example.org").get() == contact
    assert Contact.objects.get(pk=contact.pk).email == "alva@example.org"
    assert Message.objects.get(pk=message.pk).text == "Hej Alva!"


def test_before_the_rotation_the_new_key_alone_opens_nothing(new_keys: Settings):
    make_contact(email="alva@example.org")
    new_keys.put_new_keys_first()
    new_keys.FIELD_KEYS = new_keys.FIELD_KEYS[:1]

    with pytest.raises(InvalidToken):
        Contact.objects.get()


def test_a_person_is_found_and_counted_while_keys_are_being_changed(new_keys: Settings):
    old = make_contact(email="alva@example.org")
    new_keys.put_new_keys_first()
    new = make_contact(email="alva@example.org")

    assert set(Contact.objects.with_email("alva@example.org")) == {old, new}
    assert old.email_hash != new.email_hash


def test_the_second_run_changes_nothing(new_keys: Settings):
    make_message()
    new_keys.put_new_keys_first()
    rotate()
    before = raw("people_message", "text"), raw("people_contact", "email_hash")

    report = rotate()

    assert (raw("people_message", "text"), raw("people_contact", "email_hash")) == before
    assert "people.Message (rotate_texts): 0 of 1 rows written anew" in report


def test_batches_cover_every_row(new_keys: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keys, "AT_A_TIME", 2)
    for _ in range(5):
        make_contact(channel=Channel.SMS)
    new_keys.put_new_keys_first()

    looked_at = [batch.looked_at for batch in keys.rotate_hashes()]

    assert looked_at == [2, 2, 1]
    assert is_current(raw("people_contact", "phone_hash"))


def test_sent_reminders_still_count_against_the_limit_of_their_address(new_keys: Settings):
    contact = make_contact()
    make_message(contact=contact, address_hash=contact.email_hash)
    new_keys.put_new_keys_first()

    rotate()

    contact.refresh_from_db()
    assert raw("people_message", "address_hash") == [contact.email_hash]


def test_what_was_said_once_stays_under_the_old_key_and_is_counted(new_keys: Settings):
    link = make_link(words_hash="dev:abc", purpose=LinkPurpose.SUPPORT)
    token = new_token(link, now=NOW)
    new_keys.put_new_keys_first()

    report = rotate()

    assert "people.LinkToken.token_hash: 1 still need the old HASH_KEYS entry" in report
    assert "people.PrivateLink.words_hash: 1 still need the old HASH_KEYS entry" in report
    assert PrivateLink.objects.with_token(token).get() == link


def test_the_second_step_of_sign_in_is_written_anew_and_still_opens(new_keys: Settings, leader: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(leader, secret)
    RecoveryCodes.activate(leader)
    before = [row.data for row in Authenticator.objects.order_by("pk")]
    new_keys.put_new_keys_first()

    said = rotate()

    new_keys.FIELD_KEYS = new_keys.FIELD_KEYS[:1]
    rows = list(Authenticator.objects.order_by("pk"))
    assert "mfa.Authenticator (rotate_second_steps): 2 of 2 rows written anew" in said
    assert decrypt(rows[0].data["secret"]) == secret
    assert secret not in str(before)
    assert len(RecoveryCodes(rows[1]).get_unused_codes()) == 10
