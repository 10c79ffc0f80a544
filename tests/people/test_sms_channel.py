import socket

import pytest
from pytest_django import Settings

from people.channels import sms
from people.channels.envelopes import compose
from people.channels.results import Accepted, Refused, Unknown
from people.enums import Channel
from people.sms_text import fits_one_sms
from tests.elks_server import ElksServer
from tests.factories import contact_of, make_contact, make_message

pytestmark = pytest.mark.django_db


def test_an_sms_says_the_short_words_and_the_link():
    message = make_message(
        contact=make_contact(channel=Channel.SMS),
        short="Hej! Vi har fått er förfrågan.",
        link="/min-sida/" + "a" * 27 + "/",
    )

    made = compose(message, contact_of(message), Channel.SMS)

    assert made.text == "Hej! Vi har fått er förfrågan. http://127.0.0.1:8000/min-sida/" + "a" * 27 + "/"
    assert (made.sender_name, made.subject, made.html) == ("Mobilisera", "", "")
    assert fits_one_sms(made.text)


def test_a_discreet_sms_is_neutral_in_name_words_and_domain():
    message = make_message(
        contact=make_contact(channel=Channel.SMS, discreet=True),
        short="Värmegruppen, välj tid.",
        neutral="Hej, välj en tid som passar på din sida.",
        link="/min-sida/abc/",
    )

    made = compose(message, contact_of(message), Channel.SMS)

    assert made.text == "Hej, välj en tid som passar på din sida. https://kalender.example/min-sida/abc/"
    assert made.sender_name == "Kalendern"


def send_sms() -> object:
    return sms.gateway().send("+46701740605", "Hej å ä ö", sender="Kalendern", reference="12.signed")


def test_46elks_gets_what_it_needs_and_is_told_not_to_keep_the_words(elks: ElksServer):
    result = send_sms()

    assert result == Accepted("s1")
    assert elks.requests == [
        {
            "from": "Kalendern",
            "to": "+46701740605",
            "message": "Hej å ä ö",
            "dontlog": "message",
            "whendelivered": "http://127.0.0.1:8000/sms-rapport/12.signed/",
        }
    ]
    assert elks.headers[0]["Authorization"] == "Basic dXNlcjpzZWNyZXQ="


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, "Invalid number", Refused("Sms-tjänsten sa nej (400).", is_permanent=True)),
        (403, "Not enough credits", Refused("Sms-tjänsten sa nej (403).")),
        (429, "", Refused("Sms-tjänsten sa nej (429).")),
        (500, "", Unknown("Sms-tjänsten svarade med ett fel (500).")),
        (200, "<html>", Unknown("Sms-tjänstens svar gick inte att läsa.")),
        (200, "[]", Unknown("Sms-tjänstens svar gick inte att läsa.")),
        (
            200,
            '{"id": "s9", "status": "failed"}',
            Refused("Sms-tjänsten kunde inte skicka till numret.", is_permanent=True),
        ),
    ],
)
def test_only_a_certain_no_from_the_gateway_is_a_no(elks: ElksServer, status: int, body: str, expected: object):
    elks.status, elks.body = status, body or " "

    assert send_sms() == expected


def test_a_gateway_that_hangs_up_leaves_us_not_knowing(elks: ElksServer):
    elks.hangs_up = True

    assert isinstance(send_sms(), Unknown)


def test_a_gateway_that_never_answers_leaves_us_not_knowing(elks: ElksServer, settings: Settings):
    settings.MESSAGE_TIMEOUT = 0.2
    elks.stall.set()

    assert isinstance(send_sms(), Unknown)


def test_a_gateway_that_is_not_there_has_certainly_not_sent(settings: Settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.SMS_GATEWAY = "people.channels.sms.ElksGateway"
        settings.ELKS_URL = f"http://127.0.0.1:{taken.getsockname()[1]}/a1/sms"

        assert isinstance(send_sms(), Refused)
