import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from mobilisering.logs import hide_private, logging_config, without_private


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a logger with the formatter of production writes."""
    config = logging_config("INFO", as_json=True)["formatters"]["lines"]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=config["foreign_pre_chain"], processors=config["processors"]
    )
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger = logging.getLogger("test_logs")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def line(stream: io.StringIO) -> dict[str, Any]:
    return json.loads(stream.getvalue())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Not Found: /min-sida/Jx8aQ/svara/", "Not Found: /min-sida/…"),
        ("GET /stod/svara/Q2hq-1kdX_ZmPq8r0aLwTt9b/", "GET /stod/svara/…/"),
        ("GET /kalender/Q2hq-1kdX_ZmPq8r0aLwTt9b.ics", "GET /kalender/…"),
        ("GET /stod/er-grupp/", "GET /stod/er-grupp/"),
        ("to anna.berg+x@example.org", "to [e-post]"),
        ("Invalid request from ip=192.0.2.77: bad", "Invalid request from ip=[nätadress]: bad"),
        ("from 2001:db8::8a2e:370:7334 at 10:55:23", "from [nätadress] at 10:55:23"),
        ("sms to +46701740615 failed", "sms to [telefon] failed"),
        ("Key (code)=(TALL-4826) already exists", "Key (code)=([kod]) already exists"),
    ],
)
def test_private_links_codes_and_addresses_are_not_written(text, shown):
    assert without_private(text) == shown


def test_neither_the_address_on_the_net_nor_the_browser_is_written():
    event = {"event": "request_started", "ip": "192.0.2.7", "user_agent": "Mozilla", "code": 200}

    assert hide_private(None, "info", event) == {"event": "request_started", "code": 200}


def test_a_traceback_is_written_without_what_is_private(written):
    try:
        raise ValueError("no mail to anna@example.org")
    except ValueError:
        logging.getLogger("test_logs").exception("delivery_failed")

    entry = line(written)

    assert entry["event"] == "delivery_failed"
    assert entry["exception"].endswith("ValueError: no mail to [e-post]")


def test_what_a_library_hangs_on_its_line_is_left_out(written):
    logging.getLogger("test_logs").warning("Not Found: %s", "/min-sida/Jx8aQ/", extra={"request": object()})

    assert line(written)["event"] == "Not Found: /min-sida/…"
    assert "request" not in line(written)


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query(client, caplog):
    caplog.set_level(logging.INFO, "django_structlog")

    client.get("/?q=anna")
    client.get("/halsa/")

    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert [(line["event"], line["request"]) for line in lines] == [("request_finished", "GET /")]
