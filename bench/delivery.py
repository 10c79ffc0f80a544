"""Delivery of the outbox to a real SMTP server, beside bare smtplib; and how fast rows are taken."""

import smtplib
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from uuid import uuid4

from django.test.utils import override_settings

from bench.__main__ import ROOT
from bench.measuring import empty_portal, seconds_for, spread
from mobilisering.processes import Child, stop
from people.actions.messages import deliver_due
from people.channels.email import email_message
from people.channels.envelopes import compose
from people.delivery.leases import take_next
from people.emails import SECURITY_NOTICE
from people.enums import Channel, MessageState
from people.models import Message
from people.outbox import queue_message
from tests.factories import NOW, contact_of, make_contact
from tests.system.portal import free_port, wait_until

ROUNDS = 5
LETTERS = 100  # in each round: 500 in all
BACKLOG = 5000  # rows that wait after a long outage
TAKEN = 500

Bare = tuple[str, str, bytes]
"""From whom, to whom, and the whole letter."""


@contextmanager
def smtp_server() -> Iterator[int]:
    """In a process of its own, so that it costs both sides the same. Gives the port."""
    port = free_port()
    command = ["-m", "aiosmtpd", "-n", "-c", "aiosmtpd.handlers.Sink", "-l", f"127.0.0.1:{port}"]
    server = Child([sys.executable, *command], {}, ROOT)
    try:
        wait_until(lambda: _answers(port), RuntimeError("the SMTP server does not answer"))
        yield port
    finally:
        stop([server])


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as link:
        return link.recv(3) == b"220"
    return False


def queue_one(_number: int) -> Message:
    contact = make_contact()
    message = queue_message(
        SECURITY_NOTICE,
        to=contact,
        about=contact,
        dedupe_key=str(uuid4()),
        now=NOW,
        context={"what": "Lösenordet har bytts."},
        path="/konto/2fa/",
    )
    assert message is not None
    return message


def letter_of(message: Message) -> Bare:
    """The same letter that the portal is about to send."""
    envelope = compose(message, contact_of(message), Channel.EMAIL)
    return envelope.sender_address, envelope.to, email_message(envelope).message().as_bytes().replace(b"\n", b"\r\n")


def send_bare(letters: list[Bare], port: int) -> None:
    """A connection for each letter, as the portal has it."""
    for sender, to, content in letters:
        with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as server:
            server.sendmail(sender, [to], content)


def send_bare_together(letters: list[Bare], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port, local_hostname="localhost") as server:
        for sender, to, content in letters:
            server.sendmail(sender, [to], content)


def deliver() -> None:
    deliver_due(lambda: NOW, seconds=60)


def measure_sending(port: int) -> None:
    rates, ratios, together = [], [], []
    send_bare([letter_of(queue_one(0))], port)
    deliver()
    for _ in range(ROUNDS):
        letters = [letter_of(message) for message in map(queue_one, range(LETTERS))]
        bare = seconds_for(partial(send_bare, letters, port))
        ours = seconds_for(deliver)
        one_connection = seconds_for(partial(send_bare_together, letters, port))
        rates.append(LETTERS / ours)
        ratios.append(bare / ours)
        together.append(one_connection / ours)
    sent = Message.objects.filter(state=MessageState.SENT).count()
    assert sent == ROUNDS * LETTERS + 1, f"only {sent} were sent"
    print(f"delivery     {spread(rates, '.0f')} letters/s, {spread(ratios)} of bare smtplib")
    print(f"             {spread(together)} of smtplib with one connection for all letters")


def take(count: int) -> None:
    for _ in range(count):
        assert not isinstance(take_next(NOW), bool)


def measure_taking() -> None:
    """With few rows waiting, and with as many as a long outage leaves."""
    for waiting in (TAKEN, BACKLOG):
        Message.objects.all().delete()
        contact = make_contact()
        first = queue_one(0)
        Message.objects.bulk_create(copy_of(first, contact.pk) for _ in range(waiting))
        seconds = seconds_for(partial(take, TAKEN))
        print(f"taking       {TAKEN / seconds:.0f} rows leased/s with {waiting} waiting")


def copy_of(message: Message, contact_pk: int) -> Message:
    fields = {field.attname: getattr(message, field.attname) for field in Message._meta.concrete_fields}
    unique = {"id": None, "contact_id": contact_pk, "dedupe_key": str(uuid4()), "message_id": str(uuid4())}
    return Message(**fields | unique)


def main() -> None:
    with empty_portal(), smtp_server() as port:
        mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_USE_TLS": False}
        with override_settings(**mail, EMAIL_HOST_USER="", EMAIL_HOST_PASSWORD=""):
            measure_sending(port)
        measure_taking()
