"""A server on loopback that speaks as 46elks does, and can be told to be difficult."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass
class ElksServer:
    url: str = ""
    status: int = 200
    body: str = ""
    """The answer; an ordinary one with an id of its own when empty."""

    hangs_up: bool = False
    stall: threading.Event = field(default_factory=threading.Event)
    requests: list[dict[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self) -> bytes:
        ordinary = {"id": f"s{len(self.requests)}", "status": "created", "direction": "outgoing"}
        return (self.body or json.dumps(ordinary)).encode()


@contextmanager
def elks_server() -> Iterator[ElksServer]:
    elks = ElksServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            elks.requests.append(dict(parse_qsl(self.rfile.read(length).decode(), strict_parsing=True)))
            elks.headers.append(dict(self.headers.items()))
            while elks.stall.is_set():
                threading.Event().wait(0.05)
            if elks.hangs_up:
                self.close_connection = True
                return
            with suppress(BrokenPipeError):  # who asked has given up
                self.send_response(elks.status)
                self.end_headers()
                self.wfile.write(elks.answer())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's own name
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    elks.url = f"http://127.0.0.1:{server.server_address[1]}/a1/sms"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield elks
    finally:
        elks.stall.clear()
        server.shutdown()
        server.server_close()
