"""Real servers for what leaves the portal."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from people import kinds
from tests.elks_server import ElksServer, elks_server
from tests.people.delivery_kit import register_kinds
from tests.smtp_sink import SmtpSink, smtp_sink


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = sink.port
        settings.EMAIL_TIMEOUT = 1
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield sink


@pytest.fixture
def elks(settings: Settings) -> Iterator[ElksServer]:
    with elks_server() as server:
        settings.SMS_GATEWAY = "people.channels.sms.ElksGateway"
        settings.ELKS_URL = server.url
        settings.ELKS_USERNAME = "user"
        settings.ELKS_PASSWORD = "secret"
        yield server


@pytest.fixture
def own_kinds() -> Iterator[None]:
    """What a test registers is gone after it."""
    before = dict(kinds._kinds)
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


@pytest.fixture
def delivery_kinds(own_kinds: None) -> None:
    register_kinds()
