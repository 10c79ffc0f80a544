"""The group's own page while its request is under way."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from people.enums import Channel
from people.models import Contact, LinkToken, Message, Office, PrivateLink, User
from support.actions.requests import start_draft
from support.actions.slots import take_slot
from support.enums import LogKind, MeetingState, RequestStatus
from support.models import LogEntry
from tests.factories import (
    NOW,
    TODAY,
    make_group,
    make_log_entry,
    make_meeting,
    make_period,
    make_request,
    make_slot,
)
from tests.support.walking import at_home, come_in, send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_tuesday")]

HOME = "/min-sida/"


def steps_of(client: Client) -> list[tuple[str, str]]:
    page = client.get(HOME).content.decode()
    found = re.findall(r'<li class="(is-\w+)"[^>]*><h3><span class="vh">\w+: </span>([^<]+)', page)
    return [(state, title) for state, title in found]


def test_without_a_link_the_page_asks_for_code_and_words(client: Client) -> None:
    for path in (
        HOME,
        "/min-sida/svar/",
        "/min-sida/svar/vad/",
        "/min-sida/fraga/",
        "/min-sida/las/",
        "/min-sida/ta-bort/",
    ):
        assert client.get(path).url.startswith("/min-sida/in/"), path  # type: ignore[attr-defined]
        assert client.post(path).status_code in {302, 405}, path


def test_a_new_request_shows_what_has_happened_what_is_now_and_what_comes(client: Client) -> None:
    at_home(client)

    assert steps_of(client) == [
        ("is-done", "Vi har fått er förfrågan"),
        ("is-now", "Vi hör av oss senast tisdag 8 september"),
        ("is-next", "Första mötet"),
        ("is-next", "Vi bestämmer tillsammans"),
        ("is-next", "Ni arbetar vidare"),
    ]


def test_a_broken_promise_is_said_in_plain_words(client: Client) -> None:
    at_home(client, promised_by=TODAY - timedelta(days=1))

    assert steps_of(client)[1] == ("is-now", "Vi är sena")


def test_the_page_leads_to_the_times_we_offer_and_then_to_the_meeting(client: Client, leader: User) -> None:
    mine = at_home(client, leader=leader, status=RequestStatus.IN_REVIEW)
    before = text_of(client.get(HOME))
    slot = make_slot(support_request=mine, leader=leader)
    offered = text_of(client.get(HOME))
    take_slot(slot, now=NOW)
    booked = text_of(client.get(HOME))

    assert [("Välj tid" in page, "Se tid och plats" in page) for page in (before, offered, booked)] == [
        (False, False),
        (True, False),
        (False, True),
    ]


def test_a_taken_request_says_who_has_it(client: Client, leader: User) -> None:
    at_home(client, status=RequestStatus.IN_REVIEW, leader=leader, first_answer_at=NOW)

    assert "Maja Lind har ert ärende." in text_of(client.get(HOME))
    assert [state for state, _title in steps_of(client)][:3] == ["is-done", "is-done", "is-now"]


def test_a_booked_meeting_shows_day_and_time(client: Client, leader: User) -> None:
    mine = at_home(client, status=RequestStatus.MEETING_BOOKED, leader=leader, first_answer_at=NOW)
    make_meeting(support_request=mine, leader=leader)

    assert "Tisdag 8 september klockan 10.00" in text_of(client.get(HOME))


def test_after_the_meeting_it_is_time_to_decide(client: Client, leader: User) -> None:
    mine = at_home(client, status=RequestStatus.IN_REVIEW, leader=leader, first_answer_at=NOW)
    make_meeting(support_request=mine, leader=leader, state=MeetingState.HELD)

    assert [state for state, _title in steps_of(client)] == ["is-done", "is-done", "is-done", "is-now", "is-next"]


def test_a_no_says_why_and_where_to_turn(client: Client) -> None:
    at_home(client, status=RequestStatus.DECLINED, reason="Det är för långt bort.", turn_to="Ring Hyresgästföreningen.")

    assert steps_of(client) == [("is-done", "Vi har fått er förfrågan"), ("is-stop", "Vi kan inte hjälpa till")]
    text = text_of(client.get(HOME))
    assert "Det är för långt bort. Ring Hyresgästföreningen." in text


def test_a_draft_leads_back_to_its_questions(client: Client) -> None:
    started = start_draft(once_key=uuid4(), question="vem", values={"asker": "member"}, now=NOW)
    come_in(client, started.opened_link.link)

    assert client.get(HOME, follow=True).redirect_chain[-1][0] == "/stod/vad/"


def test_an_answer_is_changed_in_the_words_of_the_form(client: Client) -> None:
    mine = at_home(client)

    page = client.get("/min-sida/svar/vad/").content.decode()
    response = client.post("/min-sida/svar/vad/", {"what": "Hissen."})

    assert "Lekplatsen på vår gård är avstängd." in page
    assert "Spara och fortsätt senare" not in page
    assert response.url == "/min-sida/svar/"  # type: ignore[attr-defined]
    mine.refresh_from_db()
    assert mine.what == "Hissen."


@pytest.mark.parametrize("slug", ["vem", "vet-gruppen", "nej"])
def test_what_a_request_rests_on_is_not_changed(client: Client, slug: str) -> None:
    at_home(client)

    assert client.get(f"/min-sida/svar/{slug}/").status_code == 404
    assert client.post(f"/min-sida/svar/{slug}/", {"asker": "alone"}).status_code == 404


def test_a_decided_request_shows_its_answers_but_changes_none(client: Client) -> None:
    at_home(client, status=RequestStatus.DECLINED)

    page = client.get("/min-sida/svar/").content.decode()

    assert "Lekplatsen på vår gård är avstängd." in page
    assert "Ändra" not in page
    assert client.post("/min-sida/svar/vad/", {"what": "x"}).status_code == 404


def test_a_group_at_work_can_change_how_it_is_reached_and_nothing_else(client: Client, office: Office) -> None:
    group = make_group(office=office)
    make_period(group=group)
    at_home(client, status=RequestStatus.ACCEPTED, group=group, office=office)

    assert "Byt kontaktsätt" in text_of(client.get(HOME))
    assert client.get("/min-sida/svar/kontakt/").status_code == 200
    assert client.get("/min-sida/svar/vad/").status_code == 404


def test_another_contact_way_takes_the_old_one_away_and_tells_it_nothing(client: Client) -> None:
    mine = at_home(client)

    response = client.post("/min-sida/svar/kontakt/", {"channel": "email", "email": "ny@exempel.se"})

    contact = Contact.objects.get(pk=mine.contact.pk)
    assert response.url == HOME  # type: ignore[attr-defined]
    assert (contact.channel, contact.email, contact.phone) == (Channel.EMAIL, "ny@exempel.se", "")
    assert not Message.objects.exists()
    assert not LinkToken.objects.filter(revoked_at__isnull=True).exists()
    assert "E-post till ny@exempel.se" in text_of(client.get(HOME))


def test_a_page_sent_while_everything_is_taken_away_leads_to_the_way_in(client: Client) -> None:
    mine = at_home(client)
    Contact.objects.filter(pk=mine.contact.pk).update(erased_at=NOW)

    response = client.post("/min-sida/fraga/", {"text": "Hemlig fråga"})

    assert response.url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    assert not LogEntry.objects.exists()


def test_a_question_and_its_answer_stand_on_the_page(client: Client, leader: User) -> None:
    mine = at_home(client, leader=leader, office=leader.roles.get().office)
    key = str(uuid4())

    for _n in range(2):
        client.post("/min-sida/fraga/", {"text": "Kan vi få en lokal?", "once_key": key})
    entry = LogEntry.objects.get()
    assert "Vi har inte svarat än." in text_of(client.get(HOME))
    entry.answered_by = make_log_entry(support_request=mine, kind=LogKind.ANSWER, text="Ja, på torsdag.", user=leader)
    entry.save()

    text = text_of(client.get(HOME))
    assert "Kan vi få en lokal?" in text
    assert "Maja Lind 1 september Ja, på torsdag." in text
    assert [message.user for message in Message.objects.all()] == [leader]


def test_an_empty_question_and_a_personal_number_are_asked_about(client: Client) -> None:
    at_home(client)

    assert "Skriv er fråga" in client.post("/min-sida/fraga/", {"text": ""}).content.decode()
    assert (
        "Det ser ut som ett personnummer" in client.post("/min-sida/fraga/", {"text": "811228-9874"}).content.decode()
    )
    assert not LogEntry.objects.exists()


def test_notes_that_only_staff_see_are_not_on_the_page(client: Client) -> None:
    mine = at_home(client)
    make_log_entry(support_request=mine, text="Verkar arga.", is_internal=True)

    for path in (HOME, "/min-sida/svar/", "/min-sida/fraga/"):
        assert "Verkar arga." not in client.get(path).content.decode()


def test_the_link_is_locked_with_the_code_and_unlocked_again(client: Client) -> None:
    at_home(client)

    client.post("/min-sida/las/", {"lock": "on"})
    assert PrivateLink.objects.get().asks_for_code is True
    assert "Länken frågar efter koden." in text_of(client.get(HOME))
    client.post("/min-sida/las/", {"lock": "off"})

    assert PrivateLink.objects.get().asks_for_code is False


def test_another_groups_page_stays_closed(client: Client) -> None:
    theirs = make_request(what="Deras hemlighet")
    make_log_entry(support_request=theirs, kind=LogKind.QUESTION, text="Deras fråga", contact=theirs.contact)
    at_home(client)

    for path in (HOME, "/min-sida/svar/", "/min-sida/svar/vad/"):
        page = client.get(path).content.decode()
        assert "Deras" not in page


@pytest.mark.parametrize("bad", ["a\x00b", "a\u202eb", "x" * 5000, "<script>alert(1)</script>"])
def test_hostile_text_gets_words(client: Client, bad: str) -> None:
    at_home(client)

    for path, name in (("/min-sida/fraga/", "text"), ("/min-sida/svar/vad/", "what"), ("/min-sida/las/", "lock")):
        response = client.post(path, {name: bad}, follow=True)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()
        assert "\u202e" not in response.content.decode()
    assert client.post("/min-sida/fraga/", {"text": "å" * 1_000_000}).status_code == 400


def test_numbers_of_queries_stay_the_same(client: Client, leader: User, django_assert_num_queries: Any) -> None:
    mine = at_home(client, leader=leader, office=leader.roles.get().office)
    counts = {HOME: 6, "/min-sida/svar/": 3, "/min-sida/svar/vad/": 3, "/min-sida/fraga/": 3, "/min-sida/las/": 3}
    for questions in (1, 3):
        while LogEntry.objects.filter(kind=LogKind.QUESTION).count() < questions:
            entry = make_log_entry(support_request=mine, kind=LogKind.QUESTION, contact=mine.contact)
            entry.answered_by = make_log_entry(support_request=mine, kind=LogKind.ANSWER, user=leader)
            entry.save()
        for path, queries in {**counts, "/min-sida/ta-bort/": 3}.items():
            with django_assert_num_queries(queries):
                client.get(path)


def test_the_whole_way_from_the_form_to_the_own_page(client: Client) -> None:
    send(client)

    assert steps_of(client)[0] == ("is-done", "Vi har fått er förfrågan")
