import re
import time

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from people import clock
from people.adapters import AccountAdapter
from people.delivery.sending import deliver_next
from people.enums import MessageClass, MessageState
from people.models import Message, User
from tests.factories import make_user
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

CODE = re.compile(r"Din kod är ([A-Z0-9-]+)\.")


def ask_for_code(client: Client, email: str) -> tuple[int, str]:
    response = client.post("/konto/login/code/", {"email": email})
    return response.status_code, response.headers.get("Location", "")


def test_a_code_to_sign_in_goes_through_the_outbox_and_opens(client: Client, smtp: SmtpSink):
    user = make_user(email="maja@example.org")

    ask_for_code(client, "maja@example.org")

    message = Message.objects.get()
    assert (message.kind, message.user, message.message_class) == ("people.sign_in_code", user, MessageClass.ANSWER)
    assert (message.state, message.is_secret) == (MessageState.QUEUED, True)
    assert mail.outbox == []

    deliver_next(clock.now())
    [letter] = smtp.letters
    [code] = CODE.findall(letter.text)
    assert letter.to == ["maja@example.org"]
    assert code not in letter.message["Subject"]

    client.post("/konto/login/code/confirm/", {"code": code})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Message.objects.get(pk=message.pk).text == ""


def test_asking_for_a_code_tells_nobody_whether_an_account_exists(client: Client):
    make_user(email="maja@example.org")

    known = ask_for_code(client, "maja@example.org")
    unknown = ask_for_code(Client(), "ingen@example.org")

    assert known == unknown
    assert Message.objects.count() == 1
    assert mail.outbox == []


def test_a_closed_account_gets_no_code(client: Client):
    make_user(email="maja@example.org", is_active=False)

    ask_for_code(client, "maja@example.org")

    assert not Message.objects.exists()


def test_the_code_is_written_in_the_language_of_the_account(client: Client):
    make_user(email="maja@example.org", language="en")

    ask_for_code(client, "maja@example.org")

    assert Message.objects.get().language == "en"


def test_no_page_waits_for_a_mail_server_that_is_frozen(client: Client, smtp: SmtpSink):
    make_user(email="maja@example.org")
    smtp.stall.set()

    began = time.monotonic()
    status, _ = ask_for_code(client, "maja@example.org")

    assert status == 302
    assert time.monotonic() - began < 1
    assert smtp.letters == []


def test_a_new_password_is_chosen_behind_a_link_on_our_own_address(client: Client, smtp: SmtpSink):
    make_user(email="maja@example.org")

    client.post("/konto/password/reset/", {"email": "maja@example.org"}, headers={"host": "127.0.0.1"})

    message = Message.objects.get()
    assert message.kind == "people.password_reset"
    assert message.link.startswith("/konto/password/reset/key/")
    deliver_next(clock.now())
    assert "http://127.0.0.1:8000/konto/password/reset/key/" in smtp.letters[0].text
    assert client.get(message.link).status_code == 302


def test_a_change_of_the_account_is_told_without_where_it_was_done_from(smtp: SmtpSink):
    user = make_user()

    AccountAdapter().send_notification_mail("mfa/email/totp_activated", user, {"ip": "192.0.2.7"})
    deliver_next(clock.now())

    [letter] = smtp.letters
    assert letter.message["Subject"] == "Något har ändrats på ditt konto"
    assert "Inloggning i två steg med en app har slagits på." in letter.text
    assert "192.0.2.7" not in letter.message.as_string()


def test_accounts_are_made_by_an_administrator(client: Client, settings: Settings):
    response = client.post("/konto/signup/", {"email": "ny@example.org", "password1": "långt lösen", "password2": "x"})

    assert not User.objects.filter(email="ny@example.org").exists()
    assert response.status_code in {200, 403}


def test_what_allauth_writes_to_an_address_without_account_is_not_sent():
    AccountAdapter().send_mail("account/email/unknown_account", "ingen@example.org", {})
    AccountAdapter().send_mail("account/email/account_already_exists", "ingen@example.org", {})

    assert not Message.objects.exists()
