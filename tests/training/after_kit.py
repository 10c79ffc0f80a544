"""A session that is over, and someone who was there with their own page open in the browser."""

from datetime import timedelta
from typing import Any

from django.test import Client

from tests.factories import NOW, make_registration, make_session
from tests.training.public_kit import at_mine
from training.enums import RegistrationState
from training.models import Registration, Session

YESTERDAY = NOW - timedelta(days=1)


def held(**kwargs: Any) -> Session:
    """It was held yesterday, two and a half hours long."""
    return make_session(**{"starts_at": YESTERDAY, "ends_at": YESTERDAY + timedelta(hours=2.5)} | kwargs)


def who_came(client: Client | None = None, **kwargs: Any) -> Registration:
    """One who came, noted as such; with a client, their page is open in it."""
    fields: dict[str, Any] = {"state": RegistrationState.ATTENDED, "came": kwargs.get("seats", 1)} | kwargs
    fields.setdefault("session", held(seats=max(3, fields.get("seats", 1))))
    registration = make_registration(**fields)
    return at_mine(client, registration) if client else registration
