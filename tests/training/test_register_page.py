"""Someone registers on the public page: three questions, thanks, and never a word about anyone else."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test import Client

from people.enums import Channel
from people.models import Contact
from people.views import floods
from tests.factories import NOW, make_registration, make_session
from tests.support.walking import text_of
from tests.training.public_kit import ANSWERS, MINE, form_of, page_of, sign_up
from training.enums import RegistrationState, SessionState
from training.forms.registering import RegisterForm
from training.models import Registration

pytestmark = pytest.mark.usefixtures("at_now")


@pytest.mark.django_db
def test_three_answers_are_a_registration_with_thanks_code_and_words(client: Client) -> None:
    session = make_session()

    response = sign_up(client, session)

    registration = Registration.objects.select_related("contact").get()
    assert response.url == f"{page_of(session)}anmal/klart/"
    assert (registration.seats, registration.needs, registration.state) == (2, "Jag hör dåligt", "registered")
    assert (registration.contact.called, registration.contact.email) == ("Noor", "noor@exempel.se")
    thanks = text_of(client.get(response.url))
    assert "Du är anmäld" in thanks
    assert "Ni har 2 platser." in thanks
    assert re.search(r"Din kod [A-Z]+ \d{4} Dina två ord \w+ \w+ ", thanks)


@pytest.mark.django_db
def test_the_thanks_are_the_same_until_the_own_page_is_opened(client: Client) -> None:
    thanks = sign_up(client, make_session()).url
    first, again = (text_of(client.get(thanks)) for _n in range(2))

    client.get(MINE)

    assert first == again
    assert "Orden visar vi bara nu." in first
    assert "Orden du fick förut gäller fortfarande." in text_of(client.get(thanks))


@pytest.mark.django_db
def test_the_thanks_are_shown_to_nobody_else(client: Client) -> None:
    session, other = make_session(), make_session()
    thanks = sign_up(client, session).url

    assert Client().get(thanks).url == page_of(session)  # type: ignore[attr-defined]
    elsewhere = f"{page_of(other)}anmal/klart/"
    assert client.get(elsewhere).url == page_of(other)  # type: ignore[attr-defined]
    assert client.get(thanks).headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_full_session_says_that_one_joins_the_queue_and_which_in_it_one_is(client: Client) -> None:
    session = make_session(seats=1)
    make_registration(session=session)
    make_registration(session=session, state=RegistrationState.WAITLISTED, queued_at=NOW - timedelta(days=1))

    form = text_of(client.get(form_of(session)))
    thanks = text_of(client.get(sign_up(client, session, seats="1").url))

    assert "Alla platser är tagna." in form
    assert "Du står i kö" in thanks
    assert "Du är nummer 2 i kön." in thanks


@pytest.mark.django_db
def test_few_seats_are_said_beside_the_question(client: Client) -> None:
    assert "Det finns 3 platser kvar. Är ni fler, ställer vi er i kö." in text_of(client.get(form_of(make_session())))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({"channel": "sms", "sms_phone": "070-174 06 15"}, (Channel.SMS, "", "+46701740615", False)),
        ({"channel": "call", "call_phone": "031-390 06 10"}, (Channel.CALL, "", "+46313900610", False)),
        ({"channel": "self"}, (Channel.SELF, "", "", False)),
        ({"discreet": "on"}, (Channel.EMAIL, "noor@exempel.se", "", True)),
    ],
)
def test_contact_is_only_as_safe_as_it_was_chosen(client: Client, answers: Any, kept: Any) -> None:
    sign_up(client, make_session(), **answers)

    contact = Contact.objects.get()
    assert (contact.channel, contact.email, contact.phone, contact.discreet) == kept


@pytest.mark.django_db
def test_the_same_page_sent_twice_is_one_registration_and_the_same_thanks(client: Client) -> None:
    session, key = make_session(), str(uuid4())
    other_answer = Client()

    urls = [sign_up(browser, session, once_key=key).url for browser in (client, other_answer)]

    assert len(set(urls)) == 1
    assert Registration.objects.count() == Contact.objects.count() == 1
    assert text_of(client.get(urls[0])) == text_of(other_answer.get(urls[0]))


@pytest.mark.django_db
def test_an_old_page_sent_again_opens_nothing(client: Client) -> None:
    session, key = make_session(), str(uuid4())
    sign_up(client, session, once_key=key)

    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        late = Client()
        response = sign_up(late, session, once_key=key)

        assert response.url == MINE
        assert late.get(MINE).url.startswith("/min-sida/in/")  # type: ignore[attr-defined]
    assert Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_page_sent_at_once_is_one_registration() -> None:
    session, key = make_session(), str(uuid4())

    def send(_n: int) -> str:
        try:
            return str(sign_up(Client(), session, once_key=key).url)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        urls = list(pool.map(send, range(3)))

    assert urls == [f"{page_of(session)}anmal/klart/"] * 3
    assert Registration.objects.count() == Contact.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("called", "Skriv vad vi ska kalla dig"),
        ("seats", "Välj hur många ni är"),
        ("channel", "Välj hur vi kan nå dig"),
        ("email", "Skriv en e-postadress"),
    ],
)
def test_a_missing_answer_is_asked_for_in_words(client: Client, name: str, sentence: str) -> None:
    page = sign_up(client, make_session(), **{name: []}).content.decode()

    assert "<title>Fel: Anmäl dig" in page
    assert page.count(sentence) == 2
    assert not Registration.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("seats", ["0", "7", "-1", "1.5", "många"])
def test_only_one_to_six_come_together(client: Client, seats: str) -> None:
    assert sign_up(client, make_session(), seats=seats).status_code == 200
    assert not Registration.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*RegisterForm.base_fields])
def test_a_bad_value_in_any_field_is_never_our_fault(client: Client, name: str) -> None:
    session = make_session(seats=30)
    for bad in ("a\x00b", "a\u202eb", "x" * 5000, "<script>alert(1)</script>"):
        response = sign_up(client, session, **{name: bad})
        assert response.status_code in {200, 302}
        assert "<script>alert" not in response.content.decode()
    assert sign_up(client, session, **{name: "å" * 1_000_000}).status_code == 400


@pytest.mark.django_db
def test_nobody_takes_more_than_is_asked(client: Client) -> None:
    session = make_session(seats=1)
    make_registration(session=session)

    sign_up(client, session, state="registered", queued_at="", offered_until="2030-01-01", session_id="1")

    assert Registration.objects.latest("pk").state == RegistrationState.WAITLISTED


@pytest.mark.django_db
def test_a_personal_number_is_asked_about_before_anything_is_kept(client: Client) -> None:
    session = make_session()

    page = text_of(sign_up(client, session, needs="Ring 811228-9874"))

    assert "Det ser ut som ett personnummer" in page
    assert not Registration.objects.exists()
    sign_up(client, session, needs="Ring 811228-9874 nu", personnummer="ta-bort")
    assert Registration.objects.get().needs == "Ring nu"


@pytest.mark.django_db
def test_a_page_sent_too_fast_is_shown_once_more(client: Client) -> None:
    page = text_of(sign_up(client, make_session(), opened=signing.dumps("opened", salt="people.form_guards")))

    assert "Kolla svaren en gång till." in page
    assert "Jag hör dåligt" in page
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_a_flood_is_told_to_wait_or_call(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "SENT_A_DAY", 1)
    session = make_session()
    sign_up(Client(), session)

    response = sign_up(client, session)

    assert response.status_code == 429
    assert "Jag hör dåligt" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"state": SessionState.CANCELLED}, {"starts_at": NOW - timedelta(minutes=5)}])
def test_what_closed_while_one_wrote_is_said_kindly(client: Client, change: dict[str, Any]) -> None:
    session = make_session()
    type(session).objects.update(**change)

    response = sign_up(client, session)

    assert response.url == page_of(session)
    assert "Det går inte att anmäla sig längre." in text_of(client.get(response.url))
    assert not Registration.objects.exists()


@pytest.mark.django_db
def test_the_form_tells_nothing_about_others_who_are_registered(client: Client) -> None:
    session = make_session()
    sign_up(Client(), session)

    response = sign_up(client, session)

    assert response.status_code == 302
    assert Registration.objects.count() == 2
    assert "redan" not in text_of(client.get(response.url))


@pytest.mark.django_db
def test_the_form_is_kept_by_nobody_and_costs_the_same(client: Client, django_assert_num_queries: Any) -> None:
    session = make_session(seats=9)
    for _more in (1, 3):
        make_registration(session=session)
        with django_assert_num_queries(1):
            response = client.get(form_of(session))
    assert response.headers["Cache-Control"] == "private, no-store"
    assert ANSWERS["called"] not in response.content.decode()
