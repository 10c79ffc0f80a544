"""The request from the first page to the receipt, in a real browser: with eyes, with keys only, without JavaScript."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
import time_machine
from playwright.sync_api import Page, expect

from support.enums import RequestStatus
from support.models import OrganisationRequest, SupportRequest
from tests.browser.conftest import BOTH, LOOKS, Axe, PageAt, Scheme, Watched
from tests.factories import make_municipality, make_office, make_staff

NEXT_FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
SHOWN_WITH_ERRORS = LOOKS[:BOTH]


@pytest.fixture(autouse=True)
def a_programme(transactional_db: None) -> None:
    office = make_office(name="Almhöjden")
    make_municipality(name="Lindhaga", office=office)
    make_staff(office=office)


def press(page: Page, name: str = "Fortsätt") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def choose(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label).check()
    press(page)


def send(page: Page) -> None:
    """Skicka till oss, when enough time has passed for a person to have read the page."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)):
        press(page, "Skicka till oss")


def questions(page: Page) -> Iterator[str]:
    """Answers one question after the other; stops at each page before it is answered."""
    yield "vem"
    choose(page, "Jag är med i gruppen")
    yield "vad"
    page.get_by_label("Vad vill ni förändra?").fill("Lekplatsen på vår gård är avstängd sedan i våras.")
    press(page)
    yield "hur-manga"
    page.get_by_label("Vad har ni gemensamt?").fill("Samma gård")
    choose(page, "5–9")
    yield "var"
    page.get_by_label("Var finns ni?").fill("Lindhaga")
    press(page)
    yield "ansvar"
    choose(page, "En hyresvärd")
    yield "stod"
    choose(page, "Uppstart", "Vägledning")
    yield "brattom"
    page.get_by_label("Ja, något händer inom två veckor").check()
    page.get_by_label("Vad händer, och när?").fill("Möte den 9")
    press(page)
    yield "kontakt"
    page.get_by_label("Sms").check()
    page.get_by_label("Mobilnummer").fill("070-174 06 15")
    choose(page, "Nej")
    yield "namn"
    page.get_by_label("Vad ska vi kalla dig?").fill("Alva")
    press(page)
    yield "sprak"
    page.get_by_label("Svenska", exact=True).check()
    choose(page, "Ja")
    yield "behov"
    choose(page, "Barn följer med")
    yield "kolla"


def whole_request(page: Page, *, errors: bool) -> Iterator[str]:
    """Every page of the request, one after the other, with what may come between; with `errors` also unanswered."""
    page.goto("/stod/")
    yield "start"
    follow(page, "Börja")
    for name in questions(page):
        yield name
        if errors and name not in {"namn", "behov", "kolla"}:
            yield from with_errors(page, name)
    page.goto("/stod/spara/")
    yield "spara"
    page.goto("/stod/prata-med-gruppen/")
    yield "prata-med-gruppen"
    page.goto("/stod/hur-manga/?andra=1")
    page.get_by_label("Vad har ni gemensamt?").fill("Ring 811228-9874 om gården")
    press(page)
    yield "personnummer"
    press(page, "Ta bort det")
    send(page)
    yield "klart"
    follow(page, "Skriv ut kvittot")
    yield "kvitto"
    page.goto("/stod/vad/")
    yield "redan-skickat"


def with_errors(page: Page, name: str) -> Iterator[str]:
    """The page as it looks when nothing was answered."""
    press(page)
    expect(page).to_have_title("Fel: " + page.locator("h1").inner_text() + " – Mobilisering")
    expect(page.locator(".error-summary")).to_be_focused()
    yield f"{name}-fel"


def own_page(page: Page) -> Iterator[str]:
    """Every page behind the private link while the request is under way."""
    page.goto("/min-sida/")
    yield "er-sida"
    follow(page, "Ställ en fråga")
    yield "fraga"
    page.get_by_label("Vad vill ni fråga?").fill("Kan vi få låna en lokal?")
    press(page, "Skicka frågan")
    yield "er-sida-med-fraga"
    follow(page, "Se och ändra svaren")
    yield "svar"
    follow(page, "Ändra Det ni vill förändra")
    yield "andra-svar"
    page.goto("/min-sida/svar/kontakt/")
    yield "byt-kontaktsatt"
    page.goto("/min-sida/las/")
    yield "las"
    page.goto("/min-sida/ta-bort/")
    yield "ta-bort"
    press(page, "Ta bort allt")
    yield "borttaget"


def organisation(page: Page) -> Iterator[str]:
    page.goto("/for-dig-som-stottar/")
    yield "for-dig-som-stottar"
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)):
        press(page, "Skicka till oss")
    yield "for-dig-som-stottar-fel"
    page.get_by_label("Vad gäller det?").fill("Vi vill lära oss mer om makt.")
    page.get_by_label("Handledning").check()
    page.get_by_label("Nej").check()
    page.get_by_label("Vilken organisation arbetar du i?").fill("Fritidsgården")
    page.get_by_label("Vilken kommun?").fill("Lindhaga")
    page.get_by_label("Vad heter du?").fill("Robin")
    page.get_by_label("E-post", exact=True).check()
    page.get_by_label("E-postadress").fill("robin@exempel.se")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)):
        press(page, "Skicka till oss")
    yield "for-dig-som-stottar-tack"


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_breaks_no_policy(
    look: tuple[int, Scheme], page_at: PageAt, axe: Axe, watched: Watched, scrolls_sideways: Callable[[Page], bool]
) -> None:
    page = page_at(*look)

    for name in chain(whole_request(page, errors=look in SHOWN_WITH_ERRORS), own_page(page), organisation(page)):
        assert watched.complaints == [], name
        assert not scrolls_sideways(page), name
        assert axe(page, "wcag2aaa") == [], name
        page.evaluate(NEXT_FRAME)
        watched.complaints.clear()  # axe itself fetches and tries inline styles, and hears about it a frame later
    assert SupportRequest.objects.get().status == RequestStatus.WITHDRAWN
    assert OrganisationRequest.objects.count() == 1


def test_everything_works_without_java_script(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)

    for _page in questions_from_the_start(page):
        expect(page.locator("h1")).to_have_count(1)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Vi har fått er förfrågan.")
    for _page in own_page(page):
        expect(page.locator("h1")).to_have_count(1)


def questions_from_the_start(page: Page) -> Iterator[str]:
    page.goto("/stod/vem/")
    yield from questions(page)


def test_the_whole_request_is_sent_with_keys_only(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto("/stod/vem/")

    keys = {
        "asker": ["Space"],
        "what": "Lekplatsen är avstängd.",
        "size_band": ["ArrowDown"],
        "place": "Lindhaga",
        "responsible": ["Space"],
        "supports": ["Space"],
        "urgency": ["ArrowUp"],
        "channel": ["ArrowUp"],
        "called": "Alva",
        "languages": ["Space"],
        "access_needs": [],
    }
    for name, pressed in keys.items():
        tab_to(page, f'[name="{name}"]')
        if isinstance(pressed, str):
            page.keyboard.type(pressed)
        for key in pressed if isinstance(pressed, list) else []:
            page.keyboard.press(key)
        tab_to(page, ".actions .btn:not(.btn--link)")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    expect(page).to_have_url("/stod/kolla/")
    tab_to(page, ".actions .btn:not(.btn--link)")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)):
        page.keyboard.press("Enter")
        expect(page).to_have_url("/stod/klart/")

    sent = SupportRequest.objects.select_related("contact").get()
    assert (sent.status, sent.contact.channel) == (RequestStatus.RECEIVED, "self")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is on what the selector means; a person gives up after forty."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never comes to {selector}")
