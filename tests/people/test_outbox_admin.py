"""The outbox in the admin: read by staff, its codes by nobody."""

import re
from http import HTTPStatus

import pytest

from people.enums import Channel
from people.models import CallTask, Message
from tests.factories import NOW, make_message
from tests.people.admin_pages import our_contact, our_link, page, text

pytestmark = pytest.mark.django_db


def test_a_message_shows_what_its_receiver_gets_with_the_link_masked(as_leader, office):
    told = our_link(office)
    message = make_message(
        contact=told.link.contact, subject="Tid för möte", button="Öppna", link=f"/min-sida/{told.token}/mote/"
    )

    answer = text(as_leader.get(page(Message, message.pk)))

    assert "Hej på dig." in answer
    assert "/min-sida/•••/" in answer
    assert told.token not in answer


def test_codes_in_messages_are_for_their_receiver_only(as_administrator, administrator, office):
    code = "493817"
    secret = make_message(
        contact=our_contact(office), text=f"Din kod är {code}", short=code, neutral=code, is_secret=True
    )
    own = make_message(user=administrator, kind="people.sign_in_code", text=code, short=code)

    for message in (secret, own):
        answer = text(as_administrator.get(page(Message, message.pk)))
        assert code not in answer
        assert "Orden visas inte" in answer


def test_the_outbox_says_how_long_the_oldest_has_waited(as_leader, office, time_machine):
    time_machine.move_to(NOW, tick=False)
    assert "Inget meddelande är sent" in text(as_leader.get(page(Message)))
    make_message(contact=our_contact(office), not_before=NOW)

    time_machine.shift(600)

    assert "har väntat i 10" in text(as_leader.get(page(Message))).replace("\xa0", " ")


def test_messages_are_only_read(as_administrator, office):
    message = make_message(contact=our_contact(office))

    assert as_administrator.post(page(Message, message.pk), {"state": "sent"}).status_code == HTTPStatus.FORBIDDEN
    assert as_administrator.get(page(Message, message.pk, "delete")).status_code == HTTPStatus.FORBIDDEN
    assert as_administrator.get(page(Message, name="add")).status_code == HTTPStatus.FORBIDDEN


def test_a_call_is_made_from_its_page_and_noted(as_leader, leader, office):
    message = make_message(contact=our_contact(office, channel=Channel.CALL), text="Vi ses på tisdag.")
    call = CallTask.objects.create(message=message, contact=message.contact, created_at=NOW)

    shown = text(as_leader.get(page(CallTask, call.pk)))
    as_leader.post(page(CallTask, call.pk, "done"), {"outcome": "reached"})

    assert "Ring 070-174 06 15." in re.sub(r"<[^>]+>", "", shown)
    assert "Vi ses på tisdag." in shown
    call.refresh_from_db()
    assert (call.outcome, call.done_by) == ("reached", leader)
