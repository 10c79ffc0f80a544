"""Two leaders, one row: the second save is refused with what differs, nothing is lost, a second press saves."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from groups.models import Group
from people import clock
from people.models import Office, User
from support.models import PlanItem, SupportPeriod
from tests.factories import make_group, make_item, make_meeting, make_period, make_request
from tests.support.admin_pages import do, page, text_of


@pytest.fixture
def period(office: Office, leader: User) -> SupportPeriod:
    return make_period(
        group=make_group(office=office),
        office=office,
        leader=leader,
        next_step="Boka lokal",
        next_step_on=clock.today() + timedelta(days=7),
    )


@pytest.fixture
def as_colleague(colleague: User) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


def carried(response: Any) -> dict[str, str]:
    """What a page carries hidden: what it showed, and its key against a double click."""
    return dict(re.findall(r'name="(seen|once)" value="([^"]+)"', response.content.decode()))


def opened(client: Client, address: str) -> dict[str, str]:
    return carried(client.get(address))


def step(text: str, days: int = 7, waits_for: str = "") -> dict[str, Any]:
    return {"text": text, "on": clock.today() + timedelta(days=days), "waits_for": waits_for}


def test_the_second_of_two_saves_is_refused_and_shows_both(
    as_leader: Client, as_colleague: Client, period: SupportPeriod
) -> None:
    address = do(period, "next-step")
    first, second = opened(as_leader, address), opened(as_colleague, address)

    as_leader.post(address, step("Ring skolan") | first)
    refused = as_colleague.post(address, step("Mejla fritidsgården", days=9) | second)

    period.refresh_from_db()
    shown = text_of(refused)
    assert period.next_step == "Ring skolan"
    assert refused.status_code == HTTPStatus.OK
    assert "När du öppnade Boka lokal Nu Ring skolan Du skrev Mejla fritidsgården" in shown
    assert re.search(r"Senast ändrat av Maja Lind, \d+ \w+ \d{4} \d\d\.\d\d\.", shown)
    assert 'value="Mejla fritidsgården"' in refused.content.decode()


def test_after_reading_a_second_press_saves(as_leader: Client, as_colleague: Client, period: SupportPeriod) -> None:
    address = do(period, "next-step")
    first, second = opened(as_leader, address), opened(as_colleague, address)
    as_leader.post(address, step("Ring skolan") | first)
    refused = as_colleague.post(address, step("Mejla fritidsgården") | second)

    as_colleague.post(address, step("Mejla fritidsgården") | carried(refused))

    period.refresh_from_db()
    assert period.next_step == "Mejla fritidsgården"


def test_a_third_save_meanwhile_is_refused_again(
    as_leader: Client, as_colleague: Client, period: SupportPeriod
) -> None:
    address = do(period, "next-step")
    second = opened(as_colleague, address)
    as_leader.post(address, step("Ring skolan") | opened(as_leader, address))
    refused = as_colleague.post(address, step("Mejla") | second)
    as_leader.post(address, step("Ring rektorn") | opened(as_leader, address))

    again = as_colleague.post(address, step("Mejla") | carried(refused))

    period.refresh_from_db()
    assert period.next_step == "Ring rektorn"
    assert "När du öppnade Ring skolan Nu Ring rektorn Du skrev Mejla" in text_of(again)


def test_a_change_of_something_else_on_the_row_is_no_conflict(as_leader: Client, period: SupportPeriod) -> None:
    address = do(period, "next-step")
    seen = opened(as_leader, address)
    SupportPeriod.objects.filter(pk=period.pk).update(horizon="Till jul")

    as_leader.post(address, step("Ring skolan") | seen)

    period.refresh_from_db()
    assert (period.next_step, period.horizon) == ("Ring skolan", "Till jul")


def test_two_who_write_the_same_agree(as_leader: Client, as_colleague: Client, period: SupportPeriod) -> None:
    address = do(period, "next-step")
    first, second = opened(as_leader, address), opened(as_colleague, address)

    answers = [as_leader.post(address, step("Ring") | first), as_colleague.post(address, step("Ring") | second)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 2


def test_a_double_click_is_no_conflict_with_oneself(as_leader: Client, period: SupportPeriod) -> None:
    address = do(period, "next-step")
    seen = opened(as_leader, address)

    answers = [as_leader.post(address, step("Ring skolan") | seen) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [HTTPStatus.FOUND] * 2


def test_a_form_on_another_page_that_showed_no_values_is_carried_out(as_leader: Client, period: SupportPeriod) -> None:
    as_leader.post(do(period, "next-step"), step("Ring skolan"))

    period.refresh_from_db()
    assert period.next_step == "Ring skolan"


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_page_that_has_been_tampered_with_is_looked_at_again(
    token: str, as_leader: Client, period: SupportPeriod
) -> None:
    address = do(period, "next-step")

    refused = as_leader.post(address, step("Ring skolan") | {"seen": token})

    period.refresh_from_db()
    assert period.next_step == "Boka lokal"
    assert "Sidan var för gammal." in text_of(refused)
    assert 'value="Ring skolan"' in refused.content.decode()
    as_leader.post(address, step("Ring skolan") | carried(refused))
    period.refresh_from_db()
    assert period.next_step == "Ring skolan"


def test_what_was_seen_of_one_row_says_nothing_of_another(
    as_leader: Client, office: Office, period: SupportPeriod
) -> None:
    other = make_period(group=make_group(office=office), office=office)

    refused = as_leader.post(do(period, "next-step"), step("Ring") | opened(as_leader, do(other, "next-step")))

    assert "Sidan var för gammal." in text_of(refused)


@pytest.mark.parametrize(
    ("command", "answers", "meanwhile"),
    [
        ("agree", {"supports": ["startup"], "horizon": "Till jul"}, {"horizon": "Till våren"}),
        ("ladder", {"ladder": "1, 2, 4"}, {"ladder": [2, 4]}),
        ("pause", {"until": clock.today() + timedelta(days=20)}, {"paused_until": clock.today() + timedelta(days=9)}),
    ],
)
def test_every_form_that_shows_what_is_refuses_to_write_over_it(
    command: str, answers: dict[str, Any], meanwhile: dict[str, Any], as_leader: Client, period: SupportPeriod
) -> None:
    seen = opened(as_leader, do(period, command))
    SupportPeriod.objects.filter(pk=period.pk).update(**meanwhile)

    refused = as_leader.post(do(period, command), answers | seen)

    assert "Någon annan har ändrat medan du skrev." in text_of(refused)
    period.refresh_from_db()
    assert {name: getattr(period, name) for name in meanwhile} == meanwhile


def test_parts_of_a_case_are_guarded_too(
    as_leader: Client, office: Office, leader: User, period: SupportPeriod
) -> None:
    item = make_item(period=period)
    meeting = make_meeting(support_request=make_request(office=office), leader=leader)
    seen = [opened(as_leader, address) for address in (do(item, "give"), do(meeting, "move"))]
    PlanItem.objects.filter(pk=item.pk).update(owner="Dina")
    type(meeting).objects.filter(pk=meeting.pk).update(place="Torget")

    day = {
        "day": clock.today() + timedelta(days=9),
        "clock": "14:00",
        "minutes": "60",
        "place_kind": "place",
        "place": "Hos oss",
    }
    refused = [
        as_leader.post(do(item, "give"), {"owner_side": "group", "owner": "Sara"} | seen[0]),
        as_leader.post(do(meeting, "move"), day | seen[1]),
    ]

    shown = [text_of(one) for one in refused]
    assert "Nu Dina Du skrev Sara" in shown[0]
    assert "När du öppnade Biblioteket Nu Torget Du skrev Hos oss" in shown[1]


def test_a_phase_that_is_only_suggested_is_not_compared(as_leader: Client, period: SupportPeriod) -> None:
    assert "seen" not in opened(as_leader, do(period, "phase"))


def test_the_alias_of_a_group_is_guarded(as_leader: Client, office: Office) -> None:
    group = make_group(office=office, alias="Lekplatsen")
    seen = opened(as_leader, do(group, "rename"))
    Group.objects.filter(pk=group.pk).update(alias="Gården")

    refused = as_leader.post(do(group, "rename"), {"alias": "Parken"} | seen)

    assert "När du öppnade Lekplatsen Nu Gården Du skrev Parken" in text_of(refused)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(
    as_leader: Client, as_colleague: Client, period: SupportPeriod
) -> None:
    address = do(period, "next-step")
    texts = ["Ring skolan", "Mejla fritidsgården"]
    pages = [opened(client, address) for client in (as_leader, as_colleague)]

    def save(number: int) -> int:
        answer = (as_leader, as_colleague)[number].post(address, step(texts[number]) | pages[number])
        connections.close_all()
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(save, range(2)))

    period.refresh_from_db()
    assert sorted(answers) == [HTTPStatus.OK, HTTPStatus.FOUND]
    assert period.next_step == texts[answers.index(HTTPStatus.FOUND)]


def test_the_leaders_page_of_another_office_carries_nothing(
    client: Client, other_office_leader: User, period: SupportPeriod
) -> None:
    client.force_login(other_office_leader)

    answers = [client.get(do(period, "next-step")), client.post(do(period, "next-step"), step("Ring"))]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 2
    assert client.get(page(period)).status_code == HTTPStatus.NOT_FOUND
