"""A group of the office, and who keeps the registers."""

import pytest
from django.test import Client

from groups.models import Group
from people.enums import Channel
from people.models import Office, User
from tests.factories import make_contact, make_group, make_member


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def group(office: Office) -> Group:
    group = make_group(office=office, alias="Värmegruppen")
    contact = make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15")
    make_member(group=group, contact=contact)
    return group
