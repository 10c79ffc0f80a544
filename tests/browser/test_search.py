"""The search as people meet it: from the menu, by keyboard, in every look, with no script and nothing that moves."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from knowledge.actions.seeding import seed_texts
from tests.browser.conftest import LOOKS, Axe, PageAt, Scheme, Watched
from tests.factories import NOW

SEARCHES = (
    "/sok/",
    "/sok/?q=kommun",
    "/sok/?q=kommun&kind=term&page=2",
    "/sok/?q=rattighet",
    "/sok/?q=xyzzy",
    "/sok/?q=hyresv%C3%A4rd+bussen+toalett",
    "/sok/?q=demand&lang=en",
)


@pytest.fixture(autouse=True)
def seeded(transactional_db: None) -> None:
    seed_texts(now=NOW, with_examples=True)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_answer_is_accessible(width: int, scheme: Scheme, page_at: PageAt, axe: Axe, watched: Watched) -> None:
    page = page_at(width, scheme)
    faults = {}
    for path in SEARCHES:
        watched.complaints.clear()
        page.goto(path)
        faults[path] = [*watched.complaints, *axe(page, "wcag2aaa")]

    assert {path: found for path, found in faults.items() if found} == {}


def test_nothing_scrolls_sideways(page_at: PageAt, scrolls_sideways: Callable[[Page], bool]) -> None:
    page = page_at(320)

    wide = []
    for path in (*SEARCHES, f"/sok/?q={'mycketlångtord' * 7}"):
        page.goto(path)
        wide += [path] if scrolls_sideways(page) else []

    assert wide == []


def test_a_misspelt_word_is_mended_with_the_keyboard_alone_and_without_script(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto("/")

    page.get_by_role("link", name="Sök", exact=True).press("Enter")
    page.get_by_label("Vad letar du efter?").fill("rattighet")
    page.get_by_label("Vad letar du efter?").press("Enter")
    page.get_by_role("link", name="rättighet", exact=True).press("Enter")

    assert page.get_by_label("Vad letar du efter?").input_value() == "rättighet"
    assert page.get_by_role("heading", level=3).first.inner_text() == "rättighet"
