"""Certificates: made out to those who came, and read back from the paper."""

from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pypdf import PdfReader

from tests.factories import NOW, make_course, make_registration
from tests.support.at_work import text_of
from tests.training.after_kit import held, who_came
from tests.training.public_kit import MINE, at_mine
from training.actions.certificates import AllMadeOut, NotAttended, make_out, take_back
from training.certificates.content import print_certificate, true_certificate
from training.enums import CourseKind, RegistrationState
from training.models import Certificate, Registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]

PAGE = "/min-sida/anmalan/intyg/"
VERIFY = "/intyg/"


def out(registration: Registration, name: str = "Noor Ali") -> Certificate:
    return make_out(registration, name=name, now=NOW)


def pdf_of(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def words_in(content: bytes) -> str:
    """On one line, long words in one piece."""
    text = " ".join(page.extract_text() for page in pdf_of(content).pages)
    return " ".join(text.replace("\u200b", "").split())


def names(registration: Registration) -> list[str]:
    return [one.name for one in registration.certificates.order_by("pk")]


def test_whoever_came_writes_a_name_and_gets_a_certificate(client: Client) -> None:
    registration = who_came(client)

    response = client.post(PAGE, {"name": "  Noor   Ali "}, follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert names(registration) == ["Noor Ali"]
    assert registration.certificates.get().check_code in text_of(response)
    assert "Vilket namn" not in text_of(response)


def test_the_same_name_twice_is_the_same_certificate() -> None:
    registration = who_came(seats=2)

    first, second, third = out(registration), out(registration, "noor  ali"), out(registration, "Bo Ek")

    assert first == second != third
    assert names(registration) == ["Noor Ali", "Bo Ek"]


def test_no_more_certificates_than_those_who_came() -> None:
    registration = who_came(seats=3, came=2)
    out(registration, "En")
    out(registration, "Två")

    with pytest.raises(AllMadeOut):
        out(registration, "Tre")

    assert names(registration) == ["En", "Två"]


@pytest.mark.parametrize(
    "state", [one for one in RegistrationState if one not in {RegistrationState.ATTENDED, RegistrationState.OFFERED}]
)
def test_without_having_come_there_is_no_certificate(client: Client, state: RegistrationState) -> None:
    registration = at_mine(client, make_registration(session=held(), state=state))

    with pytest.raises(NotAttended):
        out(registration)
    response = client.post(PAGE, {"name": "Noor Ali"})

    assert "Här finns inget intyg än" in text_of(response)
    assert "Hämta intyg" not in text_of(client.get(MINE))
    assert names(registration) == []


def test_a_session_that_goes_on_gives_none_yet() -> None:
    registration = who_came(session=held(ends_at=NOW + timedelta(minutes=1)))

    with pytest.raises(NotAttended):
        out(registration)


def test_a_wrong_name_is_taken_back_and_its_code_is_unknown(client: Client) -> None:
    registration = who_came(client)
    wrong = out(registration, "Nor Ali")

    by_get = client.get(f"{PAGE}{wrong.pk}/ta-bort/")
    client.post(f"{PAGE}{wrong.pk}/ta-bort/")
    client.post(f"{PAGE}{wrong.pk}/ta-bort/")
    client.post(PAGE, {"name": "Noor Ali"})

    assert by_get.status_code == 405
    assert names(registration) == ["Noor Ali"]
    assert client.get(f"{VERIFY}{wrong.check_code}/").status_code == 404


def test_the_certificates_of_others_are_not_to_be_found(client: Client) -> None:
    theirs = out(who_came())
    who_came(client)

    answers = [client.get(f"{PAGE}{theirs.pk}/{path}").status_code for path in ("", "intyg.pdf")]
    client.post(f"{PAGE}{theirs.pk}/ta-bort/")

    assert answers == [404, 404]
    assert Certificate.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("path", ["", "1/", "1/intyg.pdf"])
def test_without_a_link_one_is_asked_to_come_in(client: Client, path: str) -> None:
    assert client.get(f"{PAGE}{path}").headers["Location"].startswith("/min-sida/in/?next=")


def test_the_page_costs_the_same_for_one_and_for_three(client: Client, django_assert_num_queries: Any) -> None:
    registration = who_came(client, seats=4)
    client.get(PAGE)
    for more in (["A"], ["B", "C"]):
        for name in more:
            out(registration, name)
        with django_assert_num_queries(4):
            client.get(PAGE)


def test_the_paper_says_everything_and_can_be_read_back(client: Client, settings: Any) -> None:
    session = held(course=make_course(title="Era rättigheter", outcomes=["säga vem som bestämmer", "skriva ett krav"]))
    certificate = out(who_came(client, session=session), "Noor Öberg-Šarić")

    response = client.get(f"{PAGE}{certificate.pk}/intyg.pdf")

    words = words_in(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    for part in [
        "Intyg Noor Öberg-Šarić har varit med på utbildningen Era rättigheter",
        "Dag: 31 augusti 2026",
        "Tid: 2,5 timmar",
        f"Ort: {session.office}",
        "Ledare: Maja på mobilisering",
        "Det gick vi igenom • säga vem som bestämmer • skriva ett krav",
        "Vi skrev intyget den 1 september 2026.",
        f"Kontrollkod: {certificate.check_code}",
        f"{settings.PORTAL_URL.split('://')[1]}/intyg/{certificate.check_code}/",
    ]:
        assert part in words


def test_the_paper_is_tagged_one_page_and_in_the_language_of_the_reader(client: Client) -> None:
    certificate = out(who_came(client))
    address = f"{PAGE}{certificate.pk}/intyg.pdf"

    for language, title in (("sv", "Intyg"), ("en", None)):
        pdf = pdf_of(client.get(address, headers={"accept-language": language}).content)
        root: Any = pdf.trailer["/Root"]
        assert len(pdf.pages) == 1
        assert root["/Lang"] == language
        assert root["/MarkInfo"]["/Marked"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert pdf.metadata is not None
        assert title is None or str(pdf.metadata.title).startswith(title)


def test_the_same_certificate_is_the_same_file() -> None:
    certificate = out(who_came())

    assert print_certificate(certificate).pdf == print_certificate(certificate).pdf


def test_the_longest_words_still_make_a_paper() -> None:
    course = make_course(title="Ö" * 120, outcomes=["Å" * 200] * 12)
    certificate = out(who_came(session=held(course=course, led_by="Å" * 120)), "W" * 80)

    pdf = print_certificate(certificate).pdf
    assert certificate.check_code in words_in(pdf)
    lines = [line for page in pdf_of(pdf).pages for line in page.extract_text().replace("\u200b", "").splitlines()]
    assert max(map(len, lines)) < 70


def test_a_network_meeting_is_called_one(client: Client) -> None:
    certificate = out(who_came(client, session=held(course=make_course(kind=CourseKind.NETWORK))))

    assert "har varit med på nätverksträffen" in text_of(client.get(f"{PAGE}{certificate.pk}/"))


HOSTILE = [
    '#read("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": *',
    "$ x^2 $ `raw` <label> @ref \\ { [ ( # * _ ~",
    "</text><script>alert(1)</script>",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_a_program_is_printed_as_it_stands(client: Client, name: str) -> None:
    registration = who_came(client)
    client.post(PAGE, {"name": name})
    certificate = registration.certificates.get()

    words = words_in(client.get(f"{PAGE}{certificate.pk}/intyg.pdf").content)
    page = client.get(f"{VERIFY}{certificate.check_code}/").content

    assert name.split(maxsplit=1)[0] in words
    assert "root:" not in words
    assert b"<script>alert" not in page


@pytest.mark.parametrize("name", ["\x00", "   ", "x" * 81, "x" * 60_000, "\u202e\u200b"])
def test_what_is_no_name_is_asked_for_again(client: Client, name: str) -> None:
    registration = who_came(client)

    assert client.post(PAGE, {"name": name}).status_code == 200
    assert names(registration) == []


def test_a_name_in_letters_that_the_paper_lacks_is_printed_from_the_page(client: Client) -> None:
    registration = who_came(client)
    client.post(PAGE, {"name": "ሰላም በቀለ"})
    certificate = registration.certificates.get()

    page = client.get(f"{PAGE}{certificate.pk}/")
    paper = client.get(f"{PAGE}{certificate.pk}/intyg.pdf")

    assert "ሰላም በቀለ" in text_of(page)
    assert "Hämta som PDF" not in text_of(page)
    assert paper.headers["Location"] == f"{PAGE}{certificate.pk}/"


def test_a_personal_number_in_a_name_is_asked_about(client: Client) -> None:
    registration = who_came(client)

    asked = client.post(PAGE, {"name": "Noor 19811218-9876"})

    assert "Det ser ut som ett personnummer" in text_of(asked)
    assert names(registration) == []


def test_a_certificate_holds_only_for_as_many_as_came() -> None:
    registration = who_came(seats=2)
    first, second = out(registration, "En"), out(registration, "Två")

    Registration.objects.update(came=1)
    assert (true_certificate(first.check_code), true_certificate(second.check_code)) == (first, None)
    Registration.objects.update(came=0, state=RegistrationState.ABSENT)
    assert true_certificate(first.check_code) is None


def test_the_name_lies_encrypted_in_the_database() -> None:
    certificate = out(who_came(), "Noor Ali")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM training_certificate WHERE id = %s", [certificate.pk])
        (stored,) = cursor.fetchone()

    assert "Noor" not in stored
    assert take_back(certificate.registration, pk=certificate.pk)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_no_more_certificates_than_came() -> None:
    registration = who_came(seats=2)
    wanted = ["Noor Ali", "Noor Ali", "Bo Ek", "Cim Do", "Di Fu"]
    barrier, refused, wrong = Barrier(len(wanted)), [], []

    def press(name: str) -> None:
        barrier.wait()
        try:
            out(registration, name)
        except AllMadeOut:
            refused.append(name)
        except Exception as error:  # what the test is about
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=press, args=(name,)) for name in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(set(names(registration))) == len(names(registration)) == 2
