from datetime import timedelta
from typing import Any

import pytest

from groups.enums import MemberRole, SupportKind
from groups.models import Group, Member
from people.enums import Role
from people.models import Message, Office, User
from support.actions import decisions
from support.enums import MeetingState, Phase, RequestStatus, SlotState
from support.models import SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_group,
    make_link,
    make_meeting,
    make_request,
    make_slot,
    make_staff,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def sent() -> list[tuple[str, str]]:
    """Every message in the outbox: kind, and who gets it."""
    rows = Message.objects.select_related("contact", "user").order_by("pk")
    return [(row.kind, str(row.contact or row.user)) for row in rows]


def accept(support_request: SupportRequest, by: User, **kwargs: Any) -> SupportPeriod:
    fields: dict[str, Any] = {"alias": "Värmegruppen", "supports": [SupportKind.STARTUP], "now": NOW} | kwargs
    return decisions.accept_request(support_request, by=by, **fields)


def test_accepting_creates_the_group_and_opens_a_period(leader: User, office: Office) -> None:
    support_request = make_request(office=office, size_band="5-9", area="Norra")
    make_slot(support_request=support_request, leader=leader)

    period = accept(support_request, leader)

    support_request.refresh_from_db()
    group = Group.objects.get()
    assert (group.alias, group.office, group.size_band, group.area) == ("Värmegruppen", office, "5-9", "Norra")
    assert list(Member.objects.values_list("contact", "role")) == [
        (support_request.contact_id, MemberRole.CONTACT_PERSON)
    ]
    assert (support_request.status, support_request.group) == (RequestStatus.ACCEPTED, group)
    assert (period.group, period.leader, period.phase, period.supports) == (group, leader, Phase.START, ["startup"])
    assert period.check_ins.get().expected == TODAY + timedelta(days=7)
    assert support_request.slots.get().state == SlotState.WITHDRAWN
    assert sent() == [("support.request_accepted", "Alva")]
    assert "Värmegruppen" not in Message.objects.get().subject


def test_accepting_twice_gives_the_same_period(leader: User, office: Office) -> None:
    support_request = make_request(office=office)

    first = accept(support_request, leader)
    second = accept(support_request, leader, now=LATER)

    assert first == second
    assert (Group.objects.count(), SupportPeriod.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_of_two_who_say_yes_to_different_groups_the_second_hears_which_it_became(
    leader: User, colleague: User, office: Office
) -> None:
    support_request = make_request(office=office)
    accept(support_request, leader)

    with pytest.raises(decisions.AlreadyAccepted) as refusal:
        accept(support_request, colleague, now=LATER, alias="Något annat")

    assert refusal.value.group.alias == "Värmegruppen"
    assert (Group.objects.count(), SupportPeriod.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_a_group_is_not_named_after_the_person(leader: User, office: Office) -> None:
    support_request = make_request(office=office, contact=make_contact(called="Alva"))

    with pytest.raises(decisions.AliasNamesPerson):
        accept(support_request, leader, alias="  alva ")

    support_request.refresh_from_db()
    assert (support_request.status, Group.objects.count()) == (RequestStatus.RECEIVED, 0)


def test_a_new_group_needs_an_alias(leader: User, office: Office) -> None:
    with pytest.raises(decisions.AliasNeeded):
        accept(make_request(office=office), leader, alias=" ")


def test_a_request_can_join_a_group_that_is_there(leader: User, office: Office) -> None:
    group = make_group(office=office)

    period = accept(make_request(office=office), leader, group=group, alias="")

    assert (period.group, Group.objects.count(), group.members.count()) == (group, 1, 1)


def test_joining_a_group_at_work_keeps_its_period(leader: User, office: Office) -> None:
    first = accept(make_request(office=office), leader)

    second = accept(make_request(office=office), leader, group=first.group)

    assert second == first
    assert first.group.members.count() == 2


def test_a_group_of_a_foreign_office_cannot_be_joined(leader: User, office: Office, other_office: Office) -> None:
    with pytest.raises(decisions.OtherOffice):
        accept(make_request(office=office), leader, group=make_group(office=other_office))


def test_a_request_from_the_common_queue_gets_the_office_of_the_leader(leader: User, office: Office) -> None:
    support_request = make_request(office=None)

    period = accept(support_request, leader)

    support_request.refresh_from_db()
    assert (period.office, support_request.office) == (office, office)


def test_someone_who_works_everywhere_says_which_office(office: Office) -> None:
    manager = make_staff(Role.PROGRAMME_MANAGER)
    support_request = make_request(office=None)

    with pytest.raises(decisions.OfficeNeeded):
        accept(support_request, manager)

    assert accept(support_request, manager, office=office).office == office


def test_a_request_is_referred_with_where_to_turn(leader: User, office: Office) -> None:
    support_request = make_request(office=office)
    link = make_link(about=support_request)
    meeting = make_meeting(support_request=support_request, leader=leader)

    decisions.refer_request(
        support_request, reason="Det gäller bostad.", turn_to="Hyresgästföreningen", by=leader, now=NOW
    )
    decisions.refer_request(support_request, reason="Igen", turn_to="Igen", by=leader, now=LATER)

    support_request.refresh_from_db()
    meeting.refresh_from_db()
    link.refresh_from_db()
    assert (support_request.status, support_request.reason, support_request.turn_to) == (
        RequestStatus.REFERRED,
        "Det gäller bostad.",
        "Hyresgästföreningen",
    )
    assert meeting.state == MeetingState.CANCELLED_BY_US
    assert link.code_freed_at == NOW + timedelta(days=365)
    assert sent() == [("support.meeting_cancelled", "Alva"), ("support.request_referred", "Alva")]
    assert "Hyresgästföreningen" in Message.objects.get(kind="support.request_referred").text


def test_a_no_needs_a_reason_and_where_to_turn(leader: User) -> None:
    with pytest.raises(decisions.ReasonNeeded):
        decisions.decline_request(make_request(), reason="Nej.", turn_to=" ", by=leader, now=NOW)


def test_a_declined_request_cannot_be_accepted(leader: User, office: Office) -> None:
    support_request = make_request(office=office)
    decisions.decline_request(support_request, reason="Det går inte.", turn_to="Kommunen", by=leader, now=NOW)

    with pytest.raises(decisions.RequestClosed):
        accept(support_request, leader)
