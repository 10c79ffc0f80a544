"""A real Chromium in front of the real site: `page_at(width, scheme)`, `axe(page)` and `look(page, name)`.

Chromium is found through CHROMIUM or the PATH; nothing is downloaded.
"""

import importlib.resources
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import pytest
from django.conf import settings
from django.test import Client
from django.utils.text import slugify
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from people.models import User

# Playwright runs an event loop in this thread; our own calls to the database stay ordinary ones.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

Scheme = Literal["light", "dark"]
PageAt = Callable[..., Page]
Axe = Callable[..., list[str]]
Look = Callable[..., list[str]]
SignIn = Callable[[Page, User], None]

LOOKS: list[tuple[int, Scheme]] = [(360, "light"), (1280, "dark"), (360, "dark"), (1280, "light")]
BOTH = 2
"""The first two looks show both widths and both schemes."""
SHOTS = os.environ.get("SHOTS")
"""Where to save what the pages look like, for someone who wants to see."""
TOO_SMALL = """all => all
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 120))"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.exit("Chromium is needed: sudo apt install chromium, or CHROMIUM=/path make test-browser", returncode=1)
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
    return {**browser_type_launch_args, "executable_path": found, "args": flags}


class Watched:
    """What the browser complained about and what it fetched, page by page."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.fetched: list[tuple[str, int]] = []

    def follow(self, page: Page) -> None:
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "requestfinished",
            lambda request: self.fetched.append((request.url, request.sizes()["responseBodySize"])),
        )


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer, watched: Watched) -> Iterator[PageAt]:
    """Opens a fresh window: page_at(360), page_at(1280, "dark"), page_at(360, java_script=False)."""
    contexts = []

    def open_page(width: int, scheme: Scheme = "light", *, java_script: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=java_script,
            base_url=live_server.url,
            locale="sv-SE",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        watched.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """Lets the window of this page in as someone, without the sign-in pages."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return signed_in


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


@pytest.fixture
def axe(axe_source: str) -> Axe:
    """Everything axe finds on the page, a line each: empty is good. `axe(page, "wcag2aaa")` adds a set of rules."""

    def violations(page: Page, *more: str) -> list[str]:
        page.evaluate(axe_source)
        found = page.evaluate("rules => axe.run({runOnly: rules})", [*RULES, *more])
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found["violations"] for node in rule["nodes"]]

    return violations


@pytest.fixture
def scrolls_sideways() -> Callable[[Page], bool]:
    return lambda page: page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.fixture
def look(axe: Axe, watched: Watched, scrolls_sideways: Callable[[Page], bool]) -> Look:
    """What is wrong with the page that is open, in every look, a line each: empty is good.

    `look(page, "week", presses=".button")` also finds what is pressed and lower than a thumb needs. With SHOTS set a
    picture of each look is kept there.
    """

    def problems(page: Page, name: str, *, presses: str = "", looks: Sequence[tuple[int, Scheme]] = LOOKS) -> list[str]:
        page.wait_for_load_state()
        found = [f"{name}: {one}" for one in watched.complaints]
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("document.getAnimations().forEach(fade => fade.finish())")  # links fade between colours
            if SHOTS:
                page.screenshot(path=Path(SHOTS) / f"{slugify(name)}-{width}-{scheme}.png", full_page=True)
            seen = axe(page)
            seen += ["scrolls sideways"] if scrolls_sideways(page) else []
            seen += [f"too small: {one}" for one in page.locator(presses).evaluate_all(TOO_SMALL)] if presses else []
            found += [f"{name} {width} {scheme}: {one}" for one in seen]
        watched.complaints.clear()  # axe reads stylesheets in a way that the policy stops
        return found

    return problems
