"""The page of a case: what it is about, what comes next, who the people are, and who else has it open."""

import re
from datetime import timedelta

import pytest
import time_machine

from groups.enums import Decision, MemberRole, SupportKind
from people.enums import Channel
from people.models import AccessLog
from support.admin.case_page import first_sentence
from support.enums import CheckInState, OwnerSide, PlanKind, PlanStatus, RequestStatus, Urgency, WaitsFor
from support.models import SupportPeriod, SupportRequest
from tests.factories import (
    NOW,
    TODAY,
    make_approval,
    make_check_in,
    make_contact,
    make_group,
    make_item,
    make_link,
    make_log_entry,
    make_member,
    make_office,
    make_period,
    make_request,
    make_role_contract,
)
from tests.support.admin_pages import buttons, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def support_request(office, leader) -> SupportRequest:
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        what="Hissen står still. Vi har bott här i tio år.",
        urgency=Urgency.TWO_WEEKS,
        urgent_what="En av oss kommer inte ut.",
        next_step="Ring hyresvärden",
        next_step_on=TODAY + timedelta(days=1),
        contact=make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15"),
    )
    make_link(about=support_request, code="TALL 4827")
    return support_request


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen")
    member = make_member(group=group, contact=make_contact(called="Dina", channel=Channel.SMS, phone="070-174 06 15"))
    make_request(office=office, group=group, contact=member.contact, status="accepted", what="Det är kallt! Mycket.")
    return make_period(group=group, office=office, leader=leader)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Hissen står still. Vi bor här.", "Hissen står still."),
        ("Lekplatsen\när avstängd. Vi vill ha den.", "Lekplatsen"),
        ("Vi vill ha kl. 8.30-tider på bussen", "Vi vill ha kl. 8.30-tider på bussen"),
        ("  ", ""),
        ("ett ord " * 40, f"{('ett ord ' * 14).strip()} ett…"),
    ],
)
def test_what_they_want_to_change_stands_on_one_line(text, line):
    assert first_sentence(text) == line


def test_the_page_begins_with_what_it_is_about_and_how_it_stands(as_leader, support_request):
    told = text_of(as_leader.get(page(support_request))).split("Nästa steg")[0]

    for words in (
        "TALL 4827 · Lindhaga",
        "Hissen står still.",
        "Någon har tagit den",
        "Bråttom: En av oss kommer inte ut.",
        "Svar: sju dagar kvar",
        "Utvecklingsledare: Maja Lind",
        "Sms till 070-174 06 15.",
    ):
        assert words in told


def test_urgency_is_an_icon_and_a_word(as_leader, support_request):
    content = as_leader.get(page(support_request)).content.decode()

    tag = re.search(r'<span class="tag tag--late">(.*?)</span>', content, re.DOTALL)[1]
    assert tag.startswith("<svg")
    assert "Bråttom" in tag


def test_whose_turn_it_is_and_until_when_it_rests_is_said(as_leader, support_request, period):
    waits = {"waits_for": WaitsFor.DUTY_BEARER, "waits_since": NOW - timedelta(days=4)}
    SupportRequest.objects.update(**waits)
    SupportPeriod.objects.update(paused_until=TODAY + timedelta(days=30), **waits)

    assert "Väntar på den som har ansvar sedan 28 augusti" in text_of(as_leader.get(page(support_request)))
    told = text_of(as_leader.get(page(period)))
    assert "Väntar på den som har ansvar sedan 28 augusti" in told
    assert "Vilar till 1 oktober" in told


def test_the_next_step_is_done_put_off_or_changed_right_there(as_leader, support_request):
    section = as_leader.get(page(support_request)).content.decode().split('id="next"')[1].split("</section>")[0]

    assert re.findall(r"/(next-step|step-done|postpone)/", section) == ["step-done", "postpone", "next-step"]
    as_leader.post(do(support_request, "postpone"))
    as_leader.post(do(support_request, "step-done"), {"text": "Boka tid", "on": "2026-09-10"})

    told = text_of(as_leader.get(page(support_request)))
    assert "Nästa steg Boka tid torsdag 10 september, nio dagar kvar" in told
    assert "Klart: Ring hyresvärden" in told


def test_the_main_things_to_do_are_few_and_the_rest_is_folded_away(as_leader, support_request):
    content = as_leader.get(page(support_request)).content.decode()

    shown = buttons(as_leader.get(page(support_request)))
    assert shown[:8] == [
        *("Klart", "Skjut upp en vecka", "Ändra"),
        *("Logga samtal", "Skriv till gruppen", "Boka möte", "Erbjud tider", "Ja, vi börjar"),
    ]
    folded = content.split("Fler val")[1].split("</details>")[0]
    assert "Hänvisa vidare" in folded
    assert "Säg att vi inte kan hjälpa till" in folded


def test_opening_the_page_is_written_down(as_leader, support_request, period, leader, office):
    for row in (support_request, period):
        as_leader.get(page(row))
        as_leader.get(page(row))

    rows = AccessLog.objects.order_by("pk").values_list("user", "what", "about_model", "about_id", "office")
    assert list(rows) == [
        (leader.pk, "read", "support.supportrequest", support_request.pk, office.pk),
        (leader.pk, "read", "support.supportperiod", period.pk, office.pk),
    ]


def test_whoever_may_not_see_it_has_not_read_it(client, support_request, other_office_leader, treasurer):
    client.get(page(support_request))
    for user in (other_office_leader, treasurer):
        client.force_login(user)
        client.get(page(support_request))

    assert AccessLog.objects.count() == 0


def test_a_colleague_who_has_it_open_is_told_of(client, support_request, leader, colleague):
    client.force_login(colleague)
    client.get(page(support_request))
    client.force_login(leader)

    told = text_of(client.get(page(support_request)))
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        later = text_of(client.get(page(support_request)))

    assert "Sam Ek har ärendet öppet sedan 10.00." in told
    assert "Maja Lind har ärendet" not in told
    assert "har ärendet öppet" not in later


def test_the_plan_stands_side_by_side_with_whose_it_is(as_leader, period):
    make_item(period=period, text="Klar sak", owner_side=OwnerSide.GROUP, status=PlanStatus.DONE, done_at=NOW)
    make_item(period=period, text="Skriv brevet", owner_side=OwnerSide.GROUP, owner="Elsa")
    make_item(period=period, text="Laga hissen", owner_side=OwnerSide.DUTY_BEARER)

    response = as_leader.get(page(period))

    plan = [(str(side), [item.text for item, _buttons in items]) for side, items in response.context["plan"]]
    assert plan == [("Gruppen", ["Skriv brevet", "Klar sak"]), ("Den som har ansvar", ["Laga hissen"])]
    assert "Vems uppgift: Den som har ansvar Laga hissen" in text_of(response)


def test_what_the_support_has_led_to_is_counted(as_leader, period):
    for kind in (SupportKind.KNOWLEDGE, SupportKind.KNOWLEDGE, SupportKind.RESOURCES):
        make_item(period=period, support_kind=kind, status=PlanStatus.DONE, done_at=NOW)
    make_item(period=period, support_kind=SupportKind.STARTUP)

    assert "Har lett till något klart Kunskap (2), Resurser (1)" in text_of(as_leader.get(page(period)))


def test_the_issue_of_a_group_is_what_it_asked_for_or_its_first_goal(as_leader, period, office):
    alone = make_period(office=office)
    make_item(period=alone, text="Vi vill ha ljus på gångvägen.", kind=PlanKind.GOAL)

    assert as_leader.get(page(period)).context["issue"] == "Det är kallt!"
    assert as_leader.get(page(alone)).context["issue"] == "Vi vill ha ljus på gångvägen."
    assert as_leader.get(page(make_period(office=office))).context["issue"] == ""


def test_the_people_stand_there_with_their_safe_contact(as_leader, period):
    protected = make_contact(called="Elsa", channel=Channel.SMS, phone="070-174 06 44", protected=True)
    make_member(group=period.group, contact=protected, role=MemberRole.MEMBER)
    make_role_contract(group=period.group, task="Tänka högt")

    response = as_leader.get(page(period))

    people = text_of(response).split("Vilka som är med")[2].split("Det ni är överens om")[0]
    assert "Elsa Med i gruppen Skyddad identitet. Bara sms. Visa numret med skäl." in people
    assert "Möjliggöraren Möjliggörare: " in people
    assert "Tänka högt" in people
    assert "0644" not in response.content.decode().replace(" ", "").replace("-", "")


def test_what_the_group_has_agreed_to_stands_there(as_leader, period):
    make_approval(group=period.group, title="Ett citat")
    make_approval(group=period.group, title="En bild", decision=Decision.YES, decided_at=NOW, taken_back_at=NOW)
    make_approval(group=period.group, title="Gammalt", superseded_at=NOW)

    told = text_of(as_leader.get(page(period)))

    assert "Ett citat Väntar på gruppen" in told
    assert "En bild Taget tillbaka" in told
    assert "Gammalt" not in told


def test_the_next_talk_stands_first_with_its_why_and_the_ones_before_are_folded_away(as_leader, period):
    make_check_in(period=period, why="Det var första gången.", state=CheckInState.ANSWERED, answered_at=NOW)
    make_check_in(period=period, why="Ni ville ha längre mellan gångerna.")

    response = as_leader.get(page(period))

    assert [one.why for one, _buttons in response.context["check_ins_now"]] == ["Ni ville ha längre mellan gångerna."]
    folded = response.content.decode().split("Gångerna före")[1].split("</details>")[0]
    assert "Det var första gången." in folded


def test_closing_shows_whose_the_work_has_become(as_leader, period):
    as_leader.post(do(period, "add-item"), {"kind": "task", "text": "Boka lokal", "owner_side": "group"})

    told = text_of(as_leader.get(do(period, "close")))

    assert "Läs det här med gruppen innan ni bestämmer hur det gick." in told
    assert "september 2026 100 %" in told


def test_a_question_waits_at_the_top_however_old_it_is(as_leader, support_request):
    make_log_entry(support_request=support_request, kind="question", text="Får vi låna lokalen?", at=NOW)
    for number in range(40):
        make_log_entry(support_request=support_request, text=f"Rad {number}", at=NOW + timedelta(hours=number + 1))

    response = as_leader.get(page(support_request))

    assert [question.text for question, _buttons in response.context["questions"]] == ["Får vi låna lokalen?"]
    assert "Svara på fråga" in buttons(response)


def test_a_case_without_office_stands_in_the_common_queue_and_is_read_there(client, leader, other_office_leader):
    support_request = make_request(office=None)
    for user in (leader, other_office_leader):
        client.force_login(user)
        assert client.get(page(support_request)).status_code == 200

    assert list(AccessLog.objects.values_list("office", flat=True)) == [None, None]


def test_at_every_address_of_a_foreign_case_there_is_nothing(client, leader, support_request, period):
    other = make_office()
    SupportRequest.objects.update(office=other)
    SupportPeriod.objects.update(office=other)
    client.force_login(leader)

    for row in (support_request, period):
        for name in ("write", "log", "next-step", "step-done", "postpone"):
            assert (client.get(do(row, name)).status_code, client.post(do(row, name)).status_code) == (404, 404)
        for query in ({"visa": "samtal"}, {"fore": "1-0-1"}, {"_changelist_filters": "show=all"}):
            assert client.get(page(row), query).status_code == 404
