"""Asks other people's servers whether a page is still there. Only out on the open internet, never inside our own walls.

Every address that a name stands for is looked at before anything is asked, and the connection goes to the very address
that was looked at: a name that means one thing now and another in a second gets nobody in. Redirects are looked at too.
"""

import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv6Address, IPv6Network, ip_address
from threading import Timer
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

TIMEOUT = 5
"""Seconds that a server may be silent."""
LONGEST_ANSWER = 10
"""Seconds until we hang up on one that goes on a letter at a time."""
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}

REDIRECTS = frozenset({301, 302, 303, 307, 308})
ASKED_ANOTHER_WAY = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.NOT_FOUND})
"""Answers of servers that do not know how to be asked for the head of a page alone."""
NOT_TO_ROBOTS = frozenset({401, 403, 406, 429, 451, 999})
"""Answers that say nothing of what a reader would see."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {"User-Agent": "Mobilisering (kollar att lankar fungerar)", "Accept": "*/*"}
)

GIVEN_OUT = IPv6Network("2000::/3")
"""All that is out on the internet. Other addresses stay inside, or lead on to others, such as ::127.0.0.1 and NAT64."""

MayReach = Callable[[str, int], bool]


@dataclass(frozen=True)
class Answer:
    """What came back: the number of the answer, 0 when there was none, and what is wrong with it, in words."""

    status: int
    problem: str = ""


class Unreachable(Exception):
    """Nobody is asked. Holds why, in words."""


def is_out_there(address: str, port: int) -> bool:
    """Whether an address is on the open internet, and the port one where pages are served."""
    number = ip_address(address.partition("%")[0])
    is_open = number.is_global and not number.is_multicast
    if isinstance(number, IPv6Address):
        is_open = is_open and number in GIVEN_OUT and not (number.sixtofour or number.teredo)
    return is_open and port in PORTS.values()


def answer_of(url: str, *, may_reach: MayReach = is_out_there) -> Answer:
    """Whether a reader who follows the link gets somewhere. Takes some seconds; never raises."""
    begun = time.monotonic()
    try:
        for _redirect in range(MOST_REDIRECTS + 1):
            if time.monotonic() - begun > LONGEST_ANSWER:
                return Answer(0, _("Servern svarar inte."))
            status, goes_to = _ask(url, "HEAD", may_reach)
            if status in ASKED_ANOTHER_WAY:
                status, goes_to = _ask(url, "GET", may_reach)
            if status not in REDIRECTS or not goes_to:
                return Answer(status, _problem(status))
            url = urljoin(url, goes_to)
    except Unreachable as refusal:
        return Answer(0, str(refusal))
    except (OSError, HTTPException, ValueError):
        return Answer(0, _("Servern svarar inte."))
    return Answer(0, _("Länken leder runt i en ring."))


def _problem(status: int) -> str:
    if status < HTTPStatus.BAD_REQUEST or status in NOT_TO_ROBOTS:
        return ""
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return _("Sidan finns inte kvar.")
    return _("Servern svarade med ett fel (%(status)s).") % {"status": status}


def _ask(url: str, method: str, may_reach: MayReach) -> tuple[int, str]:
    """The number of the answer, and where it sends us on. Reads no more than the head."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise Unreachable(_("Länken är ingen webbadress."))
    port = parts.port or PORTS[parts.scheme]
    address = _address_of(parts.hostname, port, may_reach)
    connection = _Pinned(parts.hostname, port, address, is_secure=parts.scheme == "https")
    too_long = Timer(LONGEST_ANSWER, connection.hang_up)
    too_long.daemon = True
    too_long.start()
    try:
        what = iri_to_uri(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        connection.request(method, what, headers=HEADERS)
        response: HTTPResponse = connection.getresponse()
        return response.status, response.headers.get("Location", "")
    finally:
        too_long.cancel()
        connection.close()


def _address_of(host: str, port: int, may_reach: MayReach) -> str:
    """One address of the name. All of them must be on the open internet."""
    found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_reach(address, port) for address in found):
        raise Unreachable(_("Länken leder inte ut på internet."))
    return found[0]


class _Pinned(HTTPConnection):
    """A connection to an address that has been looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, is_secure: bool) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.is_secure = address, is_secure

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self) -> None:
        """From another thread: whoever waits for more hears that there is none."""
        with suppress(OSError, AttributeError):  # it was over already, or had not begun
            self.sock.shutdown(socket.SHUT_RDWR)
