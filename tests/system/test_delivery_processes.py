"""Delivery by real Celery workers and beats on a broker of their own: many at once, killed, and without the broker."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import DjangoDbBlocker

from mobilisering.processes import Child, stop
from mobilisering.servers import valkey
from people import clock
from people.emails import SECURITY_NOTICE
from people.enums import Channel, MessageState
from people.models import Heartbeat, Message
from tests.elks_server import elks_server
from tests.factories import make_contact, make_message, make_user
from tests.smtp_sink import SmtpSink, smtp_sink
from tests.system.portal import ROOT, own_database

pytestmark = pytest.mark.system

CELERY = [sys.executable, "-m", "celery", "-A", "mobilisering", "--quiet"]
WORKER = [*CELERY, "worker", "-c", "2", "--without-mingle", "--without-gossip", "-l", "ERROR"]
PATIENCE = 60  # seconds; a busy machine starts slowly


class Crew:
    """Workers and beats of one portal, tended as `make run` tends them."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env, self.folder = env, folder
        self.children: list[Child] = []

    def start_worker(self) -> Child:
        return self._start([*WORKER, "-n", f"{uuid4().hex}@%h"])

    def start_beat(self) -> Child:
        return self._start([*CELERY, "beat", "-s", str(self.folder / uuid4().hex), "--pidfile=", "-l", "ERROR"])

    def _start(self, command: list[str]) -> Child:
        child = Child(command, self.env, ROOT, restarts=True)
        self.children.append(child)
        return child

    def kill(self, child: Child) -> None:
        """As a machine that loses power: the worker and its pool are gone in the middle of what they do."""
        self.children.remove(child)
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()

    def waits_for(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Whether it becomes true; what dies meanwhile is started again."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            for child in self.children:
                child.restart_if_dead()
            time.sleep(0.1)
        return True


@pytest.fixture
def folder() -> Iterator[Path]:
    """With a short name: the path of a socket may not be long."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def database(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a migrated database of our own."""
    with django_db_blocker.unblock(), own_database() as url:
        env = {**os.environ, "DATABASE_URL": url}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
        yield url


@pytest.fixture(autouse=True)
def nothing_from_the_test_before(database: str) -> None:
    for model in (Message, Heartbeat):
        model.objects.all().delete()


@contextmanager
def crew(database: str, redis_url: str, folder: Path, smtp: SmtpSink, **more: str) -> Iterator[Crew]:
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "REDIS_URL": redis_url,
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp.port}",
        "MESSAGE_TIMEOUT": "4",
        "MESSAGE_LEASE_SECONDS": "9",
        "DELIVERY_SECONDS": "0.5",
        "SWEEP_SECONDS": "3600",
        **more,
    }
    people = Crew(env, folder)
    try:
        yield people
    finally:
        stop(people.children)


def make_letter() -> Message:
    now = clock.now()
    return make_message(kind=SECURITY_NOTICE, user=make_user(), created_at=now, not_before=now)


def all_are(state: MessageState) -> Callable[[], bool]:
    return lambda: not Message.objects.exclude(state=state).exists()


def times_come(smtp: SmtpSink) -> Counter[str]:
    return Counter(letter.message_id for letter in smtp.letters)


def test_two_workers_and_two_beats_send_each_message_once(database: str, folder: Path):
    with smtp_sink() as smtp, valkey(folder) as redis_url, crew(database, redis_url, folder, smtp) as people:
        messages = [make_letter() for _ in range(60)]
        members = [people.start_worker(), people.start_worker(), people.start_beat(), people.start_beat()]
        assert people.waits_for(lambda: len(smtp.letters) > 0)
        messages += [make_letter() for _ in range(20)]

        assert people.waits_for(all_are(MessageState.SENT))
        runs = Heartbeat.objects.get(name="messages").runs
        assert people.waits_for(lambda: Heartbeat.objects.get(name="messages").runs >= runs + 8)

        assert times_come(smtp) == Counter(message.message_id for message in messages)
        assert set(Message.objects.values_list("attempts", flat=True)) == {1}
        assert [member.is_dead() for member in members] == [False] * 4


def test_a_worker_killed_while_sending_loses_nothing_and_the_second_copy_is_the_same_letter(
    database: str, folder: Path
):
    with smtp_sink() as smtp, valkey(folder) as redis_url, crew(database, redis_url, folder, smtp) as people:
        messages = [make_letter() for _ in range(10)]
        smtp.stall.set()
        worker = people.start_worker()
        people.start_beat()
        assert smtp.wait_for(1, PATIENCE)

        people.kill(worker)
        seen_before_the_kill = set(times_come(smtp))
        smtp.stall.clear()
        people.start_worker()

        assert people.waits_for(all_are(MessageState.SENT))
        come = times_come(smtp)
        assert set(come) == {message.message_id for message in messages}
        assert {message_id for message_id, times in come.items() if times > 1} == seen_before_the_kill
        assert max(come.values()) == 2


def test_a_worker_killed_while_the_sms_gateway_thinks_leaves_it_unknown_and_never_asks_again(
    database: str, folder: Path
):
    with smtp_sink() as smtp, elks_server() as elks, valkey(folder) as redis_url:
        gateway = {"SMS_GATEWAY": "people.channels.sms.ElksGateway", "ELKS_URL": elks.url}
        with crew(database, redis_url, folder, smtp, **gateway) as people:
            now = clock.now()
            contact = make_contact(channel=Channel.SMS)
            message = make_message(kind="people.security_notice", contact=contact, created_at=now, not_before=now)
            elks.stall.set()
            worker = people.start_worker()
            people.start_beat()
            assert people.waits_for(lambda: len(elks.requests) == 1)

            people.kill(worker)
            elks.stall.clear()
            people.start_worker()

            assert people.waits_for(all_are(MessageState.UNKNOWN))
            assert len(elks.requests) == 1
            assert Message.objects.get().pk == message.pk


def test_with_the_broker_away_a_message_waits_and_goes_out_when_it_is_back(database: str, folder: Path):
    redis_url = f"unix://{folder / 'valkey.sock'}?db=0"
    with smtp_sink() as smtp, crew(database, redis_url, folder, smtp) as people:
        with valkey(folder) as started:
            assert started == redis_url
            people.start_worker()
            people.start_beat()
            assert people.waits_for(Heartbeat.objects.exists)
        time.sleep(1)  # what was already under way ends

        message = make_letter()
        assert not smtp.wait_for(1, 3)

        with valkey(folder):
            assert people.waits_for(all_are(MessageState.SENT))
        assert times_come(smtp) == Counter([message.message_id])
