"""Two requests about the same thing are worked with as one, and nothing of one is told to the other."""

from datetime import timedelta

import pytest

from groups.models import Member
from people.enums import Channel
from people.models import Message
from support.actions import decisions, handling, joining
from support.actions.own_page import delete_request
from support.actions.requests import save_answers
from support.actions.sweeps import own_up_to_broken_promises, warn_of_promises
from support.enums import RequestStatus
from support.models import LogEntry, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_meeting,
    make_municipality,
    make_office,
    make_request,
    make_staff,
)
from tests.support.drafts import linked
from tests.support.walking import come_in

pytestmark = pytest.mark.django_db

SAID = {"reason": "Vi arbetar inte med det.", "turn_to": "Kommunen"}


@pytest.fixture
def main(office) -> SupportRequest:
    return with_link(make_request(office=office, contact=make_contact(called="Alva")))


@pytest.fixture
def joined(office, main, leader) -> SupportRequest:
    row = with_link(make_request(office=office, contact=make_contact(called="Bo"), what="Bos egna ord."))
    joining.join_request(row, to=main, by=leader, now=NOW)
    return fresh(row)


def with_link(row: SupportRequest) -> SupportRequest:
    linked(row)
    return row


def fresh(row: SupportRequest) -> SupportRequest:
    return SupportRequest.objects.get(pk=row.pk)


def kinds_to(row: SupportRequest) -> list[str]:
    return list(Message.objects.filter(contact=row.contact_id).order_by("pk").values_list("kind", flat=True))


def test_a_joined_request_leaves_the_queue_and_its_person_is_told_nothing(office, main, leader):
    row = make_request(office=office)

    stays = joining.join_request(row, to=main, by=leader, now=NOW)

    assert (stays.pk, fresh(row).joined_to, fresh(row).joined_by, fresh(row).joined_at) == (main.pk, main, leader, NOW)
    assert list(SupportRequest.objects.open()) == [main]
    assert Message.objects.count() == 0
    assert list(LogEntry.objects.values_list("is_internal", flat=True)) == [True, True]


def test_joining_again_or_the_other_way_changes_nothing(main, joined, leader):
    before = list(SupportRequest.objects.order_by("pk").values())

    joining.join_request(joined, to=main, by=leader, now=NOW)
    joining.join_request(main, to=joined, by=leader, now=NOW)

    assert list(SupportRequest.objects.order_by("pk").values()) == before


def test_there_are_never_chains(office, main, joined, leader):
    third, fourth = make_request(office=office), make_request(office=office)

    joining.join_request(third, to=joined, by=leader, now=NOW)
    joining.join_request(main, to=fourth, by=leader, now=NOW)

    assert {row.joined_to_id for row in map(fresh, (main, joined, third))} == {fourth.pk}
    assert fresh(fourth).joined_to is None


def test_what_is_joined_is_parted_before_it_is_joined_elsewhere(office, joined, leader):
    with pytest.raises(joining.JoinedToAnother):
        joining.join_request(joined, to=make_request(office=office), by=leader, now=NOW)


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"status": RequestStatus.DECLINED}, joining.RequestClosed),
        ({"status": RequestStatus.DRAFT}, joining.RequestClosed),
        ({"office": None}, joining.NotTheSameOffice),
    ],
)
def test_what_is_decided_unsent_or_elsewhere_is_not_joined(main, office, leader, other, refusal):
    row = make_request(**{"office": office} | other)

    for one, to in ((row, main), (main, row)):
        with pytest.raises(refusal):
            joining.join_request(one, to=to, by=leader, now=NOW)
    assert SupportRequest.objects.filter(joined_to__isnull=False).count() == 0


def test_nothing_is_joined_to_itself_or_across_offices(main, leader):
    elsewhere = make_request(office=make_office())

    with pytest.raises(joining.NothingToJoin):
        joining.join_request(main, to=main, by=leader, now=NOW)
    with pytest.raises(joining.NotTheSameOffice):
        joining.join_request(elsewhere, to=main, by=leader, now=NOW)


def test_parted_it_is_back_in_the_queue_with_its_promise_as_it_was(office, main, leader):
    row = make_request(office=office, promised_by=TODAY + timedelta(days=2))
    before = SupportRequest.objects.filter(pk=row.pk).values().get()
    joining.join_request(row, to=main, by=leader, now=NOW)

    joining.part_request(fresh(row), by=leader, now=NOW)
    joining.part_request(fresh(row), by=leader, now=NOW)

    assert SupportRequest.objects.filter(pk=row.pk).values().get() == before
    assert set(SupportRequest.objects.open()) == {main, row}


def test_whoever_takes_the_one_has_the_other_and_each_hears_it(main, joined, leader):
    handling.take_request(main, by=leader, now=NOW)

    for row in map(fresh, (main, joined)):
        assert (row.leader, row.status, row.first_answer_at) == (leader, RequestStatus.IN_REVIEW, NOW)
        assert kinds_to(row) == ["support.request_taken"]
        assert row.log.filter(is_internal=False).count() == 1


def test_who_waits_for_a_call_waits_until_they_are_called_themselves(office, main, leader):
    row = with_link(make_request(office=office, contact=make_contact(channel=Channel.CALL)))
    joining.join_request(row, to=main, by=leader, now=NOW)

    handling.take_request(main, by=leader, now=NOW)

    assert fresh(main).first_answer_at == NOW
    assert (fresh(row).leader, fresh(row).first_answer_at) == (leader, None)


def test_joined_to_one_that_is_taken_the_person_hears_who_has_their_case(office, main, leader, colleague):
    handling.take_request(main, by=leader, now=NOW)
    row = with_link(make_request(office=office))

    joining.join_request(row, to=fresh(main), by=colleague, now=NOW)

    assert fresh(row).leader == leader
    assert kinds_to(row) == ["support.request_taken"]


def test_a_promise_is_kept_to_each_person_also_behind_another(office, main, office_manager, leader):
    due, broken = (with_link(make_request(office=office, promised_by=TODAY + timedelta(days=days))) for days in (0, -3))
    for row in (due, broken):
        joining.join_request(row, to=main, by=leader, now=NOW)

    assert (warn_of_promises(NOW), own_up_to_broken_promises(NOW)) == (1, 1)
    assert kinds_to(broken) == ["support.request_late"]
    assert list(Message.objects.filter(user=office_manager).order_by("pk").values_list("kind", "about_id")) == [
        ("support.promise_at_risk", due.pk),
        ("support.promise_broken", broken.pk),
    ]


def test_a_yes_holds_for_those_who_said_yes_themselves(office, main, joined, leader):
    other = with_link(make_request(office=office))
    joining.join_request(other, to=main, by=leader, now=NOW)

    period = decisions.accept_request(main, by=leader, now=NOW, supports=[], alias="Hissgruppen", also=[joined])

    assert (fresh(joined).status, fresh(joined).group) == (RequestStatus.ACCEPTED, period.group)
    assert list(Member.objects.order_by("pk").values_list("contact__called", "role")) == [
        ("Alva", "contact_person"),
        ("Bo", "member"),
    ]
    assert kinds_to(joined) == ["support.request_accepted"]
    back = fresh(other)
    assert (back.status, back.joined_to, back.group) == (RequestStatus.IN_REVIEW, None, None)
    assert (back.leader, back.next_step) == (leader, "Fråga om personen vill vara med i gruppen")
    assert kinds_to(other) == ["support.request_taken"]
    assert list(SupportRequest.objects.open()) == [other]


@pytest.mark.parametrize(
    ("decide", "status"),
    [(decisions.refer_request, RequestStatus.REFERRED), (decisions.decline_request, RequestStatus.DECLINED)],
)
def test_a_no_holds_for_those_the_leader_names(office, main, joined, leader, decide, status):
    other = with_link(make_request(office=office))
    joining.join_request(other, to=main, by=leader, now=NOW)

    decide(main, **SAID, by=leader, now=NOW, also=[joined])

    assert (fresh(joined).status, fresh(joined).reason, fresh(joined).decided_at) == (status, SAID["reason"], NOW)
    assert kinds_to(joined) == [f"support.request_{status}"]
    assert (fresh(other).is_open, fresh(other).joined_to, fresh(other).reason) == (True, None, "")


def test_only_what_is_joined_can_be_decided_along(office, main, leader):
    stranger = make_request(office=office)

    decisions.decline_request(main, **SAID, by=leader, now=NOW, also=[stranger])

    assert fresh(stranger).status == RequestStatus.RECEIVED


def test_a_joined_request_is_not_taken_or_decided_by_itself(joined, leader):
    for refused in (
        lambda: handling.take_request(joined, by=leader, now=NOW),
        lambda: decisions.accept_request(joined, by=leader, now=NOW, supports=[], alias="Hissgruppen"),
        lambda: decisions.decline_request(joined, **SAID, by=leader, now=NOW),
    ):
        with pytest.raises(joining.JoinedToAnother):
            refused()
    assert fresh(joined).status == RequestStatus.RECEIVED


def test_nothing_of_one_is_told_to_the_other(main, joined, leader):
    handling.take_request(main, by=leader, now=NOW)
    decisions.accept_request(fresh(main), by=leader, now=NOW, supports=[], alias="Hissgruppen", also=[joined])

    told = [
        f"{one.subject} {one.text} {one.short} {one.neutral}" for one in Message.objects.filter(contact=main.contact)
    ]
    told += main.log.filter(is_internal=False).values_list("text", flat=True)
    assert len(told) == 4
    for text in told:
        assert "Bo" not in text.split()
        assert joined.contact.email not in text
        assert "Bos egna ord." not in text


def test_when_the_main_one_is_taken_back_the_other_is_in_the_queue_again(main, joined):
    delete_request(main, now=NOW)

    assert (fresh(joined).joined_to, fresh(joined).is_open, fresh(joined).what) == (None, True, "Bos egna ord.")


def test_a_joined_one_that_is_taken_back_stands_by_itself(main, joined):
    delete_request(joined, now=NOW)

    assert (fresh(joined).status, fresh(joined).joined_to) == (RequestStatus.WITHDRAWN, None)
    assert fresh(main).is_open


@pytest.mark.parametrize("who", ["main", "joined"])
def test_who_turns_out_to_live_elsewhere_is_parted(main, joined, who):
    make_municipality(name="Bergsby", office=make_office())
    moved = {"main": main, "joined": joined}[who]

    save_answers(moved, question="var", values={"place": "Bergsby", "area": ""}, now=NOW)

    assert fresh(joined).joined_to is None
    assert fresh(main).office != fresh(joined).office


def test_meetings_of_a_joined_person_are_not_shown_to_the_group(client, main, joined, leader):
    make_meeting(support_request=joined, leader=leader, place="Hemma hos Bo")
    decisions.accept_request(main, by=leader, now=NOW, supports=[], alias="Hissgruppen", also=[joined])
    come_in(client, main.contact.links.get())

    response = client.get("/min-sida/", follow=True)

    assert response.status_code == 200
    assert "Hemma hos Bo" not in response.content.decode()


def test_given_to_a_colleague_the_joined_one_goes_along_unless_another_has_it(main, joined, leader, colleague, office):
    third = make_staff(office=office)
    own = with_link(make_request(office=office, leader=third))
    joining.join_request(own, to=main, by=leader, now=NOW)
    handling.take_request(main, by=leader, now=NOW)

    handling.give_request_to(fresh(main), to=colleague, by=leader, now=NOW)

    assert (fresh(main).leader, fresh(joined).leader, fresh(own).leader) == (colleague, colleague, third)


def test_what_is_joined_is_not_left_with_someone_who_no_longer_works_with_it(main, joined, leader, other_office_leader):
    SupportRequest.objects.filter(pk=joined.pk).update(leader=other_office_leader)

    handling.take_request(main, by=leader, now=NOW)

    assert fresh(joined).leader == leader
