"""Telling what a group did, in a real browser: with eyes, and without JavaScript."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import Page, expect

from knowledge.models import Example
from tests.browser.conftest import BOTH, LOOKS, Look, PageAt
from tests.factories import make_staff
from tests.knowledge.contributing import ANSWERS, URL

WRITTEN = ("wrong", "who", "place", "duty_bearer", "steps", "outcome", "did_not_work", "learned", "called")
CHOSEN = ("size_band", "setting", "duty_bearer_kind", "channel")


@pytest.fixture(autouse=True)
def a_programme(transactional_db: None) -> None:
    make_staff()


def fill_in(page: Page) -> None:
    for name in WRITTEN:
        page.locator(f"[name={name}]").fill(ANSWERS[name])
    for name in CHOSEN:
        page.locator(f"[name={name}][value='{ANSWERS[name]}']").check()
    page.locator("[name=sms_phone]").fill(ANSWERS["sms_phone"])


def press(page: Page, name: str) -> None:
    """When enough time has passed for a person to have read the page."""
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=10)), page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_each_page_on_the_way_looks_right(page_at: PageAt, look: Look) -> None:
    page = page_at(360)
    page.goto(URL)
    problems = look(page, "contribute")
    press(page, "Visa hur det blir")
    expect(page.get_by_role("heading", name="Åtta svar saknas")).to_be_visible()
    problems += look(page, "contribute errors", looks=LOOKS[:BOTH])
    fill_in(page)
    press(page, "Visa hur det blir")
    expect(page.get_by_role("heading", name="Så blir det")).to_be_visible()
    problems += look(page, "contribute preview")
    press(page, "Skicka till oss")
    problems += look(page, "contribute thanks", looks=LOOKS[:BOTH])

    assert problems == []
    assert Example.objects.get().learned == ["Mät själva.", "Gå tillsammans."]


def test_a_change_after_the_preview_needs_no_script(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto(URL)
    fill_in(page)
    press(page, "Visa hur det blir")
    press(page, "Ändra")
    expect(page.locator("[name=outcome]")).to_have_value("Värmen lagades.")
    page.locator("[name=outcome]").fill("Värmen kom tillbaka.")
    press(page, "Visa hur det blir")
    press(page, "Skicka till oss")

    expect(page.get_by_role("heading", level=1)).to_have_text("Tack. Vi har fått er berättelse.")
    assert Example.objects.get().outcome == "Värmen kom tillbaka."
