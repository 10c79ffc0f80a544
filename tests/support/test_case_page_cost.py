"""The page of a case asks the database as often however much there is in the case."""

import pytest

from groups.enums import MemberRole
from people.models import AccessLog
from support.enums import CheckInState, RequestStatus
from support.models import SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    make_approval,
    make_check_in,
    make_contact,
    make_group,
    make_item,
    make_link,
    make_log_entry,
    make_member,
    make_message,
    make_period,
    make_request,
    make_role_contract,
    make_staff,
)
from tests.support.admin_pages import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def support_request(office, leader) -> SupportRequest:
    support_request = make_request(office=office, leader=leader, status=RequestStatus.IN_REVIEW)
    make_link(about=support_request)
    return support_request


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office)
    member = make_member(group=group)
    make_request(office=office, group=group, contact=member.contact, status=RequestStatus.ACCEPTED)
    return make_period(group=group, office=office, leader=leader)


@pytest.mark.parametrize("rows", [1, 3, 45])
def test_the_page_of_a_request_costs_the_same(as_leader, support_request, leader, rows, django_assert_num_queries):
    for _each in range(rows):
        make_log_entry(support_request=support_request, user=leader)
        make_log_entry(support_request=support_request, kind="question", contact=support_request.contact)
        make_message(contact=support_request.contact)
    as_leader.get(page(support_request))

    with django_assert_num_queries(17):
        as_leader.get(page(support_request))


@pytest.mark.parametrize("rows", [1, 3, 12])
def test_the_page_of_a_period_costs_the_same(as_leader, period, leader, office, rows, django_assert_num_queries):
    for number in range(rows):
        member = make_member(group=period.group, contact=make_contact(), role=MemberRole.MEMBER)
        make_item(period=period)
        make_check_in(period=period, number=number + 1, state=CheckInState.ANSWERED, asked_at=NOW, answered_at=NOW)
        make_log_entry(period=period, user=leader)
        make_log_entry(period=period, kind="question", contact=member.contact)
        make_message(contact=member.contact)
        make_role_contract(group=period.group)
        make_approval(group=period.group)
        AccessLog.objects.create(
            user=make_staff(office=office),
            what="read",
            about_model="support.supportperiod",
            about_id=period.pk,
            at=NOW,
            last_at=NOW,
        )
    as_leader.get(page(period))

    with django_assert_num_queries(24):
        as_leader.get(page(period))
