import socket
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from pytest_django import Settings

from people.channels import sms
from people.channels.email import send_email
from people.channels.envelopes import Envelope, compose
from people.channels.files import written_messages
from people.channels.results import Accepted, Refused
from people.enums import Channel, MessageClass
from people.outbox import Attachment, _packed
from tests.factories import NOW, contact_of, make_contact, make_message, make_office, make_user
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db


def envelope(**kwargs: Any) -> Envelope:
    fields: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "to": "alva@example.org",
        "sender_name": "Mobilisering",
        "sender_address": "hej@portal.example",
        "subject": "Vi har fått er förfrågan",
        "text": "Hej!\n",
        "html": "<p>Hej!</p>",
        "message_id": "<abc@kalender.example>",
        "is_discreet": False,
    } | kwargs
    return Envelope(**fields)


def yes() -> bool:
    return True


def test_a_letter_has_text_and_html_and_the_headers_of_its_row(smtp: SmtpSink):
    office = make_office(email="almhojden@portal.example")
    message = make_message(
        subject="Vi har fått\ner förfrågan",
        text="Hej!\n\nEr kod är TALL 4827.",
        button="Öppna er sida",
        link="/min-sida/abc/",
        office=office,
        message_id="<abc@kalender.example>",
    )

    result = send_email(compose(message, contact_of(message), Channel.EMAIL), still_ours=yes)

    [letter] = smtp.letters
    assert result == Accepted()
    assert letter.to == [contact_of(message).email]
    assert letter.message["Subject"] == "Vi har fått er förfrågan"
    assert letter.message["From"] == "Mobilisering <hej@mobilisering.example>"
    assert letter.message["Reply-To"] == "almhojden@portal.example"
    assert letter.message_id == "<abc@kalender.example>"
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["List-Unsubscribe"] is None
    assert letter.text == (
        "Hej!\n\nEr kod är TALL 4827.\n\nÖppna er sida:\nhttp://127.0.0.1:8000/min-sida/abc/\n\n"
        "Mobilisering. Telefon: 031-390 06 10\n"
    )
    assert '<html lang="sv" dir="ltr">' in letter.html
    assert '<a href="http://127.0.0.1:8000/min-sida/abc/"' in letter.html
    assert len(letter.html.encode()) < 10_000


def test_a_discreet_letter_says_one_neutral_line_and_shows_the_neutral_domain_everywhere(smtp: SmtpSink):
    office = make_office(email="almhojden@portal.example")
    message = make_message(
        contact=make_contact(discreet=True),
        office=office,
        subject="Värmen i Almhöjden",
        text="Hej Alva!",
        neutral="Det finns en tid att välja.",
        button="Välj tid för Värmegruppen",
        link="/min-sida/abc/tid/",
        attachments=_packed([Attachment("mote.ics", "text/calendar", b"BEGIN:VCALENDAR")]),
        message_class=MessageClass.REMINDER,
        message_id="<abc@kalender.example>",
    )

    send_email(compose(message, contact_of(message), Channel.EMAIL), still_ours=yes)

    [letter] = smtp.letters
    whole = letter.message.as_string()
    assert letter.message["From"] == "Kalendern <svar@kalender.example>"
    assert letter.sender == "svar@kalender.example"
    assert letter.message["Subject"] == "Svar på din fråga"
    assert letter.message["Reply-To"] is None
    assert letter.text == ("Det finns en tid att välja.\n\nLäs svaret:\nhttps://kalender.example/min-sida/abc/tid/\n")
    assert list(letter.message.iter_attachments()) == []
    assert letter.message["List-Unsubscribe"].strip().startswith("<https://kalender.example/nej-tack/")
    assert not any(word in whole + letter.html for word in ("Mobilisering", "Alva", "Värme", "Almhöjden", "127.0.0.1"))


def test_a_protected_contact_is_discreet_whatever_else_is_said():
    message = make_message(contact=make_contact(discreet=False, protected=True), text="Hej Alva!")

    made = compose(message, contact_of(message), Channel.EMAIL)

    assert made.is_discreet
    assert made.text == "Det finns ett svar till dig.\n"


def test_a_reminder_can_be_stopped_by_the_mail_program_itself(smtp: SmtpSink):
    message = make_message(message_class=MessageClass.REMINDER)

    send_email(compose(message, contact_of(message), Channel.EMAIL), still_ours=yes)

    [letter] = smtp.letters
    assert letter.message["List-Unsubscribe"].strip().startswith("<http://127.0.0.1:8000/nej-tack/")
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Vill du inte ha fler påminnelser" in letter.text


def test_words_that_look_like_html_stay_words():
    message = make_message(text="Kom till <b>Bok & Bild</b>.")

    made = compose(message, contact_of(message), Channel.EMAIL)

    assert made.text.startswith("Kom till <b>Bok & Bild</b>.")
    assert "<b>" not in made.html
    assert "Bok &amp; Bild" in made.html


def test_the_neutral_words_are_in_the_language_the_person_reads():
    message = make_message(contact=make_contact(discreet=True), language="en", neutral="There is an answer for you.")

    made = compose(message, contact_of(message), Channel.EMAIL)

    assert '<html lang="en" dir="ltr">' in made.html


def test_staff_get_whole_words_at_their_own_address():
    user = make_user(email="maja@example.org")
    message = make_message(user=user, contact=None, subject="Ny förfrågan", link="/admin/", button="Öppna")

    made = compose(message, user, Channel.EMAIL)

    assert (made.to, made.subject, made.is_discreet) == ("maja@example.org", "Ny förfrågan", False)
    assert "http://127.0.0.1:8000/admin/" in made.text


def test_nothing_is_sent_when_the_row_is_somebody_elses_by_the_time_the_server_answers(smtp: SmtpSink):
    result = send_email(envelope(), still_ours=lambda: False)

    assert result is None
    assert smtp.letters == []


@pytest.mark.parametrize(
    ("reply", "is_permanent"),
    [
        ("550 No such user", True),
        ("550 5.1.1 No such user", True),
        ("551 User not local", True),
        ("550 5.2.1 Mailbox disabled", True),
        ("550 5.7.1 Relaying denied", False),
        ("552 5.2.2 Mailbox full", False),
        ("530 Authentication required", False),
        ("451 4.7.1 Try again later", False),
    ],
)
def test_only_a_no_about_the_address_is_held_against_the_address(smtp: SmtpSink, reply: str, is_permanent: bool):
    smtp.rcpt_reply = reply

    result = send_email(envelope(), still_ours=yes)

    assert isinstance(result, Refused)
    assert (result.is_permanent, result.is_bad_address) == (is_permanent, is_permanent)


def test_a_no_to_the_letter_is_tried_again(smtp: SmtpSink):
    smtp.data_reply = "554 5.7.1 Looks like spam"

    assert send_email(envelope(), still_ours=yes) == Refused("E-postservern tog inte emot brevet (554).")


def test_a_server_that_never_answers_is_a_no_for_now(smtp: SmtpSink):
    smtp.stall.set()

    result = send_email(envelope(), still_ours=yes)

    assert isinstance(result, Refused)
    assert not result.is_permanent


def test_a_server_that_is_not_there_is_a_no_for_now(settings: Settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]

        result = send_email(envelope(), still_ours=yes)

    assert isinstance(result, Refused)
    assert not result.is_permanent


def test_in_development_messages_can_be_read_as_files(settings: Settings, tmp_path):
    settings.DEV_OUTBOX_DIR = settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.SMS_GATEWAY = "people.channels.sms.FileGateway"
    ics = Attachment("mote.ics", "text/calendar", b"BEGIN:VCALENDAR")

    send_email(envelope(text="Hej å!\n", attachments=(ics,)), still_ours=yes)
    result = sms.gateway().send("+46701740605", "Hej å ä ö", sender="Kalendern", reference="12.signed")

    read = {message.channel: message for message in written_messages()}
    assert result == Accepted(read["sms"].name)
    assert (read["sms"].to, read["sms"].text, read["sms"].sender) == ("+46701740605", "Hej å ä ö", "Kalendern")
    assert (read["email"].to, read["email"].text, read["email"].subject) == (
        "alva@example.org",
        "Hej å!\n",
        "Vi har fått er förfrågan",
    )
    assert read["email"].attachments == ["mote.ics"]
    assert read["email"].written_at - NOW > timedelta(0)


def test_an_address_of_ours_last_in_a_paragraph_can_be_followed_and_no_other():
    ours, theirs = f"{settings.PORTAL_URL}/min-sida/abc/", "https://annat.example/sida/"
    message = make_message(text=f"Hej!\n\nAvanmäl dig här:\n{ours}\n\nLäs mer <b>här</b>:\n{theirs}")

    letter = compose(message, contact_of(message), Channel.EMAIL)

    assert letter.html.count(f'<a href="{ours}"') == 1
    assert f"&lt;b&gt;här&lt;/b&gt;:<br>{theirs}</p>" in letter.html
    assert f"Avanmäl dig här:\n{ours}\n" in letter.text
