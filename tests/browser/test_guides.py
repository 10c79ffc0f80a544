"""The pages of the editors, easy Swedish and short information in other languages, as a browser shows them."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from knowledge.actions.seeding import seed_texts
from knowledge.models import Page, ShortText
from tests.browser.conftest import LOOKS, Axe, PageAt, Watched
from tests.factories import NOW


@pytest.fixture(autouse=True)
def seeded(transactional_db: None) -> None:
    seed_texts(now=NOW, with_examples=False)
    ShortText.objects.update(checked_by="En som kan språket", checked_on=date(2026, 9, 1))


def addresses() -> list[str]:
    pages = list(Page.objects.all())
    easy = [f"{page.path}lattlast/" for page in pages if page.easy]
    return [*(page.path for page in pages), *easy, "/lattlast/", "/sprak/ar/", "/sprak/prs/", "/sprak/ti/"]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_of_the_editors_is_accessible(
    width: int, scheme: str, page_at: PageAt, axe: Axe, watched: Watched
) -> None:
    page = page_at(width, scheme)
    faults = {}
    for path in addresses():
        watched.complaints.clear()
        page.goto(path)
        faults[path] = [*watched.complaints, *axe(page, "wcag2aaa")]

    assert {path: found for path, found in faults.items() if found} == {}


def test_nothing_scrolls_sideways(page_at: PageAt, scrolls_sideways: Callable[[BrowserPage], bool]) -> None:
    page = page_at(320)

    wide = []
    for path in [*addresses(), "/om/?lang=en", "/personuppgifter/?lang=en"]:
        page.goto(path)
        wide += [path] if scrolls_sideways(page) else []

    assert wide == []


@pytest.mark.parametrize(("code", "from_the_right"), [("ar", True), ("prs", True), ("ti", False), ("uk", False)])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_language_is_laid_out_from_the_side_it_is_read_from(
    code: str, from_the_right: bool, width: int, page_at: PageAt
) -> None:
    page = page_at(width)
    page.goto(f"/sprak/{code}/")

    sides = page.evaluate("""() => {
      const words = document.createRange(); words.selectNodeContents(document.querySelector("main h1"));
      const [text, logo] = [words.getBoundingClientRect(), document.querySelector(".brand").getBoundingClientRect()];
      const wrap = document.querySelector("main .wrap").getBoundingClientRect();
      return {start: text.left - wrap.left, end: wrap.right - text.right, logo: logo.left - wrap.left};
    }""")

    assert (sides["end"] < sides["start"]) == from_the_right
    assert min(sides["start"], sides["end"]) <= 1
    assert abs(sides["logo"]) <= 1  # the frame is in the reader's own language
    assert page.locator("style, link[rel=stylesheet]").count() == 1


def test_a_number_is_read_from_the_left_in_a_text_from_the_right(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/sprak/ar/")

    places = page.locator("main bdi").first.evaluate("""one => [0, one.textContent.length - 1].map(at => {
      const sign = document.createRange();
      sign.setStart(one.firstChild, at);
      sign.setEnd(one.firstChild, at + 1);
      return sign.getBoundingClientRect().left;
    })""")

    assert places[0] < places[1]


def test_the_questions_can_be_reached_past_the_text(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/for-dig-som-stottar/")

    page.get_by_role("link", name="Gå direkt till frågorna").click()

    expect(page.get_by_label("Vad gäller det?")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 0
