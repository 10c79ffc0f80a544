"""The handbook as a browser shows it: where readers fetch it, and where editors make it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from people.models import User
from tests.browser.conftest import Look, PageAt, SignIn
from tests.knowledge.handbook_kit import make, published
from tests.knowledge.texts import make_example, make_term, make_tool

LIST = "/admin/knowledge/handbookedition/"


@pytest.fixture(autouse=True)
def texts(transactional_db: None) -> None:
    make_tool("Första mötet")
    make_example("Hyresgästerna som fick värmen tillbaka")
    make_term("krav")


def test_the_page_for_readers_has_no_fault(page_at: PageAt, look: Look, editor: User) -> None:
    for title, language in (("Handbok för grupper", "sv"), ("A handbook for groups", "en"), ("Andra upplagan", "sv")):
        published(editor, title=title, language=language)
    page = page_at(360)

    page.goto("/handbok/")

    assert look(page, "handbook", presses="main .btn") == []


def test_a_phone_of_320_pixels_is_wide_enough(
    page_at: PageAt, scrolls_sideways: Callable[[Page], bool], editor: User
) -> None:
    published(editor, title="En bok med ett långt namn om mänskliga rättighetsbärare och möjliggörare")
    page = page_at(320)

    page.goto("/handbok/")

    assert not scrolls_sideways(page)


def test_an_editor_orders_a_book_and_reads_what_it_holds(
    page_at: PageAt, sign_in: SignIn, look: Look, editor: User
) -> None:
    made = make(editor)
    page = page_at(1280)
    sign_in(page, editor)

    page.goto(f"{LIST}{made.pk}/change/")
    faults = look(page, "edition", presses=".case .button")
    page.goto(f"{LIST}add/")
    faults += look(page, "choose", presses=".asks button")
    page.get_by_label("Vad heter boken?").fill("Vår bok")
    page.get_by_label("Hyresgästerna som fick värmen tillbaka", exact=True).uncheck()
    page.get_by_role("button", name="Gör handboken").click()

    assert page.locator("h1").first.inner_text() == "Vår bok, upplaga 2"
    assert "Boken görs" in page.locator("#content").inner_text()
    assert faults == []
