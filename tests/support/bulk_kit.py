"""Ticking rows of a list and pressing through the pages for many rows, in a test."""

import re
from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from people.models import Office
from support.models import IntakeMeeting, SupportPeriod, SupportRequest
from tests.factories import (
    make_link,
    make_request,
)

LISTS = {
    SupportRequest: "support_supportrequest",
    SupportPeriod: "support_supportperiod",
    IntakeMeeting: "support_intakemeeting",
}


def bulk(model: type[Model], name: str, *rows: Any) -> str:
    address = reverse(f"admin:{LISTS[model]}_bulk", args=[name])
    return f"{address}?pks={','.join(str(row.pk) for row in rows)}"


def hidden(response: Any) -> dict[str, str]:
    """What the page carries to the next one."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def press(client: Client, address: str, page: Any, **answers: Any) -> Any:
    return client.post(address, {**hidden(page), **answers}, follow=True)


def shown(response: Any, heading: str) -> list[str]:
    """The rows under a heading of the page."""
    part = response.content.decode().partition(heading)[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]


def take_along(client: Client, model: type[Model], query: str = "", **sent: Any) -> Any:
    return client.post(reverse(f"admin:{LISTS[model]}_changelist") + query, {"index": "0", **sent})


def three_requests(office: Office) -> list[SupportRequest]:
    rows = [make_request(office=office, place=f"Gård {number}") for number in range(3)]
    for number, row in enumerate(rows):
        make_link(about=row, code=f"TALL 100{number}")
    return rows
