"""A closing support period offers a draft: from the plan and the shared log, never from what only staff see."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from groups.models import Approval
from knowledge.actions.examples import ask_group, clear_risks
from knowledge.actions.publishing import NotComplete
from knowledge.enums import Risk, State
from knowledge.models import Example
from mobilisering.actions import AlreadyDrafted, NotClosing, draft_example
from people.models import Message, Office, User
from support.enums import LogKind, Phase, PlanKind, PlanStatus
from support.models import LogEntry, SupportPeriod
from tests.factories import (
    NOW,
    make_contact,
    make_group,
    make_item,
    make_log_entry,
    make_member,
    make_period,
    make_request,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


@pytest.fixture
def period(office: Office, leader: User) -> SupportPeriod:
    group = make_group(office=office, area="Norra", size_band="5-9", in_common="Vi bor i samma hus")
    group.topics.add(make_topic(name="Bostad"))
    member = make_member(group=group, contact=make_contact(called="Alva Ek"))
    make_request(group=group, contact=make_contact(called="Samira"), responsible=["unknown", "landlord", "region"])
    period = make_period(
        group=group, office=office, leader=leader, phase=Phase.SELF_RELIANT, supports=["startup"],
        opened_at=datetime(2026, 2, 10, tzinfo=UTC), self_reliant_at=datetime(2026, 8, 20, tzinfo=UTC),
    )  # fmt: skip
    make_item(period=period, kind=PlanKind.GOAL, text="Värmen ska fungera")
    make_item(period=period, text="Alva mäter på Björkgatan 4", owner="Robin", status=PlanStatus.DONE, done_at=NOW)
    make_item(period=period, text="Skriva till Robin", status=PlanStatus.BLOCKED)
    make_item(period=period, text="Fira", status=PlanStatus.UNDER_WAY)
    log = {"period": period, "user": leader, "at": datetime(2026, 3, 5, tzinfo=UTC)}
    make_log_entry(**log, text="Samira ringde 070-174 06 15 och sa att Maja Lind kan komma till Norra.")
    make_log_entry(**log, text="Hemligt om hälsan.", is_internal=True)
    make_log_entry(**log, text="alva@exempel.se", kind=LogKind.CONTACT)
    make_log_entry(period=period, contact=member.contact, text="Vår fråga.", kind=LogKind.QUESTION)
    return period


def every_word(example: Example) -> str:
    columns = [str(value) for value in Example.objects.filter(pk=example.pk).values().get().values()]
    return " ".join([*columns, *(f"{step.title} {step.text}" for step in example.steps.all())])


def test_a_draft_has_what_the_plan_and_the_shared_log_say(period: SupportPeriod, leader: User) -> None:
    example = draft_example(period, by=leader, now=NOW)

    assert (example.state, example.group, example.from_period) == (State.DRAFT, period.group, period.pk)
    assert (example.title, example.wrong) == ("Värmen ska fungera", "Värmen ska fungera")
    assert [step.text for step in example.steps.all()] == ["[…] mäter på […]".replace("[", "\\[").replace("]", "\\]")]
    assert example.did_not_work == r"Skriva till \[…\]"
    assert (example.period, example.happened_on) == ("Februari 2026 till augusti 2026", date(2026, 8, 1))
    assert (example.size_band, example.supports, example.duty_bearer_kind) == ("5-9", ["startup"], "landlord")
    assert [topic.name for topic in example.topics.all()] == ["Bostad"]
    assert example.outcome.startswith("Mars 2026: ")


def test_no_name_no_address_and_no_internal_note_comes_along(period: SupportPeriod, leader: User) -> None:
    words = every_word(draft_example(period, by=leader, now=NOW))

    secrets = [
        "Alva", "Ek", "Samira", "Robin", "Maja", "Lind", "Norra", "Björkgatan", "070", "exempel.se", "Hemligt", "fråga",
    ]  # fmt: skip
    assert [secret for secret in secrets if secret in words] == []


def test_a_period_gives_one_draft_and_only_when_it_is_closing(period: SupportPeriod, leader: User) -> None:
    draft_example(period, by=leader, now=NOW)

    with pytest.raises(AlreadyDrafted):
        draft_example(period, by=leader, now=NOW)
    with pytest.raises(NotClosing):
        draft_example(make_period(phase=Phase.CHANGE), by=leader, now=NOW)
    assert Example.objects.count() == 1


def test_the_group_is_told_in_its_log_and_the_editors_get_a_line(
    period: SupportPeriod, leader: User, editor: User
) -> None:
    draft_example(period, by=leader, now=NOW)

    newest = LogEntry.objects.filter(period=period).latest("pk")
    assert (newest.is_internal, newest.user) == (False, leader)
    assert newest.text.startswith("Vi har börjat på en text om vad gruppen har gjort.")
    assert [one.user for one in Message.objects.filter(kind="knowledge.example_came_in")] == [editor]
    assert not Approval.objects.exists()


def test_a_period_with_nothing_written_gives_a_draft_too(leader: User) -> None:
    example = draft_example(make_period(phase=Phase.EXIT), by=leader, now=NOW)

    assert example.title == "Utkast från en stödperiod"
    assert (example.wrong, example.outcome, example.period) == ("", "", "September 2026")


def page_of(period: SupportPeriod) -> str:
    return f"/admin/support/supportperiod/{period.pk}/"


def test_the_leader_makes_the_draft_on_the_page_of_the_period_once(as_leader: Client, period: SupportPeriod) -> None:
    command = f"{page_of(period)}draft-example/"
    offered = as_leader.get(f"{page_of(period)}change/").content.decode()

    asks = as_leader.get(command).content.decode()
    response: Any = as_leader.post(command, {"send": "1"}, follow=True)

    assert command in offered
    assert "Interna anteckningar är inte med." in asks
    assert "Redaktörerna har ett utkast nu." in response.content.decode()
    assert command not in response.content.decode()
    assert Example.objects.get().from_period == period.pk


def test_a_leader_elsewhere_finds_no_such_period(
    client: Client, other_office_leader: User, period: SupportPeriod
) -> None:
    client.force_login(other_office_leader)

    assert client.post(f"{page_of(period)}draft-example/", {"send": "1"}).status_code == 404
    assert not Example.objects.exists()


def test_a_drafted_example_goes_the_way_of_the_others(period: SupportPeriod, leader: User, editor: User) -> None:
    example = draft_example(period, by=leader, now=NOW)
    clear_risks(example, risks=[*Risk], by=editor, now=NOW)

    with pytest.raises(NotComplete):
        ask_group(example, now=NOW)
    assert example.state == State.REVIEW


def test_names_in_small_letters_and_what_the_group_is_called_do_not_come_along(
    period: SupportPeriod, leader: User
) -> None:
    period.group.alias = "Laget på hörnet"
    period.group.save()
    make_item(period=period, text="alva och robin i Laget på hörnet ringde", status=PlanStatus.DONE, done_at=NOW)

    words = every_word(draft_example(period, by=leader, now=NOW))

    assert [secret for secret in ("alva", "robin", "hörnet") if secret in words] == []
    assert "ringde" in words
