"""What the tests of the training pages in the admin share."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Message

SESSIONS = "/admin/training/session/"

FACTS = {
    "day": "2026-10-20",
    "clock": "17:30",
    "until": "19:30",
    "place": "Biblioteket",
    "way_there": "",
    "link": "",
    "seats": "12",
    "led_by": "Maja",
    "language": "sv",
    "price": "",
    "access_notes": "",
}
"""A session as it is written in the form."""


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def told(kind: str) -> list[Any]:
    """What messages of a kind are for, in the order they were written."""
    rows = Message.objects.filter(kind=kind, contact__isnull=False).order_by("pk")
    return list(rows.values_list("contact__called", flat=True))
