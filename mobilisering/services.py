"""Everything the portal needs to run, on a machine that has only Python.

    python -m mobilisering.services run            PostgreSQL, Valkey, sample data, web server, worker and beat
    python -m mobilisering.services exec CMD ...   PostgreSQL and Valkey of its own, then CMD (pytest, manage.py ...)
    python -m mobilisering.services join CMD ...   CMD beside a portal that runs

DATABASE_URL and REDIS_URL are used as they are when set; for the one that is not, a server from a wheel is started.
SERVICES_DIR is where these keep their data (.run). For development: docker-compose.yml runs the portal for real.
"""

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from mobilisering.health_check import is_healthy
from mobilisering.processes import Child, run_foreground, stop, stopping, supervise
from mobilisering.servers import Environment, lock_first_free, lock_folder, servers
from mobilisering.translations import compile_translations

ROOT = Path(__file__).resolve().parent.parent


def say(text: str) -> None:
    print(text, flush=True)


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def start_web(port: int, env: Environment) -> Child:
    return Child([sys.executable, "-m", "gunicorn", "mobilisering.wsgi", "-b", f"127.0.0.1:{port}"], env, ROOT)


def start_worker_and_beat(folder: Path, env: Environment) -> list[Child]:
    celery = [sys.executable, "-m", "celery", "-A", "mobilisering", "--quiet"]
    level = ["-l", env["LOG_LEVEL"]]
    worker = [*celery, "worker", "-c", "2", "--without-mingle", "--without-gossip", *level]
    beat = [*celery, "beat", "-s", str(folder / "beat"), "--pidfile=", *level]
    calm = env | {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}
    return [Child(command, calm, ROOT, restarts=True) for command in (worker, beat)]


def prepare(env: Environment) -> str | None:
    """Migrates and fills the database. What the seed says, or None when we were stopped or it failed."""
    command = [sys.executable, "-m", "mobilisering.prepare"]
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None:
            if stopping.is_told(wait=0.05):
                process.terminate()
        said = process.stdout.read() if process.stdout else ""
    return said if process.returncode == 0 and not stopping.is_told() else None


def wait_for_web(web: Child, port: int) -> bool:
    while not is_healthy(port):
        if stopping.is_told(wait=0.05) or web.is_dead():
            return False
    return True


def serve(port: int, folder: Path, env: Environment) -> int:
    env["PORTAL_URL"] = f"http://127.0.0.1:{port}"
    env.setdefault("STAFF_MFA_REQUIRED", "0")
    env.setdefault("LOG_LEVEL", "WARNING")
    compile_translations()
    children = [start_web(port, env)]
    known = folder / "env.json"
    try:
        sign_ins = prepare(env)  # while the web server is getting ready
        if sign_ins is None or not wait_for_web(children[0], port):
            return 0 if stopping.is_told() else 1
        known.write_text(json.dumps({name: value for name, value in env.items() if os.environ.get(name) != value}))
        say(f"\nThe portal is at {env['PORTAL_URL']}\n\n{sign_ins}\nCtrl-C stops it.")
        children += start_worker_and_beat(folder, env)
        return supervise(children)
    finally:
        stop(children)
        known.unlink(missing_ok=True)


def run(base: Path) -> int:
    port = int(os.environ.get("PORT", "8000"))
    if not port_is_free(port):
        say(f"Port {port} is taken. Try another: PORT={port + 10} make run")
        return 1
    lock = lock_folder(base)
    if lock is None:
        say(f"A portal already runs from {base}. Stop it first, or set SERVICES_DIR to another folder.")
        return 1
    with lock, servers(base, lasting=True) as env:
        return serve(port, base, env)


def execute(base: Path, command: list[str]) -> int:
    compile_translations()
    folder, lock = lock_first_free(base)
    with lock, servers(folder, lasting=False) as env:
        return run_foreground(command, env)


def join(base: Path, command: list[str]) -> int:
    known = base / "env.json"
    if not known.exists():
        say("No portal runs here. Start it in another window: make run")
        return 1
    return run_foreground(command, os.environ | json.loads(known.read_text()))


def data_folder(wanted: Path) -> Path:
    """PostgreSQL cannot be started from a path with a space in it: the data then go to the temporary folder."""
    if not re.search(r"\s", str(wanted)):
        return wanted
    mark = hashlib.sha256(str(wanted).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir()) / f"mobilisering-{os.getuid()}-{mark}"


def main(arguments: list[str]) -> int:
    stopping.listen()
    base = data_folder(Path(os.environ.get("SERVICES_DIR", ROOT / ".run")).resolve())
    match arguments:
        case ["run"]:
            return run(base)
        case ["exec", *command] if command:
            return execute(base, command)
        case ["join", *command] if command:
            return join(base, command)
        case _:
            say(__doc__ or "")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
