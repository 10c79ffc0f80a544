"""Min dag: the admin's first page, as each role reads it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.enums import Channel, Role
from people.models import Contact, StaffRole
from support.enums import LogKind, Phase, RequestStatus, Urgency, WaitsFor
from support.models import MeetingNeed, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_contact,
    make_link,
    make_log_entry,
    make_meeting,
    make_organisation_request,
    make_request,
    make_slot,
    make_staff,
)
from tests.mobilisering.my_day_page import DAY, block, counts, rows
from tests.support.admin_pages import text_of
from tests.support.day_kit import ONE_DAY, fill_day, fill_follow_up, handed_over, offered, taken, working

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_a_leader_meets_min_dag_as_the_first_page(as_leader):
    response = as_leader.get(DAY)

    assert (response.status_code, response.context["title"]) == (200, "Min dag")
    assert [one.about.slug for one in response.context["day"].blocks] == [
        "hand-overs",
        "new",
        "today",
        "follow-up",
        "trainings",
        "quiet",
        "waiting",
        "resting",
        "contacts",
        "new-here",
    ]


@pytest.mark.parametrize("role", [Role.OFFICE_MANAGER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR])
def test_whoever_answers_for_an_office_also_sees_its_promises(client, office, other_office, role):
    make_request(office=office, promised_by=TODAY, place="Lindhaga")
    make_request(office=other_office, promised_by=TODAY, place="Fjärran")
    everywhere = role != Role.OFFICE_MANAGER
    client.force_login(make_staff(role, office=None if everywhere else office))

    response = client.get(DAY)

    assert counts(response)["promises"] == (2 if everywhere else 1)
    assert "Ingen har tagit ärendet." in block(response, "promises")
    assert ("Fjärran" in text_of(response)) is everywhere


@pytest.mark.parametrize(("who", "title"), [("treasurer", "Det här finns"), ("editor", "Texterna i dag")])
def test_others_see_what_they_may_open_instead(client, request, office, who, title):
    make_request(office=office)
    client.force_login(request.getfixturevalue(who))

    response = client.get(DAY)

    assert (response.status_code, response.context["title"]) == (200, title)
    assert "Lindhaga" not in text_of(response)


@pytest.mark.parametrize("path", [DAY, "/admin/min-dag/", "/admin/allt/"])
def test_nobody_comes_in_without_signing_in(client, path):
    assert client.get(path).url == f"{reverse('admin:login')}?next={path}"


def test_someone_without_a_role_is_not_let_in(client, outsider):
    client.force_login(outsider)

    assert client.get(DAY).status_code == 302


@pytest.mark.parametrize("path", [DAY, "/admin/min-dag/", "/admin/allt/"])
def test_the_pages_only_read(as_leader, path):
    assert as_leader.post(path).status_code == 405


def test_min_dag_has_an_address_of_its_own_and_everything_there_is_has_one_too(as_leader):
    assert as_leader.get("/admin/min-dag/").url == DAY
    everything = as_leader.get("/admin/allt/")

    assert (everything.status_code, everything.context["title"]) == (200, "Allt som finns")
    assert 'href="/admin/allt/"' in as_leader.get(DAY).content.decode()


def test_a_row_tells_what_why_when_and_how_to_reach_them(as_leader, office):
    contact = make_contact(called="Alva", channel=Channel.CALL, phone="070-174 06 15", languages=["ar"])
    support_request = make_request(office=office, contact=contact, promised_by=TODAY, urgency=Urgency.TWO_WEEKS)
    make_link(about=support_request, code="TALL 4827")

    response = as_leader.get(DAY)

    assert block(response, "new").startswith(
        "Nya förfrågningar 1 TALL 4827 · Lindhaga Bråttom 5–9 personer · Arabiska · Telefonsamtal "
        "Svar senast tisdag 1 september. I dag Alva: Ring 070-174 06 15 . Säg inte varifrån vi ringer. "
        "Ta ärendet TALL 4827 · Lindhaga Logga samtal TALL 4827 · Lindhaga"
    )
    assert '<a class="number" href="tel:+46701740615">070-174 06 15</a>' in response.content.decode()


def test_organisations_stand_among_the_new_in_the_order_of_their_promises(as_leader, office):
    make_request(office=office, promised_by=TODAY + 2 * ONE_DAY, place="Sist")
    make_organisation_request(office=office, organisation_name="Fritidsgården", promised_by=TODAY + ONE_DAY)
    make_request(office=office, promised_by=TODAY, place="Först")

    titles = [title.rpartition(" ")[2] for title in rows(as_leader.get(DAY), "new")]

    assert titles == ["Först", "Fritidsgården", "Sist"]
    assert "Fritidsgården Organisation" in block(as_leader.get(DAY), "new")


def test_todays_meeting_tells_of_interpreter_needs_and_what_to_bring(as_leader, leader, office):
    meeting = make_meeting(
        support_request=taken(leader, office, status=RequestStatus.MEETING_BOOKED),
        leader=leader,
        starts_at=NOW + timedelta(hours=2),
        ends_at=NOW + timedelta(hours=3),
        interpreter="to_book",
        interpreter_language="arabiska",
    )
    MeetingNeed.objects.create(meeting=meeting, need="hearing_loop")
    MeetingNeed.objects.create(meeting=meeting, need="children", state="arranged")

    text = block(as_leader.get(DAY), "today")

    assert "12.00–13.00, Biblioteket Tolk (arabiska): ska bokas. Kvar att ordna: Hörslinga." in text
    assert "Ta med och tänk på: Barn följer med." in text
    assert [label for label in ("Anteckna", "Flytta", "Tolk #") if label in text] == ["Anteckna", "Flytta", "Tolk #"]


def test_the_latest_comes_first_among_what_is_followed_up_whatever_it_is(as_leader, leader, office):
    taken(leader, office, next_step="I dag", next_step_on=TODAY)
    working(leader, office, next_step="I söndags", next_step_on=TODAY - 2 * ONE_DAY)
    make_log_entry(
        support_request=taken(leader, office), kind=LogKind.QUESTION, text="Kommer ni?", at=NOW - 3 * ONE_DAY
    )

    shown = {one.about.slug: one for one in as_leader.get(DAY).context["day"].blocks}["follow-up"]

    assert [row.why for row in shown.rows] == ["Fråga: Kommer ni?", "I söndags", "I dag"]
    assert [row.due.text for row in shown.rows] == ["sedan tre dagar tillbaka", "två dagar sen", "i dag"]
    assert [row.due.css for row in shown.rows] == ["late", "late", "soon"]


def test_silence_and_waiting_and_rest_are_told_in_words(as_leader, leader, office):
    working(leader, office, opened_at=NOW - 40 * ONE_DAY)
    working(leader, office, waits_for=WaitsFor.DUTY_BEARER, waits_since=NOW - 2 * ONE_DAY, next_step="Ring skolan.")
    working(leader, office, paused_until=TODAY + 2 * ONE_DAY)
    slot = make_slot(support_request=taken(leader, office, next_step=""), leader=leader)

    response = as_leader.get(DAY)

    assert "Inget har hörts sedan torsdag 23 juli. Tyst i 40 dagar" in block(response, "quiet")
    assert "Väntar på den som har ansvar. Sedan två dagar tillbaka Nästa steg: Ring skolan, 14 dagar kvar." in block(
        response, "waiting"
    )
    assert "Gruppen har inte valt tid än. Den första tiden är tisdag 8 september klockan 10.00." in block(
        response, "waiting"
    )
    assert slot.support_request.waits_for == ""
    assert "Vilar till torsdag 3 september. Två dagar kvar" in block(response, "resting")


def test_what_was_handed_over_comes_with_the_note(as_leader, leader, colleague, office):
    handed_over(working(leader, office, "Värmegruppen"), by=colleague, note="De vill ses på kvällen.")

    text = block(as_leader.get(DAY), "new-here")

    assert "Värmegruppen" in text
    assert "Kom till dig måndag 31 augusti. Nästa steg: Boka nästa träff, 14 dagar kvar. De vill ses på" in text


def test_rows_of_a_colleague_one_covers_for_bear_their_name(as_leader, leader, colleague, office):
    StaffRole.objects.create(
        user=leader, office=office, role=Role.LEADER, starts_on=TODAY, ends_on=TODAY, covers=colleague
    )
    fill_follow_up(colleague, office)
    taken(leader, office, next_step_on=TODAY)

    shown = {one.about.slug: one for one in as_leader.get(DAY).context["day"].blocks}["follow-up"]

    assert sorted(row.whose for row in shown.rows) == ["", *["Sam Ek"] * 8]
    assert "för Sam Ek" in block(as_leader.get(DAY), "follow-up")


def test_someone_who_wants_to_hand_over_is_answered_on_a_page_of_its_own(as_leader, colleague, leader, office):
    offered(working(colleague, office), to=leader)

    response = as_leader.get(DAY)

    assert block(response, "hand-overs").startswith(
        "Vill lämna över till dig 1 Sam Ek vill lämna över en grupp Frågan gick till dig. Sedan i dag Läs och svara"
    )
    [row] = response.context["day"].blocks[0].rows
    assert as_leader.get(row.acts[0].url).status_code == 200


def test_every_list_named_on_the_page_opens(as_leader):
    links = as_leader.get(DAY).context["links"]

    assert [as_leader.get(link["url"]).status_code for link in links] == [200] * len(links)


def test_the_groups_are_counted_by_phase_with_a_way_to_each_list(as_leader, leader, office):
    for phase in (Phase.START, Phase.START, Phase.EXIT):
        working(leader, office, phase=phase)

    response = as_leader.get(DAY)

    assert block(response, "groups") == "Mina grupper Upptakt 2 Förändringsarbete 0 Exit 1 Självgående 0"
    for phase in response.context["day"].phases:
        assert as_leader.get(phase.url).status_code == 200


def test_ten_rows_are_shown_and_the_rest_is_one_press_away(as_leader, office):
    for _each in range(12):
        make_request(office=office)

    response = as_leader.get(DAY)

    assert (counts(response)["new"], len(rows(response, "new"))) == (12, 10)
    assert block(response, "new").endswith("Visa alla (12) Nya förfrågningar")
    for one in response.context["day"].blocks:
        if one.about.slug != "hand-overs":
            assert as_leader.get(one.url_of_all).status_code == 200


def test_more_than_a_thousand_is_said_so(as_leader, office):
    contacts = Contact.objects.bulk_create(Contact(called="Alva") for _each in range(1001))
    SupportRequest.objects.bulk_create(
        SupportRequest(office=office, contact=one, status="received", received_at=NOW, promised_by=TODAY)
        for one in contacts
    )

    assert block(as_leader.get(DAY), "new").startswith("Nya förfrågningar fler än 1 000 ".replace("\xa0", " "))


def test_a_first_day_says_what_each_block_will_hold(as_leader):
    text = text_of(as_leader.get(DAY))

    assert "Välkommen! Så här fungerar sidan" in text
    assert "Inget nytt just nu. Här kommer förfrågningar som ingen har tagit" in text


def test_an_empty_day_says_so(as_leader, leader, office):
    working(leader, office)

    assert "Inget väntar på dig just nu." in text_of(as_leader.get(DAY))


@pytest.mark.parametrize("times", [0, 1, 3])
def test_the_page_asks_the_same_number_of_questions_however_full_it_is(as_leader, leader, office, times):
    for _each in range(times):
        fill_day(leader, office)

    with CaptureQueriesContext(connection) as asked:
        as_leader.get(DAY)

    assert len(asked) == 32


def test_one_full_block_costs_as_much_as_five(client, office_manager, office, django_assert_num_queries):
    client.force_login(office_manager)
    make_request(office=office, promised_by=TODAY)

    with django_assert_num_queries(33):
        client.get(DAY)


def test_nothing_of_another_office_is_on_the_page(client, leader, office, other_office_leader):
    fill_day(leader, office)
    client.force_login(other_office_leader)

    response = client.get(DAY)

    assert set(counts(response).values()) == {0}
    assert [row for one in response.context["day"].blocks for row in one.rows] == []
    assert re.findall("Lindhaga|Värmegruppen|Fritidsgården|Maja Lind|Alva", text_of(response)) == []
