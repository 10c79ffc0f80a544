"""Requests per second of four pages, beside a bare page of the same server."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from bench.__main__ import ROOT
from bench.measuring import empty_portal, spread
from mobilisering.health_check import is_healthy
from mobilisering.processes import Child, stop
from people import clock
from people.actions.links import open_link
from people.enums import LinkPurpose
from people.private_access import LONGEST_VISIT, SESSION_KEY
from tests.factories import make_request
from tests.system.portal import free_port, wait_until

BARE = "/bench/bare/"
PRIVATE = "/min-sida/"
PAGES = ("/", "/stod/", "/stod/vem/", PRIVATE)
ROUNDS = 7
MOST_REQUESTS = 120
MOST_SECONDS = 3.0
SIDE_BY_SIDE = 2
"""As many visitors at once as there are web processes."""


class Visitors:
    """Ask for one address again and again. Any answer but 200 ends the measurement."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie = port, cookie
        self.headers = {
            "Host": settings.PORTAL_URL.partition("//")[2],
            "X-Forwarded-Proto": "https",
            "Accept-Encoding": "gzip",
        }

    def ask(self, path: str) -> None:
        """Over a connection of its own, as a proxy comes to a synchronous worker."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        own = {"Cookie": self.cookie} if path == PRIVATE else {}
        link.request("GET", path, headers=self.headers | own)
        answer = link.getresponse()
        answer.read()
        link.close()
        if answer.status != HTTPStatus.OK:
            raise SystemExit(f"{path} answered {answer.status}")

    def per_second(self, path: str) -> float:
        begin = time.perf_counter()
        count = 0
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            while count < MOST_REQUESTS and time.perf_counter() - begin < MOST_SECONDS:
                list(pool.map(self.ask, [path] * (SIDE_BY_SIDE * 5)))
                count += SIDE_BY_SIDE * 5
        return count / (time.perf_counter() - begin)


def cookie_of_a_group() -> str:
    """A session in which somebody has opened the page of a request that waits to be taken."""
    now = clock.now()
    support_request = make_request(received_at=now)
    link = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=now).link
    session = SessionStore()
    session[SESSION_KEY] = {link.purpose: {"link": link.pk, "until": (now + LONGEST_VISIT).isoformat()}}
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@contextmanager
def web_server(**more: str) -> Iterator[int]:
    """Gunicorn as the container runs it, with two processes, on loopback. Gives the port.

    `more` are settings of this server alone; `{port}` in them is its port.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "mobilisering.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2"]
    own = {name: value.format(port=port) for name, value in more.items()}
    server = Child(command, dict(os.environ) | own, ROOT)
    try:
        wait_until(lambda: is_healthy(port), RuntimeError("the web server does not answer"))
        yield port
    finally:
        stop([server])


def main() -> None:
    with empty_portal():
        cookie = cookie_of_a_group()
        connection.close()
        with web_server() as port:
            measure(Visitors(port, cookie))


def measure(visitors: Visitors) -> None:
    for path in (BARE, *PAGES):  # each process reads its templates when they are first asked for
        visitors.per_second(path)
    found: dict[str, list[tuple[float, float]]] = {path: [] for path in PAGES}
    for _ in range(ROUNDS):
        for path in PAGES:
            found[path].append((visitors.per_second(BARE), visitors.per_second(path)))
    for path, pairs in found.items():
        rates = spread([page for _, page in pairs], ".0f")
        ratios = spread([page / bare for bare, page in pairs])
        print(f"{path:<12} {rates} requests/s, {ratios} of the bare page")
    print(f"{BARE:<12} {spread([bare for pairs in found.values() for bare, _ in pairs], '.0f')} requests/s")
