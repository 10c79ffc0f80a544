"""The page of a request: what stands there, and what a leader does with it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from people.enums import Channel, Role
from people.models import Message
from support.enums import LogKind, QuickStepScope, RequestStatus
from support.models import LogEntry, QuickStep, SupportRequest
from tests.factories import (
    NOW,
    make_contact,
    make_link,
    make_log_entry,
    make_message,
    make_request,
    make_staff,
)
from tests.support.admin_pages import buttons, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

COMMANDS = ["take", "offer", "book", "log", "write", "next-step", "accept", "refer", "decline", "hand-over"]


@pytest.fixture
def support_request(office) -> SupportRequest:
    contact = make_contact(channel=Channel.SMS, phone="070-174 06 15", never_leave_message=True, languages=["ar"])
    support_request = make_request(
        office=office, contact=contact, place="Almhöjden", what="Hissen står still.", answered=["vad", "var"]
    )
    make_link(about=support_request, code="TALL 4827")
    return support_request


def test_the_page_begins_with_how_to_reach_them(as_leader, support_request):
    response = as_leader.get(page(support_request))

    told = text_of(response)
    assert "Sms till 070-174 06 15. Säg inte varifrån vi ringer. Lämna aldrig meddelande." in told
    assert told.index("Trygg kontakt") < told.index("Det de skrev")
    assert "<details" not in response.content.decode().split("Trygg kontakt")[0].split("<main")[-1]
    assert "TALL 4827 · Almhöjden" in told
    assert "Hissen står still." in told
    assert "sju dagar kvar" in told


def test_a_protected_address_stands_nowhere_on_the_page(as_leader, office):
    contact = make_contact(channel=Channel.SMS, phone="070-174 06 15", protected=True)
    support_request = make_request(office=office, contact=contact)

    pages = [as_leader.get(page(support_request)), *(as_leader.get(do(support_request, one)) for one in COMMANDS[1:])]

    for response in pages:
        assert "174" not in text_of(response)
        assert "70174" not in response.content.decode()


def test_only_what_is_possible_is_offered(as_leader, support_request, leader):
    shown = {}
    quick = [step.name for step in QuickStep.objects.for_case(support_request.office_id, QuickStepScope.REQUEST)]
    for status in (RequestStatus.RECEIVED, RequestStatus.IN_REVIEW, RequestStatus.DECLINED):
        SupportRequest.objects.update(status=status, leader=None if status == RequestStatus.RECEIVED else leader)
        shown[status] = buttons(as_leader.get(page(support_request)))

    begun = ["Logga samtal", "Skriv till gruppen", "Boka möte", "Erbjud tider", "Ja, vi börjar"]
    folded = ["Hänvisa vidare", "Säg att vi inte kan hjälpa till", "Lämna över"]
    together = ["Lägg ihop med en annan förfrågan"]
    assert shown == {
        RequestStatus.RECEIVED: ["Skriv nästa steg", "Ta ärendet", *begun, *folded, *quick, *together],
        RequestStatus.IN_REVIEW: ["Skriv nästa steg", *begun, *folded, *quick, *together],
        RequestStatus.DECLINED: ["Logga samtal"],
    }


@pytest.mark.parametrize("command", COMMANDS)
def test_the_small_pages_of_other_offices_and_of_strangers(
    client, support_request, other_office_leader, outsider, command
):
    path = do(support_request, command)

    assert client.get(path).status_code == 302
    assert "/konto/" in client.get(path, follow=True).request["PATH_INFO"]
    client.force_login(outsider)
    assert client.post(path).status_code in {302, 403}
    client.force_login(other_office_leader)
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
    assert client.get(page(support_request)).status_code == 404
    assert client.get(page(support_request).replace(str(support_request.pk), "999999")).status_code == 404
    support_request.refresh_from_db()
    assert (support_request.status, support_request.leader) == (RequestStatus.RECEIVED, None)


@pytest.mark.parametrize("command", COMMANDS)
def test_looking_at_a_small_page_changes_nothing(as_leader, support_request, command):
    before = SupportRequest.objects.values().get()

    assert as_leader.get(do(support_request, command)).status_code == 200
    assert as_leader.put(do(support_request, command)).status_code == 405

    assert SupportRequest.objects.values().get() == before
    assert LogEntry.objects.count() == 0
    assert Message.objects.count() == 0


def test_a_leader_takes_the_request_in_one_press(as_leader, support_request, leader):
    response = as_leader.post(do(support_request, "take"), follow=True)
    again = as_leader.post(do(support_request, "take"), follow=True)

    assert "Ärendet är ditt." in text_of(response)
    assert "Ärendet är ditt." in text_of(again)
    support_request.refresh_from_db()
    assert (support_request.leader, support_request.status) == (leader, RequestStatus.IN_REVIEW)
    assert [message.kind for message in Message.objects.filter(contact=support_request.contact)] == [
        "support.request_taken"
    ]


def test_a_colleague_who_is_second_is_told_who_was_first(as_leader, client, support_request, colleague):
    as_leader.post(do(support_request, "take"))
    client.force_login(colleague)

    response = client.post(do(support_request, "take"), follow=True)

    assert "Maja Lind har redan tagit ärendet." in text_of(response)
    support_request.refresh_from_db()
    assert support_request.leader.name == "Maja Lind"


def test_a_talk_is_written_down_and_an_internal_note_looks_different(as_leader, support_request):
    as_leader.post(do(support_request, "log"), {"kind": "call", "text": "De vill ses på kvällen."})
    as_leader.post(do(support_request, "log"), {"kind": "note", "text": "Nämn inte skolan.", "is_internal": "on"})

    response = as_leader.get(page(support_request))

    assert [(entry.kind, entry.is_internal) for entry in LogEntry.objects.order_by("pk")] == [
        (LogKind.CALL, False),
        (LogKind.NOTE, True),
    ]
    internal = re.search(r'<li class="is-internal">(.*?)</li>', response.content.decode(), re.DOTALL)[1]
    assert "Bara vi ser" in internal
    assert "Nämn inte skolan." in internal
    assert response.content.decode().count("is-internal") == 1


def test_a_page_sent_twice_is_carried_out_once(as_leader, support_request):
    shown = as_leader.get(do(support_request, "log"))
    form = {"kind": "call", "text": "Vi pratade.", "once": shown.context["once_key"]}

    answers = [as_leader.post(do(support_request, "log"), form, follow=True) for _each in range(2)]
    as_leader.post(do(support_request, "log"), {"kind": "call", "text": "Vi pratade."})

    assert ["Det är antecknat." in text_of(answer) for answer in answers] == [True, True]
    assert LogEntry.objects.count() == 2


@pytest.mark.parametrize("key", ["", "\x00", "x" * 10_000, "00000000-0000-0000-0000-000000000000"])
def test_a_forged_key_is_no_error(as_leader, support_request, key):
    form = {"kind": "call", "text": "Vi pratade.", "once": key}

    assert as_leader.post(do(support_request, "log"), form).status_code == 302
    assert LogEntry.objects.count() == 1


def test_what_was_sent_stands_in_the_story_without_its_text(as_leader, support_request):
    make_message(contact=support_request.contact, subject="Välj en tid", text="Koden är EK 2222", link="/min-sida/abc/")

    response = as_leader.get(page(support_request))

    assert "Välj en tid" in text_of(response)
    assert "I kö" in text_of(response)
    assert "EK 2222" not in text_of(response)
    assert "/min-sida/abc/" not in response.content.decode()


def test_a_question_is_answered_once(as_leader, client, support_request, colleague):
    question = make_log_entry(support_request=support_request, kind=LogKind.QUESTION, contact=support_request.contact)
    path = reverse("admin:support_logentry_answer", args=[question.pk])

    assert "Svara på fråga" in buttons(as_leader.get(page(support_request)))
    told = as_leader.post(path, {"text": "Ja, det går bra."}, follow=True)
    client.force_login(colleague)
    late = client.post(path, {"text": "Nej."})

    assert told.request["PATH_INFO"] == page(support_request)
    assert "Svara på fråga" not in buttons(told)
    assert "En kollega har redan svarat på frågan." in text_of(late)
    assert "Nej." in late.content.decode()
    assert [entry.text for entry in LogEntry.objects.filter(kind=LogKind.ANSWER)] == ["Ja, det går bra."]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("nasty", ["\x00", "a" * 1_000_000, "\u202egnip", "\ufffd"])
def test_nasty_text_is_answered_in_words(as_leader, support_request, command, nasty):
    names = ["text", "alias", "reason", "turn_to", "place", "kind", "which", "to", "group", "day", "day_1", "clock_1"]
    names += ["place_kind", "minutes", "supports", "is_internal", "send"]

    response = as_leader.post(do(support_request, command), dict.fromkeys(names, nasty))

    assert response.status_code in {200, 302, 400, 413}


def test_every_role_of_the_programme_sees_the_requests_it_works_with(client, office, support_request):
    seen = {}
    for role in Role:
        client.force_login(make_staff(role, office=office))
        seen[role] = client.get(page(support_request)).status_code

    assert seen == {
        Role.LEADER: 200,
        Role.OFFICE_MANAGER: 200,
        Role.PROGRAMME_MANAGER: 200,
        Role.ADMINISTRATOR: 200,
        Role.EDITOR: 404,
        Role.TREASURER: 404,
    }


def test_a_broken_promise_is_said_in_words(as_leader, office):
    support_request = make_request(office=office, promised_by=NOW.date() - timedelta(days=1))

    assert "en dag sen" in text_of(as_leader.get(page(support_request)))
