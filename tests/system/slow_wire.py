"""A wire between a program and a server on a socket that can be made slow."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass
class SlowWire:
    path: Path
    delay: float = 0
    """Seconds that each answer of the server is held."""


@contextmanager
def slow_wire(path: Path, server: Path) -> Iterator[SlowWire]:
    """Takes connections at `path` and leads each to `server`."""
    wire = SlowWire(path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(path))
        door.listen(64)
        threading.Thread(target=_open, args=(wire, door, server), daemon=True).start()
        yield wire
        door.shutdown(socket.SHUT_RDWR)


def _open(wire: SlowWire, door: socket.socket, server: Path) -> None:
    while True:
        try:
            asker, _ = door.accept()
        except OSError:  # the door is closed: the test is over
            return
        answerer = socket.socket(socket.AF_UNIX)
        try:
            answerer.connect(str(server))
        except OSError:  # nobody is at the other end, and whoever asks sees it at once
            asker.close()
            continue
        for source, goal, is_answer in ((asker, answerer, False), (answerer, asker, True)):
            threading.Thread(target=_lead, args=(wire, source, goal, is_answer), daemon=True).start()


def _lead(wire: SlowWire, source: socket.socket, goal: socket.socket, is_answer: bool) -> None:
    """What is read at one end comes out at the other; the end of one is the end of both."""
    with suppress(OSError):
        while said := source.recv(65536):
            if is_answer:
                time.sleep(wire.delay)
            goal.sendall(said)
    for end in (source, goal):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
