"""A meeting the group has held without us, told of on its own page."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from people.actions.contacts import ContactErased, erase_contact
from support.actions.own_meetings import tell_of_meeting
from support.actions.planning import plan_next_check_in
from support.enums import LogKind, Phase
from support.models import CheckIn
from tests.factories import NOW, TODAY
from tests.support.at_work import HOME, at_work, invited_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/vi-har-traffats/"


def told(**kwargs: Any) -> dict[str, Any]:
    return {"held_on": "2026-08-31", "text": "Vi delade upp arbetet.", "once_key": str(uuid4()), **kwargs}


def test_a_meeting_of_our_own_stands_in_the_history_once_however_often_it_is_sent(client: Client) -> None:
    ours = at_work(client)
    sent = told()

    for _twice in range(2):
        page = text_of(client.post(PAGE, sent, follow=True))

    entry = ours.period.log.get(kind=LogKind.MEETING)
    assert entry.text == "Gruppen träffades måndag 31 augusti. Vi delade upp arbetet."
    assert (entry.contact, entry.user, entry.is_internal) == (ours.member.contact, None, False)
    assert "Det står i er historik nu." in page
    assert "Vi delade upp arbetet." in text_of(client.get("/min-sida/historik/"))


def test_the_day_we_are_in_touch_next_moves_but_never_past_one_and_a_half_gaps(client: Client) -> None:
    ours = at_work(client, step=2, opened_at=NOW - timedelta(weeks=2))
    before = plan_next_check_in(ours.period, now=NOW)
    assert before is not None

    client.post(PAGE, told())

    moved = CheckIn.objects.get()
    assert before.expected < moved.expected <= TODAY - timedelta(weeks=2) + timedelta(weeks=6)
    assert "Ni är i gång själva, så vi väntar lite." in moved.why


def test_the_day_is_enough(client: Client) -> None:
    ours = at_work(client)

    client.post(PAGE, told(text=""))

    assert ours.period.log.get(kind=LogKind.MEETING).text == "Gruppen träffades måndag 31 augusti."


@pytest.mark.parametrize("day", ["2026-09-02", "9999-12-31", "", "i går"])
def test_a_day_to_come_or_none_is_asked_for_again_and_the_text_is_kept(client: Client, day: str) -> None:
    ours = at_work(client)

    page = client.post(PAGE, told(held_on=day))

    assert "Fel:" in text_of(page)
    assert "Vi delade upp arbetet." in page.content.decode()
    assert not ours.period.log.filter(kind=LogKind.MEETING).exists()


def test_anyone_in_the_group_may_tell_and_nobody_else(client: Client) -> None:
    ours = at_work(client)
    invited = invited_to(ours, client)

    client.post(PAGE, told())
    stranger = Client().get(PAGE)

    assert ours.period.log.get(kind=LogKind.MEETING).contact == invited.contact
    assert stranger.url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_after_the_end_nothing_more_is_written(client: Client) -> None:
    ours = at_work(client, phase=Phase.SELF_RELIANT, self_reliant_at=NOW)

    page = text_of(client.post(PAGE, told(), follow=True))

    assert "Stödet är avslutat." in page
    assert "Vi har träffats" not in text_of(client.get(HOME))
    assert not ours.period.log.filter(kind=LogKind.MEETING).exists()


def test_whoever_has_taken_everything_away_leaves_nothing_new_behind(client: Client) -> None:
    ours = at_work(client)
    erase_contact(ours.member.contact, now=NOW)

    with pytest.raises(ContactErased):
        tell_of_meeting(ours.period, member=ours.member, held_on=date(2026, 8, 31), text="", once_key=uuid4(), now=NOW)


def test_a_number_that_looks_personal_is_asked_about_first(client: Client) -> None:
    ours = at_work(client)

    page = text_of(client.post(PAGE, told(text="Ring 811218-9876")))

    assert "Det ser ut som ett personnummer" in page
    assert not ours.period.log.filter(kind=LogKind.MEETING).exists()
