"""The page of a support period: phase, next step, plan, follow-ups, ownership, story, and everything done there."""

from datetime import date, timedelta

import pytest

from people.enums import Channel
from support.enums import (
    LogKind,
    Outcome,
    OwnerSide,
    Phase,
    PlanKind,
    PlanStatus,
    QuickStepScope,
)
from support.models import KeptThing, LogEntry, PlanItem, QuickStep, SupportPeriod
from tests.factories import (
    NOW,
    TODAY,
    make_check_in,
    make_contact,
    make_group,
    make_item,
    make_link,
    make_log_entry,
    make_member,
    make_period,
    make_request,
)
from tests.support.admin_pages import buttons, cells, do, page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PERIODS = "/admin/support/supportperiod/"
COMMANDS = [
    "log",
    "write",
    "next-step",
    "step-done",
    "postpone",
    "add-item",
    "readiness",
    "agree",
    "phase",
    "pause",
    "end-pause",
    "ladder",
    "hand-over",
    "start-exit",
    "keep",
    "sign",
    "come-back",
    "close",
]
SOMEONE = {"channel": Channel.SMS, "phone": "070-174 06 15"}


@pytest.fixture
def period(office, leader) -> SupportPeriod:
    group = make_group(office=office, alias="Värmegruppen")
    support_request = make_request(office=office, group=group, contact=make_contact(**SOMEONE), status="accepted")
    make_link(about=support_request, code="TALL 4827")
    make_member(group=group, contact=support_request.contact)
    return make_period(group=group, office=office, leader=leader)


def test_the_page_says_where_the_group_stands(as_leader, period):
    make_check_in(period=period, why="Ni ville ha längre mellan gångerna.")
    SupportPeriod.objects.update(next_step="Ring hyresvärden", next_step_on=TODAY - timedelta(days=3), step=1)

    told = text_of(as_leader.get(page(period)))

    for words in (
        "Värmegruppen · TALL 4827",
        "Sms till 070-174 06 15.",
        "Upptakt",
        "Ring hyresvärden",
        "tre dagar sen",
        "Steg 2 av 5: ni hörs varannan vecka.",
        "Ni ville ha längre mellan gångerna.",
        "Tills gruppen bestämmer",
    ):
        assert words in told


def test_the_next_step_is_written_with_its_day(as_leader, period):
    assert "Boka nästa träff" in text_of(as_leader.get(page(period)))

    as_leader.post(do(period, "next-step"), {"text": "Ring hyresvärden", "on": "2026-09-08"})

    period.refresh_from_db()
    assert (period.next_step, period.next_step_on) == ("Ring hyresvärden", date(2026, 9, 8))


def test_an_item_is_written_moved_on_and_handed_over(as_leader, period):
    new = {"kind": "task", "text": "Boka lokal", "owner_side": "programme", "owner": "Maja", "due_on": "2026-09-20"}

    as_leader.post(do(period, "add-item"), new)
    item = PlanItem.objects.get()
    as_leader.post(do(item, "status"), {"status": "under_way"})
    response = as_leader.post(do(item, "give"), {"owner_side": "group", "owner": "Elsa"}, follow=True)

    assert response.request["PATH_INFO"] == page(period)
    item.refresh_from_db()
    assert (item.kind, item.due_on) == (PlanKind.TASK, date(2026, 9, 20))
    assert (item.status, item.owner_side, item.owner) == (PlanStatus.UNDER_WAY, OwnerSide.GROUP, "Elsa")
    events = item.events.values_list("owner_side", "status", "handed_over", "by_group")
    assert list(events) == [
        ("programme", "not_started", False, False),
        ("programme", "under_way", False, False),
        ("group", "under_way", True, False),
    ]


def test_who_does_what_is_a_chart_and_the_same_figures_in_a_table(as_leader, period):
    for side in (OwnerSide.GROUP, OwnerSide.PROGRAMME, OwnerSide.GROUP, OwnerSide.GROUP):
        as_leader.post(do(period, "add-item"), {"kind": "task", "text": "Något", "owner_side": side.value})

    response = as_leader.get(page(period))

    assert [(bar.percent, bar.finished_percent) for bar in response.context["balance"].bars] == [(75, None)]
    assert "september 2026 75 % – 4" in text_of(response)
    assert 'class="chart__bar" x="16" y="25" width="28" height="75"' in response.content.decode()
    assert "style=" not in response.content.decode().split('class="ownership"')[1]


def test_what_a_leader_should_talk_about_is_said(as_leader, period):
    for text in ("Ett", "Två", "Tre"):
        as_leader.post(do(period, "add-item"), {"kind": "task", "text": text, "owner_side": "group", "owner": "Elsa"})

    assert "En och samma person har allt. Vad kan delas?" in text_of(as_leader.get(page(period)))


def test_what_was_agreed_is_written_down_once(as_leader, period):
    form = {"supports": ["startup", "guidance"], "horizon": "Till sommaren", "review_on": "2026-12-01"}

    for _each in range(2):
        as_leader.post(do(period, "agree"), form)

    period.refresh_from_db()
    assert (period.supports, period.horizon, period.review_on) == (
        ["startup", "guidance"],
        "Till sommaren",
        date(2026, 12, 1),
    )
    assert LogEntry.objects.filter(period=period).count() == 1


def test_phase_exit_and_the_way_back(as_leader, period, leader):
    as_leader.post(do(period, "phase"), {"phase": "change"})
    as_leader.post(do(period, "start-exit"))
    as_leader.post(do(period, "keep"), {"kind": "logins", "text": "Gruppens e-post"})
    as_leader.post(do(period, "keep"), {"kind": "money", "text": "Fel rad"})
    as_leader.post(do(KeptThing.objects.get(text="Fel rad"), "unkeep"))
    shown = as_leader.get(page(period))
    as_leader.post(do(period, "sign"))

    period.refresh_from_db()
    assert (period.phase, period.leader) == (Phase.EXIT, leader)
    assert "Gruppens e-post" in text_of(shown)
    assert "Gruppen har inte skrivit under än." in text_of(shown)
    assert period.exit_signed_by_leader_at == NOW

    as_leader.post(do(period, "close"), {"outcome": "reached", "what_changed": "Värmen är mätt."})
    back = as_leader.post(do(period, "come-back"), follow=True)

    period.refresh_from_db()
    assert (period.phase, period.outcome) == (Phase.CLOSED, Outcome.REACHED)
    assert back.request["PATH_INFO"] == page(period.followed_by)


def test_an_exit_that_was_begun_too_early_goes_back_to_the_change(as_leader, period):
    as_leader.post(do(period, "start-exit"))
    offered = as_leader.get(do(period, "phase"))
    as_leader.post(do(period, "sign"))

    as_leader.post(do(period, "phase"), {"phase": "change"})

    assert offered.context["form"].initial["phase"] == Phase.CHANGE
    period.refresh_from_db()
    assert (period.phase, period.exit_signed_by_leader_at) == (Phase.CHANGE, None)


def test_closing_asks_how_it_went(as_leader, period):
    response = as_leader.post(do(period, "close"), {})

    assert "Välj hur det gick" in text_of(response)
    assert "Skriv kort vad som blev annorlunda" in text_of(response)
    assert SupportPeriod.objects.get().phase == Phase.START


def test_only_what_is_possible_in_the_phase_is_offered(as_leader, period):
    shown = {}
    moments = {"self_reliant_at": NOW, "closed_at": None}
    for phase in (Phase.START, Phase.EXIT, Phase.SELF_RELIANT):
        SupportPeriod.objects.update(phase=phase, **moments)
        shown[phase] = buttons(as_leader.get(page(period)))

    step, first = ["Klart", "Skjut upp en vecka", "Ändra"], ["Logga samtal", "Skriv till gruppen"]
    quick = [one.name for one in QuickStep.objects.for_case(period.office_id, QuickStepScope.PERIOD)]
    plan, agreed = ["Skriv in i planen", "Paus", "Egen trappa"], ["Tecken på självgående", "Det ni är överens om"]
    assert shown == {
        Phase.START: [
            *(*step, *first, "Byt fas", "Lämna över", "Börja avsluta", "Avsluta stödet", *quick),
            *(*plan, *agreed),
        ],
        Phase.EXIT: [
            *(*step, *first, "Byt fas", "Lämna över", "Avsluta stödet", "Gör ett utkast till exempel", *quick),
            *(*plan, *agreed, "Skriv upp något gruppen behåller", "Skriv under listan"),
        ],
        Phase.SELF_RELIANT: [
            *(*first, "Gruppen vill komma tillbaka", "Avsluta stödet"),
            *("Gör ett utkast till exempel", "Det ni är överens om"),
        ],
    }


def test_the_story_holds_the_request_too_and_internal_notes_stand_out(as_leader, period):
    make_log_entry(support_request=period.group.support_requests.get(), text="Före perioden.")
    make_log_entry(period=period, text="Nämn inte skolan.", is_internal=True)
    make_log_entry(period=make_period(), text="En annan grupps rad.")

    response = as_leader.get(page(period))

    assert "Före perioden." in text_of(response)
    assert "Bara vi ser Nämn inte skolan." in text_of(response)
    assert "En annan grupps rad." not in text_of(response)


def test_a_question_in_the_period_comes_back_to_the_period(as_leader, period):
    contact = period.group.members.get().contact
    question = make_log_entry(period=period, kind=LogKind.QUESTION, contact=contact, text="Får vi låna lokalen?")

    response = as_leader.post(do(question, "answer"), {"text": "Ja."}, follow=True)

    assert response.request["PATH_INFO"] == page(period)
    assert LogEntry.objects.filter(kind=LogKind.ANSWER).get().period == period


@pytest.mark.parametrize("command", COMMANDS)
def test_periods_of_other_offices_do_not_exist(client, other_office_leader, period, command):
    assert client.get(do(period, command)).status_code == 302
    client.force_login(other_office_leader)

    assert client.get(page(period)).status_code == 404
    assert client.get(do(period, command)).status_code == 404
    assert client.post(do(period, command)).status_code == 404


def test_parts_of_other_offices_periods_do_not_exist(client, other_office_leader, period):
    parts = [
        (make_item(period=period), "status"),
        (make_item(period=period), "give"),
        (make_check_in(period=period), "answer"),
        (make_log_entry(period=period, kind=LogKind.QUESTION), "answer"),
        (KeptThing.objects.create(period=period, kind="money", text="Kassan"), "unkeep"),
    ]
    client.force_login(other_office_leader)

    for row, command in parts:
        assert client.get(do(row, command)).status_code == 404
        assert client.post(do(row, command)).status_code == 404


@pytest.mark.parametrize("command", COMMANDS)
def test_looking_changes_nothing(as_leader, period, command):
    before = SupportPeriod.objects.values().get()

    assert as_leader.get(do(period, command)).status_code in {200, 302}
    assert as_leader.delete(do(period, command)).status_code == 405

    assert SupportPeriod.objects.values().get() == before
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("nasty", ["\x00", "a" * 1_000_000, "\u202egnip", "\ufffd"])
def test_nasty_text_is_answered_in_words(as_leader, period, command, nasty):
    names = ["text", "on", "kind", "owner_side", "owner", "due_on", "support_kind", "until", "ladder", "to", "phase"]
    names += ["outcome", "what_changed", "horizon", "review_on", "supports", "own_money", "is_internal"]

    response = as_leader.post(do(period, command), dict.fromkeys(names, nasty))

    assert response.status_code in {200, 302, 400, 413}


def test_the_list_shows_open_periods_by_next_step(as_leader, office, period):
    SupportPeriod.objects.update(next_step="Senare", next_step_on=TODAY + timedelta(days=9))
    make_period(office=office, next_step="Först", next_step_on=TODAY - timedelta(days=1))
    make_period(office=office, phase=Phase.CLOSED, closed_at=NOW, next_step="Slut")
    make_period(next_step="Annan ort")

    response = as_leader.get(PERIODS)

    assert cells(response, "what_next") == ["Först", "Senare"]
    assert cells(response, "due") == ["en dag sen", "nio dagar kvar"]
    assert cells(as_leader.get(PERIODS, {"show": "closed"}), "what_next") == ["Slut"]
    assert cells(as_leader.get(PERIODS, {"q": "tall4827"}), "group") == ["Värmegruppen"]
