"""Who may do what follows from the roles held today, and who sees what from the offices they hold them at."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from people.actions.links import open_link
from people.backends import RoleBackend
from people.clock import today
from people.enums import LinkPurpose, Role
from people.models import CallTask, Contact, Message, PrivateLink, StaffRole, User
from people.permissions import GRANTS, can_manage_account
from support.enums import RequestStatus
from tests.factories import (
    NOW,
    make_contact,
    make_enabler,
    make_group,
    make_member,
    make_message,
    make_request,
    make_staff,
)

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    """As the next request loads it: permissions are remembered on the object."""
    return User.objects.get(pk=user.pk)


def test_every_role_has_its_line_in_the_table():
    assert set(GRANTS) == set(Role)


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (Role.LEADER, "support.change_supportrequest", "support.delete_supportrequest"),
        (Role.LEADER, "people.change_contact", "people.view_user"),
        (Role.LEADER, "groups.view_dutybearer", "groups.change_dutybearer"),
        (Role.OFFICE_MANAGER, "support.change_officepolicy", "people.change_office"),
        (Role.EDITOR, "groups.change_dutybearer", "support.view_supportrequest"),
        (Role.EDITOR, "training.change_course", "training.view_session"),
        (Role.LEADER, "training.change_registration", "training.change_course"),
        (Role.PROGRAMME_MANAGER, "people.view_accesslog", "people.change_user"),
        (Role.ADMINISTRATOR, "people.add_user", "people.delete_user"),
        (Role.ADMINISTRATOR, "people.delete_staffrole", "mfa.view_authenticator"),
    ],
)
def test_a_role_may_what_its_line_says(role, may, may_not):
    user = make_staff(role)

    assert (user.has_perm(may), user.has_perm(may_not)) == (True, False)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TREASURER])
def test_editors_and_treasurers_see_no_case_and_no_contact(role):
    user = make_staff(role)
    make_request()

    assert not user.has_module_perms("support")
    assert not Contact.objects.visible_to(user).exists()


def test_an_editor_may_just_what_public_texts_and_registers_take():
    user = make_staff(Role.EDITOR)

    registers = ("municipality", "topic", "organisation", "dutybearer")
    texts = [model._meta.model_name for model in apps.get_app_config("knowledge").get_models()]
    models = [f"groups.{{}}_{name}" for name in registers] + [f"knowledge.{{}}_{name}" for name in texts]
    jobs = "people.{}_job"  # the making of a handbook: each is its owner's, and holds no case
    actions = ("view", "add", "change")
    courses = "training.{}_course"
    may = [*models, jobs, courses]
    assert user.get_all_permissions() == {model.format(action) for model in may for action in actions}


def test_a_treasurer_may_nothing_yet():
    assert make_staff(Role.TREASURER).get_all_permissions() == set()


def test_a_role_counts_from_its_first_to_its_last_day_only(office):
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    day = {name: today() + timedelta(days=shift) for name, shift in days.items()}

    def may(starts_on: date, ends_on: date | None) -> bool:
        user = make_staff(Role.EDITOR)
        StaffRole.objects.create(user=user, office=office, role=Role.LEADER, starts_on=starts_on, ends_on=ends_on)
        return fresh(user).has_perm("support.view_supportrequest")

    assert may(day["today"], day["today"])
    assert may(day["yesterday"], None)
    assert not may(day["tomorrow"], None)
    assert not may(day["yesterday"], day["yesterday"])


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}])
def test_a_role_without_an_account_in_order_allows_nothing(leader, fields):
    User.objects.filter(pk=leader.pk).update(**fields)

    assert fresh(leader).get_all_permissions() == set()


def test_outsiders_and_strangers_may_nothing(outsider):
    assert outsider.get_all_permissions() == set()
    assert RoleBackend().get_all_permissions(AnonymousUser()) == set()


def test_the_programmes_roles_given_for_one_office_do_not_reach_accounts(office):
    user = make_staff(Role.ADMINISTRATOR, office=office)

    assert user.has_perm("support.change_officepolicy")
    assert not any(
        user.has_perm(f"people.{action}_{model}") for action in ("view", "change") for model in ("user", "staffrole")
    )


def test_asked_about_a_row_the_row_must_be_ones_own(leader, other_office_leader, office):
    support_request = make_request(office=office)

    assert leader.has_perm("support.change_supportrequest", support_request)
    assert not other_office_leader.has_perm("support.change_supportrequest", support_request)


def test_permissions_cost_one_query_however_often_they_are_asked(leader, django_assert_num_queries):
    with django_assert_num_queries(1):
        for perm in ("support.view_supportrequest", "people.view_user", "groups.add_group"):
            leader.has_perm(perm)
        leader.has_module_perms("support")


def test_only_a_superuser_changes_a_superuser(administrator, leader):
    root = make_staff(Role.ADMINISTRATOR, is_superuser=True)

    assert can_manage_account(administrator, leader)
    assert not can_manage_account(administrator, root)
    assert can_manage_account(root, administrator)
    assert not can_manage_account(leader, administrator)


def owned_contacts(office) -> set[Contact]:
    """A contact of each kind of work at the office."""
    return {
        make_request(office=office).contact,
        make_member(group=make_group(office=office)).contact,
        make_enabler(office=office).contact,
    }


def test_contacts_are_seen_through_the_work_they_belong_to(
    leader, other_office_leader, administrator, office, other_office
):
    ours, theirs = owned_contacts(office), owned_contacts(other_office)
    make_contact()

    assert set(Contact.objects.visible_to(leader)) == ours
    assert set(Contact.objects.visible_to(other_office_leader)) == theirs
    assert set(Contact.objects.visible_to(administrator)) == ours | theirs
    assert not Contact.objects.visible_to(AnonymousUser()).exists()


def test_the_contact_of_an_unsent_draft_is_seen_by_nobody(administrator):
    make_request(status=RequestStatus.DRAFT, received_at=None, promised_by=None)
    root = make_staff(Role.ADMINISTRATOR, is_superuser=True)

    assert not Contact.objects.visible_to(administrator).exists()
    assert not Contact.objects.visible_to(root).exists()


def test_messages_links_and_calls_are_seen_with_their_contact(leader, other_office_leader, office):
    support_request = make_request(office=office)
    told = open_link(LinkPurpose.SUPPORT, contact=support_request.contact, about=support_request, now=NOW)
    message = make_message(contact=support_request.contact)
    call = CallTask.objects.create(message=message, contact=support_request.contact, created_at=NOW)

    def seen_by(user: User) -> list:
        return [
            *Message.objects.visible_to(user),
            *PrivateLink.objects.visible_to(user),
            *CallTask.objects.visible_to(user),
        ]

    assert seen_by(leader) == [message, told.link, call]
    assert seen_by(other_office_leader) == []


def test_messages_to_staff_are_seen_by_who_got_them_and_by_administrators(leader, colleague, administrator, office):
    message = make_message(user=leader, office=office)

    assert [list(Message.objects.visible_to(user)) for user in (leader, administrator, colleague)] == [
        [message],
        [message],
        [],
    ]
