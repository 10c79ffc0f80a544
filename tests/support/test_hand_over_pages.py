"""The leader's pages of hand-overs, workload and cover: what they show, and to whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from groups.enums import SupportKind
from people.enums import Channel, Role
from people.models import StaffRole, User
from support.actions import hand_overs, periods
from support.enums import HandOverState, Outcome, RequestStatus, Urgency
from support.models import HandOver, SupportPeriod
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_group,
    make_link,
    make_log_entry,
    make_member,
    make_municipality,
    make_office,
    make_period,
    make_request,
    make_staff,
)
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

LIST = "/admin/support/handover/"
LOADS = f"{LIST}tyngd/"
COVER = f"{LIST}vikarie/"
NOTE = "De vill träffas på kvällar."
SECRETS = ("Värmegruppen", "Alva", "070", "TALL 7777", "Lekplatsen", "Vi pratade om nästa steg")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def period(leader, office) -> SupportPeriod:
    """A group with things that must not be told before someone has taken over."""
    group = make_group(
        office=office, alias="Värmegruppen", size_band="5-9", municipality=make_municipality(name="Lindhaga")
    )
    contact = make_contact(channel=Channel.SMS, phone="070-174 06 15", languages=["so"], wants_interpreter="yes")
    make_member(group=group, contact=contact)
    support_request = make_request(
        office=office, contact=contact, group=group, status=RequestStatus.ACCEPTED, urgency=Urgency.TWO_WEEKS
    )
    make_link(about=support_request, code="TALL 7777")
    period = periods.open_period(group, leader=leader, supports=[SupportKind.GUIDANCE], now=NOW)
    make_log_entry(period=period)
    return period


@pytest.fixture
def hand_over(period, leader, other_office, other_office_leader) -> HandOver:
    """A question to anyone at the other office."""
    return hand_overs.offer_hand_over(period, to_office=other_office, note=NOTE, by=leader, now=NOW)


def test_a_leader_asks_a_colleague_and_sees_how_much_each_has(as_leader, period, colleague):
    make_period(leader=colleague, office=period.office, group=make_group(office=period.office))

    form = text_of(as_leader.get(do(period, "hand-over")))
    response = as_leader.post(do(period, "hand-over"), {"where": "here", "to": colleague.pk, "note": NOTE}, follow=True)

    assert "Sam Ek – 1 grupp, 0 förfrågningar, tyngd 1,0" in form
    asked = HandOver.objects.get()
    assert (asked.period, asked.to_user, asked.to_office, asked.note) == (period, colleague, period.office, NOTE)
    assert "Frågan är ställd. Inget ändras för gruppen innan någon har sagt ja." in text_of(response)
    assert response.redirect_chain[-1][0] == page(asked)


def test_another_office_is_asked_with_or_without_a_name(as_leader, period, other_office, other_office_leader):
    make_period(leader=other_office_leader, office=other_office, group=make_group(office=other_office))
    third = make_staff(office=make_office())
    form = {"where": "elsewhere", "office": other_office.pk, "note": NOTE}

    shown = text_of(as_leader.get(do(period, "hand-over")))
    wrong = as_leader.post(do(period, "hand-over"), form | {"person": third.pk})
    as_leader.post(do(period, "hand-over"), form | {"person": other_office_leader.pk})

    assert "Kim Berg" in shown
    assert "Kim Berg –" not in shown  # what they have at the other office is not told
    assert "Personen arbetar inte på den orten." in text_of(wrong)
    assert [(one.to_office, one.to_user) for one in HandOver.objects.all()] == [(other_office, other_office_leader)]


def test_what_is_missing_is_said(as_leader, period):
    nothing = text_of(as_leader.post(do(period, "hand-over"), {}))
    here = text_of(as_leader.post(do(period, "hand-over"), {"where": "here", "note": NOTE}))

    assert "Skriv det den nya behöver veta" in nothing
    assert "Välj vem du frågar" in here
    assert HandOver.objects.count() == 0


def test_a_second_press_asks_once(as_leader, period, colleague):
    form = {"where": "here", "to": colleague.pk, "note": NOTE, "once": "0b9f4a3c-1111-4222-8333-444455556666"}

    for _ in range(2):
        as_leader.post(do(period, "hand-over"), form)

    assert HandOver.objects.count() == 1


def test_who_asks_again_hears_that_someone_is_asked(as_leader, period, colleague, hand_over):
    shown = text_of(as_leader.get(do(period, "hand-over")))
    refused = text_of(as_leader.post(do(period, "hand-over"), {"where": "here", "to": colleague.pk, "note": NOTE}))

    assert "En fråga väntar redan på svar: Maja Lind → Rönnlid" in shown
    assert "Rönnlid har redan fått frågan. Vänta på svar, eller ta tillbaka den först." in refused


def test_a_request_of_the_common_queue_is_offered_to_an_office(as_leader, other_office, other_office_leader):
    support_request = make_request()

    shown = text_of(as_leader.get(do(support_request, "hand-over")))
    as_leader.post(do(support_request, "hand-over"), {"office": other_office.pk, "note": NOTE})

    assert "En kollega på orten" not in shown
    assert [(one.from_office, one.to_office) for one in HandOver.objects.all()] == [(None, other_office)]


def test_who_is_asked_sees_what_they_need_and_nothing_that_tells_who_it_is(hand_over, other_office_leader):
    shown = text_of(signed_in(other_office_leader).get(page(hand_over)))

    assert [secret for secret in SECRETS if secret in shown] == []
    for told in (NOTE, "Maja Lind", "Upptakt", "5–9 personer", "Lindhaga", "Somaliska, tolk", "inom två veckor"):
        assert told in shown


def test_the_history_tells_no_more_than_the_page(hand_over, other_office_leader):
    shown = signed_in(other_office_leader).get(f"{LIST}{hand_over.pk}/history/")

    assert shown.status_code == 200
    assert [secret for secret in SECRETS if secret in text_of(shown)] == []


def test_who_says_yes_comes_to_the_page_of_the_group(hand_over, period, other_office_leader):
    client = signed_in(other_office_leader)
    foreign = client.get(page(period)).status_code

    response = client.post(do(hand_over, "accept"), follow=True)

    assert foreign == 404
    assert response.redirect_chain[-1] == (page(period), 302)
    assert "Du har tagit över." in text_of(response)
    assert NOTE in text_of(response)
    assert "Kim Berg är er utvecklingsledare nu." in text_of(response)


def test_the_old_office_is_left_with_what_it_said_and_no_more(hand_over, period, leader, other_office_leader):
    hand_overs.accept_hand_over(hand_over, by=other_office_leader, now=NOW)
    client = signed_in(leader)

    shown = client.get(page(hand_over))

    assert client.get(page(period)).status_code == 404
    assert client.get(page(period.group)).status_code == 404
    assert [secret for secret in (*SECRETS, "Upptakt", "Lindhaga") if secret in text_of(shown)] == []
    assert buttons(shown) == []


def test_a_third_office_finds_no_hand_over(hand_over):
    client = signed_in(make_staff(office=make_office()))

    answers = [client.get(page(hand_over)).status_code, client.get(f"{LIST}{hand_over.pk}/history/").status_code]
    answers += [client.post(do(hand_over, name)).status_code for name in ("accept", "refuse", "take-back")]

    assert answers == [404] * 5
    assert "Maja Lind" not in text_of(client.get(f"{LIST}?show=all"))
    hand_over.refresh_from_db()
    assert hand_over.state == HandOverState.OFFERED


def test_each_side_has_its_own_buttons(hand_over, leader, other_office, other_office_leader):
    manager = make_staff(Role.OFFICE_MANAGER, office=other_office)

    found = [buttons(signed_in(user).get(page(hand_over))) for user in (leader, other_office_leader, manager)]

    assert found == [["Ta tillbaka frågan"], ["Ta över"], ["Ta över", "Säg nej"]]


def test_whoever_was_not_asked_reads_and_cannot_answer(period, leader, colleague, office):
    hand_over = hand_overs.offer_hand_over(period, to_office=office, to_user=colleague, note=NOTE, by=leader, now=NOW)
    client = signed_in(make_staff(office=office))

    answers = [client.post(do(hand_over, name)).status_code for name in ("accept", "refuse", "take-back")]

    assert client.get(page(hand_over)).status_code == 200
    assert answers == [403] * 3


def test_a_no_is_written_and_read(period, leader, colleague, office):
    hand_over = hand_overs.offer_hand_over(period, to_office=office, to_user=colleague, note=NOTE, by=leader, now=NOW)
    client = signed_in(colleague)

    missing = text_of(client.post(do(hand_over, "refuse"), {"answer": ""}))
    client.post(do(hand_over, "refuse"), {"answer": "Jag har fullt."})

    assert "Skriv kort varför" in missing
    assert "Jag har fullt. Sam Ek" in text_of(signed_in(leader).get(page(hand_over)))


def test_the_page_says_why_it_is_too_late(hand_over, period, leader, other_office_leader):
    periods.close_period(period, outcome=Outcome.REACHED, what_changed="Allt.", by=leader, now=NOW)
    client = signed_in(other_office_leader)

    shown = client.get(page(hand_over))
    pressed = client.post(do(hand_over, "accept"), follow=True)

    assert "Det går inte längre: Stödet är avslutat." in text_of(shown)
    assert (buttons(shown), "Lindhaga" in text_of(shown)) == ([], False)
    assert "Det går inte längre. Stödet är avslutat. Inget är ändrat." in text_of(pressed)


def test_a_look_changes_nothing(hand_over, other_office_leader):
    client = signed_in(other_office_leader)

    for name in ("accept", "take-back"):
        client.get(do(hand_over, name))

    hand_over.refresh_from_db()
    assert hand_over.state == HandOverState.OFFERED


@pytest.mark.parametrize("address", [LIST, LOADS, COVER])
def test_without_signing_in_one_comes_to_the_sign_in(client, hand_over, address):
    assert client.get(address).status_code == 302
    assert client.get(page(hand_over)).status_code == 302


@pytest.mark.parametrize("address", [LIST, LOADS, COVER])
def test_who_works_with_no_cases_is_turned_away(hand_over, editor, treasurer, address):
    assert [signed_in(user).get(address).status_code for user in (editor, treasurer)] == [403, 403]


def test_only_those_who_answer_for_the_office_give_without_asking(
    period, leader, colleague, office_manager, other_office
):
    elsewhere = make_staff(Role.OFFICE_MANAGER, office=other_office)
    form = {"to": colleague.pk}

    answers = [signed_in(user).post(do(period, "give"), form).status_code for user in (leader, elsewhere)]
    given = signed_in(office_manager).post(do(period, "give"), form, follow=True)

    assert answers == [403, 404]
    assert "Din kollega har ärendet nu" in text_of(given)
    assert SupportPeriod.objects.get().leader == colleague


def test_the_list_begins_with_what_waits_for_me(hand_over, period, leader, colleague, other_office_leader):
    other = hand_overs.offer_hand_over(
        make_request(office=period.office),
        to_office=period.office,
        to_user=colleague,
        note="Ring i dag.",
        by=leader,
        now=NOW,
    )

    mine = {user.name: cells(signed_in(user).get(LIST), "what") for user in (leader, colleague, other_office_leader)}
    waiting = cells(signed_in(leader).get(f"{LIST}?show=waiting"), "is_asked")

    assert mine == {"Maja Lind": [], "Sam Ek": ["En förfrågan"], "Kim Berg": ["En grupp"]}
    assert sorted(waiting) == ["Sam Ek, Almhöjden", "alla, Rönnlid"]
    assert page(other) in signed_in(colleague).get(LIST).content.decode()


def test_the_pages_ask_the_same_few_questions_however_much_there_is(hand_over, leader, colleague, office, other_office):
    def queries(address: str) -> int:
        client = signed_in(leader)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    addresses = [f"{LIST}?show=all", page(hand_over), LOADS, COVER, do(hand_over.period, "hand-over")]
    few = [queries(address) for address in addresses]
    for name in ("Ett", "Två"):
        someone = make_staff(office=office, name=name)
        period = make_period(leader=someone, office=office)
        hand_overs.offer_hand_over(period, to_office=other_office, note=NOTE, by=someone, now=NOW)
        make_staff(office=other_office)
        days = {"starts_on": TODAY, "ends_on": TODAY}
        StaffRole.objects.create(user=someone, office=office, role=Role.LEADER, covers=leader, **days)
    make_log_entry(period=hand_over.period)

    assert [queries(address) for address in addresses] == few == [8, 7, 9, 11, 12]
