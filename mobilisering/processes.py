"""Starting, watching and stopping other programs, so that none is ever left behind.

Signals only set a flag: nothing is interrupted half-way through starting or stopping.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

STOP_GRACE = 3.0  # seconds a program has to stop by itself
RESTART_PAUSE = 1.0  # seconds before one that died is started again


class Stopping:
    """Whether we have been told to stop: by a signal, or by the death of a `make` that was killed with -9."""

    def __init__(self) -> None:
        self.signals: list[int] = []
        self._event = threading.Event()
        self._parent = os.getppid() if "MAKELEVEL" in os.environ else None

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._remember)

    def _remember(self, number: int, _frame: object) -> None:
        self.signals.append(number)
        self._event.set()

    def is_told(self, wait: float = 0) -> bool:
        """Waits so many seconds for it."""
        return self._event.wait(wait) or self.parent_is_gone()

    def parent_is_gone(self) -> bool:
        return self._parent is not None and os.getppid() != self._parent

    def forget(self) -> None:
        self._event.clear()


stopping = Stopping()


@contextlib.contextmanager
def signals_blocked() -> Iterator[None]:
    """The mask is inherited: a Ctrl-C on the terminal does not reach what is started in here."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Child:
    """A program in a session of its own: Ctrl-C does not reach it, we stop it ourselves and in order."""

    def __init__(self, command: Sequence[str], env: dict[str, str], folder: Path, *, restarts: bool = False) -> None:
        self.command, self.env, self.folder, self.restarts = command, env, folder, restarts
        self.died_at: float | None = None
        self.process = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(self.command, env=self.env, cwd=self.folder, start_new_session=True)

    def is_dead(self) -> bool:
        return self.process.poll() is not None

    def restart_if_dead(self) -> None:
        """A Celery worker may give up when Redis has been away, and must then be started anew."""
        if not self.is_dead():
            return
        if self.died_at is None:
            self.died_at = time.monotonic()
            print(f"{' '.join(self.command)} ended with {self.process.returncode}; starting it again", flush=True)
        elif time.monotonic() > self.died_at + RESTART_PAUSE:
            self.process = self._start()
            self.died_at = None


def stop(children: Sequence[Child]) -> None:
    """Only the main process of each gets the signal: Celery's pool must finish the task it is in."""
    for child in children:
        if not child.is_dead():
            child.process.terminate()
    deadline = time.monotonic() + STOP_GRACE
    for child in children:
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def supervise(children: Sequence[Child]) -> int:
    """Until we are told to stop, or a program ends that is not started again."""
    while not stopping.is_told(wait=0.2):
        for child in children:
            if child.restarts:
                child.restart_if_dead()
            elif child.is_dead():
                return child.process.returncode or 1
    return 0


def run_foreground(command: Sequence[str], env: dict[str, str]) -> int:
    """Keeps the terminal. Ctrl-C on it reaches the command by itself; TERM and HUP are passed on."""
    with subprocess.Popen(command, env=env) as child:
        while child.poll() is None:
            if stopping.is_told(wait=0.1) and (stopping.parent_is_gone() or stopping.signals[-1] != signal.SIGINT):
                child.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(STOP_GRACE)
                child.kill()
            stopping.forget()
    return child.returncode
