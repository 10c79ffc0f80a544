"""Min dag in a browser: few presses, the keyboard alone, no JavaScript, every look."""

import re

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from people.enums import Channel
from people.models import Office, User
from support.enums import LogKind, RequestStatus, Urgency
from support.models import IntakeMeeting, LogEntry, SupportRequest
from tests.browser.conftest import Look, PageAt, SignIn
from tests.factories import NOW, TODAY, make_contact, make_link, make_request
from tests.support.day_kit import fill_day, taken

DAY = "/admin/"
PRESSES = "#content :is(a, button, summary, select, textarea, input:not([type=hidden], [type=checkbox]))"


@pytest.fixture(autouse=True)
def a_tuesday():
    """It is NOW for the server too: it runs in this process."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def support_request(office: Office) -> SupportRequest:
    """New, urgent, and the person wants to be called."""
    contact = make_contact(called="Alva", channel=Channel.CALL, phone="070-174 06 15", languages=["ar"])
    support_request = make_request(office=office, contact=contact, urgency=Urgency.TWO_WEEKS, promised_by=TODAY)
    make_link(about=support_request, code="TALL 4827")
    return support_request


class Presses:
    """Counts what is pressed; what is typed is not counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def __call__(self, what: Locator) -> None:
        what.click()
        self.count += 1


def block(page: Page, slug: str) -> Locator:
    return page.locator(f"section#{slug}")


def open_day(page: Page, sign_in: SignIn, user: User) -> None:
    sign_in(page, user)
    page.goto(DAY)


def test_a_new_request_is_taken_with_one_press(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(360, java_script=False)
    open_day(page, sign_in, leader)
    press = Presses(page)

    press(block(page, "new").get_by_role("button", name="Ta ärendet TALL 4827"))

    assert press.count <= 2
    expect(page).to_have_url(re.compile(r"/admin/#new$"))
    expect(page.get_by_text("Ärendet är ditt.")).to_be_visible()
    support_request.refresh_from_db()
    assert support_request.leader == leader


@pytest.mark.parametrize("java_script", [True, False])
def test_a_call_is_logged_with_two_presses_without_leaving_the_page(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest, java_script: bool
) -> None:
    page = page_at(360, java_script=java_script)
    open_day(page, sign_in, leader)
    press, new = Presses(page), block(page, "new")

    press(new.locator("summary", has_text="Logga samtal"))
    new.get_by_label("Vad pratade ni om?").fill("De vill ses på kvällen.")
    press(new.get_by_role("button", name="Spara Logga samtal"))

    assert press.count <= 3
    expect(page).to_have_url(re.compile(r"/admin/#new$"))
    expect(page.get_by_text("Det är antecknat.")).to_be_visible()
    entry = LogEntry.objects.get(support_request=support_request)
    assert (entry.kind, entry.text, entry.is_internal) == (LogKind.CALL, "De vill ses på kvällen.", False)


def test_a_meeting_is_booked_with_two_presses(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(360, java_script=False)
    open_day(page, sign_in, leader)
    press = Presses(page)

    press(block(page, "new").get_by_role("link", name="Boka möte TALL 4827"))
    page.get_by_label("Dag", exact=True).fill("2026-09-03")
    page.get_by_label("Klockan", exact=True).fill("14:00")
    page.get_by_label("Plats, nummer eller länk").fill("Biblioteket")
    press(page.get_by_role("button", name="Boka möte"))

    assert press.count <= 4
    expect(page).to_have_url(re.compile(r"/admin/#new$"))
    assert IntakeMeeting.objects.get().support_request == support_request


def test_an_empty_note_is_asked_for_again_and_the_way_back_is_kept(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(360, java_script=False)
    open_day(page, sign_in, leader)
    new = block(page, "new")

    new.locator("summary", has_text="Logga samtal").click()
    new.get_by_role("button", name="Spara Logga samtal").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv kort vad ni pratade om")
    page.get_by_label("Vad pratade ni om?").fill("De vill ses på kvällen.")
    page.get_by_role("button", name="Logga samtal").click()

    expect(page).to_have_url(re.compile(r"/admin/#new$"))
    assert support_request.log.filter(text="De vill ses på kvällen.").count() == 1


def test_everything_is_done_with_the_keyboard_alone(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(1280)
    open_day(page, sign_in, leader)
    summary = block(page, "new").locator("summary", has_text="Logga samtal")

    for _key in range(120):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # what it was: a talk already
    page.keyboard.press("Tab")
    page.keyboard.type("De vill ses.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Det är antecknat.")).to_be_visible()
    assert LogEntry.objects.get().text == "De vill ses."


def test_the_number_is_open_and_can_be_called_only_by_those_who_chose_a_call(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office, support_request: SupportRequest
) -> None:
    make_request(office=office, contact=make_contact(called="Bo", channel=Channel.SMS, phone="070-174 06 16"))
    hidden = make_contact(called="Dina", channel=Channel.CALL, phone="070-174 06 17", protected=True)
    make_request(office=office, contact=hidden)
    page = page_at(360)
    open_day(page, sign_in, leader)
    new = block(page, "new")

    numbers = new.locator("a[href^='tel:']")

    expect(numbers).to_have_count(1)
    expect(numbers).to_have_attribute("href", "tel:+46701740615")
    expect(numbers).to_be_visible()
    expect(new.get_by_text("Sms till 070-174 06 16.")).to_be_visible()
    expect(new.get_by_text("Visa numret med skäl.")).to_be_visible()
    assert "070-174 06 17" not in page.content()


def test_min_dag_is_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office, office_manager: User, look: Look
) -> None:
    fill_day(leader, office)
    taken(leader, office, next_step="Ring skolan", next_step_on=TODAY, contact=make_contact(protected=True))
    make_request(office=office, status=RequestStatus.RECEIVED, urgency=Urgency.TWO_WEEKS)
    found = []

    for user in (leader, office_manager):
        page = page_at(360)
        open_day(page, sign_in, user)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        found += look(page, user.name, presses=PRESSES)

    assert found == []


def test_no_english_word_stands_on_the_page(page_at: PageAt, sign_in: SignIn, leader: User, office: Office) -> None:
    fill_day(leader, office)
    page = page_at(1280)
    open_day(page, sign_in, leader)

    text = page.locator("main").inner_text()

    english = r"\b(the|and|of|day|today|show|all|save|none|view|add|change|log|call|request|period|since|for)\b"
    assert re.findall(english, text, re.IGNORECASE) == []
    assert page.locator("html").get_attribute("lang") == "sv"


def test_what_was_done_stays_in_sight_at_the_block(
    page_at: PageAt, sign_in: SignIn, leader: User, office: Office
) -> None:
    fill_day(leader, office)
    page = page_at(1280)
    open_day(page, sign_in, leader)

    block(page, "resting").get_by_role("button", name="Avsluta pausen").click()

    expect(page.get_by_text("Pausen är slut.")).to_be_in_viewport()


def test_the_morning_summary_is_asked_for_with_one_press(page_at: PageAt, sign_in: SignIn, leader: User) -> None:
    page = page_at(360, java_script=False)
    open_day(page, sign_in, leader)

    page.get_by_role("button", name="Få ett sammandrag 07.30 på vardagar").click()

    expect(page.get_by_text("Du får ett sammandrag klockan 07.30 på vardagar.")).to_be_visible()
    expect(page.get_by_role("button", name="Sluta få sammandraget")).to_be_visible()
    leader.refresh_from_db()
    assert leader.wants_morning_mail
