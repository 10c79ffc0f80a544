"""Starting and stopping for real: nothing is left behind, however it ends."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from mobilisering.health_check import is_healthy

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = [sys.executable, "-m", "mobilisering.services"]
UP = [sys.executable, "-c", "import signal; print('up', flush=True); signal.pause()"]
PATIENCE = 180  # seconds; a busy machine starts slowly
STOPS_WITHIN = 10  # seconds; twice what is promised, for other tests run meanwhile


@pytest.fixture
def folder() -> Iterator[Path]:
    """So short a path that the servers can have their sockets in it."""
    with tempfile.TemporaryDirectory(prefix="portal-") as name:
        yield Path(name).resolve() / "services"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def begin(folder: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a command as if typed in a clean terminal; whatever it leaves behind is ended after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*command: str, **more: str) -> subprocess.Popen[str]:
        ours = (
            "DATABASE_URL",
            "REDIS_URL",
            "TEST_TEMPLATE_DB",
            "DEV_OUTBOX_DIR",
            "STATIC_ROOT",
            "MAKELEVEL",
            "MAKEFLAGS",
        )
        env = {name: value for name, value in os.environ.items() if name not in ours}
        env |= {"SERVICES_DIR": str(folder), **more}
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
    for pid in left_in(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for process in started:
        process.communicate()


def left_in(folder: Path) -> dict[int, str]:
    """Everything alive that was told of the folder (servers, web, worker, beat): its pid and its command."""
    found = {}
    for process in psutil.process_iter():
        try:
            command = " ".join(process.cmdline())
            told = command + process.environ().get("SERVICES_DIR", "")
            if str(folder) in told and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                found[process.pid] = command
        except psutil.Error:
            continue
    return found


def count(folder: Path, word: str) -> int:
    return sum(word in command for command in left_in(folder).values())


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def test_a_command_gets_both_servers_and_nothing_is_left_after_it(begin, folder):
    code = "import json, os; print(json.dumps([os.environ['DATABASE_URL'], os.environ['REDIS_URL']]))"

    said, _ = begin(*SERVICES, "exec", sys.executable, "-c", code).communicate(timeout=PATIENCE)

    assert json.loads(said) == [
        f"postgres://postgres@/{folder}/exec-1/pg/portal",
        f"unix://{folder}/exec-1/valkey.sock?db=0",
    ]
    assert left_in(folder) == {}


@pytest.mark.parametrize("name", ["my work", "a-folder-that-lies-" + "deep-" * 20 + "down"])
def test_a_folder_with_an_unusual_name_is_no_hindrance(begin, folder, name):
    code = (
        "from django.db import connection; connection.ensure_connection();"
        "from django.core.cache import cache; cache.set('a', 1); print(cache.get('a'))"
    )
    with tempfile.TemporaryDirectory(prefix="portal-") as short:
        process = begin(
            *SERVICES,
            "exec",
            sys.executable,
            "manage.py",
            "shell",
            "--no-imports",
            "-c",
            code,
            SERVICES_DIR=str(folder / name),
            TMPDIR=short,
        )

        assert process.communicate(timeout=PATIENCE)[0] == "1\n"


def test_the_result_of_the_command_is_passed_on(begin):
    process = begin(*SERVICES, "exec", sys.executable, "-c", "raise SystemExit(7)")

    process.communicate(timeout=PATIENCE)

    assert process.returncode == 7


def test_two_commands_at_once_have_servers_of_their_own(begin, folder):
    code = "import os; print(os.environ['DATABASE_URL'], flush=True); import signal; signal.pause()"
    both = [begin(*SERVICES, "exec", sys.executable, "-c", code) for _ in range(2)]

    said = {process.stdout.readline().strip() for process in both}

    assert said == {f"postgres://postgres@/{folder}/exec-{number}/pg/portal" for number in (1, 2)}


def test_addresses_that_are_given_are_used_as_they_are(begin, folder):
    code = "import os; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL'])"
    given = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere/0"}

    said, _ = begin(*SERVICES, "exec", sys.executable, "-c", code, **given).communicate(timeout=PATIENCE)

    assert said.split() == list(given.values())
    assert not (folder / "exec-1" / "pg").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_stop_takes_its_servers_with_it(begin, folder, number):
    process = begin(*SERVICES, "exec", *UP)
    process.stdout.readline()

    process.send_signal(number)

    process.wait(STOPS_WITHIN)
    assert left_in(folder) == {}


def test_what_a_killed_run_left_behind_is_used_and_then_stopped(begin, folder):
    first = begin(*SERVICES, "exec", *UP)
    first.stdout.readline()
    first.kill()
    first.wait()
    assert count(folder, "valkey-server") == 1

    second = begin(*SERVICES, "exec", sys.executable, "-c", "print('again')")

    assert second.communicate(timeout=PATIENCE)[0] == "again\n"
    assert count(folder, "valkey-server") == count(folder, "postgres") == 0


def test_a_port_that_is_taken_is_told_in_words(begin):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        said, _ = begin(*SERVICES, "run", PORT=str(taken)).communicate(timeout=PATIENCE)

    assert said == f"Port {taken} is taken. Try another: PORT={taken + 10} make run\n"


def test_the_portal_restarts_a_dead_worker_stops_at_ctrl_c_and_goes_with_its_make(begin, folder, port):
    process = begin(*SERVICES, "run", PORT=str(port))
    wait_until(lambda: (count(folder, " worker "), count(folder, " beat ")) == (3, 1))  # the worker has a pool of two
    assert is_healthy(port)
    worker = min(pid for pid, command in left_in(folder).items() if " worker " in command)

    os.killpg(worker, signal.SIGKILL)
    wait_until(lambda: count(folder, " worker ") == 3 and worker not in left_in(folder))
    begun = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    process.wait(PATIENCE)

    assert time.monotonic() - begun < STOPS_WITHIN
    assert process.returncode == 0
    assert left_in(folder) == {}

    make = begin("make", "run", PORT=str(port))
    wait_until(lambda: is_healthy(port))
    make.kill()

    wait_until(lambda: not left_in(folder))
