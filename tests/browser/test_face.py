"""The pages everyone meets, as a browser shows them."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.conftest import LOOKS, Axe, PageAt, SignIn, Watched

PUBLIC = ["/", "/sprak/", "/stil/", "/konto/login/", "/konto/login/code/", "/stod/", "/for-dig-som-stottar/"]
ADMIN = ["/admin/", "/admin/support/supportrequest/", "/admin/groups/municipality/", "/admin/groups/enabler/add/"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_is_accessible_and_breaks_no_policy(path: str, page_at: PageAt, axe: Axe, watched: Watched) -> None:
    for width, scheme in LOOKS:
        page = page_at(width, scheme)

        page.goto(path)

        assert watched.complaints == []
        assert axe(page, "wcag2aaa") == []


def test_the_admin_is_accessible_and_breaks_no_policy(
    page_at: PageAt, axe: Axe, watched: Watched, sign_in: SignIn, leader: User, settings: Settings
) -> None:
    settings.STAFF_MFA_REQUIRED = False
    for path, (width, scheme) in zip(ADMIN, LOOKS, strict=True):
        page = page_at(width, scheme)
        sign_in(page, leader)
        watched.complaints.clear()  # axe itself fetches, and tries inline styles

        page.goto(path)

        assert page.locator("#site-name").inner_text() == "Mobilisering"
        assert watched.complaints == []
        assert axe(page) == []


def test_a_form_with_errors_is_accessible(page_at: PageAt, axe: Axe) -> None:
    for width, scheme in LOOKS:
        page = page_at(width, scheme)
        page.goto("/stil/")

        page.get_by_role("button", name="Fortsätt", exact=True).click()

        expect(page).to_have_title("Fel: Stil – Mobilisering")
        assert axe(page, "wcag2aaa") == []


@pytest.mark.parametrize("path", [*PUBLIC, "/finns-inte/"])
def test_nothing_scrolls_sideways_on_the_smallest_phone(
    path: str, page_at: PageAt, scrolls_sideways: Callable[[Page], bool]
) -> None:
    page = page_at(320)

    page.goto(path)

    assert not scrolls_sideways(page)


def test_the_error_summary_has_the_focus_and_leads_to_the_field(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/stil/")
    page.get_by_role("button", name="Fortsätt", exact=True).click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Skriv en e-postadress").click()

    assert page.locator("#id_email").evaluate("one => one === document.activeElement")


def test_a_follow_up_shows_when_its_answer_is_chosen_without_javascript(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto("/stil/")
    number = page.get_by_label("Telefonnummer", exact=True)
    assert number.is_hidden()

    page.get_by_label("Sms").check()

    assert number.is_visible()


def test_a_form_can_be_filled_in_with_the_keyboard_alone(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto("/stil/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.locator("#id_how_0").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")

    assert page.get_by_label("Telefonnummer", exact=True).evaluate("one => one === document.activeElement")


def test_the_trap_is_out_of_reach_of_people(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto("/stil/")

    box = page.locator("#id_website").bounding_box()

    assert box is not None
    assert box["x"] < 0
    assert page.get_by_role("textbox", name="Fyll inte i").count() == 0


def test_a_word_is_explained_where_it_stands(page_at: PageAt) -> None:
    page = page_at(360, java_script=False)
    page.goto("/stil/")
    meaning = page.get_by_text("Den som har ansvar för att era rättigheter blir verklighet.")
    assert meaning.is_hidden()

    page.get_by_role("button", name="ansvar", exact=True).click()

    assert meaning.is_visible()


@pytest.mark.parametrize(
    ("path", "budget"), [("/", 60_000), ("/stil/", 60_000), ("/konto/login/code/", 35_000), ("/stod/", 35_000)]
)
def test_a_first_visit_weighs_little_and_asks_no_one_else(
    path: str, budget: int, page_at: PageAt, watched: Watched, live_server: LiveServer
) -> None:
    page = page_at(360)

    page.goto(path, wait_until="networkidle")

    assert {urlsplit(url).netloc for url, _ in watched.fetched} == {urlsplit(live_server.url).netloc}
    assert sum(size for _, size in watched.fetched) < budget


def test_the_way_out_is_on_the_first_screen_of_a_private_page_and_tells_no_one(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/stod/")
    way_out = page.get_by_role("link", name="Lämna sidan")

    box = way_out.bounding_box()

    assert box is not None
    assert box["y"] + box["height"] < 80
    assert box["x"] > 180
    expect(way_out).to_have_attribute("rel", "noreferrer")


def test_a_reader_can_choose_english_and_come_back(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/sprak/")

    page.get_by_role("button", name="English").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/sprak/")
    page.get_by_role("button", name="Svenska").click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.get_by_role("heading", name=re.compile("Ser ni en orättvisa")).is_visible()


def test_every_control_is_large_enough_for_a_thumb(page_at: PageAt) -> None:
    page = page_at(360)
    page.goto("/stil/")

    small = page.evaluate(
        """() => [...document.querySelectorAll("a.btn, button.btn, .input, .option > label, .nav a, .back, summary")]
            .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 44)
            .map(one => one.outerHTML.slice(0, 80))"""
    )

    assert small == []


def test_paper_shows_the_text_and_not_the_frame(page_at: PageAt) -> None:
    page = page_at(1280)
    page.goto("/")

    page.emulate_media(media="print")

    assert page.get_by_role("heading", name=re.compile("Ser ni en orättvisa")).is_visible()
    assert [page.locator(part).is_visible() for part in (".header", ".footer")] == [False, False]
