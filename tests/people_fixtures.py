"""The people of the tests. One office is "ours"; whoever is `other_…` must never see what is ours."""

import pytest
from django.test import Client

from groups.models import Enabler, Member
from people.enums import Role
from people.models import Office, User
from tests.factories import make_enabler, make_group, make_member, make_office, make_staff, make_user


@pytest.fixture
def office(db: None) -> Office:
    return make_office(name="Almhöjden", slug="almhojden")


@pytest.fixture
def other_office(db: None) -> Office:
    return make_office(name="Rönnlid", slug="ronnlid")


@pytest.fixture
def leader(office: Office) -> User:
    return make_staff(Role.LEADER, office=office, name="Maja Lind")


@pytest.fixture
def colleague(office: Office) -> User:
    """Another leader at the same office."""
    return make_staff(Role.LEADER, office=office, name="Sam Ek")


@pytest.fixture
def other_office_leader(other_office: Office) -> User:
    return make_staff(Role.LEADER, office=other_office, name="Kim Berg")


@pytest.fixture
def office_manager(office: Office) -> User:
    return make_staff(Role.OFFICE_MANAGER, office=office, name="Inga Holm")


@pytest.fixture
def programme_manager(db: None) -> User:
    return make_staff(Role.PROGRAMME_MANAGER, name="Pia Sten")


@pytest.fixture
def administrator(db: None) -> User:
    return make_staff(Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def treasurer(db: None) -> User:
    return make_staff(Role.TREASURER, name="Karl Krona")


@pytest.fixture
def editor(db: None) -> User:
    return make_staff(Role.EDITOR, name="Edda Text")


@pytest.fixture
def member(office: Office) -> Member:
    return make_member(group=make_group(office=office))


@pytest.fixture
def enabler(office: Office) -> Enabler:
    return make_enabler(office=office)


@pytest.fixture
def outsider(db: None) -> User:
    """Signed in, but without any role."""
    return make_user(name="Utomstående")


@pytest.fixture
def as_leader(client: Client, leader: User) -> Client:
    client.force_login(leader)
    return client


@pytest.fixture
def as_administrator(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client
