"""What readers meet first: examples, tools and the glossary, as a browser shows and prints them.

What they weigh is tried with all other public pages in `test_world.py`.
"""

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from knowledge.actions.seeding import seed_texts
from knowledge.models import Example, Tool
from tests.browser.conftest import Axe, Look, PageAt
from tests.factories import NOW

EXAMPLE = "/exempel/hyresgasterna-som-fick-varmen-tillbaka/"
TOOL = "/verktyg/forsta-motet/"
WORD = "/ordlista/koalition/"
PAGES = [
    "/",
    "/exempel/",
    "/exempel/?topic=bostad&cost=more",
    EXAMPLE,
    "/verktyg/",
    TOOL,
    "/ordlista/?topic=core",
    WORD,
]


@pytest.fixture(autouse=True)
def _seeded(transactional_db: None) -> None:
    seed_texts(now=NOW, with_examples=True)


def test_every_page_is_accessible_in_every_look(page_at: PageAt, look: Look) -> None:
    page = page_at(360)
    problems = []
    for path in PAGES:
        page.goto(path)
        problems += look(page, f"reading{path}", presses="button, a.btn, a.tag, .pages a, .back, summary, label.pick")

    assert [one for one in problems if 'class="term"' not in one] == []


def test_text_reaches_the_strictest_contrast(page_at: PageAt, axe: Axe) -> None:
    for scheme in ("light", "dark"):
        page = page_at(1280, scheme)
        for path in PAGES:
            page.goto(path)

            assert axe(page, "wcag2aaa") == []


def test_nothing_scrolls_sideways_on_the_smallest_phone(
    page_at: PageAt, scrolls_sideways: Callable[[Page], bool]
) -> None:
    page = page_at(320)
    for path in (*PAGES, "/ordlista/"):
        page.goto(path)

        assert not scrolls_sideways(page)


def test_a_word_is_explained_without_javascript(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto(EXAMPLE)
    meaning = page.locator("#def-mojliggorare")
    expect(meaning).to_be_hidden()

    page.get_by_role("button", name="möjliggörare", exact=True).click()

    assert "Gruppen bestämmer själv vad som ska göras." in meaning.inner_text()


def test_escape_closes_the_explanation_and_gives_the_focus_back(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto(EXAMPLE)
    word = page.get_by_role("button", name="rättighetsbärare", exact=True)
    word.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#def-rattighetsbarare")).to_be_visible()
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    assert page.locator("#def-rattighetsbarare").is_hidden()
    assert word.evaluate("one => one === document.activeElement")


def test_an_open_explanation_is_accessible_and_stays_on_the_screen(
    page_at: PageAt, axe: Axe, scrolls_sideways: Callable[[Page], bool]
) -> None:
    for width in (360, 1280):
        page = page_at(width, "dark")
        page.goto(EXAMPLE)

        page.get_by_role("button", name="skyldighetsbärare", exact=True).click()

        box = page.locator("#def-skyldighetsbarare").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= 900
        assert axe(page) == []
        assert not scrolls_sideways(page)


def test_examples_are_picked_with_the_keyboard_alone(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto("/exempel/")

    page.locator("summary", has_text="Tema").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Bostad").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # sends the form from a tick box

    expect(page.get_by_role("heading", name="3 exempel passar")).to_be_visible()
    page.get_by_role("link", name="Ta bort Bostad").click()
    expect(page.get_by_role("heading", name="13 exempel")).to_be_visible()
    assert not page.get_by_label("Bostad").is_checked()


def test_every_tool_and_example_fits_two_sheets_of_paper(page_at: PageAt) -> None:
    page = page_at(1280)
    paths = [f"/verktyg/{slug}/" for slug in Tool.objects.values_list("slug", flat=True)]
    paths += [f"/exempel/{slug}/" for slug in Example.objects.values_list("slug", flat=True)]
    sheets = {}
    for path in paths:
        for language in ("sv", "en"):
            page.goto(f"{path}?lang={language}")
            printed = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
            sheets[path, language] = len(printed.pages)

    assert {which: number for which, number in sheets.items() if number > 2} == {}
    assert len(sheets) >= 2 * (10 + 12)


def test_paper_shows_the_words_as_a_list_and_no_buttons(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto(EXAMPLE)

    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="Ord i texten").is_visible()
    assert page.locator(".words dd").first.is_visible()
    assert page.get_by_role("link", name="Be om stöd").is_hidden()
