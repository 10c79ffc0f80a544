"""The offices' figures as a browser shows them: in every look, without JavaScript, and by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from people import clock
from people.models import Office, User
from support.enums import CheckInState, MeetingState, Phase, RequestStatus, Urgency
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import (
    make_check_in,
    make_group,
    make_meeting,
    make_organisation_request,
    make_period,
    make_request,
)

FIGURES = "/admin/support/siffror/"
DAY = timedelta(days=1)
PRESSES = "#content-main :is(a, button, select, input:not([type=hidden]))"


@pytest.fixture
def figures(office: Office, other_office: Office, leader: User, colleague: User) -> None:
    """Enough of everything for every table to have bars."""
    now, today = clock.now(), clock.today()
    for place in (office, other_office, None):
        for days in (1, 3, 8, 20, 370, 380):
            urgency = Urgency.TWO_WEEKS if days % 3 == 0 else Urgency.NO
            came = {"received_at": now - days * DAY, "promised_by": today - (days - 5) * DAY, "urgency": urgency}
            answered = {"first_answer_at": now - (days - 2) * DAY} if days > 2 else {}
            make_request(office=place, **came, **answered)
    for state in MeetingState:
        support_request = make_request(office=office, leader=leader, status=RequestStatus.MEETING_BOOKED)
        make_meeting(
            support_request=support_request,
            leader=leader,
            state=state,
            starts_at=now - DAY,
            ends_at=now - DAY + timedelta(hours=1),
        )
    for phase, who in ((Phase.START, leader), (Phase.CHANGE, leader), (Phase.CHANGE, colleague), (Phase.EXIT, leader)):
        group = make_group(office=office)
        period = make_period(group=group, office=office, leader=who, phase=phase, opened_at=now - 3 * DAY)
        window = dict.fromkeys(("earliest", "expected", "latest"), today - 2 * DAY)
        make_check_in(period=period, state=CheckInState.MISSED, basket_at=now - 9 * DAY, **window)
    make_organisation_request(office=office, received_at=now, promised_by=today + 5 * DAY)


@pytest.mark.usefixtures("figures")
def test_the_figures_are_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, leader: User, programme_manager: User, look: Look
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    pages = {
        "office": "",
        "empty": "?period=own&first=2010-01-01&last=2010-12-31",
        "in-vain": "?period=own&first=1999-12-31",
    }

    problems = []
    for name, query in pages.items():
        page.goto(f"{FIGURES}{query}")
        problems += look(page, name, presses=PRESSES)
    sign_in(page, programme_manager)
    page.goto(FIGURES)
    problems += look(page, "everything", presses=PRESSES)

    assert problems == []


@pytest.mark.usefixtures("figures")
def test_office_and_days_are_chosen_by_keyboard_without_javascript(
    page_at: PageAt, sign_in: SignIn, programme_manager: User
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, programme_manager)
    page.goto(FIGURES)

    page.get_by_label("Ort", exact=True).select_option("Den gemensamma kön")
    page.get_by_label("Period", exact=True).select_option("Förra året")
    page.get_by_role("button", name="Visa siffrorna").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Den gemensamma kön. 1 januari")).to_be_visible()
    expect(page.get_by_label("Ort", exact=True)).to_have_value("queue")
    row = page.get_by_role("region", name="Förfrågningar som kom in").get_by_role("row", name="Alla")
    assert row.text_content() == "Alla2–0"


@pytest.mark.usefixtures("figures")
def test_a_figure_leads_to_its_rows(page_at: PageAt, sign_in: SignIn, leader: User) -> None:
    page = page_at(1280)
    sign_in(page, leader)
    page.goto(FIGURES)

    page.get_by_role("region", name="Öppna förfrågningar just nu").get_by_role("link", name="Därav för sent").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Förfrågningar")
    assert page.get_by_role("link", name="Sena svar (").get_attribute("aria-current") == "true"
