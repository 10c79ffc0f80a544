"""What every test can lean on. The people stand in `people_fixtures.py`, the things in `factories.py`."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connections

from knowledge import caching
from mobilisering.servers import valkey
from tests.factories import NOW

pytest_plugins = ["tests.people_fixtures"]

# How fast an example is says nothing of whether a rule holds; on a busy machine it would fail by chance.
hypothesis.settings.register_profile("portal", deadline=None)
hypothesis.settings.load_profile("portal")


@pytest.fixture(scope="session", autouse=True)
def own_corner_of_the_cache() -> None:
    """Tests that run side by side share one Valkey: each process has a prefix of its own."""
    settings.CACHES["default"]["KEY_PREFIX"] = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    with suppress(AttributeError):  # made while the tests were collected, with the prefix of then
        del caches["default"]


@pytest.fixture(scope="session", autouse=True)
def no_connection_outlives_its_request() -> None:
    """The threads of a live server would keep theirs, and the test database could not be dropped."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """No rate limit counts what the test before did, and no public page is kept from it."""
    yield
    cache.clear()
    caching.forget()


@pytest.fixture(autouse=True)
def no_second_step(settings) -> None:
    """Staff of the tests come into the admin by `force_login`; the tests of the second step ask for it again."""
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def own_valkey(tmp_path: Path) -> Iterator[str]:
    """The address of a Valkey of its own, for a test that stops it, freezes it or runs a real worker on it."""
    with valkey(tmp_path) as url:
        yield url


@pytest.fixture
def at_now() -> Iterator[datetime]:
    """It is the NOW of the factories, and no time passes."""
    with time_machine.travel(NOW, tick=False):
        yield NOW
