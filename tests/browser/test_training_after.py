"""After a session, in a real browser: the three questions, the certificate and the check of its code."""

from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from people.clock import now
from people.links import new_token
from people.models import PrivateLink
from tests.browser.conftest import SHOTS, Look, PageAt, SignIn
from tests.factories import make_course, make_evaluation, make_registration, make_session
from training.actions.certificates import make_out
from training.enums import RegistrationState, Usefulness
from training.models import Certificate, Evaluation, Registration

MINE = "/min-sida/anmalan/"


@pytest.fixture
def came(transactional_db: None) -> Registration:
    """Two who were at a training yesterday; one has a certificate."""
    course = make_course(
        title="Era rättigheter när ni hyr",
        outcomes=["säga vilken rättighet det handlar om", "hitta den som har ansvar"],
        material="Bilderna ligger här: https://exempel.se/bilder\nTack för en fin kväll!",
    )
    ended = now() - timedelta(days=1)
    session = make_session(course=course, starts_at=ended - timedelta(hours=2.5), ends_at=ended)
    registration = make_registration(session=session, seats=2, state=RegistrationState.ATTENDED, came=2)
    make_out(registration, name="Noor Ali", now=now())
    return registration


def come_in(page: Page, registration: Registration) -> None:
    link = PrivateLink.objects.get(contact=registration.contact)
    page.goto(f"/min-sida/{new_token(link, now=now())}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Din anmälan")


def test_everyone_can_use_every_page(came: Registration, page_at: PageAt, look: Look) -> None:
    page = page_at(360)
    come_in(page, came)
    certificate = Certificate.objects.get()
    pages = {
        "after": MINE,
        "evaluate": f"{MINE}utvardering/",
        "certificates": f"{MINE}intyg/",
        "certificate": f"{MINE}intyg/{certificate.pk}/",
        "verify": "/intyg/",
        "verified": f"/intyg/{certificate.check_code}/",
        "verify-unknown": "/intyg/BCDF-GHJK-LMNP/",
    }

    found = []
    for name, path in pages.items():
        page.goto(path)
        found += look(page, f"training-{name}", presses="main .btn")

    refused = "verify-unknown: Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [one for one in found if one != f"training-{refused}"] == []


def test_staff_can_read_the_answers(came: Registration, page_at: PageAt, sign_in: SignIn, look: Look) -> None:
    for usefulness in Usefulness:
        make_evaluation(session=came.session, usefulness=usefulness, learned="Att fråga", better="Längre rast")
    page = page_at(1280)
    sign_in(page, came.session.host)

    page.goto(f"/admin/training/session/{came.session_id}/change/")

    expect(page.get_by_role("heading", name="Vad de tyckte")).to_be_visible()
    assert look(page, "training-answers") == []


def test_the_three_questions_are_answered_with_keys_alone(came: Registration, page_at: PageAt) -> None:
    page = page_at(360)
    come_in(page, came)
    page.get_by_role("link", name="Svara på frågorna").focus()
    page.keyboard.press("Enter")

    page.get_by_label("Ja, en del").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Att fråga vem som bestämmer")
    page.get_by_role("button", name="Skicka svaren").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Tack för dina svar.")).to_be_visible()
    answer = Evaluation.objects.get()
    assert (answer.usefulness, answer.learned) == (Usefulness.SOME, "Att fråga vem som bestämmer")


def test_a_certificate_is_made_out_and_checked_without_javascript(came: Registration, page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    come_in(page, came)
    page.get_by_role("link", name="Hämta intyg").click()
    page.get_by_label("Vilket namn ska stå på intyget?").fill("Bo Ek")
    page.get_by_role("button", name="Gör intyget").click()
    page.get_by_role("link", name="Bo Ek").click()
    expect(page.get_by_role("link", name="Hämta som PDF")).to_be_visible()
    code = came.certificates.order_by("pk").last()
    assert code is not None

    other = page_at(1280, java_script=False)
    other.goto("/intyg/")
    other.get_by_label("Kontrollkod").fill(code.check_code.lower().replace("-", " "))
    other.get_by_role("button", name="Kolla intyget").click()

    expect(other.get_by_role("heading", level=1)).to_have_text("Intyget är äkta")
    expect(other.get_by_text("Bo Ek")).to_be_visible()


def test_a_name_that_the_paper_lacks_letters_for_is_printed_on_one_sheet(came: Registration, page_at: PageAt) -> None:
    certificate = make_out(came, name="ሰላም በቀለ", now=now())
    page = page_at(1280)
    come_in(page, came)
    page.goto(f"{MINE}intyg/{certificate.pk}/")

    page.emulate_media(media="print")

    expect(page.get_by_text("ሰላም በቀለ")).to_be_visible()
    expect(page.get_by_text(f"/intyg/{certificate.check_code}/")).to_be_visible()
    for unwanted in ("Skriv ut sidan från din webbläsare.", "Blev namnet fel?", "Lämna sidan"):
        expect(page.get_by_text(unwanted)).to_be_hidden()
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1
    if SHOTS:
        page.set_viewport_size({"width": 794, "height": 1123})
        page.screenshot(path=f"{SHOTS}/training-print.png")
