"""Plain editing in the admin: only what was edited is saved, and nobody writes over what another has saved since."""

import re
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import pytest
from django.core import signing
from django.db import connections
from django.test import Client

from groups.models import Group
from people.admin.save_conflicts import plain, read, sign
from people.history import versions_of
from people.models import Contact, Office, StaffRole, User
from support.models import OfficePolicy, SupervisionSession
from tests.factories import (
    TODAY,
    make_contact,
    make_duty_bearer,
    make_enabler,
    make_group,
    make_municipality,
    make_organisation,
    make_request,
    make_staff,
    make_topic,
)
from tests.people.admin_pages import page, seen_on

NO_MEMBERS = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def carried(response: Any) -> dict[str, str]:
    return dict(re.findall(r'name="((?:[\w-]+-)?seen)" value="([^"]+)"', response.content.decode()))


@pytest.fixture
def group(office: Office) -> Group:
    return make_group(office=office, area="Norr", needs="", size_band="5-9")


def facts(**kwargs: Any) -> dict[str, Any]:
    """The form of a group as a browser sends it."""
    return NO_MEMBERS | {"area": "Norr", "needs": "", "size_band": "5-9", "visibility": "private"} | kwargs


@pytest.fixture
def as_colleague(colleague: User) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


def test_two_who_edit_different_columns_both_get_what_they_wrote(
    as_leader: Client, as_colleague: Client, group: Group
) -> None:
    address = page(Group, group.pk)
    first, second = seen_on(as_leader, address), seen_on(as_colleague, address)

    as_leader.post(address, facts(area="Söder") | first)
    answer = as_colleague.post(address, facts(needs="En projektor") | second)

    group.refresh_from_db()
    assert answer.status_code == HTTPStatus.FOUND
    assert (group.area, group.needs) == ("Söder", "En projektor")


def test_of_two_who_edit_the_same_column_the_second_is_asked_first(
    as_leader: Client, as_colleague: Client, group: Group
) -> None:
    address = page(Group, group.pk)
    first, second = seen_on(as_leader, address), seen_on(as_colleague, address)

    as_leader.post(address, facts(area="Söder") | first)
    refused = as_colleague.post(address, facts(area="Öster", needs="En projektor") | second)

    group.refresh_from_db()
    shown = text_of(refused)
    assert (group.area, group.needs) == ("Söder", "")
    assert "Fält Område När du öppnade Norr Nu Söder Du skrev Öster" in shown
    assert "Senast ändrat av Maja Lind" in shown
    assert "Någon annan har ändrat det här medan du skrev." in shown
    assert ['value="Öster"' in refused.content.decode(), "En projektor" in refused.content.decode()] == [True, True]


def test_after_reading_a_second_press_saves_it_all(as_leader: Client, as_colleague: Client, group: Group) -> None:
    address = page(Group, group.pk)
    second = seen_on(as_colleague, address)
    as_leader.post(address, facts(area="Söder", size_band="10-24") | seen_on(as_leader, address))
    refused = as_colleague.post(address, facts(area="Öster", needs="En projektor") | second)

    as_colleague.post(address, facts(area="Öster", needs="En projektor") | carried(refused))

    group.refresh_from_db()
    assert (group.area, group.needs, group.size_band) == ("Öster", "En projektor", "10-24")


def test_choices_among_many_are_kept_too(as_leader: Client, as_colleague: Client, group: Group) -> None:
    one, other = make_topic(), make_topic()
    address = page(Group, group.pk)
    second = seen_on(as_colleague, address)
    as_leader.post(address, facts(topics=[one.pk]) | seen_on(as_leader, address))

    as_colleague.post(address, facts(needs="En projektor") | second)
    refused = as_colleague.post(address, facts(topics=[other.pk]) | second)

    assert list(group.topics.all()) == [one]
    assert f"När du öppnade – Nu {one.name} Du skrev {other.name}" in text_of(refused)


def test_line_ends_of_the_browser_are_no_change(as_leader: Client, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(needs="Stolar\nBord")
    seen = seen_on(as_leader, page(Group, group.pk))
    Group.objects.filter(pk=group.pk).update(needs="Stolar\nBord\nLampor")

    as_leader.post(page(Group, group.pk), facts(needs="Stolar\r\nBord", area="Söder") | seen)

    group.refresh_from_db()
    assert (group.needs, group.area) == ("Stolar\nBord\nLampor", "Söder")


def test_saving_without_a_change_writes_nothing(as_leader: Client, group: Group) -> None:
    versions = versions_of(Group).objects.count()

    answer = as_leader.post(page(Group, group.pk), facts() | seen_on(as_leader, page(Group, group.pk)))

    assert (answer.status_code, versions_of(Group).objects.count()) == (HTTPStatus.FOUND, versions)


@pytest.mark.parametrize("seen", [{}, {"seen": "x"}, {"seen": "a:b:c"}])
def test_a_page_without_what_it_showed_is_looked_at_again_and_nothing_is_lost(
    seen: dict[str, str], as_leader: Client, group: Group
) -> None:
    refused = as_leader.post(page(Group, group.pk), facts(area="Söder") | seen)

    group.refresh_from_db()
    assert group.area == "Norr"
    assert "Sidan var för gammal." in text_of(refused)
    assert "När du öppnade ? Nu Norr Du skrev Söder" in text_of(refused)
    as_leader.post(page(Group, group.pk), facts(area="Söder") | carried(refused))
    group.refresh_from_db()
    assert group.area == "Söder"


def test_another_fault_on_the_page_does_not_make_it_newer(as_leader: Client, group: Group) -> None:
    seen = seen_on(as_leader, page(Group, group.pk))
    wrong = as_leader.post(page(Group, group.pk), facts(area="Söder", size_band="många") | seen)
    Group.objects.filter(pk=group.pk).update(area="Väster")

    refused = as_leader.post(page(Group, group.pk), facts(area="Söder") | carried(wrong))

    assert "När du öppnade Norr Nu Väster Du skrev Söder" in text_of(refused)


def test_a_contact_the_person_has_changed_meanwhile_is_not_written_over(as_leader: Client, office: Office) -> None:
    contact = make_request(office=office, contact=make_contact(called="Dina")).contact
    address = page(Contact, contact.pk)
    seen = seen_on(as_leader, address)
    Contact.objects.filter(pk=contact.pk).update(called="Dee", discreet=True)

    form = {"called": "Dina", "wants_interpreter": "yes", "reads": "sv"}
    as_leader.post(address, form | seen)

    contact.refresh_from_db()
    assert (contact.called, contact.discreet, contact.wants_interpreter) == ("Dee", True, "yes")


def test_no_address_stands_in_what_a_page_carries(as_leader: Client, office: Office) -> None:
    contact = make_request(office=office, contact=make_contact(email="dina@example.org", protected=True)).contact

    token = seen_on(as_leader, page(Contact, contact.pk))["seen"]

    assert sorted(signing.loads(token, salt=f"people.admin.save_conflicts:people.contact:{contact.pk}:")) == [
        "called",
        "discreet",
        "languages",
        "other_language",
        "reads",
        "wants_interpreter",
    ]


@pytest.fixture
def roles(leader: User, office: Office) -> dict[str, Any]:
    role = leader.roles.get()
    return {
        "roles-TOTAL_FORMS": "1",
        "roles-INITIAL_FORMS": "1",
        "roles-0-id": role.pk,
        "roles-0-user": leader.pk,
        "roles-0-role": "leader",
        "roles-0-office": office.pk,
        "roles-0-starts_on": "2020-01-01",
    }


def account(user: User) -> dict[str, Any]:
    return {"name": user.name, "email": user.email, "language": "sv", "is_staff": "on", "is_active": "on"}


def test_a_role_that_two_change_is_a_conflict_too(
    as_administrator: Client, leader: User, roles: dict[str, Any]
) -> None:
    address = page(User, leader.pk)
    seen = seen_on(as_administrator, address)
    StaffRole.objects.filter(user=leader).update(ends_on=TODAY)

    refused = as_administrator.post(address, account(leader) | roles | {"roles-0-ends_on": "2026-12-31"} | seen)

    assert "Nu 1 september 2026 Du skrev 31 december 2026" in text_of(refused)
    assert leader.roles.get().ends_on == TODAY
    as_administrator.post(address, account(leader) | roles | {"roles-0-ends_on": "2026-12-31"} | carried(refused))
    assert str(leader.roles.get().ends_on) == "2026-12-31"


def test_a_role_that_was_not_touched_keeps_what_another_wrote(
    as_administrator: Client, leader: User, roles: dict[str, Any]
) -> None:
    address = page(User, leader.pk)
    seen = seen_on(as_administrator, address)
    StaffRole.objects.filter(user=leader).update(ends_on=TODAY)

    as_administrator.post(address, account(leader) | roles | {"name": "Maja Ek"} | seen)

    leader.refresh_from_db()
    assert (leader.name, leader.roles.get().ends_on) == ("Maja Ek", TODAY)


def test_every_row_that_is_edited_plainly_carries_what_it_showed(client: Client, office: Office) -> None:
    root = make_staff(is_superuser=True)
    client.force_login(root)
    enabler = make_enabler(office=office)
    rows = [
        office,
        root,
        make_group(office=office),
        make_request(office=office).contact,
        make_duty_bearer(),
        make_municipality(),
        make_organisation(),
        make_topic(),
        enabler,
        OfficePolicy.objects.create(office=office, ladder=[1, 2]),
        SupervisionSession.objects.create(enabler=enabler, supervisor=root, held_on=TODAY),
    ]

    assert [type(row).__name__ for row in rows if "seen" not in seen_on(client, page(type(row), row.pk))] == []


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(as_leader: Client, as_colleague: Client, group: Group) -> None:
    address = page(Group, group.pk)
    clients, areas = (as_leader, as_colleague), ("Söder", "Öster")
    pages = [seen_on(client, address) for client in clients]

    def save(number: int) -> int:
        answer = clients[number].post(address, facts(area=areas[number]) | pages[number])
        connections.close_all()
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, range(2)))

    group.refresh_from_db()
    assert sorted(answers) == [HTTPStatus.OK, HTTPStatus.FOUND]
    assert group.area == areas[answers.index(HTTPStatus.FOUND)]


def test_values_are_compared_alike_from_the_database_and_from_a_form() -> None:
    pairs = [(None, ""), (["b", "a"], ("a", "b")), (TODAY, TODAY.isoformat()), ("a\r\nb ", "a\nb"), (5, "5")]

    assert [(plain(one), plain(one) == plain(other)) for one, other in pairs] == [
        ("", True),
        (["a", "b"], True),
        ("2026-09-01", True),
        ("a\nb", True),
        ("5", True),
    ]


def test_what_was_signed_for_one_row_is_not_read_for_another() -> None:
    token = sign({"area": "Norr"}, "groups.group:1:")

    assert [read(token, f"groups.group:{pk}:") for pk in (1, 2)] == [{"area": "Norr"}, None]
