"""The end on the group's page: what it keeps, signed by both; and the way back."""

from typing import Any

import pytest
from django.test import Client

from support.actions.exits import sign_exit
from support.enums import Phase
from support.models import SupportPeriod
from tests.factories import NOW
from tests.support.at_work import HOME, at_work, invited_to, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/avslut/"
BEGIN = "/min-sida/avslut/borja/"
SIGN = "/min-sida/avslut/skriv-under/"
BACK = "/min-sida/avslut/tillbaka/"


def phase_of(period: SupportPeriod) -> str:
    return SupportPeriod.objects.get(pk=period.pk).phase


def test_the_group_ends_when_it_wants_in_two_taps(client: Client) -> None:
    ours = at_work(client)

    page = text_of(client.get(PAGE))
    for _n in range(2):
        client.post(BEGIN)

    assert "Vill ni avsluta stödet? Ni bestämmer när." in page
    assert phase_of(ours.period) == Phase.EXIT
    assert "Vi avslutar tillsammans" in text_of(client.get(PAGE))


def test_what_the_group_keeps_is_listed_once_and_taken_off_again(client: Client) -> None:
    ours = at_work(client, phase=Phase.EXIT)

    for _n in range(2):
        client.post(PAGE, {"kind": "contacts", "text": "Numret till nämnden"})
    thing = ours.period.kept_things.get()
    assert "Numret till nämnden Kontakter" in text_of(client.get(PAGE))
    client.post(f"{PAGE}ta-bort/{thing.pk}/")

    assert not ours.period.kept_things.exists()


def test_with_both_signatures_the_group_manages_by_itself(client: Client) -> None:
    ours = at_work(client, phase=Phase.EXIT)

    for _n in range(2):
        client.post(SIGN)
    assert phase_of(ours.period) == Phase.EXIT
    assert "Vi skriver under" not in text_of(client.get(PAGE))
    sign_exit(ours.period, by=ours.period.leader, now=NOW)

    assert phase_of(ours.period) == Phase.SELF_RELIANT
    text = text_of(client.get(PAGE))
    assert "Vi hör av oss efter tre, sex och tolv månader" in text
    assert "Vi vill komma tillbaka" in text


def test_a_signature_before_the_end_is_answered_in_words(client: Client) -> None:
    ours = at_work(client)

    response = client.post(SIGN, follow=True)

    assert "Det finns inget att skriva under just nu." in text_of(response)
    assert phase_of(ours.period) == Phase.START


def test_the_list_stands_still_before_and_after_the_end(client: Client) -> None:
    ours = at_work(client)

    response = client.post(PAGE, {"kind": "other", "text": "Nyckeln"}, follow=True)

    assert "Listan kan bara ändras medan vi avslutar." in text_of(response)
    assert not ours.period.kept_things.exists()


@pytest.mark.parametrize("phase", [Phase.SELF_RELIANT, Phase.CLOSED])
def test_the_group_comes_back_in_one_tap_and_keeps_its_leader(client: Client, phase: Phase) -> None:
    ended: dict[str, Any] = {"closed_at": NOW} if phase == Phase.CLOSED else {"self_reliant_at": NOW}
    ours = at_work(client, phase=phase, **ended)

    for _n in range(2):
        response = client.post(BACK)

    assert response.url == HOME  # type: ignore[attr-defined]
    new = ours.period.group.periods.exclude(pk=ours.period.pk).get()
    assert (new.follows, new.leader, new.phase) == (ours.period, ours.period.leader, Phase.START)
    assert "Nästa gång vi hörs" in text_of(client.get(HOME))


def test_coming_back_means_nothing_while_we_are_still_together(client: Client) -> None:
    ours = at_work(client, phase=Phase.EXIT)

    page = text_of(client.post(BACK, follow=True))

    assert "Välkomna tillbaka" not in page
    assert phase_of(ours.period) == Phase.EXIT


def test_an_ended_support_is_not_ended_again(client: Client) -> None:
    ours = at_work(client, phase=Phase.CLOSED, closed_at=NOW)

    assert "Stödet är redan avslutat." in text_of(client.post(BEGIN, follow=True))
    assert phase_of(ours.period) == Phase.CLOSED


def test_anyone_in_the_group_signs_for_it(client: Client) -> None:
    ours = at_work(client, phase=Phase.EXIT)
    someone = invited_to(ours, client)

    client.post(SIGN)

    assert SupportPeriod.objects.get(pk=ours.period.pk).exit_signed_by == someone


def test_the_number_of_queries_stays_the_same(client: Client, django_assert_num_queries: Any) -> None:
    ours = at_work(client, phase=Phase.EXIT)
    for rows in (1, 3):
        while ours.period.kept_things.count() < rows:
            ours.period.kept_things.create(kind="other", text="Nyckeln")
        with django_assert_num_queries(5):
            assert client.get(PAGE).status_code == 200
