"""The group's page once it is at work: what comes next, what there is to do, and the way to everything else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from groups.actions.groups import leave_group
from people.enums import Channel
from people.models import Office
from support.enums import LogKind, OwnerSide, Phase, PlanKind, PlanStatus
from support.models import LogEntry
from tests.factories import (
    NOW,
    TODAY,
    make_approval,
    make_contact,
    make_item,
    make_log_entry,
    make_meeting,
    make_period,
    make_role_contract,
)
from tests.support.at_work import HOME, asked, at_work, invited_to, planned, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def test_the_group_is_greeted_by_its_alias_and_sees_who_its_leader_is(client: Client) -> None:
    ours = at_work(client)

    text = text_of(client.get(HOME))

    assert "Hej, Värmegruppen" in text
    assert f"Er utvecklingsledare är {ours.period.leader}." in text


def test_an_empty_page_teaches_what_to_do_first(client: Client) -> None:
    at_work(client)

    text = text_of(client.get(HOME))

    for words in (
        "Boka nästa träff",
        "Inget att göra än. Vad är det minsta ni kan göra den här veckan?",
        "Inga mål än. Skriv en mening: vad ska vara annorlunda om ett halvår?",
        "Inga frågor än.",
    ):
        assert words in text


def test_the_next_step_is_one_thing_with_its_day(client: Client) -> None:
    at_work(client, next_step="Skriva till hyresvärden", next_step_on=TODAY + timedelta(days=7))

    assert "Nästa steg Skriva till hyresvärden Senast tisdag 8 september" in text_of(client.get(HOME))


def test_a_booked_meeting_is_the_next_step(client: Client) -> None:
    ours = at_work(client, next_step="Skriva till hyresvärden")
    make_meeting(support_request=ours.support_request, leader=ours.period.leader)

    text = text_of(client.get(HOME))

    assert "Vi ses tisdag 8 september klockan 10.00. Vi ses på en plats: Biblioteket" in text
    assert "Skriva till hyresvärden" not in text


def test_the_next_time_we_are_in_touch_is_told_with_its_reason(client: Client) -> None:
    ours = at_work(client)
    check_in = planned(ours.period)

    text = text_of(client.get(HOME))

    assert f"Nästa gång vi hörs Tisdag 8 september {check_in.why}" in text
    assert "Vi vill höras tätare eller mer sällan" in text


def test_a_question_that_waits_comes_before_the_day(client: Client) -> None:
    ours = at_work(client)
    asked(ours.period)

    text = text_of(client.get(HOME))

    assert "Vi undrar hur det går. Tre svar räcker. Svara på tre frågor" in text
    assert "tätare eller mer sällan" not in text


def test_the_plan_shows_five_open_tasks_whose_they_are_and_the_goals(client: Client) -> None:
    ours = at_work(client)
    for number in range(6):
        make_item(period=ours.period, text=f"Sak {number}", owner="Alva")
    make_item(period=ours.period, text="Hyra lokal", owner_side=OwnerSide.PROGRAMME)
    make_item(period=ours.period, text="Färdig", status=PlanStatus.DONE, done_at=NOW)
    make_item(period=ours.period, text="Hissen ska gå", kind=PlanKind.GOAL)

    text = text_of(client.get(HOME))

    assert "Sak 4 Ni: Alva Inte börjat 2 till i planen" in text
    assert "Hissen ska gå Ni Inte börjat" in text
    assert "Färdig" not in text


def test_what_waits_for_a_yes_is_counted(client: Client) -> None:
    ours = at_work(client)
    assert "Läs och svara" not in text_of(client.get(HOME))

    make_approval(group=ours.period.group)
    assert "En text väntar på ert ja eller nej." in text_of(client.get(HOME))
    make_approval(group=ours.period.group)
    assert "2 texter väntar på ert ja eller nej." in text_of(client.get(HOME))


def test_whoever_was_invited_sees_the_same_page_with_their_own_code_and_way(client: Client) -> None:
    ours = at_work(client, contact=make_contact(called="Alva", channel=Channel.SMS, phone="+46701740615"))
    make_item(period=ours.period, text="Boka en lokal")
    invited_to(ours, client)

    text = text_of(client.get(HOME))

    assert "Hej, Värmegruppen" in text
    assert "Boka en lokal" in text
    assert "Jag hör av mig själv" in text
    assert "Lämna gruppen" in text
    assert ours.link.code not in text
    assert "070-174" not in text
    assert "Ta bort allt" not in text


def test_whoever_has_left_sees_nothing(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)

    leave_group(someone, now=NOW)

    assert client.get(HOME).status_code == 404


@pytest.mark.parametrize("phase", [Phase.EXIT, Phase.SELF_RELIANT, Phase.CLOSED])
def test_towards_the_end_the_page_says_where_it_stands(client: Client, phase: Phase) -> None:
    ended = {Phase.SELF_RELIANT: {"self_reliant_at": NOW}, Phase.CLOSED: {"closed_at": NOW}}.get(phase, {})
    at_work(client, phase=phase, **ended)

    text = text_of(client.get(HOME))

    words = {
        Phase.EXIT: "Vi avslutar tillsammans.",
        Phase.SELF_RELIANT: "Ni klarar er själva",
        Phase.CLOSED: "Stödet är avslutat",
    }
    assert words[phase] in text
    assert ("Det ni behöll, och vägen tillbaka" in text) is (phase != Phase.EXIT)


def test_all_in_the_group_read_its_questions_and_only_the_newest_stand_first(client: Client) -> None:
    ours = at_work(client)
    for number in range(4):
        make_log_entry(
            period=ours.period,
            kind=LogKind.QUESTION,
            text=f"Fråga {number}?",
            contact=ours.member.contact,
            at=NOW + timedelta(minutes=number),
        )
    invited_to(ours, client)

    home = text_of(client.get(HOME))

    assert "1 september · Alva Fråga 3?" in home
    assert "Fråga 0?" not in home
    assert "Alla frågor och svar" in home
    assert "Fråga 0?" in text_of(client.get("/min-sida/fragor/"))


def test_someone_who_was_invited_asks_for_the_group(client: Client) -> None:
    ours = at_work(client)
    someone = invited_to(ours, client)

    response = client.post("/min-sida/fraga/", {"text": "Kan vi få en lokal?"})

    entry = LogEntry.objects.get(kind=LogKind.QUESTION)
    assert response.url == HOME  # type: ignore[attr-defined]
    assert (entry.period, entry.support_request, entry.contact) == (ours.period, None, someone.contact)


def test_everything_written_about_the_group_can_be_read_save_internal_notes(client: Client) -> None:
    ours = at_work(client)
    make_log_entry(period=ours.period, text="Vi ringde kommunen.", user=ours.period.leader)
    make_log_entry(period=ours.period, text="Verkar trötta.", is_internal=True)
    make_log_entry(period=make_period(), text="Deras hemlighet")

    text = text_of(client.get("/min-sida/historik/"))

    assert "Vi ringde kommunen." in text
    assert "Verkar trötta." not in text
    assert "Deras" not in text


def test_a_long_history_has_pages_and_bears_any_number(client: Client) -> None:
    ours = at_work(client)
    for number in range(31):
        make_log_entry(period=ours.period, text=f"Rad {number:02d}", at=NOW + timedelta(minutes=number))

    assert "Rad 00" not in text_of(client.get("/min-sida/historik/"))
    assert "Rad 00" in text_of(client.get("/min-sida/historik/?page=2"))
    for page in ("0", "99", "x", "%00", "9" * 400):
        assert client.get(f"/min-sida/historik/?page={page}").status_code == 200


def test_the_page_asks_the_database_just_as_often_however_much_there_is(
    client: Client, office: Office, django_assert_num_queries: Any
) -> None:
    ours = at_work(client, office=office)
    counts = {HOME: 12, "/min-sida/fragor/": 6, "/min-sida/historik/": 6}
    for rows in (1, 3):
        while ours.period.plan_items.count() < rows * 2:
            make_item(period=ours.period)
            make_item(period=ours.period, kind=PlanKind.GOAL)
            make_approval(group=ours.period.group)
            make_role_contract(group=ours.period.group)
            question = make_log_entry(period=ours.period, kind=LogKind.QUESTION, contact=ours.member.contact)
            question.answered_by = make_log_entry(period=ours.period, kind=LogKind.ANSWER, user=ours.period.leader)
            question.save()
        for path, queries in counts.items():
            with django_assert_num_queries(queries):
                assert client.get(path).status_code == 200
