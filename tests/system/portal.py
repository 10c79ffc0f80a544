"""A whole portal for a test: web server, Celery worker and beat as real processes, on a database of their own.

The test reaches it as people do, over HTTP and by reading the letters that come to a real SMTP server. Time is moved
with `people.clock`, for all processes at once; the test then waits until beat has woken the sweeps and they have
finished, as the heartbeats in the database tell.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from aiosmtpd.controller import Controller
from django.db import connection
from psycopg import sql

from mobilisering.processes import Child, stop
from people import clock
from people.models import Heartbeat

ROOT = Path(__file__).resolve().parent.parent.parent
SWEEPS = ("support", "messages")
PATIENCE = 20  # seconds of real time that something may take before we say it does not happen


class NoHeartbeat(AssertionError):
    """The sweeps have not run: nobody wakes them."""


@dataclass(frozen=True)
class Letter:
    """One e-mail as it came to the SMTP server, and the programme's time when it did."""

    at: datetime
    to: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain",))
        return body.get_content() if body else ""


@dataclass
class Letterbox:
    """A real SMTP server on loopback that keeps all it gets."""

    letters: list[Letter] = field(default_factory=list)
    ahead: timedelta = timedelta()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's own name
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        at = clock.real_now() + self.ahead
        self.letters += [Letter(at=at, to=to, message=message) for to in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters if letter.to == address]


@dataclass
class Portal:
    url: str
    letterbox: Letterbox
    env: dict[str, str]
    children: list[Child]

    def step_to(self, moment: datetime) -> None:
        """Makes it `moment` everywhere, and waits until the sweeps have seen it. Raises NoHeartbeat."""
        clock.step_to(moment)
        self.letterbox.ahead = moment - clock.real_now()
        self.settle()

    def settle(self) -> None:
        """Waits until every sweep has started and finished after now, twice: what the first wrote, the second sends."""
        for _ in range(2):
            since = clock.real_now()
            wait_until(lambda since=since: _have_run_since(since), NoHeartbeat("no sweep has run"))


def _have_run_since(since: datetime) -> bool:
    return Heartbeat.objects.filter(name__in=SWEEPS, started_at__gte=since).count() == len(SWEEPS)


def wait_until(condition: Any, otherwise: Exception, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise otherwise
        time.sleep(0.1)


@contextmanager
def own_database() -> Iterator[str]:
    """An empty database beside the one of the environment; Django in this process uses it too while it is there."""
    url = os.environ["DATABASE_URL"]
    name = f"life_{uuid4().hex[:12]}"
    template = os.environ.get("TEST_TEMPLATE_DB") or "template0"
    before = connection.settings_dict["NAME"]
    _execute("create database {} template {}", name, template)
    try:
        connection.close()
        connection.settings_dict["NAME"] = name
        yield urlunsplit(urlsplit(url)._replace(path=urlsplit(url).path.rpartition("/")[0] + f"/{name}"))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        _execute("drop database {} with (force)", name)


def _execute(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running_portal(folder: Path, *, redis_db: int, with_beat: bool = True, **more_env: str) -> Iterator[Portal]:
    """The portal in processes of its own. `folder` is for what beat and the sms channel write."""
    port = free_port()
    letterbox = Letterbox()
    controller = Controller(letterbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    with own_database() as database_url:
        env = os.environ | {
            "DATABASE_URL": database_url,
            "REDIS_URL": f"{os.environ['REDIS_URL'].partition('?')[0]}?db={redis_db}",
            "PORTAL_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{controller.port}",
            "DEV_OUTBOX_DIR": str(folder),
            "CLOCK_MAY_BE_STEPPED": "1",
            "STAFF_MFA_REQUIRED": "0",
            "SWEEP_SECONDS": "0.5",
            "DELIVERY_SECONDS": "0.5",
            "LOG_LEVEL": "WARNING",
            "WEB_CONCURRENCY": "1",
        }
        env |= more_env
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
        children = [Child(command, env, ROOT) for command in _commands(port, folder, with_beat=with_beat)]
        try:
            wait_until(lambda: _answers(port), AssertionError("the web server does not answer"))
            yield Portal(url=env["PORTAL_URL"], letterbox=letterbox, env=env, children=children)
        finally:
            stop(children)
            controller.stop()


def _commands(port: int, folder: Path, *, with_beat: bool) -> list[list[str]]:
    celery = [sys.executable, "-m", "celery", "-A", "mobilisering", "--quiet"]
    commands = [
        [sys.executable, "-m", "gunicorn", "mobilisering.wsgi", "-b", f"127.0.0.1:{port}"],
        [*celery, "worker", "-c", "2", "--without-mingle", "--without-gossip", "-l", "WARNING"],
    ]
    if with_beat:
        commands.append([*celery, "beat", "-s", str(folder / "beat"), "--pidfile=", "-l", "WARNING"])
    return commands


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
