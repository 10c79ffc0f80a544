"""Hur går det? Three taps, the nine strengths, and the five signs, on the group's own page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from people.enums import Channel, YesNoUnknown
from people.models import Contact
from support.enums import CheckInKind, CheckInState, Drives, Going, Phase, Readiness, Wish
from support.models import CheckIn
from tests.factories import NOW, TODAY, make_check_in, make_contact
from tests.support.at_work import asked, at_work, planned, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/hur-gar-det/"
THANKS = "/min-sida/hur-gar-det/tack/"
STRENGTHS = "/min-sida/styrkor/"
SIGNS = "/min-sida/klarar-vi-oss/"

TAPS = {"going": "well", "drives": "yes", "wish": "further"}


def answered(check_in: CheckIn) -> tuple[str, str, str, str]:
    check_in.refresh_from_db()
    return check_in.state, check_in.going, check_in.drives, check_in.wish


def test_three_taps_are_an_answer_and_the_thanks_say_when_and_why_next(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)

    response = client.post(PAGE, {**TAPS, "number": check_in.number})

    assert answered(check_in) == (CheckInState.ANSWERED, Going.WELL, Drives.YES, Wish.FURTHER)
    assert response.url == THANKS  # type: ignore[attr-defined]
    following = ours.period.check_ins.get(state=CheckInState.PLANNED)
    text = text_of(client.get(THANKS))
    assert "Tack för svaret" in text
    assert following.why in text


def test_a_second_tap_does_not_answer_the_next_question(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)

    for _n in range(2):
        response = client.post(PAGE, {**TAPS, "number": check_in.number})

    assert response.url == THANKS  # type: ignore[attr-defined]
    assert [row.state for row in ours.period.check_ins.order_by("number")] == ["answered", "planned"]
    assert "Ni har redan svarat." in text_of(client.get(THANKS))


def test_a_group_says_when_it_wants_another_distance_without_being_asked(client: Client) -> None:
    ours = at_work(client)
    check_in = planned(ours.period)

    page = text_of(client.get(PAGE))
    client.post(PAGE, {"going": "so_so", "drives": "partly", "wish": "closer", "number": check_in.number})

    assert "Hur går det för er?" in page
    assert answered(check_in) == (CheckInState.ANSWERED, Going.SO_SO, Drives.PARTLY, Wish.CLOSER)


def test_what_is_missing_is_said_in_words_and_nothing_is_lost(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)

    response = client.post(PAGE, {"going": "well", "comment": "Vi var tolv i går.", "number": check_in.number})

    text = text_of(response)
    assert "Två svar saknas" in text
    assert "Välj hur ofta vi ska höras" in text
    assert "Vi var tolv i går." in text
    assert answered(check_in)[0] == CheckInState.ASKED


def test_a_pause_lasts_until_the_day_the_group_picks(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)

    past = client.post(PAGE, {**TAPS, "wish": "pause", "pause_until": "2026-08-01", "number": check_in.number})
    client.post(PAGE, {**TAPS, "wish": "pause", "pause_until": "2026-11-01", "number": check_in.number})

    assert "Välj en dag som kommer" in text_of(past)
    ours.period.refresh_from_db()
    assert ours.period.paused_until == date(2026, 11, 1)


def test_finish_leads_to_what_the_group_keeps(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)

    client.post(PAGE, {**TAPS, "wish": "finish", "number": check_in.number})

    ours.period.refresh_from_db()
    assert ours.period.phase == Phase.EXIT
    assert "Se vad ni behåller" in text_of(client.get(THANKS))


def test_an_old_contact_way_is_asked_about_and_a_no_stops_it(client: Client) -> None:
    contact = make_contact(channel=Channel.SMS, phone="+46701740615", rechecked_on=TODAY - timedelta(days=91))
    ours = at_work(client, contact=contact)
    check_in = asked(ours.period)

    page = text_of(client.get(PAGE))
    client.post(PAGE, {**TAPS, "still_safe": "no", "number": check_in.number})

    assert "Är det fortfarande tryggt att vi hör av oss på samma sätt?" in page
    assert Contact.objects.get(pk=contact.pk).suppressed_because != ""


def test_a_fresh_contact_way_is_not_asked_about(client: Client) -> None:
    ours = at_work(client)
    asked(ours.period)

    assert "fortfarande tryggt" not in text_of(client.get(PAGE))


def test_in_after_care_the_wishes_are_others(client: Client) -> None:
    ours = at_work(client, phase=Phase.SELF_RELIANT, self_reliant_at=NOW)
    check_in = asked(ours.period, kind=CheckInKind.AFTER_CARE)

    page = text_of(client.get(PAGE))
    client.post(PAGE, {"going": "badly", "drives": "yes", "wish": "closer", "number": check_in.number})

    assert "Vi klarar oss själva Vi vill komma tillbaka Hör inte av er mer" in page
    assert "Paus" not in page
    assert ours.period.group.periods.open().get().follows == ours.period


def test_whoever_wants_to_hear_no_more_is_told_that_it_is_so(client: Client) -> None:
    ours = at_work(client, phase=Phase.SELF_RELIANT, self_reliant_at=NOW)
    check_in = asked(ours.period, kind=CheckInKind.AFTER_CARE)

    client.post(PAGE, {"going": "well", "drives": "yes", "wish": "finish", "number": check_in.number})

    assert "Vi hör inte av oss mer. Ni är välkomna tillbaka när ni vill." in text_of(client.get(THANKS))
    assert not ours.period.check_ins.live().exists()


def test_without_a_question_the_page_says_so_and_when_it_comes(client: Client) -> None:
    ours = at_work(client, phase=Phase.SELF_RELIANT, self_reliant_at=NOW)
    make_check_in(period=ours.period, kind=CheckInKind.AFTER_CARE, why="Vi hör av oss i december.")

    text = text_of(client.get(PAGE))

    assert "Vi har inte frågat något just nu" in text
    assert "Vi hör av oss i december." in text
    assert client.post(PAGE, TAPS).url == THANKS  # type: ignore[attr-defined]
    assert ours.period.check_ins.get().state == CheckInState.PLANNED


def test_every_third_time_the_web_follows_voluntarily(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period, number=3)

    response = client.post(PAGE, {**TAPS, "number": 3})

    assert response.url == STRENGTHS  # type: ignore[attr-defined]
    assert answered(check_in)[0] == CheckInState.ANSWERED


def test_the_web_is_drawn_from_what_the_group_marked_and_compared_with_the_time_before(client: Client) -> None:
    ours = at_work(client)
    make_check_in(
        period=ours.period, state="answered", wish="same", answered_at=NOW - timedelta(days=90), capacity={"why": 2}
    )
    make_check_in(period=ours.period, state="answered", wish="same", answered_at=NOW)

    empty = text_of(client.post(STRENGTHS, {}, follow=True))
    client.post(STRENGTHS, {"leadership": "4", "why": "5"})

    assert "Så var det 3 juni 2026" in empty
    newest = ours.period.check_ins.get(number=2)
    assert newest.capacity == {"leadership": 4, "why": 5}
    text = text_of(client.get(STRENGTHS))
    assert "Så var det 1 september 2026" in text
    assert "2. Flera kan leda 4" in text
    assert "Så var det 3 juni 2026" in text


def test_a_web_before_the_first_answer_leads_to_the_three_taps(client: Client) -> None:
    at_work(client)

    assert "Inget nät än." in text_of(client.get(STRENGTHS))
    assert client.post(STRENGTHS, {"why": "5"}).url == PAGE  # type: ignore[attr-defined]


def test_a_mark_that_does_not_exist_is_said_at_its_question(client: Client) -> None:
    at_work(client)

    response = client.post(STRENGTHS, {"why": "6"})

    assert response.status_code == 200
    assert "Fel: Välj ett av svaren i listan" in text_of(response)


def test_the_signs_are_ticked_by_the_group_in_words_and_never_summed_up(client: Client) -> None:
    ours = at_work(client)

    client.post(SIGNS, {"several_lead": "yes", "own_money": "no"}, follow=True)

    marks = {mark.sign: (mark.value, mark.by_group) for mark in ours.period.readiness_marks.all()}
    assert marks == {
        Readiness.SEVERAL_LEAD: (YesNoUnknown.YES, True),
        Readiness.OWN_MONEY: (YesNoUnknown.NO, True),
    }
    text = text_of(client.get(SIGNS))
    assert "Det här gör ni redan Fler än en kan leda Vad stämmer nu?" in text
    assert "/5" not in text


def test_the_same_signs_again_the_same_day_change_nothing(client: Client) -> None:
    ours = at_work(client)

    for _n in range(2):
        client.post(SIGNS, {"several_lead": "yes"})

    assert ours.period.readiness_marks.count() == 1


def test_after_the_end_there_are_no_signs_to_tick(client: Client) -> None:
    ours = at_work(client, phase=Phase.CLOSED, closed_at=NOW)

    assert client.post(SIGNS, {"several_lead": "yes"}).url == "/min-sida/avslut/"  # type: ignore[attr-defined]
    assert not ours.period.readiness_marks.exists()


def test_a_personal_number_in_the_comment_is_asked_about_first(client: Client) -> None:
    ours = at_work(client)
    check_in = asked(ours.period)
    answer = {**TAPS, "comment": "Hon är 811228-9874", "number": check_in.number}

    response = client.post(PAGE, answer)
    client.post(PAGE, {**answer, "personnummer": "ta-bort"})

    assert "Det ser ut som ett personnummer" in text_of(response)
    assert answered(check_in)[0] == CheckInState.ANSWERED
    assert "811228" not in check_in.comment


@pytest.mark.parametrize("path", [PAGE, THANKS, STRENGTHS, SIGNS])
def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any, path: str) -> None:
    ours = at_work(client)
    asked(ours.period, number=9)
    for rows in (1, 3):
        while ours.period.check_ins.count() <= rows:
            make_check_in(
                period=ours.period, state="answered", wish="same", answered_at=NOW, capacity={"why": 3, "links": 4}
            )
        with django_assert_num_queries(5):
            assert client.get(path).status_code == 200
