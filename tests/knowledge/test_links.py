"""Links in public texts: tried once a day, never inside our own walls, broken when they fail two days in a row."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from knowledge import tasks
from knowledge.actions import external_links, links
from knowledge.actions.external_links import Answer, answer_of, is_out_there
from knowledge.actions.links import answer_of_ours, broken, broken_in, check_links, links_in
from knowledge.enums import State
from knowledge.models import LinkCheck
from people.models import Heartbeat
from tests.factories import NOW
from tests.knowledge.texts import make_page, make_term, make_tool

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


class Elsewhere(BaseHTTPRequestHandler):
    """Someone else's server; the path says what it answers."""

    asked: list[str] = []

    def do_HEAD(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path == "/bara-get" and self.command == "HEAD":
            self.send_response(405)
        elif self.path.startswith("/till/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/till"))
        elif self.path == "/runt":
            self.send_response(302)
            self.send_header("Location", "/runt")
        elif self.path == "/in":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.2:1/")
        else:
            self.send_response(int(self.path.strip("/")) if self.path.strip("/").isdecimal() else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 -- so the library calls it

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_address[1]}"
    found.shutdown()
    found.server_close()


def a_letter_at_a_time(listening: socket.socket) -> None:
    """A server that has begun to answer and never comes to an end."""
    client, _address = listening.accept()
    with client, suppress(OSError):
        while not Event().wait(0.05):
            client.sendall(b"H")


def here_only(address: str, port: int) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/", Answer(200)),
        ("/bara-get", Answer(200)),
        ("/till/204", Answer(204)),
        ("/403", Answer(403)),
        ("/404", Answer(404, "Sidan finns inte kvar.")),
        ("/410", Answer(410, "Sidan finns inte kvar.")),
        ("/500", Answer(500, "Servern svarade med ett fel (500).")),
        ("/runt", Answer(0, "Länken leder runt i en ring.")),
        ("/in", Answer(0, "Länken leder inte ut på internet.")),
        ("/å ö?q=ä", Answer(200)),
    ],
)
def test_what_other_servers_answer(server, path, answer):
    assert answer_of(f"{server}{path}", may_reach=here_only) == answer


def test_a_server_that_never_comes_to_an_end_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(external_links, "LONGEST_ANSWER", 0.3)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=a_letter_at_a_time, args=[listening], daemon=True).start()
        found = answer_of(f"http://127.0.0.1:{listening.getsockname()[1]}/", may_reach=here_only)

    assert found == Answer(0, "Servern svarar inte.")


def test_what_a_slow_sweep_does_not_come_to_is_first_the_next_time(monkeypatch):
    make_term(meaning="[Ett](https://ett.example) och [två](https://tva.example)")
    asked = []
    monkeypatch.setattr(links, "LONGEST_SWEEP", -1)
    assert check_links(NOW, ask=lambda url: asked.append(url) or Answer(200)) == 0
    assert asked == []

    monkeypatch.undo()
    check_links(NOW, ask=lambda url: asked.append(url) or Answer(200))

    assert asked == ["https://ett.example", "https://tva.example"]


@pytest.mark.parametrize("url", ["http://[::1", "ftp://exempel.se/", "https://", "http://127.0.0.1:1/"])
def test_what_cannot_be_asked_is_a_problem_and_no_error(url):
    assert answer_of(url, may_reach=here_only).problem


def test_nobody_is_asked_inside_our_own_walls(server):
    Elsewhere.asked.clear()

    assert answer_of(f"{server}/") == Answer(0, "Länken leder inte ut på internet.")
    assert answer_of(server.replace("127.0.0.1", "localhost")).problem == "Länken leder inte ut på internet."
    assert Elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_out_on_the_internet(address):
    assert not is_out_there(address, 443)


def test_only_ports_where_pages_are_served():
    assert [is_out_there("93.184.216.34", port) for port in (80, 443, 22, 5432)] == [True, True, False, False]


def test_the_links_of_a_text_in_both_languages_and_its_steps():
    tool = make_tool(
        lead="Läs [mer](/om/) och [ring](tel:031), se [ett](#steg).",
        tips_en=["[More](https://exempel.se/more)"],
        steps=[("Ett", "[Lagen](<https://lagen.se/1>)")],
    )

    assert list(links_in(tool)) == ["/om/", "https://exempel.se/more", "https://lagen.se/1"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/", ""),
        ("/stod/", ""),
        ("/ordlista/varme/?lang=en#a", ""),
        ("/ordlista/utkast/", "Sidan är inte publicerad."),
        ("/verktyg/finns-inte/", "Sidan är inte publicerad."),
        ("/finns/", ""),
        ("/borta/", "Sidan är inte publicerad."),
        ("/ingenting/", "Det finns ingen sida på den adressen."),
    ],
)
def test_our_own_pages_are_looked_up_and_never_asked_for(path, problem):
    make_term(slug="varme")
    make_term(slug="utkast", state=State.DRAFT)
    make_page("/finns/")
    make_page("/borta/", state=State.WITHDRAWN)

    assert answer_of_ours(path).problem == problem


def test_a_link_out_is_broken_when_it_fails_two_days_in_a_row():
    page = make_page(body="[Bort](https://exempel.se/bort)")
    bad = {"ask": lambda url: Answer(404, "Sidan finns inte kvar.")}

    assert check_links(NOW, **bad) == 1
    assert list(broken()) == []
    assert check_links(NOW + timedelta(hours=1), **bad) == 0
    assert check_links(NOW + DAY, **bad) == 1

    assert [(one.url, one.problem) for one in broken_in(page)] == [
        ("https://exempel.se/bort", "Sidan finns inte kvar.")
    ]
    assert check_links(NOW + 2 * DAY, ask=lambda url: Answer(200)) == 0
    assert list(broken()) == []


def test_a_link_to_a_page_of_ours_is_broken_at_once():
    make_page(body="[Bort](/finns-inte/)")

    check_links(NOW)

    assert [one.url for one in broken()] == ["/finns-inte/"]


@pytest.mark.parametrize("url", ["http://exempel.se/", "exempel.se"])
def test_a_link_that_readers_never_get_is_told_without_asking(url):
    make_page(body=f"[Hit]({url})")

    check_links(NOW, ask=pytest.fail)

    assert LinkCheck.objects.get().problem


def test_only_links_of_public_texts_are_kept():
    page = make_page(body="[Ett](/om/) [två](/stod/)")
    make_page(body="[Tre](/trygg/)", state=State.DRAFT)
    check_links(NOW)
    page.body = "[Två](/stod/)"
    page.save()

    check_links(NOW)

    assert [one.url for one in LinkCheck.objects.all()] == ["/stod/"]


def test_the_sweeps_leave_a_pulse(at_now):
    make_page(state=State.READY, publish_at=NOW)
    make_page(body="[Bort](/finns-inte/)")

    tasks.sweep_knowledge()
    tasks.check_links()

    assert dict(Heartbeat.objects.values_list("name", "result")) == {
        "knowledge": "1 published",
        "links": "1 lead nowhere",
    }
