from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from people import kinds
from people.enums import Channel, MessageClass, MessageState
from people.kinds import MessageKind, UnknownKind
from people.models import Contact, Message, User
from people.outbox import Attachment, queue_message, render_words, unpacked
from tests.factories import NOW, make_contact, make_link, make_user

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 9, 1, 20, 0, tzinfo=UTC)
"""Ten in the evening in Stockholm."""

MORNING_AFTER = datetime(2026, 9, 2, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def words(own_kinds: None, settings: Settings, tmp_path: Path) -> None:
    """Three kinds of our own, with words on disk."""
    folder = tmp_path / "test" / "emails"
    folder.mkdir(parents=True)
    head = "subject: Hej\nsms: Hej {{ place }}!\nneutral: Det finns ett svar.\nbutton: Öppna"
    text = f"{head}\n\nKom till {{{{ place }}}}.\n\nHej då"
    for name in ("hello", "meeting", "reminder", "code"):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "broken.txt").write_text("subjekt: Hej\n\nHej", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}]
    kinds.register(
        MessageKind("test.hello", MessageClass.ANSWER),
        MessageKind("test.meeting", MessageClass.APPOINTMENT),
        MessageKind("test.reminder", MessageClass.REMINDER),
        MessageKind("test.code", MessageClass.ANSWER, is_secret=True),
    )


def queue(kind: str = "test.hello", **kwargs: Any) -> Message | None:
    to: Contact | User = kwargs.pop("to", None) or make_contact()
    fields = {"about": to, "dedupe_key": "one", "now": NOW, "context": {"place": "Bok & Bild <3"}} | kwargs
    return queue_message(kind, to=to, **fields)


def test_a_message_is_rendered_at_once_and_waits():
    message = queue()

    assert message is not None
    row = Message.objects.get()
    assert (row.subject, row.short, row.neutral, row.button) == (
        "Hej",
        "Hej Bok & Bild <3!",
        "Det finns ett svar.",
        "Öppna",
    )
    assert row.text == "Kom till Bok & Bild <3.\n\nHej då"
    assert (row.state, row.not_before, row.message_class) == (MessageState.QUEUED, NOW, MessageClass.ANSWER)


def test_the_same_key_twice_is_one_message():
    assert queue() == queue(to=make_contact(), context={"place": "någon annanstans"})
    assert Message.objects.count() == 1


def test_the_message_id_comes_from_the_key_and_shows_neither_it_nor_our_name():
    message = queue(dedupe_key="support.check_in:17")

    assert message is not None
    assert message.message_id.endswith("@kalender.example>")
    assert "17" not in message.message_id.split("@")[0] or "check_in" not in message.message_id


def test_a_message_of_a_kind_nobody_registered_is_refused():
    with pytest.raises(UnknownKind):
        queue("test.forgotten")


def test_an_unknown_header_is_refused_rather_than_sent_as_text():
    with pytest.raises(ValueError, match="subjekt"):
        render_words("test/emails/broken.txt", {}, "sv")


def test_what_lies_in_the_database_cannot_be_read_there():
    queue(attachments=[Attachment("mote.ics", "text/calendar", b"BEGIN:VCALENDAR")])

    with connection.cursor() as cursor:
        cursor.execute("SELECT subject, text, short, neutral, button, attachments FROM people_message")
        row = cursor.fetchone()

    assert all(value.startswith("gAAAA") for value in row)
    assert unpacked(Message.objects.get().attachments) == [Attachment("mote.ics", "text/calendar", b"BEGIN:VCALENDAR")]


def test_each_message_gets_an_address_of_its_own_to_the_private_page():
    link = make_link()

    first, second = (queue(dedupe_key=key, opens=link, path="tid/") for key in ("one", "two"))

    assert first is not None
    assert second is not None
    assert first.link.startswith("/min-sida/")
    assert first.link.endswith("/tid/")
    assert first.link != second.link
    assert link.tokens.count() == 2


@pytest.mark.parametrize(
    ("kind", "wanted", "not_before"),
    [
        ("test.hello", NIGHT, NIGHT),
        ("test.reminder", NIGHT, MORNING_AFTER),
        ("test.meeting", MORNING_AFTER - timedelta(hours=1), datetime(2026, 9, 1, 17, 0, tzinfo=UTC)),
    ],
)
def test_quiet_hours_move_a_message_by_its_class(kind: str, wanted: datetime, not_before: datetime):
    message = queue(kind, wanted_at=wanted, starts_at=MORNING_AFTER + timedelta(hours=1))

    assert message is not None
    assert message.not_before == not_before


def test_an_appointment_that_has_begun_is_not_announced():
    assert queue("test.meeting", now=NIGHT, starts_at=MORNING_AFTER) is None
    assert not Message.objects.exists()


def test_a_code_expires_after_an_hour_and_an_appointment_when_it_begins():
    code = queue("test.code", dedupe_key="code")
    meeting = queue("test.meeting", dedupe_key="meeting", starts_at=MORNING_AFTER)

    assert code is not None
    assert meeting is not None
    assert (code.expires_at, meeting.expires_at) == (NOW + timedelta(hours=1), MORNING_AFTER)


def test_staff_are_written_to_in_their_own_language():
    user = make_user(language="en")

    message = queue(to=user, path="/admin/")

    assert message is not None
    assert (message.user, message.contact, message.language, message.link) == (user, None, "en", "/admin/")


def test_the_chosen_channel_is_noted_though_it_may_change_before_sending():
    message = queue(to=make_contact(channel=Channel.SMS))

    assert message is not None
    assert message.channel == Channel.SMS
