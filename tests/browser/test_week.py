"""The week, times in bulk and one's own calendar as a browser shows them: in every look, and by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from people import clock
from people.calendar import STOCKHOLM
from people.enums import YesNoUnknown
from people.models import Office, User
from support.enums import AccessNeed, InterpreterState, NeedState, RequestStatus
from support.models import IntakeMeeting, MeetingNeed, MeetingSlot, SupportRequest
from tests.browser.conftest import Look, PageAt, SignIn
from tests.browser.test_admin import page_of
from tests.factories import make_contact, make_group, make_link, make_meeting, make_request, make_slot

WEEK = "/admin/support/intakemeeting/vecka/"
CALENDAR = "/admin/people/calendarfeed/"
HOUR = timedelta(hours=1)
PRESSES = "#content-main :is(.button, .tabs a, button)"


@pytest.fixture
def meeting(office: Office, leader: User) -> IntakeMeeting:
    """Today, with everything: needs in each state, an interpreter, another meeting in the way, offered times."""
    now = clock.now().astimezone(STOCKHOLM).replace(minute=0, second=0, microsecond=0)
    start = now.replace(hour=10)
    request = make_request(
        office=office,
        leader=leader,
        group=make_group(office=office, alias="Värmegruppen på Norra Almhöjden"),
        access_needs=[AccessNeed.NO_STAIRS, AccessNeed.HEARING_LOOP, AccessNeed.OTHER],
        access_other="Plats för två barnvagnar, och någon som kan möta vid bussen",
    )
    meeting = make_meeting(
        support_request=request,
        leader=leader,
        starts_at=start,
        ends_at=start + HOUR,
        place="Folkets hus, Storgatan 12, ingång från gården",
        interpreter=InterpreterState.TO_BOOK,
        interpreter_language="Soomaali",
    )
    for need, state in zip(request.access_needs, NeedState, strict=True):
        MeetingNeed.objects.create(
            meeting=meeting, need=need, state=state, text=request.access_other * (need == "other")
        )
    MeetingNeed.objects.create(meeting=meeting, need=AccessNeed.CALM, state=NeedState.ARRANGED)
    make_meeting(
        support_request=make_request(office=office), leader=leader, starts_at=start + HOUR / 2, ends_at=start + 2 * HOUR
    )
    later = start + timedelta(days=1 if now.weekday() < 6 else 0, hours=9)
    make_slot(support_request=make_request(office=office), leader=leader, starts_at=later, ends_at=later + HOUR)
    return meeting


@pytest.fixture
def support_request(office: Office, leader: User) -> SupportRequest:
    support_request = make_request(
        office=office,
        leader=leader,
        status=RequestStatus.IN_REVIEW,
        place="Almhöjden",
        contact=make_contact(languages=["so"], wants_interpreter=YesNoUnknown.YES),
        access_needs=[AccessNeed.NO_STAIRS],
    )
    make_link(about=support_request)
    return support_request


def test_the_pages_of_meetings_are_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, leader: User, meeting: IntakeMeeting, look: Look
) -> None:
    page = page_at(360)
    sign_in(page, leader)
    pages = {
        "week": WEEK,
        "office": f"{WEEK}?visa=kontoret",
        "empty": f"{WEEK}?vecka=2031-20",
        "in-vain": f"{WEEK}?vecka=hej",
        "meeting": page_of(meeting),
        "calendar": CALENDAR,
    }

    problems = []
    for name, path in pages.items():
        page.goto(path)
        problems += look(page, name, presses=PRESSES)
    page.goto(CALENDAR)
    page.get_by_role("button", name="Gör en adress").click()
    problems += look(page, "address", presses=PRESSES)

    assert problems == []


def test_times_are_offered_by_pattern_without_javascript(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)

    page.goto(page_of(support_request, "offer"))
    _fill_in_pattern(page)
    page.get_by_role("button", name="Erbjud tider").click()
    expect(page.get_by_text("Inget är skickat än.")).to_be_visible()
    page.get_by_role("checkbox", name="klockan 10.00–11.00").first.uncheck()
    page.get_by_role("button", name="Erbjud de ikryssade tiderna").click()

    expect(page.get_by_text("Gruppen får välja bland tiderna på sin sida.")).to_be_visible()
    assert MeetingSlot.objects.filter(support_request=support_request).count() == 3


def _fill_in_pattern(page: Page) -> None:
    monday = clock.today() + timedelta(days=14 - clock.today().weekday())
    page.get_by_text("Flera tider på en gång").click()
    page.get_by_label("tisdagar").check()
    page.get_by_label("onsdagar").check()
    page.get_by_label("Vilka klockslag?").fill("10 och 14.30")
    page.get_by_label("Från och med").fill(monday.isoformat())
    page.get_by_label("Till och med").fill((monday + timedelta(days=6)).isoformat())
    page.get_by_label("Plats, nummer eller länk").fill("Biblioteket")


def test_the_preview_and_the_warning_are_accessible_in_every_look(
    page_at: PageAt, sign_in: SignIn, leader: User, support_request: SupportRequest, look: Look
) -> None:
    tuesday = clock.now().astimezone(STOCKHOLM).replace(hour=10, minute=30, second=0, microsecond=0)
    tuesday += timedelta(days=15 - tuesday.weekday())
    make_meeting(leader=leader, starts_at=tuesday, ends_at=tuesday + HOUR)
    page = page_at(360)
    sign_in(page, leader)

    page.goto(page_of(support_request, "offer"))
    _fill_in_pattern(page)
    problems = look(page, "pattern", presses=PRESSES)
    page.get_by_role("button", name="Erbjud tider").click()
    expect(page.get_by_text("Du har ett möte 10.30–11.30")).to_be_visible()
    problems += look(page, "preview", presses=PRESSES)
    page.goto(page_of(support_request, "book"))
    page.get_by_label("Dag").fill(tuesday.date().isoformat())
    page.get_by_label("Klockan").fill("10:00")
    page.get_by_label("Plats, nummer eller länk").fill("Biblioteket")
    page.get_by_role("button", name="Boka möte").click()
    problems += look(page, "warning", presses=PRESSES)
    page.get_by_role("button", name="Boka ändå").click()

    expect(page.get_by_text("Mötet är bokat, och gruppen får veta det.")).to_be_visible()
    assert problems == []


def test_the_week_is_worked_by_keyboard_alone(
    page_at: PageAt, sign_in: SignIn, leader: User, meeting: IntakeMeeting
) -> None:
    """From the list to the week, to moving a meeting, and back to the week."""
    page = page_at(1280)
    sign_in(page, leader)
    page.goto("/admin/support/intakemeeting/")
    page.get_by_role("link", name="Veckan").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WEEK}*")

    page.get_by_role("link", name="Flytta 10.00–11.00 Värmegruppen").focus()
    page.keyboard.press("Enter")
    tomorrow = clock.today() + timedelta(days=1)  # a time of today may have passed when the test runs
    page.get_by_label("Dag", exact=True).fill(tomorrow.isoformat())
    page.get_by_label("Klockan").focus()
    page.keyboard.type("1700")
    page.get_by_role("button", name="Flytta").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Mötet är flyttat, och gruppen får veta det.")).to_be_visible()
    assert WEEK in page.url
    meeting.refresh_from_db()
    moved = meeting.starts_at.astimezone(STOCKHOLM)
    assert (moved.date(), moved.hour) == (tomorrow, 17)


def test_a_need_is_arranged_and_the_private_address_is_told_once(
    page_at: PageAt, sign_in: SignIn, leader: User, meeting: IntakeMeeting
) -> None:
    page = page_at(360, java_script=False)
    sign_in(page, leader)

    page.goto(page_of(meeting))
    page.get_by_role("button", name="Det är ordnat Lokal utan trappor").click()
    expect(page.get_by_text("Antecknat: det är ordnat.")).to_be_visible()
    page.goto(CALENDAR)
    page.get_by_role("button", name="Gör en adress").click()
    address = page.get_by_label("Adress att prenumerera på").input_value()
    page.goto(CALENDAR)

    assert address.endswith(".ics")
    expect(page.get_by_text("Vi kan inte visa den igen.")).to_be_visible()
    expect(page.get_by_label("Adress att prenumerera på")).to_have_count(0)
