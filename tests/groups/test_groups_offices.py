"""What the admin shows of groups, and to whom; each office its own."""

import pytest
from django.db.models import Model
from django.urls import reverse

from groups.models import Approval, DutyBearer, Enabler, Group, Member, Municipality, Organisation, RoleContract, Topic
from tests.factories import (
    make_approval,
    make_duty_bearer,
    make_enabler,
    make_group,
    make_member,
    make_municipality,
    make_organisation,
    make_role_contract,
    make_topic,
)
from tests.support.admin_pages import changelist, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def rows_of(model: type[Model], office) -> object:
    makers = {
        Group: lambda: make_group(office=office),
        Member: lambda: make_member(group=make_group(office=office)),
        Approval: lambda: make_approval(group=make_group(office=office)),
        Enabler: lambda: make_enabler(office=office),
        RoleContract: lambda: make_role_contract(group=make_group(office=office)),
        Municipality: lambda: make_municipality(office=office),
        Topic: make_topic,
        Organisation: make_organisation,
        DutyBearer: make_duty_bearer,
    }
    return makers[model]()


SCOPED = [Group, Member, Approval, Enabler, RoleContract]


@pytest.mark.parametrize("model", SCOPED)
def test_what_belongs_to_other_offices_does_not_exist(client, model, office, other_office_leader):
    row = rows_of(model, office)

    assert client.get(page(row)).status_code == 302
    client.force_login(other_office_leader)

    assert client.get(page(row)).status_code == 404
    assert client.post(page(row), {}).status_code == 404
    assert "0 " in text_of(client.get(changelist(model)))


@pytest.mark.parametrize("command", ["rename", "add-member", "ask", "agree-role"])
def test_commands_on_groups_of_other_offices(client, group, other_office_leader, command):
    client.force_login(other_office_leader)

    assert client.get(do(group, command)).status_code == 404
    assert client.post(do(group, command)).status_code == 404


@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Group, 11),
        (Member, 8),
        (Approval, 8),
        (Enabler, 9),
        (RoleContract, 8),
        (Municipality, 9),
        (Topic, 8),
        (Organisation, 8),
        (DutyBearer, 9),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_costs_the_same(client, programme_manager, office, model, queries, rows, django_assert_num_queries):
    client.force_login(programme_manager)
    for _each in range(rows):
        rows_of(model, office)

    with django_assert_num_queries(queries):
        assert client.get(changelist(model)).status_code == 200


def test_an_editor_sees_no_group_and_a_leader_edits_no_register(client, editor, leader, group):
    client.force_login(editor)
    for model in SCOPED:
        assert client.get(changelist(model)).status_code == 403
    client.force_login(leader)

    assert client.get(reverse("admin:groups_topic_add")).status_code == 403
    assert client.get(changelist(Topic)).status_code == 200
