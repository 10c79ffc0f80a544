"""The same done to many rows of a list: what is left out and why, whose rows they are, and that nothing doubles."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Office, User
from support.models import LogEntry, SupportPeriod, SupportRequest
from tests.factories import (
    make_period,
    make_request,
)
from tests.support.admin_pages import text_of
from tests.support.bulk_kit import bulk, hidden, press, shown, take_along, three_requests

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.fixture
def three(office: Office) -> list[SupportRequest]:
    return three_requests(office)


def test_ticked_rows_are_taken_along_to_their_page(as_leader: Client, three: list[SupportRequest]) -> None:
    ticked = [three[2].pk, three[0].pk]

    response = take_along(
        as_leader, SupportRequest, "?show=new", action="take", which="ticked", _selected_action=ticked
    )

    assert response["Location"] == (
        f"/admin/support/supportrequest/flera/take/?pks={ticked[0]},{ticked[1]}"
        "&back=%2Fadmin%2Fsupport%2Fsupportrequest%2F%3Fshow%3Dnew"
    )


def test_everything_the_list_shows_is_what_its_search_found(as_leader: Client, three: list[SupportRequest]) -> None:
    response = take_along(as_leader, SupportRequest, "?q=Gård+1", action="take", which="all")

    assert f"pks={three[1].pk}&" in response["Location"]


def test_a_page_is_what_stood_on_it(as_leader: Client, three: list[SupportRequest]) -> None:
    on_page = f"{three[0].pk},{three[1].pk}"

    response = take_along(as_leader, SupportRequest, action="take", which="page", on_page=on_page)

    assert f"pks={on_page}&" in response["Location"]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"action": "", "which": "all"}, "Välj vad du vill göra med raderna."),
        ({"action": "take", "which": "ticked"}, "Kryssa i minst en rad, eller välj alla."),
        ({"action": "give", "which": "all"}, "Välj vad du vill göra med raderna."),
    ],
)
def test_what_is_missing_is_said(
    as_leader: Client, three: list[SupportRequest], sent: dict[str, str], words: str
) -> None:
    take_along(as_leader, SupportRequest, **sent)

    assert words in text_of(as_leader.get(reverse("admin:support_supportrequest_changelist")))


def test_more_than_two_hundred_are_refused_in_words(as_leader: Client, office: Office) -> None:
    for _number in range(201):
        make_request(office=office)

    response = take_along(as_leader, SupportRequest, action="take", which="all")

    assert response["Location"] == reverse("admin:support_supportrequest_changelist")
    assert "högst 200 rader på en gång" in text_of(as_leader.get(response["Location"]))


def test_a_leader_takes_what_nobody_has(
    as_leader: Client, leader: User, colleague: User, three: list[SupportRequest]
) -> None:
    SupportRequest.objects.filter(pk=three[1].pk).update(leader=colleague)
    address = bulk(SupportRequest, "take", *three)

    page = as_leader.get(address)
    done = press(as_leader, address, page)

    assert shown(page, "De här raderna") == ["TALL 1000 · Gård 0 Blir ditt.", "TALL 1002 · Gård 2 Blir ditt."]
    assert shown(page, "lämnas som de är") == ["TALL 1001 · Gård 1 Sam Ek har det redan."]
    assert "Du har tagit 2 ärenden. 1 gick inte, och är som den var." in text_of(done)
    leaders = SupportRequest.objects.order_by("pk").values_list("leader", flat=True)
    assert list(leaders) == [leader.pk, colleague.pk, leader.pk]


def test_opening_the_page_changes_nothing(as_leader: Client, three: list[SupportRequest]) -> None:
    as_leader.get(bulk(SupportRequest, "take", *three))

    assert not SupportRequest.objects.exclude(leader=None).exists()
    assert not LogEntry.objects.exists()


def test_a_page_that_is_sent_twice_tells_the_same_and_does_nothing_twice(
    as_leader: Client, three: list[SupportRequest]
) -> None:
    address = bulk(SupportRequest, "take", *three)
    page = as_leader.get(address)

    first = press(as_leader, address, page)
    second = press(as_leader, address, page)

    assert "Du har tagit 3 ärenden." in text_of(first)
    assert text_of(second) == text_of(first)
    assert LogEntry.objects.count() == 3


def test_foreign_rows_are_as_if_they_were_not_there(
    as_leader: Client, three: list[SupportRequest], other_office: Office
) -> None:
    foreign = make_request(office=other_office, place="Hemligby")
    address = bulk(SupportRequest, "take", foreign, three[0])

    page = as_leader.get(address)
    done = press(as_leader, address, page, pks=str(foreign.pk), rows=hidden(page)["rows"])

    assert "Hemligby" not in text_of(page) + text_of(done)
    assert "Du har tagit 1 ärende." in text_of(done)
    foreign.refresh_from_db()
    assert foreign.leader is None


def test_only_foreign_rows_lead_back_to_the_list(as_leader: Client, other_office: Office) -> None:
    response = as_leader.get(bulk(SupportRequest, "take", make_request(office=other_office)))

    assert response["Location"] == reverse("admin:support_supportrequest_changelist")


def test_rows_cannot_be_put_into_the_page(as_leader: Client, three: list[SupportRequest]) -> None:
    address = bulk(SupportRequest, "take", three[0])
    page = as_leader.get(address)

    press(as_leader, address, page, rows=f"[{three[1].pk}]")

    assert not SupportRequest.objects.exclude(leader=None).exists()


def test_a_row_that_moved_office_meanwhile_is_left_out_without_its_name(
    as_leader: Client, three: list[SupportRequest], other_office: Office
) -> None:
    address = bulk(SupportRequest, "take", *three)
    page = as_leader.get(address)
    SupportRequest.objects.filter(pk=three[0].pk).update(office=other_office)

    done = press(as_leader, address, page)

    assert "Du har tagit 2 ärenden. 1 rad fanns inte kvar i din lista." in text_of(done)
    assert "Gård 0" not in text_of(done)


def test_a_manager_gives_to_a_leader_and_sees_what_each_has(
    client: Client, office_manager: User, leader: User, colleague: User, three: list[SupportRequest]
) -> None:
    SupportRequest.objects.filter(pk=three[0].pk).update(leader=leader)
    client.force_login(office_manager)
    address = bulk(SupportRequest, "give", *three)

    page = client.get(address)
    done = press(client, address, page, to=leader.pk)

    options = re.findall(r"<option[^>]*>([^<]+)</option>", page.content.decode())
    assert options[-3:] == [
        "Inga Holm – 0 grupper, 0 förfrågningar, tyngd 0,0",
        "Maja Lind – 0 grupper, 1 förfrågan, tyngd 1,0",
        "Sam Ek – 0 grupper, 0 förfrågningar, tyngd 0,0",
    ]
    assert "2 ärenden har en ny utvecklingsledare. 1 gick inte, och är som den var." in text_of(done)
    assert shown(done, "Det här gick inte") == ["TALL 1000 · Gård 0 Maja Lind har det redan."]
    assert set(SupportRequest.objects.values_list("leader", flat=True)) == {leader.pk}


def test_groups_are_given_in_the_same_way(client: Client, office_manager: User, leader: User, colleague: User) -> None:
    office = leader.roles.get().office
    period = make_period(office=office, leader=leader)
    client.force_login(office_manager)
    address = bulk(SupportPeriod, "give", period)

    press(client, address, client.get(address), to=colleague.pk)

    period.refresh_from_db()
    assert period.leader == colleague


def test_a_leader_gives_nothing_away(as_leader: Client, three: list[SupportRequest]) -> None:
    assert as_leader.get(bulk(SupportRequest, "give", *three)).status_code == 403
    assert as_leader.post(bulk(SupportRequest, "give", *three)).status_code == 403


def test_ticked_rows_are_fetched_through_the_page_for_files(as_leader: Client, three: list[SupportRequest]) -> None:
    ticked = [three[0].pk]

    response = take_along(
        as_leader, SupportRequest, "?show=new", action="fetch", which="ticked", _selected_action=ticked
    )

    expected = reverse("admin:support_export", args=["support.supportrequest"])
    assert response["Location"] == f"{expected}?show=new&pks={three[0].pk}"


def test_anonymous_goes_to_sign_in_and_others_are_refused(client: Client, outsider: User, editor: User) -> None:
    address = bulk(SupportRequest, "take", make_request())

    anonymous = client.get(address)
    client.force_login(editor)
    refused = client.get(address)
    client.force_login(outsider)
    outside = client.get(address)

    assert (anonymous.status_code, refused.status_code, outside.status_code) == (302, 403, 302)
    assert outside["Location"].startswith(anonymous["Location"].partition("?")[0])
