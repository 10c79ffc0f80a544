"""Sessions in the admin, as a browser shows them: accessible in every look, and attendance from the keyboard."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from people import clock
from people.models import Office, User
from tests.browser.conftest import LOOKS, Look, PageAt, SignIn
from tests.factories import make_contact, make_registration, make_session
from training.enums import RegistrationState
from training.models import Registration, Session


@pytest.fixture
def session(office: Office, leader: User) -> Session:
    """A session that goes on now, with something of everything."""
    now = clock.now()
    session = make_session(
        office=office,
        host=leader,
        seats=12,
        starts_at=now - timedelta(minutes=20),
        access=["lift"],
        way_there="Ring.",
    )
    people: dict[str, dict[str, Any]] = {
        "Ali": {"needs": "Teckentolk"},
        "Vera": {"seats": 3},
        "Kön": {"state": RegistrationState.WAITLISTED, "queued_at": now},
        "Erbjuden": {"state": RegistrationState.OFFERED, "offered_until": now + timedelta(hours=5)},
        "Borta": {"state": RegistrationState.CANCELLED, "ended_by": "themselves"},
    }
    for called, fields in people.items():
        make_registration(session=session, contact=make_contact(called=called), **fields)
    return session


def test_every_page_of_sessions_is_accessible(
    page_at: PageAt, sign_in: SignIn, leader: User, session: Session, look: Look
) -> None:
    coming = make_session(office=session.office, host=leader, starts_at=clock.now() + timedelta(days=9))
    page = page_at(360)
    sign_in(page, leader)
    a_list = reverse("admin:training_session_changelist")
    names = ("edit", "register", "write", "repeat", "copy", "call-off")
    paths = [
        f"{a_list}?show=all",
        *(reverse(f"admin:training_session_{name}", args=[session.pk]) for name in ("change", "attendance", "paper")),
        *(reverse(f"admin:training_session_{name}", args=[coming.pk]) for name in names),
        reverse("admin:training_session_export", args=[session.pk]),
        reverse("admin:training_session_add"),
        reverse("admin:training_course_changelist"),
        reverse("admin:training_course_change", args=[session.course_id]),
    ]
    found: list[str] = []

    for path in paths:
        response = page.goto(path)
        found += [] if response and response.ok else [f"{path} did not open"]
        found += look(page, path, looks=LOOKS)

    assert found == []


def test_what_many_will_be_told_is_shown_first_and_min_dag_says_what_is_left(
    page_at: PageAt, sign_in: SignIn, leader: User, session: Session, look: Look
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    page.goto(reverse("admin:training_session_write", args=[session.pk]))
    page.get_by_label("Vad vill du säga?").fill("Ta med en penna.")
    page.get_by_role("button", name="Se vad de får").click()

    expect(page.get_by_role("heading", name="Det här får 2 anmälda")).to_be_visible()
    found = look(page, "preview", looks=LOOKS)
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("Meddelandet är på väg")).to_be_visible()

    page.goto(reverse("admin:index"))
    expect(page.locator("#trainings").get_by_role("link", name="Anteckna närvaro")).to_be_visible()
    assert found + look(page, "min-dag", looks=LOOKS) == []


def test_attendance_is_taken_on_a_phone_with_the_keyboard_alone(
    page_at: PageAt, sign_in: SignIn, leader: User, session: Session
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)
    page.goto(reverse("admin:training_session_attendance", args=[session.pk]))

    page.get_by_label("Ali").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Vera, 3 platser")).to_be_focused()
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Närvaron är sparad.")).to_be_visible()
    came = Registration.objects.filter(came__isnull=False).values_list("contact__called", "came").order_by("pk")
    assert list(came) == [("Ali", 1), ("Vera", 2)]
