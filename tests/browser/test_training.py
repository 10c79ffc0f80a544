"""The trainings in a real browser: every look, the keyboard alone, no JavaScript, and what a first visit weighs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.clock import now
from tests.browser.conftest import Look, PageAt, Watched
from tests.browser.test_world import faults_of
from tests.factories import make_course, make_office, make_registration, make_session
from tests.training.public_kit import form_of, page_of
from training.enums import AccessFact, RegistrationState, SessionState
from training.models import Registration, Session

LIST = "/utbildningar/"
PRESSES = "button, a.btn, a.tag, .pages a, .back, summary, label.pick"


@pytest.fixture(autouse=True)
def session(transactional_db: None) -> Session:
    """One to register for, among some others: one full, one called off, and a course without a date."""
    office = make_office(name="Almhöjden", slug="almhojden")
    course = make_course(
        title="Era rättigheter",
        outcomes=["säga vilken rättighet det handlar om", "skriva till den som har ansvar"],
        programme="Vi börjar med fika.\nSedan ritar vi en karta.",
    )
    full = make_session(course=make_course(title="Makt och krav"), office=office, starts_at=soon(9), seats=1)
    make_registration(session=full)
    make_session(course=course, office=office, host=full.host, starts_at=soon(9), state=SessionState.CANCELLED)
    make_course(title="Att leda möten")
    return make_session(
        course=course,
        office=office,
        host=full.host,
        starts_at=soon(14),
        seats=3,
        way_there="Buss 4 till torget.",
        interpreted=["ar", "so"],
        access=[AccessFact.LIFT, AccessFact.LOOP],
    )


def soon(days: int) -> datetime:
    return now() + timedelta(days=days)


def full_one() -> Session:
    return Session.objects.get(course__title="Makt och krav")


def press(page: Page, name: str) -> None:
    """When enough time has passed for a person to have read the page."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)), page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def fill_in(page: Page) -> None:
    page.get_by_label("Vad ska vi kalla dig?").fill("Noor")
    page.get_by_label("E-post", exact=True).check()
    page.get_by_label("E-postadress").fill("noor@exempel.se")


def test_every_public_page_is_accessible_in_every_look(page_at: PageAt, look: Look, session: Session) -> None:
    page = page_at(360)
    course = f"{LIST}{session.course.slug}/"
    off = Session.objects.get(state=SessionState.CANCELLED)
    paths = [LIST, f"{LIST}?audience=groups", f"{LIST}?topic=roles", course, page_of(session), page_of(full_one())]
    problems = []
    for path in (*paths, page_of(off), form_of(session)):
        page.goto(path)
        problems += look(page, f"training{path}", presses=PRESSES)

    assert problems == []


def test_a_registration_from_form_to_cancelling_is_accessible_in_every_look(
    page_at: PageAt, look: Look, session: Session
) -> None:
    page = page_at(360)
    page.goto(form_of(session))
    press(page, "Anmäl dig")
    expect(page.get_by_role("alert")).to_contain_text("Skriv vad vi ska kalla dig")
    problems = look(page, "training-form-errors", presses=PRESSES)
    fill_in(page)
    press(page, "Anmäl dig")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är anmäld")
    problems += look(page, "training-thanks", presses=PRESSES)
    for name, path in (("mine", ""), ("change", "andra/"), ("cancel", "avanmal/")):
        page.goto(f"/min-sida/anmalan/{path}")
        problems += look(page, f"training-{name}", presses=PRESSES)
    press(page, "Ja, avanmäl mig")
    problems += look(page, "training-cancelled", presses=PRESSES)

    assert problems == []
    assert Registration.objects.latest("pk").state == RegistrationState.CANCELLED


def test_a_registration_needs_the_keyboard_alone_and_no_javascript(page_at: PageAt, session: Session) -> None:
    page = page_at(360, java_script=False)
    page.goto(LIST)
    page.get_by_role("link", name="Era rättigheter").last.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Anmäl dig").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vad ska vi kalla dig?").focus()
    page.keyboard.type("Noor")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # two of them
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("noor@exempel.se")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Hiss")
    page.keyboard.press("Tab")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)), page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Du är anmäld")
    kept = Registration.objects.select_related("contact").latest("pk")
    assert (kept.contact.called, kept.contact.email, kept.seats, kept.needs) == ("Noor", "noor@exempel.se", 2, "Hiss")


def test_a_full_session_leads_to_the_queue(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto(page_of(full_one()))
    page.get_by_role("link", name="Ställ dig i kö").first.click()
    fill_in(page)

    press(page, "Ställ dig i kö")

    expect(page.get_by_role("main")).to_contain_text("Du står först i kön.")


def test_a_double_click_is_one_registration_and_one_page(page_at: PageAt, session: Session) -> None:
    page = page_at(360)
    page.goto(form_of(session))
    fill_in(page)
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)):
        page.get_by_role("button", name="Anmäl dig").dblclick()
        expect(page.get_by_role("heading", level=1)).to_have_text("Du är anmäld")

    page.reload()

    expect(page.get_by_role("main")).to_contain_text("Orden visar vi bara nu.")
    assert Registration.objects.filter(session=session).count() == 1


def test_a_first_visit_is_as_light_as_the_other_public_pages(
    page_at: PageAt, watched: Watched, live_server: LiveServer, session: Session
) -> None:
    faults = []
    for path in (LIST, f"{LIST}?audience=groups", f"{LIST}{session.course.slug}/", page_of(session)):
        page = page_at(360)
        faults += faults_of(page, path, watched, live_server.url)
        page.context.close()

    assert faults == []
