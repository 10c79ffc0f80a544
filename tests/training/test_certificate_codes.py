"""Anyone who holds a certificate checks its code; nobody finds one by guessing."""

import random

import pytest
from django.test import Client

from tests.factories import NOW, make_certificate, make_course
from tests.support.at_work import text_of
from tests.training.after_kit import held, who_came
from training.actions.certificates import free_check_code, make_out
from training.certificates.codes import SIGNS, new_check_code, normalise_check_code
from training.models import Certificate, Registration
from training.views.verify import MOST_WRONG_A_DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

VERIFY = "/intyg/"
UNKNOWN = "BCDF-GHJK-LMNP"


def out(registration: Registration, name: str = "Noor Ali") -> Certificate:
    return make_out(registration, name=name, now=NOW)


def test_a_code_is_read_however_it_is_written() -> None:
    code = new_check_code(random.Random(7))

    for written in (code, code.lower(), code.replace("-", ""), code.replace("-", " – "), f"  {code} ", f"{code}."):
        assert normalise_check_code(written) == code
    assert not set(SIGNS) & set("01OIAEUY")


@pytest.mark.parametrize("text", ["", "BCDF", "BCDF-GHJK-LMNO", "BCDF-GHJK-LMN1", "\x00" * 12, "B" * 13, "B" * 10**6])
def test_what_cannot_be_a_code_is_none(text: str) -> None:
    assert normalise_check_code(text) is None


def test_a_code_is_drawn_until_it_is_free() -> None:
    taken = make_certificate(check_code=new_check_code(random.Random(3)))
    dice = random.Random(3)

    code = free_check_code(lambda: new_check_code(dice))

    assert code != taken.check_code
    assert normalise_check_code(code) == code


def test_anyone_can_check_a_code_and_reads_what_stands_on_the_paper(client: Client) -> None:
    session = held(course=make_course(title="Era rättigheter"))
    registration = who_came(session=session, seats=2)
    certificate, other = out(registration, "Noor Ali"), out(registration, "Bo Ek")

    response = client.post(VERIFY, {"check_code": f" {certificate.check_code.lower()} "}, follow=True)

    text = text_of(response)
    assert response.redirect_chain == [(f"{VERIFY}{certificate.check_code}/", 302)]
    for part in ("Intyget är äkta", "Noor Ali", "Era rättigheter", "31 augusti 2026", "2,5 timmar"):
        assert part in text
    for other_thing in (other.name, other.check_code, registration.contact.called, session.place):
        assert other_thing not in text
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("code", [UNKNOWN, "x", "%00", "A" * 5000, "..", "<b>"])
def test_an_unknown_code_is_said_in_plain_words(client: Client, code: str) -> None:
    out(who_came())

    response = client.get(f"{VERIFY}{code}/")

    assert response.status_code == 404
    assert "Vi känner inte igen koden" in text_of(response)
    assert "Noor" not in text_of(response)
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("code", ["", "\x00", "BCDF", "B" * 60_000])
def test_what_cannot_be_a_code_is_asked_for_again(client: Client, code: str) -> None:
    response = client.post(VERIFY, {"check_code": code})

    assert response.status_code == 200
    assert "Fel:" in response.content.decode()


def test_a_guesser_is_stopped_for_the_day_and_others_are_not(client: Client) -> None:
    certificate = out(who_came())
    for _n in range(MOST_WRONG_A_DAY):
        assert client.get(f"{VERIFY}{UNKNOWN}/").status_code == 404

    stopped = client.get(f"{VERIFY}{certificate.check_code}/")
    elsewhere = client.get(f"{VERIFY}{certificate.check_code}/", REMOTE_ADDR="192.0.2.7")

    assert stopped.status_code == 429
    assert "Noor" not in text_of(stopped)
    assert elsewhere.status_code == 200


def test_right_codes_are_never_too_many(client: Client) -> None:
    certificate = out(who_came())

    answers = {client.get(f"{VERIFY}{certificate.check_code}/").status_code for _n in range(MOST_WRONG_A_DAY + 2)}

    assert answers == {200}
