from datetime import timedelta
from typing import Any

import pytest

from groups import emails
from groups.actions import approvals, groups, roles
from groups.enums import ApprovalKind, Decision, EnablerRole, MemberRole
from groups.models import Approval, Enabler, Group, Member, Topic
from people.models import Message, Office, User
from tests.factories import NOW, TODAY, make_contact, make_enabler, make_group, make_link, make_member, make_topic

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def topic() -> Topic:
    """Stands for whatever the text is about."""
    return make_topic()


def ask(group: Group, topic: Topic, text: str = "Vi fick lekplatsen öppnad.") -> Approval:
    return approvals.ask_approval(
        group, kind=ApprovalKind.EXAMPLE, title="Er berättelse", text=text, about=topic, now=NOW
    )


def test_a_group_is_created_with_its_first_contact_person(office: Office) -> None:
    contact = make_contact()

    group = groups.create_group(alias="  Värme  gruppen ", office=office, contact=contact, now=NOW)

    member = group.members.get()
    assert (group.alias, member.contact, member.role) == ("Värme gruppen", contact, MemberRole.CONTACT_PERSON)
    assert groups.add_member(group, contact=contact, role=MemberRole.CONTACT_PERSON, now=LATER) == member


@pytest.mark.parametrize("alias", ["Alva", " alva", "ALVA "])
def test_a_group_never_has_a_persons_name(office: Office, alias: str) -> None:
    with pytest.raises(groups.AliasNamesPerson):
        groups.create_group(alias=alias, office=office, contact=make_contact(called="Alva"), now=NOW)
    with pytest.raises(groups.AliasNamesPerson):
        groups.rename_group(make_member(contact=make_contact(called="Alva")).group, alias=alias)


def test_a_group_has_an_alias(office: Office) -> None:
    with pytest.raises(groups.AliasEmpty):
        groups.create_group(alias=" ", office=office, now=NOW)


def test_who_has_left_can_come_back(member: Member) -> None:
    link = make_link(about=member)
    groups.leave_group(member, now=NOW)
    groups.leave_group(member, now=LATER)
    left_at = member.left_at
    link.refresh_from_db()
    freed_at = link.code_freed_at

    again = groups.add_member(member.group, contact=member.contact, now=LATER)

    link.refresh_from_db()
    assert (left_at, again, again.left_at) == (NOW, member, None)
    assert (freed_at, link.code_freed_at) == (NOW + timedelta(days=365), None)


def test_the_contact_persons_are_asked_and_the_text_is_not_in_the_message(member: Member, topic: Topic) -> None:
    make_link(contact=member.contact)
    make_member(group=member.group, contact=make_contact(called="Bo"), role=MemberRole.MEMBER)

    approval = ask(member.group, topic)

    message = Message.objects.get()
    assert (message.kind, message.contact) == ("groups.approval_asked", member.contact)
    assert message.link.endswith("/att-godkanna/")
    assert approval.text not in message.text
    assert list(Approval.objects.waiting()) == [approval]


def test_the_offices_leader_hears_that_the_question_did_not_arrive(
    member: Member, topic: Topic, leader: User, other_office_leader: User
) -> None:
    ask(member.group, topic)

    emails.office_hears(Message.objects.get(), NOW)
    emails.office_hears(Message.objects.get(user=None), NOW)

    assert [message.user for message in Message.objects.filter(kind="groups.message_failed")] == [leader]


def test_where_the_office_has_no_leader_those_of_other_offices_hear(
    member: Member, topic: Topic, other_office_leader: User
) -> None:
    ask(member.group, topic)

    emails.office_hears(Message.objects.get(), NOW)

    assert [message.user for message in Message.objects.exclude(user=None)] == [other_office_leader]


def test_the_same_text_is_asked_once(member: Member, topic: Topic) -> None:
    first = ask(member.group, topic)

    second = ask(member.group, topic, text=f"{first.text}\n")

    assert (second, Message.objects.count()) == (first, 1)


def test_a_changed_text_needs_a_new_yes(member: Member, topic: Topic) -> None:
    first = ask(member.group, topic)
    approvals.decide_approval(first, decision=Decision.YES, member=member, now=NOW)

    second = ask(member.group, topic, text="Vi fick lekplatsen öppnad och målad.")

    first.refresh_from_db()
    assert (first.superseded_at, second.decision) == (NOW, "")
    assert list(Approval.objects.in_force()) == []
    with pytest.raises(approvals.Superseded):
        approvals.decide_approval(first, decision=Decision.YES, member=member, now=LATER)


def test_the_group_answers_once(member: Member, topic: Topic) -> None:
    approval = ask(member.group, topic)

    approvals.decide_approval(approval, decision=Decision.YES, member=member, now=NOW)
    approvals.decide_approval(approval, decision=Decision.YES, member=member, now=LATER)

    assert (approval.decided_at, approval.decided_by) == (NOW, member)
    assert list(Approval.objects.in_force()) == [approval]
    with pytest.raises(approvals.AlreadyDecided):
        approvals.decide_approval(approval, decision=Decision.NO, member=member, now=LATER)


def test_a_yes_can_be_taken_back_and_asked_for_anew(member: Member, topic: Topic) -> None:
    approval = ask(member.group, topic)
    approvals.decide_approval(approval, decision=Decision.YES, member=member, now=NOW)

    approvals.take_back_approval(approval, member=member, now=NOW)
    approvals.take_back_approval(approval, member=member, now=LATER)
    new = ask(member.group, topic)

    assert approval.taken_back_at == NOW
    assert list(Approval.objects.in_force()) == []
    assert new != approval


def test_a_no_is_not_taken_back(member: Member, topic: Topic) -> None:
    approval = ask(member.group, topic)
    approvals.decide_approval(approval, decision=Decision.NO, member=member, now=NOW)

    with pytest.raises(approvals.NothingToTakeBack):
        approvals.take_back_approval(approval, member=member, now=NOW)


def test_only_a_current_member_decides(member: Member, topic: Topic) -> None:
    approval = ask(member.group, topic)
    groups.leave_group(member, now=NOW)

    for other in (member, make_member(group=make_group())):
        with pytest.raises(approvals.NotInTheGroup):
            approvals.decide_approval(approval, decision=Decision.YES, member=other, now=NOW)


def test_a_role_is_agreed_once_and_ended_by_the_group(member: Member, enabler: Enabler) -> None:
    terms: dict[str, Any] = {
        "enabler": enabler,
        "role": EnablerRole.MENTOR,
        "task": "Tänka högt",
        "review_on": TODAY + timedelta(days=30),
        "employer_is_duty_bearer": True,
        "now": NOW,
    }
    contract = roles.agree_role(member.group, **terms)

    same = roles.agree_role(member.group, **terms)
    roles.end_role(contract, now=NOW)
    roles.end_role(contract, now=LATER)

    assert (same, contract.agreed_on, contract.ended_at) == (contract, TODAY, NOW)
    message = Message.objects.get()
    assert (message.kind, message.contact) == ("groups.role_ended", enabler.contact)


def test_an_inactive_enabler_takes_on_nothing(member: Member, office: Office) -> None:
    with pytest.raises(roles.EnablerInactive):
        roles.agree_role(
            member.group,
            enabler=make_enabler(office=office, is_active=False),
            role=EnablerRole.MENTOR,
            task="Tänka högt",
            review_on=TODAY,
            employer_is_duty_bearer=False,
            now=NOW,
        )
