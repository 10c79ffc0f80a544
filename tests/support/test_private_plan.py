"""The plan, written, ticked off and taken over by the group itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from support.enums import OwnerSide, Phase, PlanKind, PlanStatus
from support.models import PlanEvent, PlanItem
from tests.factories import NOW, make_item
from tests.support.at_work import at_work, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PLAN = "/min-sida/plan/"
ADD = "/min-sida/plan/ny/"


def new(**kwargs: Any) -> dict[str, Any]:
    sent = {"kind": "task", "text": "Ringa kommunen", "owner_side": "group", "owner": "Alva"}
    return {**sent, "once_key": str(uuid4()), **kwargs}


def test_a_task_is_written_once_however_often_it_is_sent(client: Client) -> None:
    ours = at_work(client)
    sent = new()

    for _n in range(2):
        response = client.post(ADD, sent)

    item = ours.period.plan_items.get()
    assert response.url == PLAN  # type: ignore[attr-defined]
    assert (item.kind, item.text, item.owner_side, item.owner) == ("task", "Ringa kommunen", OwnerSide.GROUP, "Alva")
    assert [event.by_group for event in item.events.all()] == [True]
    assert "Ringa kommunen Ni: Alva Inte börjat" in text_of(client.get(PLAN))


def test_the_way_to_a_goal_has_goal_chosen_already(client: Client) -> None:
    ours = at_work(client)

    page = client.get(f"{ADD}?vad=mal").content.decode()
    client.post(ADD, new(kind="goal", text="Hissen går igen"))

    assert "checked" in page.split('value="goal"')[1].split(">")[0]
    assert ours.period.plan_items.get().kind == PlanKind.GOAL


def test_what_is_missing_is_said_in_words(client: Client) -> None:
    at_work(client)

    text = text_of(client.post(ADD, {"text": " "}))

    assert "Skriv vad ni vill göra eller nå" in text
    assert "Välj vem som gör det" in text


@pytest.mark.parametrize("status", list(PlanStatus))
def test_a_status_is_set_in_one_tap(client: Client, status: PlanStatus) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)

    response = client.post(f"{PLAN}{item.pk}/", {"status": status})

    item.refresh_from_db()
    assert response.url == PLAN  # type: ignore[attr-defined]
    assert item.status == status
    assert set(PlanEvent.objects.values_list("by_group", flat=True)) <= {True}


def test_a_status_that_does_not_exist_changes_nothing(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)

    for status in ("", "bra", "a\x00b"):
        response = client.post(f"{PLAN}{item.pk}/", {"status": status}, follow=True)
        assert "Välj hur långt det har kommit." in text_of(response)
    item.refresh_from_db()
    assert item.status == PlanStatus.NOT_STARTED


def test_taking_over_moves_ownership_to_the_group_once(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period, owner_side=OwnerSide.PROGRAMME, owner="Maja")

    assert "Vi tar över det här" in text_of(client.get(f"{PLAN}{item.pk}/"))
    for _n in range(2):
        client.post(f"{PLAN}{item.pk}/ta-over/")

    item.refresh_from_db()
    assert (item.owner_side, item.owner) == (OwnerSide.GROUP, "")
    assert [(event.handed_over, event.by_group) for event in item.events.all()] == [(True, True)]
    assert "Vi tar över det här" not in text_of(client.get(f"{PLAN}{item.pk}/"))


def test_a_second_tap_on_take_over_keeps_the_name_written_meanwhile(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period, owner_side=OwnerSide.GROUP, owner="Bo")

    client.post(f"{PLAN}{item.pk}/ta-over/")

    item.refresh_from_db()
    assert item.owner == "Bo"


def test_an_item_is_given_to_someone(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)

    client.post(f"{PLAN}{item.pk}/vem/", {"owner_side": "duty_bearer", "owner": ""})

    item.refresh_from_db()
    assert item.owner_side == OwnerSide.DUTY_BEARER
    assert "Den som har ansvar" in text_of(client.get(PLAN))


def test_the_ownership_balance_is_drawn_with_a_table_beside_it(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)
    client.post(f"{PLAN}{item.pk}/", {"status": "under_way"})

    response = client.get(PLAN)

    assert 'class="chart__bar"' in response.content.decode()
    assert "september 2026 100 % – 1" in text_of(response)


def test_what_a_leader_should_talk_about_is_not_said_to_the_group(client: Client) -> None:
    ours = at_work(client)
    for _n in range(3):
        item = make_item(period=ours.period, owner="Alva")
        client.post(f"{PLAN}{item.pk}/", {"status": "under_way"})

    assert "En och samma person har allt" not in text_of(client.get(PLAN))


def test_what_is_finished_comes_last(client: Client) -> None:
    ours = at_work(client)
    make_item(period=ours.period, text="Klar sak", status=PlanStatus.DONE, done_at=NOW)
    make_item(period=ours.period, text="Öppen sak")

    text = text_of(client.get(PLAN))

    assert text.index("Öppen sak") < text.index("Klar sak")


def test_the_plan_of_a_closed_period_stands_as_it_is(client: Client) -> None:
    ours = at_work(client, phase=Phase.CLOSED, closed_at=NOW)
    item = make_item(period=ours.period, owner_side=OwnerSide.PROGRAMME)

    page = text_of(client.get(f"{PLAN}{item.pk}/"))
    for path, data in (
        (ADD, new()),
        (f"{PLAN}{item.pk}/", {"status": "done"}),
        (f"{PLAN}{item.pk}/ta-over/", {}),
        (f"{PLAN}{item.pk}/vem/", {"owner_side": "group"}),
    ):
        assert "Planen går inte att ändra." in text_of(client.post(path, data, follow=True)), path

    assert "Vi tar över" not in page
    assert PlanItem.objects.values_list("status", "owner_side").get() == ("not_started", "programme")


def test_a_personal_number_is_asked_about_before_it_is_saved(client: Client) -> None:
    ours = at_work(client)
    item = make_item(period=ours.period)

    for path, data in ((ADD, new(text="Ring 811228-9874")), (f"{PLAN}{item.pk}/vem/", new(owner="811228-9874"))):
        assert "Det ser ut som ett personnummer" in text_of(client.post(path, data))
    assert ours.period.plan_items.count() == 1


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    ours = at_work(client)
    for rows in (1, 3):
        while ours.period.plan_items.count() < rows:
            item = make_item(period=ours.period)
            client.post(f"{PLAN}{item.pk}/", {"status": "under_way"})
        for path, queries in ((PLAN, 7), (ADD, 4), (f"{PLAN}{item.pk}/", 5), (f"{PLAN}{item.pk}/vem/", 5)):
            with django_assert_num_queries(queries):
                assert client.get(path).status_code == 200
