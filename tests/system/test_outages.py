"""Valkey or the mail server gone, frozen or slow: no visitor waits for them, and what was promised is sent afterwards.

The portal runs as real processes, on a Valkey and a mail server of the test's own.
"""

import os
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import redis
from aiosmtpd.controller import Controller
from pytest_django import DjangoDbBlocker

from mobilisering.cache import TIMEOUT
from mobilisering.servers import valkey
from people.enums import MessageState
from people.models import Message
from support.enums import RequestStatus
from support.models import SupportRequest
from tests.system.portal import Letterbox, Portal, free_port, running_portal, wait_until
from tests.system.slow_wire import SlowWire, slow_wire
from tests.system.test_whole_life import LEADER, ask_for_support, begin
from tests.system.visitor import Visitor

pytestmark = pytest.mark.system

LONGEST_ANSWER = 2.0  # seconds, whatever is down
PATIENCE = 90  # seconds until all runs again; a busy machine starts slowly

PUBLIC_PAGES = (
    "/",
    "/sprak/",
    "/stod/",
    "/stod/vem/",
    "/stod/fortsatt/",
    "/for-dig-som-stottar/",
    "/min-sida/in/",
    "/min-sida/in/engangskod",
    "/konto/login/",
    "/admin/",
    "/halsa/",
)


class Stage:
    """What the portal leans on: a Valkey at the end of a wire, and a mail server."""

    def __init__(self, folder: Path, wire: SlowWire) -> None:
        self.folder, self.wire = folder, wire
        self.redis_url = f"unix://{wire.path}?db=0"
        self.letterbox, self.mail_port = Letterbox(), free_port()
        self._valkey = ExitStack()

    def start_valkey(self) -> None:
        self.valkey_url = self._valkey.enter_context(valkey(self.folder))

    def stop_valkey(self) -> None:
        self._valkey.close()

    def start_mail(self) -> None:
        self._mail = Controller(self.letterbox, hostname="127.0.0.1", port=self.mail_port)
        self._mail.start()

    def stop_mail(self) -> None:
        self._mail.stop()


@pytest.fixture
def stage() -> Iterator[Stage]:
    """In a folder with a short name: the path of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        folder = Path(name)
        with slow_wire(folder / "wire.sock", folder / "valkey.sock") as wire:
            stage = Stage(folder, wire)
            stage.start_valkey()
            stage.start_mail()
            yield stage
            stage.stop_mail()
            stage.stop_valkey()


@contextmanager
def valkey_stopped(stage: Stage) -> Iterator[None]:
    stage.stop_valkey()
    try:
        yield
    finally:
        stage.start_valkey()


@contextmanager
def valkey_frozen(stage: Stage) -> Iterator[None]:
    """Takes connections and never answers: the worst way to fail."""
    pid = redis.Redis.from_url(stage.valkey_url).info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def valkey_slow(stage: Stage) -> Iterator[None]:
    """Each answer comes a little before the cache would have given up."""
    stage.wire.delay = 0.75 * TIMEOUT
    yield
    stage.wire.delay = 0


@contextmanager
def mail_frozen(stage: Stage) -> Iterator[None]:
    """The door is open, and nobody ever says a word."""
    stage.stop_mail()
    try:
        with socket.create_server(("127.0.0.1", stage.mail_port)):
            yield
    finally:
        stage.start_mail()


def visit_everything(portal: Portal) -> list[tuple[float, str]]:
    """A whole request, its page and a question on it, every other public page, and a code to sign in with."""
    person = ask_for_support(portal)
    person.get("/min-sida/")
    person.get("/min-sida/fraga/").submit(text="När hör ni av er?")
    assert "Vi har fått er fråga." in person.text
    stranger = Visitor(portal.url)
    for path in PUBLIC_PAGES:
        stranger.get(path)
    staff = Visitor(portal.url)
    staff.get("/konto/login/code/").submit(form_with="email", email=LEADER)
    assert any(form.has("code") for form in staff.page.forms)
    return [*person.waited, *stranger.waited, *staff.waited]


def all_is_sent(portal: Portal) -> bool:
    """As a supervisor would, starts again what died meanwhile."""
    for child in portal.children:
        child.restart_if_dead()
    return not Message.objects.exclude(state=MessageState.SENT).exists()


@pytest.mark.parametrize("outage", [valkey_stopped, valkey_frozen, valkey_slow, mail_frozen])
def test_no_page_waits_for_what_is_down_and_what_was_promised_is_sent_when_it_is_back(
    outage: Callable[[Stage], AbstractContextManager[None]],
    stage: Stage,
    django_db_blocker: DjangoDbBlocker,
    settings: Any,
) -> None:
    settings.CLOCK_MAY_BE_STEPPED = True
    env: dict[str, Any] = {
        "REDIS_URL": stage.redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{stage.mail_port}",
        "MESSAGE_TIMEOUT": "2",
        "MESSAGE_LEASE_SECONDS": "5",
    }
    with django_db_blocker.unblock(), running_portal(stage.folder, redis_db=0, **env) as portal:
        begin(portal)
        visit_everything(portal)  # every page has been shown once
        wait_until(lambda: all_is_sent(portal), AssertionError("not all was sent before the outage"), PATIENCE)

        with outage(stage):
            waited = visit_everything(portal)
            requests = list(SupportRequest.objects.values_list("status", flat=True))

        wait_until(lambda: all_is_sent(portal), AssertionError("not all was sent after the outage"), PATIENCE)
        promised = sorted(Message.objects.values_list("message_id", flat=True))
        came = {letter.message["Message-ID"] for letter in stage.letterbox.letters}

    assert [(seconds, page) for seconds, page in waited if seconds > LONGEST_ANSWER] == []
    assert requests == [RequestStatus.RECEIVED] * 2
    assert sorted(came) == promised
