"""The code and six digits sent in the chosen way: for those who lost the link and the words."""

import re
import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from people import private_access
from people.actions.links import OpenedLink, open_link
from people.actions.way_in import MOST_ONE_TIME_CODES
from people.enums import Channel, LinkPurpose
from people.models import Message, PrivateLink
from people.outbox import render_words
from people.views.private_links import EVEN_ANSWER
from tests.factories import NOW, make_contact, make_request

pytestmark = pytest.mark.django_db

ASK = "/min-sida/in/engangskod/"
WRITE = "/min-sida/in/engangskod/skriv/"


@pytest.fixture
def told() -> OpenedLink:
    support_request = make_request(contact=make_contact(channel=Channel.SMS))
    return open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)


def is_in(client: Client, told: OpenedLink) -> bool:
    opened = client.session.get(private_access.SESSION_KEY, {})
    return opened.get(LinkPurpose.SUPPORT, {}).get("link") == told.link.pk


def sent_digits() -> str:
    message = Message.objects.get()
    return re.findall(r"\d{6}", message.text)[0]


def test_a_one_time_code_opens_once_within_fifteen_minutes(client, told, time_machine):
    time_machine.move_to(NOW, tick=False)

    asked = client.post(ASK, {"code": told.code})
    page = client.get(asked.headers["Location"])
    wrong = client.post(WRITE, {"code": told.code, "digits": f"{(int(sent_digits()) + 1) % 10**6:06d}"})
    right = client.post(WRITE, {"code": told.code, "digits": sent_digits()})
    again = Client().post(WRITE, {"code": told.code, "digits": sent_digits()})

    assert asked.headers["Location"] == WRITE
    assert told.code in page.content.decode()
    assert [wrong.status_code, right.status_code, again.status_code] == [200, 302, 200]
    assert is_in(client, told)


def test_a_one_time_code_ends_after_fifteen_minutes(client, told, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.post(ASK, {"code": told.code})

    time_machine.move_to(NOW + timedelta(minutes=15), tick=False)

    assert client.post(WRITE, {"code": told.code, "digits": sent_digits()}).status_code == HTTPStatus.OK
    assert not is_in(client, told)


def test_a_one_time_message_is_secret_neutral_and_short_lived(client, told, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.post(ASK, {"code": told.code})

    message = Message.objects.get()
    digits = sent_digits()
    assert (message.kind, message.contact, message.is_secret) == ("people.one_time_code", told.link.contact, True)
    assert message.expires_at == NOW + timedelta(minutes=15)
    assert message.short == message.neutral == f"Din kod är {digits}. Den gäller i 15 minuter."
    assert digits not in str(PrivateLink.objects.values().get())
    assert message.link == ""


def test_asking_for_a_one_time_code_looks_the_same_for_every_code(told):
    def answers(code: str) -> list[str]:
        visitor = Client()
        pages = [visitor.post(ASK, {"code": code}), visitor.get(WRITE)]
        return [
            re.sub(r'value="[^"]*"', "", page.content.decode()) + page.headers.get("Location", "") for page in pages
        ]

    caller = make_request(contact=make_contact(channel=Channel.CALL))
    by_phone = open_link(LinkPurpose.SUPPORT, contact=caller.contact, about=caller, now=NOW)
    unknown = next(code for code in ("EK 2222", "EK 3333", "EK 4444") if code not in {told.code, by_phone.code})

    assert answers(told.code) == answers(by_phone.code) == answers(unknown)
    assert [message.contact for message in Message.objects.all()] == [told.link.contact]


def test_how_long_the_answer_takes_tells_nothing(client, told):
    def seconds(code: str) -> float:
        started = time.monotonic()
        client.post(ASK, {"code": code})
        return time.monotonic() - started

    assert min(seconds(told.code), seconds("EK 2222")) >= EVEN_ANSWER


def test_nobody_can_make_a_telephone_ring_all_night(client, told):
    for _time in range(MOST_ONE_TIME_CODES + 3):
        client.post(ASK, {"code": told.code})

    assert Message.objects.count() == MOST_ONE_TIME_CODES


def test_the_words_of_the_one_time_code_exist_in_both_languages():
    words = [render_words("people/emails/one_time_code.txt", {"code": "123456"}, language) for language in ("sv", "en")]

    assert all("123456" in one.text and "123456" in one.neutral for one in words)
