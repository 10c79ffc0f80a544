"""What the tests of the people app's admin share: addresses, texts, and rows of one office."""

import re
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.actions.links import OpenedLink, open_link
from people.enums import Channel, LinkPurpose
from people.models import Contact, Office
from tests.factories import NOW, make_contact, make_request

PHONE = "070-174 06 15"


def our_contact(office: Office, **kwargs: Any) -> Contact:
    fields: dict[str, Any] = {"channel": Channel.SMS, "phone": PHONE} | kwargs
    return make_request(office=office, contact=make_contact(**fields)).contact


def our_link(office: Office) -> OpenedLink:
    support_request = make_request(office=office)
    return open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)


def page(model: type[Model], pk: object = None, name: str = "") -> str:
    stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return reverse(f"{stem}_{name or 'change'}", args=[pk]) if pk else reverse(f"{stem}_{name or 'changelist'}")


def seen_on(client: Client, address: str) -> dict[str, str]:
    """What a page of editing carries of what it showed, for the row and for those under it."""
    return dict(re.findall(r'name="((?:[\w-]+-)?seen)" value="([^"]+)"', client.get(address).content.decode()))


def text(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", response.content.decode())
