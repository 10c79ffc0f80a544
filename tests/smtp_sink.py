"""A real SMTP server on loopback, in a thread, that keeps what it gets and can be told to be difficult."""

import asyncio
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass
class Letter:
    sender: str
    to: list[str]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        part = self.message.get_body(preferencelist=("plain",))
        return part.get_content() if part else ""

    @property
    def html(self) -> str:
        part = self.message.get_body(preferencelist=("html",))
        return part.get_content() if part else ""


@dataclass
class SmtpSink:
    """What it is told lasts until it is told otherwise. `letters` holds all that it has seen the end of."""

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    rcpt_reply: str = "250 OK"
    data_reply: str = "250 OK"
    stall: threading.Event = field(default_factory=threading.Event)
    """While set, no answer is given after the letter's last dot."""

    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- as above
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        message = message_from_bytes(content.replace(b"\r\n", b"\n"), EmailMessage, policy=policy.default)
        with self.arrived:
            self.letters.append(Letter(envelope.mail_from or "", list(envelope.rcpt_tos), message))
            self.arrived.notify_all()
        while self.stall.is_set():
            await asyncio.sleep(0.05)
        return self.data_reply

    def wait_for(self, count: int, seconds: float) -> bool:
        """Whether so many letters have come within the time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.letters) >= count, seconds)


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    sink = SmtpSink()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: SMTP(sink, loop=loop), "127.0.0.1", 0))
    sink.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.stall.clear()
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
