"""Someone's own registration behind its private link: read, changed, taken back, an offer taken, without an account."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from people.links import new_token
from people.models import PrivateLink
from tests.factories import NOW, make_course, make_link, make_registration, make_request, make_session
from tests.support.walking import come_in, text_of
from tests.training.public_kit import MINE, at_mine, sign_up
from training.actions.sessions import call_off
from training.enums import EndedBy, RegistrationState
from training.models import Registration

CHANGE, CANCEL, TAKE, CALENDAR = f"{MINE}andra/", f"{MINE}avanmal/", f"{MINE}plats/", f"{MINE}kalender.ics"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]


def in_queue(**kwargs: Any) -> Registration:
    return make_registration(state=RegistrationState.WAITLISTED, **kwargs)


def offered(**kwargs: Any) -> Registration:
    return make_registration(state=RegistrationState.OFFERED, **kwargs)


def test_the_own_page_says_what_is_booked(client: Client) -> None:
    session = make_session(course=make_course(title="Om makt"), way_there="Buss 4", link="https://motet.example.org/x")
    at_mine(client, make_registration(session=session, seats=2, needs="Hörslinga"))

    response = client.get(MINE)

    text = text_of(response)
    for said in ("Om makt", "tisdag 29 september klockan 10.00–12.00", "Du är anmäld", "Buss 4", "Hörslinga"):
        assert said in text
    assert "https://motet.example.org/x" in text
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_address_in_a_message_leads_to_the_page(client: Client) -> None:
    link = PrivateLink.objects.get(contact=make_registration().contact)
    token = new_token(link, now=NOW)

    assert client.get(f"/min-sida/{token}/").url == MINE  # type: ignore[attr-defined]
    assert client.get(f"/min-sida/{token}/anmalan/avanmal/").url == CANCEL  # type: ignore[attr-defined]
    assert "Ta tillbaka din anmälan?" in text_of(client.get(CANCEL))


@pytest.mark.parametrize("path", [MINE, CHANGE, CANCEL, CALENDAR])
def test_strangers_and_those_with_another_link_are_asked_for_code_and_words(path: str, client: Client) -> None:
    make_registration()
    support_request = make_request()

    assert client.get(path).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    come_in(client, make_link(purpose="training", about=support_request))
    assert client.get(path).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    assert Client().post(TAKE).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]


def test_the_mail_is_two_taps_from_a_seat_given_back(client: Client) -> None:
    registration = at_mine(client, make_registration(session=make_session(seats=1)))
    waiting = in_queue(session=registration.session)

    assert client.get(CANCEL).status_code == 200
    assert Registration.objects.get(pk=registration.pk).state == RegistrationState.REGISTERED
    page = text_of(client.post(CANCEL, follow=True))

    assert "Du är avanmäld. Tack för att du sa till." in page
    registration.refresh_from_db()
    waiting.refresh_from_db()
    assert (registration.state, registration.ended_by) == (RegistrationState.CANCELLED, EndedBy.THEMSELVES)
    assert waiting.state == RegistrationState.OFFERED
    assert "Det finns ingen anmälan att ta tillbaka." in text_of(client.post(CANCEL, follow=True))


def test_an_offered_seat_is_taken_in_time(client: Client) -> None:
    registration = at_mine(client, offered())
    assert "Vi håller en plats åt dig till torsdag 3 september klockan 10.00." in text_of(client.get(MINE))

    page = text_of(client.post(TAKE, follow=True))

    registration.refresh_from_db()
    assert registration.state == RegistrationState.REGISTERED
    assert "Platsen är din. Vi ses!" in page
    assert "Du är anmäld" in page


def test_an_offer_that_has_run_out_is_not_shown_as_one(client: Client) -> None:
    registration = at_mine(client, offered(offered_until=NOW - timedelta(minutes=1)))

    page = client.get(MINE).content.decode()
    answer = text_of(client.post(TAKE, follow=True))

    assert "Platsen är inte din längre" in page
    assert f'action="{TAKE}"' not in page
    assert "Tiden att svara har gått ut." in answer
    assert Registration.objects.get(pk=registration.pk).state == RegistrationState.OFFERED


def test_a_place_in_the_queue_is_told_in_words(client: Client) -> None:
    session = make_session(seats=1)
    first, second = (in_queue(session=session, queued_at=NOW - timedelta(hours=2 - n)) for n in range(2))
    in_queue(queued_at=NOW - timedelta(days=3))

    at_mine(client, first)
    assert "Du står först i kön." in text_of(client.get(MINE))
    at_mine(client, second)
    assert "Du är nummer 2 i kön." in text_of(client.get(MINE))
    assert client.get(CALENDAR).status_code == 404


def test_how_many_and_what_they_need_is_changed(client: Client) -> None:
    registration = at_mine(client, make_registration(needs="Hiss"))
    assert "Hiss" in client.get(CHANGE).content.decode()

    page = text_of(client.post(CHANGE, {"seats": "3", "needs": "Hiss och tolk"}, follow=True))

    registration.refresh_from_db()
    assert (registration.seats, registration.needs) == (3, "Hiss och tolk")
    assert "Din anmälan är ändrad." in page


def test_more_than_there_is_room_for_is_refused_in_words_and_nothing_is_lost(client: Client) -> None:
    registration = at_mine(client, make_registration())

    page = text_of(client.post(CHANGE, {"seats": "4", "needs": "Tolk"}))

    assert "Det finns plats för 3 av er." in page
    assert "Tolk" in page
    registration.refresh_from_db()
    assert (registration.seats, registration.needs) == (1, "")


def test_a_personal_number_among_the_needs_is_asked_about(client: Client) -> None:
    registration = at_mine(client, make_registration())

    page = text_of(client.post(CHANGE, {"seats": "1", "needs": "811228-9874"}))

    assert "Det ser ut som ett personnummer" in page
    assert Registration.objects.get(pk=registration.pk).needs == ""


@pytest.mark.parametrize("bad", ["a\x00b", "x" * 5000, "<script>alert(1)</script>", "7", "å" * 1_000_000])
@pytest.mark.parametrize("name", ["seats", "needs"])
def test_a_bad_value_is_never_our_fault(client: Client, name: str, bad: str) -> None:
    at_mine(client, make_registration())

    response = client.post(CHANGE, {"seats": "1", "needs": "", name: bad}, follow=True)

    assert response.status_code in {200, 400}
    assert "<script>alert" not in response.content.decode()


def test_what_is_over_or_taken_back_is_not_changed(client: Client) -> None:
    registration = at_mine(client, make_registration(session=make_session(starts_at=NOW - timedelta(days=1))))

    page = text_of(client.post(CHANGE, {"seats": "2", "needs": ""}, follow=True))

    assert "Anmälan går inte att ändra längre." in page
    assert "Träffen är över" in page
    assert "Jag kan inte komma" not in page
    client.post(CANCEL)
    registration.refresh_from_db()
    assert (registration.seats, registration.state) == (1, RegistrationState.REGISTERED)


def test_what_we_call_off_is_said_with_why(client: Client) -> None:
    registration = at_mine(client, make_registration())
    call_off(registration.session, because="Ledaren är sjuk.", by=registration.session.host, now=NOW)

    text = text_of(client.get(MINE))

    assert "Träffen är inställd Ledaren är sjuk." in text
    assert "Lägg i kalendern" not in text


def test_whoever_did_not_answer_an_offer_reads_why(client: Client) -> None:
    at_mine(client, make_registration(state=RegistrationState.CANCELLED, ended_by=EndedBy.OFFER_LAPSED))

    assert "Vi erbjöd en plats men fick inget svar i tid." in text_of(client.get(MINE))


def test_the_calendar_file_is_theirs_alone(client: Client) -> None:
    registration = at_mine(client, make_registration())
    other = make_registration(session=registration.session)

    response = client.get(CALENDAR)

    assert response.headers["Content-Type"].startswith("text/calendar")
    assert str(registration.uid) in response.content.decode()
    assert str(other.uid) not in response.content.decode()


def test_a_change_by_get_is_refused_and_none_happens(client: Client) -> None:
    registration = at_mine(client, offered())

    assert client.get(TAKE).status_code == 405
    assert client.post(MINE).status_code == 405
    assert [client.get(path).status_code for path in (CHANGE, CANCEL)] == [200, 200]
    assert Registration.objects.get(pk=registration.pk).state == RegistrationState.OFFERED


def test_others_at_the_same_session_stand_nowhere_and_cost_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    registration = at_mine(client, in_queue())
    for number in (1, 3):
        other = make_registration(session=registration.session)
        other.contact.called = f"Zelda {number}"
        other.contact.save()
        with django_assert_num_queries(5):  # the browser, the link, the registration, the queue, what we wrote
            page = client.get(MINE).content.decode()
        assert "Zelda" not in page
        assert other.contact.email not in page


def test_the_browser_that_registered_has_the_page_open(client: Client) -> None:
    sign_up(client, make_session())

    assert "Noor" not in text_of(client.get(MINE))
    assert "Jag hör dåligt" in text_of(client.get(MINE))
