from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from people.channels.email import send_email
from people.channels.envelopes import compose
from people.channels.sms import FileGateway
from people.enums import Channel
from tests.factories import contact_of, make_contact, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEV_OUTBOX_DIR = settings.EMAIL_FILE_PATH = tmp_path / "utkorg"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return tmp_path / "utkorg"


def send_letter() -> None:
    message = make_message(contact=make_contact(discreet=True), link="/min-sida/abc/", neutral="<Ett> svar & en länk.")
    send_email(compose(message, contact_of(message), Channel.EMAIL), still_ours=lambda: True)


def test_an_empty_outbox_says_so(client: Client):
    assert "Inget är skickat än." in client.get("/dev/utkorg/").content.decode()


def test_letters_and_sms_are_shown_with_links_that_lead_to_this_server(client: Client):
    send_letter()
    FileGateway().send("+46701740605", "Hej, välj en tid.", sender="Kalendern", reference="1.x")

    page = client.get("/dev/utkorg/").content.decode()

    assert "Svar på din fråga" in page
    assert '<a href="/min-sida/abc/">https://kalender.example/min-sida/abc/</a>' in page
    assert "&lt;Ett&gt; svar &amp; en länk." in page
    assert "Hej, välj en tid." in page


def test_a_letter_can_be_seen_as_a_mail_program_shows_it(client: Client, folder: Path):
    send_letter()
    [file] = folder.glob("*.log")

    response = client.get(f"/dev/utkorg/{file.name}/")

    assert '<a href="/min-sida/abc/" style=' in response.content.decode()
    assert "Content-Security-Policy" not in response.headers


@pytest.mark.parametrize("name", ["nothing.log", "..%2F..%2Fmanage.py", "%00"])
def test_no_other_file_is_shown(client: Client, name: str):
    assert client.get(f"/dev/utkorg/{name}/").status_code == 404
