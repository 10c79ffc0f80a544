"""What a first visit to any public page weighs, with the texts that come with the portal: little, and all ours."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from knowledge.actions.seeding import seed_texts
from tests.browser.conftest import PageAt, Watched
from tests.factories import NOW
from tests.knowledge.public_pages import addresses
from tests.knowledge.texts import make_term

MOST_BYTES = 60_000
MOST_REQUESTS = 4
WITH_A_FORM = {"/sprak/", "/stod/", "/exempel/lamna/", "/for-dig-som-stottar/"}
"""Pages with a form that is sent: its token needs a cookie."""
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
RUN_BY_BROWSERS = "[...document.scripts].filter(one => one.type !== 'application/ld+json').length"


def faults_of(page: Page, path: str, watched: Watched, site: str) -> list[str]:
    """Everything that is wrong with a first visit to the page."""
    watched.fetched.clear()
    watched.complaints.clear()
    answer = page.goto(path, wait_until="networkidle")
    weight = sum(size for _url, size in watched.fetched)
    others = {urlsplit(url).netloc for url, _size in watched.fetched} - {urlsplit(site).netloc, ""}
    found = {
        f"answers {answer.status if answer else 0}": answer is None or answer.status != 200,
        f"weighs {weight}": weight > MOST_BYTES,
        f"asks {len(watched.fetched)} times": len(watched.fetched) > MOST_REQUESTS,
        f"asks others: {others}": bool(others),
        f"complains: {watched.complaints}": bool(watched.complaints),
        "moves while it is read": page.evaluate(SHIFTS) != 0,
        "runs a script": page.evaluate(RUN_BY_BROWSERS) != 0,
        "sets a cookie": path not in WITH_A_FORM and bool(page.context.cookies()),
    }
    return [f"{path} {fault}" for fault, is_so in found.items() if is_so]


def test_a_first_visit_to_any_public_page_is_light_still_and_needs_no_script(
    page_at: PageAt, watched: Watched, live_server: LiveServer
) -> None:
    seed_texts(now=NOW, with_examples=True)

    faults = []
    for path in addresses():
        page = page_at(360)  # a window without anything kept from the page before
        faults += faults_of(page, path, watched, live_server.url)
        page.context.close()

    assert faults == []


@pytest.mark.parametrize("path", ["/ordlista/ont/", "/ordlista/"])
def test_a_hostile_text_runs_nowhere(path: str, page_at: PageAt, watched: Watched) -> None:
    hostile = "]]></script><img src=x onerror=alert(1)>"
    make_term("</script><script>document.title='tagen'</script>", slug="ont", meaning=hostile)
    page = page_at(360)

    page.goto(path)

    assert page.title() != "tagen"
    assert watched.complaints == []
