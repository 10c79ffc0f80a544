"""The people app in the admin: what staff see, what stays hidden, and what each page costs."""

from http import HTTPStatus

import pytest
from django.contrib import admin

from people.actions.way_in import enter_by_token
from people.admin.base import PlainAdmin
from people.enums import MessageState, Role
from people.models import AccessLog, CallTask, Contact, Heartbeat, Message, Office, PrivateLink, StaffRole, User
from tests.factories import NOW, TODAY, make_message, make_staff
from tests.people.admin_pages import our_contact, our_link, page

pytestmark = pytest.mark.django_db


def a_row_of_each(office: Office) -> dict[type, int]:
    told = our_link(office)
    message = make_message(contact=told.link.contact)
    call = CallTask.objects.create(message=message, contact=told.link.contact, created_at=NOW)
    return {Contact: told.link.contact.pk, PrivateLink: told.link.pk, Message: message.pk, CallTask: call.pk}


def test_a_leader_opens_every_list_and_page_of_the_own_office(as_leader, office):
    for model, pk in a_row_of_each(office).items():
        assert as_leader.get(page(model)).status_code == HTTPStatus.OK
        assert as_leader.get(page(model, pk)).status_code == HTTPStatus.OK
        assert as_leader.get(page(model, pk, "history")).status_code == HTTPStatus.OK


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_rows_of_another_office_are_answered_as_if_they_did_not_exist(as_leader, other_office, name):
    for model, pk in a_row_of_each(other_office).items():
        foreign, missing = (as_leader.get(page(model, one, name)) for one in (pk, 999_999))

        assert foreign.status_code == missing.status_code
        assert foreign.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
        assert as_leader.get(page(model, "x", name)).status_code == foreign.status_code


def test_commands_on_rows_of_another_office_do_nothing(as_leader, other_office):
    told = our_link(other_office)
    contact = told.link.contact

    for name in ("way", "safe", "unsafe", "protect", "reveal", "unprotect"):
        assert as_leader.post(page(Contact, contact.pk, name), {"reason": "x"}).status_code == HTTPStatus.NOT_FOUND
    for name in ("reissue", "lock", "unlock", "revoke"):
        assert as_leader.post(page(PrivateLink, told.link.pk, name)).status_code == HTTPStatus.NOT_FOUND
    assert enter_by_token(told.token, now=NOW) == told.link


def test_history_of_a_row_one_may_not_see_tells_nothing(client, treasurer, leader):
    """Django alone answers 403 for a row that exists and 302 for one that does not."""
    client.force_login(treasurer)

    statuses = {client.get(page(User, pk, "history")).status_code for pk in (leader.pk, 999_999)}

    assert statuses == {HTTPStatus.FORBIDDEN}


@pytest.mark.parametrize("model", [Contact, PrivateLink, Message, CallTask, Office, User, AccessLog, Heartbeat])
def test_strangers_are_sent_to_sign_in_and_outsiders_are_refused(client, outsider, treasurer, model):
    assert client.get(page(model)).headers["Location"].startswith("/admin/login/")
    client.force_login(outsider)
    assert client.get(page(model), follow=True).status_code == HTTPStatus.FORBIDDEN
    client.force_login(treasurer)
    assert client.get(page(model)).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "query", ["q=%00", "channel__exact=%00", "o=%00", "%00=1", "p=%00", "q=%ff%fe", "q=" + "x" * 5000]
)
def test_hostile_queries_are_answered(as_leader, office, query):
    our_contact(office)

    assert as_leader.get(f"{page(Contact)}?{query}", follow=True).status_code < HTTPStatus.INTERNAL_SERVER_ERROR


def fill(office: Office, rows: int) -> None:
    for number in range(rows):
        told = our_link(office)
        message = make_message(contact=told.link.contact, state=MessageState.SENT)
        CallTask.objects.create(message=message, contact=told.link.contact, created_at=NOW, done_by=make_staff())
        user = make_staff(office=office)
        StaffRole.objects.create(user=user, role=Role.EDITOR, starts_on=TODAY)
        AccessLog.objects.create(user=user, what="reveal", about_model="people.contact", about_id=number, at=NOW)
        Heartbeat.objects.create(
            name=f"sweep {number} {Heartbeat.objects.count()}", started_at=NOW, finished_at=NOW, programme_time=NOW
        )


@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Contact, 7),
        (PrivateLink, 7),
        (Message, 8),
        (CallTask, 8),
        (Office, 8),
        (User, 11),
        (AccessLog, 11),
        (Heartbeat, 6),
    ],
)
def test_a_list_takes_as_many_queries_for_three_rows_as_for_one(
    as_administrator, office, django_assert_num_queries, model, queries
):
    fill(office, 1)
    with django_assert_num_queries(queries):
        as_administrator.get(page(model))

    fill(office, 2)
    with django_assert_num_queries(queries):
        as_administrator.get(page(model))


def test_every_admin_page_of_ours_is_scoped_or_of_the_whole_programme():
    ours = [one for model, one in admin.site._registry.items() if model._meta.app_label == "people"]

    assert len(ours) == 10
    others = [type(one).__name__ for one in ours if not isinstance(one, PlainAdmin)]
    assert others == ["CalendarFeedAdmin"]  # one page of one's own, and no rows


def test_what_leaders_work_in_all_day_comes_first(as_leader):
    shown = as_leader.get("/admin/allt/").context["app_list"]

    assert [app["app_label"] for app in shown] == ["support", "groups", "people", "training"]


def test_pages_of_other_packages_are_left_out_of_the_admin(as_administrator):
    apps = {model._meta.app_label for model in admin.site._registry}

    assert apps == {"people", "groups", "support", "knowledge", "training"}
    assert as_administrator.get("/admin/auth/group/").status_code == HTTPStatus.NOT_FOUND
